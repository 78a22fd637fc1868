// What a word looks like: its runs of characters, as rows of a table that words of both languages share.
// Bojanowski et al. 2017, "Enriching word vectors with subword information", §3.2.

import Randomness

/// Character n-grams, hashed. A name, a number or a cognate looks alike on both sides, and so does an unknown word.
enum CharacterNGrams {
    /// Rows of the table. Different n-grams may share one.
    static let rows = 8192
    static let lengths = 3...5

    /// The row of each n-gram of "<word>", in lower case, the shortest first; a word of one letter has one.
    static func rows(of word: String) -> [Int] {
        let characters = ["<"] + word.lowercased().unicodeScalars.map { String($0) } + [">"]
        return lengths.flatMap { length in
            (0..<max(0, characters.count - length + 1)).map { start in
                let hash = FNV1a.hash(characters[start..<start + length].joined().utf8)
                return Int(hash % UInt64(rows))
            }
        }
    }
}
