// What students hand in for bug hunt 3: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt3Mistakes = [
    Wrong(AsFound.self, "the code", says: "expected that another query looks elsewhere"),
    Wrong(BentApart.self, "the code", says: "expected that another query looks elsewhere"),
    Wrong(AroundTheScore.self, "the code", says: "tanh is around the score"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseB.self, "the reason", says: "not equal for two different queries"),
    Wrong(ChoseC.self, "the reason", says: "is what makes the additive score cheap"),
    Wrong(ChoseD.self, "the reason", says: "one space"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt3Answers {}

extension Otherwise {
    static func weights(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        try Solutions.BugHunt3.weights(query: query, states: states, parameters: parameters)
    }
    static var why: Choice? { Solutions.BugHunt3.why }
}

/// The weights where the sum of Wₐ s and Uₐ h is made into a score like this.
private func weightsWith(
    _ query: [Double], _ states: [[Double]], _ p: AdditiveParameters,
    score: (_ fromQuery: [Double], _ fromState: [Double]) -> Double
) -> [Double] {
    Plain.softmax(states.map { score(Plain.rowProduct(query, p.Wa), Plain.rowProduct($0, p.Ua)) })
}

private enum AsFound: Otherwise {
    static func weights(query: [Double], states: [[Double]], parameters p: AdditiveParameters) throws -> [Double] {
        weightsWith(query, states, p) { Plain.dot(p.va, Plain.sum($0, $1)) }
    }
}

private enum BentApart: Otherwise {
    static func weights(query: [Double], states: [[Double]], parameters p: AdditiveParameters) throws -> [Double] {
        weightsWith(query, states, p) { Plain.dot(p.va, zip($0, $1).map { tanh($0) + tanh($1) }) }
    }
}

private enum AroundTheScore: Otherwise {
    static func weights(query: [Double], states: [[Double]], parameters p: AdditiveParameters) throws -> [Double] {
        weightsWith(query, states, p) { tanh(Plain.dot(p.va, Plain.sum($0, $1))) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
