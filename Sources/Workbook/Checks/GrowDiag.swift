// Exercise 29: the links of two directions, turned the same way, grown and completed.

import AttentionLab
public import Corpora
import Randomness

public protocol GrowDiagAnswers: Answers {
    static func turned(_ backward: Set<Link>) throws -> Set<Link>
    static func growDiag(forward: Set<Link>, backward: Set<Link>) throws -> Set<Link>
    static func finalAnd(grown: Set<Link>, forward: Set<Link>, backward: Set<Link>) throws -> Set<Link>
}

private func shown(_ links: Set<Link>) -> String {
    "{" + links.sorted().map { "\($0.source)-\($0.target)" }.joined(separator: ", ") + "}"
}

private func links(_ pairs: (Int, Int)...) -> Set<Link> { Set(pairs.map { Link($0.0, $0.1) }) }

/// F and B of one pair of sentences, the latter turned round.
private struct TwoDirections {
    let forward: Set<Link>, backward: Set<Link>

    func combined(_ rule: Symmetrisation) -> Set<Link> { rule.combine(forward: forward, backward: backward) }
    var both: Set<Link> { forward.intersection(backward) }
    var any: Set<Link> { forward.union(backward) }

    /// Growing with something different: how many passes, and which neighbours.
    func grown(passes: Int = .max, diagonals: Bool = true) -> Set<Link> {
        let straight = [(0, -1), (-1, 0), (0, 1), (1, 0)], slanted = [(-1, -1), (1, -1), (-1, 1), (1, 1)]
        var taken = both, isGrowing = true, pass = 0
        while isGrowing, pass < passes {
            (isGrowing, pass) = (false, pass + 1)
            for link in any.sorted() where taken.contains(link) {
                for (source, target) in straight + (diagonals ? slanted : []) {
                    let near = Link(link.source + source, link.target + target)
                    guard any.contains(near), !taken.contains(near), isOpen(near, taken) else { continue }
                    taken.insert(near)
                    isGrowing = true
                }
            }
        }
        return taken
    }

    private func isOpen(_ link: Link, _ taken: Set<Link>) -> Bool {
        !taken.contains { $0.source == link.source } || !taken.contains { $0.target == link.target }
    }

    static func drawn(_ random: inout RandomSource) -> TwoDirections {
        let sources = 2 + random.below(6), targets = 2 + random.below(6)
        func near(_ place: Int, _ count: Int) -> Int { min(max(place + random.below(4) - 1, 0), count - 1) }
        let forward = (0..<targets).map { Link(near($0, sources), $0) }
        return TwoDirections(
            forward: Set(forward), backward: Set((0..<sources).map { Link($0, near($0, targets)) }))
    }
}

