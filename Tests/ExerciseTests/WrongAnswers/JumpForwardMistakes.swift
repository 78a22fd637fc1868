// What students hand in for exercise 28.

import Foundation
import Solutions
import Workbook

let jumpForwardMistakes = [
    Wrong(OverJumps.self, "the jumps", says: "over all jumps"),
    Wrong(OtherSign.self, "the jumps", says: "this is k - i"),
    Wrong(StartsAtFirst.self, "the jumps", says: "before the first word"),
    Wrong(NoFarJumps.self, "the jumps", says: "the score of the end"),
    Wrong(WithoutStart.self, "the jumps", says: "row of the start is missing"),
    Wrong(NoLogarithm.self, "the likelihood", says: "not its logarithm"),
    Wrong(BestPath.self, "the likelihood", says: "the best path alone"),
    Wrong(EachOnItsOwn.self, "the likelihood", says: "IBM Model 1"),
    Wrong(Anywhere.self, "the likelihood", says: "row 0 is its prior"),
    Wrong(Undivided.self, "the likelihood", says: "divide at each step"),
    Wrong(Priors.self, "the posteriors", says: "these are the priors"),
    Wrong(ForwardOnly.self, "the posteriors", says: "b is missing"),
    Wrong(EachOnItsOwn.self, "the posteriors", says: "the jumps have no say"),
    Wrong(Undivided.self, "the posteriors", says: "divide it by its sum"),
]

private typealias Solution = Solutions.Exercise28

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: JumpForwardAnswers {}

extension Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        try Solution.transitions(scores: scores, count: count)
    }
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        try Solution.logLikelihood(transitions: transitions, emissions: emissions)
    }
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        try Solution.posteriors(transitions: transitions, emissions: emissions)
    }
}

private func divided(_ row: [Double]) -> [Double] { row.map { $0 / row.reduce(0, +) } }

private enum OverJumps: Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        let all = Plain.softmax(scores), w = scores.count / 2
        return (-1..<count).map { k in (0..<count).map { all[min(max($0 - k, -w), w) + w] } }
    }
}

private enum OtherSign: Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        try Solution.transitions(scores: scores.reversed(), count: count)
    }
}

private enum StartsAtFirst: Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        let right = try Solution.transitions(scores: scores, count: count)
        return [right[1]] + right.dropFirst()
    }
}

private enum NoFarJumps: Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        let w = scores.count / 2
        return (-1..<count).map { k in divided((0..<count).map { abs($0 - k) > w ? 0 : exp(scores[$0 - k + w]) }) }
    }
}

private enum WithoutStart: Otherwise {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        Array(try Solution.transitions(scores: scores, count: count).dropFirst())
    }
}

private enum NoLogarithm: Otherwise {
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        exp(try Solution.logLikelihood(transitions: transitions, emissions: emissions))
    }
}

private enum BestPath: Otherwise {
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        var best: [Double] = []
        for emission in emissions {
            let prior = emission.indices.map { i in
                best.isEmpty ? transitions[0][i] : best.indices.map { best[$0] * transitions[$0 + 1][i] }.max() ?? 0
            }
            best = zip(prior, emission).map { $0 * $1 }
        }
        return log(best.max() ?? 0)
    }
}

private enum EachOnItsOwn: Otherwise {
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        emissions.reduce(0) { $0 + log($1.reduce(0, +) / Double($1.count)) }
    }
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        emissions.map(divided)
    }
}

private enum Anywhere: Otherwise {
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        let even = transitions[0].map { _ in 1 / Double(transitions[0].count) }
        return try Solution.logLikelihood(transitions: [even] + transitions.dropFirst(), emissions: emissions)
    }
}

/// Right for short sentences.
private enum Undivided: Otherwise {
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        log(forward(transitions, emissions).last?.reduce(0, +) ?? 1)
    }
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        var after = transitions[0].map { _ in 1.0 }, rows: [[Double]] = []
        let forward = forward(transitions, emissions)
        for t in emissions.indices.reversed() {
            rows.append(divided(zip(forward[t], after).map { $0 * $1 }))
            let weighed = zip(emissions[t], after).map { $0 * $1 }
            after = transitions.dropFirst().map { Plain.dot($0, weighed) }
        }
        return rows.reversed()
    }
    private static func forward(_ transitions: [[Double]], _ emissions: [[Double]]) -> [[Double]] {
        emissions.reduce(into: []) { rows, emission in
            let prior = rows.last.map { Plain.rowProduct($0, Array(transitions.dropFirst())) } ?? transitions[0]
            rows.append(zip(prior, emission).map { $0 * $1 })
        }
    }
}

private enum Priors: Otherwise {
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        var message: [Double] = []
        return emissions.map { emission in
            let prior = message.isEmpty ? transitions[0] : Plain.rowProduct(message, Array(transitions.dropFirst()))
            message = divided(zip(prior, emission).map { $0 * $1 })
            return prior
        }
    }
}

private enum ForwardOnly: Otherwise {
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        var message: [Double] = []
        return emissions.map { emission in
            let prior = message.isEmpty ? transitions[0] : Plain.rowProduct(message, Array(transitions.dropFirst()))
            message = divided(zip(prior, emission).map { $0 * $1 })
            return message
        }
    }
}
