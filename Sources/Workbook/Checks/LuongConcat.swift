// Exercise 6: concat scores as written, as two products, and as a scorer.

public import AttentionLab
import Foundation

public protocol LuongConcatAnswers: Answers {
    associatedtype Scorer: AttentionScorer
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double]
    static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]]
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
}

extension LuongConcatAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 6), "Luong's concatenation, and why it is two products", topic: "LuongConcat",
            lesson: "04_LuongAndLocation",
            hints: [
                "Work from the inside out: [s ; h] is query + state for arrays, W makes A numbers of it, each goes through tanh, and v makes one number of them. A product of a row of W with [s ; h] is a sum; which of its terms do not need the query?",
                "The last K columns of W meet the state, the first D the query: row.suffix(state.count) and row.prefix(query.count). Add the two halves before the tanh. In the scorer the halves are rows of Wa, and a vector is added at every position with addingToEachPosition.",
                """
                With arrays, where dot is Σ aₖ bₖ; a score, a key, and a score from a key:

                    dot(vector, matrix.map { tanh(dot($0, query + state)) })
                    matrix.map { dot(Array($0.suffix(state.count)), state) }
                    dot(vector, zip(half, key).map { tanh($0 + $1) })

                In the scorer:

                    keys    try states.matmul(Wa.rows(D..<2 * D))
                    scores  try memory.keys.addingToEachPosition(query.matmul(Wa.rows(0..<D))).tanh().dot(va)
                """,
            ],
            gaps: [
                Gap("concat scores", function: "concatScores", checkConcat),
                Gap("the state's half", function: "stateHalf", checkHalf),
                Gap("scores from the keys", function: "splitScores", checkSplit),
                Gap("keys of the scorer", function: "keys", checkKeys),
                Gap("scores of the scorer", function: "scores", checkScorer),
            ])
    }

    private static func tanhs(_ numbers: [Double]) -> [Double] { numbers.map { tanh($0) } }

    /// vᵀ tanh(half + key) for every key.
    private static func additive(_ half: [Double], _ keys: [[Double]], _ v: [Double]) -> [Double] {
        keys.map { Plain.dot(v, tanhs(Plain.sum(half, $0))) }
    }

    // The example of the exercise's header.
    private static var query: [Double] { [1, 2] }
    private static var v: [Double] { [1, 2] }
    private static var W: [[Double]] { [[0.5, 0, 1, 0], [0, 0.25, 0, -0.5]] }
    /// The columns of W that meet a state.
    private static var stateColumns: [[Double]] { W.map { $0.suffix(2) } }
    private static var states: [[Double]] { [[0.5, -1], [-1, -1], [1, 3]] }
    private static var keys: [[Double]] { [[0.5, 0.5], [-1, 0.5], [1, -1.5]] }
    /// tanh 1 + 2 tanh 1, tanh(−0.5) + 2 tanh 1 and tanh 1.5 − 2 tanh 1.
    private static var e: [Double] { [2.2847824678672946, 1.06107115465152, -0.6180400582666633] }

    @Sendable private static func checkConcat() throws {
        let joined = states.map { query + $0 }, hidden = joined.map { Plain.multiply(W, $0) }
        try expect(
            concatScores(query: query, states: states, matrix: W, vector: v), equals: e,
            "concatScores(query: \(list(query)), states: \(list(states)), matrix: \(list(W)), vector: \(list(v)))",
            mistakes: [
                Mistake(
                    "concatenated in the wrong order, [h ; s]: the first columns of W belong to the query",
                    gives: states.map { Plain.dot(v, tanhs(Plain.multiply(W, $0 + query))) }),
                Mistake("the tanh is missing", gives: hidden.map { Plain.dot(v, $0) }),
                Mistake(
                    "v was multiplied before the tanh: tanh(vᵀ W [s ; h]) instead of vᵀ tanh(W [s ; h])",
                    gives: hidden.map { tanh(Plain.dot(v, $0)) }),
                Mistake("v is missing: the tanhs were only added up", gives: hidden.map { tanhs($0).reduce(0, +) }),
                Mistake(
                    "tanh was taken of [s ; h], before W",
                    gives: joined.map { Plain.dot(v, Plain.multiply(W, tanhs($0))) }),
                Mistake(
                    "the query is missing: only the state's half of W was used",
                    gives: keys.map { Plain.dot(v, tanhs($0)) }),
                Mistake(
                    "query and state were added; concatenated they are one vector of D + K numbers",
                    gives: states.map { Plain.dot(v, tanhs(Plain.multiply(W, Plain.sum(query, $0)))) }),
                Mistake(
                    "the two halves went through tanh each by itself; add them first",
                    gives: keys.map { Plain.dot(v, Plain.sum(tanhs(Plain.multiply(W, query)), tanhs($0))) }),
                Mistake(
                    "these are the numbers after the tanh; their product with v is missing",
                    gives: hidden.flatMap(tanhs)),
            ], otherwise: "for each state: query + state, W times that, tanh of each number, the dot product with v")
        // A = 3, D = 1 and K = 2: sizes that cannot be taken for one another.
        let W3 = [[1.0, 0, 0], [0, 1, 0], [1, 1, 1]], v3 = [1.0, -1, 0.5]
        try expect(
            concatScores(query: [0.5], states: [[1, -1]], matrix: W3, vector: v3),
            equals: [tanh(0.5) - tanh(1) + 0.5 * tanh(0.5)],
            "concatScores(query: [0.5], states: [[1, -1]], matrix: \(list(W3)), vector: \(list(v3)))",
            otherwise:
                "here A is 3, the query's width 1 and the state's 2; is one size used for another, or written into the code?"
        )
    }

    @Sendable private static func checkHalf() throws {
        try expect(
            stateHalf(states: states, matrix: W), equals: keys,
            "stateHalf(states: \(list(states)), matrix: \(list(W)))",
            mistakes: [
                Mistake(
                    "these are the query's columns of W, the first ones; the state's are the last",
                    givesRows: states.map { Plain.multiply(W, $0) }),
                Mistake("tanh comes after the two halves are added, not before", givesRows: keys.map(tanhs)),
                Mistake(
                    "the columns are off by one",
                    givesRows: states.map { state in Plain.multiply(W.map { Array($0.dropFirst()) }, state) }),
                Mistake(
                    "the state's columns of W were added up without the state",
                    givesRows: states.map { _ in W.map { $0.suffix(2).reduce(0, +) } }),
                Mistake(
                    "W_h is transposed: a row of W for each number of a key",
                    givesRows: states.map { [$0[0], -0.5 * $0[1]].reversed() }),
            ], otherwise: "for each state a number for every row of W: the row's last columns times the state")
        let W3 = [[1.0, 0, 0], [0, 1, 0], [1, 1, 1]]
        try expect(
            stateHalf(states: [[2, -1]], matrix: W3), equals: [[0, 2, 1]],
            "stateHalf(states: [[2, -1]], matrix: \(list(W3)))",
            otherwise:
                "here W has 3 columns, and 2 of them belong to the state, as many as it has numbers; is W cut in the middle?"
        )
    }

    @Sendable private static func checkSplit() throws {
        let half = [0.5, 0.5]
        try expect(
            splitScores(query: query, keys: keys, matrix: W, vector: v), equals: e,
            "splitScores(query: \(list(query)), keys: \(list(keys)), matrix: \(list(W)), vector: \(list(v)))",
            mistakes: [
                Mistake("the tanh is missing", gives: keys.map { Plain.dot(v, Plain.sum(half, $0)) }),
                Mistake(
                    "v was multiplied before the tanh", gives: keys.map { tanh(Plain.dot(v, Plain.sum(half, $0))) }),
                Mistake(
                    "the halves went through tanh each by itself; add them first",
                    gives: keys.map { Plain.dot(v, Plain.sum(tanhs(half), tanhs($0))) }),
                Mistake("the query's half is missing", gives: additive([0, 0], keys, v)),
                Mistake("the query was added as it is; W_s s is what belongs there", gives: additive(query, keys, v)),
                Mistake(
                    "the query met the last columns of W, which belong to the state",
                    gives: additive(Plain.multiply(stateColumns, query), keys, v)),
                Mistake(
                    "W was applied to the keys again; they are W_h hᵢ already",
                    gives: additive(half, keys.map { Plain.multiply(stateColumns, $0) }, v)),
                Mistake("v is missing: the tanhs were only added up", gives: additive(half, keys, [1, 1])),
            ], otherwise: "W_s s, the query's columns of W times the query, is added to every key; then tanh and v")
        var random = RandomSource(seed: 6)
        let (W5, v5, s, h) = (random.normals(5, 7), random.normals(5), random.normals(4), random.normals(6, 3))
        let keys5 = h.map { state in Plain.multiply(W5.map { $0.suffix(3) }, state) }
        let concatenated = h.map { Plain.dot(v5, tanhs(Plain.multiply(W5, s + $0))) }
        try expect(
            splitScores(query: s, keys: keys5, matrix: W5, vector: v5), equals: concatenated,
            "with random numbers (A = 5, a query of 4, 6 states of 3), beside vᵀ tanh(W [s ; hᵢ]) computed as it is written, the list of split scores",
            otherwise:
                "the query has 4 numbers, so the first 4 columns of W are its own; is W cut in the middle, or a size written into the code?"
        )
    }

    /// The header's W as Wa, and tensors of the example for two sentences, which have different queries.
    private static func example() throws -> (scorer: Scorer, states: Tensor, query: Tensor, queries: [[Double]]) {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let scorer = Scorer(ScorerSizes(state: 2, attention: 2), &builder)
        try parameters.set("Wa", to: (0..<4).flatMap { column in W.map { Scalar($0[column]) } })
        try parameters.set("va", to: v.map { Scalar($0) })
        let numbers = states.flatMap { $0.map { Scalar($0) } }
        return try (
            scorer, Tensor(numbers + numbers, shape: [2, 3, 2]), Tensor([1, 2, 0, -1], shape: [2, 2]),
            [query, [0, -1]]
        )
    }

    @Sendable private static func checkKeys() throws {
        let example = try example()
        let result = try example.scorer.keys(from: example.states)
        try require(
            result.shape == [2, 3, 2],
            "keys(from: states) of states with the shape [2,3,2] and A = 2 has the shape \(result.shape), expected [2,3,2]: A numbers for every state"
        )
        func twice(_ rows: [[Double]]) -> [[Double]] { rows + rows }
        try expect(
            result.rows, equals: twice(keys), within: 1e-5,
            "with the W of the header and the states \(list(states)) in both sentences, the key",
            mistakes: [
                Mistake(
                    "these are the rows of Wa that belong to the query; the state's are D..<2 * D",
                    givesRows: twice(states.map { Plain.multiply(W, $0) })),
                Mistake("tanh comes after the two halves are added, in scores", givesRows: twice(keys.map(tanhs))),
                Mistake("these are the states; W_h is missing", givesRows: twice(states)),
                Mistake(
                    "both halves of Wa were applied to the states",
                    givesRows: twice(states.map { Plain.sum(Plain.multiply(W, $0), Plain.multiply(stateColumns, $0)) })),
            ], otherwise: "keys are W_h hᵢ for every state")
    }

    @Sendable private static func checkScorer() throws {
        let example = try example()
        // With the right keys, whatever the gap before gives.
        let memory = try Memory(
            states: example.states, summary: example.query, lengths: [3, 3],
            keys: Tensor((keys + keys).flatMap { $0.map { Scalar($0) } }, shape: [2, 3, 2]))
        let result = try example.scorer.scores(query: example.query, memory: memory, past: Past(before: memory))
        try require(
            result.shape == [2, 3],
            "scores of 2 sentences of 3 words have the shape \(result.shape), expected [2,3]: a score for every word of every sentence"
        )
        func both(_ scores: ([Double]) -> [Double]) -> [[Double]] { example.queries.map { scores($0) } }
        func half(_ query: [Double]) -> [Double] { Plain.multiply(W, query) }
        try expect(
            result.rows, equals: both { additive(half($0), keys, v) }, within: 1e-5,
            "with the queries \(list(example.queries)) and the keys \(list(keys)) in both sentences, the score",
            mistakes: [
                Mistake(
                    "the tanh is missing",
                    givesRows: both { query in keys.map { Plain.dot(v, Plain.sum(half(query), $0)) } }),
                Mistake(
                    "v was multiplied before the tanh",
                    givesRows: both { query in keys.map { tanh(Plain.dot(v, Plain.sum(half(query), $0))) } }),
                Mistake("the query's half is missing", givesRows: both { _ in additive([0, 0], keys, v) }),
                Mistake(
                    "the query was added as it is; query.matmul(Wa.rows(0..<D)) is what belongs there",
                    givesRows: both { additive($0, keys, v) }),
                Mistake(
                    "the query was multiplied by the rows of Wa that belong to the state",
                    givesRows: both { additive(Plain.multiply(stateColumns, $0), keys, v) }),
                Mistake(
                    "the states were used instead of memory.keys: W_h is missing",
                    givesRows: both { additive(half($0), states, v) }),
                Mistake(
                    "W_h was applied to the keys once more; they have it already",
                    givesRows: both { additive(half($0), keys.map { Plain.multiply(stateColumns, $0) }, v) }),
                Mistake(
                    "the halves went through tanh each by itself; add them first",
                    givesRows: both { query in keys.map { Plain.dot(v, Plain.sum(tanhs(half(query)), tanhs($0))) } }),
            ], otherwise: "W_s s of each sentence is added to its keys; then tanh, and the dot product with va")
        try expectSame(
            Scorer.self, as: LuongConcatScorer.self,
            otherwise: "scores are right where the keys are given, so look at keys(from:)")
        try expectPromises(of: Scorer.self)
    }
}
