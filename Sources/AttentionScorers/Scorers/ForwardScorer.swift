// Forward attention: content, times what the weights of a step ago can reach by staying or moving on by one word.
// Zhang, Ling & Dai 2018, "Forward attention in sequence-to-sequence acoustic modeling for speech synthesis",
// algorithm 1.

public import TensorCore

/// Bahdanau's scorer with a prior: α_t,i ∝ (½ α_{t−1,i} + ½ α_{t−1,i−1}) exp(eᵢ), written as softmax(e + log prior), so
/// that no product of small numbers is divided by another. Before the first step all weight is on the first word.
///
/// - Complexity: as bahdanau, and B·S logarithms a step.
public struct ForwardScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "forward", equation: "vᵀ tanh(W s + U hᵢ + b) + log(½ α₋₁,ᵢ + ½ α₋₁,ᵢ₋₁)",
        paper: "Zhang et al. 2018, algorithm 1", cost: "B·S·A tanh + B·D·A + B·S", usesPosition: true,
        family: .monotonic, walks: true)

    private let content: BahdanauScorer

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        content = BahdanauScorer(sizes, &parameters)
    }

    public func keys(from states: Tensor) throws -> Tensor { try content.keys(from: states) }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try content.scores(query: query, memory: memory, past: past) + past.walked(memory).logMoved()
    }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try content.fusedScores(query: query, memory: memory, past: past).map {
            try $0 + past.walked(memory).logMoved()
        }
    }
}
