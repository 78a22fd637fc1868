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
        // gap: throw Unfinished("context vector")
        var context = [Double](repeating: 0, count: states.first?.count ?? 0)
        for (weight, state) in zip(weights, states) {
            for d in context.indices { context[d] += weight * state[d] }
        }
        return context
        // end of gap
    }

    /// The same for a batch of sentences, padded to one length.
    ///
    /// - Parameters:
    ///   - weights: α [B][S], 0 in the padding.
    ///   - states: h [B][S][D]; in the padding anything, even NaN.
    ///   - lengths: [B], the real words of each sentence, which stand before its padding; 1 to S.
    /// - Returns: c [B][D].
    public static func contexts(weights: [[Double]], states: [[[Double]]], lengths: [Int]) throws -> [[Double]] {
        // gap: throw Unfinished("contexts of a batch")
        // The padding is cut off. That its weight is 0 would not be enough: 0 · NaN is NaN.
        try lengths.indices.map { b in
            try context(weights: Array(weights[b].prefix(lengths[b])), states: Array(states[b].prefix(lengths[b])))
        }
        // end of gap
    }

    /// Two different weightings of the same states that give the decoder the same context. Whoever sees only what the
    /// decoder sees cannot tell them apart: one reason why weights alone do not explain what a model did (Jain &
    /// Wallace 2019).
    ///
    /// - Returns: states [S][D], no two of them equal, and two different lists of S weights, each at least 0 and
    ///   together 1.
    public static func sameContext() throws -> (states: [[Double]], first: [Double], second: [Double]) {
        // gap: throw Unfinished("two looks, one context")
        // The middle one is the mean of the other two.
        (states: [[0, 0], [1, 1], [2, 2]], first: [0, 1, 0], second: [0.5, 0, 0.5])
        // end of gap
    }
}
