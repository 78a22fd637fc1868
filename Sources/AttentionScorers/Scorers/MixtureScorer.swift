// Attention that walks along the source as a mixture of bell curves, and never asks what the words are:
//   (ω̂, Δ̂, σ̂) = V tanh(W s + b) + c,  μ_t = μ_{t−1} + Δ, μ₀ = 0
//   α(j) = Σₖ ωₖ/Zₖ exp(−(j − μₖ)² / 2σₖ²),  j = 1, 2, …
// Graves 2013, "Generating sequences with recurrent neural networks", §5.1, eq. 46–51; the forms v0 to v2 are those of
// Battenberg et al. 2020, "Location-relative attention mechanisms for robust long-form speech synthesis", table 1.

import Foundation
public import TensorCore

/// How the three rows of numbers that a query gives become shares, moves and widths.
public protocol MixtureForm: SendableMetatype {
    static var card: ScorerCard { get }
    /// log ωₖ/Zₖ, Δₖ and 1/2σₖ² of ω̂, Δ̂ and σ̂, [B,K] each.
    static func components(_ omega: Tensor, _ delta: Tensor, _ sigma: Tensor) throws -> MixtureComponents
    /// Δ̂ and σ̂ of a move of one word and a width of two.
    static var initially: (delta: Scalar, sigma: Scalar) { get }
}

/// What one step adds to a mixture.
public struct MixtureComponents {
    public let logShares: Tensor, moves: Tensor, precisions: Tensor

    public init(logShares: Tensor, moves: Tensor, precisions: Tensor) {
        (self.logShares, self.moves, self.precisions) = (logShares, moves, precisions)
    }
}

/// Moves on by what the query says and looks around there: however long the source, the walk is the same.
///
/// The first word is at place 1, so that a mean that has not moved stands before it. With `card.normalises` the log
/// density is a score, and the rows sum to 1; otherwise the weights are the paper's densities.
///
/// - Complexity: B·S·K exponentials a step, and B·(D·A + 3·A·K) multiply-adds.
public struct MixtureScorer<Form: MixtureForm>: AttentionScorer {
    public static var card: ScorerCard { Form.card }

    let W, b, V, c: Tensor
    private let count: Int

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        count = sizes.components
        W = parameters.matrix("W", sizes.state, sizes.attention)
        b = parameters.bias("b", sizes.attention)
        V = parameters.matrix("V", sizes.attention, 3 * count)
        let (delta, sigma) = Form.initially
        func each(_ value: Scalar) -> [Scalar] { [Scalar](repeating: value, count: sizes.components) }
        c = parameters.bias("c", initially: each(0) + each(delta) + each(sigma))
    }

    /// The log density, and where the means have come to.
    private func moved(_ query: Tensor, _ memory: Memory, _ past: Past) throws -> (scores: Tensor, means: Tensor) {
        let hidden = try query.matmul(W, adding: b).tanh().matmul(V, adding: c)
        func part(_ n: Int) throws -> Tensor { try hidden.columns(n * count..<(n + 1) * count) }
        let form = try Form.components(part(0), part(1), part(2))
        let means = try past.carried.map { try $0 + form.moves } ?? form.moves
        let scores = try form.logShares.logMixtureDensity(
            means: means, precisions: form.precisions, places: memory.source)
        return (scores, means)
    }

    public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try moved(query, memory, past).scores
    }

    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let (scores, means) = try moved(query, memory, past)
        let weights = try weights(from: scores, query: query, memory: memory, past: past, how)
        return try Look(weights: weights, context: context(weights: how.kept(weights), memory: memory), carried: means)
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        if Self.card.normalises { return try how.weights(from: scores, lengths: memory.lengths) }
        return try scores.mappingRows(Self.card.name, lengths: memory.lengths) { row in
            row.map { exp($0) }
        } backward: { y, dy in
            zip(y, dy).map { $0 * $1 }
        }
    }
}
