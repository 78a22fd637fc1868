// What students hand in for exercise 4.

import Foundation
import Solutions
import Workbook

let scaledDotMistakes = [
    Wrong(Unscaled.self, "scaled scores", says: "is missing"),
    Wrong(ByWidth.self, "scaled scores", says: "instead of its root"),
    Wrong(Multiplied.self, "scaled scores", says: "multiplied by √D"),
    Wrong(ByWords.self, "scaled scores", says: "√S, the number of words"),
    Wrong(AfterSoftmax.self, "scaled scores", says: "after the softmax"),
    Wrong(ByLength.self, "scaled scores", says: "the query's length"),
    Wrong(RootOfFour.self, "scaled scores", says: "written into the code"),
    Wrong(VarianceExpected.self, "expected deviation", says: "this is the variance"),
    Wrong(AlwaysOne.self, "expected deviation", says: "the variances of 4 products add up"),
    Wrong(ScaledTwice.self, "expected deviation", says: "and not 1 by √D"),
    Wrong(VarianceMeasured.self, "saturation", says: "take its root"),
    Wrong(MeanForgotten.self, "saturation", says: "the mean was not subtracted"),
    Wrong(FlagIgnored.self, "saturation", says: "were not scaled"),
    Wrong(FlagTurned.self, "saturation", says: "though scaled is false"),
    Wrong(OneSoftmax.self, "saturation", says: "a softmax of its own"),
    Wrong(LargestOfAllQueries.self, "saturation", says: "take the mean over the queries"),
    Wrong(MeanWeight.self, "saturation", says: "1/S whatever the scores are"),
    Wrong(PredictionWrong.self, "saturation", says: "look at the gap before"),
    Wrong(SumOfSquares.self, "gradient size", says: "Σ αᵢ²"),
    Wrong(MeanOverKeys.self, "gradient size", says: "the mean over the keys"),
    Wrong(LargestWeightOnly.self, "gradient size", says: "only the largest weight"),
    Wrong(FlagIgnored.self, "gradient size", says: "were not scaled"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: ScaledDotAnswers {}

extension Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise04.scores(query: query, states: states)
    }
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double {
        try Solutions.Exercise04.expectedDeviation(width: width, scaled: scaled)
    }
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try Solutions.Exercise04.saturation(queries: queries, keys: keys, scaled: scaled)
    }
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        try Solutions.Exercise04.gradientSize(queries: queries, keys: keys, scaled: scaled)
    }

    static func dots(_ query: [Double], _ states: [[Double]]) -> [Double] { states.map { Plain.dot(query, $0) } }
    static func rows(_ queries: [[Double]], _ keys: [[Double]], _ scaled: Bool) -> [[Double]] {
        queries.map { query in dots(query, keys).map { scaled ? $0 / Double(query.count).squareRoot() : $0 } }
    }
    static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
    static func correct(
        _ queries: [[Double]], _ keys: [[Double]], _ scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try Solutions.Exercise04.saturation(queries: queries, keys: keys, scaled: scaled)
    }
}

private enum Unscaled: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] { dots(query, states) }
}

private enum ByWidth: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        dots(query, states).map { $0 / Double(query.count) }
    }
}

private enum Multiplied: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        dots(query, states).map { $0 * Double(query.count).squareRoot() }
    }
}

private enum ByWords: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        dots(query, states).map { $0 / Double(states.count).squareRoot() }
    }
}

private enum AfterSoftmax: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        Plain.softmax(dots(query, states)).map { $0 / Double(query.count).squareRoot() }
    }
}

private enum ByLength: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        let length = dots(query, [query])[0].squareRoot()
        return dots(query, states).map { $0 / length }
    }
}

private enum RootOfFour: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] { dots(query, states).map { $0 / 2 } }
}

private enum VarianceExpected: Otherwise {
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double { scaled ? 1 : Double(width) }
}

private enum AlwaysOne: Otherwise {
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double { 1 }
}

private enum ScaledTwice: Otherwise {
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double {
        scaled ? 1 / Double(width).squareRoot() : Double(width).squareRoot()
    }
}

private enum VarianceMeasured: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        let result = try correct(queries, keys, scaled)
        return (result.standardDeviation * result.standardDeviation, result.largestWeight)
    }
}

private enum MeanForgotten: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try (
            mean(rows(queries, keys, scaled).flatMap { $0 }.map { $0 * $0 }).squareRoot(),
            correct(queries, keys, scaled).largestWeight
        )
    }
}

private enum FlagIgnored: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try correct(queries, keys, false)
    }
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        try Solutions.Exercise04.gradientSize(queries: queries, keys: keys, scaled: false)
    }
}

private enum FlagTurned: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try correct(queries, keys, !scaled)
    }
}

private enum OneSoftmax: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try (
            correct(queries, keys, scaled).standardDeviation,
            Plain.softmax(rows(queries, keys, scaled).flatMap { $0 }).max() ?? 0
        )
    }
}

private enum LargestOfAllQueries: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try (
            correct(queries, keys, scaled).standardDeviation,
            rows(queries, keys, scaled).flatMap(Plain.softmax).max() ?? 0
        )
    }
}

private enum MeanWeight: Otherwise {
    static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        try (correct(queries, keys, scaled).standardDeviation, mean(rows(queries, keys, scaled).flatMap(Plain.softmax)))
    }
}

/// Measures well, and would have noticed that the prediction is wrong.
private enum PredictionWrong: Otherwise {
    static func expectedDeviation(width: Int, scaled: Bool) throws -> Double { Double(width) }
}

private enum SumOfSquares: Otherwise {
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        mean(rows(queries, keys, scaled).map { Plain.softmax($0).map { $0 * $0 }.reduce(0, +) })
    }
}

private enum MeanOverKeys: Otherwise {
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        mean(rows(queries, keys, scaled).flatMap(Plain.softmax).map { $0 * (1 - $0) })
    }
}

private enum LargestWeightOnly: Otherwise {
    static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        mean(
            rows(queries, keys, scaled).map { row in
                let largest = Plain.softmax(row).max() ?? 0
                return largest * (1 - largest)
            })
    }
}
