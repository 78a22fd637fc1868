// Every link of every page leads somewhere, and each lesson has what a lesson has.

import Foundation
import LessonPages
import Lessons
import Testing

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private let pages = ["README.md", "Exercises/README.md", "Notebooks-md/README.md", "Solutions/README.md"] + lessons.map { "Notebooks-md/\($0.name).md" }

@Suite("Links of the pages") struct LinkTests {
    @Test("every link to a file leads to a file", arguments: pages) func files(_ page: String) throws {
        let file = package.appendingPathComponent(page)
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /\]\(([^)\s]+)\)/) where !match.1.hasPrefix("http") && !match.1.hasPrefix("#") {
            let path = match.1.split(separator: "#")[0]
            let target = file.deletingLastPathComponent().appendingPathComponent(String(path)).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links to \(path), which is not there")
        }
    }

    @Test("a lesson has a question, a picture, exercises, its source and a test of it", arguments: lessons) func complete(_ lesson: Lesson) throws {
        let text = try String(contentsOf: package.appendingPathComponent("Notebooks-md/\(lesson.name).md"), encoding: .utf8)
        #expect(text.prefix(700).contains("?"), "it opens with a question")
        #expect(text.contains(/!\[[^\]]+\]\([^)]+\.svg\)/), "a picture with a description")
        #expect(text.contains("../Exercises/"), "the exercises that follow")
        #expect(text.contains("../Sources/") && text.contains("../Tests/"), "the source and its test")
    }
}
