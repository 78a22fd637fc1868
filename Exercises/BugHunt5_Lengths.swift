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
        zip(scores, lengths).map { row, length in
            let mask = row.indices.map { $0 < length ? 1.0 : 0.0 }
            let masked = zip(row, mask).map { $0 * $1 }
            let largest = masked.max() ?? 0
            let exponentials = masked.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The largest score is taken over the padding too, so the exponentials of the real words may vanish.
    /// b. The mask is the wrong way round: it must be 1 in the padding, which is what is to be taken away.
    /// c. A score of 0 is a score like any other: exp(0) = 1, and the padding takes its share of the weight.
    /// d. A mask must be applied twice, before the softmax and after it; once does not take all of the padding away.
    public static var why: Choice? {
        nil
    }
}
