// Numbers as text, the same on every platform and in every locale.

import Corpora
import Foundation

public enum NumberText {
    /// With so many digits after the point; a minus sign is a minus sign, and zero has none.
    public static func text(_ value: Double, digits: Int) -> String {
        let text = String(format: "%.\(digits)f", value)
        guard text.hasPrefix("-") else { return text }
        let positive = text.dropFirst()
        return positive.contains { $0 != "0" && $0 != "." } ? "−" + positive : String(positive)
    }

    /// "1 thread", "2 threads".
    public static func count(_ number: Int, _ noun: String) -> String { Counted.text(number, noun) }

    /// With at most so many significant digits, and none that say nothing: 0.01, 1600, 2.5.
    public static func text(_ value: Double, significant: Int) -> String {
        Counted.text(value, significant: significant)
    }
}
