// Makes a Swift function of each lesson: the ```swift blocks of a page share one scope from top to bottom. Run by the build.
//
//     LessonGenerator OUTPUT-FOLDER PAGE.md …

import Foundation
import LessonText

@main
enum Main {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let folder = arguments.first else { return fail("LessonGenerator needs an output folder and the pages") }
        var entries: [String] = []
        for page in arguments.dropFirst().sorted() {
            do {
                let lesson = try LessonText(String(contentsOfFile: page, encoding: .utf8))
                let name = "lesson_" + URL(fileURLWithPath: page).deletingPathExtension().lastPathComponent
                try write(function(name, lesson, page), to: folder + "/" + name + ".swift")
                entries.append("    Lesson(file: \(quoted(page)), run: \(name)),")
            } catch let fault as LessonText.Fault {
                return fail("\(page):\(fault.line): error: \(fault.message)")
            } catch {
                return fail("\(page):1: error: \(error)")
            }
        }
        let contents = "/// The pages of Notebooks-md, in order.\npublic let lessons: [Lesson] = [\n\(entries.joined(separator: "\n"))\n]\n"
        do { try write(contents, to: folder + "/Contents.swift") } catch { fail("\(folder): \(error)") }
    }

    /// `#sourceLocation` makes the compiler speak of the page and its lines.
    private static func function(_ name: String, _ lesson: LessonText, _ page: String) -> String {
        var imports: Set = ["import AttentionLab"]
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
            // Made from \(URL(fileURLWithPath: page).lastPathComponent) by the build; change that page.
            \(imports.sorted().joined(separator: "\n"))

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
