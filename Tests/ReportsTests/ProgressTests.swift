// Progress: seldom enough to be read, with the time that is left.

import Reports
import Testing

private let second: UInt64 = 1_000_000_000

@Suite("Progress") struct ProgressTests {
    @Test("on a terminal one line is written over, five times a second at most") func terminal() throws {
        var line = ProgressLine(isTerminal: true, now: 0)
        let drawn = line.update(0.25, "3 of 12", now: 10 * second)
        let first = try #require(drawn)
        #expect(first.hasPrefix("\r"))
        #expect(first.contains("25 %  3 of 12, 30 s left"))
        let update1 = line.update(0.26, "3 of 12", now: 10 * second + second / 10)
        #expect(update1 == nil)
        let update2 = line.update(1, "12 of 12", now: 10 * second + second / 9)
        #expect(update2 != nil)
    }

    @Test("elsewhere a plain line for each tenth") func plain() {
        var line = ProgressLine(isTerminal: false, now: 0)
        let update3 = line.update(0.05, "x", now: second)
        #expect(update3 == nil)
        let update4 = line.update(0.5, "x", now: 60 * second)
        #expect(update4 == "50 %  x, 1 min 0 s left\n")
        let update5 = line.update(0.55, "x", now: 61 * second)
        #expect(update5 == nil)
        let update6 = line.update(1, "x", now: 90 * second)
        #expect(update6 == "100 %  x\n")
        #expect(line.clear == "")
    }

    @Test("what takes hours says so after half a minute, once") func early() {
        var line = ProgressLine(isTerminal: false, now: 0)
        let tooEarly = line.update(0.0005, "x", now: 10 * second)
        #expect(tooEarly == nil)
        let first = line.update(0.001, "x", now: 31 * second)
        #expect(first == "0 %  x, 8 h 36 min left\n")
        let again = line.update(0.002, "x", now: 62 * second)
        #expect(again == nil)
        var drawn = ProgressLine(isTerminal: true, now: 0)
        let shown = drawn.update(0.001, "x", now: 31 * second)
        #expect(shown?.hasSuffix("0 %  x, 8 h 36 min left") == true)
    }

    @Test(
        "durations",
        arguments: [(0.2, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (3725, "1 h 2 min"), (.infinity, "a long time")])
    func duration(seconds: Double, text: String) {
        #expect(ProgressLine.duration(seconds) == text)
    }
}
