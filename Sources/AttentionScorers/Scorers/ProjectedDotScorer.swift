// Scaled dot product of projections: eᵢ = (W_q s)ᵀ (W_k hᵢ) / √A
// Vaswani et al. 2017, §3.2.2: one head of a Transformer, without its value projection.

public import TensorCore

/// Query and state each get a projection of their own, so that matching need not use the directions that carry the
/// content.
///
/// - Complexity: B·S·A + B·D·A multiply-adds a step; the keys cost B·S·D·A once.
public struct ProjectedDotScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "projected-dot", equation: "(W_q s)ᵀ (W_k hᵢ) / √A", paper: "Vaswani et al. 2017, §3.2",
        cost: "B·S·A + B·D·A")

    let Wq, Wk: Tensor
    private let scale: Scalar

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wq = parameters.matrix("Wq", sizes.state, sizes.attention)
        Wk = parameters.matrix("Wk", sizes.state, sizes.attention)
        scale = 1 / Scalar(sizes.attention).squareRoot()
    }

    /// W_k h: [B,S,D] → [B,S,A]
    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(Wk)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.matmul(Wq).scaled(by: scale))
    }
}
