// Local and monotonic attention against numbers from PyTorch: weights, contexts and all gradients of several looks, as
// means and as walks that take their steps.

import AttentionLab
import TestSupport
import Testing

@testable import AttentionScorers

private let energy = ["Ws": "W", "Wh": "V", "b": "b", "v": "v", "g": "g", "r": "r"]
private let additive = ["Ws": "Wa", "Wh": "Ua", "b": "b", "v": "va"]
private let chunked = energy.merging(additive.map { ("chunk_" + $0, "chunk." + $1) }) { $1 }
private let predicted = ["W": "Wa", "Wp": "Wp", "vp": "vp"]

/// A case, who computes it, and what it sees.
private struct Walker: Sendable, CustomTestStringConvertible {
    let name: String
    let scorer: any AttentionScorer.Type
    let layout: [String: String]
    var window = 2

    var testDescription: String { name }
}

private let walkers = [
    Walker(name: "local-m", scorer: LocalMonotonicScorer.self, layout: ["W": "Wa"], window: 1),
    Walker(name: "local-p", scorer: LocalPredictivePaperScorer.self, layout: predicted),
    Walker(name: "local-p-normalised", scorer: LocalPredictiveScorer.self, layout: predicted),
    Walker(name: "monotonic", scorer: MonotonicPaperScorer.self, layout: energy),
    Walker(name: "monotonic-last", scorer: MonotonicScorer.self, layout: energy),
    Walker(name: "mocha", scorer: OpenMocha.self, layout: chunked),
    Walker(name: "mocha-last", scorer: MochaScorer.self, layout: chunked),
    Walker(name: "stepwise", scorer: OpenStepwise.self, layout: energy),
    Walker(name: "stepwise-last", scorer: StepwiseScorer.self, layout: energy),
    Walker(name: "forward", scorer: ForwardScorer.self, layout: additive),
    Walker(
        name: "forward-agent", scorer: ForwardAgentScorer.self,
        layout: additive.merging(["w": "w", "bu": "bu"]) { $1 }),
]

@Suite("Golden walks and windows") struct GoldenWalkTests {
    private func sizes(_ walker: Walker) -> ScorerSizes {
        ScorerSizes(state: 4, attention: 6, window: walker.window, chunk: 2)
    }

    private func looks(_ walker: Walker) throws -> GoldenLooks { try GoldenLooks(walker.name, layout: walker.layout) }

    /// The noise of the case, which a training step would have drawn.
    private func how(_ looks: GoldenLooks, fused: Bool) throws -> Weighting {
        let noise = try? looks["noise"].numbers
        return Weighting(usesFusedKernels: fused, noise: noise.map { Noise(given: ["energies": $0]) })
    }

