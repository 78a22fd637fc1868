// Exercise 30 · byte-pair merges
//
//     a word is cut into characters, and the last of them is marked as the end: "low" → l o w</w>
//     learn   count every two pieces that stand side by side, in each word as often as the word occurs; merge the most
//             frequent pair wherever it stands; again, as often as there shall be merges        Sennrich et al. 2016, §3.2
//     apply   a new word is cut by the same merges, in the order in which they were learnt
//
// A vocabulary of words has no place for the word that comes tomorrow. Pieces have: frequent words are one piece, rare
// ones a few, and in the worst case a word is spelt. Of equally frequent pairs one must be taken, and always the same
// one, or two machines learn two vocabularies: here the pair that comes first by its left piece and then by its right,
// compared by Unicode scalars.
//
//     low ×5, lower ×2: the pairs l o ×7, o w</w> ×5, o w ×2, w e ×2, e r</w> ×2. First merge l o, then lo w</w>.
//
// Lesson  Notebooks-md/19_TokensAndSubwords.md
// Check   swift test --filter Exercise30
// Hints   swift run attention exercises hint 30

public import Workbook

public enum Exercise30: BytePairsAnswers {
    /// - Parameter words: each in its pieces of now, with how often it occurs.
    /// - Returns: the most frequent pair with its count, which is at least 1; nil where no word has two pieces.
    public static func mostFrequentPair(_ words: [CountedPieces]) throws -> (pair: PiecePair, count: Int)? {
        // gap: throw Unfinished("the most frequent pair")
        var counts: [PiecePair: Int] = [:]
        for word in words {
            for (left, right) in zip(word.pieces, word.pieces.dropFirst()) {
                counts[PiecePair(left, right), default: 0] += word.count
            }
        }
        let best = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }
        return best.map { (pair: $0.key, count: $0.value) }
        // end of gap
    }

    /// The pair merged wherever it stands, from left to right; a piece is merged once.
    public static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String] {
        // gap: throw Unfinished("a merge")
        var out: [String] = [], i = 0
        while i < pieces.count {
            if i + 1 < pieces.count, PiecePair(pieces[i], pieces[i + 1]) == pair {
                out.append(pair.left + pair.right)
                i += 2
            } else {
                out.append(pieces[i])
                i += 1
            }
        }
        return out
        // end of gap
    }

    /// - Parameters:
    ///   - counts: how often each word occurs.
    ///   - merges: how many to learn; fewer where no pair occurs twice any more.
    /// - Returns: the merges in the order in which they were learnt.
    public static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair] {
        // gap: throw Unfinished("learning")
        var words = counts.map { CountedPieces(characters(of: $0.key), $0.value) }, learnt: [PiecePair] = []
        while learnt.count < merges, let (pair, count) = try mostFrequentPair(words), count > 1 {
            learnt.append(pair)
            words = try words.map { CountedPieces(try merged(pair, in: $0.pieces), $0.count) }
        }
        return learnt
        // end of gap
    }

    /// - Parameter merges: in the order in which they were learnt.
    /// - Returns: the pieces of a word, which may be a new one. Together, without the mark, they are the word.
    public static func split(_ word: String, by merges: [PiecePair]) throws -> [String] {
        // gap: throw Unfinished("applying")
        try merges.reduce(characters(of: word)) { try merged($1, in: $0) }
        // end of gap
    }

    /// Given: the characters of a word, the last with the mark of the end.
    static func characters(of word: String) -> [String] {
        var pieces = word.unicodeScalars.map { String($0) }
        if let last = pieces.popLast() { pieces.append(last + "</w>") }
        return pieces
    }
}
