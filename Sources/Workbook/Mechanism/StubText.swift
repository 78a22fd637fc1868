// From a solution to its exercise: the text between two marks is replaced by what the first of them says.
//
//     // gap: throw Unfinished("the softmax")
//     let largest = …
//     // end of gap
//
// So a solution and its exercise cannot drift apart, and an exercise can be set back without asking git.

import TextLines

public enum StubText {
    private static let opening = "// gap:", closing = "// end of gap"

    /// A solution that no exercise can be made of, and in which line of it, from 1.
    public struct Fault: Error, Sendable, Equatable {
        public let line: Int
        public let message: String
    }

    /// The exercise that a solution answers, with the solution's line ends.
    ///
    /// - Throws: `Fault` where no gap is marked, or one that is not closed: what came out would give the solution away,
    ///   or be cut off.
    public static func exercise(from solution: String) throws(Fault) -> String {
        let parts = read(solution)
        if let line = parts.unclosed {
            throw Fault(line: line, message: "this gap is not closed; `\(closing)` ends it")
        }
        if parts.gaps.isEmpty {
            throw Fault(line: 1, message: "no gap is marked in this solution; `\(opening)` begins one")
        }
        return parts.exercise.joined
    }

    /// What stands in each gap before anybody has filled it, its lines joined by "\n"; an empty text where nothing is.
    public static func gaps(of solution: String) -> [String] { read(solution).gaps.map { $0.joined(separator: "\n") } }

    /// Whether a text still has every gap as it was in the beginning, whatever ends its lines.
    public static func isUntouched(_ exercise: String, of solution: String) -> Bool {
        let text = TextLine.plain(exercise)
        return gaps(of: solution).allSatisfy { text.contains($0) }
    }

    /// - Returns: `unclosed` is the line of a gap without an end, from 1.
    private static func read(_ solution: String) -> (exercise: [TextLine], gaps: [[String]], unclosed: Int?) {
        var result: [TextLine] = [], gaps: [[String]] = [], opened: Int?, isInOpening = false
        for (number, line) in zip(1..., TextLine.all(of: solution)) {
            let text = line.text.drop { $0 == " " }
            if text.hasPrefix(opening), opened == nil || isInOpening {
                if opened == nil { gaps.append([]) }
                (opened, isInOpening) = (opened ?? number, true)
                let code = text.dropFirst(opening.count)
                // One space after the colon belongs to the mark; more is indentation.
                let replacement = code.first == " " ? code.dropFirst() : code
                if !replacement.isEmpty {
                    let shown = line.text.prefix { $0 == " " } + replacement
                    result.append(TextLine(String(shown), end: line.end))
                    gaps[gaps.count - 1].append(String(shown))
                }
                continue
            }
            isInOpening = false
            if text.hasPrefix(closing) { opened = nil } else if opened == nil { result.append(line) }
        }
        return (result, gaps, opened)
    }

    /// The solution without the marks, as it is shown.
    public static func withoutMarks(_ solution: String) -> String {
        TextLine.all(of: solution).filter { line in
            let text = line.text.drop { $0 == " " }
            return !text.hasPrefix(opening) && !text.hasPrefix(closing)
        }.joined
    }
}