    @Test("weights, contexts and gradients of several looks", arguments: walkers, [true, false])
    private func agrees(walker: Walker, fused: Bool) throws {
        let looks = try looks(walker)
        let found = try looks.disagreements(walker.scorer, sizes(walker), how(looks, fused: fused))
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test(
        "MoChA goes on from where it stopped, not from where it looked",
        arguments: walkers.filter { $0.name.hasPrefix("mocha") })
    private func stops(walker: Walker) throws {
        let looks = try looks(walker)
        var steps = 0
        _ = try looks.disagreements(walker.scorer, sizes(walker), how(looks, fused: true)) { step in
            let expected = try looks["alphas"].list[steps].scalars, carried = try #require(step.past.carried)
            #expect(disagreement("stops of step \(steps)", carried.values, expected) == nil)
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    @Test(
        "a hard decision takes the walk's steps",
        arguments: walkers.filter { $0.scorer.card.decides && !$0.name.hasPrefix("mocha") })
    private func hard(walker: Walker) throws {
        let looks = try looks(walker)
        var steps = 0
        _ = try looks.disagreements(walker.scorer, sizes(walker), Weighting(decision: .hard)) { step in
            let places = try looks["hard"].list[steps].integers
            let expected = places.flatMap { place in (0..<5).map { $0 == place ? Scalar(1) : 0 } }
            #expect(step.weights.values == expected, "step \(steps)")
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    @Test(
        "a hard decision of MoChA is one stop and one softmax", arguments: walkers.filter { $0.name.hasPrefix("mocha") }
    )
    private func hardChunks(walker: Walker) throws {
        let looks = try looks(walker)
        var steps = 0
        _ = try looks.disagreements(walker.scorer, sizes(walker), Weighting(decision: .hard)) { step in
            let expected = try looks["hard_weights"].list[steps].scalars
            #expect(disagreement("weights of step \(steps)", step.weights.values, expected) == nil)
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    @Test("the agent's share is carried on", arguments: ["forward-agent"]) func movers(name: String) throws {
        let walker = try #require(walkers.first { $0.name == name }), looks = try looks(walker)
        var steps = 0
        _ = try looks.disagreements(walker.scorer, sizes(walker)) { step in
            // The share of a step is that which the step before has carried.
            if steps + 1 < 3 {
                let expected = try looks["movers"].list[steps + 1].scalars
                let carried = try #require(step.past.carried)
                #expect(disagreement("share after step \(steps)", carried.values, expected) == nil)
            }
            steps += 1
            return step.weights
        }
        #expect(steps == 3)
    }

    // MARK: what the numbers do not cover

    private struct Problem {
        let parameters = Parameters()
        let attention: Attention, memory: Memory, queries: [Tensor]

        init(
            _ type: any AttentionScorer.Type, chunk: Int = 3, window: Int = 5, lengths: [Int] = [9, 6, 1],
            _ how: Weighting = Weighting()
        ) throws {
            var builder = ParameterBuilder(parameters, seed: 4)
            let states = builder.uniform("states", [lengths.count, lengths.max() ?? 1, 6], bound: 1)
            queries = (0..<4).map { builder.uniform("query \($0)", [lengths.count, 6], bound: 2) }
            var scope = builder.scope("scorer")
            attention = Attention(
                type.init(ScorerSizes(state: 6, attention: 5, window: window, chunk: chunk), &scope), how)
            memory = try attention.memory(states: states, summary: queries[0], lengths: lengths)
        }

        func steps() throws -> [Attention.Step] {
            var past = Past(before: memory)
            return try queries.map {
                let step = try attention.step(query: $0, memory: memory, past: past)
                past = step.past
                return step
            }
        }
    }

    @Test("MoChA with chunks of one word is monotonic attention", arguments: [Decision.soft, .hard])
    func oneWordChunks(decision: Decision) throws {
        let how = Weighting(decision: decision)
        let chunks = try Problem(MochaScorer.self, chunk: 1, how).steps()
        let words = try Problem(MonotonicScorer.self, how).steps()
        for (a, b) in zip(chunks, words) { #expect(agree(a.weights.values, b.weights.values.map { Double($0) })) }
    }

    @Test(
        "a walk never goes back", arguments: [MonotonicScorer.self, StepwiseScorer.self] as [any AttentionScorer.Type])
    func neverBack(type: any AttentionScorer.Type) throws {
        var reached: [Double] = []
        for step in try Problem(type).steps() {
            // What has passed each word of the first sentence grows from step to step.
            let row = step.weights.values.prefix(9).map { Double($0) }
            let beyond = row.indices.map { row[$0...].reduce(0, +) }
            for (now, before) in zip(beyond, reached) { #expect(now >= before - 1e-5) }
            reached = beyond
        }
    }

    @Test(
        "stepwise and forward attention reach word t at step t, and no further",
        arguments: [StepwiseScorer.self, ForwardScorer.self, ForwardAgentScorer.self] as [any AttentionScorer.Type])
    func oneWordAStep(type: any AttentionScorer.Type) throws {
        for (t, step) in try Problem(type).steps().enumerated() {
            let row = step.weights.values.prefix(9)
            #expect(row[t + 1] > 0 && row[(t + 2)...].allSatisfy { $0 == 0 }, "step \(t)")
        }
    }

    @Test("noise is drawn in training alone, and another at each step") func noise() throws {
        let quiet = try Problem(MonotonicScorer.self).steps()[0].weights.values
        func noisy(_ step: Int) throws -> [Scalar] {
            let how = Weighting(decision: .hard, noise: Noise(seed: 3, step: step, shard: 0))
            return try Problem(MonotonicScorer.self, how).steps()[0].weights.values
        }
        let first = try noisy(0)
        // Soft in training, whatever the decision.
        #expect(first.contains { $0 > 0 && $0 < 1 })
        try #expect(first != quiet && first != noisy(1) && first == noisy(0))
    }

    @Test("a walk begins without a bias to the first word or past all of them") func beginning() throws {
        let energy = try Problem(MonotonicScorer.self)
        #expect(energy.parameters["scorer.g"]?.values == [1] && energy.parameters["scorer.r"]?.values == [-1])
        // The length of v is in g alone.
        let before = try energy.steps()[0].weights.values
        let v = try #require(energy.parameters["scorer.v"])
        try energy.parameters.set("scorer.v", to: v.values.map { $0 * 8 })
        #expect(try agree(energy.steps()[0].weights.values, before.map { Double($0) }))
    }

    @Test("the window of local-m goes with the target and stays at the last word") func window() throws {
        let problem = try Problem(LocalMonotonicScorer.self, window: 1, lengths: [9, 2, 1])
        for (t, step) in try problem.steps().enumerated() {
            for (b, n) in [9, 2, 1].enumerated() {
                let seen = (0..<9).filter { step.weights.values[b * 9 + $0] != 0 }, centre = min(t, n - 1)
                #expect(seen == (0..<n).filter { abs($0 - centre) <= 1 }, "step \(t), sentence \(b)")
            }
        }
    }

    @Test(
        "windows around places between words",
        arguments: [
            (0.0, 0..<3), (2.0, 0..<5), (2.5, 1..<5), (8.9, 7..<9), (9.0, 7..<9), (.nan, 0..<9),
        ])
    func windows(place: Double, window: Range<Int>) {
        #expect(SentenceWindow.around([Scalar(place)], width: 2, lengths: [9]) == [window])
    }

    @Test("without a window's padding local-p is the same: its place is a share of the real length") func padded()
        throws
    {
        for type in [LocalPredictiveScorer.self, LocalPredictivePaperScorer.self] as [any AttentionScorer.Type] {
            let together = try Problem(type, lengths: [9, 4]), width = 9
            let alone = try together.attention.step(
                query: together.queries[0].gathered([1]),
                memory: Memory(
                    states: together.memory.states.gathered([1]).swappingFirstAxes().reshaped([9, 6]).rows(0..<4)
                        .reshaped([1, 4, 6]),
                    summary: together.queries[0].gathered([1]), lengths: [4], scorer: together.attention.scorer),
                past: Past(before: together.memory.gathered([1])))
            let row = try together.steps()[0].weights.values[width..<width + 4]
            #expect(agree(alone.weights.values, row.map { Double($0) }))
        }
    }
}

// MARK: the papers' own ends

private struct OpenMocha: Wrapper {
    static let card = MochaScorer.card
    let inside: any AttentionScorer
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        inside = MochaScorer(sizes, &parameters, ending: .open)
    }
}

private struct OpenStepwise: Wrapper {
    static let card = StepwiseScorer.card
    let inside: any AttentionScorer
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        inside = StepwiseScorer(sizes, &parameters, ending: .open)
    }
}
