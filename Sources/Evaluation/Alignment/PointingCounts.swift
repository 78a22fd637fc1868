// Does the largest weight stand on the right word, and how much weight does? (cf. Koehn & Knowles 2017, §3.5)
//
//   pointing accuracy = share of target words with a sure link whose largest weight is on one
//   gold mass         = mean over the same words of Σ_i α[j][i] over their sure links

/// Additive over target words. Words without weights are left out (see `AttentionMatrix.weights(of:)`).
public struct PointingCounts: Counts {
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

    public static let fields: [CountField<Self>] = [
        .number("words", \.words),
        .number("hits", \.hits).part(of: \.words),
        .sum("massOnSure", \.massOnSure, earlier: "mass_on_sure").part(of: \.words),
        .number("unlinkedWords", \.unlinkedWords, earlier: "unlinked_words"),
    ]

    public static let figures: [CountFigure<Self>] = [.init("accuracy", \.accuracy), .init("goldMass", \.goldMass)]
}
