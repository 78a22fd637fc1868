// Bilinear attention: eᵢ = sᵀ W hᵢ
// Luong, Pham & Manning 2015, §3.1, under eq. 7.

public import TensorCore

/// A learned matrix lets every unit of the query meet every unit of the state.
///
/// - Complexity: B·S·D multiply-adds a step; the keys W h cost B·S·D² once.
public struct LuongGeneralScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "luong-general", equation: "sᵀ W hᵢ", paper: "Luong et al. 2015, §3.1, general", cost: "B·S·D")

    let Wa: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wa = parameters.matrix("Wa", sizes.state, sizes.state)
    }

    /// W h: [B,S,D] → [B,S,D]
    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(Wa)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query)
    }
}
