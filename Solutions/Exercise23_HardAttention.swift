// Exercise 23 · exact hard attention, and its gradient
//
//     soft    p(y) = p(y | Σᵢ αᵢ hᵢ)                       one context, the mean of the states
//     hard    p(y) = Σᵢ αᵢ p(y | hᵢ)                    one state, and we do not know which       Deng et al. 2018, §2;
//             L = −log Σᵢ αᵢ exp(ℓᵢ),  ℓᵢ = log p(y | hᵢ)  the sum over all of them, exactly         Wu et al. 2018
//             ρᵢ = αᵢ exp(ℓᵢ) / Σⱼ αⱼ exp(ℓⱼ)              the posterior: which word it was, now that y is known
//             ∂L/∂eᵢ = αᵢ − ρᵢ                             the score's gradient is prior − posterior
//             ∂L/∂logitᵢᵥ = ρᵢ (p(v | hᵢ) − [v = y])       and a word's prediction learns as far as it was the one
//
// With sentences of twenty words there is no need to draw one: all of them can be tried. What it costs is an output
// layer for every source word. What it gives is an alignment of its own: the target word itself says where it came
// from.
//
//     α = (0.5, 0.5), p(y | h) = (0.8, 0.2): p(y) = 0.5, L = 0.693, ρ = (0.8, 0.2), ∂L/∂e = (−0.3, 0.3). Falling along
//     it, the first score rises.
//
// Lesson  Notebooks-md/16_LocalAndHard.md
// Check   swift test --filter Exercise23
// Hints   swift run attention exercises hint 23

import Foundation
public import Workbook

public enum Exercise23: HardAttentionAnswers {
    /// log p(y) = log Σᵢ αᵢ exp(ℓᵢ), in logarithms from end to end.
    ///
    /// - Parameters:
    ///   - logPrior: log α [S]; −∞ for a word without weight, which is what padding has. Not all of them are −∞.
    ///   - logLikelihood: ℓ [S]; may be −1000 and less. Where log α is −∞ it means nothing.
    public static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        // gap: throw Unfinished("the mixture")
        let joint = zip(logPrior, logLikelihood).map { $0 == -.infinity ? $0 : $0 + $1 }
        // exp(−1000) is 0. With the largest taken off first, at least one exponential is 1.
        let largest = joint.max() ?? 0
        return largest + log(joint.reduce(0) { $0 + exp($1 - largest) })
        // end of gap
    }

    /// Which word it was, with y known.
    ///
    /// - Returns: ρ [S], together 1, exactly 0 where the prior is.
    public static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] {
        // gap: throw Unfinished("the posterior")
        let evidence = try logMixture(logPrior: logPrior, logLikelihood: logLikelihood)
        return zip(logPrior, logLikelihood).map { $0 == -.infinity ? 0 : exp($0 + $1 - evidence) }
        // end of gap
    }

    /// How L = −log p(y) changes with the scores. α is the softmax of e over the real words.
    ///
    /// - Parameters:
    ///   - scores: e [S]; from `length` on they mean nothing, and neither does ℓ.
    ///   - logLikelihood: ℓ [S].
    ///   - length: real words, at least 1.
    /// - Returns: ∂L/∂e [S], 0 in the padding.
    public static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        // gap: throw Unfinished("the gradient of the scores")
        let prior = softmax(Array(scores.prefix(length))), real = Array(logLikelihood.prefix(length))
        let posterior = try posterior(logPrior: prior.map { log($0) }, logLikelihood: real)
        return zip(prior, posterior).map { $0 - $1 } + Array(repeating: 0, count: scores.count - length)
        // end of gap
    }

    /// How L changes with what the output layer says at each source word.
    ///
    /// - Parameters:
    ///   - logits: [S][V]; p(v | hᵢ) is the softmax of row i.
    ///   - word: y, its number in the vocabulary.
    ///   - prior: α [S], none of it 0.
    /// - Returns: ∂L/∂logits [S][V].
    public static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]] {
        // gap: throw Unfinished("the gradient of the logits")
        let probabilities = logits.map(softmax)
        let posterior = try posterior(
            logPrior: prior.map { log($0) }, logLikelihood: probabilities.map { log($0[word]) })
        return zip(posterior, probabilities).map { rho, row in
            row.indices.map { rho * (row[$0] - ($0 == word ? 1 : 0)) }
        }
        // end of gap
    }

    /// What is minimised where words are drawn instead: −Σᵢ αᵢ ℓᵢ, the mean loss of a draw. Never below L.
    ///
    /// - Parameters: α [S] with zeros among them, and ℓ [S], −∞ only where α is 0.
    public static func sampledLoss(prior: [Double], logLikelihood: [Double]) throws -> Double {
        // gap: throw Unfinished("the bound")
        // 0 · −∞ is not a number: what is never drawn costs nothing.
        zip(prior, logLikelihood).reduce(0) { $1.0 == 0 ? $0 : $0 - $1.0 * $1.1 }
        // end of gap
    }

    /// Which word to write next.
    ///
    /// - Parameters:
    ///   - prior: α [S].
    ///   - logits: [S][V].
    /// - Returns: the most probable word of Σᵢ αᵢ p(v | hᵢ).
    public static func nextWord(prior: [Double], logits: [[Double]]) throws -> Int {
        // gap: throw Unfinished("the next word")
        let rows = logits.map(softmax)
        // The probabilities are mixed. Neither mixed logits nor the best row's word is what was trained.
        let mixture = rows[0].indices.map { v in zip(prior, rows).reduce(0) { $0 + $1.0 * $1.1[v] } }
        return mixture.indices.max { mixture[$0] < mixture[$1] } ?? 0
        // end of gap
    }

    /// Given: that of exercise 1.
    public static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}
