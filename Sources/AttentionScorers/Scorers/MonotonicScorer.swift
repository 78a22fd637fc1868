// Monotonic attention: stop at each word in turn with probability σ(eᵢ), and never go back.
// Raffel, Luong, Liu, Weiss & Eck 2017, "Online and linear-time attention by enforcing monotonic alignments", §2.

public import TensorCore

/// Weights are where a walk along the source stops, in the mean. What comes to the last word stops there, so that rows
/// sum to 1; the paper's own loses it, see `MonotonicPaperScorer`.
///
/// - Complexity: as bahdanau, and 2·B·S multiply-adds a step for the walk.
public struct MonotonicScorer: EnergyScorer {
    public static let card = ScorerCard(
        name: "monotonic",
        equation:
            "αᵢ = pᵢ Σ_{k≤i} α₋₁,ₖ Π_{k≤l<i} (1 − pₗ), p = σ(g v̂ᵀ tanh(W s + V hᵢ + b) + r), p = 1 at the last word",
        paper: "Raffel et al. 2017, §2, eq. 9–14; its end as in later code",
        cost: "B·S·A tanh + B·D·A + 2·B·S", usesPosition: true, family: .monotonic, normalises: false, walks: true,
        decides: true)

    public let energy: MonotonicEnergy
    private let walk = Walk(kind: .far, ending: .last)

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        energy = MonotonicEnergy(sizes, &parameters)
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        try walk.step(scores, from: past.walked(memory), memory: memory, how).stops
    }
}
