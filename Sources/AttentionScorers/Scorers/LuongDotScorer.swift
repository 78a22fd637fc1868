// Dot-product attention: eᵢ = sᵀ hᵢ
// Luong, Pham & Manning 2015, "Effective approaches to attention-based neural machine translation", §3.1, eq. 8.

public import TensorCore

/// No parameters: query and states must already live in one space.
///
/// - Complexity: B·S·D multiply-adds a step.
public struct LuongDotScorer: AttentionScorer {
    public static let card = ScorerCard(name: "luong-dot", equation: "sᵀ hᵢ", paper: "Luong et al. 2015, eq. 8", cost: "B·S·D")

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query)
    }
}
