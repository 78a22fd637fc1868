// `attention exercises` and `attention notebooks`, as a student runs them.

import Foundation
import TestSupport
import Testing
import TextLines

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

/// A folder that looks like a clone, so that a test may change its files.
private func withClone<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try withFolder { folder in
        for name in ["Package.swift", "Exercises", "Solutions", "Notebooks-md"] {
            try FileManager.default.copyItem(
                at: package.appendingPathComponent(name), to: folder.appendingPathComponent(name))
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
        // As the files say it that the exercises stand in.
        let files = try FileManager.default.contentsOfDirectory(
            atPath: package.appendingPathComponent("Exercises").path)
        func found(_ kind: String) -> [String] {
            files.compactMap { $0.hasPrefix(kind) ? $0.dropFirst(kind.count).prefix { $0 != "_" } : nil }
                .map { Int($0).map(String.init) ?? String($0) }.sorted { ($0.count, $0) < ($1.count, $1) }
        }
        #expect(numbers == found("Exercise") + found("Project") + found("BugHunt").map { "bug" + $0 })
        #expect(numbers.count > 50)
        #expect(
            entries.allSatisfy {
                ["not started", "begun", "failing", "done"].contains($0["state"] as? String)
                    && ($0["gaps"] as? Int ?? 0) > 0
            })
    }

    @Test("three hints, each with the way to the next") func hints() throws {
        try withFolder { folder in
            let first = try Command.run(["exercises", "hint", "1"], in: folder),
                last = try Command.run(["exercises", "hint", "01", "3"], in: folder)
            #expect(first.output.hasPrefix("Exercise 1 · softmax, stable and masked, hint 1 of 3\n\n"))
            #expect(first.errors.contains("attention exercises hint 1 2"))
            #expect(last.output.contains("hint 3 of 3") && last.errors.contains("attention exercises solution 1"))
            #expect(!first.output.contains("\u{1B}"))
        }
    }

    @Test(
        "what cannot be meant is a sentence and exit code 2",
        arguments: [
            (["hint", "47"], "there is no exercise “47”. There are: 1 to "),
            (["show", "0"], "there is no exercise “0”. There are: 1 to"),
            (["show", "bug47"], "there is no exercise “bug47”. There are: 1 to"),
            (["show", "Exercise47"], "there is no exercise “Exercise47”. There are: 1 to"),
            (["show", "e"], "there is no exercise “e”. There are: 1 to"),
            (["hint", "bog1"], "Did you mean “bug1”?"), (["hint", "7", "4"], "there is no hint “4”"),
            (["hnt", "7"], "Did you mean “hint”?"),
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
                #expect(
                    result.status == 0
                        && result.errors.contains("Exercises/.copies/Exercise01_Softmax-\(attempt).swift"))
                #expect(try String(contentsOf: file, encoding: .utf8) == fresh)
                #expect(
                    try String(
                        contentsOf: clone.appendingPathComponent(
                            "Exercises/.copies/Exercise01_Softmax-\(attempt).swift"), encoding: .utf8)
                        == "// attempt \(attempt)\n")
            }
            try FileManager.default.removeItem(at: file)
            #expect(try Command.run(["exercises", "show", "1"], in: clone).errors.contains("this file is missing"))
            _ = try Command.run(["exercises", "reset", "1"], in: clone)
            #expect(try String(contentsOf: file, encoding: .utf8) == fresh)
        }
    }

    /// What a student may have in the place of an exercise, as bytes.
    static let odd: [(String, [UInt8])] = [
        ("Latin-1", Array("// caf".utf8) + [0xE9, 10]), ("UTF-16", [0xFF, 0xFE, 47, 0, 47, 0, 10, 0]),
        ("NUL", Array("a\0b\n".utf8)),
        ("a mark", [0xEF, 0xBB, 0xBF] + Array("// x\n".utf8)), ("Windows", Array("// x\r\n".utf8)),
        ("old", Array("// x\r// y".utf8)),
        ("nothing", []), ("every byte", (0...255).map { UInt8($0) }),
    ]

    @Test("reset keeps whatever bytes there are", arguments: odd) func bytes(_ name: String, _ bytes: [UInt8]) throws {
        try withClone { clone in
            let file = clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift"),
                fresh = try exercise("2", in: clone)
            try Data(bytes).write(to: file)
            #expect(try Command.run(["exercises", "reset", "2"], in: clone).status == 0)
            #expect(
                try Data(contentsOf: clone.appendingPathComponent("Exercises/.copies/Exercise02_ContextVector-1.swift"))
                    == Data(bytes))
            #expect(try Data(contentsOf: file) == Data(fresh.utf8))
        }
    }

    @Test("reset follows a link, replaces a file that is read-only, and refuses what is no file") func places() throws {
        try withClone { clone in
            let file = clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift"),
                fresh = try exercise("2", in: clone)
            let copies = clone.appendingPathComponent("Exercises/.copies"),
                mine = clone.appendingPathComponent("mine.swift"), files = FileManager.default
            try "// mine\n".write(to: mine, atomically: true, encoding: .utf8)
            try files.removeItem(at: file)
            try files.createSymbolicLink(at: file, withDestinationURL: mine)
            #expect(try Command.run(["exercises", "reset", "2"], in: clone).status == 0)
            #expect(
                try String(
                    contentsOf: copies.appendingPathComponent("Exercise02_ContextVector-1.swift"), encoding: .utf8)
                    == "// mine\n")
            #expect(try String(contentsOf: mine, encoding: .utf8) == fresh, "a link stays a link")

            try files.removeItem(at: mine)
            let dangling = try Command.run(["exercises", "reset", "2"], in: clone)
            #expect(dangling.status == 2 && dangling.errors.contains("remove the link"), "\(dangling.errors)")
            try files.removeItem(at: file)
            try files.createDirectory(at: file, withIntermediateDirectories: true)
            for verb in ["reset", "show"] {
                let folder = try Command.run(["exercises", verb, "2"], in: clone)
                #expect(
                    folder.status == 2
                        && folder.errors.contains("Exercises/Exercise02_ContextVector.swift: this is a folder"),
                    "\(folder.errors)")
            }
            try files.removeItem(at: file)
            try "// read-only\n".write(to: file, atomically: true, encoding: .utf8)
            try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file.path)
            #expect(try Command.run(["exercises", "reset", "2"], in: clone).status == 0)
            #expect(
                try String(
                    contentsOf: copies.appendingPathComponent("Exercise02_ContextVector-2.swift"), encoding: .utf8)
                    == "// read-only\n")

            try files.removeItem(at: clone.appendingPathComponent("Exercises"))
            let missing = try Command.run(["exercises", "reset", "2"], in: clone)
            #expect(missing.errors == "Exercises/Exercise02_ContextVector.swift was missing and is there again\n")
            #expect(try String(contentsOf: file, encoding: .utf8) == fresh)
        }
    }

    /// As reset makes it.
    private func exercise(_ name: String, in clone: URL) throws -> String {
        let file = clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift")
        try FileManager.default.removeItem(at: file)
        try? FileManager.default.removeItem(at: clone.appendingPathComponent("Exercises/.copies"))
        #expect(try Command.run(["exercises", "reset", name], in: clone).status == 0)
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test("where Windows ends the lines, reset gives the exercise and solution no marks", arguments: ["\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        try withClone { clone in
            let fresh = try exercise("2", in: clone),
                solution = clone.appendingPathComponent("Solutions/Exercise02_ContextVector.swift")
            func saved(_ text: String) -> String { TextLine.plain(text).replacing("\n", with: end) }
            try saved(String(contentsOf: solution, encoding: .utf8)).write(
                to: solution, atomically: true, encoding: .utf8)
            #expect(try exercise("2", in: clone) == saved(fresh))
            #expect(try !Command.run(["exercises", "solution", "2"], in: clone).output.contains("gap"))
            let again = try Command.run(["exercises", "reset", "2"], in: clone)
            #expect(again.errors.hasSuffix("is as it was in the beginning; nothing to do\n"))
        }
    }

    @Test("a solution without gaps, or without the end of one, is not written into the exercise") func marks() throws {
        try withClone { clone in
            let solution = clone.appendingPathComponent("Solutions/Exercise02_ContextVector.swift")
            let file = clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift"),
                before = try Data(contentsOf: file)
            for (from, to, says) in [
                ("// end of gap", "", "this gap is not closed"), ("// gap:", "//", "no gap is marked"),
            ] {
                let text = try String(contentsOf: solution, encoding: .utf8)
                try text.replacing(from, with: to).write(to: solution, atomically: true, encoding: .utf8)
                let result = try Command.run(["exercises", "reset", "2"], in: clone)
                #expect(
                    result.status == 2 && result.errors.contains("Solutions/Exercise02_ContextVector.swift:")
                        && result.errors.contains(says), "\(result.errors)")
                #expect(try Data(contentsOf: file) == before)
                try text.write(to: solution, atomically: true, encoding: .utf8)
            }
        }
    }

    @Test(
        "the folder one stands in is meant, from a folder in it too, and what it lacks is said with its path",
        arguments: [".", "Exercises", "Sources/Mine"])
    func folder(_ below: String) throws {
        try withClone { clone in
            let inside = clone.appendingPathComponent(below)
            try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
            try FileManager.default.removeItem(at: clone.appendingPathComponent("Solutions"))
            try "// mine\n".write(
                to: clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift"), atomically: true,
                encoding: .utf8)
            #expect(try Command.run(["exercises", "show", "2"], in: inside).output == "// mine\n")
            for verb in ["solution", "reset"] {
                let result = try Command.run(["exercises", verb, "2"], in: inside)
                #expect(
                    result.status == 2
                        && result.errors.contains("Solutions/Exercise02_ContextVector.swift: this file is missing"),
                    "\(result.errors)")
                #expect(
                    below != "Sources/Mine"
                        || result.errors.contains(clone.resolvingSymlinksInPath().path + "/Solutions"),
                    "\(result.errors)")
            }
            #expect(
                try String(
                    contentsOf: clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift"),
                    encoding: .utf8) == "// mine\n")
        }
    }

    @Test("show names what is wrong with a file, and never advises what would lose it") func advice() throws {
        try withClone { clone in
            let file = clone.appendingPathComponent("Exercises/Exercise02_ContextVector.swift")
            try Data([0x2F, 0x2F, 0xE9, 10]).write(to: file)
            let result = try Command.run(["exercises", "show", "2"], in: clone)
            #expect(
                result.status == 2 && result.errors.contains("save the file as UTF-8")
                    && !result.errors.contains("git"), "\(result.errors)")
        }
    }

    @Test("exercises that are not those that were built in are said to be others") func otherClone() throws {
        let result = try withClone { try Command.run(["exercises", "check", "bug1"], in: $0) }
        #expect(
            result.errors.contains("This program was built in")
                && result.errors.contains("swift run attention exercises"), "\(result.errors)")
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
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: package.appendingPathComponent("Notebooks-md").path
        ).filter { $0.hasSuffix(".md") }.compactMap { Int($0.prefix(2)) }
        #expect(pages.count > 20)
        #expect(entries.compactMap { $0["number"] as? Int } == pages.sorted())
    }

    @Test("a page that shows something else is named with its line, and record writes it anew") func record() throws {
        try withClone { clone in
            let page = clone.appendingPathComponent("Notebooks-md/06_Masking.md")
            let right = try String(contentsOf: page, encoding: .utf8)
            var wrong = TextLine.all(of: right)
            let output = try #require(wrong.firstIndex { $0.text == "```output" })
            wrong[output + 1].text = "nothing of the kind"
            try wrong.joined.write(to: page, atomically: true, encoding: .utf8)
            let check = try Command.run(["notebooks", "check", "6"], in: clone)
            #expect(
                check.status == 1 && check.output.contains("Notebooks-md/06_Masking.md:\(output + 1):"),
                "\(check.output)")
            #expect(try Command.run(["notebooks", "record", "6"], in: clone).status == 0)
            #expect(try String(contentsOf: page, encoding: .utf8) == right)
        }
    }

    @Test("Windows line ends change nothing, and record keeps them", arguments: ["\r\n", "\r"]) func lineEnds(
        _ end: String
    ) throws {
        try withClone { clone in
            let page = clone.appendingPathComponent("Notebooks-md/03_Bahdanau.md"),
                before = try Command.run(["notebooks"], in: clone).output
            var lines = try TextLine.texts(of: String(contentsOf: page, encoding: .utf8))
            let right = lines.joined(separator: end), output = try #require(lines.firstIndex(of: "```output"))
            try right.write(to: page, atomically: true, encoding: .utf8)
            #expect(try Command.run(["notebooks"], in: clone).output == before)
            #expect(try Command.run(["notebooks", "check", "3"], in: clone).status == 0)
            lines[output + 1] = "nothing of the kind"
            try lines.joined(separator: end).write(to: page, atomically: true, encoding: .utf8)
            let check = try Command.run(["notebooks", "check", "3"], in: clone)
            #expect(check.status == 1 && check.output.contains("03_Bahdanau.md:\(output + 1):"), "\(check.output)")
            #expect(try Command.run(["notebooks", "record", "3"], in: clone).status == 0)
            #expect(try String(contentsOf: page, encoding: .utf8).utf8.elementsEqual(right.utf8))
        }
    }

    @Test("a page whose code was changed after the build is not judged by the code before; a page without code neither")
    func changed() throws {
        try withClone { clone in
            let page = clone.appendingPathComponent("Notebooks-md/06_Masking.md"),
                text = try String(contentsOf: page, encoding: .utf8)
            for changed in [text.replacing("\nlet ", with: "\nvar "), "# No code\n"] {
                try changed.write(to: page, atomically: true, encoding: .utf8)
                for verb in ["check", "run", "record"] {
                    let result = try Command.run(["notebooks", verb, "6"], in: clone)
                    #expect(
                        result.status == 1 && result.errors.contains("06_Masking.md:")
                            && result.errors.contains("build again"), "\(result.errors)")
                }
                #expect(try String(contentsOf: page, encoding: .utf8) == changed)
            }
        }
    }

    @Test(
        "a page that cannot be read is a sentence",
        arguments: [
            ([0xFF, 0xFE, 35, 0], ": this looks like UTF-16"), ([35, 32, 0xE9, 10], ":1: this is not UTF-8 text"),
        ] as [([UInt8], String)])
    func unreadable(_ bytes: [UInt8], _ sentence: String) throws {
        try withClone { clone in
            try Data(bytes).write(to: clone.appendingPathComponent("Notebooks-md/06_Masking.md"))
            let result = try Command.run(["notebooks", "check", "6"], in: clone)
            #expect(result.status == 2 && result.errors.contains("06_Masking.md" + sentence), "\(result.errors)")
        }
    }

    @Test(
        "what cannot be meant is a sentence and exit code 2",
        arguments: [
            (["run", "47"], "there is no lesson “47”"), (["rn", "3"], "Did you mean “run”?"),
            (["record"], "record needs the number"), (["run"], "run needs the number"),
        ])
    func misuse(words: [String], sentence: String) throws {
        let result = try withFolder { try Command.run(["notebooks"] + words, in: $0) }
        #expect(result.status == 2 && result.errors.contains(sentence), "\(result.errors)")
    }
}
