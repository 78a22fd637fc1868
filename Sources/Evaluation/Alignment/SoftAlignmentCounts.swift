// Soft alignment error rate (Tu et al. 2016, "Modeling coverage for neural machine translation", §5: SAER).
//
//   SAER = 1 − (|M∘S| + |M∘P|) / (|M| + |S|)
//
// M the attention matrix in place of the links; |M∘S| the weight on sure links, |M| the sum of all weights.
// A matrix of zeros and ones gives the ordinary AER back.

import Corpora

/// Weight sums of one sentence or, added up, of a corpus.
public struct SoftAlignmentCounts: Sendable, Equatable {
    /// |M|: the sum of all weights; target words without a gold link are part of it.
    public var mass = 0.0
    /// |S|
    public var sure = 0.0
    /// |M∘S|
    public var massOnSure = 0.0
    /// |M∘P|
    public var massOnPossible = 0.0

    public init() {}

    /// The sums of one sentence.
    public init(_ matrix: AttentionMatrix, gold: GoldAlignment) {
        let words = WordObservation.all(matrix, targetCount: matrix.rows.count, gold: gold)
        for word in words { self += word.soft }
        // Links of target words that have no row of their own are missed, not forgotten.
        sure = Double(gold.sure.count)
    }

    public static func += (a: inout Self, b: Self) {
        a.mass += b.mass
        a.sure += b.sure
        a.massOnSure += b.massOnSure
        a.massOnPossible += b.massOnPossible
    }

    private var ratios: LinkRatios {
        LinkRatios(predicted: mass, sure: sure, predictedSure: massOnSure, predictedPossible: massOnPossible)
    }

    public var aer: Double? { ratios.aer }
    public var precision: Double? { ratios.precision }
    public var recall: Double? { ratios.recall }
    public var f1: Double? { ratios.f1 }
}

extension SoftAlignmentCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case aer, precision, recall, f1, mass, sure, massOnSure = "mass_on_sure", massOnPossible = "mass_on_possible"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        mass = try c.decode(Double.self, forKey: .mass)
        sure = try c.decode(Double.self, forKey: .sure)
        massOnSure = try c.decode(Double.self, forKey: .massOnSure)
        massOnPossible = try c.decode(Double.self, forKey: .massOnPossible)
        try check(decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(aer, forKey: .aer)
        try c.encode(precision, forKey: .precision)
        try c.encode(recall, forKey: .recall)
        try c.encode(f1, forKey: .f1)
        try c.encode(mass, forKey: .mass)
        try c.encode(sure, forKey: .sure)
        try c.encode(massOnSure, forKey: .massOnSure)
        try c.encode(massOnPossible, forKey: .massOnPossible)
    }
}
