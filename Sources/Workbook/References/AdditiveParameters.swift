// The numbers of an additive score on plain arrays, for the exercises and bug hunts that compute it by hand.

import Randomness

/// Of eᵢ = vₐᵀ tanh(Wₐ s + Uₐ hᵢ + b). Matrices are kept as the library keeps them, a row for each number that goes in
/// and a column for each that comes out: Wₐ s is Σ_d s_d · (row d of Wₐ).
public struct AdditiveParameters: Sendable {
    /// [D][A].
    public let Wa, Ua: [[Double]]
    /// [A].
    public let b, va: [Double]

    /// - Parameter b: zeros where it is left out, as the paper leaves it out.
    public init(Wa: [[Double]], Ua: [[Double]], b: [Double]? = nil, va: [Double]) {
        (self.Wa, self.Ua, self.b, self.va) = (Wa, Ua, b ?? va.map { _ in 0 }, va)
    }

    /// Numbers in ±1.
    init(D: Int, A: Int, _ random: inout RandomSource) {
        self.init(Wa: random.uniforms(D, A), Ua: random.uniforms(D, A), b: random.uniforms(A), va: random.uniforms(A))
    }
}
