// The lessons compile, run, and print and draw what their pages show.

import Foundation
import LessonPages
import Lessons
import Testing

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
private let folder = package.appendingPathComponent("Notebooks-md")

@Suite("Lessons", .serialized) struct LessonTests {
    @Test("a page shows what its code prints; `swift run attention notebooks record` writes it anew", arguments: lessons)
    func shows(_ lesson: Lesson) throws {
        let check = try LessonCheck(lesson, in: folder)
        for difference in check.differences { Issue.record("\(difference)") }
        let beside = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".svg") && $0.hasPrefix(lesson.name.prefix(2)) }
        #expect(Set(beside) == Set(check.page.pictures.map(\.file)), "pictures beside the page, and those that it draws")
    }

    @Test("every page of the folder is a lesson")
    func all() throws {
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".md") && $0.first?.isNumber == true }
        #expect(Set(pages) == Set(lessons.map { $0.name + ".md" }), "the list is in Sources/LessonPlugin/LessonPlugin.swift")
    }
}
