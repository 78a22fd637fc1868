// Dot-product attention: eᵢ = sᵀ hᵢ
// Luong, Pham & Manning 2015, "Effective approaches to attention-based neural machine translation", §3.1, under eq. 7.
// Equation numbers here and everywhere are those of the arXiv print, 1508.04025: the proceedings number these three
// scores too.

public import TensorCore

/// No parameters: query and states must already live in one space.
///
/// - Complexity: B·S·D multiply-adds a step.
public struct LuongDotScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "luong-dot", equation: "sᵀ hᵢ", paper: "Luong et al. 2015, §3.1, dot", cost: "B·S·D")

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query)
    }
}
