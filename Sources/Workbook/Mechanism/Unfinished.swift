// What stands in a gap that nobody has filled yet.

/// Thrown by an exercise that is not started. An error and not a trap: a trap would end the whole test run.
public struct Unfinished: Error, Sendable, CustomStringConvertible {
    public let what: String
    /// The file of the gap, and the line of the `throw`.
    public let file: String
    public let line: Int

    /// - Parameter what: the gap's name.
    public init(_ what: String, file: String = #filePath, line: Int = #line) {
        (self.what, self.file, self.line) = (what, file, line)
    }

    public var description: String { "not written yet: \(what)" }
}

/// One of the sentences that a bug hunt offers as the reason.
public enum Choice: String, Sendable, CaseIterable {
    case a, b, c, d
}
