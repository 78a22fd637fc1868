// Is every source word attended to, and none twice? (Tu et al. 2016, §2; penalty: Wu et al. 2016, §7)
//
//   coverage  c_i = Σ_j α[j][i]        repetition: c_i > 1.5        omission: c_i < 0.5
//   penalty       = Σ_i ln min(c_i, 1)

import Corpora
import Foundation

/// Additive over source words.
public struct CoverageCounts: Counts {
    public static let repetitionAbove = 1.5
    public static let omissionBelow = 0.5
    /// A word without any attention would make the penalty −∞, which no later sentence could mend.
    public static let smallestCoverage = 1e-9

    /// Source words.
    public var words = 0
    public var repeated = 0
    public var omitted = 0
    /// Source words of sentences with a gold alignment.
    public var goldWords = 0
    /// Sum over those of |c_i − number of sure links of word i|.
    public var fertilityError = 0.0
    public var sentences = 0
    /// Sum over sentences of Σ_i ln min(c_i, 1), each c_i at least `smallestCoverage`; at most 0.
    public var penalty = 0.0

    public init() {}

    /// - Parameter gold: nil where the rows do not belong to the reference (free decoding) or nobody aligned it.
    public init(_ matrix: AttentionMatrix, gold: GoldAlignment?) {
        var coverage = [Double](repeating: 0, count: max(matrix.sourceCount, 0))
        var hasWeights = false
        for j in matrix.rows.indices {
            guard let row = matrix.weights(of: j) else { continue }
            hasWeights = true
            for i in row.indices { coverage[i] += row[i] }
        }
        // Nothing was attended because nothing attends: that is no omission.
        guard hasWeights else { return }

        words = coverage.count
        repeated = coverage.count { $0 > Self.repetitionAbove }
        omitted = coverage.count { $0 < Self.omissionBelow }
        sentences = 1
        for c in coverage { penalty += log(min(max(c, Self.smallestCoverage), 1)) }
        if let gold {
            var fertility = [Int](repeating: 0, count: coverage.count)
            for link in gold.sure where fertility.indices.contains(link.source) { fertility[link.source] += 1 }
            goldWords = coverage.count
            for (c, f) in zip(coverage, fertility) { fertilityError += abs(c - Double(f)) }
        }
    }

    /// Share of source words attended to more than 1.5 times.
    public var repetitionRate: Double? { ratio(repeated, words) }
    /// Share of source words attended to less than half a time.
    public var omissionRate: Double? { ratio(omitted, words) }
    /// Mean |c_i − gold fertility|, in words.
    public var meanFertilityError: Double? { ratio(fertilityError, Double(goldWords)) }
    /// Mean over sentences, in nats; 0 is full coverage.
    public var meanPenalty: Double? { ratio(penalty, Double(sentences)) }

    public static let fields: [CountField<Self>] = [
        .number("words", \.words),
        .number("repeated", \.repeated).part(of: \.words),
        .number("omitted", \.omitted).part(of: \.words),
        .number("goldWords", \.goldWords, earlier: "gold_words"),
        .sum("fertilityError", \.fertilityError, earlier: "fertility_error"),
        .number("sentences", \.sentences),
        .sum("penalty", \.penalty, isSigned: true),
    ]

    public static let figures: [CountFigure<Self>] = [
        .init("repetitionRate", \.repetitionRate), .init("omissionRate", \.omissionRate),
        .init("meanFertilityError", \.meanFertilityError), .init("meanPenalty", \.meanPenalty),
    ]
}
