// What students hand in for exercise 26, and what is published.

import Foundation
import Solutions
import Workbook

let decoderLayerMistakes = [
    Wrong(SampleVariance.self, "the layer norm", says: "divided by D - 1"),
    Wrong(Annotated.self, "the layer norm", says: "as in the Annotated Transformer"),
    Wrong(EpsilonOutside.self, "the layer norm", says: "ε stands outside the root"),
    Wrong(NoMask.self, "the causal self-attention", says: "there is no causal mask"),
    Wrong(OneHead.self, "the causal self-attention", says: "one head of width D"),
    Wrong(Padded.self, "the cross-attention", says: "the padding of the source takes part"),
    Wrong(AddsItself.self, "the cross-attention", says: "x is added already"),
    Wrong(NoRelu.self, "the feed-forward part", says: "relu is missing"),
    Wrong(AddsItself.self, "the feed-forward part", says: "x is added already"),
    Wrong(OtherOrder.self, "the layer", says: "this is pre"),
    Wrong(Padded.self, "the layer", says: "the padding of the source takes part"),
    Wrong(KeepsTheNorm.self, "the layer", says: "in pre the sum keeps x itself"),
]

private typealias Solution = Solutions.Exercise26

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: DecoderLayerAnswers {}

extension Otherwise {
    static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double] {
        try Solution.layerNorm(x, gain: gain, bias: bias)
    }
    static func selfAttention(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        try Solution.selfAttention(x, parameters)
    }
    static func crossAttention(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters
    ) throws -> (weights: [[Double]], outputs: [[Double]]) {
        try Solution.crossAttention(x, states: states, length: length, parameters)
    }
    static func feedForward(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        try Solution.feedForward(x, parameters)
    }
    static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]] {
        try Solution.layer(x, states: states, length: length, parameters, normFirst: normFirst)
    }
}

/// A norm whose divisor is made of the sum of squares.
private func norm(_ x: [Double], _ gain: [Double], _ bias: [Double], _ divisor: (Double) -> Double) -> [Double] {
    let mean = x.reduce(0, +) / Double(x.count), squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return x.indices.map { gain[$0] * (x[$0] - mean) / divisor(squares) + bias[$0] }
}

private enum SampleVariance: Otherwise {
    static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double] {
        norm(x, gain, bias) { ($0 / Double(x.count - 1) + 1e-5).squareRoot() }
    }
}

private enum Annotated: Otherwise {
    static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double] {
        norm(x, gain, bias) { ($0 / Double(x.count - 1)).squareRoot() + 1e-5 }
    }
}

private enum EpsilonOutside: Otherwise {
    static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double] {
        norm(x, gain, bias) { ($0 / Double(x.count)).squareRoot() + 1e-5 }
    }
}

private enum NoMask: Otherwise {
    static func selfAttention(_ x: [[Double]], _ p: DecoderLayerParameters) throws -> [[Double]] {
        let size = x[0].count / p.heads
        func heads(_ w: [[Double]]) -> [[[Double]]] {
            (0..<p.heads).map { h in Plain.product(x, w).map { Array($0[h * size..<(h + 1) * size]) } }
        }
        let (q, k, v) = (heads(p.wq), heads(p.wk), heads(p.wv))
        let found = q.indices.map { h in
            Plain.product(
                Plain.product(q[h], Plain.transposed(k[h])).map { row in
                    Plain.softmax(row.map { $0 / Double(size).squareRoot() })
                }, v[h])
        }
        return Plain.product(x.indices.map { t in found.flatMap { $0[t] } }, p.wo)
    }
}

private enum OneHead: Otherwise {
    static func selfAttention(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        var p = parameters
        p.heads = 1
        return try Solution.selfAttention(x, p)
    }
}

private enum Padded: Otherwise {
    static func crossAttention(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters
    ) throws -> (weights: [[Double]], outputs: [[Double]]) {
        try Solution.crossAttention(x, states: states, length: states.count, parameters)
    }
    static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]] {
        try Solution.layer(x, states: states, length: states.count, parameters, normFirst: normFirst)
    }
}

private enum AddsItself: Otherwise {
    static func crossAttention(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters
    ) throws -> (weights: [[Double]], outputs: [[Double]]) {
        let right = try Solution.crossAttention(x, states: states, length: length, parameters)
        return (right.weights, zip(x, right.outputs).map(Plain.sum))
    }
    static func feedForward(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        try zip(x, Solution.feedForward(x, parameters)).map(Plain.sum)
    }
}

private enum NoRelu: Otherwise {
    static func feedForward(_ x: [[Double]], _ p: DecoderLayerParameters) throws -> [[Double]] {
        Plain.product(Plain.product(x, p.w1).map { Plain.sum($0, p.b1) }, p.w2).map { Plain.sum($0, p.b2) }
    }
}

private enum OtherOrder: Otherwise {
    static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]] {
        try Solution.layer(x, states: states, length: length, parameters, normFirst: true)
    }
}

private enum KeepsTheNorm: Otherwise {
    static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ p: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]] {
        if !normFirst { return try Solution.layer(x, states: states, length: length, p, normFirst: false) }
        let parts: [([[Double]]) throws -> [[Double]]] = [
            { try Solution.selfAttention($0, p) },
            { try Solution.crossAttention($0, states: states, length: length, p).outputs },
            { try Solution.feedForward($0, p) },
        ]
        return try zip(parts, zip(p.gains, p.biases)).reduce(x) { x, step in
            let normed = try x.map { try Solution.layerNorm($0, gain: step.1.0, bias: step.1.1) }
            return try zip(normed, step.0(normed)).map(Plain.sum)
        }
    }
}
