// The numbers of an additive score on plain arrays, for the exercises that compute it by hand.

import Foundation
import Randomness

/// Of eᵢ = vₐᵀ tanh(Wₐ s + Uₐ hᵢ + b). Matrices are kept as the library keeps them, a row for each number that goes in and a
/// column for each that comes out: Wₐ s is Σ_d s_d · (row d of Wₐ).
public struct AdditiveParameters: Sendable {
    /// [D][A].
    public let Wa, Ua: [[Double]]
    /// [A].
    public let b, va: [Double]

    public init(Wa: [[Double]], Ua: [[Double]], b: [Double], va: [Double]) { (self.Wa, self.Ua, self.b, self.va) = (Wa, Ua, b, va) }

    /// Numbers in ±1.
    init(D: Int, A: Int, _ random: inout RandomSource) {
        self.init(Wa: random.uniformRows(D, A), Ua: random.uniformRows(D, A), b: random.uniformRows(1, A)[0], va: random.uniformRows(1, A)[0])
    }
}

extension RandomSource {
    /// Numbers in ±1, as rows.
    mutating func uniformRows(_ count: Int, _ width: Int) -> [[Double]] {
        var rows = [[Double]](repeating: [Double](repeating: 0, count: width), count: count)
        for r in 0..<count { for c in 0..<width { rows[r][c] = 2 * uniform() - 1 } }
        return rows
    }
}

/// x W = Σ_d x_d · (row d of W), for the checks' own sums.
func rowProduct(_ x: [Double], _ W: [[Double]]) -> [Double] {
    zip(x, W).reduce([Double](repeating: 0, count: W.first?.count ?? 0)) { sum, term in zip(sum, term.1).map { $0 + term.0 * $1 } }
}

extension AdditiveParameters {
    /// e [S] of one query; the activation is tanh, unless a mistake is to be shown.
    func scores(query: [Double], states: [[Double]], activation: (Double) -> Double = { tanh($0) }) -> [Double] {
        let fromQuery = rowProduct(query, Wa)
        return states.map { state in
            let sums = zip(zip(fromQuery, rowProduct(state, Ua)), b).map { $0.0 + $0.1 + $1 }
            return zip(va, sums).map { $0 * activation($1) }.reduce(0, +)
        }
    }
}
