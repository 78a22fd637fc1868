// Bug hunt 2 · where to look next
//
//     αᵢ = softmax over i of eᵢ,      eᵢ = vₐ · tanh(Wₐ s + Uₐ hᵢ)          Bahdanau et al. 2015, §3.1 and A.1.2
//
// The code below was offered as “Bahdanau attention”. It compiles, its weights sum to 1, and on short sentences a model
// with it learns something. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there. `rowProduct(s, Wa)` is Wₐ s.
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter BugHunt2
// Hints   swift run attention exercises hint bug2

import Foundation
public import Workbook

public enum BugHunt2: BugHunt2Answers {
    /// - Parameters:
    ///   - query: s [D], the decoder's state.
    ///   - word: y [D], the embedding of the target word before.
    ///   - states: h [S][D].
    ///   - parameters: Wₐ and Uₐ [D][A], vₐ [A]; b is 0 and not in the formula.
    ///   - P: [longest source][A].
    /// - Returns: α [S].
    public static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double] {
        let p = parameters
        // The hidden layer sees the decoder's state and the word before.
        let hidden = zip(Plain.rowProduct(query, p.Wa), Plain.rowProduct(word, p.Ua)).map { tanh($0 + $1) }
        // Its output layer has a unit for each position of the source.
        let output = P.map { row in Plain.dot(row, zip(p.va, hidden).map { $0 * $1 }) }
        return Plain.softmax(Array(output.prefix(states.count)))
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. tanh comes before the output layer, so that the scores are not kept between −1 and 1 and the softmax
    ///    saturates.
    /// b. Uₐ was made for states and is multiplied with a word, whose numbers are of another size.
    /// c. P has one row for each position up to the longest source; a longer sentence has no score for its last words.
    /// d. No state of the encoder enters a score: a position gets its weight whatever word stands there, which is no
    ///    search.
    public static var why: Choice? {
        nil
    }
}
