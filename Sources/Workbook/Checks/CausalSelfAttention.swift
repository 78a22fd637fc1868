// Exercise 15: self-attention under the causal mask, and the test that nothing leaks from the future.

import AttentionLab
import Foundation

public protocol CausalSelfAttentionAnswers: Answers {
    static func causalMask(_ count: Int) throws -> [[Bool]]
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]])
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int?
    static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int
}

extension CausalSelfAttentionAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 15), "causal self-attention", topic: "CausalSelfAttention",
            lesson: "10_SelfAttention",
            hints: [
                "The mask is a table with a row for each word that looks and a column for each word that is looked at. Draw it for three words: which of the nine may be? The first word must see something.",
                "Row t of the weights is the masked softmax of exercise 1 over row t of Q Kᵀ / √d, and √d goes with the width of a query, not of X. For the test: two runs, one of them with another row at `position`, and a comparison of whole rows.",
                "mask[t][i] = i ≤ t. For each t: scores = Q[t]·K[i]/√d, m = the largest allowed one, e = allowed ? exp(score - m) : 0, weights = e / Σ e, output = Σ weight · V[i]; throw where nothing is allowed. The test: before = attention(x), after = attention(x with the new row), the first t with before[t] ≠ after[t]. Two layers do not change what one promises.",
            ],
            gaps: [
                Gap("the causal mask", function: "causalMask", checkMask),
                Gap("self-attention under a mask", function: "selfAttention", checkAttention),
                Gap("the test for leaks", function: "firstOutputThatChanges", checkTest),
                Gap("the prediction", function: "predictedFirstChange", checkPrediction),
            ])
    }

    @Sendable private static func checkMask() throws {
        func numbers(_ mask: [[Bool]]) -> [[Double]] { mask.map { $0.map { $0 ? 1 : 0 } } }
        for count in [3, 1, 6] {
            let words = 0..<count
            func made(_ rule: (Int, Int) -> Bool) -> [[Double]] {
                words.map { t in words.map { i in rule(t, i) ? 1 : 0 } }
            }
            try expect(
                numbers(causalMask(count)), equals: made { t, i in i <= t }, "causalMask(\(count)), with 1 for true,",
                mistakes: [
                    Mistake(
                        "the mask is the wrong way round: rows are the words that look, columns the words that are looked at, and no word may look at later ones",
                        givesRows: made { t, i in i >= t }),
                    Mistake(
                        "the diagonal is excluded; a word may look at itself, and the first would have nothing else to look at",
                        givesRows: made { t, i in i < t }),
                    Mistake(
                        "true marks what is hidden here; it shall mark what may be looked at",
                        givesRows: made { t, i in i > t }),
                    Mistake("every word may look at every word", givesRows: made { _, _ in true }),
                    Mistake(
                        "each word may look only at itself; the words before it are allowed too",
                        givesRows: made { t, i in t == i }),
                ])
        }
    }

    // MARK: self-attention

    @Sendable private static func checkAttention() throws {
        let unit = [[1.0, 0.0], [0.0, 1.0]]
        try compare(
            "X = [[1, 0], [0, 1], [1, 1]], all W the identity and the causal mask",
            Problem(x: [[1, 0], [0, 1], [1, 1]], wq: unit, wk: unit, wv: unit))
        // Another score from word 0 to word 1 than back, so that queries and keys cannot be taken for each other.
        try compare(
            "X = [[1, 2], [3, -1], [0, 1]], Wq = [[1, 1], [0, 1]], Wk = [[1, 0], [-1, 2]], Wv = [[2, 0], [1, -1]] and the causal mask",
            Problem(
                x: [[1, 2], [3, -1], [0, 1]], wq: [[1, 1], [0, 1]], wk: [[1, 0], [-1, 2]], wv: [[2, 0], [1, -1]]))
        var random = RandomSource(seed: 15)
        for count in [1, 4, 7] {
            let problem = Problem(words: count, width: 5, keys: 3, values: 4, &random)
            try compare("a random X [\(count)][5] with d = 3 and values of 4 numbers, under the causal mask", problem)
            let all = problem.mask.map { $0.map { _ in true } }
            try compare(
                "the same without a mask (every entry true)",
                Problem(x: problem.x, wq: problem.wq, wk: problem.wk, wv: problem.wv, mask: all))
            var one = problem.mask.map { $0.map { _ in false } }
            for t in one.indices { one[t][count - 1 - t] = true }
            try compare(
                "the same where word t may look only at word \(count - 1) - t",
                Problem(x: problem.x, wq: problem.wq, wk: problem.wk, wv: problem.wv, mask: one))
        }
        let large = Problem(x: [[100, 0], [0, 200]], wq: unit, wk: unit, wv: unit)
        try compare(
            "X = [[100, 0], [0, 200]], where the scores are as large as 28284,", large,
            otherwise: "exp of a large score is ∞; subtract the largest score that the row may see")
        let blind = Problem(
            x: [[1, 0], [0, 1]], wq: unit, wk: unit, wv: unit, mask: [[false, false], [true, true]])
        try expectError(
            "selfAttention where word 0 may look at nothing",
            cause: "0/0 has no answer; throw an error that says which word it is"
        ) {
            _ = try blind.solved(by: Self.self)
        }
        try compareWithLibrary()
    }

    private static func compare(_ what: String, _ problem: Problem, otherwise cause: String? = nil) throws {
        let got = try problem.solved(by: Self.self)
        let right = problem.answer()
        try expect(
            got.weights, equals: right.weights, "the weights of \(what)",
            mistakes: problem.mistakes.map { mistake in
                Mistake(mistake.cause, givesRows: mistake.answer.weights)
            }, otherwise: cause)
        try expect(
            got.outputs, equals: right.outputs, "the outputs of \(what)",
            mistakes: problem.mistakes.map { mistake in
                Mistake(mistake.cause, givesRows: mistake.answer.outputs)
            } + [
                Mistake(
                    "the weights are applied to X; the values are X Wv",
                    givesRows: Plain.product(right.weights, problem.x)),
                Mistake(
                    "the outputs are the values themselves, without the weights",
                    givesRows: Plain.product(problem.x, problem.wv)),
            ],
            otherwise: cause ?? "the weights are right; output t is Σᵢ weight[t][i] · V[i]")
    }

    /// Row t under the causal mask is the scaled dot product of the library, over a sentence that ends with word t.
    private static func compareWithLibrary() throws {
        var random = RandomSource(seed: 16)
        let count = 5, width = 4
        let problem = Problem(words: count, width: 6, keys: width, values: 3, &random)
        let queries = Plain.product(problem.x, problem.wq), keys = Plain.product(problem.x, problem.wk)
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let attention = Attention(
            ScaledDotScorer(ScorerSizes(state: width, attention: 1, maximumSource: count), &builder))
        let states = try Tensor(
            (0..<count).flatMap { _ in keys.flatMap { $0 } }.map { Scalar($0) }, shape: [count, count, width])
        let query = try Tensor(queries.flatMap { $0 }.map { Scalar($0) }, shape: [count, width])
        let memory = try attention.memory(
            states: states, summary: Tensor.zeros([count, width], near: states), lengths: Array(1...count))
        let library = try attention.step(query: query, memory: memory, past: Past(before: memory)).weights.rows
        try expect(
            problem.solved(by: Self.self).weights, equals: library, within: 1e-5,
            "the weights of a random X under the causal mask, beside ScaledDotScorer where sentence t of a batch has the words 0…t,"
        )
    }

    // MARK: the test for leaks

    @Sendable private static func checkTest() throws {
        var random = RandomSource(seed: 17)
        let count = 5, problem = Problem(words: count, width: 3, keys: 3, values: 3, &random),
            causal = problem.attention { t, i in i <= t }
        let kinds: [(name: String, function: ([[Double]]) -> [[Double]], first: (Int) -> Int?)] = [
            ("a causal attention", causal, { $0 }),
            ("an attention without a mask", problem.attention { _, _ in true }, { _ in 0 }),
            ("an attention whose mask is the wrong way round", problem.attention { t, i in i >= t }, { _ in 0 }),
            ("an attention that looks one word ahead", problem.attention { t, i in i <= t + 1 }, { max(0, $0 - 1) }),
            (
                "an attention where each word sees only the one before it (and the first itself)",
                problem.attention { t, i in i == max(0, t - 1) },
                { $0 == 0 ? 0 : $0 + 1 < count ? $0 + 1 : nil }
            ),
            ("a function that ignores its words", { x in x.map { _ in [1.0] } }, { _ in nil }),
        ]
        for position in [2, 0, 4] {
            for kind in kinds {
                let found = try firstOutputThatChanges(
                    in: kind.function, x: problem.x, position: position, replacement: [2, -1, 0.5])
                let wanted = kind.first(position)
                let cause =
                    if found == position {
                        "`position` is what a causal attention gives; measure it, by running the attention twice"
                    } else if wanted == nil {
                        "no output changed at all; the answer is nil then"
                    } else if found == nil {
                        "the two runs were given the same words"
                    } else if let found, let wanted, found > wanted {
                        "the first output that changes is asked for, not the last, and a changed output before `position` counts too"
                    } else {
                        "compare the outputs of two runs; their words differ at `position` only"
                    }
                try require(
                    found == wanted,
                    "firstOutputThatChanges in \(kind.name), of \(count) words, position \(position), "
                        + "is \(said(found)), expected \(said(wanted))", cause: cause)
            }
        }
        try checkSmallChanges(causal, problem.x)
    }

    private static func said(_ word: Int?) -> String { word.map(String.init) ?? "nil" }

    /// A word that is replaced by itself, and one that differs in a single number by very little.
    private static func checkSmallChanges(_ causal: ([[Double]]) -> [[Double]], _ x: [[Double]]) throws {
        try require(
            firstOutputThatChanges(in: causal, x: x, position: 2, replacement: x[2]) == nil,
            "firstOutputThatChanges where word 2 is replaced by itself found a change, expected nil",
            cause: "the comparison is not of the attention's outputs before and after")
        let near = x[2].indices.map { x[2][$0] + ($0 == 2 ? 1e-7 : 0) }
        let found = try firstOutputThatChanges(in: causal, x: x, position: 2, replacement: near)
        try require(
            found == 2,
            "firstOutputThatChanges where one number of word 2 changes by 0.0000001 is \(said(found)), expected 2",
            cause: "a tolerance hides small leaks; compare exactly, and all numbers of a row")
    }

    @Sendable private static func checkPrediction() throws {
        var random = RandomSource(seed: 18)
        let problem = Problem(words: 6, width: 3, keys: 3, values: 3, &random)
        for (isCausal, layers, position) in [
            (true, 1, 3), (false, 1, 3), (true, 3, 3), (false, 2, 5), (true, 2, 0), (true, 5, 5),
        ] {
            func outputs(_ x: [[Double]]) -> [[Double]] {
                (0..<layers).reduce(x) { words, _ in
                    problem.attention { t, i in !isCausal || i <= t }(words)
                }
            }
            var changed = problem.x
            changed[position] = [2, -1, 0.5]
            let before = outputs(problem.x), after = outputs(changed)
            let measured = before.indices.first { before[$0] != after[$0] }
            let got = try predictedFirstChange(position: position, isCausal: isCausal, layers: layers)
            let cause =
                if !isCausal {
                    "without a mask every word sees the replaced one, the first word too"
                } else if got < position {
                    "word t of every layer is made of words 0…t of the layer below: layers on top of one another let nothing flow back"
                } else {
                    "a word sees itself, so the output of the replaced word changes"
                }
            try require(
                got == measured,
                "predictedFirstChange(position: \(position), isCausal: \(isCausal), layers: \(layers)) is \(got); measured on random "
                    + "numbers, the first output that changes is \(measured.map(String.init) ?? "none")", cause: cause)
        }
    }
}

