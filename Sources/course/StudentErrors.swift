// What the process of a check leaves on its standard error: the student's own lines, and what Swift says of a crash.

enum StudentErrors {
    /// What stands before the reason of a crash: on a line of its own, or, where the compiler knows it alone, in the
    /// trace.
    private static let reasons = [
        "Fatal error: ", "Precondition failed: ", "Assertion failed: ", "Swift runtime failure: ",
    ]
    private static let backtrace = "*** ", ending = " ***", refused = "attention: "

    /// What the student's code wrote itself, of a process that crashed.
    static func own(_ said: String) -> String { parts(said).own }

    /// A crash in a sentence: what, and in which line of the student's file.
    static func crash(_ said: String, in file: String) -> String {
        let told = parts(said).swift
        let reason = reasons.lazy.compactMap { told.range(of: $0) }.first.map { place in
            let line = told[place.upperBound...].prefix { !$0.isNewline }
            return (line.hasSuffix(ending) ? line.dropLast(ending.count) : line).prefix(500)
        }
        let line = told.range(of: file + ":").map { told[$0.upperBound...].prefix(while: \.isNumber).prefix(7) }
        return "your code stopped the process" + (line.map { " at \(file), line \($0)" } ?? "")
            + (reason.map { ": \($0)" } ?? "; perhaps a function that calls itself without end")
    }

    /// Why this program itself could not go on, without its name.
    static func refusal(_ said: String) -> Substring? {
        said.split(whereSeparator: \.isNewline).last { $0.hasPrefix(refused) }.map { $0.dropFirst(refused.count) }
    }

    /// The same without that sentence, which is told elsewhere.
    static func withoutRefusal(_ said: String) -> String {
        let lines = said.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard let place = lines.lastIndex(where: { $0.hasPrefix(refused) }) else { return said }
        return (lines[..<place] + lines[(place + 1)...]).joined(separator: "\n")
    }

    /// All before what Swift says of the crash, and that. A student may write such words too: the last ones are
    /// Swift's.
    private static func parts(_ said: String) -> (own: String, swift: String) {
        let lines = said.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        func joined(_ some: some Sequence<Substring>) -> String { some.joined(separator: "\n") }
        let trace = lines.firstIndex { $0.contains("*** Signal ") || $0.hasPrefix("💣") } ?? lines.endIndex
        let isInTrace = lines[trace...].contains { line in
            line.hasPrefix(backtrace) && reasons.contains(where: line.contains)
        }
        let before = lines[..<trace]
        let place =
            isInTrace
            ? nil
            : before.lastIndex { $0.firstMatch(of: message) != nil }
                ?? before.lastIndex { line in reasons.contains(where: line.contains) }
        guard let place else { return (joined(before), joined(lines[trace...])) }
        // What was written without an end of line stands before it on its line.
        let line = lines[place], start = line.firstMatch(of: message)?.range.lowerBound ?? line.startIndex
        let mine = line[..<start]
        return (
            joined(lines[..<place] + (mine.isEmpty ? [] : [mine])), joined([line[start...]] + lines[(place + 1)...])
        )
    }

    /// "Swift/ContiguousArrayBuffer.swift:691: Fatal error: ", of the modules that stop most often: without their names
    /// one could not tell where what the student wrote ends.
    private static var message: Regex<Substring> {
        #/(?:Swift|Exercises|Workbook|TensorCore|FoundationEssentials|Foundation)/[^/ ]+\.swift:[0-9]+: (?:Fatal error|[A-Z][a-z]+ failed): /#
    }
}
