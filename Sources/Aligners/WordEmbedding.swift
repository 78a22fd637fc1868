// One vector for each word of a language: a row of its own, and what its letters add.

import Corpora
import TensorCore

/// e(w) = own[w] + Σ_g grams[g] / √n over the n character n-grams g of w, or own[w] alone.
struct WordEmbedding {
    /// [V,E].
    let own: Tensor
    /// [8192,E], shared with the other language; and which of its rows each word adds up.
    let grams: (table: Tensor, ofWord: RowBags)?

    /// words → [n,E].
    func rows(of words: [Int]) throws -> Tensor {
        let rows = try own.gathered(words)
        guard let grams else { return rows }
        return try rows + grams.table.sums(of: grams.ofWord.chosen(words))
    }

    /// [V,E].
    func all() throws -> Tensor {
        guard let grams else { return own }
        return try own + grams.table.sums(of: grams.ofWord)
    }

    /// The n-grams of each word of a vocabulary; the program's own four have none.
    static func bags(_ vocabulary: Vocabulary) -> RowBags {
        let own = Vocabulary.specials.count
        return RowBags(vocabulary.words.enumerated().map { $0 < own ? [] : CharacterNGrams.rows(of: $1) })
    }
}
