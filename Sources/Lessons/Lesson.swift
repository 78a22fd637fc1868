// A lesson that can be run: its page, and the function made from its code.

public import Foundation
import LessonText

public struct Lesson: Sendable, CustomStringConvertible {
    /// Where the page was when this was built.
    public let file: String
    let run: @Sendable (Page) throws -> Void

    /// Called by the code that the build makes of the pages.
    public init(file: String, run: @escaping @Sendable (Page) throws -> Void) { (self.file, self.run) = (file, run) }

    /// "03_Bahdanau".
    public var name: String { URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent }
    /// 3.
    public var number: Int { Int(name.prefix { $0.isNumber }) ?? 0 }
    public var description: String { name }

    /// The heading of its page.
    public func title(in folder: URL) throws -> String { try text(in: folder).title }

    /// Its page, as it is now.
    ///
    /// - Throws: `LessonError` with file and line.
    func text(in folder: URL) throws -> LessonText {
        let file = folder.appendingPathComponent(name + ".md")
        guard let content = try? String(contentsOf: file, encoding: .utf8) else { throw LessonError("\(file.path) cannot be read; is it there, and a text in UTF-8?") }
        do { return try LessonText(content) } catch let fault as LessonText.Fault { throw LessonError("\(file.path):\(fault.line): \(fault.message)") }
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

/// A page that cannot be read, or whose code fails.
public struct LessonError: Error, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
