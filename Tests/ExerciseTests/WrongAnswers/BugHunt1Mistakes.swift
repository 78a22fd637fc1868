// What students hand in for bug hunt 1: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt1Mistakes = [
    Wrong(AsFound.self, "the code", says: "expected 1 for each sentence"),
    Wrong(DividedAfterwards.self, "the code", says: "mends the sum"),
    Wrong(OverEverything.self, "the code", says: "expected 1 for each sentence"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "exp makes them positive"),
    Wrong(ChoseC.self, "the reason", says: "right shape"),
    Wrong(ChoseD.self, "the reason", says: "as they should"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt1Answers {}

extension Otherwise {
    static func attend(queries: [[Double]], states: [[[Double]]]) throws -> (weights: [[Double]], contexts: [[Double]])
    {
        try Solutions.BugHunt1.attend(queries: queries, states: states)
    }
    static var why: Choice? { Solutions.BugHunt1.why }
}

private enum AsFound: Otherwise {
    static func attend(queries: [[Double]], states: [[[Double]]]) throws -> (weights: [[Double]], contexts: [[Double]])
    {
        let scores = states.map { position in zip(queries, position).map { Plain.dot($0, $1) } }
        let weights = Plain.transposed(scores.map { Plain.softmax($0) })
        return (weights, queries.indices.map { b in Plain.weightedSum(weights[b], of: states.map { $0[b] }) })
    }
}

private enum DividedAfterwards: Otherwise {
    static func attend(queries: [[Double]], states: [[[Double]]]) throws -> (weights: [[Double]], contexts: [[Double]])
    {
        let scores = states.map { position in zip(queries, position).map { Plain.dot($0, $1) } }
        let weights = Plain.transposed(scores.map { Plain.softmax($0) }).map { row in row.map { $0 / row.reduce(0, +) }
        }
        return (weights, queries.indices.map { b in Plain.weightedSum(weights[b], of: states.map { $0[b] }) })
    }
}

private enum OverEverything: Otherwise {
    static func attend(queries: [[Double]], states: [[[Double]]]) throws -> (weights: [[Double]], contexts: [[Double]])
    {
        let scores = states.map { position in zip(queries, position).map { Plain.dot($0, $1) } }
        let all = Plain.softmax(scores.flatMap { $0 })
        let weights = queries.indices.map { b in states.indices.map { all[$0 * queries.count + b] } }
        return (weights, queries.indices.map { b in Plain.weightedSum(weights[b], of: states.map { $0[b] }) })
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
