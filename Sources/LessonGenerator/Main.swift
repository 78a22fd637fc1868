// Makes a Swift function of each lesson: the ```swift blocks of a page share one scope from top to bottom. Run by the
// build.
//
//     LessonGenerator OUTPUT.swift PAGE.md …

import Foundation
import LessonText

@main
enum Main {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        guard let output = arguments.first else { return fail("LessonGenerator needs an output file and the pages") }
        do {
            try write(lessons(arguments.dropFirst().map { URL(fileURLWithPath: $0) }), to: output)
        } catch {
            fail("\(error)")
        }
    }

    /// One file with a function of each page and the list of them.
    private static func lessons(_ pages: [URL]) throws -> String {
        var imports: Set = ["import AttentionLab", "public import Lessons"]
        var functions: [String] = [], entries: [String] = []
        for page in pages {
            let name = "lesson_" + page.deletingPathExtension().lastPathComponent
            let lesson = try lesson(page)
            functions.append(function(name, lesson, page.path, &imports))
            let code = lesson.cells.map { quoted($0.code.text) }.joined(separator: ", ")
            entries.append("    Lesson(file: \(quoted(page.path)), code: [\(code)], run: \(name)),\n")
        }
        return """
            // Made from the pages of Notebooks-md by the build; change those.
            \(imports.sorted().joined(separator: "\n"))

            /// The pages of Notebooks-md, in order.
            public let lessons: [Lesson] = [
            \(entries.joined())]

            \(functions.joined(separator: "\n"))
            """
    }

    private static func lesson(_ page: URL) throws -> LessonText {
        guard let bytes = try? Data(contentsOf: page) else {
            throw Failure(description: "\(page.path):1: error: this page cannot be read")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(description: "\(page.path):1: error: this page is no text in UTF-8; save it as UTF-8")
        }
        do { return try LessonText(text) } catch {
            throw Failure(description: "\(page.path):\(error.line): error: \(error.message)")
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `#sourceLocation` makes the compiler speak of the page and its lines.
    private static func function(
        _ name: String, _ lesson: LessonText, _ page: String, _ imports: inout Set<String>
    ) -> String {
        var body = ""
        for (index, cell) in lesson.cells.enumerated() {
            let code = cell.code.lines.map { line -> String in
                let text = line.trimmingCharacters(in: .whitespaces)
                guard text.hasPrefix("import ") else { return line }
                imports.insert(text)
                return ""
            }
            body +=
                "page.begin(cell: \(index))\n#sourceLocation(file: \(quoted(page)), line: \(cell.code.start + 1))\n"
                + code.joined(separator: "\n") + "\n#sourceLocation()\n"
        }
        return """
            @Sendable func \(name)(_ page: Page) throws {
            func print(_ items: Any..., separator: String = " ", terminator: String = "\\n") { page.print(items, separator, terminator) }
            func picture(_ file: String, _ svg: String, trained: Bool = false) { page.picture(file, svg, trained: trained) }
            \(body)
            }

            """
    }

    /// A Swift literal. What no literal may hold, a line end or a control character, is written by its number.
    private static func quoted(_ text: String) -> String {
        "\""
            + text.unicodeScalars.map { scalar -> String in
                switch scalar {
                case "\\", "\"": "\\\(scalar)"
                case _ where scalar.value < 32 || scalar.value == 127: "\\u{\(String(scalar.value, radix: 16))}"
                default: String(scalar)
                }
            }.joined() + "\""
    }

    /// A file that is what it was stays untouched, so that nothing is compiled again.
    private static func write(_ text: String, to path: String) throws {
        let url = URL(fileURLWithPath: path), data = Data(text.utf8)
        // By bytes: strings that differ only in how an accent is composed are equal to Swift.
        if (try? Data(contentsOf: url)) == data { return }
        do { try data.write(to: url, options: .atomic) } catch {
            throw Failure(
                description: "error: \(path) cannot be written (\(error.localizedDescription)); is the disk full?")
        }
    }

    private static func fail(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
