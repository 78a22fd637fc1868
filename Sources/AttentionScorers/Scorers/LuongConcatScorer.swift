// Luong's concatenation: eᵢ = vₐᵀ tanh(Wₐ [s ; hᵢ])
// Luong, Pham & Manning 2015, §3.1, under eq. 7. Bahdanau's scorer without its bias, by another road.

public import TensorCore

/// W [s ; h] is the sum of W's upper rows times s and its lower rows times h, so the state's half is computed once.
///
/// - Complexity: B·S·A tanh and B·D·A multiply-adds a step; the keys cost B·S·D·A once.
public struct LuongConcatScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "luong-concat", equation: "vᵀ tanh(W [s ; hᵢ])", paper: "Luong et al. 2015, §3.1, concat",
        cost: "B·S·A tanh + B·D·A")

    /// [2D,A]: the rows for the query, then those for the state.
    let Wa: Tensor
    let va: Tensor
    private let state: Int

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        state = sizes.state
        Wa = parameters.matrix("Wa", 2 * sizes.state, sizes.attention)
        va = parameters.vector("va", sizes.attention)
    }

    public func keys(from states: Tensor) throws -> Tensor {
        try states.matmul(Wa.rows(state..<2 * state))
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(Wa.rows(0..<state))).tanh().dot(va)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.additiveScores(query: query.matmul(Wa.rows(0..<state)), vector: va, lengths: memory.lengths)
    }
}
