// Says when work makes no progress for long: a scorer with a loop that never ends would otherwise say nothing at all.

import Dispatch
import Foundation
import Synchronization

/// Watches several pieces of work by name, from a thread of its own: those that do the work may never come back.
public final class StepWatch: Sendable {
    private struct State {
        /// Nanoseconds of the last sign of each piece of work that is going on, and whether its silence was told.
        var signs: [String: (last: UInt64, isTold: Bool)] = [:]
        var isOver = false
    }

    private let state = Mutex(State())
    private let patience: Double

    /// - Parameters:
    ///   - patience: seconds without a sign.
    ///   - say: called once for each silence, with what is silent and for how long.
    public init(patience: Double = 30, say: @escaping @Sendable (String, Double) -> Void) {
        self.patience = patience
        Thread.detachNewThread { [weak self] in
            while let watch = self, !watch.state.withLock({ $0.isOver }) {
                for (name, seconds) in watch.silent() { say(name, seconds) }
                Thread.sleep(forTimeInterval: min(0.5, patience / 4))
            }
        }
    }

    /// A piece of work begins, or has made a step.
    public func sign(_ name: String) {
        state.withLock { $0.signs[name] = (DispatchTime.now().uptimeNanoseconds, false) }
    }

    public func end(_ name: String) { state.withLock { $0.signs[name] = nil } }

    /// No more is told.
    public func stop() { state.withLock { $0.isOver = true } }

    private func silent() -> [(String, Double)] {
        let now = DispatchTime.now().uptimeNanoseconds
        return state.withLock { state in
            let late = state.signs.filter {
                !$0.value.isTold && Double(now - min(now, $0.value.last)) * 1e-9 > patience
            }
            for name in late.keys { state.signs[name]?.isTold = true }
            return late.map { ($0.key, Double(now - min(now, $0.value.last)) * 1e-9) }.sorted { $0.0 < $1.0 }
        }
    }
}
