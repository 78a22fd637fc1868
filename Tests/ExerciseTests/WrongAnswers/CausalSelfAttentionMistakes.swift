// What students hand in for exercise 15.

import Foundation
import Solutions
import Workbook

let causalSelfAttentionMistakes = [
    Wrong(MaskTransposed.self, "the causal mask", says: "wrong way round"),
    Wrong(NoDiagonal.self, "the causal mask", says: "diagonal is excluded"),
    Wrong(TrueMeansHidden.self, "the causal mask", says: "true marks what is hidden"),
    Wrong(MaskAfterSoftmax.self, "self-attention under a mask", says: "after the softmax"),
    Wrong(SoftmaxOverQueries.self, "self-attention under a mask", says: "over the queries"),
    Wrong(MaskReadTransposed.self, "self-attention under a mask", says: "wrong way round"),
    Wrong(NotScaled.self, "self-attention under a mask", says: "not divided by √d"),
    Wrong(ScaledByWidthOfX.self, "self-attention under a mask", says: "√D, the width of X"),
    Wrong(NoValueMatrix.self, "self-attention under a mask", says: "the values are X Wv"),
    Wrong(QueriesAsKeys.self, "self-attention under a mask", says: "swapped"),
    Wrong(BlindRowIsNaN.self, "self-attention under a mask", says: "which word"),
    Wrong(AssumesCausal.self, "the test for leaks", says: "measure it"),
    Wrong(LastThatChanges.self, "the test for leaks", says: "not the last"),
    Wrong(LooksFromPosition.self, "the test for leaks", says: "before `position` counts too"),
    Wrong(WithTolerance.self, "the test for leaks", says: "tolerance"),
    Wrong(LeaksBackByLayers.self, "the prediction", says: "nothing flow back"),
    Wrong(AlwaysItself.self, "the prediction", says: "without a mask"),
    Wrong(NotItself.self, "the prediction", says: "a word sees itself"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: CausalSelfAttentionAnswers {}

extension Otherwise {
    static func causalMask(_ count: Int) throws -> [[Bool]] { try Solutions.Exercise15.causalMask(count) }
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        try Solutions.Exercise15.selfAttention(x, wq: wq, wk: wk, wv: wv, mask: mask)
    }
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? {
        try Solutions.Exercise15.firstOutputThatChanges(
            in: attention, x: x, position: position, replacement: replacement)
    }
    static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int {
        try Solutions.Exercise15.predictedFirstChange(position: position, isCausal: isCausal, layers: layers)
    }
}

private func softmax(_ scores: [[Double]], _ mask: [[Bool]]? = nil) -> [[Double]] {
    scores.indices.map { t in mask.map { Plain.softmax(scores[t], mask: $0[t]) } ?? Plain.softmax(scores[t]) }
}

private func scores(_ x: [[Double]], _ wq: [[Double]], _ wk: [[Double]], by divisor: Double? = nil) -> [[Double]] {
    let divisor = divisor ?? Double(wq[0].count).squareRoot()
    return Plain.product(Plain.product(x, wq), Plain.transposed(Plain.product(x, wk))).map { $0.map { $0 / divisor } }
}

private enum MaskTransposed: Otherwise {
    static func causalMask(_ count: Int) throws -> [[Bool]] { (0..<count).map { t in (0..<count).map { t <= $0 } } }
}

private enum NoDiagonal: Otherwise {
    static func causalMask(_ count: Int) throws -> [[Bool]] { (0..<count).map { t in (0..<count).map { $0 < t } } }
}

private enum TrueMeansHidden: Otherwise {
    static func causalMask(_ count: Int) throws -> [[Bool]] { (0..<count).map { t in (0..<count).map { $0 > t } } }
}

private enum MaskAfterSoftmax: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        let weights = zip(softmax(scores(x, wq, wk)), mask).map { row, allowed in zip(row, allowed).map { $1 ? $0 : 0 }
        }
        return (Plain.product(weights, Plain.product(x, wv)), weights)
    }
}

private enum SoftmaxOverQueries: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        let weights = Plain.transposed(softmax(Plain.transposed(scores(x, wq, wk)), Plain.transposed(mask)))
        return (Plain.product(weights, Plain.product(x, wv)), weights)
    }
}

private enum MaskReadTransposed: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        try Solutions.Exercise15.selfAttention(x, wq: wq, wk: wk, wv: wv, mask: Plain.transposed(mask))
    }
}

private enum NotScaled: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        let weights = softmax(scores(x, wq, wk, by: 1), mask)
        return (Plain.product(weights, Plain.product(x, wv)), weights)
    }
}

private enum ScaledByWidthOfX: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        let weights = softmax(scores(x, wq, wk, by: Double(wq.count).squareRoot()), mask)
        return (Plain.product(weights, Plain.product(x, wv)), weights)
    }
}

private enum NoValueMatrix: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        let weights = softmax(scores(x, wq, wk), mask)
        return (Plain.product(weights, x), weights)
    }
}

private enum QueriesAsKeys: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        try Solutions.Exercise15.selfAttention(x, wq: wk, wk: wq, wv: wv, mask: mask)
    }
}

private enum BlindRowIsNaN: Otherwise {
    static func selfAttention(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]],
        mask: [[Bool]]
    ) throws -> (outputs: [[Double]], weights: [[Double]]) {
        do {
            return try Solutions.Exercise15.selfAttention(x, wq: wq, wk: wk, wv: wv, mask: mask)
        } catch {
            return (x, x.map { _ in [Double](repeating: .nan, count: x.count) })
        }
    }
}

private enum AssumesCausal: Otherwise {
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? { position }
}

private enum LastThatChanges: Otherwise {
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? {
        var other = x
        other[position] = replacement
        return try zip(attention(x), attention(other)).enumerated().filter { $1.0 != $1.1 }.last?.offset
    }
}

private enum LooksFromPosition: Otherwise {
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? {
        var other = x
        other[position] = replacement
        return try zip(attention(x), attention(other)).enumerated().first { $0 > position && $1.0 != $1.1 }?.offset
    }
}

private enum WithTolerance: Otherwise {
    static func firstOutputThatChanges(
        in attention: ([[Double]]) throws -> [[Double]], x: [[Double]],
        position: Int, replacement: [Double]
    ) throws -> Int? {
        var other = x
        other[position] = replacement
        return try zip(attention(x), attention(other)).enumerated().first { _, rows in
            zip(rows.0, rows.1).contains { abs($0 - $1) > 1e-5 }
        }?.offset
    }
}

private enum LeaksBackByLayers: Otherwise {
    static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int {
        isCausal ? max(0, position - layers + 1) : 0
    }
}

private enum AlwaysItself: Otherwise {
    static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int { position }
}

private enum NotItself: Otherwise {
    static func predictedFirstChange(position: Int, isCausal: Bool, layers: Int) throws -> Int {
        isCausal ? position + 1 : 0
    }
}
