// Asks each exercise where it stands, in a process of its own.

import AttentionLab
import Dispatch
import Foundation
import Synchronization
import Terminal
import Workbook

enum ExerciseProbe {
    private static let mark = "ATTENTIONLAB_PROBE"

    // MARK: in the process of its own

    /// Where such a process leaves what it found; nil in any other process. A file, since a student's `print` writes to
    /// the output.
    static var report: String? { ProcessInfo.processInfo.environment[mark] }

    /// Runs the checks, and leaves the outcome and, before, the name of each gap that it begins.
    static func probe(_ exercise: Exercise, into report: String) throws {
        Platform.endAfter(seconds: ExerciseProcess.patience + 5)
        Platform.printAtOnce()
        let state = exercise.state { gap in try? AtomicFile.write(gap.name, to: report + ".gap") }
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        try AtomicFile.write(encoder.encode(Standing(exercise, state)), to: report)
    }

    // MARK: in the process that asks

    /// In the order of the exercises; two at a time. What the student prints is not shown.
    ///
    /// - Throws: `Interrupted` after Ctrl-C, `RunError` where a check could not be run.
    static func standings(_ exercises: [Exercise]) throws -> [Standing] {
        Platform.watchInterrupts()
        let found = Mutex<[Int: Result<Standing, any Error>]>([:])
        let asked = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: min(2, exercises.count)) { _ in
            while true {
                let index = asked.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < exercises.count, !Platform.isInterrupted else { return }
                let standing = Result { try ask(exercises[index]) { _ in } }
                found.withLock { $0[index] = standing }
            }
        }
        if Platform.isInterrupted { throw Interrupted() }
        return try found.withLock { found in try exercises.indices.compactMap { try found[$0]?.get() } }
    }

    /// What the student prints goes to standard error, where it can be read and is in nobody's way.
    ///
    /// - Throws: `Interrupted` after Ctrl-C, `RunError` where the check could not be run.
    static func standing(of exercise: Exercise) throws -> Standing {
        Platform.watchInterrupts()
        return try ask(exercise) { _ = Platform.write($0, to: .errors) }
    }

    private static func ask(_ exercise: Exercise, show: ([UInt8]) -> Void) throws -> Standing {
        // A crash is told on standard error, with the line of the student's file, also where the user has switched it
        // off.
        let run = try ExerciseProcess.run(
            exercise,
            environment: {
                [mark: $0, "SWIFT_BACKTRACE": "enable=yes,color=no"]
            }, show: show)
        var own = StudentOutput()
        show(own.pass(Array(run.ownErrors.utf8)) + own.finish())
        func failing(_ message: String) -> Standing {
            Standing(exercise, .failing(gap: run.gap ?? "the check", message: message))
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let report = run.report, let standing = try? decoder.decode(Standing.self, from: report) { return standing }
        switch run.ending {
        case .interrupted: throw Interrupted()
        case .late: return failing("your code did not come to an end within \(ExerciseProcess.patience) seconds")
        case .crashed: return failing(StudentErrors.crash(run.errors, in: exercise.file))
        case .byItself(let status):
            // The report could not be written, a full disk for example; the process says so itself.
            if let reason = StudentErrors.refusal(run.errors) {
                throw RunError("\(exercise.name) could not be checked: \(reason)")
            }
            return failing(
                "your code ended the process, with the exit code \(status), before the check was through; "
                    + "leave out `exit`")
        }
    }
}
