// Local attention around a predicted place as its paper has it: softmax within the window, then the bell.
// Luong, Pham & Manning 2015, §3.2, local-p, eq. 9 and 10; the score is their general one.

public import TensorCore

/// Weights that sum to less than 1, because they are not normalised after the bell: what the place misses is lost.
///
/// - Complexity: as local-p, but that the place is computed twice: for the window, and for the bell.
public struct LocalPredictivePaperScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "local-p-paper",
        equation: "αᵢ = softmax(sᵀ W h within |i − p| ≤ w)ᵢ exp(−(i − p)²/2σ²), p = n σ(v_pᵀ tanh(W_p s)), σ = w/2",
        paper: "Luong et al. 2015, §3.2, local-p, eq. 9, 10", cost: "B·L·D + 2·B·D·A + 2·B·A tanh",
        usesPosition: true, family: .local, mass: .atMostOne)

    private let general: LuongGeneralScorer
    private let predicted: PredictedPlace

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        general = LuongGeneralScorer(sizes, &parameters)
        predicted = PredictedPlace(sizes, &parameters)
    }

    public func keys(from states: Tensor) throws -> Tensor { try general.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try general.scores(query: query, memory: memory, past: past).within(windows(query, memory))
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.dot(query, within: windows(query, memory))
    }

    private func windows(_ query: Tensor, _ memory: Memory) throws -> [Range<Int>] {
        try predicted.windows(predicted.places(query: query, memory: memory), memory)
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        let places = try predicted.places(query: query, memory: memory)
        return try how.weights(from: scores, lengths: memory.lengths) * predicted.bell(places, memory)
    }
}
