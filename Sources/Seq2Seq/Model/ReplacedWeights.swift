// What the next word would be if the model had looked elsewhere: how Jain & Wallace 2019, §4.2, ask whether weights
// matter.

import Corpora
import Foundation
import TensorCore

/// The next word of one sentence, and where the model looked for it.
public struct NextWord: Sendable {
    /// p [V] over the target vocabulary; the extended one where the model copies.
    public let probabilities: [Double]
    /// α [S] that the context was made of.
    public let weights: [Double]
}

extension TranslationModel {
    /// - Parameters:
    ///   - source: ids of the source sentence.
    ///   - prefix: ids of the target words before the one that is asked for; may be empty.
    ///   - replaced: weights over the source words to use at that step instead of the scorer's; nil keeps those. The
    ///     steps before are as they were.
    /// - Throws: `ShapeError` where there are not as many weights as words.
    public func nextWord(source: [Int], after prefix: [Int], weights replaced: [Double]? = nil) throws -> NextWord {
        try nextWord(SourceSentences(source, lengths: [source.count]), after: prefix, weights: replaced)
    }

    /// - Parameter sentence: one.
    public func nextWord(
        _ sentence: SourceSentences, after prefix: [Int], weights replaced: [Double]? = nil
    ) throws -> NextWord {
        try parameters.tape.withoutRecording {
            let encoded = try encode(sentence), source = sentence.ids
            if let replaced {
                try expect(
                    replaced.count == source.count,
                    "nextWord: \(replaced.count) weights for a sentence of \(source.count) words, expected one a word")
            }
            let other = try replaced.map {
                try Tensor.constant($0.map { Scalar($0) }, shape: [1, source.count], near: encoded.memory.states)
            }
            var run = try beginDecoding(encoded)
            let words = [Vocabulary.begin] + prefix
            for (t, word) in words.enumerated() { try run.read([word], replacing: t == words.count - 1 ? other : nil) }
            let scores = try run.scores()
            let normaliser = try scores.logSumExp()[0]
            return NextWord(
                probabilities: scores.values.map { exp(Double($0) - normaliser) },
                weights: run.weightRow(0, length: source.count))
        }
    }
}
