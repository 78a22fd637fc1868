// Makes a Swift function of each lesson: the ```swift blocks of a page share one scope from top to bottom. Run by the build.
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
            do {
                functions.append(function(name, try LessonText(String(contentsOf: page, encoding: .utf8)), page.path, &imports))
            } catch let fault as LessonText.Fault {
                throw Failure(description: "\(page.path):\(fault.line): error: \(fault.message)")
            }
            entries.append("    Lesson(file: \(quoted(page.path)), run: \(name)),\n")
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

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `#sourceLocation` makes the compiler speak of the page and its lines.
    private static func function(_ name: String, _ lesson: LessonText, _ page: String, _ imports: inout Set<String>) -> String {
        var body = ""
        for (index, cell) in lesson.cells.enumerated() {
            let code = cell.code.lines.map { line -> String in
                let text = line.trimmingCharacters(in: .whitespaces)
                guard text.hasPrefix("import ") else { return line }
                imports.insert(text)
                return ""
            }
            body += "page.begin(cell: \(index))\n#sourceLocation(file: \(quoted(page)), line: \(cell.code.start + 1))\n"
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

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"") + "\""
    }

    /// A file that is what it was stays untouched, so that nothing is compiled again.
    private static func write(_ text: String, to path: String) throws {
        if (try? String(contentsOfFile: path, encoding: .utf8)) == text { return }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static func fail(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(1)
    }
}
