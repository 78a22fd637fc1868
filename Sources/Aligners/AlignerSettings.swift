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

    // What latent attention is made of; see `LatentAttention`.

    /// Pairs with a longer sentence are aligned, but not learnt from.
    public var longest = 60
    /// Rarer words are one unknown word.
    public var minimumCount = 1
    public var letters = Letters.ngrams
    public var jumps = Jumps.byWord
    public var agreement = Agreement.none

    /// What a word is beside a row of its own.
    public enum Letters: String, Codable, CaseIterable, Sendable {
        /// Its n-grams of characters: what is rare or unknown aligns by its looks.
        case ngrams
        case none
    }

    /// What says how far it is from one word's source to the next word's.
    public enum Jumps: String, Codable, CaseIterable, Sendable {
        /// The source word that one comes from.
        case byWord = "by-word"
        /// The distance alone.
        case shared
    }

    /// What the directions tell each other while they learn; see `Agreement`.
    public enum Agreement: String, Codable, CaseIterable, Sendable {
        case none, product
    }

    public init() {}
}

// MARK: declarations

extension AlignerSettings {
    /// All that can be set; an aligner names those that it reads.
    public static var settings: [Setting<AlignerSettings>] {
        [seed, passes, nullProbability, dirichlet, longest, minimumCount, letters, jumps, agreement]
    }

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

    public static let longest = Setting<AlignerSettings>.whole(
        "longest", \.longest, 1...1000, "Words of the longest sentence that an aligner learns from; it aligns any."
    ) { "learns from up to \($0.longest) words" }

    public static let minimumCount = Setting<AlignerSettings>.whole(
        "minimumCount", \.minimumCount, 1...1_000_000, "How often a word must occur so as not to be the unknown one."
    ) { $0.minimumCount == 1 ? nil : "words seen \($0.minimumCount) times" }

    public static let letters = Setting<AlignerSettings>.choice(
        "letters", \.letters, "Whether a word is also its n-grams of characters."
    ) { $0.letters == .none ? "words without letters" : nil }

    public static let jumps = Setting<AlignerSettings>.choice(
        "jumps", \.jumps, "Whether how far one goes depends on the word that one comes from."
    ) { $0.jumps == .shared ? "jumps by distance alone" : nil }

    public static let agreement = Setting<AlignerSettings>.choice(
        "agreement", \.agreement, "Whether each direction learns from the product of both posteriors."
    ) { $0.agreement == .product ? "directions that agree" : nil }
}
