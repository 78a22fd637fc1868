// Exercise 28 · the forward algorithm, with a prior that knows where it was
//
//     p(i | k) = exp J(i − k) / Σⱼ exp J(j − k)      from source word k to i; the sum over the S words; start: k = −1
//     J(d) is what the list has for the jump d, and for a jump beyond its ends that of the end       Vogel et al. 1996
//
//     mₜ(i) ∝ [Σₖ mₜ₋₁(k) p(i | k)] eₜ(i)             eₜ(i) = p(yₜ | xᵢ);  m is divided by its sum at each step,
//     log p(y | x) = Σₜ log of what mₜ is divided by                        and what it is divided by is p(yₜ | y before)
//
//     ρₜ(i) = p(yₜ came from xᵢ | the whole of y) ∝ mₜ(i) bₜ(i),   b_T = 1,   bₜ(k) ∝ Σᵢ p(i | k) eₜ₊₁(i) bₜ₊₁(i)
//
// There are Sᵀ ways to align T words. The sum over all of them takes T · S² steps, because what comes later does not ask
// how one came to a word. Not dividing at each step would do for three words; after a few hundred the product is 0.
//
//     J = (0, log 2, 0) for the jumps −1, 0, 1, and S = 2: from k = 0 the jumps 0 and 1 are possible, p = (2/3, 1/3).
//
// Lesson  Notebooks-md/18_PriorAndPosterior.md
// Check   swift test --filter Exercise28
// Hints   swift run attention exercises hint 28

import Foundation
public import Workbook

public enum Exercise28: JumpForwardAnswers {
    /// - Parameters:
    ///   - scores: J, of the jumps −w … w in this order: 2w + 1 numbers.
    ///   - count: S.
    /// - Returns: p [S+1][S]. Row 0 is that of the start, k = −1; row k + 1 that of word k. Each row sums to 1.
    public static func transitions(scores: [Double], count: Int) throws -> [[Double]] {
        // gap: throw Unfinished("the jumps")
        let farthest = scores.count / 2
        return (-1..<count).map { k in
            let row = (0..<count).map { i in exp(scores[min(max(i - k, -farthest), farthest) + farthest]) }
            let sum = row.reduce(0, +)
            return row.map { $0 / sum }
        }
        // end of gap
    }

    /// - Parameters:
    ///   - transitions: p [S+1][S], as above.
    ///   - emissions: e [T][S]; T may be several hundred.
    /// - Returns: log p(y | x).
    public static func logLikelihood(transitions: [[Double]], emissions: [[Double]]) throws -> Double {
        // gap: throw Unfinished("the likelihood")
        var message: [Double] = [], sum = 0.0
        for emission in emissions {
            let prior = message.isEmpty ? transitions[0] : expected(message, transitions)
            let joint = zip(prior, emission).map { $0 * $1 }, evidence = joint.reduce(0, +)
            message = joint.map { $0 / evidence }
            sum += log(evidence)
        }
        return sum
        // end of gap
    }

    /// - Returns: ρ [T][S], with everything known that comes before and after. Each row sums to 1.
    public static func posteriors(transitions: [[Double]], emissions: [[Double]]) throws -> [[Double]] {
        // gap: throw Unfinished("the posteriors")
        var forward: [[Double]] = []
        for emission in emissions {
            let prior = forward.last.map { expected($0, transitions) } ?? transitions[0]
            forward.append(normalised(zip(prior, emission).map { $0 * $1 }))
        }
        var after = transitions[0].map { _ in 1.0 }, posteriors: [[Double]] = []
        for t in emissions.indices.reversed() {
            posteriors.append(normalised(zip(forward[t], after).map { $0 * $1 }))
            let weighed = zip(emissions[t], after).map { $0 * $1 }
            after = normalised(transitions.dropFirst().map { row in zip(row, weighed).reduce(0) { $0 + $1.0 * $1.1 } })
        }
        return posteriors.reversed()
        // end of gap
    }

    /// Given: Σₖ m(k) p(i | k), what is expected of the next word before it is known.
    static func expected(_ message: [Double], _ transitions: [[Double]]) -> [Double] {
        message.indices.map { i in message.indices.reduce(0) { $0 + message[$1] * transitions[$1 + 1][i] } }
    }

    /// Given: divided by its sum.
    static func normalised(_ numbers: [Double]) -> [Double] {
        let sum = numbers.reduce(0, +)
        return numbers.map { $0 / sum }
    }
}
