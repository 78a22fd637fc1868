// Exercise 8: the location score, on plain arrays and as a scorer of the library, and what it does not see.

public import AttentionLab
import Foundation

public protocol LocationAnswers: Answers {
    associatedtype Scorer: AttentionScorer
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double]
    static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double]
    static func reason() throws -> Choice
}

extension LocationAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 8), "location: where, never what", topic: "Location", lesson: "04_LuongAndLocation",
            hints: [
                "Wₐ s has a number for each position that a source may have. Which of them belong to the words that are there?",
                "Score i is the inner product of the query with column i of Wₐ, for the first S columns. For the reordered source, ask of each score what it was made of.",
                """
                On arrays, for i in 0..<S, and after reordering:

                    eᵢ = Σ_d query[d] * Wa[d][i]
                    readsStates ? order.map { scores[$0] } : scores

                In the scorer, after a guard that memory.source <= Wa.shape[1]:

                    try query.matmul(Wa).columns(0..<memory.source)
                """,
            ],
            gaps: [
                Gap("location scores", function: "locationScores", checkScores),
                Gap("scores of a reordered source", function: "scoresAfterReordering", checkReordering),
                Gap("the reason", function: "reason", checkReason),
                Gap("scores of the scorer", function: "scores", checkScorer),
            ])
    }

    // MARK: on plain arrays

    @Sendable private static func checkScores() throws {
        let query = [1.0, 2.0], Wa = [[1, 0, -1], [0.5, 2, 3]]
        let all = Plain.rowProduct(query, Wa)
        try expect(
            locationScores(query: query, Wa: Wa, sourceCount: 2), equals: [2, 4],
            "locationScores(query: \(list(query)), Wa: \(list(Wa)), sourceCount: 2)",
            mistakes: [
                Mistake(
                    "these are the scores of all positions that Wₐ has columns for; the source has only S of them",
                    gives: all),
                Mistake("these are the last S columns of Wₐ; position i has column i", gives: Array(all.suffix(2))),
                Mistake(
                    "rows and columns are exchanged: a score is the inner product of the query with a column of Wₐ, not with a row",
                    gives: Plain.multiply(Wa, query)),
                Mistake(
                    "these are weights already. The paper's eq. 8 (arXiv) has the softmax in it; a score comes before it",
                    gives: Plain.softmax([2, 4])),
                Mistake(
                    "these are weights already, and of positions that the source does not have",
                    gives: Array(Plain.softmax(all).prefix(2))),
            ])
        try expect(
            locationScores(query: query, Wa: Wa, sourceCount: 3), equals: [2, 4, 5],
            "locationScores(query: \(list(query)), Wa: \(list(Wa)), sourceCount: 3)",
            otherwise: "a source may be as long as Wₐ has columns")
        try expect(
            locationScores(query: query, Wa: Wa, sourceCount: 1), equals: [2],
            "locationScores(query: \(list(query)), Wa: \(list(Wa)), sourceCount: 1)",
            otherwise: "the number of scores is S, and not the width of the query")

        var random = RandomSource(seed: 8)
        let (D, M, S) = (3, 6, 4), one = random.uniforms(D), W = random.uniforms(D, M)
        let library = try LibraryProblem(query: one, Wa: W, states: random.uniforms(S, D)).location()
        try expect(
            locationScores(query: one, Wa: W, sourceCount: S), equals: library, within: 1e-5,
            "locationScores with D = 3, M = 6, S = 4",
            otherwise:
                "the library's LocationScorer gives the expected numbers; a sum may run over the wrong axis: Wₐ has D rows and M columns"
        )
    }

    @Sendable private static func checkReordering() throws {
        let scores = [5.0, 1.0, 2.0], order = [2, 0, 1]
        func call(_ readsStates: Bool) -> String {
            "scoresAfterReordering(\(list(scores)), order: \(order), readsStates: \(readsStates))"
        }
        let inverse = order.indices.map { i in scores[order.firstIndex(of: i) ?? 0] }
        try expect(
            scoresAfterReordering(scores, order: order, readsStates: true), equals: [2, 5, 1], call(true),
            mistakes: [
                Mistake(
                    "this is the order the other way round: position i now has the state of order[i], so that its score is scores[order[i]]",
                    gives: inverse),
                Mistake("nothing moved; a score that is made of a state moves with it", gives: scores),
            ])
        try expect(
            scoresAfterReordering(scores, order: order, readsStates: false), equals: scores, call(false),
            mistakes: [
                Mistake(
                    "the scores moved with the states, but (Wₐ s)ᵢ is made of the position and not of the state that stands there",
                    gives: [2, 5, 1]),
                Mistake(
                    "the scores moved, but (Wₐ s)ᵢ is made of the position and not of the state that stands there",
                    gives: inverse),
            ])

        // What the library's scorers do.
        var random = RandomSource(seed: 88)
        let one = random.uniforms(3), W = random.uniforms(3, 5), states = random.uniforms(5, 3),
            mixed = [3, 0, 4, 1, 2]
        let before = try LibraryProblem(query: one, Wa: W, states: states)
        let after = try LibraryProblem(query: one, Wa: W, states: mixed.map { states[$0] })
        let moves = (true, "luong-dot", try before.dot(), try after.dot()),
            stays = (false, "location", try before.location(), try after.location())
        for (readsStates, name, scores, expected) in [moves, stays] {
            try expect(
                scoresAfterReordering(scores, order: mixed, readsStates: readsStates), equals: expected, within: 1e-5,
                "scoresAfterReordering of five scores of \(name), order: \(mixed), readsStates: \(readsStates),",
                otherwise: "the expected numbers are what \(name) gives for the reordered states")
        }
    }

    @Sendable private static func checkReason() throws {
        let wrong: [Choice: String] = [
            .a:
                "softmax does depend on it: with the scores in another order it gives the weights in that order. And it comes after the scores, which are what is asked about",
            .b: "they know the whole sentence, but each sees it from its own place; "
                + "if they were alike, no scorer could tell words from one another. Luong's dot product does, with the same states",
            .d: "locationScores of [1, 2] in the header are 2, 4 and 5",
        ]
        let choice = try reason()
        try require(wrong[choice] == nil, "reason() is \(choice), which is not the reason", cause: wrong[choice])
    }

    // MARK: as a scorer

    @Sendable private static func checkScorer() throws {
        // Two sentences of four words, states and queries of four numbers, room for six positions.
        let parameters = Parameters(), sizes = ScorerSizes(state: 4, attention: 3, maximumSource: 6)
        var builder = ParameterBuilder(parameters, seed: 8)
        let query = builder.uniform("query", [2, 4], bound: 1)
        var scope = builder.scope("theirs")
        let theirs = LocationScorer(sizes, &scope)
        scope = builder.scope("mine")
        let mine = Scorer(sizes, &scope)
        guard let Wa = parameters["theirs.Wa"] else {
            throw ShapeError("the library's location scorer has no parameter Wa")
        }
        try parameters.set("mine.Wa", to: Wa.values)
        func memory(_ S: Int) throws -> Memory {
            let states = builder.uniform("states of \(S)", [2, S, 4], bound: 1)
            return try Memory(
                states: states, summary: Tensor.zeros([2, 4], near: states), lengths: [S, S], scorer: mine)
        }
        let four = try memory(4), past = Past(before: four)
        let expected = try theirs.scores(query: query, memory: four, past: past), all = try query.matmul(Wa)
        let got = try mine.scores(query: query, memory: four, past: past)
        try require(
            got.shape == [2, 4], "scores for 2 sentences of 4 words have the shape \(got.shape), expected [2,4]",
            cause: got.shape == [2, 6]
                ? "these are the scores of every position that Wₐ has a column for; only the first S are there"
                : "one score for each sentence and position: [B,S]")
        try expect(
            got.rows, equals: expected.rows, within: 1e-5, "scores of 2 sentences of 4 words",
            mistakes: [
                Mistake(
                    "these are the last S columns; position i has column i of Wₐ",
                    givesRows: try all.columns(2..<6).rows),
                Mistake(
                    "this compares the query with the states, which is another scorer, luong-dot",
                    givesRows: try four.states.dot(query).rows),
                Mistake(
                    "these are weights already; a scorer gives scores, and Attention takes the softmax",
                    givesRows: try expected.maskedSoftmax(lengths: [4, 4]).rows),
                Mistake(
                    "these are weights already, and of positions that the source does not have",
                    givesRows: try all.maskedSoftmax(lengths: [6, 6]).columns(0..<4).rows),
            ])

        let seven = try memory(7), what = "scores for a source of 7 positions, of a scorer with maximumSource 6,"
        let message = try refusal(what) { try mine.scores(query: query, memory: seven, past: Past(before: seven)) }
        try require(
            ["7", "6", "maximumSource"].allSatisfy { message.contains($0) },
            "\(what) gave the error “\(message)”, expected one that names 7, 6 and maximumSource",
            cause: message.hasPrefix("columns")
                ? "this is the error of `columns`, which knows nothing of sources; "
                    + "look at memory.source first, and throw a ShapeError of your own"
                : "who reads it wants to know how long the source was, how long it may be, and which setting to change")
        for promise in ScorerContract.promises { try promise.check(Scorer.self) }
    }

    /// What the `ShapeError` says with which the scores were refused.
    private static func refusal(_ what: String, _ scores: () throws -> Tensor) throws -> String {
        let shape: Shape
        do {
            shape = try scores().shape
        } catch let error as ShapeError {
            return error.description
        }
        throw CheckFailure(
            "\(what) gave a tensor of shape \(shape), expected an error",
            cause: "words that the scorer has no column for are left out without a word to anybody")
    }
}

/// The library's scorers on one sentence of plain arrays.
private struct LibraryProblem {
    let query: Tensor
    let memory: Memory
    let scope: ParameterBuilder
    let Wa: [[Double]]

    init(query: [Double], Wa: [[Double]], states: [[Double]]) throws {
        self.query = try Tensor.query(query)
        self.Wa = Wa
        let tensor = try Tensor.states(states)
        memory = Memory(
            states: tensor, summary: Tensor.zeros([1, query.count], near: tensor), lengths: [states.count], keys: tensor
        )
        scope = ParameterBuilder(Parameters(), seed: 1)
    }

    func dot() throws -> [Double] {
        var builder = scope
        let scorer = LuongDotScorer(ScorerSizes(state: query.count, attention: 1), &builder)
        return try scorer.scores(query: query, memory: memory, past: Past(before: memory)).rows[0]
    }

    func location() throws -> [Double] {
        var builder = scope
        let scorer = LocationScorer(ScorerSizes(state: query.count, attention: 1, maximumSource: Wa[0].count), &builder)
        try builder.parameters.set("Wa", to: Wa.flatMap { $0.map { Scalar($0) } })
        return try scorer.scores(query: query, memory: memory, past: Past(before: memory)).rows[0]
    }
}
