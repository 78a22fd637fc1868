// How large a difference is beside the spread over seeds: Hedges' g (Hedges 1981, "Distribution theory for Glass's
// estimator of effect size").
//
//   g = J · (b̄ − ā) / s       s² = ((n_a − 1) s_a² + (n_b − 1) s_b²) / ν,  ν = n_a + n_b − 2
//   J = Γ(ν/2) / (√(ν/2) · Γ((ν − 1)/2))                  ≈ 1 − 3/(4ν − 1); without it five seeds give values a tenth too large
//
// The interval is that of the noncentral t distribution (Steiger & Fouladi 1997): the δ under which the t that was seen
// would be at either 2.5 % end, times J · √(1/n_a + 1/n_b). The usual √(1/n_a + 1/n_b + g²/(2(n_a + n_b))) is for
// samples larger than a handful of seeds.

import Foundation

/// Hedges' g of B against A, positive where B is greater, with its interval.
public struct EffectSize: Sendable, Equatable, Codable {
    public let g: Double
    public let lower: Double
    public let upper: Double

    /// nil with fewer than two values on a side, and where neither side has any spread: g is then undefined.
    public init?(_ a: [Double], _ b: [Double], level: Double = 0.95) {
        let x = MeanInterval(a), y = MeanInterval(b), na = Double(x.count), nb = Double(y.count), degrees = na + nb - 2
        guard let meanA = x.mean, let meanB = y.mean, let sdA = x.standardDeviation, let sdB = y.standardDeviation
        else { return nil }
        let pooled = (((na - 1) * sdA * sdA + (nb - 1) * sdB * sdB) / degrees).squareRoot()
        // What is left of equal values after their mean was taken away is no spread.
        guard pooled > 1e-13 * max(abs(meanA), abs(meanB)), pooled > 0 else { return nil }
        let scale = (1 / na + 1 / nb).squareRoot(), correction = Self.correction(degrees: degrees)
        let t = (meanB - meanA) / pooled / scale, tail = (1 - level) / 2
        guard let low = NoncentralT.noncentrality(of: t, degrees: degrees, probability: 1 - tail),
            let high = NoncentralT.noncentrality(of: t, degrees: degrees, probability: tail)
        else { return nil }
        g = correction * t * scale
        lower = correction * low * scale
        upper = correction * high * scale
    }

    /// J, the correction for few seeds.
    static func correction(degrees: Double) -> Double {
        exp(StudentT.logGamma(degrees / 2) - StudentT.logGamma((degrees - 1) / 2)) / (degrees / 2).squareRoot()
    }
}
