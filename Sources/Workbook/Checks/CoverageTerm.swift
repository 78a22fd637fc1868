// Exercise 25: the coverage of a batch with padding on both sides, as a term of the loss.

import Foundation
import Randomness

public protocol CoverageTermAnswers: Answers {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]]
    static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double
    static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]]
}

/// A batch, and its terms sentence by sentence with what exercise 13 is checked against.
private struct Batch {
    var weights: [[[Double]]], lengths: [Int], targetLengths: [Int]

    /// - Parameter includes: whether the coverage has the step's own weights in it.
    func terms(includes: Bool = false, onlyBefore: Bool = false) -> [[Double]] {
        weights.indices.map { t in
            lengths.indices.map { b in
                guard t < targetLengths[b] else { return 0 }
                let rows = weights[..<min(t + 1, targetLengths[b])].map { Array($0[b].prefix(lengths[b])) }
                let past = onlyBefore ? rows.dropLast().suffix(1) : rows.dropLast()
                let c = (includes ? rows[...] : past).reduce(rows[0].map { _ in 0.0 }, Plain.sum)
                return zip(rows[t], c).reduce(0) { $0 + min($1.0, $1.1) }
            }
        }
    }

    /// Padding of the source taken for words, or that of the target.
    func without(source: Bool = false, target: Bool = false) -> Batch {
        Batch(
            weights: weights, lengths: source ? lengths.map { _ in weights[0][0].count } : lengths,
            targetLengths: target ? targetLengths.map { _ in weights.count } : targetLengths)
    }

    static func drawn(_ seed: UInt64) -> Batch {
        var random = RandomSource(seed: seed)
        let steps = (0..<4).map { _ in (0..<3).map { _ in random.weights(5) } }
        return Batch(weights: steps, lengths: [5, 3, 1], targetLengths: [4, 2, 3])
    }
}

