// What can be set of an aligner. Each reads what means something to it.

/// Settings of learning to align; the defaults are the measured ones.
public struct AlignerSettings: Sendable, Equatable {
    /// Draws what begins at random, and the order of the pairs.
    public var seed: UInt64 = 1
    /// p₀, the prior probability that a word comes from no word of the other sentence; nil: each aligner's own.
    public var nullProbability: Double?
    /// Times over the pairs; nil: each aligner's own.
    public var passes: Int?
    /// Pairs with a longer sentence are aligned, but not learnt from.
    public var longest = 60
    /// Rarer words are one unknown word.
    public var minimumCount = 1

    // What latent attention is made of; see `LatentAttention`.

    /// Whether a word is also what its letters say: n-grams of characters beside its own row.
    public var characterNGrams = true
    /// Whether where one goes next depends on the word that one comes from.
    public var lexicalJumps = true

    public init() {}
}
