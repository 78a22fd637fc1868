// Which scorers may be called worse than the best: a test over sentences and a test over seeds, and both must agree.

public import Evaluation

/// Finds the leaders of a column: the best scorer, and all that cannot be told apart from it.
///
/// Two things make a score an accident: which sentences stand in the test set, and which seed drew the first
/// parameters. So a scorer is called worse than the best only if both of these say so, each with Holm's correction for
/// the number of scorers:
///
/// - paired bootstrap over the test sentences (Koehn 2004): of every drawn test set the mean over seeds of each seed's
///   metric, which is what the table shows;
/// - Welch's t-test over the seeds' scores (not possible with a single seed; then the bootstrap alone decides).
public enum Significance {
    public static let level = 0.05

    /// How often a test over sentences draws, where Holm's correction is for so many comparisons: a hundred times each,
    /// and no less than usual.
    ///
    /// The least p-value is one in so many draws, and the correction multiplies it by the comparisons: with 1000 draws
    /// no scorer could be called worse from the 51st comparison on. With a hundred each, the least corrected p-value is
    /// a fifth of the level, however many there are.
    static func draws(comparisons: Int, usual: Int) -> Int { max(usual, 100 * comparisons) }

    /// Of one scorer in one column.
    public struct Candidate<Sentence: Sendable>: Sendable {
        public let name: String
        /// Per seed, the counts of each sentence, the same sentences in the same order.
        public let sentences: [[Sentence]]

        public init(name: String, sentences: [[Sentence]]) {
            self.name = name
            self.sentences = sentences
        }
    }

    /// - Returns: the names of the best candidate and of those not significantly worse; empty where that would be all
    ///   of them.
    public static func leaders<Sentence>(
        _ candidates: [Candidate<Sentence>],
        by statistic: ResampledStatistic<Sentence>
    ) throws -> Set<String> {
        let scored = candidates.compactMap { Scored($0, statistic) }
        guard scored.count > 1 else { return [] }
        let ranked = scored.sorted { statistic.higherIsBetter ? $0.mean > $1.mean : $0.mean < $1.mean }
        let best = ranked[0], others = Array(ranked.dropFirst())
        let test = PairedBootstrap(resamples: draws(comparisons: others.count, usual: 1000))
        let resampled = try test.resample(seedsOf: ranked.map(\.sentences), by: statistic)
        let bySentences = try resampled.dropFirst().map { try test.compare(resampled[0], $0).pValue }
        let bySeeds = others.map { welch(best.scores, $0.scores) }
        let sentences = HolmCorrection.adjusted(bySentences), seeds = HolmCorrection.adjusted(bySeeds)
        let equals = others.indices.filter { i in
            !areDifferent(sentences: sentences[i], seeds: seeds[i])
        }
        // If nothing can be told apart, nobody leads.
        return equals.count == others.count ? [] : Set([best.name] + equals.map { others[$0].name })
    }

    /// Whether both corrected p-values say so; without a test over seeds, that over sentences alone.
    static func areDifferent(sentences: Double?, seeds: Double?) -> Bool {
        (sentences ?? 1) < level && (seeds ?? 0) < level
    }

    /// A candidate with the score of each seed that has one.
    struct Scored<Sentence: Sendable> {
        let name: String
        /// Of those seeds.
        let sentences: [[Sentence]]
        let scores: [Double]
        let mean: Double

        /// nil without any score.
        init?(_ candidate: Candidate<Sentence>, _ statistic: ResampledStatistic<Sentence>) {
            let seeds = candidate.sentences.compactMap { seed in
                statistic.value(of: seed).map { (sentences: seed, score: $0) }
            }
            guard !seeds.isEmpty else { return nil }
            (name, sentences, scores) = (candidate.name, seeds.map(\.sentences), seeds.map(\.score))
            mean = scores.reduce(0, +) / Double(seeds.count)
        }
    }

    /// Two-sided p of Welch's t-test for unequal variances; nil where a group has fewer than two values.
    public static func welch(_ a: [Double], _ b: [Double]) -> Double? { WelchDifference(a, b).pValue }
}