extension CoverageTermAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 25), "coverage as a term of the loss", topic: "CoverageTerm",
            lesson: "09_CoverageAndCopying",
            hints: [
                "For each sentence keep its own row of coverage, as long as its real words. What must happen first at a step: paying, or adding?",
                "Where t is not below targetLengths[b] the term is 0. The loss is one sum over everything, divided once, by a number that is given and not counted. The gradient by the scores is that of exercise 13 by the weights, then through each step's softmax.",
                "term = Σ over i < lengths[b] of min(α[i], c[b][i]), and then c[b][i] += α[i]. loss = (sum of all terms)/words. Gradient: slope[i] = (α < c ? 1 : 0) + the number of later steps with c < α there; then α[i] (slope[i] - Σ α slope)/words.",
            ],
            gaps: [
                Gap("the terms", function: "terms", checkTerms),
                Gap("the loss", function: "loss", checkLoss),
                Gap("the gradient of the scores", function: "scoreGradient", checkGradient),
            ])
    }

    @Sendable private static func checkTerms() throws {
        let one = Batch(weights: [[[0.75, 0.25]], [[0.5, 0.5]], [[0.25, 0.75]]], lengths: [2], targetLengths: [3])
        for batch in [one, .drawn(1), .drawn(2)] {
            let (weights, lengths, targets) = (batch.weights, batch.lengths, batch.targetLengths)
            let call =
                "terms(weights: \(weights.map { list($0) }.joined(separator: " | ")), lengths: \(lengths), targetLengths: \(targets))"
            try expect(
                terms(weights: weights, lengths: lengths, targetLengths: targets), equals: batch.terms(), call,
                mistakes: [
                    Mistake(
                        "the coverage has the step's own weights in it: then α is always the smaller, the term is 1 whatever the model does, and there is nothing to learn from it",
                        givesRows: batch.terms(includes: true)),
                    Mistake(
                        "the padding of the source pays: only the first `lengths[b]` words count",
                        givesRows: batch.without(source: true).terms()),
                    Mistake(
                        "the padding of the target pays: behind `targetLengths[b]` the term is 0",
                        givesRows: batch.without(target: true).terms()),
                    Mistake(
                        "the padding of both sides pays", givesRows: batch.without(source: true, target: true).terms()),
                    Mistake(
                        "only the step before is covered; coverage is the sum of all earlier ones",
                        givesRows: batch.terms(onlyBefore: true)),
                    Mistake(
                        "the mean over the words; it is their sum",
                        givesRows: batch.terms().map { row in zip(row, lengths).map { $0 / Double($1) } }),
                    Mistake(
                        "a row for each sentence; it is one for each target word, as the weights are",
                        givesRows: Plain.transposed(batch.terms())),
                    Mistake(
                        "already divided by the number of words; that is the loss",
                        givesRows: batch.terms().map { row in row.map { $0 / Double(targets.reduce(0, +)) } }),
                ], otherwise: "Σ over the real words i of min(αᵗᵢ, cᵗᵢ), with c the sum of the steps before")
        }
    }

    @Sendable private static func checkLoss() throws {
        for seed: UInt64 in [3, 4] {
            let batch = Batch.drawn(seed), terms = batch.terms(), words = batch.targetLengths.reduce(0, +)
            let sum = terms.flatMap { $0 }.reduce(0, +), sentences = Plain.transposed(terms).map { $0.reduce(0, +) }
            let call = "loss(terms: \(list(terms)), dividingBy: \(words))"
            try expect(
                loss(terms: terms, dividingBy: words), equals: sum / Double(words), call,
                mistakes: [
                    Mistake("the sum; it is divided by the number of target words", gives: [sum]),
                    Mistake(
                        "divided by T · B, padding included: the same sentence would cost less beside a longer one",
                        gives: [sum / Double(terms.count * batch.lengths.count)]),
                    Mistake(
                        "a mean of the sentences' means, where the words of a short sentence count for more",
                        gives: [
                            zip(sentences, batch.targetLengths).reduce(0) { $0 + $1.0 / Double($1.1) }
                                / Double(sentences.count)
                        ]),
                    Mistake("divided by the number of sentences", gives: [sum / Double(sentences.count)]),
                    Mistake("divided by the number of steps", gives: [sum / Double(terms.count)]),
                    Mistake(
                        "divided by how many terms are not 0; a real word may have the term 0, the first always has",
                        gives: [sum / Double(terms.flatMap { $0 }.count { $0 != 0 })]),
                ], otherwise: "the sum of all terms, divided by `words`")
            // The parts of a batch, which two threads have: they must add up.
            let parts = [terms.map { [$0[0]] }, terms.map { Array($0[1...]) }]
            try expect(
                parts.reduce(0) { try $0 + loss(terms: $1, dividingBy: words) }, equals: sum / Double(words),
                "the sum of loss(terms: …, dividingBy: \(words)) over sentence 0 and over the others",
                otherwise: "divide by the words of the whole batch, which are given, and count nothing")
        }
    }

    @Sendable private static func checkGradient() throws {
        var random = RandomSource(seed: 5)
        for (steps, count, words) in [(2, 2, 2), (4, 3, 4), (3, 5, 7)] {
            let e = random.rounded(steps, count).map { $0.map { 3 * $0 } }, alpha = e.map { Plain.softmax($0) }
            let c = CoverageByHand.coverage(alpha), n = Double(words)
            let full = FiniteDifferences.gradient(at: alpha, CoverageByHand.loss)
            let own = zip(alpha, c).map { zip($0, $1).map { $0 < $1 ? 1.0 : 0 } }
            func through(_ slopes: [[Double]]) -> [[Double]] {
                zip(alpha, slopes).map { row, g in
                    let mean = Plain.dot(row, g)
                    return zip(row, g).map { $0 * ($1 - mean) / n }
                }
            }
            try expect(
                scoreGradient(scores: e, dividingBy: words),
                equals: FiniteDifferences.gradient(at: e) { CoverageByHand.loss($0.map { Plain.softmax($0) }) / n },
                within: FiniteDifferences.tolerance,
                "against finite differences of L by e, scoreGradient(scores: \(list(e)), dividingBy: \(words))",
                mistakes: [
                    Mistake(
                        "the coverage was taken as given: αᵗ is part of c at all later steps, and its gradient comes back from there",
                        givesRows: through(own)),
                    Mistake(
                        "this is the gradient by the weights; the softmax is still to be gone through",
                        givesRows: full.map { $0.map { $0 / n } }),
                    Mistake("not divided by the number of words", givesRows: through(full).map { $0.map { $0 * n } }),
                    Mistake(
                        "all 0: with αᵗ inside c the term is always 1, and so nothing changes it",
                        givesRows: alpha.map { $0.map { _ in 0 } }),
                    Mistake(
                        "softmax without the mean: αᵢ (gᵢ - Σⱼ αⱼ gⱼ)",
                        givesRows: zip(alpha, full).map { zip($0, $1).map { $0 * $1 / n } }),
                    Mistake("the sign", givesRows: through(full).map { $0.map { -$0 } }),
                ],
                otherwise:
                    "the gradient by the weights (exercise 13), then αᵢ (gᵢ - Σⱼ αⱼ gⱼ) in each step, over `words`")
        }
    }
}
