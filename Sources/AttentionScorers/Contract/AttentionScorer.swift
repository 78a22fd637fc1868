// The contract of every attention scorer: ten lines are enough to write one.

public import TensorCore

/// Scores how well each source position fits what the decoder is doing; a normaliser turns scores into weights, and
/// the weighted states are the context.
///
/// Only `card`, `init` and `scores` must be written. The rest has defaults, and each is a requirement rather than an
/// extension method, because an extension method would ignore a scorer's own version when called through
/// `any AttentionScorer`.
///
/// `SendableMetatype`, so that a list of scorers can be handed to the threads of a comparison; a scorer itself stays on
/// one thread.
///
/// A scorer need not mask the padding: the normaliser does, with the lengths in `Memory`. It keeps nothing between
/// batches or steps: keys live in `Memory`, and what a look leaves for the next in `Past`. `ScorerPromises` tries what a
/// model relies on.
public protocol AttentionScorer: SendableMetatype {
    static var card: ScorerCard { get }

    /// Takes its parameters from the builder, so that the optimiser and the checkpoints know all of them. Called more
    /// than once for one model, so the same sizes must give the same parameters.
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder)

    /// What depends on the states alone, once a batch: [B,S,D] → [B,S,·]. Default: the states themselves.
    func keys(from states: Tensor) throws -> Tensor

    /// e: [B,D] → [B,S]. The only mathematics that a scorer must write.
    /// - Parameters:
    ///   - query: the decoder's state.
    ///   - memory: keys, states and lengths of the source. What is scored in the padding does not matter.
    ///   - past: the weights of earlier steps.
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor

    /// The same numbers by a kernel of its own, faster. Default nil: there is none. Its twin `scores` stays, and a test
    /// compares them.
    func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor?

    /// α: [B,S] → [B,S], zeros in the padding, rows that sum as `card.mass` says. Default: by the normaliser that was
    /// chosen.
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor

    /// What the context is made of, once a batch: [B,S,D] → [B,S,·]. Default: the states themselves.
    func values(from states: Tensor) throws -> Tensor

    /// c: [B,S] → [B,D]. Default: Σᵢ αᵢ vᵢ, over the values.
    func context(weights: Tensor, memory: Memory) throws -> Tensor

    /// The same source as several heads see it, as a memory of B·N sentences: row b·N + n is head n of sentence b.
    /// Default nil: there is one head, and it sees what `memory` holds.
    func heads(of memory: Memory) throws -> Memory?

    /// One whole look. Default: scores, weights, context. For attention that carries something from look to look beside
    /// its weights, or that has heads. Contexts are made of `how.kept(weights)`: that is where attention dropout is.
    func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look

    /// The context before the first step, [B,D]. Default nil: zeros, which nothing need be multiplied by.
    func firstContext(memory: Memory) throws -> Tensor?

    /// Whether `scores` asks for `past.coverage()`, so that the sum is kept up step by step. Default false: computed if
    /// asked.
    static var readsCoverage: Bool { get }
}

extension AttentionScorer {
    public func keys(from states: Tensor) throws -> Tensor { states }

    public func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? { nil }

    public func weights(
        from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting
    ) throws -> Tensor {
        try how.weights(from: scores, lengths: memory.lengths)
    }

    public func values(from states: Tensor) throws -> Tensor { states }

    public func context(weights: Tensor, memory: Memory) throws -> Tensor {
        try weights.weightedSum(of: memory.values)
    }

    public func heads(of memory: Memory) throws -> Memory? { nil }

    public func look(query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Look {
        let scores = try how.scores(of: self, query: query, memory: memory, past: past)
        let weights = try weights(from: scores, query: query, memory: memory, past: past, how)
        try expect(weights.shape, is: scores.shape, "the weight tensor of \(Self.card.name)", axes: "B,S")
        return try Look(weights: weights, context: context(weights: how.kept(weights), memory: memory))
    }

    public func firstContext(memory: Memory) throws -> Tensor? { nil }

    public static var readsCoverage: Bool { false }
}
