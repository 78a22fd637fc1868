// chrF (Popović 2015) and chrF++ (Popović 2017), exactly as sacreBLEU 2.x computes them.
//
//   chrF2 = 5 · P · R / (4 · P + R)      P, R the means over n-gram orders of precision and recall
//
// Characters are Unicode scalars, whitespace is left out; n = 1 … 6, for chrF++ also words, n = 1, 2. Orders that the
// hypothesis or the reference is too short for are left out of the means.

import Corpora

/// Of one sentence or, added up, of a corpus: for each order the n-grams of the hypothesis, of the reference, of both.
public struct ChrFStatistics: Counts {
    public var sentences = 0
    /// (hypothesis, reference, matching) for each order in turn.
    public var counts: [Int] = []

    public init() {}

    init(counts: [Int]) { self.counts = counts }

    /// No sentence yet.
    public init(_ metric: ChrF) { counts = [Int](repeating: 0, count: 3 * metric.orders) }

    public static let fields: [CountField<Self>] = [
        .number("sentences", \.sentences), .numbers("counts", \.counts, count: nil),
    ]

    public var fault: String? {
        guard counts.count.isMultiple(of: 3) else {
            return "there are \(counts.count) “counts”, which are three an order"
        }
        for start in stride(from: 0, to: counts.count, by: 3) {
            let (hypothesis, reference, both) = (counts[start], counts[start + 1], counts[start + 2])
            if both <= min(hypothesis, reference) { continue }
            return
                "“counts” has \(both) n-grams of order \(start / 3 + 1) in both, of \(hypothesis) in the hypothesis and "
                + "\(reference) in the reference"
        }
        return nil
    }
}

/// A chrF score in percent.
public struct ChrFScore: Sendable, Codable, Equatable {
    public let name: String
    public let score: Double
    public let signature: String
}

/// One variant of the metric: `ChrF.chrF2` or `ChrF.chrF2PlusPlus`.
public struct ChrF: Sendable, Codable, Equatable {
    static let characterOrders = 6
    let wordOrders: Int
    public var lowercase = false

    public static let chrF2 = ChrF(wordOrders: 0)
    /// With word unigrams and bigrams.
    public static let chrF2PlusPlus = ChrF(wordOrders: 2)

    var orders: Int { Self.characterOrders + wordOrders }
    public var name: String { "chrF2" + String(repeating: "+", count: wordOrders) }

    public func signature(references: Int) -> String {
        "nrefs:\(references)|case:\(lowercase ? "lc" : "mixed")|eff:yes|nc:\(Self.characterOrders)|nw:\(wordOrders)"
            + "|space:no|version:\(BLEU.sacreBLEUVersion)"
    }

    /// - Parameter references: one list a reference translation, each as long as `hypotheses`.
    /// - Throws: `InputError` where there is nothing to score or the numbers of lines differ.
    public func corpus(hypotheses: [String], references: [[String]]) throws -> ChrFScore {
        var sum = ChrFStatistics(self)
        try count(hypotheses: hypotheses, references: references) { sum += $0 }
        return corpus(sum, references: references.count)
    }

    /// The score of added statistics, with its name and signature.
    public func corpus(_ sums: ChrFStatistics, references: Int) -> ChrFScore {
        ChrFScore(name: name, score: score(sums), signature: signature(references: references))
    }

    public func sentence(_ hypothesis: String, references: [String]) -> ChrFScore {
        ChrFScore(
            name: name, score: score(statistics(hypothesis, references: references)),
            signature: signature(references: references.count))
    }

    /// The statistics of one sentence.
    public func statistics(_ hypothesis: String, references: [String]) -> ChrFStatistics {
        var counter = ChrFCounter(self)
        return counter.count(hypothesis: hypothesis, references: references)
    }

    /// The statistics of each sentence, for tests that resample sentences.
    /// - Throws: as `corpus`.
    public func statistics(hypotheses: [String], references: [[String]]) throws -> [ChrFStatistics] {
        var sentences: [ChrFStatistics] = []
        try count(hypotheses: hypotheses, references: references) { sentences.append($0) }
        return sentences
    }

    /// The same, one after the other, for texts of which not every sentence shall be kept.
    /// - Throws: as `corpus`.
    public func count(
        hypotheses: [String], references: [[String]], _ body: (ChrFStatistics) -> Void
    ) throws {
        try BLEU.checkLines(hypotheses, references)
        var counter = ChrFCounter(self)
        for line in hypotheses.indices {
            body(counter.count(hypothesis: hypotheses[line], references: references.map { $0[line] }))
        }
    }

    /// The score of added statistics, in percent.
    public func score(_ sums: ChrFStatistics) -> Double { score(sums.counts.map(Double.init)) }

    func score(_ counts: [Double]) -> Double {
        var precision = 0.0, recall = 0.0, used = 0.0
        for n in 0..<min(orders, counts.count / 3) {
            let hypothesis = counts[3 * n], reference = counts[3 * n + 1], matching = counts[3 * n + 2]
            guard hypothesis > 0, reference > 0 else { continue }
            precision += matching / hypothesis
            recall += matching / reference
            used += 1
        }
        guard used > 0, precision + recall > 0 else { return 0 }
        precision /= used
        recall /= used
        return 100 * (5 * precision * recall / (4 * precision + recall))
    }
}
