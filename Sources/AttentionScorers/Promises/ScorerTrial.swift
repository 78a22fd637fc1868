// A small batch to try a scorer on: random states, queries and pasts, outside any model.

import Randomness
package import TensorCore

/// A scorer with its parameters, and what it can be asked about.
package struct ScorerTrial {
    package let type: any AttentionScorer.Type
    package let parameters: Parameters
    package var attention: Attention
    /// [B,S,D], [B,D] and [B,D]; [B,S] each. Parameters too, so that gradients reach them and `set` changes them.
    package let states: Tensor, summary: Tensor, query: Tensor, previous: Tensor, coverage: Tensor
    /// Real words of each sentence.
    package let lengths: [Int]
    private let sizes: ScorerSizes
    private let source: Int, spread: Double

    /// - Parameters:
    ///   - source: S; nil for the longest sentence.
    ///   - spread: the bound of states and queries.
    /// - Throws: `ContractBreach` where the scorer asked the builder for what it cannot make.
    package init(
        _ type: any AttentionScorer.Type, _ sizes: ScorerSizes, lengths: [Int], source: Int? = nil, spread: Double = 1,
        normalisation: Normalisation = .masked
    ) throws {
        self.init(type, sizes, lengths, source ?? lengths.max() ?? 1, spread, normalisation, Parameters())
        do { try parameters.check() } catch { throw ContractBreach(type, error) }
        // Biases begin at zero, where a forgotten one would not be noticed. The numbers of a matrix are as small as
        // those of others.
        var random = RandomSource(seed: 9)
        for (name, tensor) in own where tensor.values.contains(0) {
            let bound = 1 / Scalar(tensor.shape.rows).squareRoot()
            try parameters.set(name, to: tensor.values.map { $0 == 0 ? Scalar(random.uniform() - 0.5) * bound : $0 })
        }
    }

    private init(
        _ type: any AttentionScorer.Type, _ sizes: ScorerSizes, _ lengths: [Int], _ source: Int, _ spread: Double,
        _ normalisation: Normalisation, _ parameters: Parameters
    ) {
        (self.type, self.sizes, self.parameters) = (type, sizes, parameters)
        (self.lengths, self.source, self.spread) = (lengths, source, spread)
        let batch = lengths.count
        var builder = ParameterBuilder(parameters, seed: 5)
        states = builder.uniform("states", [batch, source, sizes.state], bound: spread)
        summary = builder.uniform("summary", [batch, sizes.state], bound: spread)
        query = builder.uniform("query", [batch, sizes.state], bound: spread)
        previous = builder.uniform("previous", [batch, source], bound: 1)
        coverage = builder.uniform("coverage", [batch, source], bound: 1)
        var scope = builder.scope("scorer")
        attention = Attention(type.init(sizes, &scope), normalisation: normalisation)
    }

    /// Another scorer with the same numbers, as the parts of a batch have.
    package func twin() -> ScorerTrial {
        ScorerTrial(type, sizes, lengths, source, spread, attention.how.normalisation, Parameters(sharing: parameters))
    }

    /// The scorer's own parameters.
    package var own: [(name: String, tensor: Tensor)] {
        zip(parameters.names, parameters.tensors).filter { $0.0.hasPrefix("scorer.") }.map { (name: $0, tensor: $1) }
    }

    package func memory() throws -> Memory { try attention.memory(states: states, summary: summary, lengths: lengths) }

    /// As after some steps: weights that could have been, though the scorer would have found others.
    package func past(steps: Int = 2) throws -> Past {
        let last = try previous.maskedSoftmax(lengths: lengths)
        return try Past(previous: last, coverage: last + coverage.maskedSoftmax(lengths: lengths), steps: steps)
    }

    package func step() throws -> Attention.Step {
        try attention.step(query: query, memory: memory(), past: past())
    }

    /// Of a target that is longer than its source, as a search may write one.
    package func lateStep() throws -> Attention.Step {
        try attention.step(query: query, memory: memory(), past: past(steps: 2 * source + 10))
    }

    /// The first three steps of a decoder: at the second a scorer finds its own earlier weights, and at the third what
    /// they have led to.
    package func steps(_ noise: Noise? = nil) throws -> [Attention.Step] {
        let memory = try memory()
        let attention = attention.with(noise)
        var query = query, past = Past(before: memory)
        return try (0..<3).map { _ in
            let step = try attention.step(query: query, memory: memory, past: past)
            (query, past) = (step.context, step.past)
            return step
        }
    }
}
