// What students hand in for bug hunt 9: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt9Mistakes = [
    Wrong(AsFound.self, "the code", says: "the rows sum to"),
    Wrong(Divided.self, "the code", says: "the scores do not matter"),
    Wrong(NoWindow.self, "the code", says: "no window any more"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "fewer words"),
    Wrong(ChoseB.self, "the reason", says: "left out"),
    Wrong(ChoseD.self, "the reason", says: "sum to more than 1"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt9Answers {}

extension Otherwise {
    static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]] {
        try Solutions.BugHunt9.weights(scores: scores, places: places, halfWidth: halfWidth)
    }
    static var why: Choice? { Solutions.BugHunt9.why }
}

private enum AsFound: Otherwise {
    static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]] {
        zip(scores, places).map { row, place in row.indices.map { abs($0 - place) <= halfWidth ? 1 : 0 } }
    }
}

private enum Divided: Otherwise {
    static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]] {
        try AsFound.weights(scores: scores, places: places, halfWidth: halfWidth).map { row in
            row.map { $0 / row.reduce(0, +) }
        }
    }
}

private enum NoWindow: Otherwise {
    static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]] {
        scores.map { Plain.softmax($0) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
