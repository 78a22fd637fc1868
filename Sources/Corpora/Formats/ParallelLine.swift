// What the readers of parallel text share: both sides of a pair must have words.

enum ParallelLine {
    static func pair(_ source: Substring, _ target: Substring, file: String?, line: Int) throws -> SentencePair {
        try SentencePair(
            source: words(source, side: "source", file: file, line: line),
            target: words(target, side: "target", file: file, line: line))
    }

    static func words(_ text: some StringProtocol, side: String, file: String?, line: Int) throws -> [String] {
        let words = Words.split(text)
        guard !words.isEmpty else {
            throw InputError(
                "the \(side) sentence is empty; write its words, or delete the line (in both files, if there are two)",
                file: file, line: line)
        }
        return words
    }
}
