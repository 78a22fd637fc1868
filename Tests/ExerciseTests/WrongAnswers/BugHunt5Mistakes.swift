// What students hand in for bug hunt 5: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt5Mistakes = [
    Wrong(AsFound.self, "the code", says: "expected exactly 0 for the padding"),
    Wrong(MinusTen.self, "the code", says: "expected exactly 0 for the padding"),
    Wrong(OnlyAfterwards.self, "the code", says: "set to 0 after the softmax"),
    Wrong(Twice.self, "the code", says: "multiplying once more"),
    Wrong(Renormalised.self, "the code", says: "still has a part in the softmax"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "far from vanishing"),
    Wrong(ChoseB.self, "the reason", says: "other way round"),
    Wrong(ChoseD.self, "the reason", says: "no longer sums to 1"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt5Answers {}

extension Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        try Solutions.BugHunt5.weights(scores: scores, lengths: lengths)
    }
    static var why: Choice? { Solutions.BugHunt5.why }
}

private enum AsFound: Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        zip(scores, lengths).map { row, length in Plain.softmax(row.indices.map { $0 < length ? row[$0] : 0 }) }
    }
}

private enum MinusTen: Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        zip(scores, lengths).map { row, length in
            Plain.softmax(row.indices.map { $0 < length ? row[$0] : row[$0] - 10 })
        }
    }
}

private enum OnlyAfterwards: Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        zip(scores, lengths).map { row, length in Plain.softmax(row).enumerated().map { $0 < length ? $1 : 0 } }
    }
}

private enum Twice: Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        zip(scores, lengths).map { row, length in
            Plain.softmax(row.indices.map { $0 < length ? row[$0] : 0 }).enumerated().map { $0 < length ? $1 : 0 }
        }
    }
}

private enum Renormalised: Otherwise {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        zip(scores, lengths).map { row, length in
            let kept = Plain.softmax(row).enumerated().map { $0 < length ? $1 : 0 }
            return kept.map { $0 / kept.reduce(0, +) }
        }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
