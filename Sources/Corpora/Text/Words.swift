// Cutting a line into words and joining them again. Not a tokeniser: punctuation must already stand apart.

/// Words are what stands between Unicode white space.
public enum Words {
    /// - Complexity: O(length): one pass over the scalars. Characters are not used, because a combining mark after a
    ///   space would join it and hide the word border.
    public static func split(_ line: some StringProtocol) -> [String] {
        String(line).unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String(Substring($0)) }
    }

    public static func join(_ words: [String]) -> String {
        words.joined(separator: " ")
    }
}
