// How the harness wants weights made: what a scorer is told, and need not know.

public import TensorCore

/// How a walk along the source is read outside training; in training it is always soft.
public enum Decision: String, Sendable, Codable, CaseIterable {
    /// By its expected weights.
    case soft
    /// By the walk itself: each step stops at one word, or does not.
    case hard
}

/// Handed to a scorer with every question. A scorer that asks another hands it on as it is.
public struct Weighting {
    public var normalisation: Normalisation
    public var decision: Decision
    /// Off in tests, to run the composed twins of fused kernels.
    public var usesFusedKernels: Bool
    /// The random numbers of a training step; nil outside training.
    public var noise: Noise?
    /// Is told the scores, and the lengths of their sentences.
    var observer: ((Tensor, [Int]) -> Void)?

    public init(
        normalisation: Normalisation = .masked, decision: Decision = .soft, usesFusedKernels: Bool = true,
        noise: Noise? = nil
    ) {
        (self.normalisation, self.decision) = (normalisation, decision)
        (self.usesFusedKernels, self.noise) = (usesFusedKernels, noise)
    }

    /// Whether a walk takes its steps, in the place of their expectation.
    public var walksHard: Bool { decision == .hard && noise == nil }

    /// e [B,S] of a scorer, by its own kernel where it has one.
    public func scores(
        of scorer: any AttentionScorer, query: Tensor, memory: Memory, past: Past
    ) throws -> Tensor {
        let scores = try unchecked(scorer, query, memory, past)
        try expect(
            scores.shape, is: [memory.batch, memory.source], "the score tensor of \(type(of: scorer).card.name)",
            axes: "B,S")
        observer?(scores, memory.lengths)
        return scores
    }

    private func unchecked(
        _ scorer: any AttentionScorer, _ query: Tensor, _ memory: Memory, _ past: Past
    ) throws -> Tensor {
        // Fused kernels skip the padding, of which some normalisers need the scores too.
        if usesFusedKernels, normalisation.part?.readsPadding != true,
            let fused = try scorer.fusedScores(query: query, memory: memory, past: past)
        {
            return fused
        }
        return try scorer.scores(query: query, memory: memory, past: past)
    }

    /// α [B,S] of scores, by the normaliser that was chosen.
    public func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try normalisation.weights(from: scores, lengths: lengths)
    }
}
