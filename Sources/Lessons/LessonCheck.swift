// Whether a page shows what its code prints and draws.

import Corpora
public import Foundation
import LessonText
import TextLines

/// A run of a lesson beside its page.
public struct LessonCheck {
    /// Something that a page shows and its code does not do, or the other way round.
    public struct Difference: Sendable, CustomStringConvertible {
        public let file: String
        /// Of the page, from 1.
        public let line: Int
        public let message: String

        public var description: String { "\(file):\(line): \(message)" }
    }

    public let lesson: Lesson
    public let page: Page
    private let text: LessonText
    private let file: URL

    /// Runs the lesson.
    ///
    /// - Parameter folder: where the pages and pictures are.
    public init(_ lesson: Lesson, in folder: URL) throws {
        self.lesson = lesson
        file = folder.appendingPathComponent(lesson.name + ".md")
        text = try lesson.text(in: folder)
        if let line = Self.firstChange(lesson.code, text) {
            throw LessonError(
                "\(file.path):\(line): the code of this page was changed after this program was built from it; build again: "
                    + "swift build, or swift run attention notebooks run \(lesson.number)")
        }
        if text.cells.isEmpty {
            throw LessonError("\(file.path) has no block of code, a line of ```swift above and one of ``` below it")
        }
        page = try lesson.printed()
    }

    /// The line of the page, from 1, where its code is no longer what was built.
    static func firstChange(_ built: [String], _ text: LessonText) -> Int? {
        let now = text.cells.map(\.code)
        if let block = zip(built, now).first(where: { !$0.utf8.elementsEqual($1.text.utf8) }) {
            return block.1.start + 1
        }
        return built.count == now.count ? nil : (now.dropFirst(built.count).first ?? now.last).map { $0.start + 1 } ?? 1
    }

    /// Where each block of code begins in the page, from 1, and what it printed.
    public var blocks: [(line: Int, printed: String)] { zip(text.cells, page.printed).map { ($0.code.start + 1, $1) } }

    /// Empty where the page is right.
    public var differences: [Difference] {
        var found: [Difference] = []
        for (cell, printed) in zip(text.cells, page.printed) {
            guard let output = cell.output else {
                if !printed.isEmpty {
                    found.append(
                        difference(cell.code.start, "this code prints, but no ```output block follows it:\n\(printed)"))
                }
                continue
            }
            let shown = output.block.lines.map { $0 + "\n" }.joined()
            if !Self.agree(shown, printed, output.comparison) {
                found.append(
                    difference(
                        output.block.start,
                        "the page shows something else than its code prints\n--- the page\n\(shown)--- the code\n\(printed)---"
                    ))
            }
        }
        for picture in page.pictures where !isSame(picture) {
            found.append(difference(1, "\(picture.file) is missing or is not what the code draws"))
        }
        return found
    }

    /// Writes what the code printed and drew into the page and beside it. Compared figures that are near enough stay as
    /// they are.
    ///
    /// - Returns: the files that changed.
    public func record() throws -> [URL] {
        var changed: [URL] = []
        let outputs = zip(text.cells, page.printed).map { cell, printed -> String? in
            guard let output = cell.output else { return nil }
            if output.comparison == .unchecked { return printed }
            return Self.agree(output.block.lines.map { $0 + "\n" }.joined(), printed, output.comparison) ? nil : printed
        }
        if let cell = zip(text.cells, page.printed).first(where: { $0.0.output == nil && !$0.1.isEmpty }) {
            throw LessonError(
                "\(file.path):\(cell.0.code.start): this code prints; put an ```output block after it, and record again"
            )
        }
        // Somebody may have written in the page while its code ran.
        guard try lesson.text(in: file.deletingLastPathComponent()).isSame(as: text) else {
            throw LessonError("\(file.path) was changed while its code ran, and is left as it is now; record again")
        }
        for (path, content) in [(file, text.replacingOutputs(outputs))] + page.pictures.map({ (place(of: $0), $0.svg) })
        {
            let old = try? TextLine.plain(String(decoding: TextFile.bytes(path.path), as: UTF8.self))
            if let old, old.utf8.elementsEqual(TextLine.plain(content).utf8) { continue }
            try AtomicFile.write(content, to: path.path)
            changed.append(path)
        }
        return changed
    }

    private func difference(_ line: Int, _ message: String) -> Difference {
        Difference(file: "Notebooks-md/\(lesson.name).md", line: line, message: message)
    }

    private func place(of picture: Page.Picture) -> URL {
        file.deletingLastPathComponent().appendingPathComponent(picture.file)
    }

    private func isSame(_ picture: Page.Picture) -> Bool {
        guard let file = try? TextFile.read(place(of: picture).path) else { return false }
        let shown = TextLine.plain(file)
        return picture.trained ? Self.words(shown) == Self.words(picture.svg) : shown == picture.svg
    }

    // MARK: comparing

    static func agree(_ shown: String, _ printed: String, _ comparison: LessonText.Comparison) -> Bool {
        // A page cannot show which line ends were printed.
        let (shown, printed) = (TextLine.plain(shown), TextLine.plain(printed))
        switch comparison {
        case .exact: return shown == printed
        case .unchecked: return printed.isEmpty == shown.isEmpty
        case .within(let distance):
            let (a, b) = (parts(shown), parts(printed))
            return a.words == b.words && a.numbers.count == b.numbers.count
                && zip(a.numbers, b.numbers).allSatisfy { abs($0 - $1) <= distance * (1 + 1e-9) }
        }
    }

    /// A text as its numbers, and everything else without spaces.
    private static func parts(_ text: String) -> (words: String, numbers: [Double]) {
        var numbers: [Double] = []
        var words = text
        let number = /[-−]?[0-9]+(?:\.[0-9]+)?/
        for match in text.matches(of: number) {
            numbers.append(Double(match.0.replacingOccurrences(of: "−", with: "-")) ?? .nan)
        }
        words.replace(number, with: "#")
        return (words.filter { !$0.isWhitespace }, numbers)
    }

    /// What is written in a picture, numbers left out.
    private static func words(_ svg: String) -> Set<String> {
        Set(
            svg.matches(of: />([^<>]+)</).map { String($0.1).trimmingCharacters(in: .whitespacesAndNewlines) }.filter {
                !$0.isEmpty && !$0.contains(where: \.isNumber)
            })
    }
}

extension LessonText {
    /// To the byte.
    fileprivate func isSame(as other: LessonText) -> Bool {
        func whole(_ text: LessonText) -> String { text.replacingOutputs(text.cells.map { _ in nil }) }
        return whole(self).utf8.elementsEqual(whole(other).utf8)
    }
}
