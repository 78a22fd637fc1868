// What one source word is to another: relations of grammar, and the two neighbours, which heads of attention like to
// look at.

/// A relation between a word and one other word of its sentence.
public enum SyntaxRelation: String, Sendable, Codable, CaseIterable {
    /// "the", "a", "an" → their noun.
    case article
    /// An adjective of a noun, not one of a predicate ("is tired") → that noun.
    case adjective
    /// The verb of a clause → the last word of its subject's noun, or the name, or the pronoun; of several joined by
    /// "and" the first. In a relative clause without a subject of its own it is the noun that the clause belongs to.
    case subject
    /// "who", "that" of a relative clause → the noun that the clause belongs to.
    case relative
    /// Any word but the first → the word before it.
    case previous
    /// Any word but the last → the word after it.
    case next

    /// "article → noun".
    public var name: String {
        switch self {
        case .article: "article → noun"
        case .adjective: "adjective → noun"
        case .subject: "verb → subject"
        case .relative: "relative pronoun → noun"
        case .previous: "previous word"
        case .next: "next word"
        }
    }

    /// Whether it is one of place alone.
    public var isPlace: Bool { self == .previous || self == .next }
}

/// One word of a sentence with the word that it belongs to.
public struct Dependency: Sendable, Codable, Hashable {
    public let relation: SyntaxRelation
    /// Positions in the sentence, from 0.
    public let dependent: Int, head: Int

    public init(_ relation: SyntaxRelation, _ dependent: Int, _ head: Int) {
        (self.relation, self.dependent, self.head) = (relation, dependent, head)
    }
}
