// A lesson as text: Markdown whose ```swift blocks are code, each with the ```output block that shows what it prints.

import TextLines

/// One page of `Notebooks-md`, taken apart.
public struct LessonText: Sendable {
    /// How an output block is compared with what was printed.
    public enum Comparison: Sendable, Equatable {
        /// Letter by letter: "```output".
        case exact
        /// Words the same, numbers within this distance: "```output ±0.5", for figures of trained models, whose last
        /// digits depend on the processor.
        case within(Double)
        /// Recorded but not compared: "```output unchecked", for times.
        case unchecked
    }

    /// A piece of the page between two fences.
    public struct Block: Sendable {
        /// Where its first line of content stands in the page, from 0.
        public let start: Int
        public let lines: [String]

        /// Its lines, each ended by "\n" but the last.
        public var text: String { lines.joined(separator: "\n") }
    }

    public struct Output: Sendable {
        public let block: Block
        public let comparison: Comparison
    }

    /// Code, and what the page says it prints.
    public struct Cell: Sendable {
        public let code: Block
        public let output: Output?
    }

    public let cells: [Cell]
    /// As they stand in the page, a byte order mark and line ends included, so that recording changes nothing else.
    private let page: [TextLine]
    /// What is read of them.
    private let lines: [String]

    /// What is wrong with a page, and in which line of it, from 1.
    public struct Fault: Error, Sendable {
        public let line: Int
        public let message: String
    }

    /// - Throws: `Fault` for a fence that is not closed, an output without code, or a comparison that is none.
    public init(_ text: String) throws(Fault) {
        page = TextLine.all(of: text)
        lines = page.enumerated().map { $0.offset == 0 ? Self.withoutMark($0.element.text) : $0.element.text }
        var cells: [Cell] = []
        var index = 0
        while index < lines.count {
            guard lines[index].hasPrefix("```") else {
                index += 1
                continue
            }
            let info = lines[index].dropFirst(3).split(separator: " ").map(String.init)
            guard let end = lines[(index + 1)...].firstIndex(where: { $0 == "```" }) else {
                throw Fault(line: index + 1, message: "this block is not closed; end it with a line of ```")
            }
            let block = Block(start: index + 1, lines: Array(lines[(index + 1)..<end]))
            switch info.first {
            case "swift": cells.append(Cell(code: block, output: nil))
            case "output":
                guard let last = cells.last, last.output == nil else {
                    throw Fault(
                        line: index + 1,
                        message:
                            "an output block follows the ```swift block that prints it; here there is none, or it has an output already"
                    )
                }
                cells[cells.count - 1] = Cell(
                    code: last.code,
                    output: Output(block: block, comparison: try Self.comparison(info, line: index + 1)))
            default: break
            }
            index = end + 1
        }
        self.cells = cells
    }

    private static func comparison(_ info: [String], line: Int) throws(Fault) -> Comparison {
        guard info.count > 1 else { return .exact }
        if info[1] == "unchecked" { return .unchecked }
        guard info.count == 2, info[1].hasPrefix("±"), let distance = Double(info[1].dropFirst()), distance > 0,
            distance.isFinite
        else {
            throw Fault(
                line: line,
                message:
                    "“\(info.dropFirst().joined(separator: " "))” says nothing about how to compare; write nothing, ±0.5 or unchecked"
            )
        }
        return .within(distance)
    }

    /// The first heading.
    public var title: String {
        lines.first { $0.hasPrefix("# ") }.map { String($0.dropFirst(2)) } ?? "without a title"
    }

    /// The page with other outputs, one for each cell that has any; nil leaves what stands there.
    public func replacingOutputs(_ outputs: [String?]) -> String {
        var page = page
        // From the end, so that the places of the earlier ones stay what they are.
        for (cell, printed) in zip(cells, outputs).reversed() {
            guard let output = cell.output, let printed else { continue }
            var new = TextLine.texts(of: printed)
            if new.last == "" { new.removeLast() }
            let start = output.block.start, old = page[start..<(start + output.block.lines.count)]
            let ends = old.map(\.end) + [String](repeating: page[start - 1].end, count: new.count)
            page.replaceSubrange(old.indices, with: zip(new, ends).map { TextLine($0, end: $1) })
        }
        return page.joined
    }

    /// Editors of Windows put a byte order mark before the first heading.
    private static func withoutMark(_ line: String) -> String {
        line.hasPrefix("\u{FEFF}") ? String(line.dropFirst()) : line
    }
}
