// One attention step: scores → weights → context. Everything that asks a scorer goes through here.

public import TensorCore

/// Applies a scorer to a batch, step by step.
public struct Attention {
    public let scorer: any AttentionScorer
    public let normalisation: Normalisation
    /// Off in tests, to run the composed twin of a fused kernel.
    public var usesFusedKernels = true
    /// Is told what each step computed; nil for nobody. For finding out where numbers go wrong.
    public var observer: ((Observation) -> Void)?

    public init(_ scorer: any AttentionScorer, normalisation: Normalisation = .masked) {
        self.scorer = scorer
        self.normalisation = normalisation
    }

    /// The same with another scorer: how a decoder asks one of its own beside the model's.
    public func asking(_ other: any AttentionScorer) -> Attention {
        var attention = Attention(other, normalisation: normalisation)
        (attention.usesFusedKernels, attention.observer) = (usesFusedKernels, observer)
        return attention
    }

    /// The encoder's states with the keys the scorer makes of them.
    public func memory(states: Tensor, summary: Tensor, lengths: [Int]) throws -> Memory {
        try Memory(states: states, summary: summary, lengths: lengths, scorer: scorer)
    }

    /// What one step saw.
    public struct Step {
        /// α [B,S]: rows that sum to 1, zero in the padding.
        public let weights: Tensor
        /// c [B,D] = Σᵢ αᵢ hᵢ.
        public let context: Tensor
        public let past: Past
    }

    /// All that a step computed, with its query.
    public struct Observation {
        public let query: Tensor, scores: Tensor, weights: Tensor, context: Tensor
        public let lengths: [Int]

        /// The scores of real source words; what stands in the padding means nothing.
        public var realScores: [Scalar] {
            let all = scores.values, width = scores.shape.last
            return lengths.enumerated().flatMap { all[$0 * width..<$0 * width + $1] }
        }
    }

    /// - Parameters:
    ///   - query: s [B,D].
    ///   - replaced: weights [B,S] that the context is made of in the place of the scorer's; the past goes on with the
    ///     scorer's.
    public func step(query: Tensor, memory: Memory, past: Past, replacing replaced: Tensor? = nil) throws -> Step {
        let name = type(of: scorer).card.name
        try expect(query.shape, is: memory.summary.shape, "attention (\(name)): the query", axes: "B,D")
        let scores = try scores(query: query, memory: memory, past: past)
        try expect(scores.shape, is: [memory.batch, memory.source], "the score tensor of \(name)", axes: "B,S")
        let weights = try scorer.weights(from: scores, query: query, memory: memory, normalisation: normalisation)
        try expect(weights.shape, is: scores.shape, "the weight tensor of \(name)", axes: "B,S")
        let context = try scorer.context(weights: weights, memory: memory)
        try expect(context.shape, is: memory.summary.shape, "the context of \(name)", axes: "B,D")
        observer?(
            Observation(query: query, scores: scores, weights: weights, context: context, lengths: memory.lengths))
        let after = try past.adding(weights, keepsCoverage: type(of: scorer).readsCoverage)
        guard let replaced else { return Step(weights: weights, context: context, past: after) }
        return try Step(weights: replaced, context: scorer.context(weights: replaced, memory: memory), past: after)
    }

    /// e [B,S], by the scorer's own kernel where it has one: what a step begins with.
    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        // Fused kernels skip the padding, of which some normalisers need the scores too.
        if usesFusedKernels, normalisation.part?.readsPadding != true,
            let fused = try scorer.fusedScores(query: query, memory: memory, past: past)
        {
            return fused
        }
        return try scorer.scores(query: query, memory: memory, past: past)
    }
}
