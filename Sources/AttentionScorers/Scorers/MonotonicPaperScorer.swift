// Monotonic attention as its paper has it: a walk that finds no word to stop at looks at nothing.
// Raffel, Luong, Liu, Weiss & Eck 2017, "Online and linear-time attention by enforcing monotonic alignments", §2.

public import TensorCore

/// `MonotonicScorer` with rows that sum to 1 at most: what is missing is the weight of a word whose state is zero.
/// Where no word is found the next step begins where this one did.
///
/// - Complexity: as monotonic.
public struct MonotonicPaperScorer: EnergyScorer {
    public static let card = ScorerCard(
        name: "monotonic-paper",
        equation: "αᵢ = pᵢ Σ_{k≤i} α₋₁,ₖ Π_{k≤l<i} (1 − pₗ), p = σ(g v̂ᵀ tanh(W s + V hᵢ + b) + r)",
        paper: "Raffel et al. 2017, §2, eq. 9–14", cost: "B·S·A tanh + B·D·A + 2·B·S", usesPosition: true,
        family: .monotonic, mass: .atMostOne, normalises: false, walks: true, decides: true)

    public let energy: MonotonicEnergy
    private let walk = Walk(kind: .far, ending: .open)

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        energy = MonotonicEnergy(sizes, &parameters)
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        try place(scores, memory, past, how).stops
    }

    /// Carries where it stands, of which a row without weight says nothing.
    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let scores = try how.scores(of: self, query: query, memory: memory, past: past)
        let place = try place(scores, memory, past, how)
        return try Look(
            weights: place.stops, context: context(weights: how.kept(place.stops), memory: memory),
            carried: place.standing)
    }

    private func place(_ scores: Tensor, _ memory: Memory, _ past: Past, _ how: Weighting) throws -> Walk.Place {
        try walk.step(scores, from: past.carried ?? past.walked(memory), memory: memory, how)
    }
}
