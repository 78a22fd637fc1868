// The lists of exercises agree: Contents.swift of exercises and of solutions, the files of both folders, and the tables
// of the pages.

import Exercises
import Foundation
import Solutions
import TestSupport
import Testing
import Workbook

@Suite("Lists of the exercises") struct ExerciseListTests {
    private static let all = exercises.map { $0.exercise }

    @Test("the files of a folder are those of its list", arguments: ["Exercises", "Solutions"]) func files(
        _ folder: String
    ) throws {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: Manual.package.appendingPathComponent(folder).path)
        let listed = (folder == "Exercises" ? Self.all : solutions.map { $0.exercise }).map(\.fileName)
        // A learner's own files may stand beside them.
        #expect(
            names.filter { $0.contains(/^(Exercise\d\d|Project[A-Z]|BugHunt\d+)_.+\.swift$/) }.sorted()
                == listed.sorted())
    }

    @Test("the table of Exercises/README.md is the list") func table() throws {
        let text = try Manual.text("Exercises/README.md")
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains(".swift)") }.map(String.init)
        let expected = Self.all.map { exercise in
            "| \(exercise.name.short) | [\(exercise.title)](\(exercise.fileName)) | [\(Self.number(exercise.lesson))]"
                + "(../\(exercise.lessonFile)) | `\(exercise.name.filter)` |"
        }
        #expect(rows == expected)
    }

    @Test("the table of Notebooks-md/README.md has every lesson, and under it the exercises that send the reader there")
    func lessons() throws {
        let text = try Manual.text("Notebooks-md/README.md")
        let rows = text.matches(of: /(?m)^\| (\d+) \| \[.+\]\((.+)\.md\) \| (.+) \|$/)
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Manual.package.appendingPathComponent("Notebooks-md").path)
        #expect(rows.map { "\($0.2).md" } == files.filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted())
        let known = Set(Self.all.map(\.name.short))
        for row in rows {
            #expect(Int(row.1) == Self.number(String(row.2)))
            let named = Set(Self.named(in: row.3)),
                own = Self.all.filter { $0.lesson == String(row.2) }.map(\.name.short)
            #expect(
                named.subtracting(known).isEmpty && named.isSuperset(of: own),
                "lesson \(row.1): \(named.sorted()), \(own)")
        }
    }

    @Test("a number of exercises in a page is the number that there are", arguments: Manual.readmes + Manual.pages)
    func counts(_ page: String) throws {
        for match in try Manual.text(page).matches(of: /(\d+) (?:known issues|exercises)/) {
            #expect(Int(match.1) == Self.all.count, "\(page) says “\(match.0)”")
        }
    }

    private static func number(_ lesson: String) -> Int { Int(lesson.prefix(2)) ?? 0 }

    /// "3, 11, bug hunts 2 and 7, project B" → 3, 11, bug2, bug7, B.
    private static func named(in text: Substring) -> [String] {
        var kind = ""
        return text.matches(of: /(bug hunts?|projects?)? ?\b(\d+|[A-Z])\b/).map { match in
            if let word = match.1 { kind = word.hasPrefix("bug") ? "bug" : "" }
            return kind + match.2
        }
    }
}
