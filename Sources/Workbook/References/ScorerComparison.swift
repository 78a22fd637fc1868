// A student's scorer beside the library's, on the same numbers.

import AttentionLab

/// Complains where a scorer that should be the library's gives other scores, weights or context with the same
/// parameters.
///
/// - Parameters:
///   - own: its parameters must have the names and shapes of the library's.
///   - cause: said where its scores differ.
func expectSame(_ own: any AttentionScorer.Type, as library: any AttentionScorer.Type, otherwise cause: String) throws {
    let sizes = ScorerSizes(state: 4, attention: 3, maximumSource: 6, filters: 2, filterWidth: 3), lengths = [5, 2]
    let expected = Parameters(), given = Parameters()
    var forLibrary = ParameterBuilder(expected, seed: 1), forOwn = ParameterBuilder(given, seed: 1)
    let attention = (library: Attention(library.init(sizes, &forLibrary)), own: Attention(own.init(sizes, &forOwn)))

    func described(_ parameters: Parameters) -> [String] {
        zip(parameters.names, parameters.tensors).map { "\($0) \($1.shape)" }.sorted()
    }
    try require(
        described(expected) == described(given),
        "the scorer has the parameters \(described(given)), expected \(described(expected))",
        cause: "init is not as it was given; the same parameters are what makes the two comparable")
    var random = RandomSource(seed: 3)
    for (name, tensor) in zip(expected.names, expected.tensors) {
        let values = (0..<tensor.count).map { _ in Scalar(random.normal()) }
        try expected.set(name, to: values)
        try given.set(name, to: values)
    }

    func draw(_ shape: Shape) throws -> Tensor {
        try Tensor((0..<shape.count).map { _ in Scalar(random.normal()) }, shape: shape)
    }
    let states = try draw([2, 5, 4]), summary = try draw([2, 4]), query = try draw([2, 4])
    func step(_ attention: Attention) throws -> (scores: [[Double]], step: Attention.Step) {
        let memory = try attention.memory(states: states, summary: summary, lengths: lengths)
        let past = Past(before: memory)
        // The composed scores: a scorer of one's own has no fused kernel.
        let scores = try attention.scorer.scores(query: query, memory: memory, past: past).rows
        // What is scored in the padding does not matter.
        let real = zip(scores, lengths).map { Array($0.prefix($1)) }
        return try (real, attention.step(query: query, memory: memory, past: past))
    }
    let theirs = try step(attention.library), ours = try step(attention.own)
    let what =
        "beside \(library.card.name), with the same parameters, states and queries of 2 sentences of \(lengths) words,"
    try expect(ours.scores, equals: theirs.scores, within: 1e-4, "\(what) the score", otherwise: cause)
    try expect(
        ours.step.weights.rows, equals: theirs.step.weights.rows, within: 1e-4, "\(what) the weight",
        otherwise: "the scores are right, so it is the scorer's own weights(from:…); the default is what is wanted")
    try expect(
        ours.step.context.rows, equals: theirs.step.context.rows, within: 1e-4, "\(what) the context",
        otherwise: "the weights are right, so it is the scorer's own context(weights:…); the default is what is wanted")
}

/// The contract of all scorers, but for its promise about training, which takes longer than all the others together. A
/// scorer that is the same as the library's keeps that one too.
func expectPromises(of scorer: any AttentionScorer.Type) throws {
    for promise in ScorerContract.promises where !promise.name.hasPrefix("after training") {
        do { try promise.check(scorer) } catch let breach as ContractBreach {
            throw CheckFailure("Every scorer promises: \(promise.name).\n  \(breach)")
        }  // Nothing but the breach of a promise names the scorer.
        catch let unfinished as Unfinished { throw unfinished } catch {
            throw CheckFailure("Every scorer promises: \(promise.name).\n  \(scorer.card.name) threw “\(error)”")
        }
    }
}
