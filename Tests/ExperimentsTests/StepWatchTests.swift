// Work that never comes back is told once; work that makes steps is not.

import Experiments
import Foundation
import Synchronization
import Testing

@Suite("Watch over steps") struct StepWatchTests {
    private final class Told: Sendable {
        let names = Mutex<[String]>([])
    }

    @Test("a silence is told once, with its name") func silence() {
        let told = Told()
        let watch = StepWatch(patience: 0.2) { name, _ in told.names.withLock { $0.append(name) } }
        defer { watch.stop() }
        watch.sign("hangs")
        watch.sign("ends")
        watch.end("ends")
        let start = Date()
        while told.names.withLock({ $0.isEmpty }), Date().timeIntervalSince(start) < 20 {
            Thread.sleep(forTimeInterval: 0.05)
        }
        Thread.sleep(forTimeInterval: 0.5)
        #expect(told.names.withLock { $0 } == ["hangs"])
    }
}
