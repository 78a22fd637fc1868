// Soft alignment error rate (Tu et al. 2016, "Modeling coverage for neural machine translation", §5: SAER).
//
//   SAER = 1 − (|M∘S| + |M∘P|) / (|M| + |S|)
//
// M the attention matrix in place of the links; |M∘S| the weight on sure links, |M| the sum of all weights.
// A matrix of zeros and ones gives the ordinary AER back.

import Corpora

/// Weight sums of one sentence or, added up, of a corpus.
public struct SoftAlignmentCounts: Counts {
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
        let words = AlignmentMeasures.ofWords(matrix, targetCount: matrix.rows.count, gold: gold)
        for word in words { self += word.soft }
        // Links of target words that have no row of their own are missed, not forgotten.
        sure = Double(gold.sure.count)
    }

    public static let fields: [CountField<Self>] = [
        .sum("mass", \.mass),
        .sum("sure", \.sure),
        .sum("massOnSure", \.massOnSure, earlier: "mass_on_sure").part(of: \.massOnPossible),
        .sum("massOnPossible", \.massOnPossible, earlier: "mass_on_possible").part(of: \.mass),
    ]

    public static let figures: [CountFigure<Self>] = [
        .init("aer", \.aer), .init("precision", \.precision), .init("recall", \.recall), .init("f1", \.f1),
    ]

    private var ratios: LinkRatios {
        LinkRatios(predicted: mass, sure: sure, predictedSure: massOnSure, predictedPossible: massOnPossible)
    }

    public var aer: Double? { ratios.aer }
    public var precision: Double? { ratios.precision }
    public var recall: Double? { ratios.recall }
    public var f1: Double? { ratios.f1 }
}
