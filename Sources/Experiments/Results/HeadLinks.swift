// How well each of several heads aligns.

import Corpora
public import Evaluation
import Seq2Seq

/// Links of each head against the gold, by the largest weight of each target word.
///
/// Which head is the best one is for dev to say, and never for the test set: the best of N on the test set is better
/// than it is.
public struct HeadLinks: Sendable, Codable, Equatable {
    /// Summed over the sentences, in the order of the heads.
    public var links: [AlignmentCounts]

    /// nil where there are not several.
    init?(_ pairs: [SentencePair], _ heads: [[AttentionMatrix]]) {
        guard let count = heads.first?.count, count > 0 else { return nil }
        var reports = [AlignmentReport](repeating: AlignmentReport(), count: count)
        for (pair, ofHeads) in zip(pairs, heads) {
            for (n, matrix) in ofHeads.enumerated() { reports[n].add(matrix, pair) }
        }
        links = reports.map(\.all.links)
    }

    /// Of a model's heads on other pairs than those that it is judged by.
    init?(_ translator: Translator, _ pairs: [SentencePair]) throws {
        guard translator.model.scorerCard.family == .heads, pairs.contains(where: { $0.gold != nil }) else {
            return nil
        }
        let heads = try zip(pairs, translator.align(pairs)).map { pair, forced in
            forced.heads.map { AttentionMatrix(rows: $0, sourceCount: pair.source.count) }
        }
        self.init(pairs, heads)
    }

    /// Alignment error rate of each head; nil where there is none.
    public var aer: [Double?] { links.map(\.aer) }

    /// The head with the lowest alignment error rate, the first among equals.
    public var best: Int? {
        aer.enumerated().compactMap { n, aer in aer.map { (n, $0) } }.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }
}

extension ResultRow {
    /// AER on the test sentences of the head that is best on dev; nil without heads.
    public var bestHeadAER: Double? {
        guard let heads = test.heads?.aer, let best = bestHead, heads.indices.contains(best) else { return nil }
        return heads[best]
    }
}
