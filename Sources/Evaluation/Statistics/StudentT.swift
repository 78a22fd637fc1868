// Student's t distribution, for intervals over a handful of seeds (Student 1908).
//
//   P(|T| ≤ t) = 1 − I_x(ν/2, ½),  x = ν / (ν + t²)      I the regularised incomplete beta function
//
// I by its continued fraction (Abramowitz & Stegun 1964, 26.5.8; evaluated as Lentz does).

import Foundation

public enum StudentT {
    /// P(T ≤ t) with `degrees` degrees of freedom; nil unless those are positive.
    public static func cumulative(_ t: Double, degrees: Double) -> Double? {
        guard degrees > 0, !t.isNaN else { return nil }
        let tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
        return t < 0 ? tail : 1 - tail
    }

    /// The t with P(T ≤ t) = `probability`; nil unless 0 < `probability` < 1 and `degrees` > 0.
    public static func quantile(_ probability: Double, degrees: Double) -> Double? {
        guard probability > 0, probability < 1, degrees > 0 else { return nil }
        // By the tail of the upper half, which keeps its digits where the distribution function is near 1.
        let tail = min(probability, 1 - probability)
        func upperTail(_ t: Double) -> Double { 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) }
        var low = 0.0, high = 1.0
        while upperTail(high) > tail, high < 1e300 { high *= 2 }
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
        return probability < 0.5 ? -high : probability > 0.5 ? high : 0
    }

    /// I_x(a, b)
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x))
        // The fraction converges fast on one side of the mean only; the other side by symmetry.
        return x < (a + 1) / (a + b + 2)
            ? front * betaFraction(x, a, b) / a
            : 1 - front * betaFraction(1 - x, b, a) / b
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / away(1 - (a + b) * x / (a + 1))
        var value = d
        for m in 1...10_000 {
            let m = Double(m)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / away(1 + even * d)
            c = away(1 + even / c)
            value *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / away(1 + odd * d)
            c = away(1 + odd / c)
            value *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return value
    }

    /// ln Γ(x) for x > 0: Stirling's series, after moving x to where it has sixteen digits. (The C library's `lgamma`
    /// is spelt differently on each platform.)
    static func logGamma(_ x: Double) -> Double {
        var x = x, shift = 0.0
        while x < 15 {
            shift -= log(x)
            x += 1
        }
        let r = 1 / (x * x)
        let series =
            (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r * (1 / 1188.0 - r * 691 / 360_360)))))
        return shift + (x - 0.5) * log(x) - x + 0.5 * log(2 * .pi) + series / x
    }
}
