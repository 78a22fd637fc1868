// One translation that a search produced, with where it looked.

/// A finished or cut-off translation of one sentence.
public struct Hypothesis: Sendable {
    /// Target ids without begin and end; those past the vocabulary are copied words, see
    /// `Translator.words(of:source:)`.
    public let tokens: [Int]
    /// Σ log p of the tokens, the end token included where it was produced, in nats.
    public let logProbability: Double
    /// What the search ranked by: log probability over the length penalty, plus the coverage penalty.
    public let score: Double
    /// A row for each of `tokens` over the real source words: α, or the posterior once that word was chosen, as
    /// `UseOfWeights.alignment` of the model says.
    public let weights: [[Double]]
    /// The row of the end token; nil where the length limit cut the sentence off.
    public let endWeights: [Double]?

    public var isFinished: Bool { endWeights != nil }
}

/// How long a translation may become: a model that never says "end" must stop somewhere.
public struct LengthLimit: Sendable, Codable, Equatable {
    public var factor = 2.0
    public var extra = 10

    public init(factor: Double = 2, extra: Int = 10) {
        self.factor = factor
        self.extra = extra
    }

    /// Never below 0, and never more than some two million, whatever the factor: nobody waits for a longer one.
    public func steps(source: Int) -> Int {
        Int(Double.minimum(Double.maximum(Double(source) * factor, 0), 1e6)) + min(max(extra, 0), 1_000_000)
    }
}
