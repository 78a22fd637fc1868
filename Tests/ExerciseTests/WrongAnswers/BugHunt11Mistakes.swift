// What students hand in for bug hunt 11: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt11Mistakes = [
    Wrong(AsFound.self, "the code", says: "expected exactly 0"),
    Wrong(SmallerFloor.self, "the code", says: "expected exactly 0"),
    Wrong(NoFloor.self, "the code", says: "the floor is gone"),
    Wrong(Afterwards.self, "the code", says: "after the division"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "must be exactly 0"),
    Wrong(ChoseB.self, "the reason", says: "makes it 1"),
    Wrong(ChoseC.self, "the reason", says: "had none at the last word"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt11Answers {}

extension Otherwise {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        try Solutions.BugHunt11.weights(scores: scores, previous: previous, length: length)
    }
    static var why: Choice? { Solutions.BugHunt11.why }
}

private enum AsFound: Otherwise {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        floored(scores, previous, length, floor: 1e-6)
    }
}

private enum SmallerFloor: Otherwise {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        floored(scores, previous, length, floor: 1e-10)
    }
}

private enum NoFloor: Otherwise {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        floored(scores, previous, length, floor: 0)
    }
}

private enum Afterwards: Otherwise {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        floored(scores, previous, length, floor: 1e-6).enumerated().map { $0 < length ? $1 : 0 }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }

/// As it was found, with another floor.
private func floored(_ scores: [Double], _ previous: [Double], _ length: Int, floor: Double) -> [Double] {
    let fits = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
    let products = previous.indices.map { i in
        max((previous[i] + (i > 0 ? previous[i - 1] : 0)) * fits[i], floor)
    }
    return products.map { $0 / products.reduce(0, +) }
}
