// Does the largest weight stand on the right word, and how much weight does? (cf. Koehn & Knowles 2017, §3.5)
//
//   pointing accuracy = share of target words with a sure link whose largest weight is on one
//   gold mass         = mean over the same words of Σ_i α[j][i] over their sure links

/// Additive over target words. Words without weights are left out (see `AttentionMatrix.weights(of:)`).
public struct PointingCounts: Sendable, Equatable {
    /// Target words with at least one sure link.
    public var words = 0
    /// Those whose largest weight is on a sure link.
    public var hits = 0
    /// Sum of the weight on sure links, over `words`.
    public var massOnSure = 0.0
    /// Target words with no gold link at all; they count in no figure here, but cost precision in AER.
    public var unlinkedWords = 0

    public init() {}

    /// From 0 to 1; nil where no target word has a sure link.
    public var accuracy: Double? { ratio(hits, words) }
    /// From 0 to 1; nil where no target word has a sure link.
    public var goldMass: Double? { ratio(massOnSure, Double(words)) }

    public static func += (a: inout Self, b: Self) {
        a.words += b.words
        a.hits += b.hits
        a.massOnSure += b.massOnSure
        a.unlinkedWords += b.unlinkedWords
    }
}

extension PointingCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case accuracy, goldMass = "gold_mass", words, hits, massOnSure = "mass_on_sure", unlinkedWords =
            "unlinked_words"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        words = try c.decode(Int.self, forKey: .words)
        hits = try c.decode(Int.self, forKey: .hits)
        massOnSure = try c.decode(Double.self, forKey: .massOnSure)
        unlinkedWords = try c.decode(Int.self, forKey: .unlinkedWords)
        try check(decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(accuracy, forKey: .accuracy)
        try c.encode(goldMass, forKey: .goldMass)
        try c.encode(words, forKey: .words)
        try c.encode(hits, forKey: .hits)
        try c.encode(massOnSure, forKey: .massOnSure)
        try c.encode(unlinkedWords, forKey: .unlinkedWords)
    }
}
