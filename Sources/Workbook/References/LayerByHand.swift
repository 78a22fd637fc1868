// A decoder layer written out, right and in the ways in which it is done wrong, for the checks of exercise 26 and of
// bug hunt 12.

import Foundation
import Randomness

struct LayerByHand {
    var parameters: DecoderLayerParameters
    let x: [[Double]], states: [[Double]]

    /// D = 4, T = 4, S = 5, F = 6, two heads.
    init(seed: UInt64) {
        var random = RandomSource(seed: seed)
        parameters = DecoderLayerParameters(
            attention: (0..<5).map { _ in random.rounded(4, 4) }, w1: random.rounded(4, 6), b1: random.rounded(6),
            w2: random.rounded(6, 4), b2: random.rounded(4),
            norms: (random.rounded(3, 4).map { $0.map { 1 + $0 / 2 } }, random.rounded(3, 4)), heads: 2)
        x = random.rounded(4, 4)
        states = random.rounded(5, 4)
    }

    var width: Int { parameters.wo.count }

    /// Mean, and the variance with the divisors n and n − 1.
    struct Moments {
        let mean: Double, variance: Double, sample: Double

        init(_ x: [Double]) {
            let count = Double(x.count), mean = x.reduce(0, +) / count
            let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            (self.mean, variance, sample) = (mean, squares / count, squares / (count - 1))
        }
    }

    static func norm(_ x: [Double], _ gain: [Double], _ bias: [Double]) -> [Double] {
        let moments = Moments(x), root = (moments.variance + 1e-5).squareRoot()
        return x.indices.map { gain[$0] * (x[$0] - moments.mean) / root + bias[$0] }
    }

    func attention(
        _ x: [[Double]], divisor: Double? = nil, heads count: Int? = nil, isMixed: Bool = true,
        _ mask: (_ t: Int, _ i: Int) -> Bool = { $1 <= $0 }
    ) -> [[Double]] {
        let p = parameters, count = count ?? p.heads, size = width / count
        func head(_ rows: [[Double]], _ h: Int) -> [[Double]] { rows.map { Array($0[h * size..<(h + 1) * size]) } }
        let q = Plain.product(x, p.wq), k = Plain.product(x, p.wk), v = Plain.product(x, p.wv)
        let allowed = x.indices.map { t in x.indices.map { mask(t, $0) } }
        let found = (0..<count).map { h in
            let scores = SelfAttentionByHand.scores(head(q, h), head(k, h), dividingBy: divisor)
            return Plain.product(SelfAttentionByHand.softmax(scores, allowed), head(v, h))
        }
        let merged = x.indices.map { t in found.flatMap { $0[t] } }
        return isMixed ? Plain.product(merged, p.wo) : merged
    }

    func cross(_ x: [[Double]], _ length: Int) -> [[Double]] {
        let scores = SelfAttentionByHand.scores(x, states, dividingBy: 1)
        let weights = scores.map { row in Plain.softmax(row, mask: row.indices.map { $0 < length }) }
        return Plain.product(Plain.product(weights, states), parameters.crossWo)
    }

    func feedForward(_ x: [[Double]]) -> [[Double]] {
        let hidden = Plain.product(x, parameters.w1).map { Plain.sum($0, parameters.b1).map { max($0, 0) } }
        return Plain.product(hidden, parameters.w2).map { Plain.sum($0, parameters.b2) }
    }

    /// - Parameters:
    ///   - normFirst: nil for no norms at all.
    ///   - keepsNorm: whether the sum begins with the norm's result.
    func layer(
        _ length: Int, normFirst: Bool?, sums: Bool = true, keepsNorm: Bool = false, norms: [Int] = [0, 1, 2],
        order: [Int] = [0, 1, 2]
    ) -> [[Double]] {
        let parts: [([[Double]]) -> [[Double]]] = [{ attention($0) }, { cross($0, length) }, { feedForward($0) }]
        return zip(order, norms).reduce(x) { x, step in
            func norm(_ rows: [[Double]]) -> [[Double]] {
                rows.map { Self.norm($0, parameters.gains[step.1], parameters.biases[step.1]) }
            }
            let input = normFirst == true ? norm(x) : x, added = parts[step.0](input)
            let sum = sums ? zip(keepsNorm ? input : x, added).map(Plain.sum) : added
            return normFirst == false ? norm(sum) : sum
        }
    }
}
