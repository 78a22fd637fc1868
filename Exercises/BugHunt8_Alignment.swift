// Bug hunt 8 · which weights belong to which word
//
//     s_t = cell(s_{t−1}, y_{t−1})      α_t = attend(s_t)      y_t is predicted from s_t and c_t        t = 1 … T
//
// Luong et al. 2015, §3: the decoder's state is asked after the cell has read the word before. The code below reads an
// alignment off a decoder that is fed the reference y₁ … y_T (forced decoding). The translations of this decoder are
// good; the alignments are not.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/07_ContextFeedingTiming.md, and 08_ReadingAlignments.md
// Check   swift test --filter BugHunt8
// Hints   swift run attention exercises hint bug8

public import Workbook

public enum BugHunt8: BugHunt8Answers {
    /// - Parameters:
    ///   - target: y₁ … y_T, the reference.
    ///   - start: s₀ [D].
    ///   - states: h [S][D]; the last is that of the end token.
    ///   - cell: (s_{t−1}, y_{t−1}) → s_t. The word before the first is `<s>`.
    /// - Returns: [T][S], row t: the weights with which the decoder predicted y_t.
    public static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]] {
        var state = start, rows: [[Double]] = []
        for word in ["<s>"] + target {
            state = cell(state, word)
            rows.append(Plain.softmax(states.map { Plain.dot(state, $0) }))
        }
        // The begin token is no word; its row goes.
        return Array(rows.dropFirst())
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The begin token is fed as if it were a word; without it there are as many rows as words, each in its place.
    /// b. A row belongs to the word that is predicted in its step, not to the word that is read: each word got the
    ///    weights of the next step.
    /// c. The end token's state is among the source states; it takes a weight, and all others move by one place.
    /// d. The query is taken after the cell; taken before, as in Bahdanau's decoder, the weights belong to the word
    ///    again.
    public static var why: Choice? {
        nil
    }
}
