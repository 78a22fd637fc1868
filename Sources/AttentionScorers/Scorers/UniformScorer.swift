// Baseline: every position weighs the same, eᵢ = 0. The context is the mean state.

public import TensorCore

/// What attention is worth, seen from below: all states, and no choice among them.
///
/// - Complexity: B·S·D multiply-adds a step, for a mean that never changes.
public struct UniformScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "uniform", equation: "0", paper: "baseline: the mean state", cost: "none", hasAlignment: false,
        family: .baseline)

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        Tensor.zeros([memory.batch, memory.source], near: query)
    }
}
