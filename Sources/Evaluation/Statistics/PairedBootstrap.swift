// Paired bootstrap resampling (Koehn 2004, "Statistical significance tests for machine translation evaluation", §3.4).
//
//   d_k = B_k − A_k on the k-th resample      p = (#{ |d_k − mean(d)| ≥ |B − A| } + 1) / (K + 1)
//
// The resampled differences, moved to mean 0, show how far apart two equal systems drift by the luck of the sentences
// (Efron & Tibshirani 1993, §16.4). Koehn's own figure is the share of resamples that B wins. sacreBLEU's p takes the
// sizes first, #{ |d_k| − mean|d| > |B − A| }, which looks at one side only: of two systems that differ by luck alone
// it calls about one pair in nine different at the level 0.05. It is given for comparison, and no mark in a table
// depends on it.

import Corpora
import Randomness

/// Draws test sets of the same size from the test set, with replacement, the same ones for both systems.
public struct PairedBootstrap: Sendable, Equatable {
    public var resamples: Int
    public var seed: UInt64

    public init(resamples: Int = 1000, seed: UInt64 = 12345) {
        self.resamples = resamples
        self.seed = seed
    }

    /// One system's scores on the drawn test sets, and what they are compared with: of many systems, each is resampled
    /// once.
    public struct Resampled: Sendable {
        let name: String
        let higherIsBetter: Bool
        let sentences: Int
        let score: Double?
        /// nil where the metric of a drawn test set is undefined.
        let scores: [Double?]
        /// Of the draws.
        let seed: UInt64
    }

    /// - Complexity: resamples × sentences × components; 1000 × 500 sentences of BLEU take some ten milliseconds.
    /// - Throws: `InputError` where there are no sentences.
    public func resample<Sentence>(
        _ sentences: [Sentence], by statistic: ResampledStatistic<Sentence>
    ) throws -> Resampled {
        try resample(all: [sentences], by: statistic)[0]
    }

    /// Several systems on the same draws: each gets what `resample` gives it, and the draws are made once.
    /// - Throws: `InputError` where there are no sentences, or not the same number for all.
    public func resample<Sentence>(
        all systems: [[Sentence]], by statistic: ResampledStatistic<Sentence>
    ) throws -> [Resampled] {
        try resample(seedsOf: systems.map { [$0] }, by: statistic)
    }

    /// Several systems of several seeds on the same draws. The score of a system is the mean over its seeds of the
    /// metric of each, as tables show it, and so it is of every drawn test set. (Counts added up over seeds give
    /// another BLEU, which no row of a table has; where two systems are close it may even have the other sign.)
    ///
    /// - Parameter systems: of each system its seeds, of each seed the same sentences in the same order.
    /// - Complexity: resamples × sentences × seeds × components.
    /// - Throws: `InputError` where there are no sentences, or not the same number for all.
    public func resample<Sentence>(
        seedsOf systems: [[[Sentence]]], by statistic: ResampledStatistic<Sentence>
    ) throws -> [Resampled] {
        guard let count = systems.first?.first?.count else { return [] }
        for seed in systems.joined() { try PairedComparison.check(count, seed.count) }
        let tables = systems.map { ComponentTable($0, statistic.components) }
        var random = RandomSource(seed: seed, purpose: "paired bootstrap")
        var indices = [Int](repeating: 0, count: count), scores: [[Double?]] = systems.map { _ in [] }
        for _ in 0..<max(resamples, 0) {
            for k in indices.indices { indices[k] = random.below(count) }
            for (system, table) in tables.enumerated() {
                scores[system].append(statistic.mean(ofSums: table.sums(at: indices), seeds: table.seeds))
            }
        }
        return zip(tables, scores).map { table, scores in
            Resampled(
                name: statistic.name, higherIsBetter: statistic.higherIsBetter, sentences: count,
                score: statistic.mean(ofSums: table.sums, seeds: table.seeds), scores: scores, seed: seed)
        }
    }

    /// - Throws: `InputError` where the systems were not scored on the same sentences.
    public func compare<Sentence>(
        _ a: [Sentence], _ b: [Sentence],
        by statistic: ResampledStatistic<Sentence>
    ) throws -> PairedComparison {
        try PairedComparison.check(a.count, b.count)
        return try compare(resample(a, by: statistic), resample(b, by: statistic))
    }

    /// Of two systems that were resampled by the same metric, with the same seed.
    /// - Throws: `InputError` where they were not scored on the same sentences.
    public func compare(_ a: Resampled, _ b: Resampled) throws -> PairedComparison {
        try PairedComparison.check(a.sentences, b.sentences)
        guard a.seed == b.seed, a.scores.count == b.scores.count, a.name == b.name else {
            throw InputError(
                "a paired bootstrap needs both systems resampled alike, but one has \(a.scores.count) resamples of \(a.name) from seed \(a.seed), "
                    + "the other \(b.scores.count) of \(b.name) from seed \(b.seed); resample both with one PairedBootstrap"
            )
        }
        let differences = zip(a.scores, b.scores).compactMap { a, b in a.flatMap { a in b.map { $0 - a } } }
        let winsB = differences.count { a.higherIsBetter ? $0 > 0 : $0 < 0 },
            winsA = differences.count { a.higherIsBetter ? $0 < 0 : $0 > 0 }
        let interval = Self.middle95(differences)
        return PairedComparison(
            test: .pairedBootstrap, statistic: a.name, higherIsBetter: a.higherIsBetter,
            sentences: a.sentences, trials: differences.count, a: a.score, b: b.score,
            pValue: Self.pValue(differences, a.score, b.score),
            sacreBLEUPValue: Self.sacreBLEUPValue(differences, a.score, b.score),
            winsB: ratio(winsB, differences.count), winsA: ratio(winsA, differences.count),
            lower: interval?.lower, upper: interval?.upper)
    }

    private static func pValue(_ differences: [Double], _ a: Double?, _ b: Double?) -> Double? {
        guard let a, let b, !differences.isEmpty else { return nil }
        if a == b { return 1 }
        let mean = differences.reduce(0, +) / Double(differences.count)
        // Sums in another order may differ in the last digit; that must not hide an equal difference.
        let observed = abs(b - a) - 1e-12 * max(1, abs(b - a))
        let reached = differences.count { abs($0 - mean) >= observed }
        return Double(reached + 1) / Double(differences.count + 1)
    }

    private static func sacreBLEUPValue(_ differences: [Double], _ a: Double?, _ b: Double?) -> Double? {
        guard let a, let b, !differences.isEmpty else { return nil }
        // The formula alone gives two identical systems the smallest p there is: nothing exceeds 0.
        if a == b { return 1 }
        let sizes = differences.map(abs)
        let mean = sizes.reduce(0, +) / Double(sizes.count)
        let exceeding = sizes.count { $0 - mean > abs(b - a) }
        return Double(exceeding + 1) / Double(sizes.count + 1)
    }

    /// sacreBLEU's percentiles: the same number of resamples is cut off at either end.
    private static func middle95(_ values: [Double]) -> (lower: Double, upper: Double)? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let cut = sorted.count / 40
        return (sorted[cut], sorted[sorted.count - cut - 1])
    }
}
