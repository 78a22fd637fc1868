// Every scorer against every other in one column: both tests, both with Holm's correction over all pairs, and letters
// for what they say.

public import Evaluation

/// Two scorers in one column. Differences are B − A.
public struct PairTest: Sendable, Equatable, Codable {
    public private(set) var a: String
    public private(set) var b: String
    /// nil where there are none, or where they are part of the names.
    public private(set) var conditionA: String?
    public private(set) var conditionB: String?
    /// Over seeds.
    public let meanA: Double
    public let meanB: Double
    public let difference: Double
    /// The middle 95 % of the difference over resampled sentences, each time of the means over seeds: what other
    /// sentences would have given.
    @ExplicitNull public private(set) var lower: Double?
    @ExplicitNull public private(set) var upper: Double?
    /// Of the test over sentences, and with Holm's correction.
    @ExplicitNull public private(set) var pSentences: Double?
    @ExplicitNull public fileprivate(set) var adjustedSentences: Double?
    /// Of Welch's test over seeds, and with Holm's correction; nil with one seed.
    @ExplicitNull public private(set) var pSeeds: Double?
    @ExplicitNull public fileprivate(set) var adjustedSeeds: Double?
    /// Over seeds; nil where there is no spread.
    @ExplicitNull public private(set) var effect: EffectSize?
    /// Both tests say so.
    public fileprivate(set) var isDifferent = false

    /// In JSON, in snake case, as in the CSV.
    private enum CodingKeys: String, CodingKey {
        case a, b, conditionA, conditionB, meanA, meanB, difference, lower, upper, pSentences,
            adjustedSentences = "p_sentences_holm"
        case pSeeds, adjustedSeeds = "p_seeds_holm", effect = "hedges_g", isDifferent = "different"
    }

    fileprivate init(
        _ a: (name: String, mean: Double), _ b: (name: String, mean: Double), interval: PairedComparison,
        pSentences: Double?,
        pSeeds: Double?, effect: EffectSize?
    ) {
        (self.a, self.b, meanA, meanB, difference) = (a.name, b.name, a.mean, b.mean, b.mean - a.mean)
        (lower, upper, self.pSentences, self.pSeeds, self.effect) = (
            interval.lower, interval.upper, pSentences, pSeeds, effect
        )
        (adjustedSentences, adjustedSeeds) = (pSentences, pSeeds)
    }

    /// The same figures under other names.
    func between(_ a: ResultSection.System, _ b: ResultSection.System) -> PairTest {
        var pair = self
        (pair.a, pair.conditionA, pair.b, pair.conditionB) = (a.scorer, a.condition, b.scorer, b.condition)
        return pair
    }
}

/// All pairs of one column.
public struct PairwiseTests: Sendable, Equatable {
    public let test: PairedComparison.Test
    /// Resamples or shuffles.
    public let trials: Int
    /// The best mean first.
    public let names: [String]
    /// In the order of `names`; A stands before B.
    public let pairs: [PairTest]
    /// By name: scorers that share a letter cannot be told apart.
    public let letters: [String: String]

    /// - Parameter candidates: each with a name of its own.
    /// - Throws: `InputError` where the candidates were not scored on the same sentences.
    public init<Sentence>(
        _ candidates: [Significance.Candidate<Sentence>], by statistic: ResampledStatistic<Sentence>,
        test: PairedComparison.Test = .pairedBootstrap
    ) throws {
        let scored = candidates.compactMap { Significance.Scored($0, statistic) }
            .sorted { statistic.higherIsBetter ? $0.mean > $1.mean : $0.mean < $1.mean }
        let trials = Significance.draws(comparisons: scored.count * (scored.count - 1) / 2, usual: 10_000)
        let bootstrap = PairedBootstrap(resamples: trials)
        let resampled = scored.count > 1 ? try bootstrap.resample(seedsOf: scored.map(\.sentences), by: statistic) : []

        var pairs: [PairTest] = []
        for i in scored.indices {
            for j in scored.indices.dropFirst(i + 1) {
                let (a, b) = (scored[i], scored[j]), sentences = try bootstrap.compare(resampled[i], resampled[j])
                let p =
                    switch test {
                    case .pairedBootstrap: sentences.pValue
                    case .approximateRandomisation:
                        try ApproximateRandomisation(trials: trials).compare(
                            seedsOf: a.sentences, b.sentences, by: statistic
                        ).pValue
                    }
                pairs.append(
                    PairTest(
                        (a.name, a.mean), (b.name, b.mean), interval: sentences, pSentences: p,
                        pSeeds: Significance.welch(a.scores, b.scores), effect: EffectSize(a.scores, b.scores)))
            }
        }
        Self.decide(&pairs)
        let different = Set(pairs.filter(\.isDifferent).map { [$0.a, $0.b] })
        let display = LetterDisplay(count: scored.count) { different.contains([scored[$0].name, scored[$1].name]) }
        self.test = test
        self.trials = trials
        self.pairs = pairs
        names = scored.map(\.name)
        letters = Dictionary(zip(scored.map(\.name), display.letters)) { first, _ in first }
    }

    private static func decide(_ pairs: inout [PairTest]) {
        let sentences = HolmCorrection.adjusted(pairs.map(\.pSentences)),
            seeds = HolmCorrection.adjusted(pairs.map(\.pSeeds))
        for i in pairs.indices {
            (pairs[i].adjustedSentences, pairs[i].adjustedSeeds) = (sentences[i], seeds[i])
            pairs[i].isDifferent = Significance.areDifferent(sentences: sentences[i], seeds: seeds[i])
        }
    }
}
