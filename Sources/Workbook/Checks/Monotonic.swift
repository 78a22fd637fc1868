// Exercise 24: the walk that never goes back, with all its probabilities and without.

import Foundation
import Randomness

public protocol MonotonicAnswers: Answers {
    static func reach(stops: [Double]) throws -> [Double]
    static func walk(stops: [Double], previous: [Double]) throws -> [Double]
    static func walkBackward(
        stops: [Double], previous: [Double], upstream: [Double]
    ) throws -> (stops: [Double], previous: [Double])
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?]
}

/// By going through all pairs of words where a walk stood and stops: nothing is shared with the recursion.
private enum AllWalks {
    /// Π (1 − p) over some words: that a walk stops at none of them.
    static func passes(_ p: [Double], _ words: Range<Int>) -> Double {
        words.reduce(1.0) { product, k in product * (1 - p[k]) }
    }

    /// The probability to come to word j, from each word before it where the last step stood.
    static func coming(_ p: [Double], _ previous: [Double]) -> [Double] {
        p.indices.map { j in
            (0...j).reduce(0.0) { sum, i in sum + previous[i] * passes(p, i..<j) }
        }
    }

    static func alpha(_ p: [Double], _ previous: [Double]) -> [Double] {
        zip(p, coming(p, previous)).map { $0 * $1 }
    }

    /// Where a walk has to leave the word at which it stood.
    static func leaving(_ p: [Double], _ previous: [Double]) -> [Double] {
        p.indices.map { j in
            p[j] * (0..<j).reduce(0.0) { sum, i in sum + previous[i] * passes(p, (i + 1)..<j) }
        }
    }

    /// With the word's own 1 − p.
    static func inclusive(_ p: [Double], _ previous: [Double]) -> [Double] {
        zip(p, alpha(p, previous)).map { $1 * (1 - $0) }
    }

    static func reach(_ p: [Double]) -> [Double] { p.indices.map { passes(p, 0..<$0) } }

    /// p · cumprod(1 − p) · cumsum(α / cumprod), with the divisor kept above `floor`, as in several public programs.
    static func closedForm(_ p: [Double], _ previous: [Double], floor: Double) -> [Double] {
        let products = reach(p)
        var sum = 0.0
        return p.indices.map { j in
            sum += previous[j] / max(products[j], floor)
            return p[j] * products[j] * sum
        }
    }

    static func first(_ count: Int) -> [Double] { (0..<count).map { $0 == 0 ? 1 : 0 } }
}

