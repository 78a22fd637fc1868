// What students hand in for exercise 29.

import Corpora
import Solutions
import Workbook

let growDiagMistakes = [
    Wrong(NotTurned.self, "turning round", says: "nothing was turned"),
    Wrong(BothWays.self, "turning round", says: "still among them"),
    Wrong(Intersection.self, "grow-diag", says: "this is the intersection"),
    Wrong(Union.self, "grow-diag", says: "this is the union"),
    Wrong(NoDiagonals.self, "grow-diag", says: "diagonal neighbours are missing"),
    Wrong(BothWordsFree.self, "grow-diag", says: "one of them is enough"),
    Wrong(OnePass.self, "grow-diag", says: "one pass only"),
    Wrong(NothingAdded.self, "final-and", says: "nothing was added"),
    Wrong(Union.self, "final-and", says: "every link of both directions"),
    Wrong(BackwardFirst.self, "final-and", says: "the links of B came first"),
    Wrong(Final.self, "final-and", says: "this is final"),
]

private typealias Solution = Solutions.Exercise29

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: GrowDiagAnswers {}

extension Otherwise {
    static func turned(_ backward: Set<Link>) throws -> Set<Link> { try Solution.turned(backward) }
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        try Solution.growDiag(forward: forward, backward: backward)
    }
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        try Solution.finalAnd(grown: grown, forward: forward, backward: backward)
    }
}

/// Growing in other ways.
private func grown(
    _ forward: Set<Link>, _ backward: Set<Link>, steps: [(source: Int, target: Int)] = Solution.neighbours,
    passes: Int = .max, bothFree: Bool = false
) -> Set<Link> {
    let candidates = forward.union(backward)
    var taken = forward.intersection(backward), grew = true, pass = 0
    while grew, pass < passes {
        (grew, pass) = (false, pass + 1)
        for link in candidates.sorted() where taken.contains(link) {
            for step in steps {
                let near = Link(link.source + step.source, link.target + step.target)
                let free = [
                    !taken.contains { $0.source == near.source }, !taken.contains { $0.target == near.target },
                ]
                let isFree = bothFree ? free[0] && free[1] : free[0] || free[1]
                if candidates.contains(near), !taken.contains(near), isFree {
                    taken.insert(near)
                    grew = true
                }
            }
        }
    }
    return taken
}

private enum NotTurned: Otherwise { static func turned(_ backward: Set<Link>) throws -> Set<Link> { backward } }

private enum BothWays: Otherwise {
    static func turned(_ backward: Set<Link>) throws -> Set<Link> { backward.union(try Solution.turned(backward)) }
}

private enum Intersection: Otherwise {
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        forward.intersection(backward)
    }
}

private enum Union: Otherwise {
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> { forward.union(backward) }
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        grown.union(forward).union(backward)
    }
}

private enum NoDiagonals: Otherwise {
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        grown(forward, backward, steps: Array(Solution.neighbours.prefix(4)))
    }
}

private enum BothWordsFree: Otherwise {
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        grown(forward, backward, bothFree: true)
    }
}

private enum OnePass: Otherwise {
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        grown(forward, backward, passes: 1)
    }
}

private enum NothingAdded: Otherwise {
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> { grown }
}

private enum BackwardFirst: Otherwise {
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        try Solution.finalAnd(grown: grown, forward: backward, backward: forward)
    }
}

private enum Final: Otherwise {
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link> {
        var taken = grown
        for link in forward.sorted() + backward.sorted() {
            let hasSource = taken.contains { $0.source == link.source }
            if !hasSource || !taken.contains(where: { $0.target == link.target }) { taken.insert(link) }
        }
        return taken
    }
}
