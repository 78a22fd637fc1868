// A mean over seeds with its 95 % interval.
//
//   x̄ ± t(0.975, n − 1) · s / √n      s the sample standard deviation, with n − 1

import Foundation

/// Mean, spread and interval of a few values, each nil where it is undefined.
public struct MeanInterval: Sendable, Equatable {
    public let count: Int
    /// nil without values.
    public let mean: Double?
    /// nil with fewer than two values.
    public let standardDeviation: Double?
    /// The confidence, 0.95 by default.
    public private(set) var level: Double

    /// Whether all values, at least two, stand at the same end of what the measure can be: 0 % right with every seed.
    /// That they do not vary is then the measure's doing, and no interval can be had from it.
    public let isAtBound: Bool

    /// Half the width of the interval, in the unit of the values; nil with fewer than two, and at a bound.
    public var halfWidth: Double? {
        isAtBound
            ? nil
            : standardDeviation.flatMap { deviation in
                let n = Double(count)
                return StudentT.quantile(1 - (1 - level) / 2, degrees: n - 1).map { $0 * deviation / n.squareRoot() }
            }
    }

    public var lower: Double? { halfWidth.flatMap { h in mean.map { $0 - h } } }
    public var upper: Double? { halfWidth.flatMap { h in mean.map { $0 + h } } }

    /// - Parameter values: one a seed. Undefined values must be left out by the caller, who alone knows what it means
    ///   that a seed has none; infinite ones and NaN are left out here.
    /// - Parameter bounds: the least and the greatest value that there can be; nil where that is not known.
    public init(_ values: some Sequence<Double>, level: Double = 0.95, bounds: ClosedRange<Double>? = nil) {
        let values = values.filter(\.isFinite)
        let n = Double(values.count)
        count = values.count
        self.level = level
        guard !values.isEmpty else {
            (mean, standardDeviation, isAtBound) = (nil, nil, false)
            return
        }
        let mean = values.reduce(0, +) / n
        self.mean = mean
        isAtBound =
            values.count > 1 && values.allSatisfy { $0 == values[0] }
            && (values[0] == bounds?.lowerBound || values[0] == bounds?.upperBound)
        guard values.count > 1 else {
            standardDeviation = nil
            return
        }
        standardDeviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
    }

    /// The same mean with another confidence.
    public func at(level: Double) -> MeanInterval {
        var interval = self
        interval.level = level
        return interval
    }
}

extension MeanInterval: Codable {
    private enum CodingKeys: String, CodingKey {
        case mean, lower, upper, halfWidth = "half_width", standardDeviation = "standard_deviation", count, level,
            isAtBound = "at_bound"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        count = try c.decode(Int.self, forKey: .count)
        mean = try c.decodeIfPresent(Double.self, forKey: .mean)
        standardDeviation = try c.decodeIfPresent(Double.self, forKey: .standardDeviation)
        level = try c.decode(Double.self, forKey: .level)
        isAtBound = try c.decodeIfPresent(Bool.self, forKey: .isAtBound) ?? false
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(mean, forKey: .mean)
        try c.encode(lower, forKey: .lower)
        try c.encode(upper, forKey: .upper)
        try c.encode(halfWidth, forKey: .halfWidth)
        try c.encode(standardDeviation, forKey: .standardDeviation)
        try c.encode(count, forKey: .count)
        try c.encode(level, forKey: .level)
        if isAtBound { try c.encode(true, forKey: .isAtBound) }
    }
}
