// Bug hunt 3 · comparing query and state
//
//     αᵢ = softmax over i of eᵢ,      eᵢ = vₐ · tanh(Wₐ s + Uₐ hᵢ)          Bahdanau et al. 2015, §3.1 and A.1.2
//
// The code below is short and fast, and its weights sum to 1. It is wrong, and the mistake is easy to see. What it does
// to the weights is not: work that out on paper before you choose the sentence.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there. `rowProduct(s, Wa)` is Wₐ s.
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter BugHunt3
// Hints   swift run attention exercises hint bug3

import Foundation
public import Workbook

public enum BugHunt3: BugHunt3Answers {
    /// - Parameters:
    ///   - query: s [D], the decoder's state.
    ///   - states: h [S][D].
    ///   - parameters: Wₐ and Uₐ [D][A], vₐ [A]; b is 0 and not in the formula.
    /// - Returns: α [S].
    public static func weights(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        // gap: // The query's half of the sum is the same for every state, so it is computed once.
        // gap: let fromQuery = Plain.rowProduct(query, parameters.Wa)
        // gap: let scores = states.map { state in
        // gap:     let fromState = Plain.rowProduct(state, parameters.Ua)
        // gap:     let hidden = zip(fromQuery, fromState).map { $0 + $1 }
        // gap:     return Plain.dot(parameters.va, hidden)
        // gap: }
        // gap: return Plain.softmax(scores)
        // The query's half of the sum is the same for every state, so it is computed once.
        let fromQuery = Plain.rowProduct(query, parameters.Wa)
        let scores = states.map { state in
            let fromState = Plain.rowProduct(state, parameters.Ua)
            // Seen in code of homework and of blogs: the layer is declared linear, and the tanh of the formula is
            // forgotten or taken for a detail that the softmax makes up for.
            let hidden = zip(fromQuery, fromState).map { tanh($0 + $1) }
            return Plain.dot(parameters.va, hidden)
        }
        return Plain.softmax(scores)
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. Without tanh a score is vₐ·Wₐ s + vₐ·Uₐ hᵢ; the first part is the same at every position, and softmax cancels
    ///    it.
    /// b. Without tanh the hidden layer is not kept between −1 and 1; the scores grow until the softmax looks at one
    ///    word only.
    /// c. The query's part is computed once, outside the loop, so every state is compared with the same numbers.
    /// d. Wₐ and Uₐ are two matrices: query and state end in different spaces, and there a sum has no meaning.
    public static var why: Choice? {
        // gap: nil
        // Softmax does not change when the same number is added to all scores. vₐ·Wₐ s is such a number: the decoder's
        // state has no say in where to look. The non-linearity is what makes query and state meet.
        .a
        // end of gap
    }
}
