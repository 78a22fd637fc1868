// IBM Model 2 with one parameter for the order: Dyer, Chahuneau and Smith 2013, "A simple, fast, and effective
// reparameterization of IBM Model 2" (fast_align).
//
//   p(a_j = 0) = p₀,   p(a_j = i) = (1 − p₀) exp(−λ |i/S − j/T|) / Z       words counted from 1
//   p(f_j, a_j = i) = p(a_j = i) t(f_j | e_i)

public import Corpora
public import Evaluation
import Foundation

/// Words near the diagonal of a pair's words are more likely to be linked, by a λ that is learnt.
public struct DiagonalModel: OneWayModel {
    public static let name = "ibm-2"
    public static let summary =
        "IBM Model 2 with a prior for the diagonal, as fast_align has it (Dyer et al. 2013)."
    public static let settings = [AlignerSettings.passes, AlignerSettings.nullProbability, AlignerSettings.dirichlet]

    public let passes: Int
    public private(set) var table: TranslationTable
    public private(set) var prior: DiagonalPrior
    /// α of the Dirichlet prior of each t(· | e), without which rare words explain too much; 0 for none.
    private let dirichlet: Double

    public init(_ words: CooccurringWords, _ settings: AlignerSettings) {
        passes = settings.passes ?? 5
        dirichlet = settings.dirichlet ?? 0.01
        table = TranslationTable(uniform: words)
        prior = DiagonalPrior(nullProbability: settings.nullProbability ?? 0.08)
    }

    public mutating func pass(over pairs: SlottedPairs, watch: (Double) -> Bool) throws -> Double {
        let slots = pairs.slots, t = table.t, prior = prior
        var counts = DiagonalCounts(), expected = [Double](repeating: 0, count: t.count), logLikelihood = 0.0
        var row: [Double] = []
        try pairs.each(watch: watch) { _, pair in
            counts.begin(source: pair.sourceCount, target: pair.targetCount)
            for word in 0..<pair.targetCount {
                let start = pair.start + word * (pair.sourceCount + 1)
                prior.fill(&row, word, source: pair.sourceCount, target: pair.targetCount)
                var sum = 0.0
                for i in row.indices {
                    row[i] *= t[Int(slots[start + i])]
                    sum += row[i]
                }
                guard sum > 0 else { continue }
                for i in row.indices {
                    row[i] /= sum
                    expected[Int(slots[start + i])] += row[i]
                }
                counts.add(row, word)
                logLikelihood += log(sum)
            }
        }
        table.maximise(expected, DirichletPrior.share(dirichlet))
        self.prior.maximise(counts)
        return logLikelihood
    }

    public func posterior(of pair: SentencePair) -> AttentionMatrix {
        var row: [Double] = []
        let rows = table.rows(pair, unseen: UnseenWords.probability).enumerated().map { word, t in
            prior.fill(&row, word, source: pair.source.count, target: pair.target.count)
            for i in row.indices { row[i] *= t[i] }
            let sum = row.reduce(0, +)
            return row.dropFirst().map { sum > 0 ? $0 / sum : 0 }
        }
        return AttentionMatrix(rows: rows, sourceCount: pair.source.count)
    }
}

/// What is taken for words that were not learnt together.
enum UnseenWords {
    /// As fast_align's: small, and the same for all, so that the order decides where no word says anything.
    static let probability = 1e-9
}
