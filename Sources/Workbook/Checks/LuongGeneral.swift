// Exercise 5: general scores, with arrays and as a scorer.

public import AttentionLab
import Foundation

public protocol LuongGeneralAnswers: Answers {
    associatedtype Scorer: AttentionScorer
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double]
}

extension LuongGeneralAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 5), "Luong's general scores, the first with parameters", topic: "LuongGeneral",
            lesson: "04_LuongAndLocation",
            hints: [
                "Read sᵀ W hᵢ from the right: W times a state is a vector as wide as the query, and the rest is the dot product of exercise 3. Which of the two products does not need the query?",
                "(W h)[j] is the sum over k of W[j][k] h[k]: a row of W for each number. In the scorer the first product belongs in keys and the second in scores. The library multiplies rows from the left, x.matmul(W) = x W, and Wa is already stored for that.",
                """
                With arrays, where dot is Σ aₖ bₖ:

                    states.map { state in dot(query, matrix.map { row in dot(row, state) }) }

                In the scorer:

                    keys    try states.matmul(Wa)
                    scores  try memory.keys.dot(query)
                """,
            ],
            gaps: [
                Gap("general scores", function: "generalScores", checkArrays),
                Gap("keys of the scorer", function: "keys", checkKeys),
                Gap("scores of the scorer", function: "scores", checkScorer),
            ])
    }

    private static func dots(_ query: [Double], _ keys: [[Double]]) -> [Double] { keys.map { Plain.dot(query, $0) } }

    // The example of the exercise's header.
    private static var query: [Double] { [1, 2] }
    private static var W: [[Double]] { [[0, 1], [3, -1]] }
    private static var transposed: [[Double]] { [[0, 3], [1, -1]] }
    private static var states: [[Double]] { [[1, 1], [2, 0], [0, 3]] }
    private static var keys: [[Double]] { [[1, 2], [0, 6], [3, -3]] }

    @Sendable private static func checkArrays() throws {
        let e = [5.0, 12, -3]
        try expect(
            generalScores(query: query, matrix: W, states: states), equals: e,
            "generalScores(query: \(list(query)), matrix: \(list(W)), states: \(list(states)))",
            mistakes: [
                Mistake(
                    "W is transposed: its rows belong to the query, its columns to the state, (W h)[j] = Σₖ W[j][k] h[k]",
                    gives: dots(query, states.map { Plain.multiply(transposed, $0) })),
                Mistake("W is missing: this is the plain dot product", gives: dots(query, states)),
                Mistake(
                    "W was applied to the query as well as to the states; it stands in the formula once",
                    gives: dots(Plain.multiply(W, query), keys)),
                Mistake(
                    "W was applied to the query as well as to the states; it stands in the formula once",
                    gives: dots(Plain.multiply(transposed, query), keys)),
                Mistake(
                    "only the diagonal of W was used; every unit of the query meets every unit of the state",
                    gives: states.map { query[0] * W[0][0] * $0[0] + query[1] * W[1][1] * $0[1] }),
                Mistake(
                    "the query is missing: the sum of W hᵢ, not its product with s", gives: keys.map { $0.reduce(0, +) }
                ),
                Mistake(
                    "these are the keys W hᵢ; their dot product with the query is what is missing",
                    gives: keys.flatMap { $0 }),
                Mistake(
                    "the scores were divided by √D, which belongs to another scorer",
                    gives: e.map { $0 / 2.squareRoot() }),
                Mistake("these are the weights; the softmax comes after the scores", gives: Plain.softmax(e)),
            ], otherwise: "first W hᵢ, a vector as wide as the query, then its dot product with the query")
        try expect(
            generalScores(query: query, matrix: [[1, 0], [0, 1]], states: states), equals: [3, 2, 6],
            "generalScores with the matrix [[1, 0], [0, 1]]",
            otherwise: "with this W the scores are those of the plain dot product")
        // Only now, as an answer with W transposed would reach outside the arrays.
        let wide = [[1.0, 0, 2], [0, 1, 1]], wideStates = [[1.0, 2, 3], [0, 0, 1]]
        try expect(
            generalScores(query: query, matrix: wide, states: wideStates), equals: [17, 4],
            "generalScores(query: \(list(query)), matrix: \(list(wide)), states: \(list(wideStates)))",
            otherwise:
                "W has a row for each of the 2 units of the query and a column for each of the 3 units of a state; is one width used for both?"
        )
    }

    /// A scorer with the Wa that belongs to W, and tensors of the example for two sentences, which have different
    /// queries.
    private static func example() throws -> (scorer: Scorer, states: Tensor, query: Tensor, queries: [[Double]]) {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let scorer = Scorer(ScorerSizes(state: 2, attention: 5), &builder)
        try parameters.set("Wa", to: transposed.flatMap { $0.map { Scalar($0) } })
        let numbers = states.flatMap { $0.map { Scalar($0) } }, queries = [query, [0, 1]]
        return try (
            scorer, Tensor(numbers + numbers, shape: [2, 3, 2]), Tensor([1, 2, 0, 1], shape: [2, 2]), queries
        )
    }

    @Sendable private static func checkKeys() throws {
        let example = try example()
        let result = try example.scorer.keys(from: example.states)
        try require(
            result.shape == [2, 3, 2],
            "keys(from: states) of states with the shape [2,3,2] has the shape \(result.shape), expected [2,3,2]: a key for every state"
        )
        func twice(_ rows: [[Double]]) -> [[Double]] { rows + rows }
        let shown =
            "with Wa = \(list(transposed)) (so W = \(list(W))) and the states \(list(states)) in both sentences, the key"
        try expect(
            result.rows, equals: twice(keys), within: 1e-5, shown,
            mistakes: [
                Mistake("these are the states; W is missing", givesRows: twice(states)),
                Mistake(
                    "W is transposed: Wa is stored for rows, states.matmul(Wa)",
                    givesRows: twice(states.map { Plain.multiply(transposed, $0) })),
                Mistake("W was applied twice", givesRows: twice(keys.map { Plain.multiply(W, $0) })),
                Mistake(
                    "tanh belongs to additive scorers; this one is linear",
                    givesRows: twice(keys.map { $0.map { tanh($0) } })),
                Mistake(
                    "the states were scaled, but by √D and not by W",
                    givesRows: twice(states.map { $0.map { $0 / 2.squareRoot() } })),
            ], otherwise: "keys are W hᵢ for every state")
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
        func both(_ scores: ([Double]) -> [Double]) -> [[Double]] { example.queries.map(scores) }
        let right = both { dots($0, keys) }
        try expect(
            result.rows, equals: right, within: 1e-5,
            "with the queries \(list(example.queries)) and the keys \(list(keys)) in both sentences, the score",
            mistakes: [
                Mistake(
                    "the states were scored instead of memory.keys: W is missing", givesRows: both { dots($0, states) }),
                Mistake(
                    "W was applied to the query too; the keys have it already",
                    givesRows: both { dots(Plain.multiply(W, $0), keys) }),
                Mistake(
                    "W was applied to the keys once more; they have it already",
                    givesRows: both { dots($0, keys.map { Plain.multiply(W, $0) }) }),
                Mistake(
                    "W was applied to the query instead of the states: (W s)ᵀ h is sᵀ Wᵀ h, with W transposed; memory.keys has the right product already",
                    givesRows: both { dots(Plain.multiply(W, $0), states) }),
                Mistake(
                    "the scores were divided by √D, which belongs to another scorer",
                    givesRows: right.map { $0.map { $0 / 2.squareRoot() } }),
                Mistake(
                    "tanh belongs to additive scorers; this one is linear", givesRows: right.map { $0.map { tanh($0) } }
                ),
                Mistake(
                    "these are weights; the softmax is taken by Attention, so that every scorer is masked in the same way",
                    givesRows: right.map(Plain.softmax)),
            ], otherwise: "a score is the dot product of the key with the query of its own sentence")
        try expectSame(
            Scorer.self, as: LuongGeneralScorer.self,
            otherwise: "scores are right where the keys are given, so look at keys(from:)")
        try expectPromises(of: Scorer.self)
    }
}
