// What students hand in for exercise 3.

import AttentionLab
import Foundation
import Solutions
import Workbook

let dotScoresMistakes = [
    Wrong(NotSummed.self, "dot-product scores", says: "one number"),
    Wrong(Averaged.self, "dot-product scores", says: "averaged"),
    Wrong(Cosine.self, "dot-product scores", says: "cosine"),
    Wrong(Scaled.self, "dot-product scores", says: "exercise 4"),
    Wrong(SumsMultiplied.self, "dot-product scores", says: "unit by unit"),
    Wrong(WeightsAlready.self, "dot-product scores", says: "comes after the scores"),
    Wrong(OnlyPositive.self, "dot-product scores", says: "negative"),
    Wrong(Truncating.self, "dot-product scores", says: "zip stops"),
    Wrong(FirstOnly.self, "dot-product scores", says: "every state has a width of its own"),
    Wrong(NoSentence.self, "dot-product scores", says: "names both widths"),
    Wrong(NoSoftmax.self, "attention from end to end", says: "the softmax is missing"),
    Wrong(Ratios.self, "attention from end to end", says: "the exponential is missing"),
    Wrong(WeightedByScores.self, "attention from end to end", says: "weighted with the scores"),
    Wrong(QueryWeighted.self, "attention from end to end", says: "not the states"),
    Wrong(Overflowing.self, "attention from end to end", says: "exp(1000)"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: DotScoresAnswers {}

extension Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] { try correct(query, states) }
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        try Solutions.Exercise03.attend(query: query, states: states)
    }

    static func correct(_ query: [Double], _ states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise03.scores(query: query, states: states)
    }
    static func length(_ vector: [Double]) -> Double { Plain.dot(vector, vector).squareRoot() }
    static func mixed(_ weights: [Double], _ states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise02.context(weights: weights, states: states)
    }
}

private enum NotSummed: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        states.flatMap { zip(query, $0).map { $0 * $1 } }
    }
}

private enum Averaged: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try correct(query, states).map { $0 / Double(query.count) }
    }
}

private enum Cosine: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try zip(correct(query, states), states).map { $0 / (length(query) * length($1)) }
    }
}

private enum Scaled: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try correct(query, states).map { $0 / Double(query.count).squareRoot() }
    }
}

private enum SumsMultiplied: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        states.map { query.reduce(0, +) * $0.reduce(0, +) }
    }
}

private enum WeightsAlready: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise01.softmax(correct(query, states))
    }
}

private enum OnlyPositive: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        try correct(query, states).map { abs($0) }
    }
}

private enum Truncating: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] { states.map { Plain.dot(query, $0) } }
}

private enum FirstOnly: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        if let first = states.first { _ = try correct(query, [first]) }
        return states.map { Plain.dot(query, $0) }
    }
}

private enum NoSentence: Otherwise {
    static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        guard states.allSatisfy({ $0.count == query.count }) else { throw ShapeError("wrong shape") }
        return try correct(query, states)
    }
}

private enum NoSoftmax: Otherwise {
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        let weights = try scores(query: query, states: states)
        return try (weights, mixed(weights, states))
    }
}

private enum Ratios: Otherwise {
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        let e = try scores(query: query, states: states), weights = e.map { $0 / e.reduce(0, +) }
        return try (weights, mixed(weights, states))
    }
}

private enum WeightedByScores: Otherwise {
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        let e = try scores(query: query, states: states)
        return try (Solutions.Exercise01.softmax(e), mixed(e, states))
    }
}

private enum QueryWeighted: Otherwise {
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        let weights = try Solutions.Exercise01.softmax(scores(query: query, states: states))
        return try (weights, mixed(weights, states.map { _ in query }))
    }
}

private enum Overflowing: Otherwise {
    static func attend(query: [Double], states: [[Double]]) throws -> (weights: [Double], context: [Double]) {
        let e = try scores(query: query, states: states).map { exp($0) }, weights = e.map { $0 / e.reduce(0, +) }
        return try (weights, mixed(weights, states))
    }
}
