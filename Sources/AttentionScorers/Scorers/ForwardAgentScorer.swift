// Forward attention with a transition agent, which says at each step how much of the weight is to move on.
// Zhang, Ling & Dai 2018, "Forward attention in sequence-to-sequence acoustic modeling for speech synthesis",
// algorithm 2.

public import TensorCore

/// `ForwardScorer` with the share u in the place of ½: u_t = σ(wᵀ[c_t; s_t] + b), for the step after; ½ for the first.
///
/// - Complexity: as forward, and 2·B·D multiply-adds a step.
public struct ForwardAgentScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "forward-agent",
        equation: "vᵀ tanh(W s + U hᵢ + b) + log((1 − u₋₁) α₋₁,ᵢ + u₋₁ α₋₁,ᵢ₋₁), u = σ(wᵀ[c; s] + b)",
        paper: "Zhang et al. 2018, algorithm 2", cost: "B·S·A tanh + B·D·A + B·S + 2·B·D", usesPosition: true,
        family: .monotonic, walks: true)

    private let content: BahdanauScorer
    /// [2D,1] and [1]
    private let w, bu: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        content = BahdanauScorer(sizes, &parameters)
        w = parameters.matrix("w", 2 * sizes.state, 1)
        bu = parameters.bias("bu", 1)
    }

    public func keys(from states: Tensor) throws -> Tensor { try content.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try content.scores(query: query, memory: memory, past: past) + prior(memory, past)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try content.fusedScores(query: query, memory: memory, past: past).map { try $0 + prior(memory, past) }
    }

    private func prior(_ memory: Memory, _ past: Past) throws -> Tensor {
        try past.walked(memory).logMoved(by: past.carried)
    }

    /// Carries u.
    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let scores = try how.scores(of: self, query: query, memory: memory, past: past)
        let weights = try weights(from: scores, query: query, memory: memory, past: past, how)
        let context = try context(weights: how.kept(weights), memory: memory)
        let mover = try context.concatenated(with: query).matmul(w, adding: bu).sigmoid()
        return Look(weights: weights, context: context, carried: mover)
    }
}
