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
    public static func exercise(from solution: String) -> String {
        var result: [Substring] = [], isInGap = false, isInOpening = false
        for line in solution.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.drop { $0 == " " }
            if text.hasPrefix(opening) {
                if !isInGap || isInOpening {
                    (isInGap, isInOpening) = (true, true)
                    let code = text.dropFirst(opening.count)
                    // One space after the colon belongs to the mark; more is indentation.
                    let replacement = code.first == " " ? code.dropFirst() : code
                    if !replacement.isEmpty { result.append(line.prefix { $0 == " " } + replacement) }
                    continue
                }
            }
            isInOpening = false
            if text.hasPrefix(closing) { isInGap = false; continue }
            if !isInGap { result.append(line) }
        }
        return result.joined(separator: "\n")
    }

    /// The solution without the marks, as it is shown.
    public static func withoutMarks(_ solution: String) -> String {
        solution.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
            let text = line.drop { $0 == " " }
            return !text.hasPrefix(opening) && !text.hasPrefix(closing)
        }.joined(separator: "\n")
    }
}
