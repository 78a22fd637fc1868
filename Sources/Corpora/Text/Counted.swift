// A number and what is counted, as a sentence has them.

import Foundation

public enum Counted {
    /// "1 line", "2 lines".
    public static func text(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// With at most so many significant digits, and none that say nothing: 0.01, 1600, 2.5.
    public static func text(_ value: Double, significant: Int) -> String {
        String(format: "%.\(significant)g", value)
    }
}
