// One sentence and its translation, as words; with the gold alignment where one is known.

/// A source sentence and its translation, tokenised into words.
public struct SentencePair: Sendable, Codable, Equatable {
    public var source: [String]
    public var target: [String]
    /// nil where nobody has aligned the pair (a user's own text).
    public var gold: GoldAlignment?
    /// For each target word, the phenomenon that made it ("adjective after noun", "negation", …); empty where unknown.
    public var phenomena: [String]
    /// For each target word, whether it is a content word (noun, verb, adjective, number …); empty where unknown.
    public var isContent: [Bool]
    /// What the source has beside its words; nil where it is a sentence and nothing else. Where it has vectors, the words
    /// only name the positions.
    public var extras: SourceExtras?

    public init(
        source: [String], target: [String], gold: GoldAlignment? = nil,
        phenomena: [String] = [], isContent: [Bool] = [], extras: SourceExtras? = nil
    ) {
        self.source = source
        self.target = target
        self.gold = gold
        self.phenomena = phenomena
        self.isContent = isContent
        self.extras = extras
    }
}
