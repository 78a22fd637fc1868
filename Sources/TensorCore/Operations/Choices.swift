// One source word of each row: drawn by its weight, and what a draw is worth to the weights.
// Xu et al. 2015, "Show, attend and tell", §4.1, for REINFORCE; Jang et al. 2017, "Categorical reparameterization with
// Gumbel-softmax", §2.2, for the straight-through estimator.

import Foundation

extension Tensor {
    /// A place of each row of weights, each as probable as its weight is great. No gradient flows through a choice.
    ///
    ///     α [N,S] , N numbers in (0, 1) → N places
    public func chosen(by uniform: [Double]) throws -> [Int] {
        try expect(
            shape.rank == 2 && uniform.count == shape[0],
            "chosen: \(uniform.count) random numbers for weights of shape \(shape), expected [N,S] and N numbers")
        let source = shape[1], all = values
        return uniform.enumerated().map { row, u in
            let weights = all[row * source..<(row + 1) * source].map { Double($0) }
            let possible = weights.indices.filter { weights[$0] > 0 }
            var rest = u * weights.reduce(0, +)
            for place in possible {
                rest -= weights[place]
                if rest < 0 { return place }
            }
            // Rounding alone leads here.
            return possible.last ?? 0
        }
    }

    /// −Σ_n (g_n log α[n, a_n] + λ H(α_n)), H the entropy: what draws teach the weights.
    ///
    ///     α [N,S] , N places , N numbers → [1]
    ///
    /// Words without weight have no gradient: 0 log 0 is 0, and its slope, which is none, does not count.
    ///
    /// - Parameters:
    ///   - choices: a; nil for a row that does not count.
    ///   - gains: g, which no gradient flows through.
    ///   - entropy: λ.
    public func choiceLoss(_ choices: [Int?], gains: [Double], entropy: Double) throws -> Tensor {
        try expect(
            shape.rank == 2 && choices.count == shape[0] && gains.count == shape[0],
            "choiceLoss: \(choices.count) choices and \(gains.count) gains for weights of shape \(shape), expected [N,S] and N of each"
        )
        let source = shape[1]
        if let bad = choices.compactMap({ $0 }).first(where: { !(0..<source ~= $0) }) {
            throw ShapeError("choiceLoss: a choice of place \(bad) among \(source)")
        }
        let (loss, tape) = Tensor.result(Shape(1), of: self)
        let weights = self
        func places(_ row: Int) -> [Int] {
            (0..<source).filter { weights.pointer[row * source + $0] >= .leastNormalMagnitude }
        }
        var sum = 0.0
        for (row, choice) in choices.enumerated() {
            guard let choice else { continue }
            sum -= gains[row] * log(Double(pointer[row * source + choice]))
            sum += entropy * places(row).reduce(0) { $0 + xLogX(Double(pointer[row * source + $1])) }
        }
        loss.pointer[0] = Scalar(sum)
        tape?.record {
            guard let dy = loss.arrivedGradient else { return }
            let gradient = weights.gradientPointer
            for (row, choice) in choices.enumerated() {
                guard let choice else { continue }
                let own = row * source
                gradient[own + choice] -= dy[0] * Scalar(gains[row] / Double(weights.pointer[own + choice]))
                if entropy == 0 { continue }
                for place in places(row) {
                    gradient[own + place] += dy[0] * Scalar(entropy * (log(Double(weights.pointer[own + place])) + 1))
                }
            }
        }
        return loss
    }

    /// One-hot rows: forward the word with the largest (log α + g)/τ, a draw by α where g is Gumbel noise; backward the
    /// gradient of z = softmax((log α + g)/τ), over the words that have a weight.
    ///
    ///     α [N,S] , g [N,S] → [N,S]
    ///
    /// The gradient is biased: it is not that of what goes forward, which has none.
    ///
    /// - Parameters:
    ///   - noise: g = −log(−log u), row by row.
    ///   - temperature: τ.
    public func straightThrough(adding noise: [Double], temperature: Double = 1) throws -> Tensor {
        try expect(
            shape.rank == 2 && noise.count == count,
            "straightThrough: \(noise.count) random numbers for weights of shape \(shape), expected [N,S] and one for each"
        )
        let (rows, source) = (shape[0], shape[1])
        let (y, tape) = Tensor.result(shape, of: self)
        y.pointer.update(repeating: 0, count: count)
        let weights = self
        /// log z but for the row's normaliser; −∞ for what has no weight.
        func level(_ index: Int) -> Double {
            let weight = weights.pointer[index]
            return weight < .leastNormalMagnitude ? -.infinity : (log(Double(weight)) + noise[index]) / temperature
        }
        for row in 0..<rows {
            let own = row * source, levels = (0..<source).map { level(own + $0) }
            if let best = levels.indices.max(by: { (levels[$0], $1) < (levels[$1], $0) }) { y.pointer[own + best] = 1 }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let gradient = weights.gradientPointer
            for row in 0..<rows {
                let own = row * source, levels = (0..<source).map { level(own + $0) }
                let greatest = levels.max() ?? 0, sum = levels.reduce(0) { $0 + exp($1 - greatest) }
                let z = levels.map { exp($0 - greatest) / sum }
                let mean = z.indices.reduce(0) { $0 + z[$1] * Double(dy[own + $1]) }
                for place in z.indices where z[place] > 0 {
                    let slope = z[place] * (Double(dy[own + place]) - mean) / temperature
                    gradient[own + place] += Scalar(slope / Double(weights.pointer[own + place]))
                }
            }
        }
        return y
    }
}

private func xLogX(_ x: Double) -> Double { x > 0 ? x * log(x) : 0 }
