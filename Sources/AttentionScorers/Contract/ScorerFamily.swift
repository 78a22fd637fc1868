// What kinds of scorers there are.

/// Scorers that answer the same question. Lists are grouped by family, and a family can be named in the place of its
/// scorers.
public struct ScorerFamily: Sendable, Hashable {
    /// Lower case, words joined by hyphens.
    public let name: String
    /// What its scorers have in common.
    public let summary: String

    public init(_ name: String, _ summary: String) { (self.name, self.summary) = (name, summary) }

    public static let content = ScorerFamily("content", "what a word is decides how well it fits")
    public static let position = ScorerFamily("position", "where a word stands decides, alone or with what it is")
    public static let past = ScorerFamily("past", "what has been looked at before counts too")
    public static let local = ScorerFamily("local", "only the words around one place are compared")
    public static let monotonic = ScorerFamily("monotonic", "looks move on along the source and never back")
    public static let mixture = ScorerFamily("mixture", "looks move along the source, whatever its words are")
    public static let heads = ScorerFamily("heads", "several looks at once, each with a part of query and states")
    public static let baseline = ScorerFamily("baseline", "what attention is worth, seen from below")
}
