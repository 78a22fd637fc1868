// What the process of a check leaves on its standard error: the student's own lines, and what Swift says of a crash.

enum StudentErrors {
    /// What stands before the reason of a crash: on a line of its own, or, where the compiler knows it alone, in the trace.
    private static let reasons = ["Fatal error: ", "Precondition failed: ", "Assertion failed: ", "Swift runtime failure: "]
    private static let backtrace = "*** ", ending = " ***", refused = "attention: "

    /// What the student's code wrote itself: all before the first line that tells of a crash.
    static func own(_ said: String) -> String {
        let lines = said.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let end = lines.firstIndex { line in
            reasons.contains { line.contains($0) } || [backtrace, "💣", refused].contains { line.hasPrefix($0) }
        }
        return lines[..<(end ?? lines.endIndex)].joined(separator: "\n")
    }

    /// A crash in a sentence: what, and in which line of the student's file.
    static func crash(_ said: String, in file: String) -> String {
        let reason = reasons.lazy.compactMap { said.range(of: $0) }.first.map { place in
            let line = said[place.upperBound...].prefix { !$0.isNewline }
            return (line.hasSuffix(ending) ? line.dropLast(ending.count) : line).prefix(500)
        }
        let line = said.range(of: file + ":").map { said[$0.upperBound...].prefix(while: \.isNumber).prefix(7) }
        return "your code stopped the process" + (line.map { " at \(file), line \($0)" } ?? "")
            + (reason.map { ": \($0)" } ?? "; perhaps a function that calls itself without end")
    }

    /// Why this program itself could not go on, without its name.
    static func refusal(_ said: String) -> Substring? {
        said.split(whereSeparator: \.isNewline).last { $0.hasPrefix(refused) }.map { $0.dropFirst(refused.count) }
    }
}
