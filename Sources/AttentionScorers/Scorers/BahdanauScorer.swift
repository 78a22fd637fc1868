// Additive attention: eᵢ = vₐᵀ tanh(Wₐ s + Uₐ hᵢ + b)
// Bahdanau, Cho & Bengio 2015, "Neural machine translation by jointly learning to align and translate", §3.1 and A.1.2.

public import TensorCore

/// The first attention scorer: a small network with one hidden layer compares query and state.
///
/// - Complexity: B·S·A tanh and B·D·A multiply-adds a step; the keys Uₐ h cost B·S·D·A once.
public struct BahdanauScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "bahdanau", equation: "vᵀ tanh(W s + U hᵢ + b)", paper: "Bahdanau et al. 2015, §3.1, A.1.2",
        cost: "B·S·A tanh + B·D·A")

    let Wa, Ua, b, va: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wa = parameters.matrix("Wa", sizes.state, sizes.attention)
        Ua = parameters.matrix("Ua", sizes.state, sizes.attention)
        b = parameters.bias("b", sizes.attention)
        va = parameters.vector("va", sizes.attention)
    }

    /// Uₐ h: [B,S,D] → [B,S,A]
    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(Ua)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(Wa, adding: b)).tanh().dot(va)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.additiveScores(query: query.matmul(Wa, adding: b), vector: va, lengths: memory.lengths)
    }
}
