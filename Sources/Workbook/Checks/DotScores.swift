// Exercise 3: dot-product scores, and scores → softmax → context.

import AttentionLab
import Foundation

public protocol DotScoresAnswers: Answers {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double]
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double])
}

extension DotScoresAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 3), "dot-product scores, and attention from end to end", topic: "DotScores",
            lesson: "02_SoftSearch",
            hints: [
                "One score for each state: multiply it with the query unit by unit, and add the products. Before that, are there as many units in both?",
                "zip stops at the shorter of two lists and says nothing, so that states of another width would be scored with a part of the query; compare the two counts for every state. attend is three calls, each with the result of the one before.",
                """
                For each state i:

                    guard state.count == query.count else {
                        throw ShapeError("state \\(i) has \\(state.count) numbers, the query has \\(query.count)")
                    }
                    score = zip(query, state).map { $0 * $1 }.reduce(0, +)

                Then weights = Exercise01.softmax(scores), context = Exercise02.context(weights:states:).
                """,
            ],
            gaps: [
                Gap("dot-product scores", function: "scores", checkScores),
                Gap("attention from end to end", function: "attend", checkAttend),
            ])
    }

    private static func products(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }
    private static func difference(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 - $1 } }
    private static func length(_ a: [Double]) -> Double { Plain.dot(a, a).squareRoot() }

    @Sendable private static func checkScores() throws {
        let states = [[1.0, 2], [3, 0], [-1, 5]], query = [0.5, 0.25], e = [1, 1.5, 0.75]
        try expect(
            scores(query: query, states: states), equals: e, "scores(query: \(list(query)), states: \(list(states)))",
            mistakes: [
                Mistake(
                    "the products were not added up; a score is one number",
                    gives: states.flatMap { products(query, $0) }),
                Mistake("the products were averaged, not added up", gives: e.map { $0 / 2 }),
                Mistake(
                    "the scores were divided by √D; that is scaled dot-product attention, exercise 4",
                    gives: e.map { $0 / 2.squareRoot() }),
                Mistake(
                    "the scores were divided by the lengths of query and state; that is the cosine, another scorer",
                    gives: states.map { Plain.dot(query, $0) / (length(query) * length($0)) }),
                Mistake("these are the weights; the softmax comes after the scores", gives: Plain.softmax(e)),
                Mistake(
                    "the sum over the query was multiplied with the sum over the state; multiply unit by unit, then add",
                    gives: states.map { 0.75 * $0.reduce(0, +) }),
                Mistake("only the first unit was multiplied", gives: states.map { query[0] * $0[0] }),
                Mistake("query and state were added, not multiplied", gives: states.map { 0.75 + $0.reduce(0, +) }),
                Mistake(
                    "this is the distance between query and state; a dot product is a similarity",
                    gives: states.map { length(difference(query, $0)) }),
                Mistake(
                    "the sum runs along the words instead of along the units: transposed",
                    gives: products(query, [3, 7])),
            ], otherwise: "a score for each state: the sum over the units of query times state")
        try expect(
            scores(query: [1, 0, -1], states: [[2, 9, 2], [0, 9, 3]]), equals: [0, -3],
            "scores(query: [1, 0, -1], states: [[2, 9, 2], [0, 9, 3]])",
            otherwise: "scores may be 0 and negative; nothing is cut off")
        try expect(
            scores(query: [1, 2], states: []), equals: [], "scores(query: [1, 2], states: [])",
            otherwise: "no state, no score")

        // The query first the shorter, then the longer.
        let two = [1.0, 2], three = [1.0, 2, 3]
        for (query, states, index) in [(two, [three], 0), (two, [two, three], 1), (three, [three, two], 1)] {
            let call = "scores(query: \(list(query)), states: \(list(states)))"
            do {
                let result = try scores(query: query, states: states)
                throw CheckFailure(
                    "\(call) is \(list(result)), expected an error: state \(index) has \(states[index].count) numbers and the query \(query.count)",
                    cause: index == 0 || Set(states.map(\.count)).count == 1
                        ? "the widths were not compared; zip stops at the shorter list and says nothing"
                        : "only the first state was looked at, if any; every state has a width of its own")
            } catch let error where !(error is CheckFailure || error is Unfinished) {
                let message = "\(error)"
                try require(
                    ["2", "3"].allSatisfy { message.contains($0) } && message.contains(" "),
                    "\(call) throws “\(message)”, expected a sentence that names both widths, 2 and 3",
                    cause: "who reads it must see what was given and what would fit")
            }
        }
    }

    @Sendable private static func checkAttend() throws {
        let states = [[1.0, 2], [3, 0], [-1, 5]], query = [0.5, 0.25], e = [1, 1.5, 0.75]
        let alpha = [0.29175596372884977, 0.48102426325336967, 0.2272197730177806],
            c = [1.5076089804711783, 1.7196107925466024]
        let call = "attend(query: \(list(query)), states: \(list(states)))"
        let attention = try attend(query: query, states: states)
        try expect(
            attention.weights, equals: alpha, "the weights of \(call)",
            mistakes: [
                Mistake("these are the scores; the softmax is missing", gives: e),
                Mistake("the scores were divided by their sum; the exponential is missing", gives: e.map { $0 / 3.25 }),
                Mistake("softmax was taken twice", gives: Plain.softmax(Plain.softmax(e))),
                Mistake("these are the exponentials; they are not divided by their sum", gives: e.map { exp($0) }),
                Mistake("all the weight is on the best state; the search is a soft one", gives: [0, 1, 0]),
            ], otherwise: "softmax of the scores \(list(e))")
        try expect(
            attention.context, equals: c, "the context of \(call)",
            mistakes: [
                Mistake(
                    "the states were weighted with the scores; the weights are right but not used",
                    gives: Plain.weightedSum(e, of: states)),
                Mistake("this is the mean of the states; the weights are right but not used", gives: [1, 7.0 / 3]),
                Mistake("the states were added without their weights", gives: [3, 7]),
                Mistake("only the best state was taken", gives: [3, 0]),
                Mistake(
                    "the query was weighted, not the states: the weights sum to 1, so that this is the query again",
                    gives: query),
                Mistake(
                    "the query was added to the context; that is what the decoder does later",
                    gives: zip(c, query).map { $0 + $1 }),
            ], otherwise: "the sum of the states, each times its weight")

        let large = try attend(query: [1000, 0], states: [[1, 2], [2, 5]])
        try expect(
            large.weights, equals: [0, 1], "the weights of attend(query: [1000, 0], states: [[1, 2], [2, 5]])",
            otherwise: "the scores are 1000 and 2000, and exp(1000) is ∞; use the stable softmax of exercise 1")
        try expect(large.context, equals: [2, 5], "the context of attend(query: [1000, 0], states: [[1, 2], [2, 5]])")
        let one = try attend(query: [0.3, -0.2], states: [[4, 5]])
        try expect(
            one.weights + one.context, equals: [1, 4, 5],
            "weights and context of attend(query: [0.3, -0.2], states: [[4, 5]])",
            otherwise: "the only word gets weight 1")

        // One sentence as a batch, by the library's scorer.
        var random = RandomSource(seed: 3)
        let drawn = random.normals(6, 5), s = random.normals(5)
        var none = ParameterBuilder(Parameters(), seed: 1)
        let library = Attention(LuongDotScorer(ScorerSizes(state: 5, attention: 5), &none))
        let query5 = try Tensor.query(s)
        let memory = try library.memory(states: Tensor.states(drawn), summary: query5, lengths: [6])
        let step = try library.step(query: query5, memory: memory, past: Past(before: memory)),
            own = try attend(query: s, states: drawn)
        try expect(
            own.weights, equals: step.weights.rows.flatMap { $0 }, within: 1e-5,
            "beside the library's luong-dot, with 6 states of width 5, the list of weights")
        try expect(
            own.context, equals: step.context.rows.flatMap { $0 }, within: 1e-5,
            "beside the library's luong-dot, with 6 states of width 5, the context")
    }
}
