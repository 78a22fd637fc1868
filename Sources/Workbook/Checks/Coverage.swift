// Exercise 13: coverage, its loss with the gradient through time, and the scorer that sees it.

import AttentionLab
import Foundation

/// What the score with coverage has learnt.
public struct CoverageParameters: Sendable, CustomStringConvertible {
    /// [D][A]: a row for each component of the state, and of the query.
    public var Wh: [[Double]], Ws: [[Double]]
    /// [A].
    public var wc: [Double], b: [Double], v: [Double]

    public init(Wh: [[Double]], Ws: [[Double]], wc: [Double], b: [Double], v: [Double]) {
        (self.Wh, self.Ws, self.wc, self.b, self.v) = (Wh, Ws, wc, b, v)
    }

    public var description: String { "Wh \(list(Wh)), Ws \(list(Ws)), wc \(list(wc)), b \(list(b)), v \(list(v))" }
}

public protocol CoverageAnswers: Answers {
    static func coverage(weights: [[Double]]) throws -> [[Double]]
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double
    static func lossGradient(weights: [[Double]]) throws -> [[Double]]
    static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters: CoverageParameters
    ) throws -> [Double]
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]]
}

extension CoverageAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 13), "coverage", topic: "Coverage", lesson: "09_CoverageAndCopying",
            hints: [
                "What does step t know when it computes its scores? The weights of the steps before it, and not its own. At the first step there are none.",
                "min(α, c) is α where the word was looked at before by more than now, and c where it was looked at less. Its gradient is 1 for that one of the two and 0 for the other; and c of a later step is a sum with this step's α in it.",
                "Keep a row `sum` of zeros: append it to the result, then add the step's weights. ∂L/∂α[t][i] = (α[t][i] < c[t][i] ? 1 : 0) + the number of later steps u with c[u][i] < α[u][i]. The score is that of Bahdanau with + c[i] · wc[a] inside tanh.",
            ],
            gaps: [
                Gap("coverage", function: "coverage", checkCoverage),
                Gap("coverage loss", function: "coverageLoss", checkLoss),
                Gap("gradient of the loss", function: "lossGradient", checkGradient),
                Gap("scores", function: "scores", checkScores),
                Gap("all steps", function: "attend", checkSteps),
            ])
    }

    @Sendable private static func checkCoverage() throws {
        let weights = [[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0, 0.5, 0.5]]
        try expect(
            coverage(weights: weights), equals: [[0, 0, 0], [0.5, 0.25, 0.25], [0.625, 1, 0.375]],
            "coverage(weights: \(list(weights)))", mistakes: known(weights),
            otherwise: "row t is the sum of rows 0 to t - 1: as many rows as steps, the first of them zeros")
        let lone = [[0.25, 0.75]]
        try expect(
            coverage(weights: lone), equals: [[0, 0]], "coverage(weights: \(list(lone)))",
            otherwise: "at the first step nothing has been looked at yet")
        try expect(
            coverage(weights: []), equals: [], "coverage(weights: [])", otherwise: "without steps there are no rows")
        var random = RandomSource(seed: 1)
        let more = distributions(6, 4, &random)
        let got = try coverage(weights: more)
        try expect(
            got, equals: CoverageByHand.coverage(more), "coverage(weights: \(list(more)))", mistakes: known(more),
            otherwise: "row t is the sum of rows 0 to t - 1")
    }

    private static func known(_ weights: [[Double]]) -> [Mistake] {
        let right = CoverageByHand.coverage(weights), including = zip(right, weights).map(Plain.sum)
        let zeros = right[0]
        return [
            Mistake(
                "each row includes the weights of its own step, which are not known yet when the scores are computed: t′ < t, not t′ ≤ t",
                givesRows: including),
            Mistake("a row too many: coverage after the last step is nobody's input", givesRows: [zeros] + including),
            Mistake(
                "the row of zeros for the first step is missing, so that every step sees that of the next",
                givesRows: Array(including.dropLast())),
            Mistake(
                "these are the weights of the step before; coverage adds up all earlier steps",
                givesRows: [zeros] + weights.dropLast()),
            Mistake(
                "the mean of the earlier weights; coverage is their sum, and grows",
                givesRows: right.enumerated().map { t, row in row.map { $0 / Double(max(t, 1)) } }),
            Mistake(
                "the sum is one step late: row t lacks the weights of step t - 1", givesRows: [zeros] + right.dropLast()
            ),
            Mistake(
                "the sum is over all steps; step t knows only those before it",
                givesRows: weights.map { _ in including[including.count - 1] }),
            Mistake(
                "the sum runs from the last step backwards",
                givesRows: Array(CoverageByHand.coverage(weights.reversed()).reversed())),
        ]
    }

    @Sendable private static func checkLoss() throws {
        let a = [0.5, 0.375, 0.125], c = [0.25, 0, 0.625]
        try expect(
            coverageLoss(weights: a, coverage: c), equals: 0.375,
            "coverageLoss(weights: \(list(a)), coverage: \(list(c)))",
            mistakes: [
                Mistake(
                    "the larger of the two instead of the smaller: a word costs what it gets for the second time",
                    gives: [1.5]),
                Mistake("the mean over the words was taken; the loss is their sum", gives: [0.125]),
                Mistake("the product of weight and coverage; it is the smaller of the two", gives: [0.203125]),
                Mistake("the minimum of the two sums; it is the sum of the minima, word by word", gives: [0.875]),
                Mistake("the smallest number of all; it is a minimum for each word, and their sum", gives: [0]),
                Mistake("the difference |α - c|; it is the smaller of the two", gives: [1.125]),
                Mistake(
                    "this is Σ α, always 1: the coverage was left out, or the step's own weights were added to it first, and then the smaller is always α",
                    gives: [1]),
                Mistake("the sign: it is a loss, what is looked at again costs", gives: [-0.375]),
            ], otherwise: "Σᵢ min(αᵢ, cᵢ)")
        try expect(
            coverageLoss(weights: [0.5, 0.5], coverage: [0, 0]), equals: 0,
            "coverageLoss(weights: [0.5, 0.5], coverage: [0, 0])",
            otherwise: "at the first step nothing has been looked at before, so nothing is repeated")
        try expect(
            coverageLoss(weights: [0.25, 0.75], coverage: [3, 2]), equals: 1,
            "coverageLoss(weights: [0.25, 0.75], coverage: [3, 2])",
            otherwise: "where all has been looked at before, the whole weight is repeated: 1")
    }

    @Sendable private static func checkGradient() throws {
        let weights = [[0.625, 0.375], [0.5, 0.5], [0.875, 0.125]]
        try expect(
            lossGradient(weights: weights), equals: [[0, 1], [1, 0], [1, 1]], "lossGradient(weights: \(list(weights)))",
            mistakes: slopes(weights), otherwise: whereToCount)
        var random = RandomSource(seed: 2)
        let more = distributions(6, 4, &random)
        let expected = FiniteDifferences.gradient(at: more, CoverageByHand.loss)
        try expect(
            lossGradient(weights: more), equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = Σₜ Σᵢ min(αᵢᵗ, cᵢᵗ) by α, lossGradient(weights: \(list(more)))",
            mistakes: slopes(more), otherwise: whereToCount)
    }

    /// What is looked for and not what is found: that is the exercise.
    private static var whereToCount: String {
        "make αᵢᵗ a little larger and go through all the minima that it is in: which of them grow with it, at its own step and at later ones"
    }

    private static func slopes(_ weights: [[Double]]) -> [Mistake] {
        let c = CoverageByHand.coverage(weights)
        func rows(_ value: (Int, Int) -> Double) -> [[Double]] {
            weights.indices.map { t in weights[t].indices.map { value(t, $0) } }
        }
        func own(_ t: Int, _ i: Int) -> Double { weights[t][i] < c[t][i] ? 1 : 0 }
        func covered(_ t: Int, _ i: Int) -> Double { 1 - own(t, i) }
        func later(_ t: Int, _ i: Int) -> Double { weights.indices.reduce(0) { $0 + ($1 > t ? covered($1, i) : 0) } }
        return [
            Mistake(
                "the path through the coverage is missing: αᵢᵗ is part of c at every later step, and counts wherever c is the smaller there",
                givesRows: rows(own)),
            Mistake(
                "the path through the step's own minimum is missing: where αᵢᵗ < cᵢᵗ it counts 1 there",
                givesRows: rows(later)),
            Mistake(
                "the weights of step t are counted in the coverage of step t itself: only the steps after it have them in c",
                givesRows: rows { own($0, $1) + later($0, $1) + covered($0, $1) }),
            Mistake(
                "the coverage includes the step's own weights, so that α is always the smaller; c is that before the step",
                givesRows: rows { _, _ in 1 }),
            Mistake(
                "the minimum's gradient goes to the smaller argument; here the larger one gets it",
                givesRows: rows { t, i in covered(t, i) + weights.indices.reduce(0) { $0 + ($1 > t ? own($1, i) : 0) } }
            ),
            Mistake(
                "only the next step is counted; the coverage keeps αᵢᵗ for all steps to come",
                givesRows: rows { own($0, $1) + ($0 + 1 < weights.count ? covered($0 + 1, $1) : 0) }),
            Mistake(
                "whether c or α is the smaller was asked of step t; it must be asked of each later step",
                givesRows: rows { t, i in own(t, i) + covered(t, i) * Double(weights.count - 1 - t) }),
            Mistake(
                "all later steps are counted; those where α is the smaller do not change with c",
                givesRows: rows { t, i in own(t, i) + Double(weights.count - 1 - t) }),
            Mistake("the sign", givesRows: rows { -own($0, $1) - later($0, $1) }),
        ]
    }

    @Sendable private static func checkScores() throws {
        let tiny = CoverageParameters(Wh: [[1]], Ws: [[0.5]], wc: [-2], b: [0.25], v: [2])
        let call = "scores(query: [1], states: [[0.5], [0.5]], coverage: [0.25, 1], parameters: \(tiny))"
        let got = try scores(query: [1], states: [[0.5], [0.5]], coverage: [0.25, 1], parameters: tiny)
        func both(_ a: Double, _ b: Double) -> [Double] { [2 * tanh(a), 2 * tanh(b)] }
        // Without coverage 0.5 + 0.5 + 0.25 = 1.25 goes into tanh, at both words.
        try expect(
            got, equals: both(0.75, -0.75), call,
            mistakes: [
                Mistake(
                    "the coverage is not in the score; both words have the same state, and only coverage tells them apart",
                    gives: both(1.25, 1.25)),
                Mistake(
                    "the coverage is added outside tanh; it is one more input of the hidden layer",
                    gives: [2 * tanh(1.25) - 0.5, 2 * tanh(1.25) - 2]),
                Mistake(
                    "the coverage is added outside tanh; it is one more input of the hidden layer",
                    gives: [2 * (tanh(1.25) - 0.5), 2 * (tanh(1.25) - 2)]),
                Mistake("the coverage is added without its weights w_c", gives: both(1.5, 2.25)),
                Mistake("the coverage of all words is summed; word i sees its own", gives: both(-1.25, -1.25)),
                Mistake("w_c is added whatever the coverage is; multiply it by cᵢ", gives: both(-0.75, -0.75)),
                Mistake("the bias b is missing", gives: both(0.5, -1)),
                Mistake(
                    "the sign of w_c cᵢ: it is added; training makes w_c negative where looking again is bad",
                    gives: both(1.75, 3.25)),
                Mistake("tanh is missing", gives: [1.5, -1.5]),
                Mistake("v is missing", gives: [tanh(0.75), tanh(-0.75)]),
                Mistake("W_h and W_s are swapped: W_h belongs to the states, W_s to the query", gives: both(1, -0.5)),
            ],
            otherwise:
                "Σ_a v_a tanh(Σ_d h_id W_h[d][a] + Σ_d s_d W_s[d][a] + cᵢ w_c[a] + b_a): one number for each word")
        let problem = CoverageProblem(seed: 3), p = problem.parameters, query = problem.queries[0], c = problem.coverage
        let shown =
            "for S = 4, D = 3, A = 2, scores(query: \(list(query)), states: \(list(problem.states)), coverage: \(list(c)), parameters: \(p))"
        let general = try scores(query: query, states: problem.states, coverage: c, parameters: p)
        try expect(
            general, equals: problem.scores(query, c), shown,
            mistakes: [
                Mistake("the coverage is not in the score", gives: problem.scores(query, c.map { _ in 0 })),
                Mistake(
                    "W_h and W_s are swapped: W_h belongs to the states, W_s to the query",
                    gives: problem.swapped.scores(query, c)),
            ],
            otherwise:
                "Σ_a v_a tanh(Σ_d h_id W_h[d][a] + Σ_d s_d W_s[d][a] + cᵢ w_c[a] + b_a); is an index mixed up where S, D and A differ"
        )
    }

    @Sendable private static func checkSteps() throws {
        let problem = CoverageProblem(seed: 4)
        let got = try attend(queries: problem.queries, states: problem.states, parameters: problem.parameters)
        let call =
            "attend(queries: \(list(problem.queries)), states: \(list(problem.states)), parameters: \(problem.parameters))"
        let expected = problem.attend { past in past.reduce(problem.zeros, Plain.sum) }
        try expect(
            got, equals: expected, call,
            mistakes: [
                Mistake(
                    "every step sees no coverage: the sum is never added to, or begins anew at each step",
                    givesRows: problem.attend { _ in problem.zeros }),
                Mistake(
                    "each step sees the weights of the step before only; coverage adds up all earlier steps",
                    givesRows: problem.attend { $0.last ?? problem.zeros }),
                Mistake(
                    "the coverage is one step late: at step t the weights of step t - 1 are not in it yet",
                    givesRows: problem.attend { $0.dropLast().reduce(problem.zeros, Plain.sum) }),
                Mistake(
                    "each step sees the mean of the earlier weights; coverage is their sum",
                    givesRows: problem.attend { past in
                        past.reduce(problem.zeros, Plain.sum).map { $0 / Double(max(1, past.count)) }
                    }),
                Mistake(
                    "the coverage begins with ones, as if every word had been looked at; it begins with zeros",
                    givesRows: problem.attend { $0.reduce(problem.zeros.map { _ in 1 }, Plain.sum) }),
                Mistake(
                    "the coverage begins evenly spread, at 1/S; it begins with zeros",
                    givesRows: problem.attend { $0.reduce(problem.zeros.map { _ in 0.25 }, Plain.sum) }),
                Mistake("these are scores; softmax is missing", givesRows: problem.attendWithoutSoftmax()),
                Mistake(
                    "the scores are added up as coverage instead of the weights", givesRows: problem.attendByScores()),
            ], otherwise: "the gap of the scores does not pass yet, or a step uses the query of another")
        try expect(
            got, equals: problem.library(), within: FiniteDifferences.libraryTolerance,
            "against the library's CoverageScorer, \(call)")
        try expect(
            attend(queries: [], states: problem.states, parameters: problem.parameters), equals: [],
            "attend(queries: [], …)", otherwise: "without steps there are no rows")
    }
}

/// Weights that leave words alone at some steps, so that either argument of the minimum is the smaller one somewhere.
private func distributions(_ steps: Int, _ words: Int, _ random: inout RandomSource) -> [[Double]] {
    (0..<steps).map { _ in Plain.softmax(random.rounded(words).map { 4 * $0 }) }
}