// MARK: self-attention, written once more for the checks

/// A self-attention to solve.
private struct Problem {
    let x, wq, wk, wv: [[Double]]
    let mask: [[Bool]]

    /// - Parameter mask: by default the causal one.
    init(x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], mask: [[Bool]]? = nil) {
        (self.x, self.wq, self.wk, self.wv) = (x, wq, wk, wv)
        self.mask = mask ?? x.indices.map { t in x.indices.map { i in i <= t } }
    }

    init(words: Int, width: Int, keys: Int, values: Int, _ random: inout RandomSource) {
        self.init(
            x: random.normals(words, width), wq: random.normals(width, keys), wk: random.normals(width, keys),
            wv: random.normals(width, values))
    }

    func solved(by answers: (some CausalSelfAttentionAnswers).Type) throws -> (outputs: [[Double]], weights: [[Double]])
    {
        try answers.selfAttention(x, wq: wq, wk: wk, wv: wv, mask: mask)
    }

    /// With its matrices and another mask, for any words: the outputs.
    func attention(_ rule: @escaping (_ t: Int, _ i: Int) -> Bool) -> ([[Double]]) -> [[Double]] {
        { x in
            Problem(x: x, wq: wq, wk: wk, wv: wv, mask: x.indices.map { t in x.indices.map { rule(t, $0) } }).answer()
                .outputs
        }
    }

    typealias Answer = (outputs: [[Double]], weights: [[Double]])

    func answer(dividingBy divisor: Double? = nil) -> Answer {
        answer(SelfAttentionByHand.softmax(scores(divisor), mask))
    }

    private func answer(_ weights: [[Double]]) -> Answer { (Plain.product(weights, Plain.product(x, wv)), weights) }

    private func scores(_ divisor: Double? = nil) -> [[Double]] {
        SelfAttentionByHand.scores(Plain.product(x, wq), Plain.product(x, wk), dividingBy: divisor)
    }

    /// What students hand in, with its cause.
    var mistakes: [(cause: String, answer: Answer)] {
        typealias Hand = SelfAttentionByHand
        let scores = scores(), all = mask.map { $0.map { _ in true } }, keys = Double(wq.first?.count ?? 1)
        func masked(_ rows: [[Double]], _ fill: Double) -> [[Double]] {
            zip(rows, mask).map { zip($0, $1).map { $1 ? $0 : fill } }
        }
        var list: [(cause: String, answer: Answer)] = [
            (
                "the mask was applied after the softmax, so that the rows no longer sum to 1",
                answer(masked(Hand.softmax(scores, all), 0))
            ),
            (
                "the mask was multiplied into the scores; a score of 0 is a score like any other, exp(0) = 1",
                answer(Hand.softmax(masked(scores, 0), all))
            ),
            ("the mask was not used", answer(Hand.softmax(scores, all))),
            (
                "the mask was used the wrong way round: mask[t][i] belongs to the looking word t and the word i it looks at",
                answer(Hand.softmax(scores, Plain.transposed(mask)))
            ),
            (
                "the softmax runs over the queries (down the columns); it belongs over the keys, so that every row sums to 1",
                answer(Plain.transposed(Hand.softmax(Plain.transposed(scores), Plain.transposed(mask))))
            ),
            ("the scores are not divided by √d", answer(dividingBy: 1)),
            ("the scores are divided by d; its square root is meant", answer(dividingBy: keys)),
            (
                "the scores are divided by √D, the width of X; the dot product has d terms, the width of a query",
                answer(dividingBy: Double(x.first?.count ?? 1).squareRoot())
            ),
            (
                "queries and keys are swapped: row t needs the query of word t and the keys of the others",
                answer(Hand.softmax(Plain.transposed(scores), mask))
            ),
            (
                "a mask of 1 and 0 was added to the scores; what is hidden must be left out, as if -∞ had been added",
                answer(
                    Hand.softmax(
                        scores.indices.map { t in scores[t].indices.map { scores[t][$0] + (mask[t][$0] ? 1 : 0) } }, all
                    ))
            ),
        ]
        if wq.count == wq.first?.count {
            let values = wv.count == wv.first?.count ? Plain.transposed(wv) : wv
            let flipped = Problem(x: x, wq: Plain.transposed(wq), wk: Plain.transposed(wk), wv: values, mask: mask)
            list.append(("the matrices are transposed: Q = X Wq, every row of X times Wq", flipped.answer()))
        }
        return list
    }
}
