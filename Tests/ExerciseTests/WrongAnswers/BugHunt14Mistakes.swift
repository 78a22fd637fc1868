// What students hand in for bug hunt 14: the code as it was found, half a correction, and the other sentences.

import Corpora
import Solutions
import Workbook

let bugHunt14Mistakes = [
    Wrong(AsFound.self, "the code", says: "both models draw"),
    Wrong(Union.self, "the code", says: "one model alone"),
    Wrong(TurnedTheOther.self, "the code", says: "the first model's links were turned"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseB.self, "the reason", says: "it is not kept"),
    Wrong(ChoseC.self, "the reason", says: "needs no comparison"),
    Wrong(ChoseD.self, "the reason", says: "far above the others"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt14Answers {}

extension Otherwise {
    static func agreed(forward: [[Double]], backward: [[Double]]) throws -> Set<Link> {
        try Solutions.BugHunt14.agreed(forward: forward, backward: backward)
    }
    static var why: Choice? { Solutions.BugHunt14.why }
}

private func links(_ rows: [[Double]]) -> Set<Link> {
    Set(rows.enumerated().compactMap { t, row in row.max().flatMap { row.firstIndex(of: $0) }.map { Link($0, t) } })
}

private func turned(_ links: Set<Link>) -> Set<Link> { Set(links.map { Link($0.target, $0.source) }) }

private enum AsFound: Otherwise {
    static func agreed(forward: [[Double]], backward: [[Double]]) throws -> Set<Link> {
        links(forward).intersection(links(backward))
    }
}

private enum Union: Otherwise {
    static func agreed(forward: [[Double]], backward: [[Double]]) throws -> Set<Link> {
        links(forward).union(turned(links(backward)))
    }
}

private enum TurnedTheOther: Otherwise {
    static func agreed(forward: [[Double]], backward: [[Double]]) throws -> Set<Link> {
        turned(links(forward)).intersection(links(backward))
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
