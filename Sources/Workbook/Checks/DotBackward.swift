// Exercise 11: the gradients of dot-product attention, against finite differences and against the library's tape.

import AttentionLab
import Foundation

public protocol DotBackwardAnswers: Answers {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double]
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double]
    static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double]
    static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]]
    static func twoSteps(
        queries: [[Double]], states: [[Double]],
        contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]])
}

extension DotBackwardAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 11), "the backward pass of dot-product attention", topic: "DotBackward",
            lesson: "02_SoftSearch",
            hints: [
                "Try each formula with numbers before you write it: with g = [1, 2] and h₂ = [3, -1], let α₂ grow by 0.01. c grows by [0.03, -0.01], so L grows by 1 · 0.03 + 2 · (-0.01) = 0.01, and ∂L/∂α₂ is 0.01/0.01 = 1. This also finds out a wrong answer: nudge one number, see what L does, divide.",
                "The result has the shape of what L is differentiated by, and a sum runs over every index that the result does not have: ∂L/∂αᵢ sums over d, ∂L/∂s over i, ∂L/∂h over neither. In scoreGradients the sum over j is one number, computed before the loop over i. In twoSteps each step calls attend and the four functions, and the zeros for ∂L/∂h stand before the loop.",
                """
                In the order in which they are needed:

                    dα[i] = dot(g, h[i])
                    m     = dot(α, dα)
                    de[i] = α[i] * (dα[i] - m)
                    ds[d] = Σ over i of de[i] * h[i][d]
                    dh[i][d] = α[i] * g[d] + de[i] * s[d]

                For two steps do this twice, and add the second dh to the first with +=.
                """,
            ],
            gaps: [
                Gap("gradient of the weights", function: "weightGradients", checkWeights),
                Gap("gradient of the scores", function: "scoreGradients", checkScores),
                Gap("gradient of the query", function: "queryGradient", checkQuery),
                Gap("gradient of the states", function: "stateGradients", checkStates),
                Gap("two steps", function: "twoSteps", checkTwoSteps),
            ])
    }

    @Sendable private static func checkWeights() throws {
        let g = [1.0, 2.0], h = [[1.0, 0], [0, 1], [3, -1]]
        try expectAnswer(
            weightGradients(contextGradient: g, states: h), equals: [1, 2, 1],
            "weightGradients(contextGradient: \(list(g)), states: \(list(h)))",
            mistakes: [
                Mistake(
                    "the components of each state are summed; each must first be multiplied by that of g, because that is how much L cares about it",
                    gives: [1, 1, 2]),
                Mistake("the mean over the components was taken; the chain rule sums", gives: [0.5, 1, 0.5]),
                Mistake("the sign: L grows with c along g, and c grows with αᵢ along hᵢ", gives: [-1, -2, -1]),
                Mistake(
                    "Σᵢ over the words instead of Σ over the components: there is one number for each word",
                    gives: [4, 0]),
                Mistake(
                    "a mean was subtracted; that subtraction belongs to the next gap, the way back through softmax",
                    gives: [1, 2, 1].map { $0 - 4.0 / 3 }),
                Mistake("g times the sum of all states: each weight has its own state", gives: [4, 4, 4]),
            ], otherwise: "∂L/∂αᵢ = g · hᵢ: one number for each word")
        let problem = Problem(seed: 1)
        let expected = FiniteDifferences.gradient(at: problem.weights) {
            Plain.dot(problem.g, Plain.weightedSum($0, of: problem.h))
        }
        try expectAnswer(
            weightGradients(contextGradient: problem.g, states: problem.h), equals: expected,
            within: FiniteDifferences.tolerance,
            "against finite differences of L = g · Σᵢ αᵢ hᵢ by α, weightGradients(contextGradient: \(list(problem.g)), states: \(list(problem.h)))",
            otherwise: "∂L/∂αᵢ = Σ_d g_d h_id; is an index mixed up where S and D differ")
    }

    @Sendable private static func checkScores() throws {
        let a = [0.5, 0.25, 0.25], da = [4.0, 0, 4]
        try expectAnswer(
            scoreGradients(weights: a, weightGradients: da), equals: [0.5, -0.75, 0.25],
            "scoreGradients(weights: \(list(a)), weightGradients: \(list(da)))",
            mistakes: [
                Mistake(
                    "softmax's Jacobian was taken as α(1 - α) only, which is its diagonal; a score also lowers the weight of every other word",
                    gives: [1, 0, 0.75]),
                Mistake(
                    "αᵢ ∂L/∂αᵢ is there, but αᵢ Σⱼ αⱼ ∂L/∂αⱼ is not subtracted: what word i gains the other words lose",
                    gives: [2, 0, 1]),
                Mistake("Σⱼ αⱼ ∂L/∂αⱼ is subtracted, but the factor αᵢ in front is missing", gives: [1, -3, 1]),
                Mistake(
                    "the plain mean of ∂L/∂α is subtracted; it must be the mean under the weights, Σⱼ αⱼ ∂L/∂αⱼ",
                    gives: [2.0 / 3, -2.0 / 3, 1.0 / 3]),
                Mistake(
                    "∂L/∂α is summed without the weights: subtract Σⱼ αⱼ ∂L/∂αⱼ, not Σⱼ ∂L/∂αⱼ", gives: [-2, -2, -1]),
                Mistake(
                    "the factor αᵢ stands before ∂L/∂αᵢ only: αᵢ (∂L/∂αᵢ - Σⱼ …), with the bracket",
                    gives: [-1, -3, -2]),
                Mistake("the sign: mean - ∂L/∂αᵢ instead of ∂L/∂αᵢ - mean", gives: [-0.5, 0.75, -0.25]),
                Mistake("the terms of the other words were added instead of subtracted", gives: [1.5, 0.75, 1.25]),
            ], otherwise: "∂L/∂eᵢ = αᵢ (∂L/∂αᵢ - Σⱼ αⱼ ∂L/∂αⱼ): one number for each word")
        try expectAnswer(
            scoreGradients(weights: [1], weightGradients: [5]), equals: [0],
            "scoreGradients(weights: [1], weightGradients: [5])",
            otherwise: "a single word has weight 1 whatever its score, so its score gets no gradient")
        let skew = [0.7, 0.2, 0.1], same = [3.0, 3, 3]
        try expectAnswer(
            scoreGradients(weights: skew, weightGradients: same), equals: [0, 0, 0],
            "scoreGradients(weights: \(list(skew)), weightGradients: \(list(same)))",
            mistakes: [
                Mistake(
                    "softmax's Jacobian was taken as α(1 - α) only, which is its diagonal",
                    gives: skew.map { $0 * (1 - $0) * 3 })
            ], otherwise: "where every weight is worth the same, moving weight about changes nothing")
        let problem = Problem(seed: 2)
        let dAlpha = problem.h.map { Plain.dot(problem.g, $0) }
        let got = try scoreGradients(weights: problem.weights, weightGradients: dAlpha)
        let expected = FiniteDifferences.gradient(at: problem.scores) { Plain.dot(dAlpha, Plain.softmax($0)) }
        try expect(
            got, equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = Σⱼ ∂L/∂αⱼ softmax(e)ⱼ by e, scoreGradients(weights: \(list(problem.weights)), weightGradients: \(list(dAlpha)))",
            otherwise:
                "∂L/∂eᵢ = αᵢ (∂L/∂αᵢ - Σⱼ αⱼ ∂L/∂αⱼ); together they sum to 0, yours to \(short(got.reduce(0, +)))")
    }

    @Sendable private static func checkQuery() throws {
        let de = [1.0, -1, 2], h = [[1.0, 0], [0, 1], [3, -1]]
        try expectAnswer(
            queryGradient(scoreGradients: de, states: h), equals: [7, -3],
            "queryGradient(scoreGradients: \(list(de)), states: \(list(h)))",
            mistakes: [
                Mistake("the states are summed without ∂L/∂eᵢ before them", gives: [4, 0]),
                Mistake(
                    "the sum runs over the components; there is one number for each component, and the words are summed over",
                    gives: [1, -1, 4]),
                Mistake(
                    "the gradient is set at every word instead of added (=, not +=): only the last word's is left",
                    gives: [6, -2]),
                Mistake("only the first word's gradient is there; the query is in every score", gives: [1, 0]),
                Mistake("the mean over the words was taken; the chain rule sums", gives: [7.0 / 3, -1]),
                Mistake("the sign: a greater s along hᵢ makes eᵢ greater", gives: [-7, 3]),
            ], otherwise: "∂L/∂s_d = Σᵢ ∂L/∂eᵢ h_id: one number for each component of s")
        let problem = Problem(seed: 3),
            got = try queryGradient(scoreGradients: problem.scoreGradients, states: problem.h)
        let expected = FiniteDifferences.gradient(at: problem.s) { problem.loss(query: $0, states: problem.h) }
        try expect(
            got, equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = g · c by s, queryGradient(scoreGradients: \(list(problem.scoreGradients)), states: \(list(problem.h)))",
            otherwise: "∂L/∂s_d = Σᵢ ∂L/∂eᵢ h_id; is an index mixed up where S and D differ")
        try expect(
            [got], equals: problem.tape().queries, within: FiniteDifferences.libraryTolerance,
            "against the library's tape, queryGradient of the same numbers")
    }

    @Sendable private static func checkStates() throws {
        let a = [0.5, 0.5], de = [1.0, -1], g = [1.0, 2], s = [3.0, -1]
        try expectAnswer(
            stateGradients(weights: a, scoreGradients: de, contextGradient: g, query: s),
            equals: [[3.5, 0], [-2.5, 2]],
            "stateGradients(weights: \(list(a)), scoreGradients: \(list(de)), contextGradient: \(list(g)), query: \(list(s)))",
            mistakes: roads(a, de, g, s),
            otherwise: "∂L/∂hᵢ = αᵢ g + ∂L/∂eᵢ s: a row for each word")
        let problem = Problem(seed: 4), de2 = problem.scoreGradients
        let got = try stateGradients(
            weights: problem.weights, scoreGradients: de2, contextGradient: problem.g, query: problem.s)
        let expected = FiniteDifferences.gradient(at: problem.h) { problem.loss(query: problem.s, states: $0) }
        let call =
            "stateGradients(weights: \(list(problem.weights)), scoreGradients: \(list(de2)), contextGradient: \(list(problem.g)), query: \(list(problem.s)))"
        try expect(
            got, equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = g · c by h, \(call)",
            mistakes: roads(problem.weights, de2, problem.g, problem.s),
            otherwise: "∂L/∂h_id = αᵢ g_d + ∂L/∂eᵢ s_d; is an index mixed up where S and D differ")
        try expect(
            got, equals: problem.tape().states, within: FiniteDifferences.libraryTolerance,
            "against the library's tape, \(call)")
    }

    /// What is left of ∂L/∂h when a road is forgotten.
    private static func roads(_ a: [Double], _ de: [Double], _ g: [Double], _ s: [Double]) -> [Mistake] {
        let values = a.map { weight in g.map { weight * $0 } }, keys = de.map { gradient in s.map { gradient * $0 } }
        return [
            Mistake(
                "the second path into the states is forgotten: hᵢ is in the context as a value, but in the score eᵢ as a key as well; add ∂L/∂eᵢ s",
                givesRows: values),
            Mistake(
                "only the path through the scores is there; hᵢ is in the context as a value too, add αᵢ g",
                givesRows: keys),
            Mistake(
                "the two paths are subtracted; gradients of several uses are added", givesRows: plus(values, keys, -1)),
            Mistake(
                "the partners are swapped: the value's path is αᵢ g, the key's path ∂L/∂eᵢ s",
                givesRows: plus(a.map { x in s.map { x * $0 } }, de.map { x in g.map { x * $0 } })),
            Mistake(
                "the mean of the two paths was taken; gradients of several uses are added",
                givesRows: plus(values, keys).map { $0.map { $0 / 2 } }),
        ]
    }

    @Sendable private static func checkTwoSteps() throws {
        try checkOneWord()
        let first = Problem(seed: 5), second = Problem(seed: 6, states: first.h)
        let queries = [first.s, second.s], gs = [first.g, second.g]
        let shown = "twoSteps(queries: \(list(queries)), states: \(list(first.h)), contextGradients: \(list(gs)))"
        let got = try answer(shown, expected: "the gradients of both queries and of the states") {
            try twoSteps(queries: queries, states: first.h, contextGradients: gs)
        }
        func loss(_ queries: [[Double]], _ states: [[Double]]) -> Double {
            first.loss(query: queries[0], states: states) + second.loss(query: queries[1], states: states)
        }
        let ofStates = FiniteDifferences.gradient(at: first.h) { loss(queries, $0) }
        try expectRows(got, queries: 2, states: 4, shown)
        let ofQueries = FiniteDifferences.gradient(at: queries) { loss($0, first.h) }
        let parts = [first, second].map { problem in
            FiniteDifferences.gradient(at: problem.h) { problem.loss(query: problem.s, states: $0) }
        }
        /// Both steps with the g of one.
        func both(_ g: [Double]) -> [Problem] {
            queries.map { Problem(query: $0, states: first.h, contextGradient: g) }
        }
        func statesOf(_ problems: [Problem]) -> [[Double]] {
            FiniteDifferences.gradient(at: first.h) { h in problems.reduce(0) { $0 + $1.loss(query: $1.s, states: h) } }
        }
        func queriesOf(_ problems: [Problem]) -> [[Double]] {
            problems.map { problem in
                FiniteDifferences.gradient(at: problem.s) { problem.loss(query: $0, states: problem.h) }
            }
        }
        // One query that is the sum of both is another model.
        let joint = Problem(
            query: Plain.sum(first.s, second.s), states: first.h, contextGradient: Plain.sum(first.g, second.g))
        try expect(
            got.states, equals: ofStates, within: FiniteDifferences.tolerance,
            "against finite differences of L = g₁ · c₁ + g₂ · c₂ by h, .states of \(shown)",
            mistakes: [
                Mistake(
                    "the gradient is not accumulated: the second step overwrites what the first one sent to the shared states (=, not +=)",
                    givesRows: parts[1]),
                Mistake("only the first step's gradient reached the states", givesRows: parts[0]),
                Mistake(
                    "the mean of the two steps was taken; gradients of several uses are added",
                    givesRows: ofStates.map { $0.map { $0 / 2 } }),
                Mistake(
                    "the two queries were added up to one; each step has a softmax of its own, and only their gradients add up",
                    givesRows: FiniteDifferences.gradient(at: first.h) { joint.loss(query: joint.s, states: $0) }),
                Mistake(
                    "both steps use g₁; each has a context of its own, and the gradient of that",
                    givesRows: statesOf(both(gs[0]))),
                Mistake(
                    "both steps use g₂; each has a context of its own, and the gradient of that",
                    givesRows: statesOf(both(gs[1]))),
            ], otherwise: "a gap above does not pass yet, or a step uses the weights, the query or g of the other")
        try expect(
            got.queries, equals: ofQueries, within: FiniteDifferences.tolerance,
            "against finite differences of L = g₁ · c₁ + g₂ · c₂ by s₁ and s₂, .queries of \(shown)",
            mistakes: [
                Mistake("the queries' gradients are in the wrong order", givesRows: Array(ofQueries.reversed())),
                Mistake(
                    "the queries' gradients are added up; each query is used in its own step only, it is the states that are shared",
                    givesRows: ofQueries.map { _ in Plain.sum(ofQueries[0], ofQueries[1]) }),
                Mistake(
                    "both steps use g₁; each has a context of its own, and the gradient of that",
                    givesRows: queriesOf(both(gs[0]))),
                Mistake(
                    "both steps use g₂; each has a context of its own, and the gradient of that",
                    givesRows: queriesOf(both(gs[1]))),
            ], otherwise: "each query gets the gradient of its own step, from the weights of that step")
        let tape = try Problem.tape(queries: queries, states: first.h, contextGradients: gs)
        try expect(
            got.states, equals: tape.states, within: FiniteDifferences.libraryTolerance,
            "against the library's tape, .states of \(shown)")
        try expect(
            got.queries, equals: tape.queries, within: FiniteDifferences.libraryTolerance,
            "against the library's tape, .queries of \(shown)")
    }

    private static func expectRows(
        _ got: (queries: [[Double]], states: [[Double]]), queries: Int, states: Int, _ call: String
    ) throws {
        func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }
        try require(
            got.queries.count == queries,
            "\(call) is (queries: \(list(got.queries)), states: \(list(got.states))): "
                + ".queries has \(rows(got.queries.count)), expected \(rows(queries))",
            cause: "one row for each step: every query gets a gradient of its own")
        try require(
            got.states.count == states,
            "\(call) is (queries: \(list(got.queries)), states: \(list(got.states))): "
                + ".states has \(rows(got.states.count)), expected \(rows(states))",
            cause: "one row for each word: both steps look at the same states")
    }

    /// Where the weights are 1, only the adding up is left.
    private static func checkOneWord() throws {
        let lone = try twoSteps(
            queries: [[2, 1], [0, 3]], states: [[1, -1]], contextGradients: [[1, 2], [10, 20]])
        let call = "twoSteps(queries: [[2, 1], [0, 3]], states: [[1, -1]], contextGradients: [[1, 2], [10, 20]])"
        try expectRows(lone, queries: 2, states: 1, call)
        try expect(
            lone.states, equals: [[11, 22]],
            "one word has weight 1 at both steps, so c = h both times; .states of \(call)",
            mistakes: [
                Mistake(
                    "the gradient is not accumulated: the second step overwrites what the first one sent to the shared states (=, not +=)",
                    givesRows: [[10, 20]]),
                Mistake("only the first step's gradient reached the states", givesRows: [[1, 2]]),
                Mistake(
                    "both steps use g₁; each has a context of its own, and the gradient of that", givesRows: [[2, 4]]),
                Mistake(
                    "both steps use g₂; each has a context of its own, and the gradient of that", givesRows: [[20, 40]]),
                Mistake(
                    "the mean of the two steps was taken; gradients of several uses are added", givesRows: [[5.5, 11]]),
            ])
        try expect(
            lone.queries, equals: [[0, 0], [0, 0]], "one word has weight 1 whatever the query is; .queries of \(call)",
            otherwise: "a gap above does not pass yet, or softmax was left out on the way back")
    }
}

