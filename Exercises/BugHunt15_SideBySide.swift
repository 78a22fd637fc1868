// Bug hunt 15 · documents side by side
//
//     αᵢ = softmax of the scores of the words of a sentence,  α_n = softmax of the scores of the sentences of a document
//     a word's weight is α_n αᵢ, and those of a document sum to 1
//
// Documents in one batch are padded twice: a short sentence with words that are not there, a short document with sentences
// that are not there, whose length is 0. The code below knows both kinds. Documents with as many sentences as the longest
// of the batch get the right weights, and others are less sure than they would be alone.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/20_Documents.md
// Check   swift test --filter BugHunt15
// Hints   swift run attention exercises hint bug15

public import Workbook

public enum BugHunt15: BugHunt15Answers {
    /// - Parameters:
    ///   - wordScores: e [N][L]; what stands behind the words of a sentence means nothing.
    ///   - lengths: words of each sentence [N]; 0 of one that is not there.
    ///   - sentenceScores: e [N]; of a sentence that is not there it means nothing.
    /// - Returns: the weight of each word in the document [N][L], exactly 0 where there is none.
    public static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        let within = zip(wordScores, lengths).map { scores, length in
            length == 0 ? scores.map { _ in 0 } : Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        }
        let ofSentences = Plain.softmax(sentenceScores)
        return zip(within, ofSentences).map { row, weight in row.map { $0 * weight } }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The words of sentences that are not there have weights.
    /// b. Sentences that are not there have a share of the softmax over sentences, which the real ones lack.
    /// c. The weights of a document must be divided by their sum at the end.
    /// d. The two softmaxes must be one, over all words of the document.
    public static var why: Choice? {
        nil
    }
}
