// Scaled dot-product attention: eᵢ = sᵀ hᵢ / √D
// Vaswani et al. 2017, "Attention is all you need", §3.2.1, eq. 1.

public import TensorCore

/// The dot product of D independent numbers grows like √D; dividing by it keeps softmax where its gradient is not tiny.
///
/// - Complexity: B·S·D multiply-adds a step.
public struct ScaledDotScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "scaled-dot", equation: "sᵀ hᵢ / √D", paper: "Vaswani et al. 2017, eq. 1", cost: "B·S·D")

    private let scale: Scalar

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        scale = 1 / Scalar(sizes.state).squareRoot()
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        // The query is scaled and not the scores: D numbers a sentence rather than S.
        try memory.keys.dot(query.scaled(by: scale))
    }
}
