// An exercise that is not started is red when it is asked for by name, and a known issue in the run of the whole suite. A wrong
// answer is red in both.

import Foundation
import Testing
import Workbook

/// The checks of one gap of a student's answers, as a test.
func ask(_ gap: Gap, of answers: any Answers.Type) {
    let exercise = answers.exercise
    var lineOfGap: Int? { lineOfFunction(gap.function, in: packageFolder.appendingPathComponent(exercise.file)) }
    do {
        try gap.check()
    } catch let unfinished as Unfinished {
        let isFirst = gap.name == exercise.gaps.first(where: isUnfinished)?.name
        if isAskedFor {
            if let file = fileOfAnother(unfinished, than: exercise) {
                let message = "\(gap.name): it calls \(unfinished.what), which is not written yet: Exercises/\(file), line \(unfinished.line).\n"
                    + "  Fill that one first: swift test --filter \(file.prefix { $0 != "_" })"
                Issue.record(NotStarted(description: message), sourceLocation: place(exercise, line: lineOfGap ?? 1))
                return
            }
            let message = isFirst ? exercise.welcome(gap, line: unfinished.line) : "\(gap.name): not written yet either, \(exercise.file), line \(unfinished.line)"
            Issue.record(NotStarted(description: message), sourceLocation: place(exercise, line: unfinished.line))
        } else if isFirst {
            withKnownIssue("\(exercise.name) is not finished: swift test --filter \(exercise.name.filter)", isIntermittent: true) {
                Issue.record(NotStarted(description: "\(exercise.name) · \(exercise.title): not finished, as expected"), sourceLocation: place(exercise, line: unfinished.line))
            } matching: {
                $0.error is NotStarted
            }
        }
    } catch {
        Issue.record(WrongAnswer(description: "\(gap.name): \(error)\n  \(exercise.whereToLook(gap, line: lineOfGap))"),
                     sourceLocation: place(exercise, line: lineOfGap ?? 1))
    }
}

/// Whether the run was told which tests to run. Swift Testing does not say; SwiftPM hands its arguments on.
let isAskedFor = CommandLine.arguments.contains { $0 == "--filter" || $0.hasPrefix("--filter=") }

struct NotStarted: Error, CustomStringConvertible {
    let description: String
}

struct WrongAnswer: Error, CustomStringConvertible {
    let description: String
}

let packageFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// Where an answer calls a function of an earlier exercise that is not written yet: that exercise's file.
private func fileOfAnother(_ unfinished: Unfinished, than exercise: Exercise) -> String? {
    let file = URL(fileURLWithPath: unfinished.file).lastPathComponent
    return file == exercise.fileName ? nil : file
}

private func isUnfinished(_ gap: Gap) -> Bool {
    do { try gap.check() } catch { return error is Unfinished }
    return false
}

private func place(_ exercise: Exercise, line: Int) -> SourceLocation {
    SourceLocation(fileID: exercise.file, filePath: packageFolder.appendingPathComponent(exercise.file).path, line: line, column: 1)
}
