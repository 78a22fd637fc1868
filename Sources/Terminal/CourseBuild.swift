// Has SwiftPM build the program of exercises and lessons, and says in short why it could not.

import Foundation

package struct CourseBuild: Sendable {
    package enum Ending: Sendable {
        case built, stopped, failed(Failure)
        /// There is no `swift`.
        case impossible
    }

    /// Beside the program that runs, where SwiftPM put both.
    package let program = PackageFolder.program.deletingLastPathComponent().appendingPathComponent("course")

    package init() {}

    package var isThere: Bool { FileManager.default.isExecutableFile(atPath: program.path) }

    /// Where SwiftPM runs this program, in a test, another SwiftPM would wait for it for ever.
    package static var isLeftOut: Bool { ProcessInfo.processInfo.environment["ATTENTIONLAB_COURSE"] == "as-built" }

    /// - Parameters:
    ///   - waits: called once where another SwiftPM is at work in the same folder, for whose end this one waits.
    ///   - isStopped: asked again and again; where it is true, the build is ended.
    package func run(waits: () -> Void = {}, isStopped: () -> Bool = { false }) -> Ending {
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(at: log) }
        func said() -> String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }
        let words = ["swift", "build", "--package-path", PackageFolder.built.path, "--product", "course"] + place
        guard let process = Platform.start(words, output: log.path) else { return .impossible }
        var isWaiting = false, stopped: ContinuousClock.Instant?
        while true {
            if let status = Platform.status(of: process, after: 20) {
                if stopped != nil { return .stopped }
                return status == 0 ? .built : .failed(Failure(log: said()))
            }
            if isStopped() {
                if stopped == nil { Platform.interrupt(process) }
                let asked = stopped ?? .now
                stopped = asked
                // Whoever does not listen is not asked again.
                if .now - asked > .seconds(2) { Platform.end(process) }
            }
            if !isWaiting, said().contains("Another instance of SwiftPM") {
                isWaiting = true
                waits()
            }
        }
    }

    /// The flags with which SwiftPM builds where this program was built, for example
    /// `…/.build/x86_64-unknown-linux-gnu/debug`.
    private var place: [String] {
        let products = program.deletingLastPathComponent(), configuration = products.lastPathComponent
        guard ["debug", "release"].contains(configuration) else { return [] }
        return [
            "--configuration", configuration,
            "--scratch-path", products.deletingLastPathComponent().deletingLastPathComponent().path,
        ]
    }

    /// What does not compile.
    package struct Failure: Sendable {
        let log: String
        private static let shown = 3

        package init(log: String) { self.log = log }

        /// The errors in short; where the compiler named none, what SwiftPM said in the end.
        ///
        /// - Parameter exercise: the file name of the one that is at hand, "Exercise03_DotScores.swift"; its errors
        ///   come first, and those of others are said to be others'.
        package func words(at exercise: String? = nil) -> String {
            let errors = CompileError.all(in: log)
            guard let first = errors.first else { return lastWords }
            let own = errors.filter { Self.name($0) == exercise }, others = errors.filter { Self.name($0) != exercise }
            let some = (own + others).prefix(Self.shown).map(\.words)
            let more = errors.count > some.count ? ["and \(errors.count - some.count) more"] : []
            return ((own.isEmpty ? advice(first, exercise) : []) + some + more).joined(separator: "\n")
        }

        private static func name(_ error: CompileError) -> String { URL(fileURLWithPath: error.file).lastPathComponent }

        /// What to do about an error that is not in the exercise at hand.
        private func advice(_ error: CompileError, _ exercise: String?) -> [String] {
            let folder = URL(fileURLWithPath: error.file).deletingLastPathComponent().lastPathComponent
            guard folder == "Exercises" else { return exercise == nil ? [] : ["This is not in an exercise:"] }
            let other = Self.name(error).prefix { $0 != "_" && $0 != "." }
            let waiting = exercise.map { "\($0.prefix { $0 != "_" }) waits" } ?? "The others wait"
            return [
                "Exercises are compiled together, and \(other) does not compile. \(waiting) until it does.",
                "Mend it, or set it back, which keeps what you wrote: attention exercises reset \(other)",
            ]
        }

        private var lastWords: String {
            let lines = log.split(whereSeparator: \.isNewline)
            let errors = lines.filter { $0.contains("error:") }
            return (errors.isEmpty ? lines.suffix(10) : errors.prefix(10)).joined(separator: "\n")
        }
    }
}
