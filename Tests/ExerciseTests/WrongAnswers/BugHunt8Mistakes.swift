// What students hand in for bug hunt 8: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt8Mistakes = [
    Wrong(AsFound.self, "the code", says: "the – Haus"),
    Wrong(WithoutBegin.self, "the code", says: "the – Haus"),
    Wrong(BeforeTheCell.self, "the code", says: "before the decoder has read anything"),
    Wrong(AllRows.self, "the code", says: "has 5 rows"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "nothing predicts y₁"),
    Wrong(ChoseC.self, "the reason", says: "moves none of them"),
    Wrong(ChoseD.self, "the reason", says: "another model"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt8Answers {}

extension Otherwise {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        try Solutions.BugHunt8.weights(of: target, start: start, states: states, cell: cell)
    }
    static var why: Choice? { Solutions.BugHunt8.why }
}

private enum AsFound: Otherwise {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        var state = start, rows: [[Double]] = []
        for word in ["<s>"] + target {
            state = cell(state, word)
            rows.append(Plain.softmax(states.map { Plain.dot(state, $0) }))
        }
        return Array(rows.dropFirst())
    }
}

private enum WithoutBegin: Otherwise {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        var state = start, rows: [[Double]] = []
        for word in target {
            state = cell(state, word)
            rows.append(Plain.softmax(states.map { Plain.dot(state, $0) }))
        }
        return rows
    }
}

private enum BeforeTheCell: Otherwise {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        var state = start, rows: [[Double]] = []
        for word in ["<s>"] + target {
            rows.append(Plain.softmax(states.map { Plain.dot(state, $0) }))
            state = cell(state, word)
        }
        return Array(rows.dropLast())
    }
}

private enum AllRows: Otherwise {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        var state = start, rows: [[Double]] = []
        for word in ["<s>"] + target {
            state = cell(state, word)
            rows.append(Plain.softmax(states.map { Plain.dot(state, $0) }))
        }
        return rows
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
