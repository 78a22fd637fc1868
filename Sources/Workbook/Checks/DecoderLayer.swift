// Exercise 26: a decoder layer of a Transformer, part by part and whole.

import Foundation
import Randomness

/// What a decoder layer has learnt. Matrices have a row for each component of their input.
public struct DecoderLayerParameters: Sendable {
    /// Of the self-attention, and of the cross-attention's way out: [D][D].
    public var wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], crossWo: [[Double]]
    /// [D][F] and [F][D], with their biases.
    public var w1: [[Double]], b1: [Double], w2: [[Double]], b2: [Double]
    /// [3][D]: after or before self-attention, cross-attention and feed-forward.
    public var gains: [[Double]], biases: [[Double]]
    public var heads: Int

    /// - Parameters:
    ///   - attention: Wq, Wk, Wv, Wo and the cross-attention's Wo.
    ///   - norms: gains and biases.
    public init(
        attention: [[[Double]]], w1: [[Double]], b1: [Double], w2: [[Double]], b2: [Double],
        norms: (gains: [[Double]], biases: [[Double]]), heads: Int
    ) {
        (wq, wk, wv) = (attention[0], attention[1], attention[2])
        (wo, crossWo) = (attention[3], attention[4])
        (self.w1, self.b1, self.w2, self.b2) = (w1, b1, w2, b2)
        (gains, biases, self.heads) = (norms.gains, norms.biases, heads)
    }
}

public protocol DecoderLayerAnswers: Answers {
    static func layerNorm(_ x: [Double], gain: [Double], bias: [Double]) throws -> [Double]
    static func selfAttention(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]]
    static func crossAttention(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters
    ) throws -> (weights: [[Double]], outputs: [[Double]])
    static func feedForward(_ x: [[Double]], _ parameters: DecoderLayerParameters) throws -> [[Double]]
    static func layer(
        _ x: [[Double]], states: [[Double]], length: Int, _ parameters: DecoderLayerParameters, normFirst: Bool
    ) throws -> [[Double]]
}

