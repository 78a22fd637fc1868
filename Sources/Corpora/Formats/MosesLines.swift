// Parallel text as word aligners read it: a source sentence, three bars, its translation.

/// `source ||| target`, one pair a line (the format of fast_align).
public enum MosesLines {
    static let bars = "|||"

    public static func read(_ path: String) throws -> [SentencePair] {
        try parse(TextFile.read(path), file: path)
    }

    /// - Throws: `InputError` with the line, where there are not exactly one `|||`, standing apart, and words on both
    ///   sides.
    public static func parse(_ text: String, file: String? = nil) throws -> [SentencePair] {
        try TextFile.lines(of: text).enumerated().map { index, line in
            let fields = Words.split(line).split(separator: bars, omittingEmptySubsequences: false)
            guard fields.count == 2 else {
                throw InputError(
                    "there are \(fields.count - 1) separators ||| on this line; expected a source sentence, one ||| and its translation",
                    file: file, line: index + 1)
            }
            for (side, words) in [("source", fields[0]), ("target", fields[1])] where words.isEmpty {
                _ = try ParallelLine.words("", side: side, file: file, line: index + 1)
            }
            return SentencePair(source: Array(fields[0]), target: Array(fields[1]))
        }
    }

    /// - Throws: `InputError` where a sentence contains `|||` as a word: it could not be read back.
    public static func text(_ pairs: [SentencePair]) throws -> String {
        try pairs.enumerated().map { index, pair in
            guard !pair.source.contains(bars), !pair.target.contains(bars) else {
                throw InputError(
                    "sentence \(index + 1) contains the word |||, which separates the languages in this format; write it as tab-separated text"
                )
            }
            return Words.join(pair.source) + " \(bars) " + Words.join(pair.target) + "\n"
        }.joined()
    }

    public static func write(_ pairs: [SentencePair], to path: String) throws {
        try AtomicFile.write(text(pairs), to: path)
    }
}
