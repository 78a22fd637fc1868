// Location-sensitive attention: eᵢ = wᵀ tanh(W s + V hᵢ + U fᵢ + b),  f = F ∗ α_{t−1}
// Chorowski et al. 2015, "Attention-based models for speech recognition", §2.2, eq. 8 and 9.

public import TensorCore

/// Bahdanau's scorer that also sees, through a few filters, where the weights lay a step ago: it can learn to move on.
///
/// - Complexity: as bahdanau, and B·S·F·(width + A) multiply-adds a step for F filters.
public struct LocationSensitiveScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "location-sensitive", equation: "wᵀ tanh(W s + V hᵢ + U fᵢ + b), f = F ∗ α₋₁",
        paper: "Chorowski et al. 2015, eq. 8–9",
        cost: "B·S·A tanh + B·D·A + B·S·F·A", usesPosition: true, family: .past)

    let W, V, U, F, b, w: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.attention)
        V = parameters.matrix("V", sizes.state, sizes.attention)
        U = parameters.matrix("U", sizes.filters, sizes.attention)
        F = parameters.uniform(
            "F", [sizes.filters, sizes.filterWidth], bound: (3 / Double(sizes.filterWidth)).squareRoot())
        b = parameters.bias("b", sizes.attention)
        w = parameters.vector("w", sizes.attention)
    }

    /// V h: [B,S,D] → [B,S,A]
    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(V)
    }

    /// U f: [B,S] → [B,S,A]
    private func features(_ past: Past) throws -> Tensor {
        try past.previous.convolved(with: F).matmul(U)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try (memory.keys.addingToEachPosition(query.matmul(W, adding: b)) + features(past)).tanh().dot(w)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.additiveScores(
            query: query.matmul(W, adding: b), features: features(past), vector: w, lengths: memory.lengths)
    }
}