// MARK: the forward pass, written out for the differences

/// One query, some states (S = 4, D = 3), and what comes back from the context.
private struct Problem {
    let s: [Double], h: [[Double]], g: [Double]

    init(query: [Double], states: [[Double]], contextGradient: [Double]) {
        (s, h, g) = (query, states, contextGradient)
    }

    init(seed: UInt64, states: [[Double]]? = nil) {
        var random = RandomSource(seed: seed)
        s = random.rounded(3)
        h = states ?? random.rounded(4, 3)
        g = random.rounded(3)
    }

    var scores: [Double] { h.map { Plain.dot(s, $0) } }
    var weights: [Double] { Plain.softmax(scores) }
    /// By differences, so that nothing of the answers is needed.
    var scoreGradients: [Double] {
        FiniteDifferences.gradient(at: scores) { Plain.dot(g, Plain.weightedSum(Plain.softmax($0), of: h)) }
    }

    func loss(query: [Double], states: [[Double]]) -> Double {
        Plain.dot(g, Plain.weightedSum(Plain.softmax(Plain.multiply(states, query)), of: states))
    }

    func tape() throws -> (queries: [[Double]], states: [[Double]]) {
        try Problem.tape(queries: [s], states: h, contextGradients: [g])
    }

    /// The same gradients by the library: Luong's dot scorer in its attention step, played backwards.
    static func tape(
        queries: [[Double]], states: [[Double]],
        contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let parameters = Parameters(), count = states.count, width = states[0].count
        var builder = ParameterBuilder(parameters, seed: 1)
        let h = try builder.given("states", [1, count, width], states.flatMap { $0 })
        let attention = Attention(
            LuongDotScorer(ScorerSizes(state: width, attention: 1, maximumSource: count), &builder))
        let memory = try attention.memory(states: h, summary: Tensor.zeros([1, width], near: h), lengths: [count])
        var losses: [Tensor] = []
        for t in queries.indices {
            let query = try builder.given("query\(t)", [1, width], queries[t])
            let step = try attention.step(query: query, memory: memory, past: Past(before: memory))
            losses.append(try (step.context * Tensor.query(contextGradients[t])).sum())
        }
        if let first = losses.first {
            try parameters.tape.backward(from: losses.dropFirst().reduce(first) { try $0 + $1 })
        }
        return (queries.indices.flatMap { parameters.gradientRows("query\($0)") }, parameters.gradientRows("states"))
    }
}

private func plus(_ a: [[Double]], _ b: [[Double]], _ factor: Double = 1) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map { $0 + factor * $1 } }
}
