// Alignment error rate (Och & Ney 2003, "A systematic comparison of various statistical alignment models", §2.2).
//
//   precision = |A∩P| / |A|      recall = |A∩S| / |S|      AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|)
//
// A predicted, S sure, P possible links, S ⊆ P. Corpus figures are micro-averages: add the counts, divide once.

import Corpora

/// The link counts of one sentence or, added up, of a corpus; the figures are computed from the sums.
///
/// Undefined figures are nil, never 0, 1 or NaN, and stand as `null` in JSON.
public struct AlignmentCounts: Sendable, Equatable {
    /// |A|
    public var predicted = 0
    /// |S|
    public var sure = 0
    /// |P|, the sure links among them.
    public var possible = 0
    /// |A∩S|
    public var predictedSure = 0
    /// |A∩P|
    public var predictedPossible = 0

    public init() {}

    /// The counts of one sentence.
    public init(predicted: Set<Link>, gold: GoldAlignment) {
        self.predicted = predicted.count
        sure = gold.sure.count
        possible = gold.possible.count
        for link in predicted {
            if gold.sure.contains(link) { predictedSure += 1 }
            if gold.possible.contains(link) { predictedPossible += 1 }
        }
    }

    public static func += (a: inout Self, b: Self) {
        a.predicted += b.predicted
        a.sure += b.sure
        a.possible += b.possible
        a.predictedSure += b.predictedSure
        a.predictedPossible += b.predictedPossible
    }

    private var ratios: LinkRatios {
        LinkRatios(
            predicted: Double(predicted), sure: Double(sure),
            predictedSure: Double(predictedSure), predictedPossible: Double(predictedPossible))
    }

    /// From 0 (perfect) to 1; 1 where nothing was predicted against sure links; nil where there is neither.
    public var aer: Double? { ratios.aer }
    /// nil where nothing was predicted.
    public var precision: Double? { ratios.precision }
    /// nil where there are no sure links.
    public var recall: Double? { ratios.recall }
    /// Harmonic mean of precision and recall; nil where either is. Equals 1 − AER only where S = P.
    public var f1: Double? { ratios.f1 }
}

extension AlignmentCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case aer, precision, recall, f1, sure, possible, predicted
        case predictedSure = "predicted_sure", predictedPossible = "predicted_possible"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        predicted = try c.decode(Int.self, forKey: .predicted)
        sure = try c.decode(Int.self, forKey: .sure)
        possible = try c.decode(Int.self, forKey: .possible)
        predictedSure = try c.decode(Int.self, forKey: .predictedSure)
        predictedPossible = try c.decode(Int.self, forKey: .predictedPossible)
        try check(decoder)
    }

    /// Writes the figures beside the counts they come from, so that a results file can be read without this library.
    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(aer, forKey: .aer)
        try c.encode(precision, forKey: .precision)
        try c.encode(recall, forKey: .recall)
        try c.encode(f1, forKey: .f1)
        try c.encode(sure, forKey: .sure)
        try c.encode(possible, forKey: .possible)
        try c.encode(predicted, forKey: .predicted)
        try c.encode(predictedSure, forKey: .predictedSure)
        try c.encode(predictedPossible, forKey: .predictedPossible)
    }
}

/// The four formulas, shared by hard links and soft weights so that the two cannot drift apart.
struct LinkRatios {
    var predicted: Double
    var sure: Double
    var predictedSure: Double
    var predictedPossible: Double

    var aer: Double? { ratio(predictedSure + predictedPossible, predicted + sure).map { 1 - $0 } }
    var precision: Double? { ratio(predictedPossible, predicted) }
    var recall: Double? { ratio(predictedSure, sure) }
    var f1: Double? {
        guard let p = precision, let r = recall else { return nil }
        return p + r > 0 ? 2 * p * r / (p + r) : 0
    }
}

/// a / b, or nil where b is 0: the one place where "undefined" is decided.
func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
func ratio(_ a: Int, _ b: Int) -> Double? { b > 0 ? Double(a) / Double(b) : nil }
