// Local attention around a predicted place: local-p, with weights that sum to 1.
// Luong, Pham & Manning 2015, §3.2, local-p, eq. 9 and 10; the score is their general one.

public import TensorCore

/// Says where to look, and compares only the words within a window around there, the nearer the better. The bell is
/// multiplied in before softmax, as a logarithm, so that rows sum to 1, which those of
/// `LocalPredictivePaperScorer` do not.
///
/// - Complexity: B·L·D + B·D·A multiply-adds and B·A tanh a step, L = 2w + 1 words in a window; the keys W h cost
///   B·S·D² once.
public struct LocalPredictiveScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "local-p", equation: "sᵀ W hᵢ − (i − p)²/2σ² within |i − p| ≤ w, p = n σ(v_pᵀ tanh(W_p s)), σ = w/2",
        paper: "Luong et al. 2015, §3.2, local-p, eq. 9; eq. 10 within the softmax",
        cost: "B·L·D + B·D·A + B·A tanh", usesPosition: true, family: .local)

    private let general: LuongGeneralScorer
    private let predicted: PredictedPlace

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        general = LuongGeneralScorer(sizes, &parameters)
        predicted = PredictedPlace(sizes, &parameters)
    }

    public func keys(from states: Tensor) throws -> Tensor { try general.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let places = try predicted.places(query: query, memory: memory)
        return try general.scores(query: query, memory: memory, past: past).within(predicted.windows(places, memory))
            + predicted.logBell(places, memory)
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        let places = try predicted.places(query: query, memory: memory)
        return try memory.keys.dot(query, within: predicted.windows(places, memory))
            + predicted.logBell(places, memory)
    }
}
