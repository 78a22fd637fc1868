// Where the words of a batch of documents stand once each sentence is a row of its own, and back.
//
// B documents of N sentences at most, S words at most; M sentences in all, of L words at most. There is no row for a
// sentence that is not there: the padding of documents is left out, and only sentences shorter than L are padded.

import AttentionScorers
import TensorCore

struct SentenceLayout {
    /// N of each document, [B].
    let counts: [Int]
    /// Words of each sentence, [M].
    let lengths: [Int]
    /// S.
    private let width: Int
    /// Of each sentence, where its first word stands in [B·S].
    private let starts: [Int]

    /// Sentences of a source that is not cut into any: one.
    init(_ source: EncodedSource) {
        let whole = source.memory.lengths
        let cut = source.extras?.sentences ?? []
        self.init(
            whole.indices.map { cut.indices.contains($0) && !cut[$0].isEmpty ? cut[$0] : [whole[$0]] },
            width: source.memory.source)
    }

    init(_ sentences: [[Int]], width: Int) {
        (counts, lengths, self.width) = (sentences.map(\.count), sentences.flatMap { $0 }, width)
        starts = sentences.enumerated().flatMap { document, counts in
            counts.indices.map { document * width + counts[..<$0].reduce(0, +) }
        }
    }

    /// N of the longest document.
    var longest: Int { counts.max() ?? 0 }
    private var longestSentence: Int { lengths.max() ?? 0 }

    /// The first sentence of each document among all.
    private var firsts: [Int] { counts.indices.map { counts[..<$0].reduce(0, +) } }

    /// Row n·B + b: sentence n of document b; any where it has no more.
    var timeFirst: [Int] {
        let firsts = firsts
        return (0..<longest).flatMap { n in counts.indices.map { firsts[$0] + min(n, counts[$0] - 1) } }
    }

    /// The words of each sentence under the model's scorer, [M,L,D].
    func words(of source: EncodedSource) throws -> EncodedSource {
        let states = source.memory.states, wide = longestSentence
        let rows = try states.reshaped([states.shape[0] * states.shape[1], states.shape[2]])
        let places = starts.indices.flatMap { m in (0..<wide).map { starts[m] + min($0, lengths[m] - 1) } }
        return try source.over(
            rows.gathered(places).reshaped([lengths.count, wide, states.shape[2]]),
            summary: rows.gathered(starts.indices.map { starts[$0] + lengths[$0] - 1 }), lengths: lengths)
    }

    /// α_n αᵢ [B,S] of the weights of words [M,L] and of sentences [B,N].
    func weights(ofWords words: Tensor, sentences: Tensor) throws -> Tensor {
        let size = counts.count * width, wide = longestSentence, firsts = firsts
        var word = [Int](repeating: 0, count: size), sentence = word
        var isReal = [Bool](repeating: false, count: size)
        for document in counts.indices {
            for n in 0..<counts[document] {
                let m = firsts[document] + n
                for i in 0..<lengths[m] {
                    word[starts[m] + i] = m * wide + i
                    sentence[starts[m] + i] = document * longest + n
                    isReal[starts[m] + i] = true
                }
            }
        }
        let each = try words.reshaped([words.count, 1]).gathered(word)
        return try (each * sentences.reshaped([sentences.count, 1]).gathered(sentence)).keepingRows(isReal)
            .reshaped([counts.count, width])
    }

    /// The weights of sentences [B,N] and of words within them [M,L] that make these of words, [B,S].
    func parts(of weights: [Scalar]) -> (words: [Scalar], sentences: [Scalar]) {
        var words: [Scalar] = [], sentences = [Scalar](repeating: 0, count: counts.count * longest), m = 0
        for document in counts.indices {
            for n in 0..<counts[document] {
                let own = weights[starts[m]..<starts[m] + lengths[m]], sum = own.reduce(0, +)
                sentences[document * longest + n] = sum
                // A sentence without weight counts for nothing, whatever its words do.
                words += own.map { sum > 0 ? $0 / sum : 1 / Scalar(lengths[m]) }
                words += [Scalar](repeating: 0, count: longestSentence - lengths[m])
                m += 1
            }
        }
        return (words, sentences)
    }
}
