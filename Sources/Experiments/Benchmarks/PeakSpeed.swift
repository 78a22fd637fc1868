// What this machine could do at best, measured in the same run as everything it is compared with.

import TensorCore

/// The peak of one core; see `PeakArithmetic`.
///
/// Speed is shared with whatever else runs on a machine, and that changes from minute to minute. So the peak is
/// measured again between other figures, and the best counts.
public struct PeakSpeed: Sendable, Codable, Equatable {
    public private(set) var oneCoreGFLOPPerSecond = 0.0

    /// Measures it: about a tenth of a second.
    public init() { measure() }

    /// A peak that is known.
    init(oneCoreGFLOPPerSecond: Double) { self.oneCoreGFLOPPerSecond = oneCoreGFLOPPerSecond }

    /// Looks whether the machine can do better now. - Complexity: `runs` × 20 ms.
    public mutating func measure(runs: Int = 5) {
        oneCoreGFLOPPerSecond = max(oneCoreGFLOPPerSecond, PeakArithmetic.operationsPerSecond(runs: runs) * 1e-9)
    }

    /// What part of the peak of so many threads a speed is, 0 to 1.
    public func share(of gflopPerSecond: Double, threads: Int = 1) -> Double {
        gflopPerSecond / (oneCoreGFLOPPerSecond * Double(threads))
    }
}