extension DecoderLayerAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 26), "a Transformer decoder layer", topic: "DecoderLayer",
            lesson: "15_Transformer",
            hints: [
                "Five functions, and the fifth only puts the others one behind the other, with a sum around each. Which rows may look at which: target words at earlier target words, and at all real source words.",
                "Layer norm looks at one word alone: mean and variance of its D numbers. The self-attention is exercise 15's in exercise 16's heads. In post the norm is around the sum; in pre it is before the part only, and the sum keeps x itself.",
                "LN: g (x - mean)/√(variance + 1e-5) + b, variance with the divisor D. Scores of a head: q · k/√(D/heads) over the words 0…t. Cross: softmax(x · h over the first `length`), Σ α h, times crossWo. FF: max(x w1 + b1, 0) w2 + b2. Post: x = LN(x + f(x)); pre: x = x + f(LN(x)); f with gains[0], gains[1], gains[2].",
            ],
            gaps: [
                Gap("the layer norm", function: "layerNorm", checkNorm),
                Gap("the causal self-attention", function: "selfAttention", checkSelf),
                Gap("the cross-attention", function: "crossAttention", checkCross),
                Gap("the feed-forward part", function: "feedForward", checkFeedForward),
                Gap("the layer", function: "layer", checkLayer),
            ])
    }

    @Sendable private static func checkNorm() throws {
        var random = RandomSource(seed: 41)
        let ones = [1.0, 1], zeros = [0.0, 0]
        let problems: [(x: [Double], g: [Double], b: [Double])] = [
            ([1, 3], ones, zeros), ([2, 2.002], ones, zeros), (random.rounded(5), random.rounded(5), random.rounded(5)),
            ([4, 4, 4], [1, 2, 3], [0.5, 0, -0.5]),
        ]
        for (x, g, b) in problems {
            func norm(_ f: (LayerByHand.Moments) -> (Double) -> Double) -> [Double] {
                let scale = f(LayerByHand.Moments(x))
                return x.indices.map { g[$0] * scale(x[$0]) + b[$0] }
            }
            let got = try layerNorm(x, gain: g, bias: b)
            try expect(
                got, equals: LayerByHand.norm(x, g, b), "layerNorm(\(list(x)), gain: \(list(g)), bias: \(list(b)))",
                mistakes: [
                    Mistake(
                        "the variance is divided by D - 1; that is how one estimates it from a sample, and here it is that of these D numbers",
                        gives: norm { m in { ($0 - m.mean) / (m.sample + 1e-5).squareRoot() } }),
                    Mistake(
                        "D - 1, and ε outside the root: torch.std as in the Annotated Transformer; it is √(variance + ε) with the divisor D",
                        gives: norm { m in { ($0 - m.mean) / (m.sample.squareRoot() + 1e-5) } }),
                    Mistake(
                        "ε stands outside the root: it is √(variance + ε)",
                        gives: norm { m in { ($0 - m.mean) / (m.variance.squareRoot() + 1e-5) } }),
                    Mistake("ε is missing", gives: norm { m in { ($0 - m.mean) / m.variance.squareRoot() } }),
                    Mistake(
                        "the root is missing: divided by the variance",
                        gives: norm { m in { ($0 - m.mean) / (m.variance + 1e-5) } }),
                    Mistake(
                        "the mean is not subtracted", gives: norm { m in { $0 / (m.variance + 1e-5).squareRoot() } }),
                    Mistake(
                        "gain and bias are missing", gives: LayerByHand.norm(x, g.map { _ in 1 }, g.map { _ in 0 })),
                    Mistake(
                        "the gain is applied to the bias too: first times g, then plus b",
                        gives: zip(g, LayerByHand.norm(x, g.map { _ in 1 }, b)).map { $0 * $1 }),
                ],
                otherwise: got.contains(where: \.isNaN)
                    ? "0/0 where all numbers are equal: ε belongs inside the root"
                    : "g (x - mean)/√(variance + 1e-5) + b")
        }
    }

    @Sendable private static func checkSelf() throws {
        for seed: UInt64 in [42, 43] {
            let l = LayerByHand(seed: seed), p = l.parameters, T = l.x.count
            var swapped = l
            (swapped.parameters.wq, swapped.parameters.wk) = (p.wk, p.wq)
            try expect(
                selfAttention(l.x, p), equals: l.attention(l.x),
                "selfAttention of a drawn x [\(T)][\(l.width)] with \(p.heads) heads",
                mistakes: [
                    Mistake(
                        "there is no causal mask: a word looks at words that are still to be written",
                        givesRows: l.attention(l.x) { _, _ in true }),
                    Mistake(
                        "the mask is the wrong way round: words look at what is still to come",
                        givesRows: l.attention(l.x) { t, i in i >= t }),
                    Mistake(
                        "divided by √D; a head has D/heads numbers",
                        givesRows: l.attention(l.x, divisor: Double(l.width).squareRoot())),
                    Mistake("not divided by √(D/heads)", givesRows: l.attention(l.x, divisor: 1)),
                    Mistake("one head of width D", givesRows: l.attention(l.x, heads: 1)),
                    Mistake("wo is missing", givesRows: l.attention(l.x, isMixed: false)),
                    Mistake("queries and keys are swapped", givesRows: swapped.attention(l.x)),
                ],
                otherwise:
                    "heads of neighbouring columns, each softmax(q · k/√(D/heads)) over the words 0…t, side by side, times wo"
            )
        }
    }

    @Sendable private static func checkCross() throws {
        for seed: UInt64 in [44, 45] {
            let l = LayerByHand(seed: seed)
            for length in [l.states.count, 2, 1] {
                let call =
                    "crossAttention of a drawn x [\(l.x.count)][\(l.width)], \(l.states.count) states, length: \(length)"
                let got = try crossAttention(l.x, states: l.states, length: length, l.parameters)
                let scores = SelfAttentionByHand.scores(l.x, l.states, dividingBy: 1)
                func weights(_ scores: [[Double]], _ length: Int) -> [[Double]] {
                    scores.map { row in Plain.softmax(row, mask: row.indices.map { $0 < length }) }
                }
                let alpha = weights(scores, length), context = Plain.product(alpha, l.states)
                try expect(
                    got.weights, equals: alpha, "the weights of \(call)",
                    mistakes: [
                        Mistake("the padding of the source takes part", givesRows: weights(scores, l.states.count)),
                        Mistake(
                            "divided by √D; luong-dot is not",
                            givesRows: weights(scores.map { $0.map { $0 / Double(l.width).squareRoot() } }, length)),
                        Mistake(
                            "a causal mask over the source: every source word is there already",
                            givesRows: scores.enumerated().map { t, row in
                                Plain.softmax(row, mask: row.indices.map { $0 < length && $0 <= t })
                            }),
                    ], otherwise: "for each word the softmax of x · h over the first `length` states, 0 behind")
                try expect(
                    got.outputs, equals: Plain.product(context, l.parameters.crossWo), "the outputs of \(call)",
                    mistakes: [
                        Mistake("crossWo is missing", givesRows: context),
                        Mistake(
                            "wo of the self-attention was taken; the cross-attention has its own",
                            givesRows: Plain.product(context, l.parameters.wo)),
                        Mistake(
                            "x is added already; the layer does that",
                            givesRows: zip(l.x, Plain.product(context, l.parameters.crossWo)).map(Plain.sum)),
                    ], otherwise: "the weights are right; Σᵢ αᵢ hᵢ, times crossWo")
            }
        }
    }

    @Sendable private static func checkFeedForward() throws {
        let l = LayerByHand(seed: 46), p = l.parameters
        let sums = Plain.product(l.x, p.w1).map { Plain.sum($0, p.b1) }
        func out(_ hidden: [[Double]]) -> [[Double]] { Plain.product(hidden, p.w2).map { Plain.sum($0, p.b2) } }
        try expect(
            feedForward(l.x, p), equals: l.feedForward(l.x), "feedForward of a drawn x [\(l.x.count)][\(l.width)]",
            mistakes: [
                Mistake("relu is missing: two matrices without it are one", givesRows: out(sums)),
                Mistake("tanh in place of relu", givesRows: out(sums.map { $0.map { tanh($0) } })),
                Mistake("b₁ is missing", givesRows: out(Plain.product(l.x, p.w1).map { $0.map { max($0, 0) } })),
                Mistake("b₂ is missing", givesRows: Plain.product(sums.map { $0.map { max($0, 0) } }, p.w2)),
                Mistake(
                    "relu also behind the second matrix", givesRows: l.feedForward(l.x).map { $0.map { max($0, 0) } }),
                Mistake(
                    "x is added already; the layer does that", givesRows: zip(l.x, l.feedForward(l.x)).map(Plain.sum)),
            ], otherwise: "max(x w1 + b1, 0) w2 + b2, word by word")
    }

    @Sendable private static func checkLayer() throws {
        for (seed, length) in [(47 as UInt64, 5), (48, 3)] {
            let l = LayerByHand(seed: seed)
            for normFirst in [false, true] {
                let call =
                    "layer of a drawn x [\(l.x.count)][\(l.width)], \(l.states.count) states, length: \(length), normFirst: \(normFirst)"
                let got = try layer(l.x, states: l.states, length: length, l.parameters, normFirst: normFirst)
                try expect(
                    got, equals: l.layer(length, normFirst: normFirst), call,
                    mistakes: [
                        Mistake(
                            normFirst
                                ? "this is post: the norm is around the sum; pre has it before the part"
                                : "this is pre: the norm is before the part; post has it around the sum",
                            givesRows: l.layer(length, normFirst: !normFirst)),
                        Mistake(
                            "the sums are missing: x must go around every part",
                            givesRows: l.layer(length, normFirst: normFirst, sums: false)),
                        Mistake(
                            "the norm's result is what is added to; in pre the sum keeps x itself",
                            givesRows: l.layer(length, normFirst: true, keepsNorm: true)),
                        Mistake(
                            "one norm was taken three times; each part has its own",
                            givesRows: l.layer(length, normFirst: normFirst, norms: [0, 0, 0])),
                        Mistake(
                            "the cross-attention comes before the self-attention",
                            givesRows: l.layer(length, normFirst: normFirst, order: [1, 0, 2])),
                        Mistake(
                            "the padding of the source takes part",
                            givesRows: l.layer(l.states.count, normFirst: normFirst)),
                        Mistake("there are no norms", givesRows: l.layer(length, normFirst: nil)),
                    ],
                    otherwise:
                        "the gaps before this one are not right yet, or the order is another: self-attention, cross-attention, feed-forward"
                )
                let fewer = try layer(
                    Array(l.x.prefix(2)), states: l.states, length: length, l.parameters, normFirst: normFirst)
                try expect(
                    fewer, equals: Array(got.prefix(2)), "\(call), of the first two words alone,",
                    otherwise:
                        "a word knows of words after it, so that translating word by word gives something else than training"
                )
            }
        }
    }
}
