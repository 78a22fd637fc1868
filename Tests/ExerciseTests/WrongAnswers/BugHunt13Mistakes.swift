// What students hand in for bug hunt 13: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt13Mistakes = [
    Wrong(AsFound.self, "the code", says: "schläft – does"),
    Wrong(WithoutTheFirst.self, "the code", says: "has 2 rows"),
    Wrong(EmissionsAlone.self, "the code", says: "the emissions alone"),
    Wrong(EachTheFirst.self, "the code", says: "the jumps have gone"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "before it was seen"),
    Wrong(ChoseB.self, "the reason", says: "before there was a jump"),
    Wrong(ChoseC.self, "the reason", says: "keeps its order"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt13Answers {}

extension Otherwise {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        try Solutions.BugHunt13.origins(start: start, jumps: jumps, emissions: emissions)
    }
    static var why: Choice? { Solutions.BugHunt13.why }
}

private func divided(_ row: [Double]) -> [Double] { row.map { $0 / row.reduce(0, +) } }

private enum AsFound: Otherwise {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        var expected = start, rows: [[Double]] = []
        for emission in emissions {
            rows.append(expected)
            expected = Plain.rowProduct(divided(zip(expected, emission).map { $0 * $1 }), jumps)
        }
        return rows
    }
}

private enum WithoutTheFirst: Otherwise {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        Array(try AsFound.origins(start: start, jumps: jumps, emissions: emissions).dropFirst())
    }
}

private enum EmissionsAlone: Otherwise {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        emissions.map(divided)
    }
}

private enum EachTheFirst: Otherwise {
    static func origins(start: [Double], jumps: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        emissions.map { divided(zip(start, $0).map { $0 * $1 }) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
