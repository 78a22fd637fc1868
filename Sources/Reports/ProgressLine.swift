// Progress with the time left: one line that is written over on a terminal, a few plain lines elsewhere.

import Dispatch

/// What to print as some work goes on. It only makes texts; the caller prints them.
public struct ProgressLine: Sendable {
    private let isTerminal: Bool
    private let start: UInt64
    private var lastDrawn: UInt64 = 0
    private var lastTenth = 0
    private var isSaid = false
    /// After so long even a small share tells how long the rest will take, and somebody wants to know.
    private static let patience = 30.0

    /// - Parameter now: nanoseconds of a clock that never goes back.
    public init(isTerminal: Bool, now: UInt64 = DispatchTime.now().uptimeNanoseconds) {
        self.isTerminal = isTerminal
        start = now
    }

    /// - Parameters:
    ///   - share: of the work that is done, 0 to 1.
    ///   - label: what is being done, "12 of 55 trainings".
    /// - Returns: what to print now; nil for nothing (terminals are redrawn five times a second, elsewhere each tenth
    ///   is a line, and so is what is known after half a minute).
    public mutating func update(
        _ share: Double, _ label: String, now: UInt64 = DispatchTime.now().uptimeNanoseconds
    ) -> String? {
        let share = min(max(share, 0), 1), seconds = Double(now - start) * 1e-9
        let isLong = seconds > Self.patience && share > 0
        let left =
            (share > 0.01 || isLong) && share < 1 ? ", " + Self.duration(seconds * (1 - share) / share) + " left" : ""
        let percent = "\(Int(share * 100)) %"
        if isTerminal {
            guard now - lastDrawn > 200_000_000 || share == 1 else { return nil }
            lastDrawn = now
            let filled = Int(share * 24)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
            return "\r\u{1B}[K\(bar) \(percent)  \(label)\(left)"
        }
        guard Int(share * 10) > lastTenth || isLong && !isSaid else { return nil }
        (lastTenth, isSaid) = (Int(share * 10), true)
        return "\(percent)  \(label)\(left)\n"
    }

    /// Removes the line before something else is printed.
    public var clear: String { isTerminal ? "\r\u{1B}[K" : "" }

    /// "8 s", "2 min 5 s", "1 h 4 min".
    public static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e8 else { return "a long time" }
        // Up, but not for what is only a rounding error of a whole second.
        let whole = Int((seconds - 1e-6).rounded(.up))
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
