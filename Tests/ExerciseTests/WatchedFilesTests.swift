// Saves as editors make them, and compile errors as a build tells them.

import Foundation
import Terminal
import TestSupport
import Testing

@testable import course

@Suite("Watched files") struct WatchedFilesTests {
    private static let first = "Exercises/Exercise01_A.swift", second = "Exercises/Exercise02_B.swift"

    private func withFiles(_ body: (URL, inout WatchedFiles) throws -> Void) throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("Exercises/Scorers"), withIntermediateDirectories: true)
            for file in [Self.first, Self.second] { try write("// x\n", file, folder) }
            var files = WatchedFiles(folder, exercises: [Self.first, Self.second])
            #expect(files.look() == ([], []))
            try body(folder, &files)
        }
    }

    private func write(_ text: String, _ file: String, _ folder: URL, atomically: Bool = false) throws {
        try text.write(to: folder.appendingPathComponent(file), atomically: atomically, encoding: .utf8)
    }

    @Test("a file written into, one put into its place, and a new one are saves, each once", arguments: [false, true])
    func saves(atomically: Bool) throws {
        try withFiles { folder, files in
            try write("// y, longer\n", Self.first, folder, atomically: atomically)
            #expect(files.look() == ([Self.first], []) && files.look() == ([], []))
            try write("// x\n", "Exercises/Scorers/Mine.swift", folder)
            try write("// x\n", "Exercises/.hidden.swift", folder)
            try write("x\n", "Exercises/Exercise01_A.swift~", folder)
            #expect(files.look() == (["Exercises/Scorers/Mine.swift"], []))
        }
    }

    @Test("a file of the same size and date in the place of another is a save") func sameSize() throws {
        try withFiles { folder, files in
            let path = folder.appendingPathComponent(Self.first).path
            let date = try #require(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date)
            try write("// z\n", Self.first, folder, atomically: true)
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
            #expect(files.look() == ([Self.first], []))
        }
    }

    @Test("a file that is away for a moment is not gone; one that stays away is, and is saved when it is back")
    func gone() throws {
        try withFiles { folder, files in
            let place = folder.appendingPathComponent(Self.second), aside = folder.appendingPathComponent("aside")
            try FileManager.default.moveItem(at: place, to: aside)
            #expect(files.look() == ([], []))
            try FileManager.default.moveItem(at: aside, to: place)
            #expect(files.look() == ([], []), "as it was")
            try FileManager.default.moveItem(at: place, to: aside)
            #expect(files.look() == ([], []) && files.look() == ([], [Self.second]) && files.look() == ([], []))
            try FileManager.default.moveItem(at: aside, to: place)
            #expect(files.look() == ([Self.second], []) && files.look() == ([], []))
        }
    }
}

@Suite("Compile errors in short") struct CompileErrorTests {
    private func log(_ file: String, _ line: Int, end: String = "\n") -> String {
        """
        [3/5] Compiling Exercises Exercise05_B.swift
        \(file):\(line):17: error: cannot find 'nothere' in scope
        27 |     /// - Returns: e [S].
        29 |         let y = nothere + 1
           |                 `- error: cannot find 'nothere' in scope
        [4/5] Emitting module Exercises

        """.replacing("\n", with: end)
    }

    @Test("file, line and message, each once, without what the compiler draws", arguments: ["\n", "\r\n"]) func read(
        _ end: String
    ) {
        let log = log("/a: b/Exercises/Exercise05_B.swift", 29, end: end)
        #expect(
            CompileError.all(in: log + log) == [
                CompileError(
                    file: "/a: b/Exercises/Exercise05_B.swift", line: 29, message: "cannot find 'nothere' in scope")
            ])
    }

    @Test("the line of the file stands below") func code() throws {
        try withFolder { folder in
            let file = folder.appendingPathComponent("A.swift")
            try "// x\n        let y = nothere\n".write(to: file, atomically: true, encoding: .utf8)
            let error = CompileError(file: file.path, line: 2, message: "no")
            #expect(error.words.hasSuffix("A.swift, line 2: no\n    let y = nothere"))
        }
    }

    @Test("errors of the exercise at hand come first; those of another one are said to be another's") func others() {
        let own = log("/x/Exercises/Exercise03_A.swift", 4), other = log("/x/Exercises/Exercise05_B.swift", 29)
        let both = CourseBuild.Failure(log: other + own).words(at: "Exercise03_A.swift")
        #expect(
            both.hasPrefix(
                "/x/Exercises/Exercise03_A.swift, line 4: cannot find 'nothere' in scope\n/x/Exercises/Exercise05"))
        let waits = CourseBuild.Failure(log: other).words(at: "Exercise03_A.swift")
        #expect(
            waits.hasPrefix(
                "Exercises are compiled together, and Exercise05 does not compile. Exercise03 waits until it does.\n"))
        #expect(
            waits.contains("attention exercises reset Exercise05\n/x/Exercises/Exercise05_B.swift, line 29: cannot"))
        let library = CourseBuild.Failure(log: log("/x/Sources/Seq2Seq/GRU.swift", 1)).words(at: "Exercise03_A.swift")
        #expect(library.hasPrefix("This is not in an exercise:\n/x/Sources/Seq2Seq/GRU.swift, line 1: "))
    }

    @Test("of many errors three are shown, and of none the last words of the build") func many() {
        let many = (1...5).map { log("/x/Exercises/Exercise03_A.swift", $0) }.joined()
        #expect(CourseBuild.Failure(log: many).words(at: "Exercise03_A.swift").hasSuffix("and 2 more"))
        #expect(CourseBuild.Failure(log: "[1/2] Linking\nerror: disk full\nnote: x\n").words() == "error: disk full")
        #expect(CourseBuild.Failure(log: "a\nb\n").words() == "a\nb")
    }
}
