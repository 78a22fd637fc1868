// The outcome of a paired test between two systems on the same sentences, and the check of what goes in.

import Corpora

/// Is system B different from system A?
public struct PairedComparison: Sendable, Equatable {
    /// Which test: printed wherever its outcome is.
    public enum Test: String, Sendable, Codable {
        case pairedBootstrap = "paired bootstrap"
        case approximateRandomisation = "approximate randomisation"
    }

    public let test: Test
    /// Name of the metric.
    public let statistic: String
    public let higherIsBetter: Bool
    public let sentences: Int
    /// Resamples or shuffles.
    public let trials: Int
    /// The metric of each system on the sentences as they are; nil where undefined.
    public let a: Double?
    public let b: Double?
    /// Two-sided; 1 where the systems have the same score; nil where a score is undefined.
    public let pValue: Double?
    /// The p-value sacreBLEU's paired bootstrap would print, too small for a two-sided test (see `PairedBootstrap`).
    public let sacreBLEUPValue: Double?
    /// Share of resamples in which B is better, and in which A is (Koehn 2004); bootstrap only.
    public let winsB: Double?
    public let winsA: Double?
    /// The middle 95 % of B − A over the resamples; bootstrap only.
    public let lower: Double?
    public let upper: Double?

    /// B − A.
    public var difference: Double? { a.flatMap { a in b.map { $0 - a } } }

    /// Whether B scores better and the test says that this is no accident of the sentences.
    public func isBetter(level: Double = 0.05) -> Bool {
        guard let difference, let pValue, pValue < level else { return false }
        return higherIsBetter ? difference > 0 : difference < 0
    }

    /// Whether B scores worse, likewise.
    public func isWorse(level: Double = 0.05) -> Bool {
        guard let difference, let pValue, pValue < level else { return false }
        return higherIsBetter ? difference < 0 : difference > 0
    }

    /// - Throws: `InputError` where the two were not scored on the same number of sentences, or on none.
    static func check(_ a: Int, _ b: Int) throws {
        guard a == b else {
            throw InputError(
                """
                a paired test needs both systems on the same sentences, but A has \(a) and B has \(b); \
                score both on one test set
                """)
        }
        guard a > 0 else { throw InputError("a paired test needs at least one sentence, but there is none") }
    }
}

extension PairedComparison: Codable {
    private enum CodingKeys: String, CodingKey {
        case test, statistic, higherIsBetter = "higher_is_better", sentences, trials, a, b, difference
        case pValue = "p_value", sacreBLEUPValue = "sacrebleu_p_value", winsB = "wins_b", winsA = "wins_a", lower, upper
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        test = try c.decode(Test.self, forKey: .test)
        statistic = try c.decode(String.self, forKey: .statistic)
        higherIsBetter = try c.decode(Bool.self, forKey: .higherIsBetter)
        sentences = try c.decode(Int.self, forKey: .sentences)
        trials = try c.decode(Int.self, forKey: .trials)
        a = try c.decodeIfPresent(Double.self, forKey: .a)
        b = try c.decodeIfPresent(Double.self, forKey: .b)
        pValue = try c.decodeIfPresent(Double.self, forKey: .pValue)
        sacreBLEUPValue = try c.decodeIfPresent(Double.self, forKey: .sacreBLEUPValue)
        winsB = try c.decodeIfPresent(Double.self, forKey: .winsB)
        winsA = try c.decodeIfPresent(Double.self, forKey: .winsA)
        lower = try c.decodeIfPresent(Double.self, forKey: .lower)
        upper = try c.decodeIfPresent(Double.self, forKey: .upper)
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(test, forKey: .test)
        try c.encode(statistic, forKey: .statistic)
        try c.encode(higherIsBetter, forKey: .higherIsBetter)
        try c.encode(sentences, forKey: .sentences)
        try c.encode(trials, forKey: .trials)
        try c.encode(a, forKey: .a)
        try c.encode(b, forKey: .b)
        try c.encode(difference, forKey: .difference)
        try c.encode(pValue, forKey: .pValue)
        try c.encode(sacreBLEUPValue, forKey: .sacreBLEUPValue)
        try c.encode(winsB, forKey: .winsB)
        try c.encode(winsA, forKey: .winsA)
        try c.encode(lower, forKey: .lower)
        try c.encode(upper, forKey: .upper)
    }
}
