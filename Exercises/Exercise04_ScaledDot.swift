// Exercise 4 · scaled dot-product scores, and what the scaling is for
//
//     eᵢ = sᵀ hᵢ / √D                                Vaswani et al. 2017, §3.2.1, eq. 1
//
// Let the D units of s and of h be independent, with mean 0 and variance 1. Each product has mean 0 and variance 1, so
// a sum of D of them has variance D and standard deviation √D. Scores that far apart push softmax to where nearly all
// the weight is on one word; there its gradient ∂αᵢ/∂eᵢ = αᵢ (1 − αᵢ) is nearly 0 and nothing is learnt. Here this is
// measured, not believed.
//
// By hand, with D = 4 and √D = 2:
//
//     s = (1, 2, 0, 1)   h₁ = (2, 1, 1, 0)   h₂ = (0, 1, 3, 0)   h₃ = (1, 0, 5, −1)
//     sᵀ h = (4, 2, 0)   e = (2, 1, 0)
//
// What your functions will measure of 24 random queries and 12 keys, without and with the scaling:
//
//     D     standard deviation   largest weight   gradient size
//     4      2.00    1.00         0.52    0.31     0.61    0.82
//     16     3.82    0.96         0.68    0.27     0.44    0.84
//     64     8.06    1.01         0.90    0.32     0.14    0.81
//     256   16.20    1.01         0.92    0.30     0.13    0.82
//
// Lesson  Notebooks-md/05_Scaling.md
// Check   swift test --filter Exercise04
// Hints   swift run attention exercises hint 4

import Foundation
public import Workbook

public enum Exercise04: ScaledDotAnswers {
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D].
    /// - Returns: e [S], divided by √D.
    public static func scores(query: [Double], states: [[Double]]) throws -> [Double] {
        throw Unfinished("scaled scores")
    }

    /// The standard deviation that the scores should have by the argument above; `saturation` measures whether it is
    /// so.
    ///
    /// - Parameters:
    ///   - width: D; the units of query and state are independent, with mean 0 and variance 1.
    ///   - scaled: whether the scores are divided by √D.
    public static func expectedDeviation(width: Int, scaled: Bool) throws -> Double {
        throw Unfinished("expected deviation")
    }

    /// How far apart the scores are, and how much of the weight one word gets. Each query is scored against every key.
    ///
    /// - Parameters:
    ///   - queries: [Q][D].
    ///   - keys: [S][D], the same for every query.
    ///   - scaled: whether the scores are divided by √D.
    /// - Returns: the standard deviation of all Q · S scores, √(mean of (e − mean of e)²), and the largest weight of a
    ///   query's softmax over its S scores, as a mean over the queries.
    public static func saturation(
        queries: [[Double]], keys: [[Double]], scaled: Bool
    ) throws -> (standardDeviation: Double, largestWeight: Double) {
        throw Unfinished("saturation")
    }

    /// How much the weights answer to a change of the scores: Σᵢ αᵢ (1 − αᵢ), a sum over the keys, as a mean over the
    /// queries. It is at most 1 − 1/S, where all weights are equal, and 0 where one word has them all.
    ///
    /// - Parameters: as for `saturation`.
    public static func gradientSize(queries: [[Double]], keys: [[Double]], scaled: Bool) throws -> Double {
        throw Unfinished("gradient size")
    }

    /// The scaled scores, or with the scaling undone the plain ones. Given, for the two functions above.
    private static func scores(of query: [Double], _ keys: [[Double]], scaled: Bool) throws -> [Double] {
        let e = try scores(query: query, states: keys)
        return scaled ? e : e.map { $0 * Double(query.count).squareRoot() }
    }
}
