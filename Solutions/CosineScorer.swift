// Cosine attention with a learnt sharpness: eᵢ = β (s · hᵢ) / (‖s‖ ‖hᵢ‖)
// Graves, Wayne & Danihelka 2014, "Neural Turing machines", §3.3.1, eq. 5 and 6; there the controller says β at every
// step.

public import AttentionLab

/// The scorer that the README shows how to write.
public struct CosineScorer: AttentionScorer {
    public static let card = ScorerCard(
        name: "cosine", equation: "β cos(s, hᵢ)", paper: "Graves et al. 2014, eq. 5, 6", cost: "B·S·D")

    let beta: Tensor

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        beta = parameters.scalar("beta", initially: 1)
    }

    public func keys(from states: Tensor) throws -> Tensor { states.normalized() }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.normalized()) * beta
    }
}
