// What the bug hunts share: code that is wrong, a test that fails, and four sentences of which one says why.

import Corpora
import Foundation
import Terminal
import TextLines

public protocol BugHuntAnswers: Answers {
    /// The sentence that explains the mistake; nil until one is chosen.
    static var why: Choice? { get }
}

extension BugHuntAnswers {
    /// A hunt with its two gaps, the code and the reason.
    ///
    /// Untouched, it is a hunt that is not started, although its code runs: a failing test is then `Unfinished` and not
    /// a complaint.
    ///
    /// - Parameters:
    ///   - function: the one that holds the mistake.
    ///   - right: the sentence that explains it.
    ///   - others: for each of the other sentences, what is wrong with it.
    ///   - test: the behaviour; throws a `CheckFailure` that says what happens, without the reason.
    static func hunt(
        _ number: Int, _ title: String, topic: String, lesson: String, function: String, hints: [String],
        right: Choice, others: [Choice: String], test: @escaping @Sendable () throws -> Void
    ) -> Exercise {
        let name = ExerciseName(.bugHunt, number)
        let file = "Exercises/\(name.filter)_\(topic).swift"
        return Exercise(
            name, title, topic: topic, lesson: lesson, hints: hints,
            gaps: [
                Gap("the code", function: function) {
                    do { try test() } catch {
                        if why == nil, isUntouched(file) { throw notStarted(error, file, function) }
                        throw why == nil
                            ? CheckFailure("the mistake is still in it, or there is another one. \(error)") : error
                    }
                },
                Gap("the reason", function: "why") {
                    guard let why else {
                        do { try test() } catch {
                            let path = PackageFolder.built.appendingPathComponent(file)
                            throw Unfinished(
                                "the code comes first", file: path.path, line: lineOfFunction("why", in: path) ?? 1)
                        }
                        throw CheckFailure(
                            "the code is right now. `why` is still nil: choose the sentence, a, b, c or d, that says why it was wrong"
                        )
                    }
                    if why != right { throw CheckFailure("`why` is .\(why). \(others[why] ?? "That is not it.")") }
                },
            ])
    }

    /// Whether the student's file still has the mistake word for word. Where there are no files to look into, nobody
    /// can tell.
    private static func isUntouched(_ file: String) -> Bool {
        func text(_ file: String) -> String? {
            try? TextFile.read(PackageFolder.built.appendingPathComponent(file).path, returnsEndLines: true)
        }
        guard let student = text(file), let solved = text(file.replacing("Exercises/", with: "Solutions/")) else {
            return true
        }
        return StubText.isUntouched(student, of: solved)
    }

    /// The first lines of what the test said, at the line of the function in the student's file.
    private static func notStarted(_ error: any Error, _ file: String, _ function: String) -> Unfinished {
        let message = TextLine.texts(of: "\(error)").filter { !$0.isEmpty }.prefix(6).joined(separator: "\n")
        let path = PackageFolder.built.appendingPathComponent(file)
        return Unfinished(message, file: path.path, line: lineOfFunction(function, in: path) ?? 1)
    }
}

extension Plain {
    /// What a test asks where `expect` would say more than it should.
    static func differ(_ a: [Double], _ b: [Double]) -> Bool {
        a.count != b.count || zip(a, b).contains { !(abs($0 - $1) < 1e-9) }
    }
}
