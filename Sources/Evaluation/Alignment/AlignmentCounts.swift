// Alignment error rate (Och & Ney 2003, "A systematic comparison of various statistical alignment models", §2.2).
//
//   precision = |A∩P| / |A|      recall = |A∩S| / |S|      AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|)
//
// A predicted, S sure, P possible links, S ⊆ P. Corpus figures are micro-averages: add the counts, divide once.

import Corpora

/// The link counts of one sentence or, added up, of a corpus; the figures are computed from the sums.
///
/// Undefined figures are nil, never 0, 1 or NaN, and stand as `null` in JSON.
public struct AlignmentCounts: Counts {
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

    /// The same of packed links, both in rising order.
    /// - Parameter allSure: whether a possible link of the gold counts as a sure one.
    public init(predicted: ArraySlice<PackedLink>, gold: ArraySlice<PackedLink>, allSure: Bool = false) {
        self.predicted = predicted.count
        possible = gold.count
        sure = allSure ? gold.count : gold.count(where: \.isSure)
        var place = gold.startIndex
        for link in predicted {
            while place < gold.endIndex, gold[place].place < link.place { place += 1 }
            guard place < gold.endIndex, gold[place].place == link.place else { continue }
            predictedPossible += 1
            if allSure || gold[place].isSure { predictedSure += 1 }
        }
    }

    public static let fields: [CountField<Self>] = [
        .number("predicted", \.predicted),
        .number("sure", \.sure).part(of: \.possible),
        .number("possible", \.possible),
        .number("predictedSure", \.predictedSure, earlier: "predicted_sure").part(of: \.sure, \.predictedPossible),
        .number("predictedPossible", \.predictedPossible, earlier: "predicted_possible")
            .part(of: \.possible, \.predicted),
    ]

    public static let figures: [CountFigure<Self>] = [
        .init("aer", \.aer), .init("precision", \.precision), .init("recall", \.recall), .init("f1", \.f1),
    ]

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
    /// F with α: 1 / (α / precision + (1 − α) / recall) (Fraser & Marcu 2007, §3); with α = ½ it is F1. Above ½ precision
    /// counts more. nil where precision or recall is.
    public func f(alpha: Double) -> Double? { ratios.f(alpha: alpha) }
}

/// The formulas, shared by hard links and soft weights so that the two cannot drift apart.
struct LinkRatios {
    var predicted: Double
    var sure: Double
    var predictedSure: Double
    var predictedPossible: Double

    var aer: Double? { ratio(predictedSure + predictedPossible, predicted + sure).map { 1 - $0 } }
    var precision: Double? { ratio(predictedPossible, predicted) }
    var recall: Double? { ratio(predictedSure, sure) }
    var f1: Double? { f(alpha: 0.5) }
    func f(alpha: Double) -> Double? {
        guard let p = precision, let r = recall else { return nil }
        return p > 0 && r > 0 ? p * r / (alpha * r + (1 - alpha) * p) : 0
    }
}

/// a / b, or nil where b is 0: the one place where "undefined" is decided.
func ratio(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
func ratio(_ a: Int, _ b: Int) -> Double? { b > 0 ? Double(a) / Double(b) : nil }
