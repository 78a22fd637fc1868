// BLEU (Papineni et al. 2002), exactly as sacreBLEU 2.x computes it (Post 2018).
//
//   BLEU = BP · exp( ¼ Σ_{n=1…4} ln p_n )      BP = 1 if c ≥ r, else exp(1 − r/c)
//
// c and r the hypothesis and reference length in tokens; p_n the share of n-grams that are correct, in percent.

import Corpora
import Foundation

/// What is done about an order n without a correct n-gram (Chen & Cherry 2014).
public enum BLEUSmoothing: Sendable, Codable, Equatable {
    case none
    /// The correct count becomes this, 0.1 by default.
    case floor(Double = 0.1)
    /// This much is added to correct and total counts of n > 1, 1 by default.
    case addK(Double = 1)
    /// Half the share a single hit would give, then a quarter, and so on: what mteval-v13a does.
    case exponential

    var signature: String {
        switch self {
        case .none: "none"
        case .floor(let value): "floor[" + String(format: "%.2f", value) + "]"
        case .addK(let value): "add-k[" + String(format: "%.2f", value) + "]"
        case .exponential: "exp"
        }
    }
}

public struct BLEUOptions: Sendable, Codable, Equatable {
    public var smoothing: BLEUSmoothing
    public var lowercase: Bool
    public var tokenizer: BLEUTokenizer
    /// Leaves out orders longer than the hypothesis. For single sentences; a corpus whose longest hypothesis has fewer
    /// than four tokens scores 0 without it, even where it is perfect.
    public var effectiveOrder: Bool

    public init(
        smoothing: BLEUSmoothing = .exponential, lowercase: Bool = false, tokenizer: BLEUTokenizer = .v13a,
        effectiveOrder: Bool = false
    ) {
        self.smoothing = smoothing
        self.lowercase = lowercase
        self.tokenizer = tokenizer
        self.effectiveOrder = effectiveOrder
    }

    /// sacreBLEU's `sentence_bleu`.
    public static let sentence = BLEUOptions(effectiveOrder: true)

    /// The settings in sacreBLEU's words, with the version whose figures these are.
    public func signature(references: Int) -> String {
        "nrefs:\(references)|case:\(lowercase ? "lc" : "mixed")|eff:\(effectiveOrder ? "yes" : "no")"
            + "|tok:\(tokenizer.rawValue)|smooth:\(smoothing.signature)|version:\(BLEU.sacreBLEUVersion)"
    }
}

/// A BLEU score with what it was computed from. Scores and precisions are in percent.
public struct BLEUScore: Sendable, Codable, Equatable {
    public let score: Double
    /// For n = 1 … 4, smoothed.
    public let precisions: [Double]
    public let brevityPenalty: Double
    public let hypothesisLength: Int
    public let referenceLength: Int
    /// Correct and total n-grams for n = 1 … 4, as counted: before smoothing.
    public let correct: [Int]
    public let total: [Int]
    public let signature: String

    private enum CodingKeys: String, CodingKey {
        case score, precisions, brevityPenalty = "brevity_penalty", hypothesisLength = "hypothesis_length"
        case referenceLength = "reference_length", correct, total, signature
    }
}

public enum BLEU {
    /// The release whose behaviour this reproduces.
    public static let sacreBLEUVersion = "2.6.0"

    /// - Parameter references: one list a reference translation, each as long as `hypotheses`.
    /// - Throws: `InputError` where there is nothing to score or the numbers of lines differ. (sacreBLEU's library
    ///   silently drops the surplus lines.)
    public static func corpus(
        hypotheses: [String], references: [[String]],
        options: BLEUOptions = .init()
    ) throws -> BLEUScore {
        var sum = BLEUStatistics()
        try count(hypotheses: hypotheses, references: references, options: options) { sum += $0 }
        return score(sum, references: references.count, options: options)
    }

    /// One sentence against all its references; with effective order unless `options` say otherwise.
    public static func sentence(
        _ hypothesis: String, references: [String], options: BLEUOptions = .sentence
    ) -> BLEUScore {
        score(
            BLEUStatistics(hypothesis: hypothesis, references: references, options: options),
            references: references.count, options: options)
    }

