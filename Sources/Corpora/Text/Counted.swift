// A number and what is counted, as a sentence has them.

public enum Counted {
    /// "1 line", "2 lines".
    public static func text(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
