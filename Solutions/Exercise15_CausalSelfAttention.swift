// Exercise 15 · causal self-attention
//
//     Q = X Wq,  K = X Wk,  V = X Wv
//     Attention(Q, K, V) = softmax(Q Kᵀ / √d  under the mask) V         Vaswani et al. 2017, §3.2.1; the mask: §3.2.3
//
// Now every word of one sentence asks, and every word of the same sentence answers: queries, keys and values are all
// made of the same X. A decoder that predicts word t + 1 from words 0…t must not see what it is to predict, although
// the whole sentence lies before it in training. So row t of the mask allows the columns 0…t, and the rest gets weight
// 0, as padding does.
//
//     X = (1 0), (0 1), (1 1), all three W the identity, d = 2. Word 1 has the scores 0 and 1/√2 = 0.707 and does not
//     see word 2: weights (0.330, 0.670, 0), output 0.330 · (1 0) + 0.670 · (0 1) = (0.330, 0.670).
//
// That nothing leaks from the future is a promise about every word of every sentence, and a mask is easily written the
// wrong way round. The third gap is the test that finds out; it needs to know nothing of how the attention works.
//
// Lesson  Notebooks-md/10_SelfAttention.md
// Check   swift test --filter Exercise15
// Hints   swift run attention exercises hint 15

import Foundation
public import Workbook

public enum Exercise15: CausalSelfAttentionAnswers {
    /// - Parameter count: T, the words of the sentence; at least one.
    /// - Returns: [T][T]; row t, column i says whether word t may look at word i: at itself and at every word before.
    public static func causalMask(_ count: Int) throws -> [[Bool]] {
        // gap: throw Unfinished("the causal mask")
        (0..<count).map { t in (0..<count).map { i in i <= t } }
        // end of gap
    }

    /// Self-attention under any mask.
    ///
    /// - Parameters:
    ///   - x: X [T][D], a row for each word.
    ///   - wq: [D][d].
    ///   - wk: [D][d].
    ///   - wv: [D][v]; v need not be d.
    ///   - mask: [T][T]; row t, column i says whether word t may look at word i.
    /// - Returns: the outputs [T][v] and the weights [T][T], a row for each word that looks.
    /// - Throws: where a word may look at nothing (`NothingToLookAt`): it has no output.
    public static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        // gap: throw Unfinished("self-attention under a mask")
        let queries = product(x, wq), keys = product(x, wk), values = product(x, wv)
        let weights = try queries.enumerated().map { t, query in
            // √d and not √D: the dot product has as many terms as a query has numbers.
            let scores = keys.map { key in
                zip(query, key).map { $0 * $1 }.reduce(0, +) / Double(query.count).squareRoot()
            }
            // The mask comes before the exponential, so that each row sums to 1 over what it may see.
            guard let largest = scores.indices.filter({ mask[t][$0] }).map({ scores[$0] }).max() else {
                throw NothingToLookAt(word: t)
            }
            let exponentials = scores.indices.map { mask[t][$0] ? exp(scores[$0] - largest) : 0 }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
        return (product(weights, values), weights)
        // end of gap
    }

    /// The test for leaks: replaces one word and looks where the outputs change first.
    ///
    /// A causal attention gives `position`: what comes before a word cannot know of it. Do not assume that, measure it.
    ///
    /// - Parameters:
    ///   - attention: from rows [T][D] to outputs, a row for each word. Any function at all.
    ///   - x: X [T][D].
    ///   - position: the word to replace, from 0.
    ///   - replacement: [D], its new row.
    /// - Returns: the first word whose output is another than before; nil where none is. Compare exactly: outputs that
    ///   do not depend on the word are computed from the same numbers in the same order.
    public static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? {
        // gap: throw Unfinished("the test for leaks")
        var changed = x
        changed[position] = replacement
        let before = try attention(x), after = try attention(changed)
        return before.indices.first { before[$0] != after[$0] }
        // end of gap
    }

    /// What that test will find in a stack of self-attention layers, where the outputs of one are the words of the
    /// next. Say it before you measure it.
    ///
    /// - Parameters:
    ///   - position: the word that is replaced, from 0.
    ///   - isCausal: whether every layer has the causal mask, or none has one.
    ///   - layers: at least one.
    /// - Returns: the first word whose output of the last layer changes.
    public static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int {
        // gap: throw Unfinished("the prediction")
        // Word t of any layer is made of words 0…t of the layer below, so that no stack, however high, lets anything
        // flow back. Without a mask everything sees everything at once.
        isCausal ? position : 0
        // end of gap
    }

    /// What to throw where a row of the mask allows nothing.
    public struct NothingToLookAt: Error, CustomStringConvertible {
        public let word: Int
        public var description: String { "word \(word) may look at no word, so it has no weights" }

        public init(word: Int) { self.word = word }
    }

    /// A B, for use above: [n][m] and [m][k] → [n][k].
    private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
        a.map { row in (b.first ?? []).indices.map { column in zip(row, b).map { $0 * $1[column] }.reduce(0, +) } }
    }
}
