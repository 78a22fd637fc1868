// Exercise 12: the gradients of the additive score, each against finite differences and against the library's tape.

import AttentionLab
import Foundation

public protocol AdditiveBackwardAnswers: Answers {
    static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double]
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]]
    static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double]
    static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double]
    static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]]
    static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]]
    static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]]
}

extension AdditiveBackwardAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 12), "the backward pass of the additive score", topic: "AdditiveBackward",
            lesson: "03_Bahdanau",
            hints: [
                "Write the forward pass with all its indices, eᵢ = Σ_a v_a tanh(Σ_d s_d W_da + Σ_d h_id U_da + b_a), and take the derivative by one number at a time. The indices that are not on the left are summed over.",
                "Compute ∂L/∂p first; everything below it is linear. A bias gets the sum over the words, a matrix the outer products of its input with ∂L/∂p, an input the matrix the other way: rows instead of columns.",
                """
                In the order in which they are needed:

                    dv[a]    = Σᵢ de[i] t[i][a]
                    dp[i][a] = de[i] v[a] (1 - t[i][a]²)
                    db[a]    = Σᵢ dp[i][a]
                    ds[d]    = Σ_a W[d][a] db[a]
                    dW[d][a] = s[d] db[a]
                    dU[d][a] = Σᵢ h[i][d] dp[i][a]
                    dh[i][d] = Σ_a U[d][a] dp[i][a]
                """,
            ],
            gaps: [
                Gap("gradient of v", function: "vectorGradient", checkVector),
                Gap("gradient before tanh", function: "preActivationGradients", checkPreActivation),
                Gap("gradient of b", function: "biasGradient", checkBias),
                Gap("gradient of the query", function: "queryGradient", checkQuery),
                Gap("gradient of W", function: "queryMatrixGradient", checkQueryMatrix),
                Gap("gradient of U", function: "stateMatrixGradient", checkStateMatrix),
                Gap("gradient of the states", function: "stateGradients", checkStates),
            ])
    }

    @Sendable private static func checkVector() throws {
        let de = [2.0, -3], t = [[0.5, 0.25], [-0.5, 0.75]]
        try expect(
            vectorGradient(scoreGradients: de, hidden: t), equals: [2.5, -1.75],
            "vectorGradient(scoreGradients: \(list(de)), hidden: \(list(t)))",
            mistakes: [
                Mistake("the hidden layer is summed without ∂L/∂eᵢ before it", gives: [0, 1]),
                Mistake(
                    "the gradient is set at every word instead of added (=, not +=): only the last word's is left",
                    gives: [1.5, -2.25]),
                Mistake("the mean over the words was taken; the chain rule sums", gives: [1.25, -0.875]),
                Mistake(
                    "1 - t² belongs to what is below tanh; v stands above it and gets t itself", gives: [-0.75, 0.5625]),
                Mistake(
                    "the sum runs over the hidden units; there is one number for each unit, and the words are summed over",
                    gives: [1.5, -0.75]),
            ], otherwise: "∂L/∂v_a = Σᵢ ∂L/∂eᵢ t_ia: one number for each hidden unit")
        let problem = Problem(seed: 1), m = problem.model
        try agree(
            [vectorGradient(scoreGradients: problem.g, hidden: m.hidden)], problem, \.v, "va",
            "by v, vectorGradient(scoreGradients: \(list(problem.g)), hidden: \(list(m.hidden)))",
            "∂L/∂v_a = Σᵢ ∂L/∂eᵢ t_ia")
    }

    @Sendable private static func checkPreActivation() throws {
        let de = [2.0, -1], v = [1.0, 4], t = [[0.5, 0], [0, -0.5]]
        func with(_ slope: (Double) -> Double) -> [[Double]] {
            zip(de, t).map { g, row in zip(v, row).map { g * $0 * slope($1) } }
        }
        try expect(
            preActivationGradients(scoreGradients: de, v: v, hidden: t), equals: [[1.5, 8], [-1, -3]],
            "preActivationGradients(scoreGradients: \(list(de)), v: \(list(v)), hidden: \(list(t)))",
            mistakes: [
                Mistake("the derivative of tanh is missing: multiply by 1 - t²", givesRows: with { _ in 1 }),
                Mistake("1 - t instead of 1 - t²", givesRows: with { 1 - $0 }),
                Mistake(
                    "t (1 - t) is the derivative of the logistic function; that of tanh is 1 - t²",
                    givesRows: with { $0 * (1 - $0) }),
                Mistake(
                    "tanh was applied a second time: `hidden` is already what tanh gave, so its derivative is 1 - t²",
                    givesRows: with { 1 - tanh($0) * tanh($0) }),
                Mistake("multiplied by tanh instead of by its derivative 1 - t²", givesRows: with { $0 }),
                Mistake("the sign: 1 - t² and not t² - 1", givesRows: with { $0 * $0 - 1 }),
                Mistake(
                    "v is missing: eᵢ = v · tᵢ, so unit a gets v_a times ∂L/∂eᵢ", givesRows: [[1.5, 2], [-1, -0.75]]),
                Mistake("∂L/∂eᵢ is missing before v ⊙ (1 - tᵢ²)", givesRows: [[0.75, 4], [1, 3]]),
            ], otherwise: "∂L/∂p_ia = ∂L/∂eᵢ v_a (1 - t_ia²): a row for each word")
        try expect(
            preActivationGradients(scoreGradients: [3], v: [2, 2], hidden: [[1, -1]]), equals: [[0, 0]],
            "preActivationGradients(scoreGradients: [3], v: [2, 2], hidden: [[1, -1]])",
            otherwise: "a unit at ±1 is full: its slope 1 - t² is 0")
        let problem = Problem(seed: 2), m = problem.model
        let expected = FiniteDifferences.gradient(at: m.before) { p in
            Plain.dot(problem.g, p.map { row in Plain.dot(m.v[0], row.map { tanh($0) }) })
        }
        let got = try preActivationGradients(scoreGradients: problem.g, v: m.v[0], hidden: m.hidden)
        try expect(
            got, equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = Σᵢ ∂L/∂eᵢ v · tanh(pᵢ) by p, preActivationGradients(scoreGradients: \(list(problem.g)), v: \(list(m.v[0])), hidden: \(list(m.hidden)))",
            otherwise: "∂L/∂p_ia = ∂L/∂eᵢ v_a (1 - t_ia²)")
    }

    @Sendable private static func checkBias() throws {
        let dp = [[1.0, 2], [3, -1], [0, 5]]
        try expect(
            biasGradient(preActivationGradients: dp), equals: [4, 6],
            "biasGradient(preActivationGradients: \(list(dp)))",
            mistakes: [
                Mistake("the mean over the words was taken; the chain rule sums", gives: [4.0 / 3, 2]),
                Mistake(
                    "the gradient is set at every word instead of added (=, not +=): only the last word's is left",
                    gives: [0, 5]),
                Mistake("only the first word's gradient is there; b is added at every word", gives: [1, 2]),
                Mistake(
                    "the sum runs over the hidden units; b has one number for each unit, and the words are summed over",
                    gives: [3, 2, 5]),
            ], otherwise: "∂L/∂b_a = Σᵢ ∂L/∂p_ia: one number for each hidden unit")
        let problem = Problem(seed: 3)
        try agree(
            [biasGradient(preActivationGradients: problem.dp)], problem, \.b, "b",
            "by b, biasGradient(preActivationGradients: \(list(problem.dp)))", "∂L/∂b_a = Σᵢ ∂L/∂p_ia")
    }

    @Sendable private static func checkQuery() throws {
        let dp = [[1.0, 2], [3, -1]], W = [[1.0, 2], [0, 3]]
        try expect(
            queryGradient(preActivationGradients: dp, W: W), equals: [6, 3],
            "queryGradient(preActivationGradients: \(list(dp)), W: \(list(W)))",
            mistakes: [
                Mistake(
                    "W is used the other way round: forward s_d meets the row W[d], so backward ∂L/∂s_d = Σ_a W[d][a] …",
                    gives: [4, 11]),
                Mistake("only the last word's gradient is left (=, not +=); s is used at every word", gives: [1, -3]),
                Mistake("only the first word's gradient is there; s is used at every word", gives: [5, 6]),
                Mistake("the mean over the words was taken; the chain rule sums", gives: [3, 1.5]),
                Mistake("∂L/∂p is summed over the words, but not multiplied by W", gives: [4, 1]),
            ], otherwise: "∂L/∂s_d = Σᵢ Σ_a W[d][a] ∂L/∂p_ia: one number for each component of s")
        let problem = Problem(seed: 4)
        try agree(
            [queryGradient(preActivationGradients: problem.dp, W: problem.model.W)], problem, \.s, "query",
            "by s, queryGradient(preActivationGradients: \(list(problem.dp)), W: \(list(problem.model.W)))",
            "∂L/∂s_d = Σᵢ Σ_a W[d][a] ∂L/∂p_ia")
    }

    @Sendable private static func checkQueryMatrix() throws {
        let dp = [[1.0, 2], [3, -1]], s = [2.0, 5]
        try expect(
            queryMatrixGradient(preActivationGradients: dp, query: s), equals: [[8, 2], [20, 5]],
            "queryMatrixGradient(preActivationGradients: \(list(dp)), query: \(list(s)))",
            mistakes: [
                Mistake("it is transposed: W[d][a] has a row for each component of s", givesRows: [[8, 20], [2, 5]]),
                Mistake(
                    "only the last word's gradient is left (=, not +=); W is used at every word",
                    givesRows: [[6, -2], [15, -5]]),
                Mistake(
                    "only the first word's gradient is there; W is used at every word", givesRows: [[2, 4], [5, 10]]),
                Mistake("the mean over the words was taken; the chain rule sums", givesRows: [[4, 1], [10, 2.5]]),
                Mistake(
                    "∂L/∂p is there, but the input s is not: W[d][a] multiplies s_d", givesRows: [[4, 1], [4, 1]]),
            ], otherwise: "∂L/∂W[d][a] = s_d Σᵢ ∂L/∂p_ia: a row for each component of s")
        let problem = Problem(seed: 5), m = problem.model
        try agree(
            queryMatrixGradient(preActivationGradients: problem.dp, query: m.s[0]), problem, \.W, "Wa",
            "by W, queryMatrixGradient(preActivationGradients: \(list(problem.dp)), query: \(list(m.s[0])))",
            "∂L/∂W[d][a] = s_d Σᵢ ∂L/∂p_ia")
    }

    @Sendable private static func checkStateMatrix() throws {
        let dp = [[1.0, 2], [3, -1]], h = [[2.0, 0], [1, 4]]
        try expect(
            stateMatrixGradient(preActivationGradients: dp, states: h), equals: [[5, 3], [12, -4]],
            "stateMatrixGradient(preActivationGradients: \(list(dp)), states: \(list(h)))",
            mistakes: [
                Mistake(
                    "it is transposed: U[d][a] has a row for each component of h", givesRows: [[5, 12], [3, -4]]),
                Mistake(
                    "the states and ∂L/∂p are summed first and then multiplied; word i's state meets word i's gradient only: a sum of products",
                    givesRows: [[12, 3], [16, 4]]),
                Mistake(
                    "only the last word's gradient is left (=, not +=); U is used at every word",
                    givesRows: [[3, -1], [12, -4]]),
                Mistake(
                    "only the first word's gradient is there; U is used at every word", givesRows: [[2, 4], [0, 0]]),
                Mistake("the mean over the words was taken; the chain rule sums", givesRows: [[2.5, 1.5], [6, -2]]),
            ], otherwise: "∂L/∂U[d][a] = Σᵢ h_id ∂L/∂p_ia: a row for each component of h")
        let problem = Problem(seed: 6), m = problem.model
        try agree(
            stateMatrixGradient(preActivationGradients: problem.dp, states: m.h), problem, \.U, "Ua",
            "by U, stateMatrixGradient(preActivationGradients: \(list(problem.dp)), states: \(list(m.h)))",
            "∂L/∂U[d][a] = Σᵢ h_id ∂L/∂p_ia")
    }

    @Sendable private static func checkStates() throws {
        let dp = [[1.0, 2], [3, -1]], U = [[1.0, 2], [0, 3]]
        try expect(
            stateGradients(preActivationGradients: dp, U: U), equals: [[5, 6], [1, -3]],
            "stateGradients(preActivationGradients: \(list(dp)), U: \(list(U)))",
            mistakes: [
                Mistake(
                    "U is used the other way round: forward h_id meets the row U[d], so backward ∂L/∂h_id = Σ_a U[d][a] ∂L/∂p_ia",
                    givesRows: [[1, 8], [3, 3]]),
                Mistake(
                    "the words are summed over; that is right for s, which they share, but each word has a state of its own",
                    givesRows: [[6, 3], [6, 3]]),
                Mistake(
                    "the words are summed over; that is right for s, which they share, but each word has a state of its own",
                    givesRows: [[6, 3]]),
                Mistake("∂L/∂p is not multiplied by U", givesRows: dp),
            ], otherwise: "∂L/∂h_id = Σ_a U[d][a] ∂L/∂p_ia: a row for each word")
        let problem = Problem(seed: 7)
        try agree(
            stateGradients(preActivationGradients: problem.dp, U: problem.model.U), problem, \.h, "states",
            "by h, stateGradients(preActivationGradients: \(list(problem.dp)), U: \(list(problem.model.U)))",
            "∂L/∂h_id = Σ_a U[d][a] ∂L/∂p_ia")
    }

    /// Against differences of the loss by that part of the model, and against what the tape finds for the library's
    /// parameter.
    private static func agree(
        _ got: [[Double]], _ problem: Problem, _ part: WritableKeyPath<Additive, [[Double]]>, _ name: String,
        _ call: String, _ formula: String
    ) throws {
        let expected = FiniteDifferences.gradient(at: problem.model[keyPath: part]) { numbers in
            var moved = problem.model
            moved[keyPath: part] = numbers
            return Plain.dot(problem.g, moved.scores)
        }
        try expect(
            got, equals: expected, within: FiniteDifferences.tolerance,
            "against finite differences of L = Σᵢ ∂L/∂eᵢ eᵢ \(call)",
            otherwise: "\(formula); is an index mixed up where S, D and A differ")
        try expect(
            got, equals: problem.tape(name), within: FiniteDifferences.libraryTolerance,
            "against the library's tape \(call)")
    }
}

