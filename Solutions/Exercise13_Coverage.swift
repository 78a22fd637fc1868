// Exercise 13 · coverage
//
//     cᵗ = Σ_{t′<t} αᵗ′                                        what has been looked at before step t; nothing at the first
//     eᵢᵗ = vᵀ tanh(W_h hᵢ + W_s sᵗ + w_c cᵢᵗ + b)             the score sees it
//     covlossᵗ = Σᵢ min(αᵢᵗ, cᵢᵗ)                              and looking again costs        See et al. 2017, §2.3
//
// A decoder forgets what it has translated: it says a phrase twice and leaves another out. Coverage tells it, as one
// more input of the additive score, and the loss gives it a reason to listen. (Coverage for translation is of Tu et al.
// 2016.) The weights of a step go into all later steps, so their gradient comes back from all of those.
//
// Lesson  Notebooks-md/09_CoverageAndCopying.md
// Check   swift test --filter Exercise13
// Hints   swift run attention exercises hint 13

import Foundation
public import Workbook

public enum Exercise13: CoverageAnswers {
    /// - Parameter weights: α [T][S], a row for each decoder step, in order.
    /// - Returns: c [T][S]: row t is what step t may know, the sum of the rows before it.
    public static func coverage(weights: [[Double]]) throws -> [[Double]] {
        // gap: throw Unfinished("coverage")
        guard let first = weights.first else { return [] }
        var sum = first.map { _ in 0.0 }, coverage: [[Double]] = []
        for row in weights {
            // First written down, then added to: step t does not know its own weights, they are computed from c.
            coverage.append(sum)
            sum = zip(sum, row).map { $0 + $1 }
        }
        return coverage
        // end of gap
    }

    /// What one step pays, in weight: 0 where it looks only at words that are new, at most 1.
    ///
    /// - Parameters:
    ///   - weights: αᵗ [S].
    ///   - coverage: cᵗ [S].
    public static func coverageLoss(weights: [Double], coverage: [Double]) throws -> Double {
        // gap: throw Unfinished("coverage loss")
        // The smaller of the two: a word that was never looked at costs nothing now, and neither does one that is not
        // looked at now.
        zip(weights, coverage).reduce(0) { $0 + min($1.0, $1.1) }
        // end of gap
    }

    /// The gradient of L = Σₜ covlossᵗ by the weights. αᵢᵗ is in its own step's minimum, and within c in those of all
    /// later steps.
    ///
    /// - Parameter weights: α [T][S]; nowhere is αᵢᵗ = cᵢᵗ, where the minimum has no slope.
    /// - Returns: ∂L/∂α [T][S].
    public static func lossGradient(weights: [[Double]]) throws -> [[Double]] {
        // gap: throw Unfinished("gradient of the loss")
        let coverage = try coverage(weights: weights)
        return weights.indices.map { t in
            weights[t].indices.map { i in
                // A minimum hands its gradient to the smaller of its two arguments.
                let own = weights[t][i] < coverage[t][i] ? 1.0 : 0
                let later = weights.indices.filter { $0 > t && coverage[$0][i] < weights[$0][i] }.count
                return own + Double(later)
            }
        }
        // end of gap
    }

    /// The additive score with one more input.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D].
    ///   - coverage: c [S].
    ///   - parameters: `parameters.Wh` and `.Ws` [D][A], a row for each component of the input, so that (W s)_a = Σ_d
    ///     s_d W[d][a]; `.wc`, `.b` and `.v` [A].
    /// - Returns: e [S].
    public static func scores(
        query: [Double], states: [[Double]], coverage: [Double], parameters: CoverageParameters
    ) throws -> [Double] {
        // gap: throw Unfinished("scores")
        let p = parameters
        return zip(states, coverage).map { state, covered in
            p.v.indices.reduce(0) { score, a in
                var sum = p.b[a] + covered * p.wc[a]
                for d in query.indices { sum += state[d] * p.Wh[d][a] + query[d] * p.Ws[d][a] }
                return score + p.v[a] * tanh(sum)
            }
        }
        // end of gap
    }

    /// Step by step: scores from the coverage so far, softmax, and on to the next with more coverage.
    ///
    /// - Parameters:
    ///   - queries: s of every step [T][D].
    ///   - states: h [S][D].
    /// - Returns: α [T][S].
    public static func attend(
        queries: [[Double]], states: [[Double]], parameters: CoverageParameters
    ) throws -> [[Double]] {
        // gap: throw Unfinished("all steps")
        var sum = states.map { _ in 0.0 }
        return try queries.map { query in
            let weights = softmax(try scores(query: query, states: states, coverage: sum, parameters: parameters))
            sum = zip(sum, weights).map { $0 + $1 }
            return weights
        }
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
