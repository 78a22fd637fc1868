// Asks each exercise where it stands, in a process of its own: what a student writes may stop the process, or never end.

import AttentionLab
import Dispatch
import Foundation
import Synchronization
import Workbook

enum ExerciseProbe {
    private static let patience = 60.0
    private static let mark = "ATTENTIONLAB_PROBE"

    /// Whether this is such a process.
    static var isProbe: Bool { ProcessInfo.processInfo.environment[mark] != nil }

    /// In the order of the exercises; two at a time.
    static func standings(_ exercises: [Exercise], _ console: Console) -> [Standing] {
        let found = Mutex<[Int: Standing]>([:])
        let asked = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: min(2, exercises.count)) { _ in
            while true {
                let index = asked.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < exercises.count else { return }
                let standing = standing(of: exercises[index])
                found.withLock { $0[index] = standing }
            }
        }
        return found.withLock { found in exercises.indices.compactMap { found[$0] } }
    }

    static func standing(of exercise: Exercise) -> Standing {
        func failing(_ message: String) -> Standing { Standing(exercise, .failing(gap: "the check", message: message)) }
        guard let program = Bundle.main.executablePath else { return Standing(exercise, exercise.state()) }
        let process = Process(), output = Pipe(), errors = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["exercises", "check", exercise.name.short, "--format", "json"]
        // A crash is then told on standard error, with the line of the student's file, also where the user has switched that off.
        process.environment = ProcessInfo.processInfo.environment.merging([mark: "1", "SWIFT_BACKTRACE": "enable=yes,color=no"]) { $1 }
        (process.standardOutput, process.standardError, process.standardInput) = (output, errors, FileHandle.nullDevice)
        do { try process.run() } catch { return failing("\(error)") }
        let clock = DispatchWorkItem { process.terminate() }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience, execute: clock)
        let result = output.fileHandleForReading.readDataToEndOfFile()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        clock.cancel()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let standing = try? decoder.decode(Standing.self, from: result) { return standing }
        return failing(process.terminationReason == .uncaughtSignal && process.terminationStatus != SIGTERM
            ? crash(said, exercise) : "your code did not come to an end within \(Int(patience)) seconds")
    }

    /// What Swift says of a crash, in a sentence: what, and in which line of the student's file.
    private static func crash(_ said: String, _ exercise: Exercise) -> String {
        let reason = said.range(of: "Fatal error: ").map { said[$0.upperBound...].prefix { $0 != "\n" } }
        let line = said.range(of: exercise.file + ":").map { said[$0.upperBound...].prefix { $0.isNumber } }
        return "your code stopped the process" + (line.map { " at \(exercise.file), line \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
    }
}
