// What can be set of an aligner. Each reads what means something to it.

/// Settings of learning to align; the defaults are the measured ones.
public struct AlignerSettings: Sendable, Equatable {
    /// Draws what begins at random, and the order of the pairs.
    public var seed: UInt64 = 1
    /// p₀, the prior probability that a word comes from no word of the other sentence; nil: each aligner's own.
    public var nullProbability: Double?
    /// Times over the pairs; nil: each aligner's own.
    public var passes: Int?
    /// α of a prior that prefers few translations a word; 0 for none, nil: each aligner's own.
    public var dirichlet: Double?

    public init() {}
}
