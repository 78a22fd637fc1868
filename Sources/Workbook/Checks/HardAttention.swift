// Exercise 23: the loss of exact hard attention, its posterior, and the two gradients.

import Foundation
import Randomness

public protocol HardAttentionAnswers: Answers {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double]
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double]
    static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]]
    static func sampledLoss(prior: [Double], logLikelihood: [Double]) throws -> Double
    static func nextWord(prior: [Double], logits: [[Double]]) throws -> Int
}

/// A sum of probabilities whose logarithms are given; those without a prior are left out.
private func logSum(_ prior: [Double], _ likelihood: [Double]) -> Double {
    let terms = zip(prior, likelihood).filter { $0.0 > -.infinity }.map { $0 + $1 }, top = terms.max() ?? 0
    return top + log(terms.reduce(0) { $0 + exp($1 - top) })
}

private func rho(_ prior: [Double], _ likelihood: [Double]) -> [Double] {
    let sum = logSum(prior, likelihood)
    return zip(prior, likelihood).map { $0 > -.infinity ? exp($0 + $1 - sum) : 0 }
}

extension HardAttentionAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 23), "exact hard attention, and its gradient", topic: "HardAttention",
            lesson: "16_LocalAndHard",
            hints: [
                "p(y) is a sum of products αᵢ p(y | hᵢ), and the posterior is each product's share in that sum. In logarithms a product is a sum; for the sum take the largest term out first, as softmax does.",
                "∂ log Σⱼ exp(xⱼ)/∂xᵢ is the softmax of x at i. Here xᵢ = log αᵢ + ℓᵢ, and its softmax is ρ. log αᵢ = eᵢ - log Σ exp(e) brings ρᵢ - αᵢ; ℓᵢ brings ρᵢ times the gradient of an ordinary cross-entropy.",
                "largest + log Σ exp(x - largest), with −∞ where the prior is −∞. ρᵢ = exp(log αᵢ + ℓᵢ - log p(y)). Scores: softmax(e over real words) - ρ, zeros behind. Logits: ρᵢ (softmax(row i)[v] - (v == y ? 1 : 0)). Bound: the sum of -α ℓ where α > 0. Next word: argmax over v of Σᵢ αᵢ softmax(row i)[v].",
            ],
            gaps: [
                Gap("the mixture", function: "logMixture", checkMixture),
                Gap("the posterior", function: "posterior", checkPosterior),
                Gap("the gradient of the scores", function: "scoreGradient", checkScores),
                Gap("the gradient of the logits", function: "logitGradient", checkLogits),
                Gap("the bound", function: "sampledLoss", checkBound),
                Gap("the next word", function: "nextWord", checkNextWord),
            ])
    }

    /// log α and ℓ; in the third the probabilities are too small for a Double, and the last has words without a prior.
    private static var problems: [(prior: [Double], likelihood: [Double])] {
        var random = RandomSource(seed: 23)
        return [
            ([0.5, 0.5].map { log($0) }, [0.8, 0.2].map { log($0) }),
            ([0.25, 0.75].map { log($0) }, [0.5, 0.125].map { log($0) }),
            ([0.5, 0.25, 0.25].map { log($0) }, [-1000, -1001, -1003]),
            (random.weights(6).map { log($0) }, random.rounded(6).map { 4 * $0 - 5 }),
            ([log(0.25), -.infinity, log(0.75), -.infinity], [-2, -0.5, -1, -.infinity]),
        ]
    }

    @Sendable private static func checkMixture() throws {
        for (prior, likelihood) in problems {
            let kept = zip(prior, likelihood).filter { $0.0 > -.infinity }
            let p = prior.map { exp($0) }
            try expect(
                logMixture(logPrior: prior, logLikelihood: likelihood), equals: logSum(prior, likelihood),
                "logMixture(logPrior: \(list(prior)), logLikelihood: \(list(likelihood)))",
                mistakes: [
                    Mistake(
                        "this is Σ αᵢ ℓᵢ, the mean of the logarithms: it is what draws estimate, and never above the logarithm of the mean",
                        gives: [kept.reduce(0) { $0 + exp($1.0) * $1.1 }]),
                    Mistake("the prior is missing", gives: [logSum(prior.map { min(0, $0 * 0) }, likelihood)]),
                    Mistake(
                        "the largest term alone; the others count too", gives: [kept.map { $0 + $1 }.max() ?? 0]),
                    Mistake("the sign: this is L, asked for is log p(y)", gives: [-logSum(prior, likelihood)]),
                    Mistake("this is p(y) and not its logarithm", gives: [exp(logSum(prior, likelihood))]),
                    Mistake(
                        "mixed as probabilities, which are 0 here, and then the logarithm: −∞. Take the largest term out first",
                        gives: [log(zip(p, likelihood).reduce(0) { $0 + $1.0 * exp($1.1) })]),
                    Mistake(
                        "a small number was added to every weight, words without one included; −∞ is a logarithm to be left out, not one to be mended",
                        gives: [log(zip(p, likelihood).reduce(0) { $0 + ($1.0 + 1e-7) * exp($1.1) })]),
                ], otherwise: "log Σᵢ exp(log αᵢ + ℓᵢ), with the largest term taken out first")
        }
    }

    @Sendable private static func checkPosterior() throws {
        for (prior, likelihood) in problems {
            let p = prior.map { exp($0) }, right = rho(prior, likelihood), alike = likelihood.map { _ in 0.0 }
            let call = "posterior(logPrior: \(list(prior)), logLikelihood: \(list(likelihood)))"
            let best = right.firstIndex(of: right.max() ?? 0)
            let got = try posterior(logPrior: prior, logLikelihood: likelihood)
            try expect(
                got, equals: right, call,
                mistakes: [
                    Mistake("this is the prior; y is known now", gives: p),
                    Mistake("the prior is missing: ρ is proportional to αᵢ exp(ℓᵢ)", gives: rho(alike, likelihood)),
                    Mistake(
                        "not divided by their sum p(y)",
                        gives: zip(prior, likelihood).map { $0 == -.infinity ? 0 : exp($0 + $1) }),
                    Mistake("the logarithm of ρ", gives: right.map { log($0) }),
                    Mistake(
                        "the most likely word has all of it; the posterior is spread as far as one is not sure",
                        gives: right.indices.map { $0 == best ? 1 : 0 }),
                ],
                otherwise: got.contains(where: \.isNaN)
                    ? "0/0: the probabilities are too small to be mixed as such; subtract log p(y) before the exponential"
                    : "exp(log αᵢ + ℓᵢ - log p(y)), and 0 where the prior is 0")
        }
    }

    // MARK: gradients

    @Sendable private static func checkScores() throws {
        var random = RandomSource(seed: 24)
        var problems: [(scores: [Double], likelihood: [Double], length: Int)] = [
            ([0, 0], [log(0.8), log(0.2)], 2), ([1, -1, 7], [-1, -3, -0.125], 2), ([2, 5], [-1, -1], 1),
        ]
        for length in [3, 5, 6] { problems.append((random.rounded(6), random.rounded(6).map { 3 * $0 - 4 }, length)) }
        for (scores, likelihood, length) in problems {
            let mask = scores.indices.map { $0 < length }
            func parts(_ e: [Double], _ mask: [Bool]) -> (prior: [Double], posterior: [Double]) {
                let prior = Plain.softmax(e, mask: mask)
                return (prior, rho(prior.map { log($0) }, likelihood))
            }
            let (prior, posterior) = parts(scores, mask), unmasked = parts(scores, mask.map { _ in true })
            let expected = FiniteDifferences.gradient(at: scores) { e in
                -logSum(Plain.softmax(e, mask: mask).map { log($0) }, likelihood)
            }
            let mean = zip(prior, likelihood).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * $1.1 : 0) }
            try expect(
                scoreGradient(scores: scores, logLikelihood: likelihood, length: length), equals: expected,
                within: FiniteDifferences.tolerance,
                "against finite differences of L by e, scoreGradient(scores: \(list(scores)), logLikelihood: \(list(likelihood)), length: \(length))",
                mistakes: [
                    Mistake(
                        "posterior - prior is the gradient of log p(y); L is -log p(y), so the sign is the other one",
                        gives: zip(prior, posterior).map { $1 - $0 }),
                    Mistake("the prior is missing: α itself moves as a whole with e", gives: posterior.map { -$0 }),
                    Mistake("only the prior came; what is missing is what y says", gives: prior),
                    Mistake(
                        "the padding takes part", gives: zip(unmasked.prior, unmasked.posterior).map { $0 - $1 }),
                    Mistake(
                        "this is the gradient of the bound -Σ αᵢ ℓᵢ, that of sampled words",
                        gives: zip(prior, likelihood).map { $0 > 0 ? -$0 * ($1 - mean) : 0 }),
                    Mistake(
                        "multiplied by α: that is the way from α to e, which prior - posterior has behind it already",
                        gives: zip(prior, posterior).map { $0 * ($0 - $1) }),
                    Mistake(
                        "this is the gradient by α, -exp(ℓᵢ)/p(y); the softmax is still to be gone through",
                        gives: zip(prior, posterior).map { $0 > 0 ? -$1 / $0 : 0 }),
                ], otherwise: "αᵢ - ρᵢ for the real words, 0 for the padding")
        }
    }

    @Sendable private static func checkLogits() throws {
        var random = RandomSource(seed: 25)
        let problems: [(logits: [[Double]], word: Int, prior: [Double])] = [
            ([[0, 1, 0], [2, 0, 0]], 0, [0.5, 0.5]), (random.rounded(4, 3), 2, random.weights(4)),
            (random.rounded(3, 5).map { $0.map { 3 * $0 } }, 1, random.weights(3)),
        ]
        for (logits, word, prior) in problems {
            func loss(_ logits: [[Double]]) -> Double {
                -logSum(prior.map { log($0) }, logits.map { log(Plain.softmax($0)[word]) })
            }
            let rows = logits.map { Plain.softmax($0) }
            let posterior = rho(prior.map { log($0) }, rows.map { log($0[word]) })
            func times(_ shares: [Double], _ sign: Double = 1) -> [[Double]] {
                zip(shares, rows).map { share, row in
                    row.indices.map { sign * share * (row[$0] - ($0 == word ? 1 : 0)) }
                }
            }
            try expect(
                logitGradient(logits: logits, word: word, prior: prior),
                equals: FiniteDifferences.gradient(at: logits, loss), within: FiniteDifferences.tolerance,
                "against finite differences of L, logitGradient(logits: \(list(logits)), word: \(word), prior: \(list(prior)))",
                mistakes: [
                    Mistake(
                        "each word's share is its prior α here; it is the posterior: a word that does not explain y learns nothing from it",
                        givesRows: times(prior)),
                    Mistake(
                        "the shares ρ are missing: every word learns as if it were the one",
                        givesRows: times(prior.map { _ in 1 })),
                    Mistake("the sign", givesRows: times(posterior, -1)),
                    Mistake(
                        "the 1 of the target word is missing",
                        givesRows: zip(posterior, rows).map { share, row in row.map { share * $0 } }),
                    Mistake(
                        "only the target word's column came; the others' probabilities must fall too",
                        givesRows: times(posterior).map { row in row.indices.map { $0 == word ? row[$0] : 0 } }),
                ], otherwise: "ρᵢ (softmax(row i)[v] - 1 where v is the word)")
        }
    }

    @Sendable private static func checkBound() throws {
        let problems: [(prior: [Double], likelihood: [Double])] = [
            ([0.5, 0.5], [log(0.8), log(0.2)]), ([0.25, 0.75, 0], [-1, -2, -3]), ([1, 0], [-0.5, -.infinity]),
        ]
        for (prior, likelihood) in problems {
            let exact = -logSum(prior.map { log($0) }, likelihood)
            let right = zip(prior, likelihood).reduce(0) { $0 - ($1.0 > 0 ? $1.0 * $1.1 : 0) }
            let got = try sampledLoss(prior: prior, logLikelihood: likelihood)
            try expect(
                got, equals: right,
                "sampledLoss(prior: \(list(prior)), logLikelihood: \(list(likelihood)))",
                mistakes: [
                    Mistake("this is the exact L; asked for is the mean of the losses of the draws", gives: [exact]),
                    Mistake("the sign: a loss is positive", gives: [-right]),
                    Mistake(
                        "the plain mean over the words; each is drawn with its weight",
                        gives: [-likelihood.reduce(0, +) / Double(likelihood.count)]),
                ],
                otherwise: got.isNaN
                    ? "0 · −∞ is NaN: leave out what is never drawn" : "-Σᵢ αᵢ ℓᵢ over the words with a weight")
        }
    }

    @Sendable private static func checkNextWord() throws {
        try expectWord([0.2, 0.8], [[6, 0, 3.5, 0], [0, 1.2, 1, 0]])
        var random = RandomSource(seed: 26)
        for _ in 0..<20 { try expectWord(random.weights(3), random.rounded(3, 5).map { $0.map { 5 * $0 } }) }
    }

    private static func expectWord(_ prior: [Double], _ logits: [[Double]]) throws {
        func best(_ row: [Double]) -> Int { row.indices.max { row[$0] < row[$1] } ?? 0 }
        let rows = logits.map { Plain.softmax($0) }, right = best(Plain.weightedSum(prior, of: rows))
        let got = try nextWord(prior: prior, logits: logits)
        let cause: String? =
            switch got {
            case best(Plain.weightedSum(prior, of: logits)):
                "the logits were mixed, which is a soft attention; mix the probabilities"
            case best(rows[best(prior)]): "this is what the word with the largest weight says; the others count too"
            case best(rows.map { $0.max() ?? 0 }):
                "this is the number of a source word; asked for is one of the vocabulary"
            default: nil
            }
        try require(
            got == right,
            "nextWord(prior: \(list(prior)), logits: \(list(logits))) is \(got), expected \(right), where Σᵢ αᵢ p(v | hᵢ) = \(list(Plain.weightedSum(prior, of: rows))) is largest",
            cause: cause)
    }
}
