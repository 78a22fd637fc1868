// Stepwise monotonic attention: stay at a word with probability σ(eᵢ), and else go on by exactly one.
// He, Deng & He 2019, "Robust sequence-to-sequence acoustic modeling with stepwise monotonic attention for neural TTS".

public import TensorCore

/// Reads every word, one after the other: after t steps it is at word t at most, so a source that is longer than its
/// translation cannot be read to the end. What comes to the last word stays there.
///
/// - Complexity: as bahdanau, and 2·B·S multiply-adds a step.
public struct StepwiseScorer: EnergyScorer {
    public static let card = ScorerCard(
        name: "stepwise",
        equation: "αᵢ = α₋₁,ᵢ pᵢ + α₋₁,ᵢ₋₁ (1 − pᵢ₋₁), p = σ(g v̂ᵀ tanh(W s + V hᵢ + b) + r), p = 1 at the last word",
        paper: "He et al. 2019, eq. 8; energy and noise of Raffel et al. 2017",
        cost: "B·S·A tanh + B·D·A + 2·B·S", usesPosition: true, family: .monotonic, normalises: false, walks: true,
        decides: true)

    public let energy: MonotonicEnergy
    private let walk: Walk

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        self.init(sizes, &parameters, ending: .last)
    }

    /// - Parameter ending: `.open` as in the paper; rows then sum to 1 at most.
    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder, ending: WalkEnding) {
        energy = MonotonicEnergy(sizes, &parameters)
        walk = Walk(kind: .stepwise, ending: ending)
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        try walk.step(scores, from: past.walked(memory), memory: memory, how).stops
    }
}
