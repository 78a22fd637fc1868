// Bug hunt 6 · the contexts of a batch
//
//     c = Σᵢ αᵢ hᵢ,      αᵢ = softmax over the words of the sentence of s · hᵢ
//
// Luong et al. 2015, §3.1, eq. 7 with “dot”, for a batch: the sentences become one block, in which the shorter ones are
// filled up. For sentences of one length the code below is right. It is wrong for others.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/06_Masking.md
// Check   swift test --filter BugHunt6
// Hints   swift run attention exercises hint bug6

public import Workbook

public enum BugHunt6: BugHunt6Answers {
    /// - Parameters:
    ///   - queries: s [B][D].
    ///   - sentences: the states of each sentence, [its own length][D]; at least one word each.
    /// - Returns: c [B][D].
    public static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        let longest = sentences.map(\.count).max() ?? 0
        let zeros = [Double](repeating: 0, count: queries.first?.count ?? 0)
        // Rows of zeros add nothing to a sum.
        let block = sentences.map { $0 + Array(repeating: zeros, count: longest - $0.count) }
        return queries.indices.map { b in
            let scores = block[b].map { Plain.dot(queries[b], $0) }
            return Plain.weightedSum(Plain.softmax(scores), of: block[b])
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The padding has the score 0 and so a weight, which the words of the sentence lack: their context depends on
    ///    the neighbours' lengths.
    /// b. The zeros of the padding are summed into the context; the sum must end with the last word.
    /// c. The padding stands behind the words and must stand before them, so that the last state is that of the last
    ///    word.
    /// d. Sentences of different length must not share a softmax: the weights of the batch together sum to 1.
    public static var why: Choice? {
        nil
    }
}
