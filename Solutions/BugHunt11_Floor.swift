// Bug hunt 11 · a floor under the weights
//
//     αᵗᵢ ∝ max((αᵗ⁻¹ᵢ + αᵗ⁻¹ᵢ₋₁) softmax(e)ᵢ, 10⁻⁶)      over the words of the sentence; exactly 0 in the padding
//
// Zhang et al. 2018, algorithm 1 (forward attention), with a floor under the words, so that their sum is never 0. The
// code below has a mask and a softmax that keeps to it, and its rows sum to 1. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/06_Masking.md
// Check   swift test --filter BugHunt11
// Hints   swift run attention exercises hint bug11

import Foundation
public import Workbook

public enum BugHunt11: BugHunt11Answers {
    /// - Parameters:
    ///   - scores: e [S]; from `length` on they mean nothing.
    ///   - previous: αᵗ⁻¹ [S].
    ///   - length: real words, 1 to S.
    /// - Returns: αᵗ [S].
    public static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double] {
        // gap: let fits = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        // gap: let moved = previous.indices.map { previous[$0] + ($0 > 0 ? previous[$0 - 1] : 0) }
        // gap: let products = zip(moved, fits).map { max($0 * $1, 1e-6) }
        // gap: let sum = products.reduce(0, +)
        // gap: return products.map { $0 / sum }
        let fits = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        let moved = previous.indices.map { previous[$0] + ($0 > 0 ? previous[$0 - 1] : 0) }
        // Seen in a public kit for speech: the floor came after the mask. It is under the words, and not under the
        // rest.
        let products = scores.indices.map { $0 < length ? max(moved[$0] * fits[$0], 1e-6) : 0 }
        let sum = products.reduce(0, +)
        return products.map { $0 / sum }
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The floor is too high; with 10⁻¹⁰ nobody would see it.
    /// b. The weights of the step before are added to themselves moved on by one, so that they sum to 2.
    /// c. The mask is applied before the weights are moved: the last word's weight goes into the padding.
    /// d. The floor lifts the padding too, which was exactly 0; dividing by the sum then makes the row look right.
    public static var why: Choice? {
        // gap: nil
        // It is little, and the sum is 1 all the same: nothing finds it but a test that the padding is exactly 0. And
        // the next step moves on from there.
        .d
        // end of gap
    }
}
