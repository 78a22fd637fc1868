// What a reader of files throws: one sentence that says what was given, what was expected and what to do.

/// Input that cannot be used. The command line prints its description and exits with 2.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String?
    /// Counted from 1.
    public let line: Int?
    public let message: String

    public init(_ message: String, file: String? = nil, line: Int? = nil) {
        self.message = message
        self.file = file
        self.line = line
    }

    public var description: String {
        let name = file == TextFile.standardInput ? "standard input" : file
        let place = [name, line.map(String.init)].compactMap { $0 }.joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}

/// Something that went wrong while running: a full disk, a loss that became NaN. The command line exits with 1.
public struct RunError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ message: String) { description = message }
}
