// `attention notebooks`: the lessons, run and recorded.

import AttentionLab
import Foundation
import LessonPages
import Lessons
import Terminal

extension Notebooks: Subcommand {
    package static func run(_ arguments: Arguments, _ console: Console) throws {
        let folder = try PackageFolder.find().appendingPathComponent("Notebooks-md")
        let words = arguments.operands
        guard let verb = words.first else { return try list(folder, arguments, console) }
        guard words.count <= 2 else {
            throw UsageError("“\(words[2])” is one word too many. Try `attention notebooks --help`")
        }
        guard verbs.contains(verb) else {
            throw UsageError("`attention notebooks` cannot “\(verb)”. \(Suggestion.orList(for: verb, among: verbs))")
        }
        let chosen = try words.count == 2 ? [words[1]].flatMap(find) : lessons
        switch verb {
        case "run": try show(words.count == 2 ? chosen : [], folder, console)
        case "check": try check(chosen, folder, console)
        default:
            guard words.count == 2 else {
                throw UsageError("record needs the number of a lesson, or all: attention notebooks record 3")
            }
            try record(chosen, folder, console)
        }
    }

    private static func find(_ word: String) throws -> [Lesson] {
        if word == "all" { return lessons }
        if let number = Int(word), let lesson = lessons.first(where: { $0.number == number }) { return [lesson] }
        if let lesson = lessons.first(where: { $0.name.lowercased() == word.lowercased() }) { return [lesson] }
        throw UsageError(
            "there is no lesson “\(word)”. There are: \(lessons.map { String($0.number) }.joined(separator: ", ")), and all"
        )
    }

    private struct Entry: Encodable {
        let number: Int, title: String, file: String
    }

    private static func list(_ folder: URL, _ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let (entries, fault) = each(lessons, console) { lesson in
            Entry(number: lesson.number, title: try lesson.title(in: folder), file: "Notebooks-md/\(lesson.name).md")
        }
        try print(entries, format, console)
        if let fault { throw fault }
    }

    /// A page that cannot be used costs itself and not the others.
    ///
    /// - Returns: what came of the others, and the last fault; earlier ones are told.
    private static func each<Result>(
        _ lessons: [Lesson], _ console: Console, _ body: (Lesson) throws -> Result
    )
        -> (found: [Result], fault: (any Error)?)
    {
        var fault: (any Error)?
        let found = lessons.compactMap { lesson -> Result? in
            do { return try body(lesson) } catch {
                if let fault { _ = console.report(fault) }
                fault = error
                return nil
            }
        }
        return (found, fault)
    }

    private static func print(_ entries: [Entry], _ format: TextFormat, _ console: Console) throws {
        if format == .json { return try console.print(json: entries) }
        let width = entries.map(\.title.count).max() ?? 0
        for entry in entries {
            let number = (entry.number < 10 ? " " : "") + "\(entry.number)"
            try console.print(
                "\(number)  \(entry.title)\(String(repeating: " ", count: width - entry.title.count))  \(entry.file)\n")
        }
        console.remark("\nRead them as they are, or run one: attention notebooks run 1\n")
    }

    private static func show(_ chosen: [Lesson], _ folder: URL, _ console: Console) throws {
        guard let lesson = chosen.first, chosen.count == 1 else {
            throw UsageError("run needs the number of one lesson: attention notebooks run 3")
        }
        let check = try LessonCheck(lesson, in: folder)
        for block in check.blocks where !block.printed.isEmpty {
            try console.print("── Notebooks-md/\(lesson.name).md, line \(block.line)\n\(block.printed)")
        }
        try report(check.differences, console)
    }

    private static func check(_ chosen: [Lesson], _ folder: URL, _ console: Console) throws {
        let (differences, fault) = each(chosen, console) { lesson in
            let start = ContinuousClock.now
            let found = try LessonCheck(lesson, in: folder).differences
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            console.remark(
                "\(lesson.name): \(found.isEmpty ? "as the page shows" : "differs") (\((seconds * 10).rounded() / 10) s)\n"
            )
            return found
        }
        if let fault {
            for difference in differences.joined() { try console.print("\(difference)\n") }
            throw fault
        }
        try report(differences.flatMap { $0 }, console)
    }

    private static func report(_ differences: [LessonCheck.Difference], _ console: Console) throws {
        if differences.isEmpty { return console.remark("The code does what the page shows.\n") }
        for difference in differences { try console.print("\(difference)\n") }
        throw RunError(
            "\(differences.count) of what the pages show is not what their code does; `attention notebooks record N` writes it "
                + "anew")
    }

    private static func record(_ chosen: [Lesson], _ folder: URL, _ console: Console) throws {
        for lesson in chosen {
            let changed = try LessonCheck(lesson, in: folder).record()
            console.remark(
                changed.isEmpty
                    ? "\(lesson.name): nothing to change\n"
                    : changed.map { "\($0.lastPathComponent) written\n" }.joined())
        }
    }
}
