// `attention exercises` and `attention notebooks`, as a student runs them.

import Foundation
import TestSupport
import Testing

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder that looks like a clone, so that a test may change its files.
private func withClone<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try withFolder { folder in
        for name in ["Package.swift", "Exercises", "Solutions", "Notebooks-md"] {
            try FileManager.default.copyItem(at: package.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        return try body(folder)
    }
}

@Suite("attention exercises") struct ExercisesCommandTests {
    @Test("the list has every exercise and says what is next") func list() throws {
        let result = try withFolder { try Command.run(["exercises", "--format", "json"], in: $0) }
        #expect(result.status == 0)
        let entries = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        let numbers = entries.compactMap { $0["number"] as? String }
        #expect(numbers == (1...20).map(String.init) + ["A", "B", "C", "D"] + (1...8).map { "bug\($0)" })
        #expect(entries.allSatisfy { ["not started", "begun", "failing", "done"].contains($0["state"] as? String) && ($0["gaps"] as? Int ?? 0) > 0 })
    }

    @Test("three hints, each with the way to the next") func hints() throws {
        try withFolder { folder in
            let first = try Command.run(["exercises", "hint", "1"], in: folder), last = try Command.run(["exercises", "hint", "01", "3"], in: folder)
            #expect(first.output.hasPrefix("Exercise 1 · softmax, stable and masked, hint 1 of 3\n\n"))
            #expect(first.errors.contains("attention exercises hint 1 2"))
            #expect(last.output.contains("hint 3 of 3") && last.errors.contains("attention exercises solution 1"))
            #expect(!first.output.contains("\u{1B}"))
        }
    }

    @Test("what cannot be meant is a sentence and exit code 2", arguments: [
        (["hint", "47"], "there is no exercise “47”. There are: 1 to 20, A to D, bug1 to bug8."),
        (["show", "0"], "there is no exercise “0”. There are: 1 to"), (["show", "bug9"], "there is no exercise “bug9”. There are: 1 to"),
        (["show", "Exercise21"], "there is no exercise “Exercise21”. There are: 1 to"), (["show", "e"], "there is no exercise “e”. There are: 1 to"),
        (["hint", "bog1"], "Did you mean “bug1”?"), (["hint", "7", "4"], "there is no hint “4”"), (["hnt", "7"], "Did you mean “hint”?"),
        (["7"], "what about exercise 7?"), (["show"], "which one?"), (["reset", "7", "8"], "one word too many"),
    ])
    func misuse(words: [String], sentence: String) throws {
        let result = try withFolder { try Command.run(["exercises"] + words, in: $0) }
        #expect(result.status == 2)
        #expect(result.errors.contains(sentence), "\(result.errors)")
    }

    @Test("reset brings the exercise back and keeps what was written, again and again") func reset() throws {
        try withClone { clone in
            let file = clone.appendingPathComponent("Exercises/Exercise01_Softmax.swift")
            let fresh = try {
                _ = try Command.run(["exercises", "reset", "1"], in: clone)
                return try String(contentsOf: file, encoding: .utf8)
            }()
            #expect(fresh.contains("throw Unfinished(\"softmax\")"))
            try? FileManager.default.removeItem(at: clone.appendingPathComponent("Exercises/.copies"))
            for attempt in 1...2 {
                try "// attempt \(attempt)\n".write(to: file, atomically: true, encoding: .utf8)
                let result = try Command.run(["exercises", "reset", "Exercise01"], in: clone)
                #expect(result.status == 0 && result.errors.contains("Exercises/.copies/Exercise01_Softmax-\(attempt).swift"))
                #expect(try String(contentsOf: file, encoding: .utf8) == fresh)
                #expect(try String(contentsOf: clone.appendingPathComponent("Exercises/.copies/Exercise01_Softmax-\(attempt).swift"), encoding: .utf8) == "// attempt \(attempt)\n")
            }
            try FileManager.default.removeItem(at: file)
            #expect(try Command.run(["exercises", "show", "1"], in: clone).errors.contains("the file is missing"))
            _ = try Command.run(["exercises", "reset", "1"], in: clone)
            #expect(try String(contentsOf: file, encoding: .utf8) == fresh)
        }
    }

    @Test("a solution is shown without the marks of its gaps") func solution() throws {
        let result = try withFolder { try Command.run(["exercises", "solution", "1"], in: $0) }
        #expect(result.status == 0 && result.output.contains("let largest"))
        #expect(!result.output.contains("// gap") && !result.output.contains("Unfinished"))
    }
}

@Suite("attention notebooks") struct NotebooksCommandTests {
    @Test("the list has every page, in order") func list() throws {
        let result = try withFolder { try Command.run(["notebooks", "--format", "json"], in: $0) }
        let entries = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(entries.compactMap { $0["number"] as? Int } == Array(1...12))
    }

    @Test("a page that shows something else is named with its line, and record writes it anew") func record() throws {
        try withClone { clone in
            let page = clone.appendingPathComponent("Notebooks-md/06_Masking.md")
            let right = try String(contentsOf: page, encoding: .utf8)
            let lines = right.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let output = try #require(lines.firstIndex(of: "```output"))
            var wrong = lines
            wrong[output + 1] = "nothing of the kind"
            try wrong.joined(separator: "\n").write(to: page, atomically: true, encoding: .utf8)
            let check = try Command.run(["notebooks", "check", "6"], in: clone)
            #expect(check.status == 1 && check.output.contains("Notebooks-md/06_Masking.md:\(output + 1):"), "\(check.output)")
            #expect(try Command.run(["notebooks", "record", "6"], in: clone).status == 0)
            #expect(try String(contentsOf: page, encoding: .utf8) == right)
        }
    }

    @Test("what cannot be meant is a sentence and exit code 2", arguments: [
        (["run", "47"], "there is no lesson “47”"), (["rn", "3"], "Did you mean “run”?"), (["record"], "record needs the number"), (["run"], "run needs the number"),
    ])
    func misuse(words: [String], sentence: String) throws {
        let result = try withFolder { try Command.run(["notebooks"] + words, in: $0) }
        #expect(result.status == 2 && result.errors.contains(sentence), "\(result.errors)")
    }
}
