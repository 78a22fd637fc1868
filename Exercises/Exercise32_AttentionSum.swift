// Exercise 32 · the sum of attention
//
//     P(w) = Σ_{i: xᵢ = w} αᵢ                                                Kadlec et al. 2016, §3, eq. 2
//     loss = −ln P(answer)
//     ∂loss/∂eᵢ = αᵢ − αᵢ [xᵢ = answer] / P(answer),      α = softmax(e)
//
// Who reads a passage to answer a question needs no vocabulary: the answer stands in the passage, and the weights are
// already probabilities of its places. A word that stands there three times has three chances. So the weights of its places
// are added, and the loss asks only that they be large together: which of the places is looked at, nobody says.
//
// Lesson  Notebooks-md/09_CoverageAndCopying.md
// Check   swift test --filter Exercise32
// Hints   swift run attention exercises hint 32

import Foundation
public import Workbook

public enum Exercise32: AttentionSumAnswers {
    /// - Parameters:
    ///   - weights: α [S], together 1.
    ///   - words: x [S], the words of the passage.
    /// - Returns: P of every word of the passage, together 1.
    public static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        throw Unfinished("the sum")
    }

    /// - Parameter candidates: the words that can be the answer, at least one; some may not stand in the passage.
    /// - Returns: the most probable of them; of equally probable ones the first.
    public static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String {
        throw Unfinished("the answer")
    }

    /// −ln P(answer), in nats; ∞ where the answer does not stand in the passage.
    public static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        throw Unfinished("loss")
    }

    /// - Parameters:
    ///   - scores: e [S], of which softmax makes the weights; none is larger than 100.
    ///   - answer: stands in the passage.
    /// - Returns: ∂loss/∂e [S].
    public static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        throw Unfinished("the gradient")
    }
}
