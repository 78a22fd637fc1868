// What the bug hunts share: code that is wrong, a test that fails, and four sentences of which one says why.

import Foundation

public protocol BugHuntAnswers: Answers {
    /// The sentence that explains the mistake; nil until one is chosen.
    static var why: Choice? { get }
}

extension BugHuntAnswers {
    /// A hunt with its two gaps, the code and the reason.
    ///
    /// Untouched, it is a hunt that is not started, although its code runs: while no reason is chosen, a failing test is `Unfinished`
    /// and not a complaint.
    ///
    /// - Parameters:
    ///   - function: the one that holds the mistake.
    ///   - right: the sentence that explains it.
    ///   - others: for each of the other sentences, what is wrong with it.
    ///   - test: the behaviour; throws a `Complaint` that says what happens, without the reason.
    static func hunt(_ number: Int, _ title: String, topic: String, lesson: String, function: String, hints: [String],
                     right: Choice, others: [Choice: String], test: @escaping @Sendable () throws -> Void) -> Exercise {
        let name = ExerciseName(.bugHunt, number)
        let file = "Exercises/\(name.filter)_\(topic).swift"
        return Exercise(name, title, topic: topic, lesson: lesson, hints: hints, gaps: [
            Gap("the code", function: function) {
                do { try test() } catch { throw why == nil ? notStarted(error, file, function) : error }
            },
            Gap("the reason", function: "why") {
                guard let why else {
                    do { try test() } catch { throw notStarted(error, file, "why") }
                    throw Complaint("the code is right now. `why` is still nil: choose the sentence, a, b, c or d, that says why it was wrong")
                }
                if why != right { throw Complaint("`why` is .\(why). \(others[why] ?? "That is not it.")") }
            },
        ])
    }

    /// The first lines of what the test said, at the line of the function in the student's file.
    private static func notStarted(_ error: any Error, _ file: String, _ function: String) -> Unfinished {
        let message = "\(error)".split(separator: "\n").prefix(6).joined(separator: "\n")
        let path = packageFolder.appendingPathComponent(file)
        return Unfinished(message, file: path.path, line: lineOfFunction(function, in: path) ?? 1)
    }
}

extension Plain {
    /// What a test asks where `expect` would say more than it should.
    static func differ(_ a: [Double], _ b: [Double]) -> Bool { a.count != b.count || zip(a, b).contains { !(abs($0 - $1) < 1e-9) } }
}
