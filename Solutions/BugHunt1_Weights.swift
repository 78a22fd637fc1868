// Bug hunt 1 · the weights of a batch
//
//     eᵢ = s · hᵢ      αᵢ = exp(eᵢ) / Σⱼ exp(eⱼ)      c = Σᵢ αᵢ hᵢ         i, j over the words of one sentence
//
// Luong et al. 2015, §3.1, eq. 7 with “dot”; Bahdanau et al. 2015, §3.1, eq. 5 and 6. The code below is meant to do
// this for a batch of sentences of one length. It compiles, all its weights are between 0 and 1, and a model with it
// trains. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/02_SoftSearch.md
// Check   swift test --filter BugHunt1
// Hints   swift run attention exercises hint bug1

public import Workbook

public enum BugHunt1: BugHunt1Answers {
    /// - Parameters:
    ///   - queries: s [B][D], one for each sentence.
    ///   - states: h [S][B][D], position first, as an encoder that reads word by word delivers them.
    /// - Returns: α [B][S] and c [B][D].
    public static func attend(
        queries: [[Double]], states: [[[Double]]]
    ) throws -> (weights: [[Double]], contexts: [[Double]]) {
        // gap: // A row of scores for each position, in it a score for each sentence.
        // gap: let scores = states.map { position in zip(queries, position).map { Plain.dot($0, $1) } }
        // gap: let weights = Plain.transposed(scores.map { Plain.softmax($0) })
        // gap: let contexts = queries.indices.map { b in
        // gap:     Plain.weightedSum(weights[b], of: states.map { $0[b] })
        // gap: }
        // gap: return (weights, contexts)
        // A row of scores for each position, in it a score for each sentence.
        let scores = states.map { position in zip(queries, position).map { Plain.dot($0, $1) } }
        // Seen in tutorials and in answers in forums: the axis of the softmax was right for tensors [B,S], and the
        // encoder's are [S,B]. An axis left out, where the library then chooses one, is the same mistake.
        let weights = Plain.transposed(scores).map { Plain.softmax($0) }
        let contexts = queries.indices.map { b in
            Plain.weightedSum(weights[b], of: states.map { $0[b] })
        }
        return (weights, contexts)
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. The scores are dot products and can be negative; they must be made positive before the softmax.
    /// b. Each softmax runs over the sentences of the batch: they compete for a position, instead of the positions of a
    ///    sentence for it.
    /// c. The scores are transposed although they already have one row for each sentence.
    /// d. The states enter the context with the weights of another batch, because weights and states are stored in
    ///    another order.
    public static var why: Choice? {
        // gap: nil
        // Row i of the scores holds position i of every sentence. Its softmax sums to 1 over the batch. A batch of one
        // sentence then has weights that are all exactly 1, which is how the mistake is found quickest.
        .b
        // end of gap
    }
}
