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
        throw Unfinished("the causal mask")
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
        throw Unfinished("self-attention under a mask")
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
        throw Unfinished("the test for leaks")
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
        throw Unfinished("the prediction")
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
