// `attention exercises watch`: hears keys, sees files, has exercises built and checked, and shows what comes of it.

import AttentionLab
import Foundation
import Terminal
import Workbook

struct WatchRun {
    private static let look = Duration.milliseconds(300), wait: Int32 = 50

    private let console: Console
    private let folder: URL
    /// Keys come one by one, from a terminal; else words come in lines.
    private let hasKeys: Bool
    private let work = WatchWork()
    private var watch: Watch
    private var files: WatchedFiles
    private var failure: CourseBuild.Failure?
    private var lines = ""
    private var isEnded = false, hasQuit = false
    /// When the build began that is not told of yet.
    private var started: ContinuousClock.Instant?

    /// - Parameter place: of the exercise to watch; nil for the first that is not done.
    /// - Throws: `InputError` where the exercises to watch are not those that this program is built of.
    static func start(_ exercises: [Exercise], at place: Int?, _ console: Console) throws {
        let folder = try PackageFolder.find()
        guard PackageFolder.isBuilt(folder) || CourseBuild.isLeftOut else {
            throw InputError(
                "this program watches the exercises of the folder it was built in, "
                    + "\(PackageFolder.built.path), and this is another one; start it here with swift run attention exercises watch",
                file: folder.path)
        }
        Platform.watchInterrupts()
        let hasKeys = Platform.isTerminal(.input) && Platform.isTerminal(.output) && Keyboard.begin()
        defer { Keyboard.restore() }
        var run = WatchRun(exercises, at: place, folder, hasKeys: hasKeys, console)
        defer { run.work.end() }
        try run.goOn()
    }

    private init(_ exercises: [Exercise], at place: Int?, _ folder: URL, hasKeys: Bool, _ console: Console) {
        (self.console, self.folder, self.hasKeys) = (console, folder, hasKeys)
        watch = Watch(exercises, at: place)
        files = WatchedFiles(folder, exercises: exercises.map(\.file))
    }

    private mutating func goOn() throws {
        console.remark("Watching the folder Exercises: every save is built and checked.\n\(Watch.keys)\n\n")
        try handle(.begin)
        var looked = ContinuousClock.now
        while !hasQuit {
            if Platform.isInterrupted { throw Interrupted() }
            try hear()
            for event in work.take() { try handle(event) }
            guard ContinuousClock.now - looked >= Self.look else { continue }
            looked = .now
            let (saved, gone) = files.look()
            if !gone.isEmpty { try handle(.gone(gone)) }
            if !saved.isEmpty { try handle(.saved(saved)) }
        }
    }

    // MARK: keys

    private mutating func hear() throws {
        if isEnded {
            // What is under way at the end of the input is still told.
            if lines.isEmpty, !watch.isBusy { hasQuit = true }
            if !hasQuit { Thread.sleep(forTimeInterval: Double(Self.wait) / 1000) }
        } else if let typed = Keyboard.read(waiting: Self.wait) {
            let text = String(decoding: typed, as: UTF8.self)
            if hasKeys { try press(text) } else { lines += text }
        } else {
            isEnded = true
            hasQuit = hasKeys
        }
        try readLine()
    }

    private mutating func press(_ text: String) throws {
        for key in Self.keys(in: text) where !hasQuit { try handle(.typed(String(key))) }
    }

    /// Arrows and function keys come as an escape and more, "\u{1B}[A", of which no letter is meant.
    static func keys(in text: String) -> String {
        text.lowercased().replacing(#/\e(?:\[[0-9;?]*.|o.|.)?/#, with: "").filter { !$0.isWhitespace }
    }

    /// A line is read when the answer to the one before it is there: what came through a pipe came at once.
    private mutating func readLine() throws {
        guard !watch.isBusy, !lines.isEmpty else { return }
        let end = lines.firstIndex(where: \.isNewline)
        guard let end = end ?? (isEnded ? lines.endIndex : nil) else { return }
        let word = lines[..<end].trimmingCharacters(in: .whitespaces).lowercased()
        lines = String(lines[end...].dropFirst())
        if !word.isEmpty { try handle(.typed(word)) }
    }

    // MARK: what follows

    private mutating func handle(_ event: Watch.Event) throws {
        if case .built(.failed(let failure)) = event { self.failure = failure }
        for action in watch.handle(event) { try take(action) }
    }

    private mutating func take(_ action: Watch.Action) throws {
        switch action {
        case .build:
            started = .now
            work.build()
        case .check(let place): work.check(watch.exercises[place])
        case .stopCheck: work.stop()
        case .say(let text): try console.print(text)
        case .remark(let text): console.remark(text)
        case .tell(let place, let standing):
            try console.print(StandingText(watch.exercises[place], standing, folder).text(console))
            sayTime()
        case .hint(let place, let number):
            try console.print(ExercisesCommand.text(ofHint: number, of: watch.exercises[place], console) + "\n")
        case .task(let place): try showTask(watch.exercises[place])
        case .refuse(let place):
            guard let failure else { return }
            try console.print(failure.words(at: watch.exercises[place].fileName) + "\n")
            sayTime()
        case .quit: hasQuit = true
        }
    }

    private mutating func sayTime() {
        guard let began = started else { return console.remark("\n") }
        started = nil
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        console.remark("(\((seconds * 10).rounded() / 10) s)\n\n")
    }

    /// A file that cannot be shown is a sentence, and no end of the watch.
    private func showTask(_ exercise: Exercise) throws {
        do {
            try console.print(words: ExerciseFiles(exercise: exercise, folder: folder).text() + "\n")
        } catch let fault as InputError {
            try console.print("\(fault)\n")
        }
    }
}
