// How a cost grows: the exponent p of y ≈ c·xᵖ.

import Foundation

/// A straight line through the logarithms, by least squares.
public enum PowerLaw {
    /// p of y ≈ c·xᵖ. A sum such as x + c has no single exponent: this is then its mean slope over the given x, nearer
    /// to the exponent of its greatest term the greater they are.
    ///
    /// - Returns: nil where there are fewer than two different x, or a number that has no logarithm.
    public static func exponent(_ points: [(x: Double, y: Double)]) -> Double? {
        guard points.allSatisfy({ $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite }) else { return nil }
        let x = points.map { log($0.x) }, y = points.map { log($0.y) }
        let meanX = x.reduce(0, +) / Double(x.count), meanY = y.reduce(0, +) / Double(y.count)
        let spread = x.map { ($0 - meanX) * ($0 - meanX) }.reduce(0, +)
        guard Set(points.map(\.x)).count > 1, spread > 0 else { return nil }
        return zip(x, y).map { ($0 - meanX) * ($1 - meanY) }.reduce(0, +) / spread
    }
}
