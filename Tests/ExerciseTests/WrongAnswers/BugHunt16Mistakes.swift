// What students hand in for bug hunt 16: the code as it was found, another mistake in its place, and the other sentences.

import Solutions
import Workbook

let bugHunt16Mistakes = [
    Wrong(AsFound.self, "the code", says: "in that picture cell"),
    Wrong(ByColumns.self, "the code", says: "in that picture cell"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "it lies lower"),
    Wrong(ChoseB.self, "the reason", says: "told by rows"),
    Wrong(ChoseC.self, "the reason", says: "only differences"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt16Answers {}

extension Otherwise {
    static func relation(of first: Int, to other: Int, rows: Int, columns: Int) throws -> String {
        try Solutions.BugHunt16.relation(of: first, to: other, rows: rows, columns: columns)
    }
    static var why: Choice? { Solutions.BugHunt16.why }
}

private enum AsFound: Otherwise {
    static func relation(of first: Int, to other: Int, rows: Int, columns: Int) throws -> String {
        try Solutions.BugHunt16.relation(of: first, to: other, rows: columns, columns: rows)
    }
}

/// Ties are told by columns, and the sides are right.
private enum ByColumns: Otherwise {
    static func relation(of first: Int, to other: Int, rows: Int, columns: Int) throws -> String {
        let down = other / columns - first / columns, right = other % columns - first % columns
        if abs(down) > abs(right) { return down > 0 ? "above" : "below" }
        return right > 0 ? "left of" : "right of"
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
