// Asks each exercise where it stands, in a process of its own: what a student writes may stop the process, or never end.

import AttentionLab
import Dispatch
import Foundation
import Synchronization
import Workbook

enum ExerciseProbe {
    private static let patience = 60
    private static let mark = "ATTENTIONLAB_PROBE"

    // MARK: in the process of its own

    /// Where such a process leaves what it found; nil in any other process. A file, since a student's `print` writes to the output.
    static var report: String? { ProcessInfo.processInfo.environment[mark] }

    /// Runs the checks, and leaves the outcome and, before, the name of each gap that it begins.
    static func probe(_ exercise: Exercise, into report: String) throws {
        Platform.endAfter(seconds: patience + 5)
        let state = exercise.state { gap in try? AtomicFile.write(gap.name, to: report + ".gap") }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try AtomicFile.write(encoder.encode(Standing(exercise, state)), to: report)
    }

    // MARK: in the process that asks

    /// In the order of the exercises; two at a time.
    ///
    /// - Throws: `Interrupted` after Ctrl-C.
    static func standings(_ exercises: [Exercise]) throws -> [Standing] {
        Platform.watchInterrupts()
        let found = Mutex<[Int: Standing]>([:])
        let asked = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: min(2, exercises.count)) { _ in
            while true {
                let index = asked.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < exercises.count, !Platform.isInterrupted else { return }
                let standing = ask(exercises[index], output: .nullDevice)
                found.withLock { $0[index] = standing }
            }
        }
        if Platform.isInterrupted { throw Interrupted() }
        return found.withLock { found in exercises.indices.compactMap { found[$0] } }
    }

    /// What the student prints goes to standard error, where it can be read and is in nobody's way.
    ///
    /// - Throws: `Interrupted` after Ctrl-C.
    static func standing(of exercise: Exercise) throws -> Standing {
        Platform.watchInterrupts()
        let standing = ask(exercise, output: .standardError)
        if Platform.isInterrupted { throw Interrupted() }
        return standing
    }

    private static func ask(_ exercise: Exercise, output: FileHandle) -> Standing {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = folder.appendingPathComponent("report"), errors = folder.appendingPathComponent("errors")
        func failing(_ message: String) -> Standing {
            let gap = (try? String(contentsOf: folder.appendingPathComponent("report.gap"), encoding: .utf8)) ?? "the check"
            return Standing(exercise, .failing(gap: gap, message: message))
        }
        let process = Process()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data().write(to: errors)
            process.executableURL = URL(fileURLWithPath: Bundle.main.executablePath ?? CommandLine.arguments[0])
            process.arguments = ["exercises", "check", exercise.name.short]
            // A crash is told on standard error, with the line of the student's file, also where the user has switched that off.
            process.environment = ProcessInfo.processInfo.environment.merging([mark: report.path,
                "SWIFT_BACKTRACE": "enable=yes,color=no"]) { $1 }
            (process.standardOutput, process.standardInput) = (output, FileHandle.nullDevice)
            process.standardError = try FileHandle(forWritingTo: errors)
            try process.run()
        } catch { return failing("\(error)") }
        let end = ContinuousClock.now + .seconds(patience)
        while process.isRunning {
            // It runs in a process group of its own, where no Ctrl-C of the terminal comes.
            if Platform.isInterrupted || ContinuousClock.now > end { Platform.end(process.processIdentifier) }
            Thread.sleep(forTimeInterval: 0.01)
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let result = try? Data(contentsOf: report), let standing = try? decoder.decode(Standing.self, from: result) { return standing }
        if ContinuousClock.now > end { return failing("your code did not come to an end within \(patience) seconds") }
        let said = (try? Data(contentsOf: errors)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return failing(crash(said, exercise))
    }

    /// What Swift says of a crash, in a sentence: what, and in which line of the student's file.
    private static func crash(_ said: String, _ exercise: Exercise) -> String {
        let reason = said.range(of: "Fatal error: ").map { said[$0.upperBound...].prefix { $0 != "\n" } }
        let line = said.range(of: exercise.file + ":").map { said[$0.upperBound...].prefix { $0.isNumber } }
        return "your code stopped the process" + (line.map { " at \(exercise.file), line \($0)" } ?? "")
            + (reason.map { ": \($0)" } ?? "; perhaps a function that calls itself without end")
    }
}
