// Exercise 14 · copying words the vocabulary does not have
//
//     p_gen = σ(w_h · c + w_s · s + w_x · x + b)                              See et al. 2017, §2.2
//     P(w)  = p_gen P_vocab(w) + (1 − p_gen) Σ_{i: wᵢ = w} αᵢ
//
// A name that the training never saw is <unknown> to the vocabulary, and a model that writes <unknown> has translated
// nothing. But the attention points at the name: let its weights be probabilities of writing that very word. A switch
// p_gen says how much to trust either. For one sentence the vocabulary is extended by the words of its source that it
// lacks.
//
// Lesson  Notebooks-md/09_CoverageAndCopying.md
// Check   swift test --filter Exercise14
// Hints   swift run attention exercises hint 14

public import AttentionLab
import Foundation
public import Workbook

public enum Exercise14: CopyingAnswers {
    /// Numbers for every word of a source sentence: its id where the vocabulary has it, else a number past the
    /// vocabulary.
    ///
    /// - Parameters:
    ///   - source: the words of the sentence; none of them is “<unknown>” itself.
    ///   - vocabulary: V words; `vocabulary.id(of:)` gives `Vocabulary.unknown` for a word that it lacks.
    /// - Returns: `ids` [S], and `newWords`, the words it lacks, each once, in the order in which they first appear:
    ///   number V + k is `newWords[k]`.
    public static func extendedVocabulary(
        source: [String], vocabulary: Vocabulary
    ) throws -> (ids: [Int], newWords: [String]) {
        // gap: throw Unfinished("extended vocabulary")
        var newWords: [String] = []
        let ids = source.map { word in
            let id = vocabulary.id(of: word)
            if id != Vocabulary.unknown { return id }
            // The same word has the same number wherever it stands, so that the mixture can add up its weights.
            if let place = newWords.firstIndex(of: word) { return vocabulary.count + place }
            newWords.append(word)
            return vocabulary.count + newWords.count - 1
        }
        return (ids, newWords)
        // end of gap
    }

    /// The probability of writing a word out of the vocabulary rather than copying one.
    ///
    /// - Parameters:
    ///   - context: c [2H].
    ///   - state: s [D], the decoder's.
    ///   - input: x [E], the embedding of the word before.
    ///   - parameters: `parameters.wh`, `.ws` and `.wx` of those lengths, and `.b`.
    /// - Returns: p_gen, between 0 and 1 and never NaN.
    public static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        // gap: throw Unfinished("p_gen")
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        let sum = dot(parameters.wh, context) + dot(parameters.ws, state) + dot(parameters.wx, input) + parameters.b
        // In this form an overflow is harmless: 1/(1 + ∞) is 0. In exp(x)/(1 + exp(x)) it would be ∞/∞.
        return 1 / (1 + exp(-sum))
        // end of gap
    }

    /// - Parameters:
    ///   - vocabularyProbabilities: P_vocab [V], together 1.
    ///   - weights: α [S], together 1.
    ///   - ids: [S], the numbers of the source words in the extended vocabulary.
    ///   - newWords: how many words it has more than the vocabulary.
    ///   - generation: p_gen.
    /// - Returns: P [V + newWords], together 1. The model cannot write a new word without copying: P_vocab is 0 there.
    public static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        // gap: throw Unfinished("mixture")
        var mixture = vocabularyProbabilities.map { generation * $0 } + Array(repeating: 0, count: newWords)
        // Added and not assigned: a word may stand in the source twice, and in the vocabulary as well.
        for (id, weight) in zip(ids, weights) { mixture[id] += (1 - generation) * weight }
        return mixture
        // end of gap
    }

    /// The mean of −ln P(target) over the target words. A target may be a new word. One that neither the vocabulary nor
    /// the source has cannot be written; then <unknown> is what should be.
    ///
    /// - Parameters:
    ///   - targets: [T], at least one.
    ///   - distributions: P [T][V + newWords], a row for each target word.
    ///   - newWords: number V + k is `newWords[k]`.
    /// - Returns: in nats a word.
    public static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        // gap: throw Unfinished("loss")
        let losses = zip(targets, distributions).map { target, distribution in
            var id = vocabulary.id(of: target)
            if id == Vocabulary.unknown, let place = newWords.firstIndex(of: target) { id = vocabulary.count + place }
            return -log(distribution[id])
        }
        return losses.reduce(0, +) / Double(losses.count)
        // end of gap
    }

    /// The most probable word, as it is written into the translation.
    ///
    /// - Parameters:
    ///   - distribution: P [V + newWords].
    ///   - newWords: number V + k is `newWords[k]`.
    ///   - vocabulary: `vocabulary.words` has the first V.
    public static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String
    {
        // gap: throw Unfinished("the written word")
        let words = vocabulary.words + newWords
        let best = distribution.indices.max { distribution[$0] < distribution[$1] } ?? Vocabulary.unknown
        return words[best]
        // end of gap
    }
}
