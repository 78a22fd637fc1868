// Approximate randomisation (Riezler & Maxwell 2005, "On some pitfalls in automatic evaluation …", §4.2; Noreen 1989).
//
//   p = (#{ |A_k − B_k| ≥ |A − B| } + 1) / (K + 1)      in trial k a coin decides, for each sentence, whether the
//                                                       two systems exchange their translations
//
// The count is Noreen's, with ≥. sacreBLEU counts only >, which differs on small test sets and gives two identical
// systems the smallest p there is.

import Randomness

public struct ApproximateRandomisation: Sendable, Equatable {
    public var trials: Int
    public var seed: UInt64

    public init(trials: Int = 10_000, seed: UInt64 = 12345) {
        self.trials = trials
        self.seed = seed
    }

    /// - Complexity: trials × sentences × components.
    /// - Throws: `InputError` where the systems were not scored on the same sentences.
    public func compare<Sentence>(
        _ a: [Sentence], _ b: [Sentence],
        by statistic: ResampledStatistic<Sentence>
    ) throws -> PairedComparison {
        try compare(seedsOf: [a], [b], by: statistic)
    }

    /// Two systems of several seeds: the score is the mean over seeds of the metric of each, and a coin exchanges the
    /// translations of a sentence by all seeds at once. Where one has fewer seeds, the first of the other that are as
    /// many count.
    /// - Complexity: trials × sentences × seeds × components.
    /// - Throws: `InputError` where the systems were not scored on the same sentences.
    public func compare<Sentence>(
        seedsOf a: [[Sentence]], _ b: [[Sentence]],
        by statistic: ResampledStatistic<Sentence>
    ) throws -> PairedComparison {
        let seeds = min(a.count, b.count), a = a.prefix(seeds), b = b.prefix(seeds), count = a.first?.count ?? 0
        for seed in [a, b].joined() { try PairedComparison.check(count, seed.count) }
        let tableA = ComponentTable(Array(a), statistic.components),
            tableB = ComponentTable(Array(b), statistic.components)
        let sumsA = tableA.sums, sumsB = tableB.sums
        let scoreA = statistic.mean(ofSums: sumsA, seeds: seeds), scoreB = statistic.mean(ofSums: sumsB, seeds: seeds)

        var done = 0
        var pValue: Double?
        if let scoreA, let scoreB {
            let observed = abs(scoreB - scoreA), moves = tableA.moves(to: tableB)
            var random = RandomSource(seed: seed, purpose: "approximate randomisation")
            var reached = 0
            for _ in 0..<max(trials, 0) {
                let moved = moves.sums(at: Self.toss(count, &random))
                let shuffledA = zip(sumsA, moved).map { $0 + $1 }, shuffledB = zip(sumsB, moved).map { $0 - $1 }
                guard let x = statistic.mean(ofSums: shuffledA, seeds: seeds),
                    let y = statistic.mean(ofSums: shuffledB, seeds: seeds)
                else { continue }
                done += 1
                // Sums in another order may differ in the last digit; that must not hide an equal difference.
                if abs(x - y) >= observed - 1e-12 * max(1, observed) { reached += 1 }
            }
            // Equal scores are no evidence of a difference, whatever the shuffles say.
            pValue = observed == 0 ? 1 : done > 0 ? Double(reached + 1) / Double(done + 1) : nil
        }
        return PairedComparison(
            test: .approximateRandomisation, statistic: statistic.name,
            higherIsBetter: statistic.higherIsBetter, sentences: count, trials: done,
            a: scoreA, b: scoreB, pValue: pValue, sacreBLEUPValue: nil, winsB: nil, winsA: nil,
            lower: nil, upper: nil)
    }

    /// The sentences, of so many, whose coin says to swap; 64 coins to a random word.
    private static func toss(_ count: Int, _ random: inout RandomSource) -> [Int] {
        var bits: UInt64 = 0
        return (0..<count).filter { i in
            bits = i % 64 == 0 ? random.next() : bits >> 1
            return bits & 1 == 1
        }
    }
}
