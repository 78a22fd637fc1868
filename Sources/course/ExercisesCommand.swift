// `attention exercises`: where a student stands, and hints, tasks, fresh starts and solutions.

import AttentionLab
import Exercises
import Foundation
import Terminal
import TextLines
import Workbook

extension ExercisesCommand: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let words = arguments.operands
        guard let verb = words.first else { return try list(format, console) }
        guard verbs.contains(verb) else {
            let isNumber = exercises.contains { $0.exercise.name.isMeant(by: verb) }
            throw UsageError(
                isNumber
                    ? "what about exercise \(verb)? Say `attention exercises show \(verb)`, or hint, check, reset or solution"
                    : "`attention exercises` cannot “\(verb)”. \(Suggestion.orList(for: verb, among: verbs))")
        }
        if verb == "watch" { return try watch(words, arguments, console) }
        guard words.count >= 2 else { throw UsageError("which one? For example: attention exercises \(verb) 7") }
        guard words.count <= (verb == "hint" ? 3 : 2) else {
            throw UsageError("“\(words[words.count - 1])” is one word too many. Try `attention exercises --help`")
        }
        let exercise = try find(words[1])
        func files() throws -> ExerciseFiles { try ExerciseFiles(exercise: exercise, folder: PackageFolder.find()) }
        switch verb {
        case "show": try console.print(files().text())
        case "solution": try console.print(StubText.withoutMarks(files().solution()))
        case "hint": try hint(exercise, words.count == 3 ? words[2] : "1", console)
        case "reset": try console.remark(files().reset() + "\n")
        default: try check(exercise, format, console)
        }
    }

    private static func watch(_ words: [String], _ arguments: Arguments, _ console: Console) throws {
        guard words.count <= 2 else {
            throw UsageError("“\(words[2])” is one word too many. Try `attention exercises --help`")
        }
        guard arguments.text(TextFormat.option.name) == nil else {
            throw UsageError(
                "watch speaks to a person and has no --format; for another program say `attention exercises check 7 "
                    + "--format json`")
        }
        let all = exercises.map { $0.exercise }, named = try words.dropFirst().first.map(find)
        try WatchRun.start(all, at: named.flatMap { named in all.firstIndex { $0.name == named.name } }, console)
    }

    private static func find(_ word: String) throws -> Exercise {
        let all = exercises.map { $0.exercise }
        if let found = all.first(where: { $0.name.isMeant(by: word) }) { return found }
        let near = Suggestion.nearest(to: word, among: all.flatMap { [$0.name.short, $0.name.filter] })
        throw UsageError(
            "there is no exercise “\(word)”. " + (near.map { "Did you mean “\($0)”? " } ?? "")
                + "There are: \(numbers(all.map(\.name))).")
    }

    /// "1 to 26, A to D, bug1 to bug12".
    private static func numbers(_ names: [ExerciseName]) -> String {
        [ExerciseName.Kind.exercise, .project, .bugHunt].compactMap { kind in
            let some = names.filter { $0.kind == kind }.sorted()
            guard let first = some.first, let last = some.last else { return nil }
            return first == last ? first.short : "\(first.short) to \(last.short)"
        }.joined(separator: ", ")
    }

    private static func hint(_ exercise: Exercise, _ number: String, _ console: Console) throws {
        guard let index = Int(number), exercise.hints.indices.contains(index - 1) else {
            throw UsageError("there is no hint “\(number)”; \(exercise.name) has hints 1 to \(exercise.hints.count)")
        }
        try console.print(text(ofHint: index, of: exercise, console))
        console.remark(
            index < exercise.hints.count
                ? "\nmore: attention exercises hint \(exercise.name.short) \(index + 1)\n"
                : "\nthat was the last one; a solution: attention exercises solution \(exercise.name.short)\n")
    }

    /// With what it is the hint of.
    static func text(ofHint index: Int, of exercise: Exercise, _ console: Console) -> String {
        "\(exercise.name) · \(exercise.title), hint \(index) of \(exercise.hints.count)\n\n"
            + "\(wrapped(exercise.hints[index - 1], console.width))\n"
    }

    /// Lines that begin with four spaces are code and stay as they are.
    private static func wrapped(_ text: String, _ width: Int) -> String {
        TextLine.texts(of: text).map { line in
            line.hasPrefix("    ") ? line : wrappedLine(line, width)
        }.joined(separator: "\n")
    }

    private static func wrappedLine(_ text: String, _ width: Int) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + 1 + word.count > min(width, 100) {
                lines.append("")
            }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n")
    }

    // MARK: where one stands

    /// Where the program is not what the files say, no standing is to be trusted before that is known.
    private static func sayAge(_ console: Console) {
        guard let folder = try? PackageFolder.find(), let remark = ProgramAge.exercises.remark(on: folder, before: name)
        else { return }
        console.note(remark + ".\n")
    }

    private static func check(_ exercise: Exercise, _ format: TextFormat, _ console: Console) throws {
        if let report = ExerciseProbe.report { return try ExerciseProbe.probe(exercise, into: report) }
        sayAge(console)
        let standing = try ExerciseProbe.standing(of: exercise)
        if format == .json { try console.print(json: standing) }
        switch standing.state {
        case .done: if format != .json { try console.print("\(exercise.name) · \(exercise.title): done\n") }
        case .notStarted, .begun:
            throw RunError(
                "\(exercise.name) is \(standing.words); open \(exercise.firstFile), and read "
                    + "\(exercise.lessonFile)")
        case .failing: throw RunError("\(exercise.name): \(standing.message ?? "failing")")
        }
    }

    private static func list(_ format: TextFormat, _ console: Console) throws {
        sayAge(console)
        let all = exercises.map { $0.exercise }
        let standings = try ExerciseProbe.standings(all)
        if format == .json { return try console.print(json: standings) }
        let done = standings.count { $0.state == .done }
        try console.print("\(done) of \(all.count) done\n")
        var kind: ExerciseName.Kind?
        let width = standings.map(\.title.count).max() ?? 0
        for (exercise, standing) in zip(all, standings) {
            if exercise.name.kind != kind {
                kind = exercise.name.kind
                try console.print("\n\(heading(exercise.name.kind))\n")
            }
            let number = String(repeating: " ", count: max(0, 4 - standing.number.count)) + standing.number
            let title = standing.title + String(repeating: " ", count: width - standing.title.count)
            try console.print("  \(number)  \(title)  \(mark(standing, console))\n")
        }
        guard let (next, standing) = zip(all, standings).first(where: { $0.1.state != .done }) else {
            return console.remark("\nAll done. Your scorers stand in the table: attention compare\n")
        }
        try console.print(
            """

            Next: \(next.name), \(next.title)
              read   \(next.lessonFile)
              open   \(next.firstFile)
              run    swift test --filter \(next.name.filter)
              stuck? swift run attention exercises hint \(next.name.short)
            \(standing.message.map { "\n" + $0 + "\n" } ?? "")
            """)
    }

    private static func heading(_ kind: ExerciseName.Kind) -> String {
        switch kind {
        case .exercise: "Exercises"
        case .project: "Projects"
        case .bugHunt: "Find the bug"
        }
    }

    private static func mark(_ standing: Standing, _ console: Console) -> String {
        let words = console.hasColour ? standing.coloured(standing.words) : standing.words
        guard standing.state == .failing, let first = standing.message?.split(whereSeparator: \.isNewline).first else {
            return words
        }
        let room = max(20, console.width - 66)
        return words + ": " + (first.count > room ? first.prefix(room - 1) + "…" : first)
    }
}

/// Where one exercise stands, as it is shown and as one process tells another.
struct Standing: Codable, Equatable {
    enum State: String, Codable { case notStarted = "not started", begun, failing, done }

    let number: String, title: String, file: String, lesson: String
    let state: State
    let gaps: Int
    var filled: Int?
    var gap: String?
    var message: String?

    init(_ exercise: Exercise, _ state: Exercise.State) {
        (number, title, file, lesson, gaps) = (
            exercise.name.short, exercise.title, exercise.file, exercise.lessonFile, exercise.gaps.count
        )
        switch state {
        case .notStarted: self.state = .notStarted
        case .begun(let filled): (self.state, self.filled) = (.begun, filled)
        case .failing(let gap, let message):
            (self.state, self.gap, self.message) = (.failing, gap, "\(gap): \(message)")
        case .done: self.state = .done
        }
    }

    var words: String { state == .begun ? "begun: \(filled ?? 0) of \(gaps) gaps" : state.rawValue }

    /// Such words in the colour of the state.
    func coloured(_ words: String) -> String {
        let code =
            switch state {
            case .done: "32"
            case .failing: "31"
            case .begun: "33"
            case .notStarted: "2"
            }
        return "\u{1B}[\(code)m\(words)\u{1B}[0m"
    }
}
