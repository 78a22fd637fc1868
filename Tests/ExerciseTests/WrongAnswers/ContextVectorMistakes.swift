// What students hand in for exercise 2.

import Solutions
import Workbook

let contextVectorMistakes = [
    Wrong(NoWeights.self, "context vector", says: "without their weights"),
    Wrong(Mean.self, "context vector", says: "mean of the states"),
    Wrong(DividedAgain.self, "context vector", says: "the weights sum to 1 already"),
    Wrong(BestOnly.self, "context vector", says: "only the state with the largest weight"),
    Wrong(Transposed.self, "context vector", says: "transposed"),
    Wrong(SquareOnly.self, "context vector", says: "transposed"),
    Wrong(LastForgotten.self, "context vector", says: "ends one too early"),
    Wrong(NextWeight.self, "context vector", says: "off by one"),
    Wrong(NotAdded.self, "context vector", says: "not added up"),
    Wrong(WidthOfTwo.self, "context vector", says: "written into the code"),
    Wrong(WeightIsEnough.self, "contexts of a batch", says: "does not keep the padding out"),
    Wrong(LengthOfFirst.self, "contexts of a batch", says: "length of the first"),
    Wrong(LengthIsIndex.self, "contexts of a batch", says: "a number of words"),
    Wrong(DividedByLength.self, "contexts of a batch", says: "divided by the lengths"),
    Wrong(TwoStates.self, "two looks, one context", says: "take a third state"),
    Wrong(EqualStates.self, "two looks, one context", says: "two of the states are equal"),
    Wrong(NoWeighting.self, "two looks, one context", says: "together 1"),
    Wrong(SameLook.self, "two looks, one context", says: "the same"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: ContextVectorAnswers {}

extension Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise02.context(weights: weights, states: states)
    }
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        try Solutions.Exercise02.contexts(weights: weights, states: states, lengths: lengths)
    }
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        try Solutions.Exercise02.sameContext()
    }

    static func correct(_ weights: some Sequence<Double>, _ states: some Sequence<[Double]>) throws -> [Double] {
        try Solutions.Exercise02.context(weights: Array(weights), states: Array(states))
    }
}

private enum NoWeights: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try correct(weights.map { _ in 1 }, states)
    }
}

private enum Mean: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try correct(weights.map { _ in 1 / Double(weights.count) }, states)
    }
}

private enum DividedAgain: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try correct(weights, states).map { $0 / Double(weights.count) }
    }
}

private enum BestOnly: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        zip(weights, states).max { $0.0 < $1.0 }?.1 ?? []
    }
}

private enum Transposed: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] { Plain.multiply(states, weights) }
}

/// Passes wherever there are more words than units.
private enum SquareOnly: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        states.count == states[0].count
            ? try Transposed.context(weights: weights, states: states) : try correct(weights, states)
    }
}

private enum LastForgotten: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try correct(weights.dropLast(), states)
    }
}

private enum NextWeight: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        try correct(weights.dropFirst(), states)
    }
}

private enum NotAdded: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        zip(weights, states).flatMap { w, h in h.map { w * $0 } }
    }
}

private enum WidthOfTwo: Otherwise {
    static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        var c = [0.0, 0.0]
        for i in weights.indices { for d in 0..<2 { c[d] += weights[i] * states[i][d] } }
        return c
    }
}

private enum WeightIsEnough: Otherwise {
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        try zip(weights, states).map { try correct($0, $1) }
    }
}

private enum LengthOfFirst: Otherwise {
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        try zip(weights, states).map { try correct($0.prefix(lengths[0]), $1) }
    }
}

private enum LengthIsIndex: Otherwise {
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        try lengths.indices.map { try correct(weights[$0].prefix(lengths[$0] - 1), states[$0]) }
    }
}

private enum DividedByLength: Otherwise {
    static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        try lengths.indices.map { b in
            try correct(weights[b].prefix(lengths[b]), states[b]).map { $0 / Double(lengths[b]) }
        }
    }
}

private enum TwoStates: Otherwise {
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        ([[0, 1], [1, 0]], [0.3, 0.7], [0.7, 0.3])
    }
}

private enum EqualStates: Otherwise {
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        ([[1, 1], [1, 1]], [0.3, 0.7], [0.7, 0.3])
    }
}

private enum NoWeighting: Otherwise {
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        ([[1], [2]], [2, 0], [0, 1])
    }
}

private enum SameLook: Otherwise {
    static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        ([[1], [2], [3]], [0, 1, 0], [0, 1, 0])
    }
}
