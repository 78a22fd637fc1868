// Exercise 26 · a Transformer decoder layer
//
//     LN(x)  = g ∘ (x − mean) / √(variance + ε) + b      over the D numbers of a word, with the divisor D; ε = 10⁻⁵
//     FF(x)  = relu(x W₁ + b₁) W₂ + b₂                   word by word                       Vaswani et al. 2017, §3.3
//     post   : x ← LN(x + f(x))                          the paper's order, §3.1
//     pre    : x ← x + f(LN(x))                          what is used since: the sum runs through untouched
//     layer  : f = causal self-attention, then cross-attention, then FF; each with a norm of its own
//
// The cross-attention is the attention of all these lessons: a query for each target word, scores over the source,
// weights, a context. What is new is only how the query came about, and that a sum goes around every part of the layer.
// Here it is luong-dot: eᵢ = x · hᵢ, c = Σᵢ αᵢ hᵢ, and what it adds is c Wo.
//
//     x = (1, 3), g = (1, 1), b = 0: mean 2, variance 1, LN = (−0.999995, 0.999995). With n − 1 the variance would be
//     2.
//
// `parameters` of a layer: `wq`, `wk`, `wv`, `wo` of the self-attention and `crossWo`, all [D][D]; `w1` [D][F], `b1`
// [F], `w2` [F][D], `b2` [D]; `gains` and `biases` [3][D] of the norms, in the order in which the layer uses them;
// `heads`. A matrix has a row for each component of its input.
//
// Lesson  Notebooks-md/15_Transformer.md
// Check   swift test --filter Exercise26
// Hints   swift run attention exercises hint 26

import Foundation
public import Workbook

public enum Exercise26: DecoderLayerAnswers {
    /// - Parameters:
    ///   - x: one word [D].
    ///   - gain: g [D].
    ///   - bias: b [D].
    public static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double] {
        // gap: throw Unfinished("the layer norm")
        let count = Double(x.count), mean = x.reduce(0, +) / count
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return x.indices.map { gain[$0] * (x[$0] - mean) / (variance + 1e-5).squareRoot() + bias[$0] }
        // end of gap
    }

    /// Causal self-attention in several heads: word t looks at the words 0…t.
    ///
    /// - Parameter x: [T][D].
    /// - Returns: [T][D], with `wo` applied.
    public static func selfAttention(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        // gap: throw Unfinished("the causal self-attention")
        let p = parameters, width = p.wo.count / p.heads
        let queries = product(x, p.wq), keys = product(x, p.wk), values = product(x, p.wv)
        let heads = x.indices.map { t in
            (0..<p.heads).flatMap { head in
                let columns = head * width..<(head + 1) * width
                // √ of a head's width, and only the words that are there already.
                let scores = (0...t).map { i in
                    columns.reduce(0) { $0 + queries[t][$1] * keys[i][$1] } / Double(width).squareRoot()
                }
                let weights = softmax(scores)
                return columns.map { column in (0...t).reduce(0) { $0 + weights[$1] * values[$1][column] } }
            }
        }
        return product(heads, p.wo)
        // end of gap
    }

    /// - Parameters:
    ///   - x: the queries [T][D].
    ///   - states: h [S][D]; from `length` on padding.
    /// - Returns: the weights [T][S], exactly 0 in the padding, and what is added to x [T][D].
    public static func crossAttention(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters
    ) throws -> (weights: [[Double]], outputs: [[Double]]) {
        // gap: throw Unfinished("the cross-attention")
        let words = Array(states.prefix(length))
        let weights = x.map { query in softmax(words.map { state in zip(query, state).reduce(0) { $0 + $1.0 * $1.1 } })
        }
        let padding = Array(repeating: 0.0, count: states.count - length)
        return (weights.map { $0 + padding }, product(product(weights, words), parameters.crossWo))
        // end of gap
    }

    /// - Parameter x: [T][D].
    /// - Returns: [T][D].
    public static func feedForward(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]] {
        // gap: throw Unfinished("the feed-forward part")
        let p = parameters
        let hidden = product(x, p.w1).map { row in zip(row, p.b1).map { max($0 + $1, 0) } }
        return product(hidden, p.w2).map { row in zip(row, p.b2).map { $0 + $1 } }
        // end of gap
    }

    /// The whole layer.
    ///
    /// - Parameters:
    ///   - x: [T][D].
    ///   - states: h [S][D]; from `length` on padding.
    ///   - normFirst: pre, or else post. (The norm behind the last layer, which pre needs, is not part of the layer.)
    /// - Returns: [T][D].
    public static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]] {
        // gap: throw Unfinished("the layer")
        let p = parameters
        let parts: [([[Double]]) throws -> [[Double]]] = [
            { try selfAttention($0, p) },
            { try crossAttention($0, states: states, length: length, p).outputs },
            { try feedForward($0, p) },
        ]
        var x = x
        for (number, part) in parts.enumerated() {
            func norm(_ rows: [[Double]]) throws -> [[Double]] {
                try rows.map { try layerNorm($0, gain: p.gains[number], bias: p.biases[number]) }
            }
            let added = try normFirst ? part(norm(x)) : part(x)
            let sum = zip(x, added).map { zip($0, $1).map { $0 + $1 } }
            x = try normFirst ? sum : norm(sum)
        }
        return x
        // end of gap
    }

    /// Given: that of exercise 1.
    public static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }

    /// A B, for use above: [n][m] and [m][k] → [n][k].
    private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
        a.map { row in (b.first ?? []).indices.map { column in zip(row, b).map { $0 * $1[column] }.reduce(0, +) } }
    }
}
