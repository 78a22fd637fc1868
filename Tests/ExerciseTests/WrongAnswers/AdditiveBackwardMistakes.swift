// What students hand in for exercise 12.

import Foundation
import Solutions
import Workbook

let additiveBackwardMistakes = [
    Wrong(HiddenSummed.self, "gradient of v", says: "without ∂L/∂eᵢ"),
    Wrong(LastWord.self, "gradient of v", says: "=, not +="),
    Wrong(OverUnits.self, "gradient of v", says: "runs over the hidden units"),
    Wrong(NoSlope.self, "gradient before tanh", says: "the derivative of tanh is missing"),
    Wrong(NotSquared.self, "gradient before tanh", says: "1 - t instead of 1 - t²"),
    Wrong(LogisticSlope.self, "gradient before tanh", says: "of the logistic function"),
    Wrong(TanhTwice.self, "gradient before tanh", says: "a second time"),
    Wrong(NoVector.self, "gradient before tanh", says: "v is missing"),
    Wrong(MeanOverWords.self, "gradient of b", says: "the mean over the words"),
    Wrong(LastWord.self, "gradient of b", says: "=, not +="),
    Wrong(OverUnits.self, "gradient of b", says: "runs over the hidden units"),
    Wrong(Transposed.self, "gradient of the query", says: "the other way round"),
    Wrong(LastWord.self, "gradient of the query", says: "=, not +="),
    Wrong(MeanOverWords.self, "gradient of the query", says: "the mean over the words"),
    Wrong(Transposed.self, "gradient of W", says: "transposed"),
    Wrong(LastWord.self, "gradient of W", says: "=, not +="),
    Wrong(NoInput.self, "gradient of W", says: "the input s is not"),
    Wrong(Transposed.self, "gradient of U", says: "transposed"),
    Wrong(ProductOfSums.self, "gradient of U", says: "a sum of products"),
    Wrong(MeanOverWords.self, "gradient of U", says: "the mean over the words"),
    Wrong(Transposed.self, "gradient of the states", says: "the other way round"),
    Wrong(SameForAll.self, "gradient of the states", says: "each word has a state of its own"),
    Wrong(NoMatrix.self, "gradient of the states", says: "not multiplied by U"),
]

private typealias Solution = Solutions.Exercise12

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: AdditiveBackwardAnswers {}

extension Otherwise {
    static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double] {
        try Solution.vectorGradient(scoreGradients: scoreGradients, hidden: hidden)
    }
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        try Solution.preActivationGradients(scoreGradients: scoreGradients, v: v, hidden: hidden)
    }
    static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double] {
        try Solution.biasGradient(preActivationGradients: preActivationGradients)
    }
    static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double] {
        try Solution.queryGradient(preActivationGradients: preActivationGradients, W: W)
    }
    static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]] {
        try Solution.queryMatrixGradient(preActivationGradients: preActivationGradients, query: query)
    }
    static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]] {
        try Solution.stateMatrixGradient(preActivationGradients: preActivationGradients, states: states)
    }
    static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]] {
        try Solution.stateGradients(preActivationGradients: preActivationGradients, U: U)
    }
}

private enum HiddenSummed: Otherwise {
    static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double] {
        Plain.transposed(hidden).map { $0.reduce(0, +) }
    }
}

/// Assigns in the loop over the words.
private enum LastWord: Otherwise {
    static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double] {
        try Solution.vectorGradient(scoreGradients: scoreGradients.suffix(1), hidden: hidden.suffix(1))
    }
    static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double] {
        preActivationGradients[preActivationGradients.count - 1]
    }
    static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double] {
        try Solution.queryGradient(preActivationGradients: preActivationGradients.suffix(1), W: W)
    }
    static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]] {
        try Solution.queryMatrixGradient(preActivationGradients: preActivationGradients.suffix(1), query: query)
    }
}

private enum OverUnits: Otherwise {
    static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double] {
        zip(scoreGradients, hidden).map { $0 * $1.reduce(0, +) }
    }
    static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double] {
        preActivationGradients.map { $0.reduce(0, +) }
    }
}

private enum NoSlope: Otherwise {
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        scoreGradients.map { gradient in v.map { gradient * $0 } }
    }
}

private enum NotSquared: Otherwise {
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        zip(scoreGradients, hidden).map { gradient, t in zip(v, t).map { gradient * $0 * (1 - $1) } }
    }
}

private enum LogisticSlope: Otherwise {
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        zip(scoreGradients, hidden).map { gradient, t in zip(v, t).map { gradient * $0 * $1 * (1 - $1) } }
    }
}

private enum TanhTwice: Otherwise {
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        try Solution.preActivationGradients(
            scoreGradients: scoreGradients, v: v, hidden: hidden.map { $0.map { tanh($0) } })
    }
}

private enum NoVector: Otherwise {
    static func preActivationGradients(scoreGradients: [Double], v: [Double], hidden: [[Double]]) throws -> [[Double]] {
        zip(scoreGradients, hidden).map { gradient, t in t.map { gradient * (1 - $0 * $0) } }
    }
}

private enum MeanOverWords: Otherwise {
    static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double] {
        try Solution.biasGradient(preActivationGradients: preActivationGradients).map {
            $0 / Double(preActivationGradients.count)
        }
    }
    static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double] {
        try Solution.queryGradient(preActivationGradients: preActivationGradients, W: W).map {
            $0 / Double(preActivationGradients.count)
        }
    }
    static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]] {
        try Solution.stateMatrixGradient(preActivationGradients: preActivationGradients, states: states).map {
            $0.map { $0 / Double(states.count) }
        }
    }
}

private enum Transposed: Otherwise {
    static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double] {
        try Solution.queryGradient(preActivationGradients: preActivationGradients, W: Plain.transposed(W))
    }
    static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]] {
        try Plain.transposed(Solution.queryMatrixGradient(preActivationGradients: preActivationGradients, query: query))
    }
    static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]] {
        try Plain.transposed(
            Solution.stateMatrixGradient(preActivationGradients: preActivationGradients, states: states))
    }
    static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]] {
        try Solution.stateGradients(preActivationGradients: preActivationGradients, U: Plain.transposed(U))
    }
}

private enum NoInput: Otherwise {
    static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]] {
        try query.map { _ in try biasGradient(preActivationGradients: preActivationGradients) }
    }
}

private enum ProductOfSums: Otherwise {
    static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]] {
        try queryMatrixGradient(
            preActivationGradients: preActivationGradients, query: Plain.transposed(states).map { $0.reduce(0, +) })
    }
}

private enum SameForAll: Otherwise {
    static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]] {
        try preActivationGradients.map { _ in try queryGradient(preActivationGradients: preActivationGradients, W: U) }
    }
}

private enum NoMatrix: Otherwise {
    static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]] {
        preActivationGradients
    }
}
