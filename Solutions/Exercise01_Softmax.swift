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
        // gap: throw Unfinished("softmax")
        // Subtracting a number from every score multiplies numerator and denominator by the same factor. With the
        // largest, every exponent is at most 0 and one is exactly 0: nothing overflows, and the sum is at least 1.
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
        // end of gap
    }

    /// Softmax over the real words only; the rest gets exactly 0.
    ///
    /// - Parameters:
    ///   - scores: e [S]; in the padding anything, even NaN.
    ///   - isReal: [S], false in the padding.
    /// - Throws: where no word is real (`NothingToAttendTo`): there is no answer.
    public static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        // gap: throw Unfinished("masked softmax")
        let real = scores.indices.filter { isReal[$0] }
        guard let largest = real.map({ scores[$0] }).max() else { throw NothingToAttendTo() }
        let exponentials = scores.indices.map { isReal[$0] ? exp(scores[$0] - largest) : 0 }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
        // end of gap
    }

    /// The variant of some older code: softmax over everything, then the padding set to 0 and the rest divided by its
    /// sum. The same numbers as the masked softmax, until the sum is 0; then 0/0 = NaN. Write it as described, NaN and
    /// all.
    public static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        // gap: throw Unfinished("renormalising softmax")
        let weights = try softmax(scores)
        let kept = weights.indices.map { isReal[$0] ? weights[$0] : 0 }
        let sum = kept.reduce(0, +)
        return kept.map { $0 / sum }
        // end of gap
    }

    /// Finite scores, with at least one real word, of which the renormalising variant makes NaN and the masked one does
    /// not.
    public static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) {
        // gap: throw Unfinished("the input that divides by zero")
        // exp(−1000) is 0 in Double: beside the padding's score nothing of the real word is left.
        (scores: [0, 1000], isReal: [true, false])
        // end of gap
    }

    /// What to throw where there is no real word.
    public struct NothingToAttendTo: Error, CustomStringConvertible {
        public let description = "no word is real, so there is nothing to attend to"

        public init() {}
    }
}
