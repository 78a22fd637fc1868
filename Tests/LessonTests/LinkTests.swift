// Every link of every page leads somewhere, and each lesson has what a lesson has.

import Foundation
import LessonPages
import Lessons
import TestSupport
import Testing

private let pages = Manual.readmes + Manual.pages + lessons.map { "Notebooks-md/\($0.name).md" }

@Suite("Links of the pages") struct LinkTests {
    @Test("every link to a file leads to a file, and to a heading that it has", arguments: pages) func files(
        _ page: String
    ) throws {
        let file = Manual.package.appendingPathComponent(page)
        for match in try Manual.text(page).matches(of: /\]\(([^)\s]+)\)/) where !match.1.hasPrefix("http") {
            let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let target =
                parts[0].isEmpty
                ? file
                : file.deletingLastPathComponent().appendingPathComponent(String(parts[0])).standardizedFileURL
            #expect(
                FileManager.default.fileExists(atPath: target.path), "\(page) links to \(parts[0]), which is not there")
            guard parts.count > 1 else { continue }
            let headings = try String(contentsOf: target, encoding: .utf8).matches(of: /(?m)^#+ (.+)$/).map {
                Self.anchor($0.1)
            }
            #expect(
                headings.contains(String(parts[1])), "\(page) links to the heading #\(parts[1]), which is not there")
        }
    }

    /// As forges make it of a heading.
    private static func anchor(_ heading: Substring) -> String {
        heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }.replacing(" ", with: "-")
    }

    @Test("a lesson has a question, a picture, exercises, its source and a test of it", arguments: lessons)
    func complete(_ lesson: Lesson) throws {
        let text = try Manual.text("Notebooks-md/\(lesson.name).md")
        #expect(text.prefix(700).contains("?"), "it opens with a question")
        #expect(text.contains(/!\[[^\]]+\]\([^)]+\.svg\)/), "a picture with a description")
        #expect(text.contains("../Exercises/"), "the exercises that follow")
        #expect(text.contains("../Sources/") && text.contains("../Tests/"), "the source and its test")
    }
}
