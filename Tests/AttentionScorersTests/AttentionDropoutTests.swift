// Attention dropout is asked for by whoever makes a context: a scorer with a look of its own must not forget it.

import AttentionScorers
import TensorCore
import Testing

@Suite("Attention dropout of every scorer") struct AttentionDropoutTests {
    @Test(
        "contexts are made of what is kept, and the alignment is whole",
        arguments: Catalog.scorers.filter { $0.card.hasAlignment }.map { $0.card.name })
    func reaches(name: String) throws {
        let scorer = try #require(Catalog.scorers.first { $0.card.name == name })
        let trial = try ScorerTrial(scorer, ScorerSizes(state: 8, attention: 8), lengths: [5, 3], spread: 0.5)
        func first(_ rates: DropoutRates) throws -> Attention.Step {
            try #require(try trial.steps(Noise(seed: 1, step: 0, shard: 0, dropout: rates)).first)
        }
        let plain = try first(DropoutRates()), dropped = try first(DropoutRates(attention: 0.5))
        #expect(dropped.weights.values == plain.weights.values)
        #expect(dropped.context.values != plain.context.values)
    }
}
