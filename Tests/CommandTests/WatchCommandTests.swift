// `attention exercises watch` as a student runs it, in a terminal and without one. Nothing is built here: SwiftPM would
// wait for the one that runs the tests.

import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

@Suite("attention exercises watch") struct WatchCommandTests {
    private static let title = "Exercise 1 · softmax, stable and masked"

    @Test("without a terminal: lines are read to the end of the input, one after the other") func plain() throws {
        let result = try withFolder {
            try Command.run(["exercises", "watch", "1"], in: $0, input: "h\nhint\nfoo\nq\nh\n")
        }
        #expect(result.status == 0 && result.output.hasPrefix(Self.title + ": "), "\(result.output)")
        let first = try #require(result.output.range(of: "hint 1 of 3")),
            second = try #require(result.output.range(of: "hint 2 of 3"))
        #expect(first.upperBound < second.lowerBound && !result.output.contains("hint 3 of 3"), "nothing after q")
        #expect(result.output.contains("“foo” is no key of the watch"))
        #expect(result.errors.contains("h hint · n next") && !(result.output + result.errors).contains("\u{1B}"))
    }

    @Test("at the end of the input what is under way is still told; --quiet leaves the remarks out") func end() throws {
        let result = try withFolder { try Command.run(["exercises", "watch", "Exercise02", "--quiet"], in: $0) }
        #expect(result.status == 0 && result.output.hasPrefix("Exercise 2 · the context vector: "), "\(result.output)")
        #expect(result.errors.isEmpty, "\(result.errors)")
    }

    @Test(
        "what cannot be meant is a sentence and exit code 2",
        arguments: [
            (["47"], "there is no exercise “47”"), (["1", "2"], "“2” is one word too many"),
            (["1", "--format", "json"], "watch speaks to a person and has no --format"),
        ])
    func misuse(words: [String], sentence: String) throws {
        let result = try withFolder { try Command.run(["exercises", "watch"] + words, in: $0) }
        #expect(result.status == 2 && result.errors.contains(sentence), "\(result.errors)")
    }

    @Test("a file put in the place of an exercise, as editors do, is checked; one that is gone is waited for")
    func saves() throws {
        try withFolder { folder in
            for name in ["Package.swift", "Exercises"] {
                try FileManager.default.copyItem(
                    at: package.appendingPathComponent(name), to: folder.appendingPathComponent(name))
            }
            let file = folder.appendingPathComponent("Exercises/Exercise01_Softmax.swift")
            let watch = try Watching(["exercises", "watch", "1"], in: folder)
            defer { watch.process.terminate() }
            try watch.wait(Self.title)
            try String(contentsOf: file, encoding: .utf8).write(to: file, atomically: true, encoding: .utf8)
            try watch.wait("Exercises/Exercise01_Softmax.swift saved, building")
            try FileManager.default.removeItem(at: file)
            try watch.wait("Exercises/Exercise01_Softmax.swift is not there any more")
            watch.type("q\n")
            #expect(watch.status == 0)
        }
    }

    /// In the place of SwiftPM.
    private func withSwift(
        _ script: String, _ body: (_ folder: URL, _ environment: [String: String]) throws -> Void
    ) throws {
        try withFolder { folder in
            let swift = folder.appendingPathComponent("swift")
            try ("#!/bin/sh\n" + script).write(to: swift, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: swift.path)
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            try body(folder, ["PATH": folder.path + ":" + path, "ATTENTIONLAB_COURSE": ""])
        }
    }

    @Test("a compile error is shown in short, and one in another exercise is said to be there") func compileError()
        throws
    {
        let file = package.appendingPathComponent("Exercises/Exercise02_ContextVector.swift").path
        let script =
            "echo '[1/9] Compiling'\necho \"\(file):2:4: error: cannot find 'x' in scope\"\necho ' 1 | // wall'\nexit 1\n"
        try withSwift(script) { folder, environment in
            let watch = try Watching(["exercises", "watch", "1"], in: folder, environment, program: "course")
            defer { watch.process.terminate() }
            try watch.wait("Exercise01 waits until it does.")
            watch.type("n\n")
            try watch.wait("Exercise 2 · the context vector\n")
            watch.end()
            #expect(watch.status == 0)
            let own = try #require(watch.output.split(separator: "Exercise 2 · the context vector\n").last)
            #expect(own.contains("Exercise02_ContextVector.swift, line 2: cannot find 'x' in scope\n    //\n"))
            #expect(!watch.output.contains("Compiling") && !watch.output.contains("wall"))
        }
    }

    @Test("another build is waited for, and the end does not wait for either") func anotherBuild() throws {
        let script = "echo \"Another instance of SwiftPM (PID: 1) is already running, waiting…\"\nexec sleep 60\n"
        try withSwift(script) { folder, environment in
            let watch = try Watching(["exercises", "watch", "1"], in: folder, environment, program: "course")
            defer { watch.process.terminate() }
            try watch.wait("waiting for another build to end")
            let start = ContinuousClock.now
            watch.process.terminate()
            #expect(watch.status == 130)
            #expect(.now - start < .seconds(20))
        }
    }

