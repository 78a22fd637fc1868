// An exercise that is not started is red when it is asked for by name, and a known issue in the run of the whole suite.
// A wrong answer is red in both.

import Foundation
import Terminal
import Testing
import Workbook

/// The checks of one gap of a student's answers, as a test.
func ask(_ gap: Gap, of answers: any Answers.Type) {
    let exercise = answers.exercise, file = exercise.file(of: gap)
    var lineOfGap: Int? { lineOfFunction(gap.function, in: packageFolder.appendingPathComponent(file)) }
    do {
        try gap.check()
    } catch let unfinished as Unfinished {
        let other = fileOfAnother(unfinished, than: file)
        let place = place(file, line: other == nil ? unfinished.line : lineOfGap ?? 1)
        let isFirst = gap.name == exercise.gaps.first(where: isUnfinished)?.name
        if isAskedFor {
            Issue.record(
                NotStarted(description: message(unfinished, gap, exercise, other: other, isFirst: isFirst)),
                sourceLocation: place)
        } else if isFirst {
            withKnownIssue(
                "\(exercise.name) is not finished: swift test --filter \(exercise.name.filter)", isIntermittent: true
            ) {
                Issue.record(
                    NotStarted(description: "\(exercise.name) · \(exercise.title): not finished, as expected"),
                    sourceLocation: place)
            } matching: {
                $0.error is NotStarted
            }
        }
    } catch {
        Issue.record(
            WrongAnswer(
                description: "\(exercise.complaint(error, at: gap))\n  \(exercise.whereToLook(gap, line: lineOfGap))"),
            sourceLocation: place(file, line: lineOfGap ?? 1))
    }
}

private func message(
    _ unfinished: Unfinished, _ gap: Gap, _ exercise: Exercise, other: String?, isFirst: Bool
) -> String {
    if let other {
        return
            "\(gap.name): it calls \(unfinished.what), which is not written yet: Exercises/\(other), line \(unfinished.line).\n"
            + "  Fill that one first: swift test --filter \(other.prefix { $0 != "_" })"
    }
    let place = "\(exercise.file(of: gap)), line \(unfinished.line)"
    if isFirst == false, let awaited = exercise.gap(awaited: unfinished, by: gap) {
        return "\(gap.name): it waits for “\(awaited.name)”, which is not written yet: \(place)"
    }
    guard isFirst else { return "\(gap.name): not written yet either, \(place)" }
    return gap.name == exercise.gaps.first?.name
        ? exercise.welcome(gap, line: unfinished.line, what: unfinished.what)
        : "\(gap.name): the next gap, \(place)"
}

/// Whether the run was told which tests to run. Swift Testing does not say; SwiftPM hands its arguments on.
let isAskedFor = !filters.isEmpty

/// What the run was told, as in `--filter BugHunt1` or `--filter=BugHunt1`.
private let filters = zip(CommandLine.arguments, CommandLine.arguments.dropFirst() + [""]).compactMap { word, next in
    word == "--filter" ? next : word.hasPrefix("--filter=") ? String(word.dropFirst("--filter=".count)) : nil
}

extension Trait where Self == ConditionTrait {
    /// For a suite whose name begins with that of another one, which a filter would take along.
    static func notMeant(by name: String) -> Self {
        .disabled(if: !filters.isEmpty && filters.allSatisfy { $0 == name }, "\(name) is another one")
    }
}

struct NotStarted: Error, CustomStringConvertible {
    let description: String
}

struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
}

let packageFolder = PackageFolder.built

/// Where an answer calls a function of an earlier exercise that is not written yet: that exercise's file.
private func fileOfAnother(_ unfinished: Unfinished, than own: String) -> String? {
    let file = URL(fileURLWithPath: unfinished.file).lastPathComponent
    return own.hasSuffix("/" + file) ? nil : file
}

private func isUnfinished(_ gap: Gap) -> Bool {
    do { try gap.check() } catch { return error is Unfinished }
    return false
}

private func place(_ file: String, line: Int) -> SourceLocation {
    SourceLocation(fileID: file, filePath: packageFolder.appendingPathComponent(file).path, line: line, column: 1)
}
