// The noncentral t distribution: what a t-test shows where there is a difference (Johnson, Kotz & Balakrishnan 1995,
// ch. 31).
//
//   T = (Z + δ) / √(χ²_ν / ν)
//   P(T ≤ t) = Φ(−δ) + ∫_{−δ}^∞ φ(z) · P(χ²_ν ≥ ν (z + δ)² / t²) dz      for t > 0; P(T ≤ −t; δ) = P(T ≥ t; −δ)
//
// The integral by Simpson's rule where the integrand is not 0 or φ. Series in δ²/2 (Lenth 1989, AS 243) are shorter to
// write, but need as many terms as δ is large, and δ is in the thousands where every seed of a scorer reaches 100 %.

import Foundation

public enum NoncentralT {
    /// P(T ≤ t) with `degrees` degrees of freedom and noncentrality δ; nil unless `degrees` > 0 and all are finite.
    public static func cumulative(_ t: Double, degrees: Double, noncentrality: Double) -> Double? {
        guard degrees > 0, degrees.isFinite, t.isFinite, noncentrality.isFinite else { return nil }
        if t == 0 { return normal(-noncentrality) }
        return t > 0 ? positive(t, degrees, noncentrality) : 1 - positive(-t, degrees, -noncentrality)
    }

    /// The δ with P(T ≤ t) = `probability`; nil where there is none.
    public static func noncentrality(of t: Double, degrees: Double, probability: Double) -> Double? {
        guard probability > 0, probability < 1, degrees > 0, t.isFinite else { return nil }
        // P falls as δ grows, and δ ≈ t.
        let step = 1 + abs(t) / degrees.squareRoot()
        return falling(to: probability, from: t - step, to: t + step) {
            cumulative(t, degrees: degrees, noncentrality: $0)
        }
    }

    /// Where a falling function takes a value, by bisection to ten digits; the bracket is widened first where it must
    /// be.
    static func falling(to value: Double, from low: Double, to high: Double, _ function: (Double) -> Double?) -> Double?
    {
        var low = low, high = high, width = high - low
        while let f = function(low), f < value, width < 1e12 {
            low -= width
            width *= 2
        }
        width = high - low
        while let f = function(high), f > value, width < 1e12 {
            high += width
            width *= 2
        }
        guard let first = function(low), let last = function(high), first >= value, last <= value else { return nil }
        while high - low > 1e-11 * max(1, abs(low), abs(high)) {
            let middle = low + (high - low) / 2
            guard let f = function(middle) else { return nil }
            if f > value { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    private static func positive(_ t: Double, _ degrees: Double, _ delta: Double) -> Double {
        // χ_ν/√ν is 1 give or take 1/√(2ν); beyond 13 times that it never is, and neither is |z| beyond 9.
        let spread = 13 / (2 * degrees).squareRoot()
        let low = min(9, max(-9, -delta, t * max(0, 1 - spread) - delta))
        let high = max(low, min(9, t * (1 + spread) - delta))
        // To the left of `low` the second factor is 1.
        let left = normal(low)
        guard high > low else { return left }
        let intervals = 256, h = (high - low) / Double(intervals)
        var sum = 0.0
        for k in 0...intervals {
            let z = low + Double(k) * h, y = max(0, z + delta) / t
            let weight = k == 0 || k == intervals ? 1.0 : k % 2 == 1 ? 4 : 2
            sum += weight * exp(-z * z / 2) * upperGamma(degrees / 2, degrees * y * y / 2)
        }
        return min(1, left + sum * h / 3 / (2 * .pi).squareRoot())
    }

    static func normal(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// Q(a, x) = Γ(a, x) / Γ(a), the upper tail of a gamma distribution: the series below a + 1, the continued fraction
    /// above (Abramowitz & Stegun 1964, 6.5.29 and 6.5.31).
    static func upperGamma(_ a: Double, _ x: Double) -> Double {
        guard x > 0 else { return 1 }
        let front = exp(a * log(x) - x - StudentT.logGamma(a))
        if x < a + 1 {
            var term = 1 / a, sum = term, n = a
            while abs(term) > abs(sum) * 1e-16 {
                n += 1
                term *= x / n
                sum += term
            }
            return max(0, 1 - front * sum)
        }
        let tiny = 1e-300
        var b = x + 1 - a, c = 1 / tiny, d = 1 / b, value = d
        for i in 1...10_000 {
            let an = -Double(i) * (Double(i) - a)
            b += 2
            d = an * d + b
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = b + an / c
            c = abs(c) < tiny ? tiny : c
            value *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return front * value
    }
}
