// From a solution to its exercise: the text between two marks is replaced by what the first of them says.
//
//     // gap: throw Unfinished("the softmax")
//     let largest = …
//     // end of gap
//
// So a solution and its exercise cannot drift apart, and an exercise can be set back without asking git.

public enum StubText {
    private static let opening = "// gap:", closing = "// end of gap"

    /// The exercise that a solution answers.
    public static func exercise(from solution: String) -> String { read(solution).exercise.joined(separator: "\n") }

    /// What stands in each gap before anybody has filled it; an empty text where nothing does.
    public static func gaps(of solution: String) -> [String] { read(solution).gaps.map { $0.joined(separator: "\n") } }

    private static func read(_ solution: String) -> (exercise: [Substring], gaps: [[Substring]]) {
        var result: [Substring] = [], gaps: [[Substring]] = [], isInGap = false, isInOpening = false
        for line in solution.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            if text.hasPrefix(opening) {
                if !isInGap || isInOpening {
                    if !isInGap { gaps.append([]) }
                    (isInGap, isInOpening) = (true, true)
                    let code = text.dropFirst(opening.count)
                    // One space after the colon belongs to the mark; more is indentation.
                    let replacement = code.first == " " ? code.dropFirst() : code
                    if !replacement.isEmpty {
                        result.append(line.prefix { $0 == " " } + replacement)
                        gaps[gaps.count - 1].append(result[result.count - 1])
                    }
                    continue
                }
            }
            isInOpening = false
            if text.hasPrefix(closing) { isInGap = false; continue }
            if !isInGap { result.append(line) }
        }
        return (result, gaps)
    }

    /// The solution without the marks, as it is shown.
    public static func withoutMarks(_ solution: String) -> String {
        solution.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            let text = line.drop { $0 == " " }
            return !text.hasPrefix(opening) && !text.hasPrefix(closing)
        }.joined(separator: "\n")
    }
}
