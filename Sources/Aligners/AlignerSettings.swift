// What can be set of an aligner. Each reads what means something to it.

public import Corpora

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

// MARK: declarations

extension AlignerSettings {
    /// All that can be set; an aligner names those that it reads.
    public static var settings: [Setting<AlignerSettings>] { [seed, passes, nullProbability, dirichlet] }

    public static let seed = Setting<AlignerSettings>.seed(
        "seed", \.seed, "Random numbers of an aligner that draws some."
    ) { "seed \($0.seed)" }

    public static let passes = Setting<AlignerSettings>.whole(
        "passes", \.passes, 1...1000, open: "the aligner's own",
        "Times that an aligner goes over the pairs; hmm so often with Model 1 and then with its chain."
    ) { $0.passes.map { "\($0) times over the pairs" } }

    public static let nullProbability = Setting<AlignerSettings>.number(
        "nullProbability", \.nullProbability, .leastNonzeroMagnitude...0.99, open: "the aligner's own",
        "Prior probability that a word comes from no word of the other sentence."
    ) { $0.nullProbability.map { "null probability \($0)" } }

    public static let dirichlet = Setting<AlignerSettings>.number(
        "dirichlet", \.dirichlet, 0...1000, open: "the aligner's own",
        "α of a prior that prefers few translations a word; 0 for none (variational Bayes; Riley and Gildea 2012)."
    ) { $0.dirichlet.map { "Dirichlet α \($0)" } }
}
