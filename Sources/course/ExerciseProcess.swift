// A run of this program that checks one exercise, and what it leaves behind: what a student writes may stop the
// process, or never end.

import AttentionLab
import Foundation
import Terminal
import Workbook

struct ExerciseProcess {
    enum Ending { case byItself(Int32), crashed, late, interrupted }

    static let patience = 60

    let ending: Ending
    /// What the checks found, and the gap they were in.
    let report: Data?, gap: String?
    /// The beginning and the end of what went to its standard error.
    let errors: String

    /// Those that the student's code wrote itself. Where it is this program that could not go on, its sentence is told
    /// later.
    var ownErrors: String {
        switch ending {
        case .crashed: StudentErrors.own(errors)
        case .byItself where report == nil: StudentErrors.withoutRefusal(errors)
        default: errors
        }
    }

    /// - Parameter show: gets what the student prints, as it comes, and what is too much cut off.
    /// - Throws: `RunError` where there is no place for its files, or it cannot be started.
    static func run(
        _ exercise: Exercise, environment: (_ report: String) -> [String: String],
        show: ([UInt8]) -> Void
    ) throws -> ExerciseProcess {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)")
        try Folder.make(folder.path)
        defer { try? FileManager.default.removeItem(at: folder) }
        let report = folder.appendingPathComponent("report")
        let process = Process(), output = Pipe(), errors = Pipe()
        process.executableURL = PackageFolder.program
        process.arguments = ["exercises", "check", exercise.name.short]
        process.environment = ProcessInfo.processInfo.environment.merging(environment(report.path)) { $1 }
        // Pipes of its own: `Process` copies descriptors in an order that changes from run to run, so that standard
        // error in the place of standard output was sometimes the one of the child.
        (process.standardOutput, process.standardError, process.standardInput) = (output, errors, FileHandle.nullDevice)
        do { try process.run() } catch {
            throw RunError(
                "this program could not be started once more to check \(exercise.name) "
                    + "(\(error.localizedDescription)); was it moved or built anew just now? Try again")
        }
        var said = KeptEnds()
        let ending = follow(process, output.fileHandleForReading, errors.fileHandleForReading, show) { said.add($0) }
        return ExerciseProcess(
            ending: ending, report: try? Data(contentsOf: report),
            gap: try? String(contentsOf: report.appendingPathExtension("gap"), encoding: .utf8),
            errors: String(decoding: said.bytes, as: UTF8.self))
    }

    /// Reads both pipes until the process is gone, and sees to it that it goes.
    private static func follow(
        _ process: Process, _ output: FileHandle, _ errors: FileHandle,
        _ show: ([UInt8]) -> Void, _ hear: ([UInt8]) -> Void
    ) -> Ending {
        var printed = StudentOutput(), open = [output.fileDescriptor, errors.fileDescriptor]
        func drain() -> Bool {
            var isSilent = true
            open = Platform.read(open) { file, bytes in
                isSilent = false
                if file == output.fileDescriptor { show(printed.pass(bytes)) } else { hear(bytes) }
            }
            return !isSilent
        }
        let end = ContinuousClock.now + .seconds(patience)
        var isLate = false
        while process.isRunning {
            isLate = isLate || ContinuousClock.now > end
            // It runs in a process group of its own, where no Ctrl-C of the terminal comes.
            if Platform.isInterrupted || isLate { Platform.end(process.processIdentifier) }
            _ = drain()
        }
        // What it left in the pipes, which hold no more than a few reads; not until their end, for a process that it
        // started may keep them open, and print for ever.
        for _ in 1...16 where drain() {}
        show(printed.finish())
        if Platform.isInterrupted { return .interrupted }
        if isLate { return .late }
        return process.terminationReason == .exit ? .byItself(process.terminationStatus) : .crashed
    }
}
