// Mixtures and dynamic convolution against numbers from PyTorch.

import AttentionLab
import TestSupport
import Testing

private let parts = ["W": "W", "b": "b", "V": "V", "c": "c"]
private let forms: [(name: String, scorer: any AttentionScorer.Type)] = [
    ("gmm-v0", MixtureScorer<MixtureV0>.self), ("gmm-v1", MixtureScorer<MixtureV1>.self),
    ("gmm-v2", MixtureScorer<MixtureV2>.self),
]

@Suite("Golden mixtures") struct GoldenMixtureTests {
    @Test("densities, contexts and gradients of several looks", arguments: forms.map(\.name)) func agrees(
        name: String
    ) throws {
        let scorer = try #require(forms.first { $0.name == name }).scorer
        let looks = try GoldenLooks(name, layout: parts)
        let found = try looks.disagreements(scorer, ScorerSizes(state: 4, attention: 6, components: 2))
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("means move on from look to look", arguments: forms.map(\.name)) func means(name: String) throws {
        let scorer = try #require(forms.first { $0.name == name }).scorer
        let looks = try GoldenLooks(name, layout: parts)
        var steps = 0
        _ = try looks.disagreements(scorer, ScorerSizes(state: 4, attention: 6, components: 2)) { step in
            let expected = try looks["means"].list[steps].scalars
            #expect(disagreement("means of step \(steps)", try #require(step.past.carried).values, expected) == nil)
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    @Test("the normalised mixture is the density divided by its sum") func normalised() throws {
        let sizes = ScorerSizes(state: 4, attention: 6, components: 2)
        func rows(_ type: any AttentionScorer.Type) throws -> [[Double]] {
            var builder = ParameterBuilder(Parameters(), seed: 4)
            let states = builder.uniform("states", [2, 5, 4], bound: 1),
                query = builder.uniform("query", [2, 4], bound: 1)
            let attention = Attention(type.init(sizes, &builder))
            let memory = try attention.memory(states: states, summary: query, lengths: [5, 3])
            let weights = try attention.step(query: query, memory: memory, past: Past(before: memory)).weights.values
            return [0, 5].map { weights[$0..<$0 + 5].map { Double($0) } }
        }
        for (density, row) in zip(
            try rows(MixtureScorer<MixtureV2>.self), try rows(MixtureScorer<NormalisedMixture>.self))
        {
            let sum = density.reduce(0, +)
            #expect(agree(row, density.map { $0 / sum }, of: 1))
        }
    }

    @Test("a fresh mixture moves one word a step, and is two words wide", arguments: forms.map(\.name))
    func initially(name: String) throws {
        let scorer = try #require(forms.first { $0.name == name }).scorer, parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 4)
        let attention = Attention(scorer.init(ScorerSizes(state: 4, attention: 6, components: 1), &builder))
        let zeros = Tensor.zeros([1, 4], near: builder.uniform("near", [1, 4], bound: 1))
        let states = Tensor.zeros([1, 9, 4], near: zeros)
        let memory = try attention.memory(states: states, summary: zeros, lengths: [9])
        var past = Past(before: memory)
        for t in 1...3 {
            let step = try attention.step(query: zeros, memory: memory, past: past)
            past = step.past
            let weights = step.weights.values.map { Double($0) }
            // The first word is at place 1: after t moves the mean is on word t − 1.
            #expect(weights.firstIndex(of: try #require(weights.max())) == t - 1)
            // exp(−1²/2·2²) and exp(−2²/2·2²) of the greatest, one word and two words on.
            #expect(agree(weights[t] / weights[t - 1], 0.8824969025845955, of: 1))
            #expect(agree(weights[t + 1] / weights[t - 1], 0.6065306597126334, of: 1))
        }
    }

    @Test("dynamic convolution: weights, contexts and gradients of several looks") func dynamic() throws {
        let layout = ["F", "U", "Wg", "bg", "Vg", "T", "b", "v"].reduce(into: [String: String]()) { $0[$1] = $1 }
        let looks = try GoldenLooks("dynamic-convolution", layout: layout, upright: ["F"])
        let found = try looks.disagreements(
            WithGoldenPrior.self, ScorerSizes(state: 4, attention: 6, filters: 2, filterWidth: 3))
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("dynamic convolution moves on by a word on average, by four at most, and never back") func prior() throws {
        var builder = ParameterBuilder(Parameters(), seed: 4)
        let attention = Attention(DynamicConvolutionScorer(ScorerSizes(state: 4, attention: 6), &builder))
        let zeros = Tensor.zeros([1, 4], near: builder.uniform("near", [1, 4], bound: 1))
        let memory = try attention.memory(states: Tensor.zeros([1, 9, 4], near: zeros), summary: zeros, lengths: [9])
        let stands = try Tensor([0, 0, 1, 0, 0, 0, 0, 0, 0], shape: [1, 9])
        let past = Past(previous: stands, coverage: stands, steps: 1)
        let v = try #require(builder.parameters["v"])
        try builder.parameters.set("v", to: v.values.map { _ in 0 })
        let weights = try attention.step(query: zeros, memory: memory, past: past).weights.values.map { Double($0) }
        let moves = weights.enumerated().map { Double($0.offset - 2) * $0.element }.reduce(0, +)
        #expect(abs(moves - 1) < 1e-3)
        #expect(weights[..<2].allSatisfy { $0 < 1e-5 } && weights[7...].allSatisfy { $0 < 1e-5 })
    }
}

/// The golden numbers have a prior of three moves, whose mean is a fifth of a word. What the scorer does with its scores
/// is its own: a mask that comes after the softmax shows in the weights.
private struct WithGoldenPrior: Wrapper {
    static let card = DynamicConvolutionScorer.card
    let inside: any AttentionScorer
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        let golden = try? Golden.cases("family.json").first { try $0["name"].string == Self.card.name }
        inside = DynamicConvolutionScorer(sizes, &parameters, moves: (try? golden?["prior"].numbers) ?? [])
    }
}
