// Greedy decoding: the most probable word at every step, a batch of sentences at a time.

import Corpora
import TensorCore

extension TranslationModel {
    /// Translates a batch; one hypothesis a sentence, in order.
    ///
    /// - Parameters:
    ///   - source: ids, row-major [B,S], padded.
    ///   - lengths: real words of each sentence.
    ///   - copies: extended ids of the source words, as `source`; only a model that copies reads them.
    /// - Complexity: one decoder step for all sentences until the last of them has ended.
    public func greedy(
        _ source: [Int], lengths: [Int], copies: [Int] = [], limit: LengthLimit = LengthLimit()
    ) throws -> [Hypothesis] {
        try parameters.tape.withoutRecording {
            let memory = try remember(source, lengths: lengths)
            try checkCopies(copies, memory)
            let batch = lengths.count
            var state = try decoder.begin(memory)
            var last = [Int](repeating: Vocabulary.begin, count: batch)
            var open = [Bool](repeating: true, count: batch)
            var tokens = [[Int]](repeating: [], count: batch)
            var rows = [[[Double]]](repeating: [], count: batch)
            var ends = [[Double]?](repeating: nil, count: batch)
            var logProbabilities = [Double](repeating: 0, count: batch)

            for step in 0..<limit.steps(source: lengths.max() ?? 0) where open.contains(true) {
                state = try decoder.step(state, wordGates: decoder.wordGates(last), memory)
                let logits = try decoder.scores(state, after: last, copies: copies)
                // Padding and the begin token come before the end token, and are never produced.
                let best = try logits.argmax(from: Vocabulary.end), normalisers = try logits.logSumExp()
                let weights = state.weights?.values ?? []
                for b in 0..<batch where open[b] {
                    let row = weightRow(weights, b, source: memory.source, length: lengths[b])
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
}

/// The weights of one sentence at one step, without the padding.
func weightRow(_ weights: [Scalar], _ row: Int, source: Int, length: Int) -> [Double] {
    weights[row * source..<row * source + length].map { Double($0) }
}
