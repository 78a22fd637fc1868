// Monotonic chunkwise attention: where a monotonic walk stops, a softmax over the last few words up to there.
// Chiu & Raffel 2018, "Monotonic chunkwise attention", §2.3.

public import TensorCore

/// Moves on as `MonotonicScorer`, and looks back a little: what stands in another order within a chunk can be read in
/// that order. The weights are those of the chunks; where the walk has stopped is carried on beside them.
///
/// - Complexity: twice that of bahdanau, and a step more 2·B·S multiply-adds and B·S·C exponentials for chunks of C
///   words.
public struct MochaScorer: EnergyScorer {
    public static let card = ScorerCard(
        name: "mocha",
        equation: "βᵢ = Σₖ αₖ softmax(u over the C words up to k)ᵢ, α as monotonic, u = vᵀ tanh(W s + U hᵢ + b)",
        paper: "Chiu & Raffel 2018, §2.3; its end as monotonic's",
        cost: "2·B·S·A tanh + 2·B·D·A + 2·B·S + B·S·C", usesPosition: true, family: .monotonic, normalises: false,
        walks: true, decides: true)

    public let energy: MonotonicEnergy
    private let chunk: BahdanauScorer
    private let width: Int
    private let walk: Walk

    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        self.init(sizes, &parameters, ending: .last)
    }

    /// - Parameter ending: `.open` as in the paper; rows then sum to 1 at most.
    public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder, ending: WalkEnding) {
        energy = MonotonicEnergy(sizes, &parameters)
        var scope = parameters.scope("chunk")
        chunk = BahdanauScorer(sizes, &scope)
        width = sizes.chunk
        walk = Walk(kind: .far, ending: ending)
    }

    /// A second view of the source: the keys of the chunks.
    public func heads(of memory: Memory) throws -> Memory? {
        try Memory(
            states: memory.states, summary: memory.summary, lengths: memory.lengths,
            keys: chunk.keys(from: memory.states))
    }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        try chunks(at: place(scores, memory, past, how).stops, query, memory, past, how)
    }

    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let scores = try how.scores(of: self, query: query, memory: memory, past: past)
        let place = try place(scores, memory, past, how)
        let weights = try chunks(at: place.stops, query, memory, past, how)
        return try Look(
            weights: weights, context: context(weights: how.kept(weights), memory: memory), carried: place.standing)
    }

    private func place(_ scores: Tensor, _ memory: Memory, _ past: Past, _ how: Weighting) throws -> Walk.Place {
        try walk.step(scores, from: past.carried ?? past.walked(memory), memory: memory, how)
    }

    /// β of α.
    private func chunks(
        at stops: Tensor, _ query: Tensor, _ memory: Memory, _ past: Past, _ how: Weighting
    ) throws -> Tensor {
        let view = try memory.heads ?? heads(of: memory) ?? memory
        let fused = how.usesFusedKernels ? try chunk.fusedScores(query: query, memory: view, past: past) : nil
        let u = try fused ?? chunk.scores(query: query, memory: view, past: past)
        return try u.chunkwise(stops: stops, width: width, lengths: memory.lengths)
    }
}
