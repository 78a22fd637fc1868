// Parallel text in one file: a source sentence, a tab, its translation.

/// `source<TAB>target`, one pair a line.
public enum TabSeparated {
    public static func read(_ path: String) throws -> [SentencePair] {
        try parse(TextFile.read(path), file: path)
    }

    /// - Throws: `InputError` with the line, for a line without a tab or with several, or an empty side.
    public static func parse(_ text: String, file: String? = nil) throws -> [SentencePair] {
        try sides(text, file: file).enumerated().map { index, side in
            try ParallelLine.pair(side.0, side.1, file: file, line: index + 1)
        }
    }

    /// What stands on the two sides of the tab of each line.
    /// - Parameter allowingBlank: whether a line without words may be without a tab, too.
    static func sides(_ text: String, file: String?, allowingBlank: Bool = false) throws -> [(Substring, Substring)] {
        try TextFile.lines(of: text).enumerated().map { index, line in
            let fields = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            if allowingBlank, fields.count != 2, Words.split(line).isEmpty { return ("", "") }
            guard fields.count == 2 else {
                let found =
                    fields.count == 1
                    ? "there is no tab on this line" : "there are \(fields.count - 1) tabs on this line"
                throw InputError(
                    "\(found); expected a source sentence, one tab and its translation", file: file, line: index + 1)
            }
            return (Substring(fields[0]), Substring(fields[1]))
        }
    }

    public static func text(_ pairs: [SentencePair]) -> String {
        pairs.map { Words.join($0.source) + "\t" + Words.join($0.target) + "\n" }.joined()
    }

    public static func write(_ pairs: [SentencePair], to path: String) throws {
        try AtomicFile.write(text(pairs), to: path)
    }
}