extension GrowDiagAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 29), "grow-diag", topic: "GrowDiag", lesson: "18_PriorAndPosterior",
            hints: [
                "Draw F and B into one grid with a pencil, source across and target down. What both have is taken; now go along the rows and look around each taken cell.",
                "A set of candidates (F ∪ B), a set of what is taken, and a flag whether a pass has taken anything. Whether a word has a link is asked of what is taken at that moment, not of what was taken when the pass began.",
                "repeat: for link in candidates.sorted() where taken.contains(link): for each step of `neighbours`: near = link + step; if a candidate, not taken, and (no taken link has its source, or none has its target): take it. final-and: for link in F.sorted() and then in B.sorted(): take it if none has its source and none has its target.",
            ],
            gaps: [
                Gap("turning round", function: "turned", checkTurned),
                Gap("grow-diag", function: "growDiag", checkGrown),
                Gap("final-and", function: "finalAnd", checkFinal),
            ])
    }

    @Sendable private static func checkTurned() throws {
        for backward in [links((0, 0), (1, 3), (2, 1)), [], links((5, 2))] {
            let got = try turned(backward), expected = Set(backward.map { Link($0.target, $0.source) })
            try require(
                got == expected, "turned(\(shown(backward))) is \(shown(got)), expected \(shown(expected))",
                cause: got == backward
                    ? "nothing was turned: its source is our target"
                    : got == expected.union(backward)
                        ? "the links as they were are still among them" : "the two numbers of each link change places")
        }
    }

    private static var problems: [TwoDirections] {
        var random = RandomSource(seed: 29)
        let example = TwoDirections(
            forward: links((0, 0), (1, 1), (2, 1)), backward: links((0, 0), (1, 1), (2, 2)))
        // Word 3 is reached over word 2 only, which is taken first.
        let chain = TwoDirections(
            forward: links((0, 0), (1, 1), (2, 2), (3, 3)), backward: links((0, 0), (1, 0), (2, 0), (3, 0)))
        // It grows upwards, against the order of visits.
        let upwards = TwoDirections(
            forward: links((0, 0), (1, 1), (2, 2), (3, 3)), backward: links((0, 3), (1, 3), (2, 3), (3, 3)))
        // Where every other rule that is near gives something else.
        let apart = TwoDirections(
            forward: links((0, 0), (1, 1), (1, 0), (6, 6), (8, 8)), backward: links((0, 0), (1, 1), (4, 1), (8, 10)))
        let slanted = TwoDirections(
            forward: links((0, 0), (5, 5), (1, 0)), backward: links((0, 0), (5, 5), (6, 6)))
        let diagonal = TwoDirections(forward: links((0, 0), (2, 1)), backward: links((0, 0), (1, 1)))
        return [
            apart, example, slanted, diagonal, chain, upwards,
            TwoDirections(forward: links((0, 1)), backward: links((1, 0))),
        ]
            + (0..<150).map { _ in .drawn(&random) }
    }

    @Sendable private static func checkGrown() throws {
        for problem in problems {
            let expected = problem.combined(.growDiag(.either))
            let got = try growDiag(forward: problem.forward, backward: problem.backward)
            if got == expected { continue }
            let known: [(Set<Link>, String)] = [
                (problem.both, "this is the intersection; nothing was grown"),
                (
                    problem.any,
                    "this is the union; a link is taken only beside one that was taken, and if a word has none"
                ),
                (
                    problem.combined(.growDiag(.both)),
                    "a link was taken only where both of its words had none; one of them is enough"
                ),
                (problem.grown(diagonals: false), "the diagonal neighbours are missing"),
                (
                    problem.grown(passes: 1),
                    "one pass only: what was taken in it has neighbours too. Go on until a pass takes nothing"
                ),
                (
                    problem.combined(.growDiagFinal(.either)),
                    "this is grow-diag-final; the last step is the next gap"
                ),
            ]
            throw CheckFailure(
                "growDiag(forward: \(shown(problem.forward)), backward: \(shown(problem.backward))) is \(shown(got)), expected \(shown(expected))",
                cause: known.first { $0.0 == got }?.1
                    ?? "links sorted, neighbours in the order given, and whether a word has a link is asked anew for each"
            )
        }
    }

    @Sendable private static func checkFinal() throws {
        for problem in problems {
            let grown = problem.combined(.growDiag(.either)), expected = problem.combined(.growDiagFinalAnd(.either))
            let got = try finalAnd(grown: grown, forward: problem.forward, backward: problem.backward)
            if got == expected { continue }
            let other = TwoDirections(forward: problem.backward, backward: problem.forward)
            let known: [(Set<Link>, String)] = [
                (grown, "nothing was added"),
                (
                    problem.combined(.growDiagFinal(.either)),
                    "this is final: there one word without a link is enough, here neither may have one"
                ),
                (problem.any, "every link of both directions was added"),
                (
                    other.combined(.growDiagFinalAnd(.either)),
                    "the links of B came first; F is first, and takes words away from B"
                ),
                (
                    grown.union(
                        problem.any.filter { link in
                            !grown.contains { $0.source == link.source || $0.target == link.target }
                        }),
                    "whether a word has a link was asked of `grown` alone; what was just added counts too"
                ),
            ]
            throw CheckFailure(
                "finalAnd(grown: \(shown(grown)), forward: \(shown(problem.forward)), backward: \(shown(problem.backward))) is \(shown(got)), expected \(shown(expected))",
                cause: known.first { $0.0 == got }?.1
                    ?? "F sorted, then B sorted; a link is added if neither word has one")
        }
    }
}
