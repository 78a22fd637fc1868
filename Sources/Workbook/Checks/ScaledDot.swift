// Exercise 4: scaled dot-product scores, and how the scaling keeps softmax from saturating.

import AttentionLab
import Foundation

public protocol ScaledDotAnswers: Answers {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double]
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double)
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double
}

extension ScaledDotAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 4), "scaled dot-product scores, and what the scaling is for", topic: "ScaledDot",
            lesson: "05_Scaling",
            hints: [
                "D is the width of the query, not the number of words. The variance of a sum of independent numbers is the sum of their variances; the standard deviation is its root.",
                "The scores are divided before the softmax, by the root. For the saturation make a list of scores for each query first: all of them together give the standard deviation, each by itself gives a softmax and its largest weight. The gradient's size takes the same softmax.",
                "scores: dot / Double(query.count).squareRoot(). expectedDeviation: scaled ? 1 : √width. saturation: rows = queries.map { scores(of: $0, keys, scaled: scaled) }; all = rows.flatMap { $0 }; √(Σ (e - mean)² / all.count); the mean of softmax(row).max(). gradientSize: the mean of softmax(row).map { $0 * (1 - $0) }.reduce(0, +).",
            ],
            gaps: [
                Gap("scaled scores", function: "scores", checkScores),
                Gap("expected deviation", function: "expectedDeviation", checkDeviation),
                Gap("saturation", function: "saturation", checkSaturation),
                Gap("gradient size", function: "gradientSize", checkGradient),
            ])
    }

    private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

    private static func variance(_ numbers: [Double]) -> Double {
        let middle = mean(numbers)
        return mean(numbers.map { ($0 - middle) * ($0 - middle) })
    }

    private static func deviation(_ numbers: [Double]) -> Double { variance(numbers).squareRoot() }

    private static func rows(_ queries: [[Double]], _ keys: [[Double]], scaled: Bool) -> [[Double]] {
        let factor = scaled ? 1 / Double(keys[0].count).squareRoot() : 1
        return queries.map { query in keys.map { factor * Plain.dot(query, $0) } }
    }

    /// Queries and keys as the argument for the scaling has them: independent, mean 0, variance 1.
    private static func draw(width: Int) -> (queries: [[Double]], keys: [[Double]]) {
        var random = RandomSource(seed: 4)
        return (random.normals(24, width), random.normals(12, width))
    }

    @Sendable private static func checkScores() throws {
        let query = [1.0, 2, 0, 1], states = [[2.0, 1, 1, 0], [0, 1, 3, 0], [1, 0, 5, -1]], dots = [4.0, 2, 0]
        try expect(
            scores(query: query, states: states), equals: [2, 1, 0],
            "scores(query: \(list(query)), states: \(list(states)))",
            mistakes: [
                Mistake("the division by √D is missing", gives: dots),
                Mistake("divided by D = 4 instead of its root 2", gives: dots.map { $0 / 4 }),
                Mistake("multiplied by √D instead of divided", gives: dots.map { $0 * 2 }),
                Mistake(
                    "divided by √S, the number of words; D is the width of query and state",
                    gives: dots.map { $0 / 3.squareRoot() }),
                Mistake("divided by S, the number of words; it is the root of the width", gives: dots.map { $0 / 3 }),
                Mistake(
                    "divided after the softmax: the weights no longer sum to 1, and the softmax is as saturated as before",
                    gives: Plain.softmax(dots).map { $0 / 2 }),
                Mistake("these are the weights; here only the scores are asked for", gives: Plain.softmax([2, 1, 0])),
                Mistake(
                    "divided by the query's length ‖s‖; √D is the same for every query",
                    gives: dots.map { $0 / 6.squareRoot() }),
            ], otherwise: "the dot product of query and state, divided by the root of the number of units")
        let ones = [Double](repeating: 1, count: 9)
        try expect(
            scores(query: ones, states: [ones]), equals: [3], "scores(query: nine ones, states: [nine ones])",
            mistakes: [
                Mistake("the root of 4 is written into the code; take the width of the query", gives: [4.5])
            ], otherwise: "9 / √9 = 3")
        var random = RandomSource(seed: 41), none = ParameterBuilder(Parameters(), seed: 1)
        let s = random.normals(6), h = random.normals(5, 6)
        let library = ScaledDotScorer(ScorerSizes(state: 6, attention: 6), &none)
        let query6 = try Tensor.query(s)
        let memory = try Memory(states: Tensor.states(h), summary: query6, lengths: [5], scorer: library)
        let theirs = try library.scores(query: query6, memory: memory, past: Past(before: memory)).rows.flatMap { $0 }
        try expect(
            scores(query: s, states: h), equals: theirs, within: 1e-5,
            "beside the library's scaled-dot, with 5 states of width 6, the list of scores")
    }

    @Sendable private static func checkDeviation() throws {
        for width in [1, 4, 64, 1000] {
            let root = Double(width).squareRoot()
            try expect(
                expectedDeviation(width: width, scaled: false), equals: root, within: 1e-6,
                "expectedDeviation(width: \(width), scaled: false)",
                mistakes: [
                    Mistake("this is the variance; the standard deviation is its root", gives: [Double(width)]),
                    Mistake(
                        "1 is what the scaling shall bring; without it the variances of \(width) products add up",
                        gives: [1]),
                    Mistake(
                        "the sum is not averaged: it becomes wider with more units, not narrower", gives: [1 / root]),
                ], otherwise: "each product has variance 1, and the variances of independent numbers add up")
            try expect(
                expectedDeviation(width: width, scaled: true), equals: 1, within: 1e-6,
                "expectedDeviation(width: \(width), scaled: true)",
                mistakes: [
                    Mistake("this is the deviation before the division by √D", gives: [root]),
                    Mistake(
                        "dividing scores by √D divides their standard deviation √D by √D, and not 1 by √D",
                        gives: [1 / root]),
                ], otherwise: "dividing numbers by √D divides their standard deviation by √D")
        }
    }

    @Sendable private static func checkSaturation() throws {
        // The scores can be written down: 2 and −2 for the first query, 0 and 2 for the second; scaled, half of that.
        let queries = [[2.0, 0, 0, 0], [0, 2, 0, 0]], keys = [[1.0, 0, 0, 0], [-1, 1, 0, 0]]
        for scaled in [false, true] {
            let scores = rows(queries, keys, scaled: scaled), all = scores.flatMap { $0 },
                other = rows(queries, keys, scaled: !scaled)
            let weights = scores.map(Plain.softmax)
            let call = "saturation(queries: \(list(queries)), keys: \(list(keys)), scaled: \(scaled))"
            let flag =
                scaled
                ? "the scores were not scaled; scaled: true divides them by √4"
                : "the scores were scaled though scaled is false"
            let given = " (the scores are \(list(scores)))"
            let result = try saturation(queries: queries, keys: keys, scaled: scaled)
            try expect(
                result.standardDeviation, equals: scaled ? 0.82915619758885 : 1.6583123951777,
                "the standard deviation of \(call)\(given)",
                mistakes: [
                    Mistake(flag, gives: [deviation(other.flatMap { $0 })]),
                    Mistake("this is the variance; take its root", gives: [variance(all)]),
                    Mistake(
                        "the mean was not subtracted; it is \(short(mean(all))) here, not 0",
                        gives: [mean(all.map { $0 * $0 }).squareRoot()]),
                    Mistake(
                        "divided by the number of scores less one; here the scores are all there is, so divide by their number",
                        gives: [(variance(all) * 4 / 3).squareRoot()]),
                    Mistake(
                        "this is the standard deviation of the weights; the scores are what is measured",
                        gives: [deviation(weights.flatMap { $0 })]),
                    Mistake(
                        "a standard deviation was taken for each query, and their mean; take that of all scores together",
                        gives: [mean(scores.map(deviation))]),
                ], otherwise: "√(mean of (e - mean of e)²) over all scores of all queries")
            try expect(
                result.largestWeight, equals: scaled ? 0.8059278283039436 : 0.9314054340078954,
                "the largest weight of \(call)\(given)",
                mistakes: [
                    Mistake(flag, gives: [mean(other.map { Plain.softmax($0).max() ?? 0 })]),
                    Mistake(
                        "softmax was taken over the scores of all queries together; each query has a softmax of its own",
                        gives: [Plain.softmax(all).max() ?? 0]),
                    Mistake(
                        "this is the largest weight of all queries; take the mean over the queries",
                        gives: [weights.flatMap { $0 }.max() ?? 0]),
                    Mistake(
                        "this is the mean of all weights, which is 1/S whatever the scores are; take each query's largest",
                        gives: [0.5]),
                    Mistake(
                        "these are the largest scores; softmax is missing", gives: [mean(scores.map { $0.max() ?? 0 })]),
                    Mistake(
                        "the sum over the queries, not their mean", gives: [weights.map { $0.max() ?? 0 }.reduce(0, +)]),
                    Mistake(
                        "this is the weight of the first key; take each query's largest",
                        gives: [mean(weights.map { $0[0] })]),
                ], otherwise: "softmax of each query's scores, the largest weight of each, and the mean of those")
        }
        for width in [4, 64, 256] { try measure(width: width) }
    }

    /// Beside the check's own numbers, and beside what the argument predicts.
    private static func measure(width: Int) throws {
        let (queries, keys) = draw(width: width)
        for scaled in [false, true] {
            let scores = rows(queries, keys, scaled: scaled)
            let what = "of 24 random queries and 12 keys of width \(width), scaled: \(scaled),"
            let result = try saturation(queries: queries, keys: keys, scaled: scaled)
            try expect(
                result.standardDeviation, equals: deviation(scores.flatMap { $0 }), within: 1e-6,
                "\(what) the standard deviation",
                otherwise: "is the width of the worked example, 4, written into the code?")
            let largest = mean(scores.map { Plain.softmax($0).max() ?? 0 })
            try expect(
                result.largestWeight, equals: largest, within: 1e-6, "\(what) the largest weight",
                otherwise: "a softmax that overflows, or a number of keys or queries that is written into the code")
            // What the exercise is for: the measured numbers are what the argument says.
            let expected = try expectedDeviation(width: width, scaled: scaled)
            try require(
                abs(result.standardDeviation / expected - 1) < 0.15,
                "\(what) the standard deviation is \(short(result.standardDeviation)), "
                    + "and expectedDeviation(width: \(width), scaled: \(scaled)) says \(short(expected))",
                cause: "the measurement is right; look at the gap before this one")
        }
    }

    @Sendable private static func checkGradient() throws {
        let queries = [[2.0, 0, 0, 0], [0, 2, 0, 0]], keys = [[1.0, 0, 0, 0], [-1, 1, 0, 0], [0, 0, 0, 0]]
        func sizes(_ weights: [[Double]]) -> [Double] { weights.map { $0.map { $0 * (1 - $0) }.reduce(0, +) } }
        for scaled in [false, true] {
            let weights = rows(queries, keys, scaled: scaled).map(Plain.softmax)
            let other = rows(queries, keys, scaled: !scaled).map(Plain.softmax)
            let call = "gradientSize(queries: \(list(queries)), keys: \(list(keys)), scaled: \(scaled))"
            let expected = scaled ? 0.5338539147534995 : 0.29629317598911475
            try expect(
                gradientSize(queries: queries, keys: keys, scaled: scaled), equals: expected,
                "\(call) (the weights are \(list(weights)))",
                mistakes: [
                    Mistake(
                        scaled
                            ? "the scores were not scaled; scaled: true divides them by √4"
                            : "the scores were scaled though scaled is false", gives: [mean(sizes(other))]),
                    Mistake(
                        "this is Σ αᵢ², which is large where Σ αᵢ (1 - αᵢ) is small",
                        gives: [mean(weights.map { Plain.dot($0, $0) })]),
                    Mistake("the mean over the keys was taken; it is their sum", gives: [mean(sizes(weights)) / 3]),
                    Mistake(
                        "the sum over the queries was taken; it is their mean", gives: [sizes(weights).reduce(0, +)]),
                    Mistake(
                        "only the largest weight of each query was counted; the sum is over all of them",
                        gives: [mean(weights.map { row in row.max().map { $0 * (1 - $0) } ?? 0 })]),
                    Mistake(
                        "Σ (1 - αᵢ) is S - 1 whatever the weights are; each term has the factor αᵢ too", gives: [2]),
                    Mistake(
                        "the scores were put into e (1 - e); it is the weights that belong there",
                        gives: [mean(sizes(rows(queries, keys, scaled: scaled)))]),
                ], otherwise: "for each query the sum of αᵢ (1 - αᵢ) over the keys, then the mean over the queries")
        }
        try expect(
            gradientSize(queries: [[1]], keys: [[3], [3], [3], [3]], scaled: true), equals: 0.75,
            "gradientSize with four equal keys",
            otherwise: "four weights of 1/4 give 4 · 1/4 · 3/4, the most there can be")
        for width in [4, 64, 256] {
            let (queries, keys) = draw(width: width)
            let expected = [false, true].map { scaled in
                mean(sizes(rows(queries, keys, scaled: scaled).map(Plain.softmax)))
            }
            let got = try [false, true].map { try gradientSize(queries: queries, keys: keys, scaled: $0) }
            try expect(
                got, equals: expected, within: 1e-6,
                "gradientSize of 24 random queries and 12 keys of width \(width), unscaled and scaled,",
                otherwise: "a number of keys, queries or units that is written into the code")
        }
    }
}
