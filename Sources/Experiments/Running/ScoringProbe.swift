// A scorer with random states, outside any model: what is timed where scores alone are asked for.

import AttentionScorers
import TensorCore

/// One batch of sentences, all of the same length, their keys kept from before.
struct ScoringProbe {
    private let attention: Attention
    private let parameters = Parameters()
    private let states: Tensor, summary: Tensor, query: Tensor
    private let memory: Memory
    /// That of a second step: scorers that look at earlier weights find some.
    private let past: Past

    init(_ type: any AttentionScorer.Type, _ sizes: ScorerSizes, batch: Int, source: Int) throws {
        var builder = ParameterBuilder(parameters, seed: 1)
        states = builder.uniform("states", [batch, source, sizes.state], bound: 1)
        query = builder.uniform("query", [batch, sizes.state], bound: 1)
        summary = Tensor.zeros([batch, sizes.state], near: states)
        var scope = builder.scope("scorer")
        attention = Attention(type.init(sizes, &scope))
        let attention = attention, states = states, summary = summary, query = query
        (memory, past) = try parameters.tape.withoutRecording {
            let memory = try attention.memory(
                states: states, summary: summary, lengths: [Int](repeating: source, count: batch))
            return (memory, try attention.step(query: query, memory: memory, past: Past(before: memory)).past)
        }
    }

    /// Whether the scorer makes something of the states before it scores them.
    var hasOwnKeys: Bool { memory.keys.shape != states.shape || memory.keys.values != states.values }

    /// Scores, as a step of `Attention` begins; no softmax, no context.
    func scores() throws {
        try parameters.tape.withoutRecording { _ = try attention.scores(query: query, memory: memory, past: past) }
    }

    /// The keys of the whole batch.
    func keys() throws { try parameters.tape.withoutRecording { _ = try attention.scorer.keys(from: states) } }
}
