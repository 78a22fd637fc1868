// Multiplications that are counted, so that a claim about cost can be checked instead of believed.

/// Multiplies, and counts how often.
public final class Multiplier {
    /// Multiplications so far.
    public private(set) var count = 0

    public init() {}

    /// a · b.
    public func times(_ a: Double, _ b: Double) -> Double {
        count += 1
        return a * b
    }
}
