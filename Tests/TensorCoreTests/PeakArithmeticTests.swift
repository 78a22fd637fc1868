// The peak is a speed that a computer can have. How high it is depends on the machine and its mood: not tested.

import TensorCore
import Testing

@Suite("Peak arithmetic") struct PeakArithmeticTests {
    @Test("between a pocket calculator and a thousand cores", arguments: [0, 1, 3]) func plausible(runs: Int) {
        let speed = PeakArithmetic.operationsPerSecond(runs: runs, milliseconds: 1)
        #expect(speed > 1e7 && speed < 1e14, "\(speed)")
    }
}
