// The arithmetic of attention on plain arrays: what the checks compute with, and what the bug hunts are given.

import Foundation

/// Written for reading and not for speed. The exercises ask for some of these functions, so a check that used the
/// student's own could not tell what is wrong; and in a bug hunt it is certain that the mistake is not here.
///
/// Sizes in the comments: S words, D numbers in a state, A numbers that a matrix makes of them.
public enum Plain {
    /// a · b = Σ_d a_d b_d of two lists [D].
    public static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 * $1 }.reduce(0, +) }

    /// a + b, number by number: [D] and [D] make [D].
    public static func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }

    /// exp(eᵢ) / Σⱼ exp(eⱼ): scores [S] become weights [S].
    public static func softmax(_ scores: [Double]) -> [Double] { softmax(scores, mask: scores.map { _ in true }) }

    /// The same over the positions where the mask [S] is true; the others get exactly 0. Where all are masked, the
    /// weights are NaN.
    public static func softmax(_ scores: [Double], mask: [Bool]) -> [Double] {
        // Subtracting the largest score changes no weight, and keeps the exponentials finite.
        let largest = zip(scores, mask).filter { $0.1 }.map { $0.0 }.max() ?? 0
        let exponentials = zip(scores, mask).map { $1 ? exp($0 - largest) : 0 }, sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }

    /// Σᵢ αᵢ hᵢ: weights [S] and states [S][D] make a context [D].
    public static func weightedSum(_ weights: [Double], of states: [[Double]]) -> [Double] {
        (states.first ?? []).indices.map { d in zip(weights, states).map { $0 * $1[d] }.reduce(0, +) }
    }

    /// W x as it is written, with a matrix [A][D] that has a row for each number of the result: [D] becomes [A].
    public static func multiply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] { matrix.map { dot($0, vector) } }

    /// W x with a matrix as the library keeps it, [D][A]: a row for each number of x, so that Σ_d x_d · (row d of W).
    /// [D] becomes [A].
    public static func rowProduct(_ x: [Double], _ W: [[Double]]) -> [Double] { weightedSum(x, of: W) }

    /// A B, where every row of A [S][D] is multiplied with B [D][A] on its own: [S][A].
    public static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] { a.map { rowProduct($0, b) } }

    /// Rows become columns: [S][D] becomes [D][S].
    public static func transposed<T>(_ rows: [[T]]) -> [[T]] {
        (rows.first ?? []).indices.map { column in rows.map { $0[column] } }
    }
}
