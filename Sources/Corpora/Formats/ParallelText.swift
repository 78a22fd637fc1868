// Somebody's own parallel text as it comes: its pairs, where they stand, and what had to be left out.

/// The pairs of one file (tab separated) or of two (line n translates line n).
public struct ParallelText: Sendable {
    public private(set) var pairs: [SentencePair] = []
    /// Of each pair, counted from 1.
    public private(set) var lines: [Int] = []
    /// Lines of which one side or both have no words: there is nothing to learn from them, and taking them out of one
    /// file alone would break the pairing of the others.
    public private(set) var blankLines: [Int] = []
    /// Lines of pairs with more words than were allowed.
    public private(set) var longLines: [Int] = []
    /// Of every line, also of those that are left out.
    public private(set) var lengths: [SentenceLengths] = []
    /// One file, or the source's and the target's.
    public let files: [String]

    /// - Parameters:
    ///   - files: one or two.
    ///   - limit: words that a side may have; nil for any number.
    ///   - lowerCase: whether capitals are read as small letters.
    ///   - documents: whether a line has a label, a tab and a document (`LabelledDocument`).
    /// - Throws: `InputError` for a line with words and without a tab, or with several, or two files with different
    ///   numbers of lines.
    public init(
        _ files: [String], limit: Int? = nil, lowerCase: Bool = false, documents: Bool = false
    ) throws {
        self.files = files
        let sides =
            try files.count == 2
            ? TwoFiles.lines(source: files[0], target: files[1])
            : TabSeparated.sides(TextFile.read(files[0]), file: files[0], allowingBlank: true)
        func words(_ side: Substring) -> [String] { Words.split(lowerCase ? side.lowercased()[...] : side) }
        for (index, side) in sides.enumerated() {
            let sides = (words(side.0), words(side.1))
            let pair =
                try documents
                ? LabelledDocument.pair(label: sides.0, document: sides.1, file: files[0], line: index + 1)
                : SentencePair(source: sides.0, target: sides.1)
            lengths.append(SentenceLengths(pair))
            if pair.source.isEmpty || pair.target.isEmpty {
                blankLines.append(index + 1)
            } else if let limit, max(pair.source.count, pair.target.count) > limit {
                longLines.append(index + 1)
            } else {
                pairs.append(pair)
                lines.append(index + 1)
            }
        }
    }

    /// The line that a pair was read from; nil where there is none like it.
    public func line(of pair: SentencePair) -> Int? {
        pairs.firstIndex { $0.source == pair.source && $0.target == pair.target }.map { lines[$0] }
    }

    /// - Throws: `InputError` where there is no pair.
    func checkHasPairs() throws {
        guard pairs.isEmpty else { return }
        let blank = Counted.text(blankLines.count, "line") + " without words on a side"
        let long = longLines.isEmpty ? "" : " and \(longLines.count) longer than --maximum-length"
        throw InputError(
            (lengths.isEmpty ? "there is no sentence in it" : "there is no pair of sentences in it: \(blank)\(long)")
                + "; give at least a few hundred pairs", file: files[0])
    }

    /// Sentences about what was left out; empty where nothing was.
    /// - Parameter limitOption: what the limit is called where the user can set it.
    public func remarks(limitOption: String) -> [String] {
        func list(_ lines: [Int]) -> String {
            lines.prefix(8).map(String.init).joined(separator: ", ")
                + (lines.count > 8 ? " and \(lines.count - 8) more" : "")
        }
        let place = files.joined(separator: " and ")
        func sentence(_ lines: [Int], _ what: String) -> String? {
            guard let first = lines.first else { return nil }
            return
                "\(place):\(first): \(lines.count == 1 ? "this pair is" : "\(lines.count) pairs are") left out: \(what)"
                + (lines.count == 1 ? "" : " (lines \(list(lines)))")
        }
        return [
            sentence(blankLines, "a side has no words"),
            sentence(longLines, "a side has more words than \(limitOption) allows"),
        ].compactMap { $0 }
    }
}
