// Bug hunt 5 · sentences of different length
//
//     αᵢ = exp(eᵢ) / Σⱼ exp(eⱼ)      over the real words of the sentence; exactly 0 in the padding
//
// Bahdanau et al. 2015, §3.1, eq. 6, for a batch in which every sentence is filled up to the longest. The code below
// has a mask and uses it. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// Lesson  Notebooks-md/06_Masking.md
// Check   swift test --filter BugHunt5
// Hints   swift run attention exercises hint bug5

import Foundation
public import Workbook

public enum BugHunt5: BugHunt5Answers {
    /// - Parameters:
    ///   - scores: e [B][S], finite; in the padding they mean nothing.
    ///   - lengths: real words of each sentence, 1 to S. The padding stands behind them.
    /// - Returns: α [B][S].
    public static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]] {
        // gap: zip(scores, lengths).map { row, length in
        // gap:     let mask = row.indices.map { $0 < length ? 1.0 : 0.0 }
        // gap:     let masked = zip(row, mask).map { $0 * $1 }
        // gap:     let largest = masked.max() ?? 0
        // gap:     let exponentials = masked.map { exp($0 - largest) }
        // gap:     let sum = exponentials.reduce(0, +)
        // gap:     return exponentials.map { $0 / sum }
        // gap: }
        zip(scores, lengths).map { row, length in
            let isReal = row.indices.map { $0 < length }
            // Seen in answers in forums and in code for homework, where “multiply by the mask” is right after a softmax
            // that is then divided by its sum, or on the states, and was moved to the scores. exp(−∞) is exactly 0.
            let masked = zip(row, isReal).map { $1 ? $0 : -Double.infinity }
            let largest = masked.max() ?? 0
            let exponentials = masked.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The largest score is taken over the padding too, so the exponentials of the real words may vanish.
    /// b. The mask is the wrong way round: it must be 1 in the padding, which is what is to be taken away.
    /// c. A score of 0 is a score like any other: exp(0) = 1, and the padding takes its share of the weight.
    /// d. A mask must be applied twice, before the softmax and after it; once does not take all of the padding away.
    public static var why: Choice? {
        // gap: nil
        // What has no weight has the score −∞. Where the real scores are below 0, the padding's 0 is even the largest:
        // then the model looks at nothing else.
        .c
        // end of gap
    }
}
