// Exercise 1 · softmax, stable and masked
//
//     αᵢ = exp(eᵢ) / Σⱼ exp(eⱼ)                      Bahdanau et al. 2015, §3.1, eq. 6
//
// Scores become weights: at least 0, together 1. Two things go wrong in practice: exp(1000) is infinite, and sentences
// of a batch are padded to one length, where the padding must get weight 0 whatever its score is.
//
// Lesson  Notebooks-md/02_SoftSearch.md, and 06_Masking.md for the mask
// Check   swift test --filter Exercise01
// Hints   swift run attention exercises hint 1

import Foundation
public import Workbook

public enum Exercise01: SoftmaxAnswers {
    /// - Parameter scores: e [S], one for each source word; at least one.
    /// - Returns: α [S], for any finite scores: softmax([1000, 1001]) = softmax([0, 1]).
    public static func softmax(_ scores: [Double]) throws -> [Double] {
        throw Unfinished("softmax")
    }

    /// Softmax over the real words only; the rest gets exactly 0.
    ///
    /// - Parameters:
    ///   - scores: e [S]; in the padding anything, even NaN.
    ///   - isReal: [S], false in the padding.
    /// - Throws: where no word is real (`NothingToAttendTo`): there is no answer.
    public static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        throw Unfinished("masked softmax")
    }

    /// The variant of some older code: softmax over everything, then the padding set to 0 and the rest divided by its
    /// sum. The same numbers as the masked softmax, until the sum is 0; then 0/0 = NaN. Write it as described, NaN and
    /// all.
    public static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        throw Unfinished("renormalising softmax")
    }

    /// Finite scores, with at least one real word, of which the renormalising variant makes NaN and the masked one does
    /// not.
    public static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) {
        throw Unfinished("the input that divides by zero")
    }

    /// What to throw where there is no real word.
    public struct NothingToAttendTo: Error, CustomStringConvertible {
        public let description = "no word is real, so there is nothing to attend to"

        public init() {}
    }
}