extension MonotonicAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 24), "monotonic attention", topic: "Monotonic", lesson: "14_Monotonic",
            hints: [
                "Follow the example by hand: keep one number, the probability of coming to the word that you are at. What is added to it at a word, what is taken out, and what goes on?",
                "An exclusive product is given out before it is multiplied. In the walk the order at word j is: add α of the step before, give out p times it, multiply by 1 - p. Backwards from the right, with one number too: the gradient of what comes to the next word.",
                "var q = 0; for each j: q += previous[j]; α[j] = p[j] · q; q *= 1 - p[j]. Back, from right to left with n = 0: ∂p[j] = q[j] · (g[j] - n); n = p[j] · g[j] + (1 - p[j]) · n; ∂previous[j] = n. Hard: the first j ≥ place with e > 0; place = j, which may be found again.",
            ],
            gaps: [
                Gap("the exclusive product", function: "reach", checkReach),
                Gap("the walk", function: "walk", checkWalk),
                Gap("the way back", function: "walkBackward", checkBackward),
                Gap("the hard walk", function: "hardWalk", checkHard),
            ])
    }

    private static func stops(_ count: Int, _ random: inout RandomSource) -> [Double] {
        random.rounded(count).map { (1 + $0) / 2 }
    }

    @Sendable private static func checkReach() throws {
        var random = RandomSource(seed: 31)
        for p in [[0.5, 0.5, 0.5], [0.25, 0.75, 0.5, 1, 0.5], [0.5], stops(7, &random)] {
            let right = AllWalks.reach(p), inclusive = p.indices.map { right[$0] * (1 - p[$0]) }
            try expect(
                reach(stops: p), equals: right, "reach(stops: \(list(p)))",
                mistakes: [
                    Mistake(
                        "the product includes the word's own 1 - p: it must not have stopped before j, and at j it may. Exclusive is without itself",
                        gives: inclusive),
                    Mistake("the product of p in place of 1 - p", gives: p.indices.map { p[..<$0].reduce(1, *) }),
                    Mistake(
                        "only the word before counts; it must have stopped at none before",
                        gives: p.indices.map { $0 == 0 ? 1 : 1 - p[$0 - 1] }),
                    Mistake(
                        "multiplied by p: this is the probability to stop at j, not of coming to it",
                        gives: zip(right, p).map { $0 * $1 }),
                    Mistake(
                        "one number too many: nobody comes to the word after the last",
                        gives: right + inclusive.suffix(1)),
                ], otherwise: "1 for the first word, then each time multiplied by 1 - p of the word before")
        }
    }

    @Sendable private static func checkWalk() throws {
        var random = RandomSource(seed: 32)
        let twenty = Array(repeating: 0.88, count: 20)
        let problems: [(p: [Double], previous: [Double])] = [
            ([0.5, 0.5, 0.5], [1, 0, 0]), ([0.5, 0.5, 0.5], [0.5, 0.25, 0.125]),
            ([0.25, 1, 0.5, 0], [0.25, 0.25, 0.5, 0]),
            ([1, 0.5], [0.25, 0.75]), (twenty, (0..<20).map { $0 == 10 ? 1 : 0 }),
            (stops(6, &random), random.weights(6)), ([0.3], [1]),
        ]
        for (p, previous) in problems {
            let right = AllWalks.alpha(p, previous)
            let inclusive = AllWalks.inclusive(p, previous)
            let call = "walk(stops: \(list(p)), previous: \(list(previous)))"
            let got = try walk(stops: p, previous: previous)
            try expect(
                got, equals: right, call,
                mistakes: [
                    Mistake(
                        "the product includes the word's own 1 - p: a walk that comes to j is multiplied by (1 - pⱼ) and by pⱼ",
                        gives: inclusive),
                    Mistake(
                        "every step begins at the first word again; it begins where the step before stopped",
                        gives: AllWalks.alpha(p, AllWalks.first(p.count))),
                    Mistake(
                        "a walk has to leave the word where it stood; it may stay, when one word becomes two",
                        gives: AllWalks.leaving(p, previous)),
                    Mistake(
                        "the rows are divided by their sum; what went past the end is lost",
                        gives: LocalByHand.scaled(right)),
                    Mistake(
                        "these are the probabilities of coming to a word; multiply by p to stop there",
                        gives: zip(right, p).map { $1 == 0 ? 0 : $0 / $1 }),
                    Mistake(
                        "p was read as the probability of going on", gives: AllWalks.alpha(p.map { 1 - $0 }, previous)),
                    Mistake(
                        "α of the step before was left out, so that nothing ever comes to any word",
                        gives: p.map { _ in 0 }),
                    Mistake(
                        "a quotient by a product that has become tiny, and was kept above 1e-6: the weight is lost in the middle of a sentence. The recursion needs no division",
                        gives: AllWalks.closedForm(p, previous, floor: 1e-6)),
                    Mistake(
                        "a quotient by a product that has become tiny, and was kept above 1e-10: the recursion needs no division",
                        gives: AllWalks.closedForm(p, previous, floor: 1e-10)),
                ],
                otherwise: got.contains(where: \.isNaN)
                    ? "a division by a product that is 0 where p is 1: the recursion needs none"
                    : "at each word: what comes from the left, and what stood there; p of it stops, 1 - p goes on")
        }
    }

    @Sendable private static func checkBackward() throws {
        var random = RandomSource(seed: 33)
        let problems: [(p: [Double], previous: [Double], g: [Double])] = [
            ([0.5, 0.5, 0.5], [1, 0, 0], [1, 0, 0]), ([0.25, 0.5, 0.75], [0.5, 0.25, 0.125], [1, 2, 4]),
            ([0.25, 1, 0.5], [0.5, 0.25, 0.25], [1, -1, 3]), (stops(6, &random), random.weights(6), random.rounded(6)),
        ]
        for (p, previous, g) in problems {
            let byP = FiniteDifferences.gradient(at: p) { Plain.dot(g, AllWalks.alpha($0, previous)) }
            let byPrevious = FiniteDifferences.gradient(at: previous) { Plain.dot(g, AllWalks.alpha(p, $0)) }
            let q = AllWalks.coming(p, previous)
            let call = "walkBackward(stops: \(list(p)), previous: \(list(previous)), upstream: \(list(g)))"
            let got = try walkBackward(stops: p, previous: previous, upstream: g)
            try expect(
                got.stops, equals: byP, within: FiniteDifferences.tolerance,
                "against finite differences by p, the stops of \(call)",
                mistakes: [
                    Mistake(
                        "a stop at j also takes weight from the words behind: subtract the gradient of what goes on",
                        gives: zip(q, g).map { $0 * $1 }),
                    Mistake("the sign", gives: byP.map { -$0 }),
                    Mistake(
                        "multiplied by α of the step before; it is by all that comes to the word, q",
                        gives: zip(zip(byP, q), previous).map { $0.1 == 0 ? 0 : $0.0 / $0.1 * $1 }),
                ], otherwise: "qⱼ (gⱼ - the gradient of what comes to word j + 1)")
            try expect(
                got.previous, equals: byPrevious, within: FiniteDifferences.tolerance,
                "against finite differences by the step before, the previous of \(call)",
                mistakes: [
                    Mistake("what goes on to the next words is missing", gives: zip(p, g).map { $0 * $1 }),
                    Mistake("this is the upstream gradient itself", gives: g),
                ], otherwise: "pⱼ gⱼ + (1 - pⱼ) times the same of word j + 1: what stood at j stops there or goes on")
        }
    }

    @Sendable private static func checkHard() throws {
        func numbers(_ walk: [Int?]) -> [Double] { walk.map { Double($0 ?? -1) } }
        func walk(
            _ e: [[Double]], _ last: Bool, begins: (Int, Int?) -> Int, _ stop: (Double) -> Bool = { $0 > 0 }
        ) -> [Double] {
            var place = 0
            return e.map { row in
                let found = row.indices.first { $0 >= place && stop(row[$0]) } ?? (last ? row.count - 1 : nil)
                place = begins(place, found)
                return Double(found ?? -1)
            }
        }
        var random = RandomSource(seed: 34)
        let problems: [[[Double]]] = [
            [[-1, 1, 2], [3, 1, 1], [5, -1, 1], [1, 1, -1], [1, 1, 1]], [[0, 0.25, 1], [1, -1, -1], [1, 0.5, 1]],
            random.rounded(6, 5).map { $0.map { $0 - 0.4 } },
        ]
        for e in problems {
            for last in [false, true] {
                try expect(
                    numbers(hardWalk(energies: e, takesLast: last)), equals: walk(e, last) { $1 ?? $0 },
                    "hardWalk(energies: \(list(e)), takesLast: \(last)), with -1 for nil,",
                    mistakes: [
                        Mistake("every step begins at the first word again", gives: walk(e, last) { _, _ in 0 }),
                        Mistake(
                            "a step begins behind the word of the step before; it may stop there again",
                            gives: walk(e, last) { $1.map { $0 + 1 } ?? $0 }),
                        Mistake(
                            "a step that finds nothing leaves the walk where it is, and not at the first word",
                            gives: walk(e, last) { $1 ?? 0 }),
                        Mistake(
                            "a step that finds nothing ends the walk; the next begins where this one did",
                            gives: walk(e, last) { $1 ?? e[0].count + $0 }),
                        Mistake(
                            "an energy of 0 is p = ½ and no stop: it must be above 0",
                            gives: walk(e, last, begins: { $1 ?? $0 }) { $0 >= 0 }),
                        Mistake(
                            "the largest energy was taken; it stops at the first one above 0",
                            gives: e.map { row in Double(row.firstIndex(of: row.max() ?? 0) ?? 0) }),
                        Mistake(
                            last
                                ? "takesLast: a step that finds no word stops at the last one"
                                : "without takesLast a step that finds no word stops nowhere",
                            gives: walk(e, !last) { $1 ?? $0 }),
                    ], otherwise: "from where it stands, that word included, the first with an energy above 0")
            }
        }
    }
}
