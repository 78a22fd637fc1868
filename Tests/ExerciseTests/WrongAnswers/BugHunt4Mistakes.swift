// What students hand in for bug hunt 4: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt4Mistakes = [
    Wrong(AsFound.self, "the code", says: "is 0 at index 0"),
    Wrong(Leaky.self, "the code", says: "small slope"),
    Wrong(OldSlope.self, "the code", says: "still that of max(0, x)"),
    Wrong(NotSquared.self, "the code", says: "square is missing"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "almost never"),
    Wrong(ChoseB.self, "the reason", says: "subtracts the largest"),
    Wrong(ChoseD.self, "the reason", says: "every sum is negative"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt4Answers {}

extension Otherwise {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveNetwork) throws -> [Double] {
        try Solutions.BugHunt4.scores(query: query, states: states, parameters: parameters)
    }
    static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        try Solutions.BugHunt4.queryGradient(query: query, states: states, parameters: parameters, upstream: upstream)
    }
    static var why: Choice? { Solutions.BugHunt4.why }
}

private enum AsFound: Otherwise {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveNetwork) throws -> [Double] {
        scoresWith(query, states, parameters) { x in max(0, x) }
    }
    static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0 }
    }
}

private enum Leaky: Otherwise {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveNetwork) throws -> [Double] {
        scoresWith(query, states, parameters) { x in x > 0 ? x : 0.01 * x }
    }
    static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0.01 }
    }
}

private enum OldSlope: Otherwise {
    static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0 }
    }
}

private enum NotSquared: Otherwise {
    static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in 1 - tanh(x) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }

private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 * $1 }.reduce(0, +) }

private func scoresWith(_ query: [Double], _ states: [[Double]], _ parameters: AdditiveNetwork, unit: (Double) -> Double) -> [Double] {
    states.map { state in
        dot(parameters.v, zip(parameters.W, parameters.U).map { unit(dot($0, query) + dot($1, state)) })
    }
}

private func gradientWith(_ query: [Double], _ states: [[Double]], _ parameters: AdditiveNetwork, _ upstream: [Double], slope: (Double) -> Double) -> [Double] {
    var hidden = parameters.v.map { _ in 0.0 }
    for (state, g) in zip(states, upstream) {
        for a in hidden.indices { hidden[a] += g * parameters.v[a] * slope(dot(parameters.W[a], query) + dot(parameters.U[a], state)) }
    }
    return query.indices.map { d in dot(parameters.W.map { $0[d] }, hidden) }
}
