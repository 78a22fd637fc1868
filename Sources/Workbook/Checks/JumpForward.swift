// Exercise 28: jumps as a prior over source words, the sum over all alignments, and the posterior of each word.

import Foundation
import Randomness

public protocol JumpForwardAnswers: Answers {
    static func transitions(scores: [Double], count: Int) throws -> [[Double]]
    static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double
    static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]]
}

/// Jumps written out: how far one may be told apart, and over what a row is divided.
private func jumps(
    _ scores: [Double], _ count: Int, start: Int = -1, sign: Int = 1, clamped: Bool = true, overWords: Bool = true
) -> [[Double]] {
    let w = scores.count / 2
    return ([start] + Array(0..<count)).map { k in
        let row = (0..<count).map { i -> Double in
            let jump = sign * (i - k)
            if !clamped, abs(jump) > w { return 0 }
            return exp(scores[min(max(jump, -w), w) + w])
        }
        return overWords ? LocalByHand.scaled(row) : row.map { $0 / scores.reduce(0) { $0 + exp($1) } }
    }
}

extension JumpForwardAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 28), "the forward algorithm with a jump prior", topic: "JumpForward",
            lesson: "18_PriorAndPosterior",
            hints: [
                "A row of jumps is a softmax over the words that there are, and not over the jumps that there could be. Then a step of the algorithm is exercise 27 with Σₖ m(k) p(i | k) as the prior.",
                "What the products of a step are divided by is p(yₜ | what came before); the logarithms of these add up. Backwards, b gathers what later words say of a place: it goes through the same table, from i back to k.",
                "J index: clamp(i - k) + w. Step: prior = row 0 or expected(m); joint = prior · e; m = joint/sum; total += log sum. Posteriors: keep all m; b = all 1; from the last t: ρ = m · b, divided; then b(k) = Σᵢ p(i|k) e(i) b(i), divided by its sum so that it stays finite.",
            ],
            gaps: [
                Gap("the jumps", function: "transitions", checkTransitions),
                Gap("the likelihood", function: "logLikelihood", checkLikelihood),
                Gap("the posteriors", function: "posteriors", checkPosteriors),
            ])
    }

    @Sendable private static func checkTransitions() throws {
        var random = RandomSource(seed: 28)
        var problems = [([0, log(2.0), 0], 2), ([-1, -0.5, 0, 0.5, 0], 3)]
        for count in [1, 4, 7] { problems.append((random.rounded(5), count)) }
        for (scores, count) in problems {
            try expect(
                transitions(scores: scores, count: count), equals: jumps(scores, count),
                "transitions(scores: \(list(scores)), count: \(count))",
                mistakes: [
                    Mistake(
                        "divided by the sum over all jumps: from the edge of a sentence some of them lead nowhere, and the row does not sum to 1",
                        givesRows: jumps(scores, count, overWords: false)),
                    Mistake(
                        "the jump is i - k, from k to i; this is k - i", givesRows: jumps(scores, count, sign: -1)),
                    Mistake("the start is at k = -1, before the first word", givesRows: jumps(scores, count, start: 0)),
                    Mistake(
                        "the start is at k = -1, and so its jumps have scores too",
                        givesRows: [(0..<count).map { _ in 1 / Double(count) }] + jumps(scores, count).dropFirst()),
                    Mistake(
                        "a jump beyond the ends of the list has the score of the end, and not none",
                        givesRows: jumps(scores, count, clamped: false)),
                    Mistake(
                        "the row of the start is missing; it comes first",
                        givesRows: Array(jumps(scores, count).dropFirst())),
                    Mistake(
                        "a row for each word that is come to; a row belongs to the word that is left",
                        givesRows: [jumps(scores, count)[0]]
                            + Plain.transposed(Array(jumps(scores, count).dropFirst()))),
                ], otherwise: "exp J(clamp(i - k)) over the sum of these for all i of the sentence")
        }
    }

    private static var problems: [PathsByHand] {
        var random = RandomSource(seed: 29)
        let even = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]
        var problems = [PathsByHand(transitions: even, emissions: [[0.8, 0.2]])]
        for (count, steps) in [(2, 2), (3, 3), (4, 5), (1, 3)] {
            problems.append(
                PathsByHand(
                    transitions: jumps(random.rounded(5).map { 2 * $0 }, count),
                    emissions: (0..<steps).map { _ in (0..<count).map { _ in 0.02 + 0.5 * random.uniform() } }))
        }
        return problems
    }

    /// As long as a chapter: the probability of the whole is below what a Double can hold.
    private static var long: PathsByHand {
        var random = RandomSource(seed: 30)
        return PathsByHand(
            transitions: jumps([-1, 0, 1, 0.5, -1], 3),
            emissions: (0..<400).map { _ in (0..<3).map { _ in 0.001 + 0.01 * random.uniform() } })
    }

    @Sendable private static func checkLikelihood() throws {
        for paths in problems {
            let (p, e) = (paths.transitions, paths.emissions), right = paths.logLikelihood
            let evenly = [Double](repeating: 1 / Double(paths.words), count: paths.words)
            try expect(
                logLikelihood(transitions: p, emissions: e), equals: right,
                "against the sum over all \(paths.all.count) paths, logLikelihood(transitions: \(list(p)), emissions: \(list(e)))",
                mistakes: [
                    Mistake("this is p(y | x), and not its logarithm", gives: [exp(right)]),
                    Mistake("the sign: the logarithm of a probability is not above 0", gives: [-right]),
                    Mistake(
                        "the best path alone; the sum goes over all of them", gives: [paths.logBestPath]),
                    Mistake(
                        "without the jumps: each word on its own, as in IBM Model 1",
                        gives: [paths.uniform.logLikelihood]),
                    Mistake(
                        "the first step begins anywhere; row 0 is its prior",
                        gives: [paths.starting(evenly).logLikelihood]),
                    Mistake(
                        "the table is read from i to k; row k + 1 is that of the word that is left",
                        gives: [paths.turned.logLikelihood]),
                    Mistake(
                        "only the last step's sum; the logarithms of all steps add up",
                        gives: [
                            log(zip(paths.filtered.before.last ?? [], e.last ?? []).reduce(0) { $0 + $1.0 * $1.1 })
                        ]),
                ], otherwise: "at each step: expected(m) times emission, log of the sum added, and divided by it")
        }
        let long = long, before = long.filtered.before
        let expected = zip(before, long.emissions).reduce(0) { $0 + log(Plain.dot($1.0, $1.1)) }
        let got = try logLikelihood(transitions: long.transitions, emissions: long.emissions)
        try expect(
            got, equals: expected, within: 1e-8, "logLikelihood of 400 words",
            otherwise: got.isFinite
                ? nil
                : "the product of 400 probabilities is below what a Double holds: divide at each step, and add the logarithms"
        )
    }

    @Sendable private static func checkPosteriors() throws {
        for paths in problems {
            let (p, e) = (paths.transitions, paths.emissions), filtered = paths.filtered
            let alone = e.map { LocalByHand.scaled($0) }
            try expect(
                posteriors(transitions: p, emissions: e), equals: paths.posteriors,
                "against all \(paths.all.count) paths, posteriors(transitions: \(list(p)), emissions: \(list(e)))",
                mistakes: [
                    Mistake(
                        "these are the priors, what was expected of each word before it was known",
                        givesRows: filtered.before),
                    Mistake(
                        "this is m: what is known when the words up to this one are. Later words say something too, b is missing",
                        givesRows: filtered.after),
                    Mistake("the emissions alone; the jumps have no say", givesRows: alone),
                    Mistake(
                        "the emission counts twice: it is in m already, and b(t) begins behind word t",
                        givesRows: zip(paths.posteriors, e).map { row, e in
                            LocalByHand.scaled(zip(row, e).map { $0 * $1 })
                        }),
                    Mistake(
                        "not divided by their sum",
                        givesRows: paths.posteriors.map { $0.map { $0 * exp(paths.logLikelihood) } }),
                ], otherwise: "m(i) b(i), divided by the sum over i; b goes backwards through the same table")
        }
        let long = long, got = try posteriors(transitions: long.transitions, emissions: long.emissions)
        try require(
            got.count == 400 && got.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-9 },
            "posteriors of 400 words has rows that do not sum to 1",
            cause: "b shrinks as m does: divide it by its sum at each step")
    }
}
