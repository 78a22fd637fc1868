// Bug hunt 7 · one sentence after the other
//
//     kᵢ = key(hᵢ), once for each word of a sentence      αᵢ = softmax over i of s · kᵢ      c = Σᵢ αᵢ hᵢ
//
// Bahdanau et al. 2015, A.1.2: U hᵢ does not depend on the decoder, so it is computed in advance. The code below does
// so, and the first sentence it translates is right. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one. The keys must still be computed once
// a sentence.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there.
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter BugHunt7
// Hints   swift run attention exercises hint bug7

public import Workbook

public enum BugHunt7: BugHunt7Answers {
    public struct Attention: SentenceAttention {
        private let key: ([Double]) -> [Double]
        private var states: [[Double]] = [], keys: [[Double]] = []

        /// - Parameter key: hᵢ [D] → kᵢ [D]; costs much.
        public init(key: @escaping ([Double]) -> [Double]) { self.key = key }

        /// A new sentence, before its first step.
        ///
        /// - Parameter states: h [S][D].
        public mutating func begin(_ states: [[Double]]) {
            // The keys wait until they are needed.
            self.states = states
        }

        /// - Parameter query: s [D].
        /// - Returns: α [S] and c [D].
        public mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double]) {
            if keys.isEmpty { keys = states.map(key) }
            let weights = Plain.softmax(keys.map { Plain.dot(query, $0) })
            return (weights, Plain.weightedSum(weights, of: states))
        }
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. `Attention` is a struct: what `begin` stores is stored in a copy, and `step` sees the old states.
    /// b. The query changes at every step, so the keys must be made anew at every step too.
    /// c. A sentence that is shorter than the one before keeps the rest of its keys; only their number must be set
    ///    right.
    /// d. Keys that exist are taken for the keys of this sentence: nothing throws them away when another one begins.
    public static var why: Choice? {
        nil
    }
}
