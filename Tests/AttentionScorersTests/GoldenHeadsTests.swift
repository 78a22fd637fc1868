// Several heads against numbers from PyTorch; those of scaled dot products are torch.nn.MultiheadAttention's.

import AttentionLab
import TestSupport
import Testing

private let projections = ["Wq": "Wq", "Wk": "Wk", "Wv": "Wv", "Wo": "Wo"]
private let additive = projections.merging(["b": "inner.b"]) { $1 }

private let cases: [(name: String, scorer: any AttentionScorer.Type, layout: [String: String])] = [
    ("multi-head-scaled-dot", MultiHead<ScaledDotScorer>.self, projections),
    (
        "multi-head-projected-bahdanau", MultiHead<BahdanauScorer>.self,
        additive.merging(["Ws": "inner.Wa", "Wh": "inner.Ua", "v": "inner.va"]) { $1 }
    ),
    (
        "multi-head-projected-coverage", MultiHead<CoverageScorer>.self,
        additive.merging(["Ws": "inner.Ws", "Wh": "inner.Wh", "v": "inner.v", "wc": "inner.wc"]) { $1 }
    ),
]

@Suite("Golden heads") struct GoldenHeadsTests {
    /// Two heads, whose hidden layers have 6 units each.
    private let sizes = ScorerSizes(state: 4, attention: 12, heads: 2)

    @Test("weights, contexts and gradients of several looks", arguments: cases.map(\.name), [true, false])
    func agrees(name: String, fused: Bool) throws {
        let (_, scorer, layout) = try #require(cases.first { $0.name == name })
        let looks = try GoldenLooks(name, layout: layout)
        let found = try looks.disagreements(scorer, sizes, Weighting(usesFusedKernels: fused))
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("each head has its own weights", arguments: cases.map(\.name)) func heads(name: String) throws {
        let (_, scorer, layout) = try #require(cases.first { $0.name == name })
        let looks = try GoldenLooks(name, layout: layout)
        var steps = 0
        _ = try looks.disagreements(scorer, sizes) { step in
            let heads = try #require(step.past.heads).previous
            let expected = try looks["head_weights"].list[steps].scalars
            #expect(disagreement("heads of step \(steps)", heads.values, expected) == nil)
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    @Test("parts of a row are heads, in this order") func layout() throws {
        let x = try Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [1, 2, 4])
        let heads = try x.splittingHeads(2)
        #expect(heads.shape == [2, 2, 2] && heads.values == [1, 2, 5, 6, 3, 4, 7, 8])
        try #expect(heads.joiningHeads(2).values == x.values)
        #expect(throws: ShapeError.self) { try x.splittingHeads(3) }
    }

    @Test("one head of the identity is the scorer itself") func oneHead() throws {
        let sizes = ScorerSizes(state: 4, attention: 3, heads: 1), parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 2)
        let states = builder.uniform("states", [2, 3, 4], bound: 1), query = builder.uniform("query", [2, 4], bound: 1)
        let several = Attention(MultiHead<ScaledDotScorer>(sizes, &builder)),
            alone = Attention(ScaledDotScorer(sizes, &builder))
        for name in ["Wq", "Wk", "Wv", "Wo"] {
            try parameters.set(name, to: (0..<16).map { $0 % 5 == 0 ? 1 : 0 })
        }
        let steps = try [several, alone].map {
            let memory = try $0.memory(states: states, summary: query, lengths: [3, 2])
            return try $0.step(query: query, memory: memory, past: Past(before: memory))
        }
        #expect(agree(steps[0].weights.values, steps[1].weights.values))
        #expect(agree(steps[0].context.values, steps[1].context.values))
    }
}
