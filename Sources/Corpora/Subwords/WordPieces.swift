// From subword pieces back to words, for alignments and weights alike: gold links are between words.

/// Which word each piece of a sentence belongs to.
public struct WordPieces: Sendable, Equatable {
    /// How the pieces of a sentence mark word boundaries.
    public enum Convention: String, Sendable, Codable {
        /// SentencePiece: a piece that opens a word begins with "▁".
        case sentencePiece
        /// subword-nmt: a piece that is continued ends with "@@".
        case bpe
    }

    /// For each piece, the index of its word.
    public let wordOfPiece: [Int]
    public var wordCount: Int { (wordOfPiece.last ?? -1) + 1 }

    /// The first piece opens a word whether it is marked or not.
    public init(_ pieces: [String], convention: Convention) {
        self.init(
            count: pieces.count,
            opens: { k in
                switch convention {
                case .sentencePiece: pieces[k].unicodeScalars.first == "\u{2581}"
                case .bpe: !pieces[k - 1].utf8.suffix(2).elementsEqual("@@".utf8)
                }
            })
    }

    /// Pieces that say themselves where a word ends.
    public init(_ pieces: [Piece]) { self.init(count: pieces.count, opens: { pieces[$0 - 1].endsWord }) }

    /// - Parameter opens: whether a piece behind the first opens a word.
    private init(count: Int, opens: (Int) -> Bool) {
        var word = 0
        wordOfPiece = (0..<count).map { k in
            if k > 0, opens(k) { word += 1 }
            return word
        }
    }

    /// A word is linked when any of its pieces is. Links to pieces that do not exist are dropped.
    public static func merge(_ links: Set<Link>, source: WordPieces, target: WordPieces) -> Set<Link> {
        var merged = Set<Link>()
        for link in links
        where source.wordOfPiece.indices.contains(link.source)
            && target.wordOfPiece.indices.contains(link.target)
        {
            merged.insert(Link(source.wordOfPiece[link.source], target.wordOfPiece[link.target]))
        }
        return merged
    }

    /// The other way: every piece of a word is linked with every piece of the words that it is linked with.
    public static func spread(_ links: Set<Link>, source: WordPieces, target: WordPieces) -> Set<Link> {
        let sources = source.piecesOfWords, targets = target.piecesOfWords
        return links.reduce(into: []) { spread, link in
            guard sources.indices.contains(link.source), targets.indices.contains(link.target) else { return }
            for piece in sources[link.source] {
                for other in targets[link.target] { spread.insert(Link(piece, other)) }
            }
        }
    }

    private var piecesOfWords: [[Int]] {
        wordOfPiece.enumerated().reduce(into: [[Int]](repeating: [], count: wordCount)) {
            $0[$1.element].append($1.offset)
        }
    }

    /// Weights over pieces, summed over those of each word.
    public func sums(_ row: some Sequence<Double>) -> [Double] {
        var sums = [Double](repeating: 0, count: wordCount)
        for (weight, word) in zip(row, wordOfPiece) { sums[word] += weight }
        return sums
    }

    /// Rows of pieces, averaged over those of each word; an empty row is no row, and a word without any has an empty
    /// one.
    public func means(_ rows: [[Double]]) -> [[Double]] {
        var means = [[Double]](repeating: [], count: wordCount), pieces = [Int](repeating: 0, count: wordCount)
        for (row, word) in zip(rows, wordOfPiece) where !row.isEmpty {
            means[word] = means[word].isEmpty ? row : zip(means[word], row).map { $0 + $1 }
            pieces[word] += 1
        }
        return zip(means, pieces).map { row, count in count > 1 ? row.map { $0 / Double(count) } : row }
    }

    /// Weights summed over the pieces of a source word and averaged over those of a target word, so that rows still sum
    /// to 1 (Koehn & Knowles 2017, §3.5). Target pieces without weights are left out of the average.
    public static func merge(_ rows: [[Double]], source: WordPieces, target: WordPieces) -> [[Double]] {
        target.means(rows.map { $0.isEmpty ? [] : source.sums($0) })
    }
}
