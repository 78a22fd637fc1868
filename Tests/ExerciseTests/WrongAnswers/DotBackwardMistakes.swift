// What students hand in for exercise 11.

import Solutions
import Workbook

let dotBackwardMistakes = [
    Wrong(WithoutG.self, "gradient of the weights", says: "multiplied by that of g"),
    Wrong(SumOverWords.self, "gradient of the weights", says: "over the words instead of"),
    Wrong(MeanOverComponents.self, "gradient of the weights", says: "the chain rule sums"),
    Wrong(MeanSubtracted.self, "gradient of the weights", says: "belongs to the next gap"),
    Wrong(DiagonalOnly.self, "gradient of the scores", says: "α(1 - α) only"),
    Wrong(NothingSubtracted.self, "gradient of the scores", says: "is not subtracted"),
    Wrong(PlainMean.self, "gradient of the scores", says: "the mean under the weights"),
    Wrong(NoFactor.self, "gradient of the scores", says: "the factor αᵢ in front is missing"),
    Wrong(WrongSign.self, "gradient of the scores", says: "the sign"),
    Wrong(LastWordOnly.self, "gradient of the query", says: "=, not +="),
    Wrong(SumOfStates.self, "gradient of the query", says: "without ∂L/∂eᵢ"),
    Wrong(OneForEachWord.self, "gradient of the query", says: "runs over the components"),
    Wrong(ValuesOnly.self, "gradient of the states", says: "the second path into the states is forgotten"),
    Wrong(KeysOnly.self, "gradient of the states", says: "only the path through the scores"),
    Wrong(Swapped.self, "gradient of the states", says: "the partners are swapped"),
    Wrong(Overwritten.self, "two steps", says: "not accumulated"),
    Wrong(MeanOfSteps.self, "two steps", says: "the mean of the two steps"),
    Wrong(SumOfQueries.self, "two steps", says: "each step has a softmax of its own"),
    Wrong(OneQuery.self, "two steps", says: "one row for each step"),
    Wrong(OneQuery.self, "two steps", says: "has 1 row, expected 2 rows"),
    Wrong(Nothing.self, "two steps", says: "is (queries: [], states: [])"),
    Wrong(SameGradient.self, "two steps", says: "both steps use g₁"),
    Wrong(WrongOrder.self, "two steps", says: "wrong order"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: DotBackwardAnswers {}

private typealias Solution = Solutions.Exercise11

extension Otherwise {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        try Solution.weightGradients(contextGradient: contextGradient, states: states)
    }
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        try Solution.scoreGradients(weights: weights, weightGradients: weightGradients)
    }
    static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double] {
        try Solution.queryGradient(scoreGradients: scoreGradients, states: states)
    }
    static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]] {
        try Solution.stateGradients(
            weights: weights, scoreGradients: scoreGradients, contextGradient: contextGradient, query: query)
    }
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        try Solution.twoSteps(queries: queries, states: states, contextGradients: contextGradients)
    }
}

private enum WithoutG: Otherwise {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        states.map { $0.reduce(0, +) }
    }
}

private enum SumOverWords: Otherwise {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        contextGradient.indices.map { d in states.reduce(0) { $0 + contextGradient[d] * $1[d] } }
    }
}

private enum MeanOverComponents: Otherwise {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        states.map { Plain.dot($0, contextGradient) / Double($0.count) }
    }
}

private enum MeanSubtracted: Otherwise {
    static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        let gradients = try Solution.weightGradients(contextGradient: contextGradient, states: states)
        return gradients.map { $0 - gradients.reduce(0, +) / Double(gradients.count) }
    }
}

private enum DiagonalOnly: Otherwise {
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        zip(weights, weightGradients).map { $0 * (1 - $0) * $1 }
    }
}

private enum NothingSubtracted: Otherwise {
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        zip(weights, weightGradients).map { $0 * $1 }
    }
}

private enum PlainMean: Otherwise {
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        let mean = weightGradients.reduce(0, +) / Double(weightGradients.count)
        return zip(weights, weightGradients).map { $0 * ($1 - mean) }
    }
}

private enum NoFactor: Otherwise {
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        weightGradients.map { $0 - Plain.dot(weights, weightGradients) }
    }
}

private enum WrongSign: Otherwise {
    static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        try Solution.scoreGradients(weights: weights, weightGradients: weightGradients).map { -$0 }
    }
}

private enum LastWordOnly: Otherwise {
    static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double] {
        var gradient: [Double] = []
        for (scoreGradient, state) in zip(scoreGradients, states) { gradient = state.map { scoreGradient * $0 } }
        return gradient
    }
}

private enum SumOfStates: Otherwise {
    static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double] {
        states[0].indices.map { d in states.reduce(0) { $0 + $1[d] } }
    }
}

private enum OneForEachWord: Otherwise {
    static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double] {
        zip(scoreGradients, states).map { $0 * $1.reduce(0, +) }
    }
}

private enum ValuesOnly: Otherwise {
    static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]] {
        weights.map { weight in contextGradient.map { weight * $0 } }
    }
}

private enum KeysOnly: Otherwise {
    static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]] {
        scoreGradients.map { gradient in query.map { gradient * $0 } }
    }
}

private enum Swapped: Otherwise {
    static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]] {
        try Solution.stateGradients(
            weights: weights, scoreGradients: scoreGradients, contextGradient: query, query: contextGradient)
    }
}

private enum Overwritten: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let both = try Solution.twoSteps(queries: queries, states: states, contextGradients: contextGradients)
        let last = try Solution.twoSteps(
            queries: queries.suffix(1), states: states, contextGradients: contextGradients.suffix(1))
        return (both.queries, last.states)
    }
}

private enum MeanOfSteps: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let both = try Solution.twoSteps(queries: queries, states: states, contextGradients: contextGradients)
        return (both.queries, both.states.map { $0.map { $0 / 2 } })
    }
}

private enum SumOfQueries: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let query = Plain.sum(queries[0], queries[1]), gradient = Plain.sum(contextGradients[0], contextGradients[1])
        let one = try Solution.twoSteps(queries: [query], states: states, contextGradients: [gradient])
        return (one.queries + one.queries, one.states)
    }
}

private enum WrongOrder: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let both = try Solution.twoSteps(queries: queries, states: states, contextGradients: contextGradients)
        return (both.queries.reversed(), both.states)
    }
}

private enum OneQuery: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        let both = try Solution.twoSteps(queries: queries, states: states, contextGradients: contextGradients)
        return ([Plain.sum(both.queries[0], both.queries[1])], both.states)
    }
}

private enum Nothing: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) { ([], []) }
}

private enum SameGradient: Otherwise {
    static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        try Solution.twoSteps(
            queries: queries, states: states, contextGradients: contextGradients.map { _ in contextGradients[0] })
    }
}
