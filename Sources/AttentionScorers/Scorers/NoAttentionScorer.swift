// Baseline: no attention. The context is the summary at every step: the fixed-vector bottleneck.
// Sutskever, Vinyals & Le 2014; Cho et al. 2014, whose decoder reads the summary at every step as this one does.

public import TensorCore

/// What attention was invented to replace: one vector must hold the whole sentence.
///
/// - Complexity: none.
public struct NoAttentionScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "none", equation: "–", paper: "baseline: Cho et al. 2014", cost: "none", hasAlignment: false,
        family: .baseline)

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        Tensor.zeros([memory.batch, memory.source], near: query)
    }

    public func context(weights: Tensor, memory: Memory) throws -> Tensor { memory.summary }

    public func firstContext(memory: Memory) throws -> Tensor? { memory.summary }
}
