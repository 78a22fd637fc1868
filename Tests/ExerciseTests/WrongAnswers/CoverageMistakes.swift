// What students hand in for exercise 13.

import Foundation
import Solutions
import Workbook

let coverageMistakes = [
    Wrong(IncludesTheStep.self, "coverage", says: "includes the weights of its own step"),
    Wrong(OnlyTheStepBefore.self, "coverage", says: "weights of the step before"),
    Wrong(RowTooMany.self, "coverage", says: "a row too many"),
    Wrong(MeanOfEarlier.self, "coverage", says: "the mean of the earlier weights"),
    Wrong(Larger.self, "coverage loss", says: "the larger of the two"),
    Wrong(MeanOfWords.self, "coverage loss", says: "the mean over the words"),
    Wrong(Product.self, "coverage loss", says: "the product"),
    Wrong(IncludesTheStep.self, "coverage loss", says: "step's own weights were added"),
    Wrong(OwnStepOnly.self, "gradient of the loss", says: "the path through the coverage is missing"),
    Wrong(LaterStepsOnly.self, "gradient of the loss", says: "own minimum is missing"),
    Wrong(NextStepOnly.self, "gradient of the loss", says: "only the next step"),
    Wrong(Larger.self, "gradient of the loss", says: "the larger one gets it"),
    Wrong(NoCoverage.self, "scores", says: "the coverage is not in the score"),
    Wrong(OutsideTanh.self, "scores", says: "outside tanh"),
    Wrong(SwappedMatrices.self, "scores", says: "swapped"),
    Wrong(NeverAdded.self, "all steps", says: "no coverage"),
    Wrong(OnlyTheStepBefore.self, "all steps", says: "the step before only"),
    Wrong(BeginsEvenly.self, "all steps", says: "1/S"),
    Wrong(StepLate.self, "all steps", says: "one step late"),
]

private typealias Solution = Solutions.Exercise13

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: CoverageAnswers {}

extension Otherwise {
    static func coverage(weights: [[Double]]) throws -> [[Double]] { try Solution.coverage(weights: weights) }
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        try Solution.coverageLoss(weights: weights, coverage: coverage)
    }
    static func lossGradient(weights: [[Double]]) throws -> [[Double]] { try Solution.lossGradient(weights: weights) }
    static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters: CoverageParameters
    ) throws -> [Double] {
        try Solution.scores(query: query, states: states, coverage: coverage, parameters: parameters)
    }
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]] {
        try Solution.attend(queries: queries, states: states, parameters: parameters)
    }
}

/// The weights of all steps, where a step sees what `coverage` makes of those before it.
private func attending(
    _ queries: [[Double]], _ states: [[Double]], _ parameters: CoverageParameters, _ coverage: ([[Double]]) -> [Double]
) throws -> [[Double]] {
    var past: [[Double]] = []
    for query in queries {
        past.append(
            Plain.softmax(
                try Solution.scores(query: query, states: states, coverage: coverage(past), parameters: parameters)))
    }
    return past
}

private enum IncludesTheStep: Otherwise {
    static func coverage(weights: [[Double]]) throws -> [[Double]] {
        try zip(Solution.coverage(weights: weights), weights).map(Plain.sum)
    }
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        try Solution.coverageLoss(weights: weights, coverage: Plain.sum(coverage, weights))
    }
}

private enum OnlyTheStepBefore: Otherwise {
    static func coverage(weights: [[Double]]) throws -> [[Double]] { [[0, 0, 0]] + weights.dropLast() }
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]] {
        try attending(queries, states, parameters) { $0.last ?? states.map { _ in 0 } }
    }
}

private enum RowTooMany: Otherwise {
    static func coverage(weights: [[Double]]) throws -> [[Double]] {
        try Solution.coverage(weights: weights + [weights[0]])
    }
}

private enum MeanOfEarlier: Otherwise {
    static func coverage(weights: [[Double]]) throws -> [[Double]] {
        try Solution.coverage(weights: weights).enumerated().map { t, row in row.map { $0 / Double(max(1, t)) } }
    }
}

private enum Larger: Otherwise {
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        zip(weights, coverage).reduce(0) { $0 + max($1.0, $1.1) }
    }
    static func lossGradient(weights: [[Double]]) throws -> [[Double]] {
        let c = try coverage(weights: weights)
        return weights.indices.map { t in
            weights[t].indices.map { i in
                weights.indices.reduce(0) { sum, u in
                    sum + (u == t && weights[t][i] > c[t][i] || u > t && c[u][i] > weights[u][i] ? 1 : 0)
                }
            }
        }
    }
}

private enum MeanOfWords: Otherwise {
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        try Solution.coverageLoss(weights: weights, coverage: coverage) / Double(weights.count)
    }
}

private enum Product: Otherwise {
    static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        zip(weights, coverage).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

private enum OwnStepOnly: Otherwise {
    static func lossGradient(weights: [[Double]]) throws -> [[Double]] {
        try zip(weights, coverage(weights: weights)).map { zip($0, $1).map { $0 < $1 ? 1 : 0 } }
    }
}

private enum LaterStepsOnly: Otherwise {
    static func lossGradient(weights: [[Double]]) throws -> [[Double]] {
        let own = try OwnStepOnly.lossGradient(weights: weights)
        return try zip(Solution.lossGradient(weights: weights), own).map { zip($0, $1).map { $0 - $1 } }
    }
}

private enum NextStepOnly: Otherwise {
    static func lossGradient(weights: [[Double]]) throws -> [[Double]] {
        let own = try OwnStepOnly.lossGradient(weights: weights)
        return own.indices.map { t in
            own[t].indices.map { own[t][$0] + (t + 1 < own.count ? 1 - own[t + 1][$0] : 0) }
        }
    }
}

private enum NoCoverage: Otherwise {
    static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters: CoverageParameters
    ) throws -> [Double] {
        try Solution.scores(query: query, states: states, coverage: coverage.map { _ in 0 }, parameters: parameters)
    }
}

private enum OutsideTanh: Otherwise {
    static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters: CoverageParameters
    ) throws -> [Double] {
        let scores = try NoCoverage.scores(query: query, states: states, coverage: coverage, parameters: parameters)
        return zip(scores, coverage).map { $0 + $1 * parameters.wc.reduce(0, +) }
    }
}

private enum SwappedMatrices: Otherwise {
    static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters p: CoverageParameters
    ) throws -> [Double] {
        try Solution.scores(
            query: query, states: states, coverage: coverage,
            parameters: CoverageParameters(Wh: p.Ws, Ws: p.Wh, wc: p.wc, b: p.b, v: p.v))
    }
}

private enum NeverAdded: Otherwise {
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]] {
        try attending(queries, states, parameters) { _ in states.map { _ in 0 } }
    }
}

private enum BeginsEvenly: Otherwise {
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]] {
        try attending(queries, states, parameters) {
            $0.reduce(states.map { _ in 1 / Double(states.count) }, Plain.sum)
        }
    }
}

private enum StepLate: Otherwise {
    static func attend(queries: [[Double]], states: [[Double]], parameters: CoverageParameters) throws -> [[Double]] {
        try attending(queries, states, parameters) { $0.dropLast().reduce(states.map { _ in 0 }, Plain.sum) }
    }
}
