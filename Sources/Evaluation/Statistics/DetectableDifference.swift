// What difference so many seeds could have seen: the power of the two-sample t-test (Cohen 1988, §2.4; Lachin 1981).
//
//   power(δ) = P(|T| > t(1 − α/2, ν)),  T noncentral t with ν = 2n − 2 and δ = (d / s) · √(n / 2)
//   the detectable difference is the d with power(δ) = 0.8

/// The smallest true difference between two means that a two-sided t-test with n seeds a side finds with the given
/// power.
public struct DetectableDifference: Sendable, Equatable, Codable {
    /// Of each of the two.
    public let seeds: Int
    /// Over seeds, pooled.
    public let standardDeviation: Double
    public let level: Double
    public let power: Double
    /// In the unit of the standard deviation.
    public let difference: Double

    /// nil with fewer than two seeds, and unless 0 < level < power < 1.
    public init?(seeds: Int, standardDeviation: Double, level: Double = 0.05, power: Double = 0.8) {
        guard seeds > 1, standardDeviation >= 0, standardDeviation.isFinite, level > 0, level < power, power < 1,
            let delta = NoncentralT.falling(
                to: 1 - power, from: 0, to: 4,
                {
                    Self.power(seeds: seeds, effect: $0 / (Double(seeds) / 2).squareRoot(), level: level).map { 1 - $0 }
                })
        else { return nil }
        (self.seeds, self.standardDeviation, self.level, self.power) = (seeds, standardDeviation, level, power)
        difference = delta / (Double(seeds) / 2).squareRoot() * standardDeviation
    }

    /// The chance that the test finds a difference of `effect` standard deviations.
    public static func power(seeds: Int, effect: Double, level: Double = 0.05) -> Double? {
        let degrees = Double(2 * seeds - 2), delta = effect * (Double(seeds) / 2).squareRoot()
        guard seeds > 1, let critical = StudentT.quantile(1 - level / 2, degrees: degrees),
            let below = NoncentralT.cumulative(critical, degrees: degrees, noncentrality: delta),
            let opposite = NoncentralT.cumulative(-critical, degrees: degrees, noncentrality: delta)
        else { return nil }
        return 1 - below + opposite
    }

    /// √(Σ (n − 1) s² / Σ (n − 1)); nil where nothing has two values.
    public static func pooledDeviation(_ groups: [MeanInterval]) -> Double? {
        let spread = groups.compactMap { group in group.standardDeviation.map { (Double(group.count - 1), $0) } }
        let degrees = spread.reduce(0) { $0 + $1.0 }
        return degrees > 0 ? (spread.reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / degrees).squareRoot() : nil
    }
}