// MARK: the forward pass, written out for the differences

/// The numbers of the score, each part as rows so that one function can try any of them.
private struct Additive {
    /// s and h: [1][D] and [S][D].
    var s: [[Double]], h: [[Double]]
    /// [D][A].
    var W: [[Double]], U: [[Double]]
    /// [1][A].
    var b: [[Double]], v: [[Double]]

    /// p [S][A].
    var before: [[Double]] {
        h.map { state in
            b[0].indices.map { a in s[0].indices.reduce(b[0][a]) { $0 + s[0][$1] * W[$1][a] + state[$1] * U[$1][a] } }
        }
    }
    var hidden: [[Double]] { before.map { $0.map { tanh($0) } } }
    var scores: [Double] { hidden.map { Plain.dot(v[0], $0) } }
}

/// S = 4, D = 3, A = 2: all different, so that a transposed matrix does not fit.
private struct Problem {
    let model: Additive
    /// ∂L/∂e [S].
    let g: [Double]

    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        model = Additive(
            s: random.rounded(1, 3), h: random.rounded(4, 3), W: random.rounded(3, 2),
            U: random.rounded(3, 2), b: random.rounded(1, 2), v: random.rounded(1, 2))
        g = random.rounded(4)
    }

    /// ∂L/∂p [S][A], for the gaps below it.
    var dp: [[Double]] { zip(g, model.hidden).map { g, t in zip(model.v[0], t).map { g * $0 * (1 - $1 * $1) } } }

    /// The gradient of one of the library's parameters, through Bahdanau's scorer and its fused kernel.
    func tape(_ name: String) throws -> [[Double]] {
        let parameters = Parameters(), (count, width) = (model.h.count, model.s[0].count)
        var builder = ParameterBuilder(parameters, seed: 1)
        let h = try builder.given("states", [1, count, width], model.h.flatMap { $0 })
        let query = try builder.given("query", [1, width], model.s[0])
        let attention = Attention(
            BahdanauScorer(ScorerSizes(state: width, attention: model.b[0].count, maximumSource: count), &builder))
        for (name, rows) in [("Wa", model.W), ("Ua", model.U), ("b", model.b), ("va", model.v)] {
            try parameters.set(name, to: rows.flatMap { $0.map { Scalar($0) } })
        }
        let memory = try attention.memory(states: h, summary: Tensor.zeros([1, width], near: h), lengths: [count])
        let scores = try attention.scores(query: query, memory: memory, past: Past(before: memory))
        try parameters.tape.backward(from: (scores * Tensor.query(g)).sum())
        return parameters.gradientRows(name)
    }
}
