// The lessons compile, run, and print and draw what their pages show.

import Foundation
import LessonPages
import Lessons
import Testing

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
private let folder = package.appendingPathComponent("Notebooks-md")

@Suite("Lessons", .serialized) struct LessonTests {
    @Test(
        "a page shows what its code prints; `swift run attention notebooks record` writes it anew", arguments: lessons)
    func shows(_ lesson: Lesson) throws {
        let check = try LessonCheck(lesson, in: folder)
        for difference in check.differences { Issue.record("\(difference)") }
        let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".svg") && $0.hasPrefix(lesson.name.prefix(2))
        }
        #expect(
            Set(beside) == Set(check.page.pictures.map(\.file)), "pictures beside the page, and those that it draws")
    }

    @Test("every page of the folder is a lesson")
    func all() throws {
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".md") && $0.first?.isNumber == true
        }
        #expect(
            Set(pages) == Set(lessons.map { $0.name + ".md" }), "the list is in Sources/LessonPlugin/LessonPlugin.swift"
        )
    }

    @Test("a page that was changed while its code ran is left as it is")
    func changedMeanwhile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("90_Test.md"),
            text = "# Test\n```swift\nprint(2)\n```\n```output\n1\n```\n"
        func lesson(_ change: @escaping @Sendable () throws -> Void) -> Lesson {
            Lesson(file: file.path, code: ["print(2)"]) { page in
                page.begin(cell: 0)
                page.print([2], " ", "\n")
                try change()
            }
        }
        try Data(text.utf8).write(to: file)
        let changed = Data((text + "mine\n").utf8)
        let check = try LessonCheck(lesson { try changed.write(to: file) }, in: folder)
        #expect { try check.record() } throws: { "\($0)".contains("was changed while its code ran") }
        #expect(try Data(contentsOf: file) == changed)
        #expect(try LessonCheck(lesson {}, in: folder).record().map(\.lastPathComponent) == ["90_Test.md"])
        #expect(try String(contentsOf: file, encoding: .utf8) == text.replacing("\n1\n", with: "\n2\n") + "mine\n")
    }
}
