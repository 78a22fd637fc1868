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
        throw Unfinished("extended vocabulary")
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
        throw Unfinished("p_gen")
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
        throw Unfinished("mixture")
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
        throw Unfinished("loss")
    }

    /// The most probable word, as it is written into the translation.
    ///
    /// - Parameters:
    ///   - distribution: P [V + newWords].
    ///   - newWords: number V + k is `newWords[k]`.
    ///   - vocabulary: `vocabulary.words` has the first V.
    public static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String
    {
        throw Unfinished("the written word")
    }
}
