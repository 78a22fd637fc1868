// Two means whose spreads may differ (Welch 1947, "The generalization of 'Student's' problem when several different
// population variances are involved").
//
//   d = x̄ − ȳ      e² = s²ₓ/m + s²ᵧ/n      t = d / e      ν = e⁴ / ((s²ₓ/m)²/(m − 1) + (s²ᵧ/n)²/(n − 1))      (Satterthwaite 1946)
//   interval d ± t(1 − α/2, ν) · e         p = 2 · P(T ≤ −|t|)

/// The difference of two means, its interval and its test, each nil where it is undefined.
public struct WelchDifference: Sendable, Equatable {
    /// nil where a side has no values.
    public let mean: Double?
    /// Of the side that has fewer values.
    public let count: Int
    /// Of the difference, and the degrees of freedom; nil where a side has fewer than two values.
    private let error: (standard: Double, degrees: Double)?

    public init(_ a: [Double], _ b: [Double]) { self.init(MeanInterval(a), MeanInterval(b)) }

    public init(_ x: MeanInterval, _ y: MeanInterval) {
        count = min(x.count, y.count)
        mean = x.mean.flatMap { x in y.mean.map { x - $0 } }
        error = x.standardDeviation.flatMap { sx in
            y.standardDeviation.map { sy in
                let (m, n) = (Double(x.count), Double(y.count)), (va, vb) = (sx * sx / m, sy * sy / n), sum = va + vb
                // Without any spread the degrees do not matter.
                return (sum.squareRoot(), sum > 0 ? sum * sum / (va * va / (m - 1) + vb * vb / (n - 1)) : 1)
            }
        }
    }

    /// Two-sided. Where no side has any spread: 1 for equal means, 0 for others.
    public var pValue: Double? {
        guard let mean, let error else { return nil }
        guard error.standard > 0 else { return mean == 0 ? 1 : 0 }
        return StudentT.cumulative(-abs(mean / error.standard), degrees: error.degrees).map { 2 * $0 }
    }

    /// Without any spread it is the difference alone.
    public func interval(level: Double = 0.95) -> (lower: Double, upper: Double)? {
        guard let mean, let error, let t = StudentT.quantile(1 - (1 - level) / 2, degrees: error.degrees) else {
            return nil
        }
        return (mean - t * error.standard, mean + t * error.standard)
    }

    public static func == (one: Self, other: Self) -> Bool {
        one.mean == other.mean && one.count == other.count && one.error?.standard == other.error?.standard
            && one.error?.degrees == other.error?.degrees
    }
}
