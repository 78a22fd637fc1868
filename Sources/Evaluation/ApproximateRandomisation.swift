// Approximate randomisation (Riezler & Maxwell 2005, "On some pitfalls in automatic evaluation …", §4.2; Noreen 1989).
//
//   p = (#{ |A_k − B_k| ≥ |A − B| } + 1) / (K + 1)      in trial k a coin decides, for each sentence, whether the
//                                                       two systems exchange their translations
//
// The count is Noreen's, with ≥. sacreBLEU counts only >, which differs on small test sets and gives two identical systems
// the smallest p there is.

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
    public func compare<Sentence>(_ a: [Sentence], _ b: [Sentence],
                                  by statistic: ResampledStatistic<Sentence>) throws -> PairedComparison {
        try PairedComparison.check(a.count, b.count)
        let tableA = ComponentTable(a, statistic.components), tableB = ComponentTable(b, statistic.components)
        let sumsA = tableA.sums, sumsB = tableB.sums
        let scoreA = statistic.value(sumsA), scoreB = statistic.value(sumsB)

        var done = 0
        var pValue: Double?
        if let scoreA, let scoreB {
            let observed = abs(scoreB - scoreA)
            // What a swap of sentence i moves from one system to the other.
            let moves = zip(tableA.columns, tableB.columns).map { zip($0, $1).map { $1 - $0 } }
            var random = RandomSource(seed: seed, purpose: "approximate randomisation")
            var coins = [Double](repeating: 0, count: a.count)
            var reached = 0
            for _ in 0 ..< max(trials, 0) {
                Self.toss(&coins, &random)
                var shuffledA = sumsA, shuffledB = sumsB
                for (k, column) in moves.enumerated() {
                    var moved = 0.0
                    for i in coins.indices { moved += coins[i] * column[i] }
                    shuffledA[k] += moved
                    shuffledB[k] -= moved
                }
                guard let x = statistic.value(shuffledA), let y = statistic.value(shuffledB) else { continue }
                done += 1
                // Sums in another order may differ in the last digit; that must not hide an equal difference.
                if abs(x - y) >= observed - 1e-12 * max(1, observed) { reached += 1 }
            }
            // Equal scores are no evidence of a difference, whatever the shuffles say.
            pValue = observed == 0 ? 1 : done > 0 ? Double(reached + 1) / Double(done + 1) : nil
        }
        return PairedComparison(test: .approximateRandomisation, statistic: statistic.name,
                                higherIsBetter: statistic.higherIsBetter, sentences: a.count, trials: done,
                                a: scoreA, b: scoreB, pValue: pValue, sacreBLEUPValue: nil, winsB: nil, winsA: nil,
                                lower: nil, upper: nil)
    }

    /// 0 or 1 for each sentence, 64 to a random word.
    private static func toss(_ coins: inout [Double], _ random: inout RandomSource) {
        var bits: UInt64 = 0
        for i in coins.indices {
            if i % 64 == 0 { bits = random.next() }
            coins[i] = Double(bits & 1)
            bits >>= 1
        }
    }
}
