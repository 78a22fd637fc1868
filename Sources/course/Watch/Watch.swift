// What a watch knows, and what follows from what happens. It has no files, no terminal, no compiler and no clock, so
// that tests can play everything that may happen.

import Terminal
import Workbook

struct Watch {
    enum Event {
        case begin
        case typed(String)
        /// Files that were written, or are there again.
        case saved([String])
        /// Exercises' files that are not there any more.
        case gone([String])
        /// Another SwiftPM is at work in the same folder.
        case waiting
        case built(CourseBuild.Ending)
        case checked(Standing)
        /// The check itself could not be run.
        case unchecked(String)
    }

    /// Exercises by their places in the list.
    enum Action: Equatable {
        case build, check(Int), stopCheck
        case say(String), remark(String)
        case tell(Int, Standing), hint(Int, Int), task(Int)
        /// What does not compile, seen from an exercise.
        case refuse(Int)
        case quit
    }

    private enum Work { case none, build, check }

    /// Why the exercise at hand is at hand.
    private enum Aim: Equatable {
        /// The first that is not done is looked for, and so many were passed over.
        case seeking(passed: Int)
        /// Asked for: by its name or with a key.
        case looking
        /// A file was saved: success leads on.
        case mending
    }

    let exercises: [Exercise]
    private(set) var place: Int
    private var aim: Aim
    private var work = Work.none
    private var isSavedMeanwhile = false, compiles = false, isAllDone = false
    private var hints: [Int: Int] = [:], missing: [String] = []

    /// - Parameter place: of the exercise to watch; nil for the first that is not done.
    init(_ exercises: [Exercise], at place: Int?) {
        (self.exercises, self.place) = (exercises, place ?? 0)
        aim = place == nil ? .seeking(passed: 0) : .looking
    }

    /// Whether something is under way whose end will be told.
    var isBusy: Bool { work != .none }

    mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .begin: return build("building\n")
        case .typed(let word): return typed(word)
        case .saved(let files): return saved(files)
        case .gone(let files):
            missing = Array(Set(missing + files)).sorted()
            return files.map {
                .say(
                    "\($0) is not there any more. The watch goes on when it is there again;\n"
                        + "attention exercises reset \(exercise(of: $0).name.short) brings it back\n")
            }
        case .waiting: return [.remark("waiting for another build to end\n")]
        case .built(let ending): return built(ending)
        case .checked(let standing): return work == .check ? checked(standing) : []
        case .unchecked(let why):
            guard work == .check else { return [] }
            work = .none
            return [.say(why + "\n")]
        }
    }

    private func exercise(of file: String) -> Exercise { exercises.first { $0.file == file } ?? exercises[place] }

    // MARK: files and builds

    private mutating func saved(_ files: [String]) -> [Action] {
        missing.removeAll(where: files.contains)
        if case .seeking = aim {} else { aim = .mending }
        let stop: [Action] = work == .check ? [.stopCheck] : []
        if work == .build {
            isSavedMeanwhile = true
            return []
        }
        return stop + build("\(files.joined(separator: ", ")) saved, building\n")
    }

    private mutating func build(_ remark: String) -> [Action] {
        // A module that lacks a file does not compile, with errors in other files.
        guard missing.isEmpty else {
            work = .none
            return []
        }
        (work, isSavedMeanwhile) = (.build, false)
        return [.remark(remark), .build]
    }

    private mutating func built(_ ending: CourseBuild.Ending) -> [Action] {
        work = .none
        if isSavedMeanwhile { return build("saved again, building\n") }
        if case .built = ending {
            compiles = true
            return check()
        }
        compiles = false
        guard missing.isEmpty else { return [] }
        switch ending {
        case .built, .stopped: return []
        case .failed: return [.refuse(place)]
        case .impossible:
            return [.say("swift was not found; add the folder of the toolchain to PATH, and start again\n")]
        }
    }

    // MARK: checks

    private mutating func check() -> [Action] {
        work = .check
        return [.check(place)]
    }

    private mutating func checked(_ standing: Standing) -> [Action] {
        work = .none
        guard standing.state == .done else {
            defer { aim = .looking }
            guard case .seeking(let passed) = aim, passed > 0 else { return [.tell(place, standing)] }
            return [.remark("\(passed) done, passed over\n"), .tell(place, standing)]
        }
        switch aim {
        case .seeking(let passed): return seek(passed: passed + 1)
        case .looking: return [.tell(place, standing)]
        case .mending: return [.tell(place, standing)] + seek(passed: 0)
        }
    }

    /// On to the next one, from the last to the first, until one is not done.
    private mutating func seek(passed: Int) -> [Action] {
        guard passed < exercises.count else {
            aim = .looking
            return [.say("All done. Your scorers stand in the table: attention compare\n")]
        }
        aim = .seeking(passed: passed)
        place = (place + 1) % exercises.count
        return check()
    }

    // MARK: keys

    static let keys = "h hint · n next · p previous · s the task · q quit · ? these keys"

    private mutating func typed(_ word: String) -> [Action] {
        switch word {
        case "h", "hint": return hint()
        case "n", "next": return go(to: place + 1)
        case "p", "previous": return go(to: place - 1)
        case "s", "show": return [.task(place)]
        case "q", "quit": return [.quit]
        case "?", "help": return [.say(Self.keys + "\n")]
        default: return word.count > 1 ? [.say("“\(word)” is no key of the watch: \(Self.keys)\n")] : []
        }
    }

    private mutating func hint() -> [Action] {
        let number = hints[place, default: 0] + 1, exercise = exercises[place]
        guard number <= exercise.hints.count else {
            return [.say("That was the last hint. A solution: attention exercises solution \(exercise.name.short)\n")]
        }
        hints[place] = number
        return [.hint(place, number)]
    }

    private mutating func go(to place: Int) -> [Action] {
        guard exercises.indices.contains(place) else {
            return [.say("\(exercises[self.place].name) is the \(place < 0 ? "first" : "last") one.\n")]
        }
        (self.place, aim) = (place, .looking)
        let exercise = exercises[place], name: [Action] = [.say("\(exercise.name) · \(exercise.title)\n")]
        switch work {
        case .build: return name
        case .check: return [.stopCheck] + check()
        case .none where compiles: return check()
        case .none: return name + (missing.isEmpty ? [.refuse(place)] : [])
        }
    }
}
