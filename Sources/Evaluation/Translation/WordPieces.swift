// From subword pieces back to words, for alignments and weights alike: gold links are between words.

import Corpora

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
        var word = -1
        var words: [Int] = []
        for (k, piece) in pieces.enumerated() {
            let opens =
                switch convention {
                case .sentencePiece: piece.unicodeScalars.first == "\u{2581}"
                case .bpe: k == 0 || !pieces[k - 1].utf8.suffix(2).elementsEqual("@@".utf8)
                }
            if opens || k == 0 { word += 1 }
            words.append(word)
        }
        wordOfPiece = words
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

    /// Weights summed over the pieces of a source word and averaged over those of a target word, so that rows still sum
    /// to 1 (Koehn & Knowles 2017, §3.5). Target pieces without weights are left out of the average.
    public static func merge(_ matrix: AttentionMatrix, source: WordPieces, target: WordPieces) -> AttentionMatrix {
        func bySourceWord(_ row: some Collection<Double>) -> [Double] {
            var sums = [Double](repeating: 0, count: source.wordCount)
            for (weight, word) in zip(row, source.wordOfPiece) { sums[word] += weight }
            return sums
        }
        var rows = [[Double]](repeating: [], count: target.wordCount)
        var pieces = [Int](repeating: 0, count: target.wordCount)
        for (piece, word) in target.wordOfPiece.enumerated() {
            guard let row = matrix.weights(of: piece) else { continue }
            let merged = bySourceWord(row)
            rows[word] = rows[word].isEmpty ? merged : zip(rows[word], merged).map { $0 + $1 }
            pieces[word] += 1
        }
        for word in rows.indices where pieces[word] > 1 {
            rows[word] = rows[word].map { $0 / Double(pieces[word]) }
        }
        return AttentionMatrix(
            rows: rows, endRow: matrix.endRow.map { bySourceWord($0) }, sourceCount: source.wordCount)
    }
}
