// Bug hunt 3 · comparing query and state
//
//     αᵢ = softmax over i of eᵢ,      eᵢ = v · tanh(W s + U hᵢ)          Bahdanau et al. 2015, §3.1 and A.1.2
//
// The code below is short and fast, and its weights sum to 1. It is wrong, and the mistake is easy to see. What it does to the weights
// is not: work that out on paper before you choose the sentence.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
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
    ///   - parameters: W and U [A][D], v [A]; P is not needed.
    /// - Returns: α [S].
    public static func weights(query: [Double], states: [[Double]], parameters: AdditiveNetwork) throws -> [Double] {
        // gap: // The query's half of the sum is the same for every state, so it is computed once.
        // gap: let fromQuery = multiply(parameters.W, query)
        // gap: let scores = states.map { state in
        // gap:     let fromState = multiply(parameters.U, state)
        // gap:     let hidden = zip(fromQuery, fromState).map { $0 + $1 }
        // gap:     return dot(parameters.v, hidden)
        // gap: }
        // gap: return softmax(scores)
        // The query's half of the sum is the same for every state, so it is computed once.
        let fromQuery = multiply(parameters.W, query)
        let scores = states.map { state in
            let fromState = multiply(parameters.U, state)
            // Seen in code of homework and of blogs: the layer is declared linear, and the tanh of the formula is forgotten or taken for
            // a detail that the softmax makes up for.
            let hidden = zip(fromQuery, fromState).map { tanh($0 + $1) }
            return dot(parameters.v, hidden)
        }
        return softmax(scores)
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. Without tanh a score is v·W s + v·U hᵢ; the first part is the same at every position, and softmax cancels it.
    /// b. Without tanh the hidden layer is not kept between −1 and 1; the scores grow until the softmax looks at one word only.
    /// c. The query's part is computed once, outside the loop, so every state is compared with the same numbers.
    /// d. W and U are two matrices: query and state end in different spaces, and there a sum has no meaning.
    public static var why: Choice? {
        // gap: nil
        // Softmax does not change when the same number is added to all scores. v·W s is such a number: the decoder's state has no say in
        // where to look. The non-linearity is what makes query and state meet.
        .a
        // end of gap
    }

    // The arithmetic; it is right.

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 * $1 }.reduce(0, +) }

    private static func multiply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] { matrix.map { dot($0, vector) } }

    private static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0, exponentials = scores.map { exp($0 - largest) }, sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}
