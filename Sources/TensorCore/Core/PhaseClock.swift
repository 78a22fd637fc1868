// Where the time of a step goes: seconds by named phase, forward and backward apart.

import Dispatch

/// Adds up time by phase while a tape carries it. Phases may lie within one another; each has its time without the
/// inner ones.
public final class PhaseClock {
    /// Seconds of one phase.
    public struct Time: Sendable, Equatable {
        public var forward = 0.0, backward = 0.0

        public init() {}
    }

    public private(set) var times: [String: Time] = [:]
    private(set) var phase: String?
    private var isBackward = false
    private var since = DispatchTime.now().uptimeNanoseconds

    public init() {}

    /// Runs `body` in a phase.
    public func measure<R>(_ phase: String, _ body: () throws -> R) rethrows -> R {
        let outer = self.phase
        enter(phase)
        defer { enter(outer) }
        return try body()
    }

    /// Time so far belongs to the phase that was; from now on to this one, or to none.
    func enter(_ phase: String?, isBackward: Bool = false) {
        let now = DispatchTime.now().uptimeNanoseconds
        if let before = self.phase {
            let seconds = Double(now - since) * 1e-9
            if self.isBackward {
                times[before, default: Time()].backward += seconds
            } else {
                times[before, default: Time()].forward += seconds
            }
        }
        (self.phase, self.isBackward, since) = (phase, isBackward, now)
    }
}
