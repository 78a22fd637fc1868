// How spread the weights are: normalised entropy of each target word's weights (Ghader & Monz 2017, §4).
//
//   H_j / ln n = −Σ_i α[j][i] ln α[j][i] / ln n        n the real source length
//
// 0 is a single word, 1 is uniform. A source of one word has nothing to spread over: 0. And 0 · ln 0 = 0.

import Foundation

/// The normalised entropy of one row of weights.
public func normalisedEntropy(_ weights: some Sequence<Double>, sourceCount: Int) -> Double {
    guard sourceCount > 1 else { return 0 }
    var sum = 0.0
    for weight in weights where weight > 0 { sum -= weight * log(weight) }
    return sum / log(Double(sourceCount))
}

/// The mean over target words, additive.
public struct EntropyCounts: Counts {
    /// Target words with weights.
    public var words = 0
    /// Sum of their normalised entropies.
    public var sum = 0.0

    public init() {}

    /// From 0 (one word) to 1 (uniform); nil where no word had weights.
    public var mean: Double? { ratio(sum, Double(words)) }

    public mutating func add(_ entropy: Double) {
        words += 1
        sum += entropy
    }

    public static let fields: [CountField<Self>] = [.number("words", \.words), .sum("sum", \.sum).part(of: \.words)]

    public static let figures: [CountFigure<Self>] = [.init("mean", \.mean)]
}
