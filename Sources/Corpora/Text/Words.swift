// Cutting a line into words and joining them again. Not a tokeniser: punctuation must already stand apart.

/// Words are what stands between Unicode white space.
public enum Words {
    /// - Complexity: O(length): one pass over the scalars. Characters are not used, because a combining mark after a
    ///   space would join it and hide the word border.
    public static func split(_ line: some StringProtocol) -> [String] {
        String(line).unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String(Substring($0)) }
    }

    /// How many words `split` gives.
    public static func count(_ line: some StringProtocol) -> Int {
        guard line.utf8.allSatisfy({ $0 < 0x80 }) else { return split(line).count }
        var count = 0, isInside = false
        for byte in line.utf8 {
            let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isBlank, !isInside { count += 1 }
            isInside = !isBlank
        }
        return count
    }

    public static func join(_ words: [String]) -> String {
        words.joined(separator: " ")
    }
}
