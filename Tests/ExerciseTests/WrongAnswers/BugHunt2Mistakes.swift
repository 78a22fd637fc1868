// What students hand in for bug hunt 2: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt2Mistakes = [
    Wrong(AsFound.self, "the code", says: "in another order"),
    Wrong(LastStateForAll.self, "the code", says: "compared with its own state"),
    Wrong(WordForQuery.self, "the code", says: "the word before is compared"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "The order is that of the formula"),
    Wrong(ChoseB.self, "the reason", says: "With any U"),
    Wrong(ChoseC.self, "the reason", says: "shorter than P"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt2Answers {}

extension Otherwise {
    static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double] {
        try Solutions.BugHunt2.weights(query: query, word: word, states: states, parameters: parameters, P: P)
    }
    static var why: Choice? { Solutions.BugHunt2.why }
}

private enum AsFound: Otherwise {
    static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double] {
        let hidden = zip(Plain.rowProduct(query, parameters.Wa), Plain.rowProduct(word, parameters.Ua)).map {
            tanh($0 + $1)
        }
        let output = P.map { row in Plain.dot(row, zip(parameters.va, hidden).map { $0 * $1 }) }
        return Plain.softmax(Array(output.prefix(states.count)))
    }
}

private enum LastStateForAll: Otherwise {
    static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double] {
        let fromQuery = Plain.rowProduct(query, parameters.Wa),
            fromState = Plain.rowProduct(states[states.count - 1], parameters.Ua)
        let hidden = zip(fromQuery, fromState).map { tanh($0 + $1) }
        return Plain.softmax(states.map { _ in Plain.dot(parameters.va, hidden) })
    }
}

private enum WordForQuery: Otherwise {
    static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double] {
        try Solutions.BugHunt2.weights(query: word, word: word, states: states, parameters: parameters, P: P)
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
