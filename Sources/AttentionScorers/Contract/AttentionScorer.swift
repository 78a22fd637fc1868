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
/// A scorer need not mask the padding: the normaliser does, with the lengths in `Memory`. It keeps nothing between batches: keys live in
/// `Memory`. `ScorerPromises` tries what a model relies on.
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

    /// α: [B,S] → [B,S], rows that sum to 1 with zeros in the padding. Default: by the normaliser that was chosen.
    func weights(from scores: Tensor, query: Tensor, memory: Memory, normalisation: Normalisation) throws -> Tensor

    /// c: [B,S] → [B,D]. Default: Σᵢ αᵢ hᵢ.
    func context(weights: Tensor, memory: Memory) throws -> Tensor

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
        from scores: Tensor, query: Tensor, memory: Memory, normalisation: Normalisation
    ) throws -> Tensor {
        try normalisation.weights(from: scores, lengths: memory.lengths)
    }

    public func context(weights: Tensor, memory: Memory) throws -> Tensor {
        try weights.weightedSum(of: memory.states)
    }

    public func firstContext(memory: Memory) throws -> Tensor? { nil }

    public static var readsCoverage: Bool { false }
}
