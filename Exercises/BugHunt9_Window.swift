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
        zip(scores, places).map { row, place in
            let window = max(0, place - halfWidth)...min(row.count - 1, place + halfWidth)
            // The window as it comes out of a layer with one unit: a row for each word, in it one number.
            let block = window.map { [row[$0]] }
            let inside = block.map { Plain.softmax($0) }
            var weights = row.map { _ in 0.0 }
            for (i, weight) in zip(window, inside) { weights[i] = weight[0] }
            return weights
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The window is cut at the ends of the sentence, so that it is narrower there and its weights larger.
    /// b. The words outside the window get 0; before the softmax they must get −∞, so that they take part in it.
    /// c. Each softmax runs over one number, and is 1: the scores no longer matter, and the context is a sum of states.
    /// d. Scores of words that are not in the window would be needed: the softmax runs over the sentence, and is cut
    ///    after it.
    public static var why: Choice? {
        nil
    }
}
