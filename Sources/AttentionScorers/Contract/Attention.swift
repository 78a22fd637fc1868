// One attention step: scores → weights → context. Everything that asks a scorer goes through here.

public import TensorCore

/// Applies a scorer to a batch, step by step.
public struct Attention {
    public let scorer: any AttentionScorer
    public var how: Weighting
    /// Is told what each step computed; nil for nobody. For finding out where numbers go wrong.
    public var observer: ((Observation) -> Void)?

    public init(_ scorer: any AttentionScorer, normalisation: Normalisation = .masked) {
        self.init(scorer, Weighting(normalisation: normalisation))
    }

    public init(_ scorer: any AttentionScorer, _ how: Weighting) { (self.scorer, self.how) = (scorer, how) }

    /// The same in a training step that has these random numbers; nil for outside training.
    public func with(_ noise: Noise?) -> Attention {
        var same = self
        same.how.noise = noise
        return same
    }

    /// The same with another scorer: how a decoder asks one of its own beside the model's.
    public func asking(_ other: any AttentionScorer) -> Attention {
        var attention = Attention(other, how)
        attention.observer = observer
        return attention
    }

    /// The encoder's states with the keys the scorer makes of them.
    public func memory(states: Tensor, summary: Tensor, lengths: [Int]) throws -> Memory {
        try Memory(states: states, summary: summary, lengths: lengths, scorer: scorer)
    }

    /// What one step saw.
    public struct Step {
        /// α [B,S], zero in the padding.
        public let weights: Tensor
        /// c [B,D] = Σᵢ αᵢ vᵢ.
        public let context: Tensor
        public let past: Past
    }

    /// All that a step computed, with its query.
    public struct Observation {
        public let query: Tensor, weights: Tensor, context: Tensor
        /// e; a row for each head where there are several. nil where the look was made without.
        public let scores: Tensor?
        public let lengths: [Int]
        private let scoredLengths: [Int]

        fileprivate init(
            query: Tensor, scores: Tensor?, weights: Tensor, context: Tensor, lengths: [Int], scoredLengths: [Int]
        ) {
            (self.query, self.scores, self.weights, self.context) = (query, scores, weights, context)
            (self.lengths, self.scoredLengths) = (lengths, scoredLengths)
        }

        /// The scores of real source words; what stands in the padding means nothing.
        public var realScores: [Scalar] {
            guard let scores else { return [] }
            let all = scores.values, width = scores.shape.last
            return scoredLengths.enumerated().flatMap { all[$0 * width..<$0 * width + $1] }
        }
    }

    /// - Parameters:
    ///   - query: s [B,D].
    ///   - replaced: weights [B,S] that the context is made of in the place of the scorer's; the past goes on with the
    ///     scorer's.
    public func step(query: Tensor, memory: Memory, past: Past, replacing replaced: Tensor? = nil) throws -> Step {
        let name = type(of: scorer).card.name
        try expect(query.shape, is: memory.summary.shape, "attention (\(name)): the query", axes: "B,D")
        let look = try look(query: query, memory: memory, past: past)
        try expect(look.weights.shape, is: [memory.batch, memory.source], "the weight tensor of \(name)", axes: "B,S")
        try expect(look.context.shape, is: memory.summary.shape, "the context of \(name)", axes: "B,D")
        let after = try past.adding(look, keepsCoverage: type(of: scorer).readsCoverage)
        guard let replaced else { return Step(weights: look.weights, context: look.context, past: after) }
        return try Step(weights: replaced, context: scorer.context(weights: replaced, memory: memory), past: after)
    }

    private func look(query: Tensor, memory: Memory, past: Past) throws -> Look {
        guard let observer else { return try scorer.look(query: query, memory: memory, past: past, how) }
        var how = how
        var seen: (scores: Tensor, lengths: [Int])?
        how.observer = { seen = ($0, $1) }
        let look = try scorer.look(query: query, memory: memory, past: past, how)
        observer(
            Observation(
                query: query, scores: seen?.scores, weights: look.weights, context: look.context,
                lengths: memory.lengths, scoredLengths: seen?.lengths ?? []))
        return look
    }

    /// e [B,S], by the scorer's own kernel where it has one: what a step begins with.
    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try how.scores(of: scorer, query: query, memory: memory, past: past)
    }
}
