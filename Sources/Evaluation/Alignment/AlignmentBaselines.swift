// What an alignment metric gives to weights that have learnt nothing; without these rows an AER cannot be read.

import Corpora

/// Alignments that look at lengths only. A third baseline, which looks at words, is `IBMModel1`.
public enum AlignmentBaseline {
    /// All weight of target word j on the source word at the same relative position: i = ⌊(j + ½) · S / T⌋.
    public static func diagonal(sourceCount: Int, targetCount: Int) -> AttentionMatrix {
        guard sourceCount > 0, targetCount > 0 else {
            return AttentionMatrix(
                rows: Array(repeating: [], count: max(targetCount, 0)), sourceCount: max(sourceCount, 0))
        }
        let rows = (0..<targetCount).map { j in
            var row = [Double](repeating: 0, count: sourceCount)
            // In whole numbers: (2j + 1)·S / 2T, so that no rounding decides a link.
            row[min((2 * j + 1) * sourceCount / (2 * targetCount), sourceCount - 1)] = 1
            return row
        }
        return AttentionMatrix(rows: rows, sourceCount: sourceCount)
    }

    /// The same weight on every source word.
    ///
    /// Its argmax is the first word, by the rule for ties, which is no random choice: use `expectedRandom` for that
    /// row.
    public static func uniform(sourceCount: Int, targetCount: Int) -> AttentionMatrix {
        let row = [Double](repeating: 1 / Double(max(sourceCount, 1)), count: max(sourceCount, 0))
        return AttentionMatrix(
            rows: Array(repeating: row, count: max(targetCount, 0)), sourceCount: max(sourceCount, 0))
    }

    /// The expected counts when each target word picks one source word at random, each as likely.
    ///
    /// E|A∩S| = Σ_j |S_j| / S is the weight that uniform attention puts on sure links, so these are the soft counts of
    /// the uniform matrix. |A| is fixed, so AER, precision and recall of the expected counts are the expected ones.
    /// The expected pointing accuracy is likewise the gold mass of the uniform matrix.
    public static func expectedRandom(_ pairs: some Sequence<SentencePair>) -> SoftAlignmentCounts {
        var counts = SoftAlignmentCounts()
        for pair in pairs {
            guard let gold = pair.gold else { continue }
            counts += SoftAlignmentCounts(
                uniform(sourceCount: pair.source.count, targetCount: pair.target.count), gold: gold)
        }
        return counts
    }
}
