// One exercise: what it is about, where it is, its hints, and the checks of its gaps. The same checks judge the
// student's answers, the solutions, and the wrong answers that the tests keep.

import Foundation
import TextLines

/// What the student fills: a function, and the check that says whether it is right.
public struct Gap: Sendable, CustomStringConvertible {
    /// As in "the masked softmax".
    public let name: String
    /// The function in the exercise's file, so that a message can point at its line.
    public let function: String
    /// Where the function is, from the top of the package; nil for the exercise's own file.
    public let file: String?
    /// Throws `Unfinished` where nothing is written, a `CheckFailure` where it is wrong, and what the student's own code
    /// throws.
    public let check: @Sendable () throws -> Void

    public init(_ name: String, function: String, file: String? = nil, _ check: @escaping @Sendable () throws -> Void) {
        (self.name, self.function, self.file, self.check) = (name, function, file, check)
    }

    public var description: String { name }
}

/// An exercise with one set of answers to check.
public struct Exercise: Sendable, CustomStringConvertible {
    public let name: ExerciseName
    public let title: String
    /// The end of the file's name: "Softmax" for `Exercise01_Softmax.swift`.
    public let topic: String
    /// The lesson to read before, `Notebooks-md/<lesson>.md`.
    public let lesson: String
    /// Three, from a nudge to nearly the answer.
    public let hints: [String]
    /// In the order in which they are best filled.
    public let gaps: [Gap]

    public init(_ name: ExerciseName, _ title: String, topic: String, lesson: String, hints: [String], gaps: [Gap]) {
        (self.name, self.title, self.topic, self.lesson, self.hints, self.gaps) = (
            name, title, topic, lesson, hints, gaps
        )
    }

    public var description: String { "\(name)" }

    /// `Exercise01_Softmax.swift`, in `Exercises` and in `Solutions`.
    public var fileName: String { "\(name.filter)_\(topic).swift" }
    /// From the top of the package.
    public var file: String { "Exercises/\(fileName)" }
    public var lessonFile: String { "Notebooks-md/\(lesson).md" }

    /// The file to open first.
    public var firstFile: String { gaps.first.map(file(of:)) ?? file }

    /// The file where a gap is filled.
    public func file(of gap: Gap) -> String { gap.file ?? file }

    /// What a first look at an untouched exercise says.
    ///
    /// - Parameter what: of `Unfinished`; in a bug hunt the message of the test that fails.
    public func welcome(_ gap: Gap, line: Int, what: String = "") -> String {
        if name.kind == .bugHunt {
            return """
                \(gap.name): the mistake is still in it. Untouched, this is expected: \(name) begins here. The test that fails says:
                  \(TextLine.texts(of: what).joined(separator: "\n  "))

                  1. read   \(lessonFile)
                  2. open   \(file(of: gap)), line \(line), find the mistake and correct it
                  3. say    why it was one: `why` in the same file gives .a, .b, .c or .d
                  4. run    swift test --filter \(name.filter)
                  stuck?    swift run attention exercises hint \(name.short)
                """
        }
        let task =
            gap.file == nil
            ? "2. open   \(file(of: gap)), line \(line), and replace the line with your code"
            : "2. write  what \(file) asks for, in a file beside it, and name it in \(file(of: gap)), line \(line)"
        return """
            \(gap.name): not written yet. This is expected: \(name) begins here.
              1. read   \(lessonFile)
              \(task)
              3. run    swift test --filter \(name.filter)
              stuck?    swift run attention exercises hint \(name.short)
            """
    }

    /// A complaint about a gap, and whether an earlier gap is wrong too: what uses that one is then wrong with it.
    public func complaint(_ error: any Error, at gap: Gap) -> String {
        let place = gaps.firstIndex { $0.name == gap.name } ?? 0
        guard let earlier = gaps[..<place].first(where: Self.isWrong) else { return "\(gap.name): \(error)" }
        return
            "\(gap.name): “\(earlier.name)” above is wrong too. Mend that first: this gap may be wrong only because of it.\n  \(error)"
    }

    private static func isWrong(_ gap: Gap) -> Bool {
        do { try gap.check() } catch { return !(error is Unfinished) }
        return false
    }

    /// The earlier gap that a gap waits for: it is not written, and its function is called.
    public func gap(awaited unfinished: Unfinished, by gap: Gap) -> Gap? {
        let place = gaps.firstIndex { $0.name == gap.name } ?? 0
        return gaps[..<place].first { earlier in
            do { try earlier.check() } catch let own as Unfinished {
                return (own.file, own.line, own.what) == (unfinished.file, unfinished.line, unfinished.what)
            } catch {}
            return false
        }
    }

    /// What stands under every complaint.
    public func whereToLook(_ gap: Gap, line: Int?) -> String {
        "\(file(of: gap))\(line.map { ", line \($0)" } ?? "") · stuck? swift run attention exercises hint \(name.short)"
    }
}

/// Answers to one exercise: the student's, the solution's, or a wrong one of the tests. A protocol of each exercise
/// refines this with the functions to write, and its extension says how they are checked.
public protocol Answers: SendableMetatype {
    static var exercise: Exercise { get }
}

extension Exercise {
    /// Where the exercises stand.
    public enum State: Sendable, Equatable {
        case notStarted
        /// Some gaps are filled, the next one is not.
        case begun(filled: Int)
        case failing(gap: String, message: String)
        case done
    }

    /// Runs the checks of the gaps in order, until one does not pass.
    ///
    /// - Parameter begin: called before each check.
    public func state(begin: (Gap) -> Void = { _ in }) -> State {
        for (index, gap) in gaps.enumerated() {
            begin(gap)
            do {
                try gap.check()
            } catch is Unfinished {
                return index == 0 ? .notStarted : .begun(filled: index)
            } catch {
                return .failing(gap: gap.name, message: "\(error)")
            }
        }
        return .done
    }
}
