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
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        try Solutions.BugHunt4.scores(query: query, states: states, parameters: parameters)
    }
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        try Solutions.BugHunt4.queryGradient(query: query, states: states, parameters: parameters, upstream: upstream)
    }
    static var why: Choice? { Solutions.BugHunt4.why }
}

private enum AsFound: Otherwise {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        scoresWith(query, states, parameters) { x in max(0, x) }
    }
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0 }
    }
}

private enum Leaky: Otherwise {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        scoresWith(query, states, parameters) { x in x > 0 ? x : 0.01 * x }
    }
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0.01 }
    }
}

private enum OldSlope: Otherwise {
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in x > 0 ? 1 : 0 }
    }
}

private enum NotSquared: Otherwise {
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        gradientWith(query, states, parameters, upstream) { x in 1 - tanh(x) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }

/// Wₐ s + Uₐ h.
private func sums(_ query: [Double], _ state: [Double], _ p: AdditiveParameters) -> [Double] {
    Plain.sum(Plain.rowProduct(query, p.Wa), Plain.rowProduct(state, p.Ua))
}

private func scoresWith(
    _ query: [Double], _ states: [[Double]], _ p: AdditiveParameters, unit: (Double) -> Double
) -> [Double] {
    states.map { Plain.dot(p.va, sums(query, $0, p).map(unit)) }
}

private func gradientWith(
    _ query: [Double], _ states: [[Double]], _ p: AdditiveParameters, _ upstream: [Double],
    slope: (Double) -> Double
) -> [Double] {
    let slopes = states.map { sums(query, $0, p).map(slope) }
    return Plain.multiply(p.Wa, zip(p.va, Plain.weightedSum(upstream, of: slopes)).map { $0 * $1 })
}
