// What this machine could do at best, measured in the same run as everything it is compared with.

import TensorCore

/// The peak of one core; see `PeakArithmetic`.
///
/// Speed is shared with whatever else runs on a machine, and that changes from minute to minute. So the peak is measured
/// again between other figures, and the best counts.
public struct PeakSpeed: Sendable, Codable, Equatable {
    /// Of one core.
    public private(set) var gigaflopsPerSecond = 0.0

    /// Measures it: about a tenth of a second.
    public init() { measure() }

    /// - Parameter gigaflopsPerSecond: a peak that is known.
    init(gigaflopsPerSecond: Double) { self.gigaflopsPerSecond = gigaflopsPerSecond }

    /// Looks whether the machine can do better now. - Complexity: `runs` × 20 ms.
    public mutating func measure(runs: Int = 5) {
        gigaflopsPerSecond = max(gigaflopsPerSecond, PeakArithmetic.operationsPerSecond(runs: runs) * 1e-9)
    }

    /// What part of the peak of so many threads a speed is, 0 to 1.
    public func share(of gigaflopsPerSecond: Double, threads: Int = 1) -> Double {
        gigaflopsPerSecond / (self.gigaflopsPerSecond * Double(threads))
    }
}
