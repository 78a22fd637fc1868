// Exercise 7: the additive score, on plain arrays and as a scorer of the library.

public import AttentionLab
import Foundation

public protocol BahdanauAnswers: Answers {
    associatedtype Scorer: AttentionScorer
    static func additiveScores(query: [Double], states: [[Double]], _ parameters: AdditiveParameters) throws -> [Double]
}

extension BahdanauAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 7), "the additive score", topic: "Bahdanau", lesson: "03_Bahdanau",
            hints: [
                "Follow the example in the header with your finger: what is computed once for the query, what once for each state, and in which order are +, tanh and vₐ?",
                "The sum Wₐ s + Uₐ hᵢ + b has A numbers for each position; tanh is taken of each of them, and the inner product with vₐ makes one number of the A. In the scorer, Uₐ h is in memory.keys already.",
                """
                On arrays: product(query, Wa) + b once, then for each state va · tanh(that + product(state, Ua)). In the scorer:

                    keys    try states.matmul(Ua)
                    scores  let fromQuery = try query.matmul(Wa, adding: b)
                            return try memory.keys.addingToEachPosition(fromQuery).tanh().dot(va)
                """,
            ],
            gaps: [
                Gap("additive scores", function: "additiveScores", checkScores),
                Gap("keys of the scorer", function: "keys", checkKeys),
                Gap("scores of the scorer", function: "scores", checkScorer),
            ])
    }

    // MARK: on plain arrays

    @Sendable private static func checkScores() throws {
        // As many positions as hidden units, and as many units as numbers in a state: a confusion of axes gives a wrong
        // number here and no index out of range.
        let p = AdditiveParameters(
            Wa: [[0.5, -0.5], [0, 2]], Ua: [[0.5, 0], [1, -1]], b: [-0.5, 1], va: [2, -1])
        let query = [2, 0.5], states = [[1, 0.5], [-2, 0]]
        try expectAnswer(
            additiveScores(query: query, states: states, p), equals: [1.3481793500297231, -1.6858284704757844],
            "additiveScores of the example in the header, query \(list(query)), states \(list(states)),",
            mistakes: mistakes(p, query, states))
        try expectAnswer(
            additiveScores(query: [2000, 0.5], states: states, p), equals: [3, 3],
            "additiveScores of the same example with the query [2000, 0.5]",
            otherwise:
                "tanh(1000) is 1, but (exp(x) - exp(-x)) / (exp(x) + exp(-x)) is ∞/∞ there; use the tanh of Foundation")

        // Four positions, states of three numbers, five hidden units, against the library.
        var random = RandomSource(seed: 7)
        let q = AdditiveParameters(D: 3, A: 5, &random), one = random.uniforms(3), four = random.uniforms(4, 3)
        let library = try libraryScores(q, query: one, states: four)
        try expectAnswer(
            additiveScores(query: one, states: four, q), equals: library, within: 1e-5,
            "additiveScores with D = 3, A = 5, S = 4",
            mistakes: mistakes(q, one, four),
            otherwise:
                "the library's BahdanauScorer gives the expected numbers; a loop may run over the wrong axis: s and hᵢ have D numbers, b and vₐ have A"
        )
    }

    private static func mistakes(_ p: AdditiveParameters, _ query: [Double], _ states: [[Double]]) -> [Mistake] {
        func changed(Wa: [[Double]]? = nil, Ua: [[Double]]? = nil, b: [Double]? = nil, va: [Double]? = nil) -> [Double]
        {
            AdditiveParameters(Wa: Wa ?? p.Wa, Ua: Ua ?? p.Ua, b: b ?? p.b, va: va ?? p.va).scores(
                query: query, states: states)
        }
        let zeros = p.Wa.map { $0.map { _ in 0.0 } }
        /// vₐ ⊙ (Wₐ s + Uₐ hᵢ + b), before the sum over the hidden units.
        let products = states.map { state in
            p.b.indices.map { a in
                p.va[a] * (Plain.rowProduct(query, p.Wa)[a] + Plain.rowProduct(state, p.Ua)[a] + p.b[a])
            }
        }
        /// vₐ · hidden, where a unit is made of its numbers of Wₐ s, Uₐ hᵢ and b.
        func units(_ unit: (Double, Double, Double) -> Double) -> [Double] {
            let fromQuery = Plain.rowProduct(query, p.Wa)
            return states.map { state in
                let fromState = Plain.rowProduct(state, p.Ua)
                return p.b.indices.map { a in p.va[a] * unit(fromQuery[a], fromState[a], p.b[a]) }.reduce(0, +)
            }
        }
        let anySizes = [
            Mistake(
                "the tanh is missing",
                gives: p.scores(query: query, states: states) { $0 }),
            Mistake(
                "this is ReLU, max(0, x); the formula has tanh, which also says how far a unit is below 0",
                gives: p.scores(query: query, states: states) { max(0, $0) }),
            Mistake(
                "this is the logistic function; the formula has tanh, from -1 to 1",
                gives: p.scores(query: query, states: states) { 1 / (1 + exp(-$0)) }),
            Mistake(
                "Uₐ hᵢ was forgotten: every position gets the same score, whatever its state is",
                gives: changed(Ua: zeros)),
            Mistake("Wₐ s was forgotten: the scores are the same for every query", gives: changed(Wa: zeros)),
            Mistake(
                "Wₐ and Uₐ are swapped: Wₐ belongs to the query, Uₐ to the states", gives: changed(Wa: p.Ua, Ua: p.Wa)),
            Mistake("the bias b is missing", gives: changed(b: p.b.map { _ in 0 })),
            Mistake(
                "b was added twice, with the query and with the state; it stands in the formula once",
                gives: changed(b: p.b.map { 2 * $0 })),
            Mistake(
                "b was added after the tanh; it stands inside, with Wₐ s and Uₐ hᵢ",
                gives: units { query, state, b in tanh(query + state) + b }),
            Mistake(
                "Wₐ s and Uₐ hᵢ went through tanh each by itself; they are added first, and tanh is taken of the sum",
                gives: units { query, state, b in tanh(query) + tanh(state) + b }),
            Mistake(
                "Wₐ s and Uₐ hᵢ went through tanh each by itself; they are added first, and tanh is taken of the sum",
                gives: units { query, state, b in tanh(query + b) + tanh(state) }),
            Mistake(
                "Wₐ s and Uₐ hᵢ went through tanh each by itself; they are added first, and tanh is taken of the sum",
                gives: units { query, state, b in tanh(query) + tanh(state + b) }),
            Mistake("these are weights already; a score comes before the softmax", gives: Plain.softmax(changed())),
            Mistake(
                "v is inside the tanh: each unit is multiplied by vₐ after its tanh, not before",
                gives: products.map { $0.map { tanh($0) }.reduce(0, +) }),
            Mistake(
                "v is inside the tanh: the tanh was taken of the whole sum; it is taken of each hidden unit, before vₐ",
                gives: products.map { tanh($0.reduce(0, +)) }),
            Mistake("vₐ is missing: the hidden units were only added up", gives: changed(va: p.va.map { _ in 1 })),
        ]
        return anySizes + axisMistakes(p, query, states)
    }

    /// Those that need equal sizes to give a number at all.
    private static func axisMistakes(_ p: AdditiveParameters, _ query: [Double], _ states: [[Double]]) -> [Mistake] {
        func scores(_ Wa: [[Double]], _ Ua: [[Double]], b: [Double], of states: [[Double]]) -> [Double] {
            AdditiveParameters(Wa: Wa, Ua: Ua, b: b, va: p.va).scores(query: query, states: states)
        }
        var result: [Mistake] = []
        if states.count <= p.b.count {
            let cause =
                "b was indexed by position; it has a number for each hidden unit, the same at every position, and stands inside the tanh"
            let unbiased = scores(p.Wa, p.Ua, b: p.b.map { _ in 0 }, of: states)
            result.append(Mistake(cause, gives: Plain.sum(unbiased, p.b)))
            result.append(
                Mistake(
                    cause,
                    gives: states.indices.map { i in
                        scores(p.Wa, p.Ua, b: p.b.map { _ in p.b[i] }, of: [states[i]])[0]
                    }))
        }
        if p.Wa.count == p.b.count {
            let (W, U) = (Plain.transposed(p.Wa), Plain.transposed(p.Ua))
            let cause = "rows and columns are exchanged: Wₐ s is Σ_d s_d · (row d of Wₐ), a column for each hidden unit"
            result += [(W, U), (W, p.Ua), (p.Wa, U)].map { Wa, Ua in
                Mistake(cause, gives: scores(Wa, Ua, b: p.b, of: states))
            }
        }
        return result
    }

    private static func libraryScores(_ p: AdditiveParameters, query: [Double], states: [[Double]]) throws -> [Double] {
        let parameters = Parameters(), query = try Tensor.query(query)
        var builder = ParameterBuilder(parameters, seed: 1)
        let scorer = BahdanauScorer(ScorerSizes(state: p.Wa.count, attention: p.b.count), &builder)
        for (name, values) in [("Wa", p.Wa.flatMap { $0 }), ("Ua", p.Ua.flatMap { $0 }), ("b", p.b), ("va", p.va)] {
            try parameters.set(name, to: values.map { Scalar($0) })
        }
        // The summary of the source is no part of the score; any tensor of its shape will do.
        let memory = try Memory(states: Tensor.states(states), summary: query, lengths: [states.count], scorer: scorer)
        return try scorer.scores(query: query, memory: memory, past: Past(before: memory)).rows[0]
    }

    // MARK: as a scorer

    @Sendable private static func checkKeys() throws {
        let pair = try Pair<Scorer>(), (states, Ua) = (pair.states, pair["Ua"])
        let expected = try states.matmul(Ua)
        try expect(
            pair.mine.keys(from: states).rows, equals: expected.rows, within: 1e-5,
            "keys(from:) of states [2,3,4], its rows sentence by sentence,",
            mistakes: [
                Mistake(
                    "the states were multiplied by Wₐ, which belongs to the query",
                    givesRows: try states.matmul(pair["Wa"]).rows),
                Mistake("these are the states themselves; the keys of this scorer are Uₐ hᵢ", givesRows: states.rows),
                Mistake(
                    "tanh is taken only when the query has been added, in `scores`", givesRows: expected.tanh().rows),
                Mistake(
                    "b was added; keys are Uₐ hᵢ alone, as the comment says",
                    givesRows: try states.matmul(Ua, adding: pair["b"]).rows),
            ])
    }

    @Sendable private static func checkScorer() throws {
        let pair = try Pair<Scorer>(), memory = pair.memory(keys: pair.keys), past = Past(before: memory)
        let (Wa, Ua, b, va) = (pair["Wa"], pair["Ua"], pair["b"], pair["va"]), query = pair.query
        func total(_ keys: Tensor, _ vector: Tensor) throws -> Tensor { try keys.addingToEachPosition(vector) }
        let fromQuery = try query.matmul(Wa, adding: b)
        let expected = try pair.theirs.scores(query: query, memory: memory, past: past)
        let got = try pair.mine.scores(query: query, memory: memory, past: past)
        try require(
            got.shape == [2, 3], "scores for 2 sentences of 3 words have the shape \(got.shape), expected [2,3]",
            cause: got.shape == [2, 3, 4]
                ? "the inner product with vₐ is missing; it makes one number of A"
                : "one score for each sentence and position: [B,S]")
        try expect(
            got.rows, equals: expected.rows, within: 1e-5, "scores of 2 sentences of 3 words",
            mistakes: [
                Mistake(
                    "the tanh is missing",
                    givesRows: try total(pair.keys, fromQuery).dot(va).rows),
                Mistake(
                    "the tanh was taken after the inner product with vₐ; it is taken of each hidden unit before",
                    givesRows: try total(pair.keys, fromQuery).dot(va).tanh().rows),
                Mistake(
                    "this is the logistic function; the formula has tanh",
                    givesRows: try total(pair.keys, fromQuery).sigmoid().dot(va).rows),
                Mistake(
                    "Wₐ s and Uₐ hᵢ went through tanh each by itself; they are added first, and tanh is taken of the sum",
                    givesRows: try total(pair.keys.tanh(), fromQuery.tanh()).dot(va).rows),
                Mistake(
                    "b was added twice; it stands in the formula once",
                    givesRows: try total(pair.keys, fromQuery + b).tanh().dot(va).rows),
                Mistake(
                    "b was added after the tanh; it stands inside, with Wₐ s and Uₐ hᵢ",
                    givesRows: try (total(pair.keys, query.matmul(Wa)).tanh() + b).dot(va).rows),
                Mistake(
                    "the inner product was taken with the query; vₐ is what makes one number of the hidden units",
                    givesRows: try total(pair.keys, fromQuery).tanh().dot(query).rows),
                Mistake("the bias b is missing", givesRows: try total(pair.keys, query.matmul(Wa)).tanh().dot(va).rows),
                Mistake(
                    "the query was multiplied by Uₐ, which belongs to the states",
                    givesRows: try total(pair.keys, query.matmul(Ua, adding: b)).tanh().dot(va).rows),
                Mistake(
                    "the query was added as it is; Wₐ s is missing",
                    givesRows: try total(pair.keys, query + b).tanh().dot(va).rows),
                Mistake(
                    "the keys were computed again from memory.states, at every step; they wait in memory.keys",
                    givesRows: try total(pair.states.matmul(Ua), fromQuery).tanh().dot(va).rows),
                Mistake(
                    "memory.keys are Uₐ hᵢ already; here they were multiplied by Uₐ once more",
                    givesRows: try total(pair.keys.matmul(Ua), fromQuery).tanh().dot(va).rows),
                Mistake(
                    "the states were used where the keys belong: memory.keys",
                    givesRows: try total(pair.states, fromQuery).tanh().dot(va).rows),
                Mistake(
                    "these are weights already; a scorer gives scores, and Attention takes the softmax",
                    givesRows: try expected.maskedSoftmax(lengths: [3, 3]).rows),
            ])
        // From here on with the student's own keys, which gap 2 asks for, and with D, A and S that all differ: above
        // they are alike, so that every mistake gives numbers and can be named.
        try expectSame(
            Scorer.self, as: BahdanauScorer.self,
            otherwise: "scores are right where the keys are given, so look at keys(from:)")
        try expectPromises(of: Scorer.self)
    }
}

