// Exercise 31 · attention at two levels
//
//     αᵢ = exp eᵢ / Σⱼ exp eⱼ            over the words j of the same sentence as i                 Yang et al. 2016, eq. 6
//     s_n = Σᵢ αᵢ hᵢ                     over the words i of sentence n: a vector for each sentence               eq. 7
//     α_n = softmax of the scores of the N sentences, c = Σ_n α_n s_n                                        eq. 9, 10
//
// Put in, c = Σᵢ α_n αᵢ hᵢ with n the sentence of word i: so a word's weight in the whole document is α_n αᵢ, and these
// sum to 1. (In the model a recurrent layer reads the sentence vectors before they are weighed.)
//
//     sentences = (2, 1), e = (0, 0, 5): αᵢ = (1/2, 1/2, 1); with α_n = (0.8, 0.2) the words have (0.4, 0.4, 0.2).
//
// Lesson  Notebooks-md/20_Documents.md
// Check   swift test --filter Exercise31
// Hints   swift run attention exercises hint 31

import Foundation
public import Workbook

public enum Exercise31: TwoLevelsAnswers {
    /// - Parameters:
    ///   - scores: e [S], of all words of a document.
    ///   - sentences: how many words each sentence has, in their order; together S, and none is 0.
    /// - Returns: α [S]: within each sentence they sum to 1.
    public static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        // gap: throw Unfinished("weights within sentences")
        var weights: [Double] = [], start = 0
        for count in sentences {
            let own = scores[start..<start + count], largest = own.max() ?? 0
            let powers = own.map { exp($0 - largest) }, sum = powers.reduce(0, +)
            weights += powers.map { $0 / sum }
            start += count
        }
        return weights
        // end of gap
    }

    /// - Parameters:
    ///   - states: h [S][D].
    ///   - weights: α [S], within each sentence.
    /// - Returns: s [N][D].
    public static func sentenceVectors(
        states: [[Double]], weights: [Double], sentences: [Int]
    ) throws -> [[Double]] {
        // gap: throw Unfinished("sentence vectors")
        var vectors: [[Double]] = [], start = 0
        for count in sentences {
            var vector = [Double](repeating: 0, count: states[start].count)
            for i in start..<start + count {
                for d in vector.indices { vector[d] += weights[i] * states[i][d] }
            }
            vectors.append(vector)
            start += count
        }
        return vectors
        // end of gap
    }

    /// - Parameters:
    ///   - within: α [S], within each sentence.
    ///   - ofSentences: α [N].
    /// - Returns: the weight [S] of each word in the whole document.
    public static func wordWeights(
        within: [Double], ofSentences: [Double], sentences: [Int]
    ) throws -> [Double] {
        // gap: throw Unfinished("weights of words")
        let sentenceOfWord = sentences.enumerated().flatMap { n, count in [Int](repeating: n, count: count) }
        return zip(within, sentenceOfWord).map { $0 * ofSentences[$1] }
        // end of gap
    }
}
