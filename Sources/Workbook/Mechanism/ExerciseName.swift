// How an exercise is called: in files, in `swift test --filter`, and on the command line.

/// "Exercise03", "ProjectA" or "BugHunt1".
public struct ExerciseName: Hashable, Sendable, Comparable, CustomStringConvertible {
    public enum Kind: Int, Sendable { case exercise, project, bugHunt }

    public let kind: Kind
    /// From 1; project A is 1.
    public let number: Int

    public init(_ kind: Kind, _ number: Int) { (self.kind, self.number) = (kind, number) }

    /// What `swift test --filter` takes, what the type is called, and what its file begins with.
    public var filter: String {
        switch kind {
        case .exercise: "Exercise" + (number < 10 ? "0" : "") + String(number)
        case .project: "Project" + letter
        case .bugHunt: "BugHunt" + String(number)
        }
    }

    /// What `attention exercises hint` takes: "3", "A" or "bug1".
    public var short: String {
        switch kind {
        case .exercise: String(number)
        case .project: letter
        case .bugHunt: "bug\(number)"
        }
    }

    public var description: String {
        switch kind {
        case .exercise: "Exercise \(number)"
        case .project: "Project \(letter)"
        case .bugHunt: "Bug hunt \(number)"
        }
    }

    private var letter: String { String(UnicodeScalar(UInt8(64 + number))) }

    /// Whether a person who typed `word` can have meant this: "3", "03", "Exercise03", "a", "projectA", "bug1",
    /// "BugHunt1".
    public func isMeant(by word: String) -> Bool {
        let word = word.lowercased()
        return [short.lowercased(), filter.lowercased()].contains(word) || (kind == .exercise && Int(word) == number)
    }

    public static func < (a: Self, b: Self) -> Bool { (a.kind.rawValue, a.number) < (b.kind.rawValue, b.number) }
}
