// A lesson that can be run: its page, and the function made from its code.

import Corpora
public import Foundation
import LessonText

public struct Lesson: Sendable, CustomStringConvertible {
    /// Where the page was when this was built.
    public let file: String
    /// The blocks that `run` was made of.
    let code: [String]
    let run: @Sendable (Page) throws -> Void

    /// Called by the code that the build makes of the pages.
    public init(file: String, code: [String], run: @escaping @Sendable (Page) throws -> Void) {
        (self.file, self.code, self.run) = (file, code, run)
    }

    /// "03_Bahdanau".
    public var name: String { URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent }
    /// 3.
    public var number: Int { Int(name.prefix { $0.isNumber }) ?? 0 }
    public var description: String { name }

    /// The heading of its page.
    public func title(in folder: URL) throws -> String { try text(in: folder).title }

    /// Its page, as it is now.
    ///
    /// - Throws: `InputError` with file and line.
    func text(in folder: URL) throws -> LessonText {
        let file = folder.appendingPathComponent(name + ".md").path
        let content = try TextFile.read(file, keepingMark: true, returnsEndLines: true)
        do { return try LessonText(content) } catch { throw InputError(error.message, file: file, line: error.line) }
    }

    /// What its code prints and draws.
    ///
    /// - Throws: `LessonError` with the line of the block whose code threw.
    public func printed() throws -> Page {
        let page = Page()
        do {
            try run(page)
        } catch {
            throw LessonError("\(name): the block \(page.cell + 1) of the page threw: \(error)")
        }
        return page
    }
}

/// A page whose code fails, or is not what was built.
public struct LessonError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
