// Exercise 2 · the context vector
//
//     c = Σᵢ αᵢ hᵢ                                   Bahdanau et al. 2015, §3.1, eq. 5
//
// By hand, with three states of width 2:
//
//     h₁ = (1, 2)   h₂ = (3, 0)   h₃ = (−1, 5)       α = (0.5, 0.3, 0.2)
//     c  = 0.5 (1, 2) + 0.3 (3, 0) + 0.2 (−1, 5) = (0.5 + 0.9 − 0.2, 1 + 0 + 1) = (1.2, 2)
//
// What the decoder gets to see of the source. It has D numbers however long the sentence is, and every state has a
// share in it, so every state gets a gradient; taking the best state alone would give none to the scores.
//
// Lesson  Notebooks-md/02_SoftSearch.md
// Check   swift test --filter Exercise02
// Hints   swift run attention exercises hint 2

public import Workbook

public enum Exercise02: ContextVectorAnswers {
    /// - Parameters:
    ///   - weights: α [S], at least 0 and together 1.
    ///   - states: h [S][D], a row for each source word; at least one.
    /// - Returns: c [D].
    public static func context(weights: [Double], states: [[Double]]) throws -> [Double] {
        throw Unfinished("context vector")
    }

    /// The same for a batch of sentences, padded to one length.
    ///
    /// - Parameters:
    ///   - weights: α [B][S], 0 in the padding.
    ///   - states: h [B][S][D]; in the padding anything, even NaN.
    ///   - lengths: [B], the real words of each sentence, which stand before its padding; 1 to S.
    /// - Returns: c [B][D].
    public static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        throw Unfinished("contexts of a batch")
    }

    /// Two different weightings of the same states that give the decoder the same context. Whoever sees only what the
    /// decoder sees cannot tell them apart: one reason why weights alone do not explain what a model did (Jain &
    /// Wallace 2019).
    ///
    /// - Returns: states [S][D], no two of them equal, and two different lists of S weights, each at least 0 and
    ///   together 1.
    public static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        throw Unfinished("two looks, one context")
    }
}
