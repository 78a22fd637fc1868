// Exercise 22: weights that are exactly 0, and what their gradient does not say.

import Foundation
import Randomness

public protocol SparsemaxAnswers: Answers {
    static func threshold(_ scores: [Double]) throws -> Double
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double]
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double]
    static func leadForAll(words: Int) throws -> Double
}

/// Sparsemax by bisection: the sum of max(z − τ, 0) falls as τ grows, and no sorting is needed. So it cannot share a
/// mistake with an answer.
private enum Bisection {
    static func threshold(_ scores: [Double]) -> Double {
        let largest = scores.max() ?? 0, z = scores.map { $0 - largest }
        var low = -1.0, high = 0.0
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if z.reduce(0, { $0 + max($1 - middle, 0) }) >= 1 { low = middle } else { high = middle }
        }
        return low
    }

    static func weights(_ scores: [Double], length: Int) -> [Double] {
        let real = Array(scores.prefix(length)), largest = real.max() ?? 0, tau = threshold(real)
        return scores.indices.map { $0 < length ? max(scores[$0] - largest - tau, 0) : 0 }
    }
}

extension SparsemaxAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 22), "sparsemax, forward and backward", topic: "Sparsemax",
            lesson: "13_SparseWeights",
            hints: [
                "Suppose you knew which k words stay. Their weights z - τ sum to 1, which gives τ. Which k is it? Try k = 1, 2, 3 on the example at the top.",
                "Go through the sorted scores with a running sum; τ for k words is (sum - 1)/k. Stop at the first word that is not above its own τ, and keep the one before. For the gradient: inside the support p = z - τ, and τ moves with the mean of the support.",
                "z = scores - max, sorted descending; sum += z; candidate = (sum - 1)/k; if z > candidate keep it, else stop. p = max(e - max - τ, 0) for real words, 0 for the padding. Gradient: g - (Σ g over words with p > 0)/(how many they are), and 0 where p is 0. The lead: for which lead is z₂ > (z₁ + z₂ - 1)/2 no longer true?",
            ],
            gaps: [
                Gap("the threshold", function: "threshold", checkThreshold),
                Gap("sparsemax", function: "sparsemax", checkSparsemax),
                Gap("the gradient", function: "backward", checkBackward),
                Gap("the lead", function: "leadForAll", checkLead),
            ])
    }

    @Sendable private static func checkThreshold() throws {
        var random = RandomSource(seed: 1)
        let drawn = (0..<6).map { random.rounded(2 + $0).map { 3 * $0 } }
        for scores in [[1, 0.5, -1], [-1, 1, 0.5], [0.25], [2, 2], [3, 0, 1, 0], [-400, -400.25, -401.5]] + drawn {
            let tau = Bisection.threshold(scores), largest = scores.max() ?? 0, n = Double(scores.count)
            let z = scores.map { $0 - largest }.sorted(by: >)
            func over(_ k: Int) -> Double { (z.prefix(k).reduce(0, +) - 1) / Double(k) }
            let given = scores.map { $0 - largest },
                unsorted = given.indices.last {
                    given[$0] > (given.prefix($0 + 1).reduce(0, +) - 1) / Double($0 + 1)
                }
            try expect(
                threshold(scores), equals: tau, "threshold(\(list(scores)))",
                mistakes: [
                    Mistake(
                        "counted from 0 and not from the largest score: subtract it first", gives: [tau + largest]),
                    Mistake(
                        "the scores are not sorted: with k words are meant the k largest",
                        gives: [unsorted.map { (given.prefix($0 + 1).reduce(0, +) - 1) / Double($0 + 1) } ?? .nan]),
                    Mistake(
                        "all words were kept; those that would get a negative weight must be left out, and τ be made without them",
                        gives: [(z.reduce(0, +) - 1) / n]),
                    Mistake("the sign", gives: [-tau]),
                    Mistake(
                        "sorted from the smallest on; k words are the k largest",
                        gives: [
                            (z.suffix(1).reduce(0, +) - 1)
                        ]),
                    Mistake("one word too few is kept", gives: [over(max(1, z.count { $0 > tau } - 1))]),
                    Mistake("one word too many is kept", gives: [over(min(z.count, z.count { $0 > tau } + 1))]),
                    Mistake("only the best word is kept", gives: [over(1)]),
                    Mistake(
                        "the 1 is missing: the weights of the k words sum to 1, so Σ z - k τ = 1",
                        gives: [tau + 1 / Double(z.count { $0 > tau })]),
                ], otherwise: "(Σ z of the k largest - 1)/k, for the largest k whose last z is above it")
        }
    }

    @Sendable private static func checkSparsemax() throws {
        var random = RandomSource(seed: 2)
        var problems: [(scores: [Double], length: Int)] = [
            ([1, 0.5, -1], 3), ([1, 0.5, -1, 9, 9], 3), ([0.25, 0.25], 2), ([-3, 7], 1), ([0, 0, 0], 2),
            ([5, 0, 0], 3),
            ([-400, -400.25, -401.5, 0], 3),
        ]
        problems += (2..<9).map { (random.rounded(8).map { 2 * $0 }, $0 < 8 ? $0 : 8) }
        for (scores, length) in problems {
            let right = Bisection.weights(scores, length: length), isReal = scores.indices.map { $0 < length }
            let all = Bisection.weights(scores, length: scores.count)
            let filled = Bisection.weights(scores.indices.map { isReal[$0] ? scores[$0] : 0 }, length: scores.count)
            let n = Double(length), mean = (scores.prefix(length).reduce(0, +) - 1) / n
            let call = "sparsemax(\(list(scores)), length: \(length))"
            let got = try sparsemax(scores, length: length)
            try expect(
                got, equals: right, call,
                mistakes: [
                    Mistake("this is softmax", gives: Plain.softmax(scores, mask: isReal)),
                    Mistake(
                        "the padding has the score 0, which is a score like any other; leave it out", gives: filled),
                    Mistake("the padding takes part", gives: all),
                    Mistake(
                        "the padding was set to 0 afterwards, when it had taken its share: the real words sum to less than 1",
                        gives: zip(all, isReal).map { $1 ? $0 : 0 }),
                    Mistake(
                        "negative weights: max(…, 0) is missing, and then τ is that of all words",
                        gives: zip(scores, isReal).map { $1 ? $0 - mean : 0 }),
                    Mistake(
                        "max(…, 0) was taken, but of the τ of all words: made without those that are dropped, τ is another",
                        gives: zip(scores, isReal).map { $1 ? max($0 - mean, 0) : 0 }),
                    Mistake(
                        "cut off and divided by the sum; sparsemax subtracts the same τ from all and divides by nothing",
                        gives: LocalByHand.scaled(zip(scores, isReal).map { $1 ? max($0 - mean, 0) : 0 })),
                    Mistake(
                        "the largest weight is 1 and all others 0: that is a maximum and has no gradient",
                        gives: scores.indices.map { isReal[$0] && scores[$0] == scores.prefix(length).max() ? 1 : 0 }),
                ], otherwise: "max(eᵢ - max e - τ, 0) for the real words, 0 for the padding")
            try require(
                zip(got, isReal).allSatisfy { $1 || $0 == 0 },
                "\(call): the padding is \(list(got)), expected exactly 0")
        }
    }

    @Sendable private static func checkBackward() throws {
        var random = RandomSource(seed: 3)
        var problems: [(scores: [Double], length: Int, g: [Double])] = [
            ([1, 0.5, -1], 3, [1, 0, 5]), ([1, 0.5, -1, 9], 3, [1, 2, 3, 4]), ([4, 0, 1], 3, [1, 2, 3]),
        ]
        problems += (2..<8).map { (random.rounded(7), $0, random.rounded(7)) }
        for (scores, length, g) in problems {
            let p = Bisection.weights(scores, length: length)
            let expected = FiniteDifferences.gradient(at: scores) {
                Plain.dot(g, Bisection.weights($0, length: length))
            }
            let support = p.indices.filter { p[$0] > 0 }, size = Double(support.count)
            let sum = support.reduce(0) { $0 + g[$1] }, mean = sum / size
            func inside(_ value: (Int) -> Double) -> [Double] { p.indices.map { p[$0] > 0 ? value($0) : 0 } }
            let weighted = Plain.dot(p, g)
            try expect(
                backward(weights: p, upstream: g), equals: expected, within: FiniteDifferences.tolerance,
                "against finite differences by e = \(list(scores)), backward(weights: \(list(p)), upstream: \(list(g)))",
                mistakes: [
                    Mistake(
                        "this is softmax's backward pass, αᵢ(gᵢ - Σ α g)", gives: zip(p, g).map { $0 * ($1 - weighted) }
                    ),
                    Mistake(
                        "the mean is weighted by p; within the support all scores count alike",
                        gives: inside { g[$0] - weighted }),
                    Mistake("multiplied by the weights, as softmax does", gives: inside { p[$0] * (g[$0] - mean) }),
                    Mistake(
                        "the mean is that of all words; take it over those with a weight",
                        gives: inside { g[$0] - g.reduce(0, +) / Double(g.count) }),
                    Mistake(
                        "the sum over the support is divided by the number of all words; divide by that of the support",
                        gives: inside { g[$0] - sum / Double(g.count) }),
                    Mistake(
                        "a word that was dropped gets a gradient: a small change of its score changes nothing, so it is 0",
                        gives: g.map { $0 - mean }),
                    Mistake(
                        "τ moves with the scores: what the support gains in the mean must be taken off",
                        gives: inside { g[$0] }),
                    Mistake("the sign", gives: inside { mean - g[$0] }),
                ], otherwise: "gᵢ minus the mean of g over the support, and 0 outside it")
        }
    }

    @Sendable private static func checkLead() throws {
        for words in [2, 3, 10] {
            func best(_ lead: Double) -> Double {
                Bisection.weights([lead] + Array(repeating: 0, count: words - 1), length: words)[0]
            }
            let got = try leadForAll(words: words)
            let call = "leadForAll(words: \(words)) is \(short(got))"
            try require(
                got.isFinite && best(got) > 1 - 1e-9,
                "\(call); with that lead sparsemax gives the best word \(short(best(got))), expected 1",
                cause: got == 1 / Double(words)
                    ? "this is the weight that each has without a lead; the lead is in scores"
                    : "when is the second word no longer above (z₁ + z₂ - 1)/2?")
            try require(
                best(got - 1e-6) < 1 - 1e-9,
                "\(call); with a smaller lead, \(short(got - 1e-6)), it has all the weight already",
                cause: got == .infinity || got > 10
                    ? "that is softmax, which needs any lead to be larger still"
                    : "does the number of the others matter? try two words, and then three")
        }
    }
}