/// The student's scorer and the library's with the same numbers, on a batch of two sentences of three words with D = A
/// = 4: all that can be mistaken for another has its shape.
private struct Pair<Mine: AttentionScorer> {
    let mine: Mine, theirs: BahdanauScorer
    let parameters = Parameters()
    let states: Tensor, query: Tensor, summary: Tensor
    /// Unlike what any scorer makes of the states, so that a scorer which computes its keys again is found out.
    let keys: Tensor

    init() throws {
        var builder = ParameterBuilder(parameters, seed: 7)
        let sizes = ScorerSizes(state: 4, attention: 4)
        states = builder.uniform("states", [2, 3, 4], bound: 1)
        query = builder.uniform("query", [2, 4], bound: 1)
        keys = builder.uniform("keys", [2, 3, 4], bound: 1)
        summary = Tensor.zeros([2, 4], near: states)
        var scope = builder.scope("theirs")
        theirs = BahdanauScorer(sizes, &scope)
        // Biases begin at zero, where a forgotten one would not be noticed.
        try parameters.set("theirs.b", to: [0.5, -1, 0.25, 1])
        scope = builder.scope("mine")
        mine = Mine(sizes, &scope)
        for name in ["Wa", "Ua", "b", "va"] { try parameters.set("mine." + name, to: self[name].values) }
    }

    /// A parameter by its name.
    subscript(_ name: String) -> Tensor { parameters["theirs." + name] ?? summary }

    func memory(keys: Tensor) -> Memory { Memory(states: states, summary: summary, lengths: [3, 3], keys: keys) }
}