    /// The statistics of each sentence, for tests that resample sentences.
    /// - Throws: as `corpus`.
    public static func statistics(
        hypotheses: [String], references: [[String]],
        options: BLEUOptions = .init()
    ) throws -> [BLEUStatistics] {
        var sentences: [BLEUStatistics] = []
        try count(hypotheses: hypotheses, references: references, options: options) { sentences.append($0) }
        return sentences
    }

    /// The same, one after the other, for texts of which not every sentence shall be kept.
    /// - Throws: as `corpus`.
    public static func count(
        hypotheses: [String], references: [[String]], options: BLEUOptions = .init(),
        _ body: (BLEUStatistics) -> Void
    ) throws {
        try checkLines(hypotheses, references)
        var counter = BLEUCounter(options)
        for line in hypotheses.indices {
            body(counter.count(hypothesis: hypotheses[line], references: references.map { $0[line] }))
        }
    }

    /// The score of added statistics.
    public static func score(_ sums: BLEUStatistics, references: Int = 1, options: BLEUOptions = .init()) -> BLEUScore {
        let (score, precisions, penalty) = score(
            hypothesisLength: Double(sums.hypothesisLength),
            referenceLength: Double(sums.referenceLength),
            correct: sums.correct.map(Double.init),
            total: sums.total.map(Double.init), options: options)
        return BLEUScore(
            score: score, precisions: precisions, brevityPenalty: penalty,
            hypothesisLength: sums.hypothesisLength, referenceLength: sums.referenceLength,
            correct: sums.correct, total: sums.total, signature: options.signature(references: references))
    }

    /// Follows sacreBLEU's `compute_bleu` step by step.
    static func score(
        hypothesisLength: Double, referenceLength: Double, correct: [Double], total: [Double],
        options: BLEUOptions
    ) -> (score: Double, precisions: [Double], brevityPenalty: Double) {
        let penalty =
            hypothesisLength >= referenceLength
            ? 1
            : hypothesisLength > 0 ? exp(1 - referenceLength / hypothesisLength) : 0
        var precisions = [Double](repeating: 0, count: BLEUStatistics.orders)
        guard correct.contains(where: { $0 > 0 }) else { return (0, precisions, penalty) }

        var order = BLEUStatistics.orders
        var halvings = 1.0
        for n in 0..<BLEUStatistics.orders {
            var hits = correct[n], all = total[n]
            if case .addK(let k) = options.smoothing, n > 0 {
                hits += k
                all += k
            }
            if all == 0 { break }
            if options.effectiveOrder { order = n + 1 }
            if hits > 0 {
                precisions[n] = 100 * hits / all
            } else if case .exponential = options.smoothing {
                halvings *= 2
                precisions[n] = 100 / (halvings * all)
            } else if case .floor(let value) = options.smoothing {
                precisions[n] = 100 * value / all
            }
        }
        // sacreBLEU's ln 0: low enough that the score is 0, finite so that nothing becomes NaN.
        let logs = precisions.prefix(order).map { $0 == 0 ? -9_999_999_999 : log($0) }
        return (penalty * exp(logs.reduce(0, +) / Double(order)), precisions, penalty)
    }

    /// Shared with chrF.
    static func checkLines(_ hypotheses: [String], _ references: [[String]]) throws {
        guard !references.isEmpty else {
            throw InputError("there is no reference to compare the hypotheses with; give at least one")
        }
        guard !hypotheses.isEmpty else {
            throw InputError("there are no hypotheses to score; give at least one line")
        }
        for (k, reference) in references.enumerated() where reference.count != hypotheses.count {
            let name = references.count == 1 ? "the reference" : "reference \(k + 1)"
            throw InputError(
                """
                the hypotheses have \(hypotheses.count) lines and \(name) has \(reference.count); \
                every hypothesis needs one reference line, so give files of the same length
                """)
        }
    }
}
