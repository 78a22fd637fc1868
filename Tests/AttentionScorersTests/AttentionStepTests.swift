// What golden numbers do not cover: the projected dot product, what a step remembers, and the two ways to keep padding
// out.

import AttentionLab
import TestSupport
import Testing

@Suite("Attention step") struct AttentionStepTests {
    private let sizes = ScorerSizes(state: 4, attention: 3)

    private func problem(
        _ type: any AttentionScorer.Type, _ normalisation: Normalisation = .masked
    ) throws
        -> (parameters: Parameters, attention: Attention, memory: Memory, query: Tensor)
    {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 3)
        let states = builder.uniform("states", [2, 3, 4], bound: 1), query = builder.uniform("query", [2, 4], bound: 1)
        var scope = builder.scope("scorer")
        let attention = Attention(type.init(sizes, &scope), normalisation: normalisation)
        let memory = try attention.memory(
            states: states, summary: Tensor.zeros([2, 4], near: states), lengths: [3, 2])
        return (parameters, attention, memory, query)
    }

    private func rows(_ tensor: Tensor) -> [[Double]] {
        let width = tensor.shape.last
        return (0..<tensor.count / width).map { r in (0..<width).map { Double(tensor.values[r * width + $0]) } }
    }

    @Test("projected-dot is (s Wq) · (hᵢ Wk) / √A") func projectedDot() throws {
        let (parameters, attention, memory, query) = try problem(ProjectedDotScorer.self)
        let scores = rows(try attention.scorer.scores(query: query, memory: memory, past: Past(before: memory)))
        let Wq = rows(try #require(parameters["scorer.Wq"])), Wk = rows(try #require(parameters["scorer.Wk"]))
        let states = rows(memory.states), queries = rows(query)
        func projected(_ x: [Double], _ W: [[Double]]) -> [Double] {
            (0..<3).map { a in (0..<4).map { x[$0] * W[$0][a] }.reduce(0, +) }
        }
        for b in 0..<2 {
            for i in 0..<3 {
                let q = projected(queries[b], Wq), k = projected(states[b * 3 + i], Wk)
                let expected = zip(q, k).map { $0 * $1 }.reduce(0, +) / 3.0.squareRoot()
                #expect(agree(scores[b][i], expected, of: 1), "sentence \(b), word \(i)")
            }
        }
    }

    @Test("a step remembers its weights, and their sum", arguments: [false, true]) func past(readsCoverage: Bool) throws
    {
        let (_, attention, memory, query) = try problem(readsCoverage ? CoverageScorer.self : LuongDotScorer.self)
        let first = try attention.step(query: query, memory: memory, past: Past(before: memory))
        let second = try attention.step(query: first.context, memory: memory, past: first.past)
        #expect(first.past.previous.values == first.weights.values)
        #expect(second.past.previous.values == second.weights.values)
        #expect(second.past.steps == 2)
        try #expect(second.past.coverage().values == zip(first.weights.values, second.weights.values).map { $0 + $1 })
        // A beam keeps the rows of the hypotheses that live on.
        let forked = try second.past.gathered([1, 1])
        #expect(forked.previous.values == Array(second.weights.values[3...] + second.weights.values[3...]))
    }

    @Test("renormalising: the same weights as masking, until padding scores so high that nothing is left to divide by")
    func renormalising() throws {
        let scores = try Tensor([1, 2, 3, 0, 1, 2], shape: [2, 3])
        let masked = rows(try scores.maskedSoftmax(lengths: [3, 2])),
            divided = rows(try scores.renormalisingSoftmax(lengths: [3, 2]))
        for (a, b) in zip(masked.joined(), divided.joined()) { #expect(agree(a, b, of: 1)) }
        #expect(divided[1][2] == 0)
        let high = try Tensor([0, 0, 2000], shape: [1, 3])
        try #expect(high.renormalisingSoftmax(lengths: [2]).values[0].isNaN)
        try #expect(high.maskedSoftmax(lengths: [2]).values == [0.5, 0.5, 0])
    }

    @Test("the normalisation that was chosen is the one that runs") func choice() throws {
        let (parameters, attention, memory, query) = try problem(LuongDotScorer.self, .renormalising)
        // Real words that score so far below the padding, which scores 0, that nothing of them is left.
        var states = memory.states.values
        for i in 3..<5 { for d in 0..<4 { states[i * 4 + d] = query.values[4 + d] * -1e4 } }
        try parameters.set("states", to: states)
        let fresh = try attention.memory(
            states: #require(parameters["states"]), summary: memory.summary, lengths: memory.lengths)
        let step = try attention.step(query: query, memory: fresh, past: Past(before: fresh))
        #expect(step.weights.values[3].isNaN)
    }
}