    @Test(
        "in a terminal one key is enough, and the terminal is as it was after every end",
        arguments: [
            "q", "interrupt", "terminate", "twice",
        ])
    func terminal(_ ending: String) throws {
        try withFolder { folder in
            let terminal = try PseudoTerminal()
            let watch = try Watching(
                ["exercises", "watch", "1"], in: folder, ["TERM": "xterm", "NO_COLOR": "1"], in: terminal)
            defer { watch.process.terminate() }
            try watch.wait(Self.title)
            #expect(!terminal.isByLines)
            watch.type("h")
            try watch.wait("hint 1 of 3")
            switch ending {
            case "q": watch.type("q")
            case "interrupt": kill(watch.process.processIdentifier, SIGINT)
            case "terminate": watch.process.terminate()
            default: for _ in 1...2 { kill(watch.process.processIdentifier, SIGINT) }
            }
            #expect(watch.status == (ending == "q" ? 0 : 130))
            #expect(terminal.isByLines && !watch.output.contains("\u{1B}"), "\(watch.output)")
        }
    }

    @Test("colours are those of the state, and nothing else is done to the terminal") func colours() throws {
        try withFolder { folder in
            let terminal = try PseudoTerminal()
            let watch = try Watching(
                ["exercises", "watch", "1"], in: folder, ["TERM": "xterm", "NO_COLOR": ""], in: terminal)
            defer { watch.process.terminate() }
            try watch.wait("s)")
            watch.type("\u{1B}[A")
            watch.type("q")
            #expect(watch.status == 0)
            #expect(watch.output.contains("\u{1B}["))
            #expect(!watch.output.replacing(#/\e\[[0-9;]*m/#, with: "").contains("\u{1B}"))
        }
    }
}

/// A watch that goes on beside the test.
private final class Watching {
    struct Silent: Error, CustomStringConvertible { let description: String }

    let process: Process
    private let input: FileHandle, heard: Heard

    init(
        _ words: [String], in folder: URL, _ environment: [String: String] = [:], program: String? = nil,
        in terminal: PseudoTerminal? = nil
    ) throws {
        process = try Command.process(words, in: folder, environment: environment).process
        if let program {
            process.executableURL = process.executableURL?.deletingLastPathComponent().appendingPathComponent(program)
        }
        if let terminal {
            (input, heard) = (terminal.outside, Heard(terminal.outside))
            (process.standardInput, process.standardOutput, process.standardError) = (
                terminal.inside, terminal.inside, terminal.inside
            )
        } else {
            let words = Pipe(), said = Pipe()
            (input, heard) = (words.fileHandleForWriting, Heard(said.fileHandleForReading))
            (process.standardInput, process.standardOutput, process.standardError) = (words, said, said)
        }
        try process.run()
    }

    var output: String { heard.text }

    func type(_ text: String) { try? input.write(contentsOf: Data(text.utf8)) }

    func end() { try? input.close() }

    /// Until it has said something.
    func wait(_ text: String) throws {
        let end = ContinuousClock.now + .seconds(60)
        while !output.contains(text) {
            guard .now < end else { throw Silent(description: "“\(text)” did not come; there is:\n\(output)") }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// Its exit code; one that does not come to an end is ended.
    var status: Int32 {
        let end = ContinuousClock.now + .seconds(60)
        while process.isRunning {
            if .now > end { kill(process.processIdentifier, SIGKILL) }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return process.terminationStatus
    }
}

/// What came through a pipe or a terminal so far, without waiting for more.
private final class Heard {
    private let file: FileHandle
    private var bytes: [UInt8] = []

    init(_ file: FileHandle) {
        self.file = file
        _ = fcntl(file.fileDescriptor, F_SETFL, O_NONBLOCK)
    }

    var text: String {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = read(file.fileDescriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A terminal that nobody sits at.
private final class PseudoTerminal {
    struct None: Error {}

    let outside: FileHandle, inside: FileHandle

    init() throws {
        let number = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        outside = FileHandle(fileDescriptor: number, closeOnDealloc: true)
        guard number >= 0, let name = Self.name(ofOther: number) else { throw None() }
        let other = open(name, O_RDWR | O_NOCTTY)
        guard other >= 0 else { throw None() }
        inside = FileHandle(fileDescriptor: other, closeOnDealloc: true)
    }

    /// The end that a program sits at, ready to be opened.
    private static func name(ofOther number: Int32) -> String? {
        #if canImport(Darwin)
        return grantpt(number) == 0 && unlockpt(number) == 0 ? ptsname(number).map { String(cString: $0) } : nil
        #else
        // TIOCSPTLCK and TIOCGPTN, which unlockpt and ptsname call; Swift's module of the C library has neither.
        var lock: Int32 = 0, index: UInt32 = 0
        return ioctl(number, 0x4004_5431, &lock) == 0 && ioctl(number, 0x8004_5430, &index) == 0
            ? "/dev/pts/\(index)" : nil
        #endif
    }

    /// As a shell leaves it: lines, and what is typed is shown.
    var isByLines: Bool {
        var mode = termios()
        let both = tcflag_t(ICANON | ECHO)
        return tcgetattr(inside.fileDescriptor, &mode) == 0 && mode.c_lflag & both == both
    }
}
