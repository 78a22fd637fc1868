// Word co-occurrence as an aligner (Brown et al. 1993, §4.1–4.2: Model 1), the baseline that reads words but no order.
//
//   E-step   p(i | j) = t(f_j | e_i) / Σ_i' t(f_j | e_i')        i runs over the source words and an empty word
//   M-step   t(f | e) ∝ Σ over sentences and j with f_j = f of p(i | j) with e_i = e

public import Corpora
import Foundation

/// Translation probabilities t(target word | source word), learnt from sentence pairs without alignments.
///
/// - Complexity: Σ |source|·|target| over the pairs, in time (each iteration) and in memory (four bytes each).
public struct IBMModel1: Sendable {
    public private(set) var table: TranslationTable

    /// - Parameter iterations: of expectation maximisation, from uniform probabilities. Model 1 has one optimum up to
    ///   ties, and five iterations come near it.
    public init(trainedOn pairs: some Sequence<SentencePair>, iterations: Int = 5) {
        let pairs = SlottedPairs(pairs)
        self.init(pairs.words)
        for _ in 0..<max(iterations, 0) { _ = pass(over: pairs) }
    }

    /// Before the first iteration.
    package init(_ words: CooccurringWords) { table = TranslationTable(uniform: words) }

    /// One iteration.
    ///
    /// - Returns: Σ log p(target | source) with the probabilities before it, the lengths taken as known.
    package mutating func pass(over pairs: SlottedPairs) -> Double {
        let slots = pairs.slots, t = table.t
        var expected = [Double](repeating: 0, count: t.count), logLikelihood = 0.0
        for pair in pairs.pairs {
            let width = pair.sourceCount + 1
            for word in 0..<pair.targetCount {
                let start = pair.start + word * width
                var sum = 0.0
                for k in start..<start + width { sum += t[Int(slots[k])] }
                guard sum > 0 else { continue }
                for k in start..<start + width { expected[Int(slots[k])] += t[Int(slots[k])] / sum }
                logLikelihood += log(sum / Double(width))
            }
        }
        table.maximise(expected)
        return logLikelihood
    }

    /// t(target | source); 0 for words never seen together.
    public func probability(of target: String, given source: String) -> Double {
        table.probability(of: target, given: source)
    }

    /// The posterior p(i | j) over the real source words, as if it were attention, so that every metric and the same
    /// rule for links apply to it. A target word never seen with any of the source words gets uniform weights.
    public func weights(_ pair: SentencePair) -> AttentionMatrix {
        shares(pair) { row in
            let scores = row.dropFirst(), sum = scores.reduce(0, +)
            return sum > 0 ? scores.map { $0 / sum } : scores.map { _ in 1 / Double(scores.count) }
        }
    }

    /// The posterior p(i | j) with the empty word's part: what a row lacks to 1 is that of "no source word". A target
    /// word never seen with any of the source words comes from any of them, or from none.
    public func posterior(_ pair: SentencePair) -> AttentionMatrix {
        shares(pair) { row in
            let sum = row.reduce(0, +)
            return row.dropFirst().map { sum > 0 ? $0 / sum : 1 / Double(row.count) }
        }
    }

    private func shares(_ pair: SentencePair, _ share: ([Double]) -> [Double]) -> AttentionMatrix {
        AttentionMatrix(rows: table.rows(pair, unseen: 0).map(share), sourceCount: pair.source.count)
    }

    /// The most probable source word of each target word, the lowest index among equals.
    public func links(_ pair: SentencePair) -> Set<Link> {
        LinkExtraction.argmax.links(weights(pair))
    }
}
