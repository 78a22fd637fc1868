// Greedy decoding: the most probable word at every step, a batch of sentences at a time.

import Corpora
import TensorCore

extension TranslationModel {
    /// Translates a batch; one hypothesis a sentence, in order.
    ///
    /// - Complexity: one decoder step for all sentences until the last of them has ended.
    public func greedy(_ source: SourceSentences, limit: LengthLimit = LengthLimit()) throws -> [Hypothesis] {
        try parameters.tape.withoutRecording {
            try GreedySearch.translations(by: beginDecoding(encode(source)), lengths: source.lengths, limit)
        }
    }

    /// - Parameters:
    ///   - source: ids, row-major [B,S], padded.
    ///   - lengths: real words of each sentence.
    public func greedy(_ source: [Int], lengths: [Int], limit: LengthLimit = LengthLimit()) throws -> [Hypothesis] {
        try greedy(SourceSentences(source, lengths: lengths), limit: limit)
    }
}

enum GreedySearch {
    /// Of the sentences that a run has begun with, one in each row.
    static func translations(
        by begun: any DecodingRun, lengths: [Int], _ limit: LengthLimit
    ) throws -> [Hypothesis] {
        let batch = lengths.count
        var run = begun
        var last = [Int](repeating: Vocabulary.begin, count: batch)
        var open = [Bool](repeating: true, count: batch)
        var tokens = [[Int]](repeating: [], count: batch)
        var rows = [[[Double]]](repeating: [], count: batch)
        var ends = [[Double]?](repeating: nil, count: batch)
        var logProbabilities = [Double](repeating: 0, count: batch)

        for step in 0..<limit.steps(source: lengths.max() ?? 0) where open.contains(true) {
            try run.read(last)
            let logits = try run.scores()
            // Padding and the begin token come before the end token, and are never produced.
            let best = try logits.argmax(from: Vocabulary.end), normalisers = try logits.logSumExp()
            for b in 0..<batch where open[b] {
                let row = run.alignmentRow(b, word: best[b], length: lengths[b])
                logProbabilities[b] += try Double(logits.at(b, best[b])) - normalisers[b]
                last[b] = best[b]
                if best[b] == Vocabulary.end {
                    ends[b] = row
                    open[b] = false
                } else {
                    tokens[b].append(best[b])
                    rows[b].append(row)
                    open[b] = step + 1 < limit.steps(source: lengths[b])
                }
            }
        }
        return (0..<batch).map { b in
            Hypothesis(
                tokens: tokens[b], logProbability: logProbabilities[b], score: logProbabilities[b],
                weights: rows[b], endWeights: ends[b])
        }
    }
}
