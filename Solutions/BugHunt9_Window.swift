// Bug hunt 9 · softmax in a window
//
//     αᵢ = exp(eᵢ) / Σⱼ exp(eⱼ)      i, j over the window, the words at most w from the place; 0 outside
//
// Luong et al. 2015, §3.2, eq. 7 within a window (local-m). The code below was offered as “local attention”. Its
// weights are 0 outside the window, and a model with it trains. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/16_LocalAndHard.md
// Check   swift test --filter BugHunt9
// Hints   swift run attention exercises hint bug9

public import Workbook

public enum BugHunt9: BugHunt9Answers {
    /// - Parameters:
    ///   - scores: e [T][S], a row for each target word.
    ///   - places: the word in the middle of the window [T], each from 0 to S − 1.
    ///   - halfWidth: w.
    /// - Returns: α [T][S].
    public static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]] {
        // gap: zip(scores, places).map { row, place in
        // gap:     let window = max(0, place - halfWidth)...min(row.count - 1, place + halfWidth)
        // gap:     // The window as it comes out of a layer with one unit: a row for each word, in it one number.
        // gap:     let block = window.map { [row[$0]] }
        // gap:     let inside = block.map { Plain.softmax($0) }
        // gap:     var weights = row.map { _ in 0.0 }
        // gap:     for (i, weight) in zip(window, inside) { weights[i] = weight[0] }
        // gap:     return weights
        // gap: }
        zip(scores, places).map { row, place in
            let window = max(0, place - halfWidth)...min(row.count - 1, place + halfWidth)
            // Seen in a public layer for Keras: softmax as an activation goes over the last axis, and that of a layer
            // with one unit has one number. Here it runs over the words.
            let inside = Plain.softmax(Array(row[window]))
            var weights = row.map { _ in 0.0 }
            for (i, weight) in zip(window, inside) { weights[i] = weight }
            return weights
        }
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The window is cut at the ends of the sentence, so that it is narrower there and its weights larger.
    /// b. The words outside the window get 0; before the softmax they must get −∞, so that they take part in it.
    /// c. Each softmax runs over one number, and is 1: the scores no longer matter, and the context is a sum of states.
    /// d. Scores of words that are not in the window would be needed: the softmax runs over the sentence, and is cut
    ///    after it.
    public static var why: Choice? {
        // gap: nil
        // exp(e)/exp(e) is 1 for any e. No gradient reaches the scores, so a scorer is built and never learns; the rest
        // of the model does, which is why it trains.
        .c
        // end of gap
    }
}
