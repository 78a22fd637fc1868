// Coverage attention: eᵢ = vᵀ tanh(W_h hᵢ + W_s s + w_c covᵢ + b),  cov = Σ of all earlier weights
// See, Liu & Manning 2017, "Get to the point: summarization with pointer-generator networks", §2.3, eq. 10 and 11.

public import TensorCore

/// Bahdanau's scorer that also sees how much each position has been looked at already, and so can avoid repeating
/// itself.
///
/// - Complexity: as bahdanau, and B·S·A multiply-adds a step.
public struct CoverageScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "coverage", equation: "vᵀ tanh(W_h hᵢ + W_s s + w_c covᵢ + b)", paper: "See et al. 2017, eq. 11",
        cost: "B·S·A tanh + B·D·A + B·S·A", family: .past)
    public static let readsCoverage = true

    let Ws, Wh, wc, b, v: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Ws = parameters.matrix("Ws", sizes.state, sizes.attention)
        Wh = parameters.matrix("Wh", sizes.state, sizes.attention)
        wc = parameters.vector("wc", sizes.attention)
        b = parameters.bias("b", sizes.attention)
        v = parameters.vector("v", sizes.attention)
    }

    /// W_h h: [B,S,D] → [B,S,A]
    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(Wh)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try (memory.keys.addingToEachPosition(query.matmul(Ws, adding: b)) + past.coverage().outer(wc)).tanh().dot(v)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.additiveScores(
            query: query.matmul(Ws, adding: b), features: past.coverage().outer(wc), vector: v, lengths: memory.lengths)
    }
}
