// Exercise 2: the context vector, of one sentence and of a padded batch.

import AttentionLab

public protocol ContextVectorAnswers: Answers {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double]
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]]
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double])
}

extension ContextVectorAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 2), "the context vector", topic: "ContextVector", lesson: "02_SoftSearch",
            hints: [
                "Each weight multiplies a whole state, and the products are added up unit by unit. How many numbers has the result, S or D?",
                "Start with D zeros; for every word i and every unit d add αᵢ hᵢ[d]. In a batch, take only the first lengths[b] words of sentence b. For the last gap: where two states have a third one half-way between them, there are two ways to get there.",
                """
                The context of one sentence, from D zeros on:

                    for (weight, state) in zip(weights, states) {
                        for d in state.indices { context[d] += weight * state[d] }
                    }

                For a batch, call it with prefix(lengths[b]) of both. For the last gap: states 0, 1 and 2 on a line; all the weight on the middle one, or half on each of the others.
                """,
            ],
            gaps: [
                Gap("context vector", function: "context", checkContext),
                Gap("contexts of a batch", function: "contexts", checkBatch),
                Gap("two looks, one context", function: "sameContext", checkSameContext),
            ])
    }

    @Sendable private static func checkContext() throws {
        let states = [[1.0, 2], [3, 0], [-1, 5]], weights = [0.5, 0.3, 0.2]
        let c = [1.2, 2.0]
        try expect(
            context(weights: weights, states: states), equals: c,
            "context(weights: \(list(weights)), states: \(list(states)))",
            mistakes: [
                Mistake("the states were added without their weights", gives: [3, 7]),
                Mistake("this is the mean of the states; the weights were not used", gives: [1, 7.0 / 3]),
                Mistake(
                    "the sum was divided by the number of words; the weights sum to 1 already", gives: c.map { $0 / 3 }),
                Mistake(
                    "only the state with the largest weight was taken; the others have their share too",
                    gives: states[0]),
                Mistake(
                    "only the state with the largest weight was taken, times its weight; the others have their share too",
                    gives: [0.5, 1]),
                Mistake(
                    "the last word was left out: the loop ends one too early",
                    gives: Plain.weightedSum(weights.dropLast(), of: states)),
                Mistake(
                    "the first word was left out: the loop begins one too late",
                    gives: Plain.weightedSum(Array(weights.dropFirst()), of: Array(states.dropFirst()))),
                Mistake(
                    "weights and states are off by one: each state got the weight of the next",
                    gives: Plain.weightedSum(Array(weights.dropFirst()), of: states)),
                Mistake(
                    "weights and states are off by one: each state got the weight of the one before",
                    gives: Plain.weightedSum(weights, of: Array(states.dropFirst()))),
                Mistake(
                    "the states are weighted but not added up; the context has one number for each unit, not for each word",
                    gives: zip(weights, states).flatMap { w, h in h.map { w * $0 } }),
                Mistake(
                    "the sum runs along the units of a state instead of along the words: transposed",
                    gives: Plain.multiply(states, weights)),
            ], otherwise: "a context has D numbers: for each unit, the sum over all words of weight times state")
        // As many units as words: only here a transposed sum has the right number of numbers.
        let square = [[1.0, 2], [3, 4]]
        try expect(
            context(weights: [0.75, 0.25], states: square), equals: [1.5, 2.5],
            "context(weights: [0.75, 0.25], states: \(list(square)))",
            mistakes: [
                Mistake(
                    "the sum runs along the units of a state instead of along the words: transposed",
                    gives: Plain.multiply(square, [0.75, 0.25]))
            ])
        try expect(
            context(weights: [0, 1, 0], states: states), equals: [3, 0],
            "context(weights: [0, 1, 0], states: \(list(states)))",
            otherwise: "a weight of 1 on one word gives that word's state")
        try expect(
            context(weights: [1], states: [[7, -8, 9]]), equals: [7, -8, 9],
            "context(weights: [1], states: [[7, -8, 9]])",
            otherwise: "a sentence of one word has its state as context; are the sizes 3 and 2 written into the code?")
        var random = RandomSource(seed: 2)
        for (source, width) in [(7, 5), (4, 4), (2, 9)] {
            let weights = random.weights(source), states = random.normals(source, width)
            let library = try Tensor.query(weights).weightedSum(of: Tensor.states(states))
            try expect(
                context(weights: weights, states: states), equals: library.rows.flatMap { $0 }, within: 1e-5,
                "beside the library's weightedSum, with \(source) states of width \(width), the context")
        }
    }

    @Sendable private static func checkBatch() throws {
        let weights = [[0.5, 0.5, 0], [0.2, 0.3, 0.5]], lengths = [2, 3]
        func states(padding: Double) -> [[[Double]]] {
            [[[1, 2], [3, 4], [padding, padding]], [[1, 0], [0, 1], [2, 2]]]
        }
        let expected = [[2.0, 3.0], [1.2, 1.3]], second = states(padding: 9)[1]
        func call(_ padding: String) -> String {
            "contexts(weights: \(list(weights)), states: [[[1, 2], [3, 4], [\(padding), \(padding)]], \(list(second))], lengths: \(lengths))"
        }
        try expect(
            contexts(weights: weights, states: states(padding: 9), lengths: lengths), equals: expected, call("9"),
            mistakes: [
                Mistake(
                    "every sentence was cut to the length of the first",
                    givesRows: [expected[0], Plain.weightedSum(weights[1].dropLast(), of: second)]),
                Mistake(
                    "the last real word is left out: a length is a number of words, not the index of the last one",
                    givesRows: [
                        Plain.weightedSum([0.5], of: states(padding: 9)[0]),
                        Plain.weightedSum(weights[1].dropLast(), of: second),
                    ]),
                Mistake(
                    "the sums were divided by the lengths; the weights sum to 1 already",
                    givesRows: [expected[0].map { $0 / 2 }, expected[1].map { $0 / 3 }]),
                Mistake("the weights were not used", givesRows: [[4, 6], [3, 3]]),
                Mistake(
                    "this is the mean of the real states; the weights were not used", givesRows: [[2, 3], [1, 1]]),
                Mistake(
                    "every sentence got the weights of the first",
                    givesRows: [expected[0], Plain.weightedSum(weights[0], of: second)]),
                Mistake(
                    "every sentence got the states of the first",
                    givesRows: [expected[0], Plain.weightedSum(weights[1], of: states(padding: 9)[0])]),
            ], otherwise: "each sentence has weights, states and a length of its own, and gets a context of its own")
        for padding in [Double.nan, .infinity] {
            let got = try contexts(weights: weights, states: states(padding: padding), lengths: lengths)
            try expect(
                got, equals: expected, call(short(padding)),
                otherwise:
                    "0 · NaN and 0 · ∞ are NaN, so that a weight of 0 does not keep the padding out: stop at the length instead"
            )
        }
        let long = try contexts(weights: [[1, 0, 0, 0]], states: [[[5], [.nan], [.nan], [.nan]]], lengths: [1])
        try expect(
            long, equals: [[5]],
            "contexts(weights: [[1, 0, 0, 0]], states: [[[5], [NaN], [NaN], [NaN]]], lengths: [1])",
            otherwise: "this sentence has one real word, and its state is the context")
        try expect(
            contexts(weights: [], states: [], lengths: []), equals: [], "contexts of an empty batch",
            otherwise: "no sentence, no context")
    }

    @Sendable private static func checkSameContext() throws {
        let (states, first, second) = try sameContext()
        let shown = "sameContext() is \(list(states)) with \(list(first)) and \(list(second))"
        try require(
            !states.isEmpty && first.count == states.count && second.count == states.count,
            "\(shown): \(states.count) states with \(first.count) and \(second.count) weights, expected as many of each"
        )
        try require(
            Set(states.map(\.count)).count == 1 && !states[0].isEmpty,
            "\(shown): the states have the widths \(states.map(\.count)), expected one width for all, at least 1")
        for (name, weights) in [("first", first), ("second", second)] {
            try require(
                weights.allSatisfy { $0 >= 0 } && abs(weights.reduce(0, +) - 1) < 1e-9,
                "\(shown): the \(name) weights sum to \(short(weights.reduce(0, +))), expected at least 0 each and together 1",
                cause: "softmax never makes such weights")
        }
        try require(
            zip(first, second).contains { abs($0 - $1) >= 0.1 },
            "\(shown): the two weightings are the same, expected a difference of at least 0.1 for some word")
        try require(
            Set(states).count == states.count, "\(shown): two of the states are equal",
            cause: "with equal states it is no wonder; it works with different ones too, where one lies between others")
        try expect(
            Plain.weightedSum(second, of: states), equals: Plain.weightedSum(first, of: states),
            "the context of the second weighting in \(shown)",
            otherwise:
                "with two different states every weighting gives another point of the line between them; take a third state on that line"
        )
    }
}
