// Writing a word or copying it: the mixture of the pointer-generator (See et al. 2017, "Get to the point", §2.2, eq.
// 8–9).
//
//   P(w) = p_gen · softmax(logits)_w + (1 − p_gen) · Σ_{i: xᵢ = w} αᵢ,      p_gen = σ(z)
//
// over the extended vocabulary: ids 0 ..< V are the words of the output layer, V, V+1 … the words of the source
// sentence that it does not have. N rows, of B sentences time first: row n is of sentence n mod B.

import Foundation
import VectorMath

extension Tensor {
    /// The weight that copying gives to one word a row: m = Σ_{i: xᵢ = y} αᵢ.
    ///
    ///     α [N,S] → [N,1]
    ///
    /// - Parameters:
    ///   - targets: y, one a row.
    ///   - copies: x, the extended ids of the source words, row-major [B,S].
    public func mass(on targets: [Int], among copies: [Int]) throws -> Tensor {
        let sentences = try expectCopies(copies, "mass")
        try expect(
            targets.count == shape[0],
            "mass: \(targets.count) targets for weights of shape \(shape), expected one a row")
        let (rows, source) = (shape[0], shape[1])
        let (m, tape) = Tensor.result(Shape(rows, 1), of: self)
        func places(_ n: Int) -> [Int] {
            let first = n % sentences * source
            return (0..<source).filter { copies[first + $0] == targets[n] }
        }
        for n in 0..<rows { m.pointer[n] = places(n).reduce(0) { $0 + pointer[n * source + $1] } }
        let weights = self
        tape?.record {
            guard let dm = m.arrivedGradient else { return }
            let dw = weights.gradientPointer
            for n in 0..<rows { for i in places(n) { dw[n * source + i] += dm[n] } }
        }
        return m
    }

    /// Mean over the targets that are not `ignored` of −log P(target).
    ///
    ///     logits [N,V] , z [N,1] , m [N,1] , N targets → [1]
    ///
    /// - Parameters:
    ///   - gate: z; p_gen = σ(z).
    ///   - copied: m, the mass on each target. One that has rounded to 0 counts as the smallest normal number where
    ///     nothing but copying could give the word, so that the loss stays finite.
    ///   - targets: extended ids.
    ///   - total: as for `crossEntropy`.
    /// - Complexity: N·V exponentials.
    public func pointerCrossEntropy(
        gate: Tensor, copied: Tensor, targets: [Int], ignoring ignored: Int,
        dividingBy total: Int? = nil
    ) throws -> Tensor {
        try expect(
            shape.rank == 2 && targets.count == shape[0],
            "pointerCrossEntropy: the logits have shape \(shape) for \(targets.count) targets, expected [N,V] and N targets"
        )
        let (rows, vocabulary) = (shape[0], shape[1])
        try expect(gate.shape, is: Shape(rows, 1), "pointerCrossEntropy: the gate", axes: "N,1")
        try expect(copied.shape, is: Shape(rows, 1), "pointerCrossEntropy: the copied mass", axes: "N,1")
        if let bad = targets.first(where: { $0 < 0 }) {
            throw ShapeError("pointerCrossEntropy: \(bad) is not the id of a word")
        }
        let real = total ?? targets.reduce(0) { $0 + ($1 == ignored ? 0 : 1) }
        try expect(real > 0, "pointerCrossEntropy: every target is padding, so there is no mean to take")

        let (loss, tape) = Tensor.result(Shape(1), of: self, gate, copied)
        // r, the share of P(target) that was written and not copied: what every gradient is made of.
        var written = [Scalar](repeating: 0, count: rows), mass = written
        var sum = 0.0
        for n in 0..<rows where targets[n] != ignored {
            mass[n] = targets[n] < vocabulary ? copied.pointer[n] : max(copied.pointer[n], .leastNormalMagnitude)
            let (p, share) = logMixture(
                vocabulary, pointer + n * vocabulary, gate: gate.pointer[n], mass: mass[n], target: targets[n])
            written[n] = share
            sum -= p
        }
        loss.pointer[0] = Scalar(sum / Double(real))
        let logits = self
        tape?.record {
            guard let dy = loss.arrivedGradient else { return }
            let share = dy[0] / Scalar(real), workspace = logits.storage.workspace
            // dlogits = r (softmax − onehot) / N,   dz = (p_gen − r) / N,   dm = −(1 − r) / m / N
            workspace.withScratch(vocabulary) { p in
                for n in 0..<rows where targets[n] != ignored {
                    let r = written[n]
                    if logits.requiresGradient, r > 0 {
                        let target = logits.gradientPointer + n * vocabulary
                        softmax(
                            vocabulary, logits.pointer + n * vocabulary, into: p, padTo: vocabulary, times: r * share)
                        add(vocabulary, target, p, into: target)
                        target[targets[n]] -= r * share
                    }
                    if gate.requiresGradient {
                        gate.gradientPointer[n] += (Scalar(exp(logSigmoid(Double(gate.pointer[n])))) - r) * share
                    }
                    if copied.requiresGradient, mass[n] > 0 { copied.gradientPointer[n] -= (1 - r) / mass[n] * share }
                }
            }
        }
        return loss
    }

    /// log P of every word of the extended vocabulary, −∞ for those that a sentence does not have. Not recorded: for
    /// decoding.
    ///
    ///     logits [N,V] , z [N,1] , α [N,S] → [N, V + words the output layer does not have]
    ///
    /// - Parameter copies: as for `mass`.
    /// - Complexity: N·V exponentials.
    public func pointerLogProbabilities(gate: Tensor, weights: Tensor, copies: [Int]) throws -> Tensor {
        let sentences = try weights.expectCopies(copies, "pointerLogProbabilities")
        let (rows, vocabulary, source) = (shape[0], shape.last, weights.shape[1])
        try expect(
            shape, is: Shape(weights.shape[0], vocabulary), "pointerLogProbabilities: the tensor of logits", axes: "N,V"
        )
        try expect(gate.shape, is: Shape(rows, 1), "pointerLogProbabilities: the gate", axes: "N,1")
        let extended = max(vocabulary, (copies.max() ?? 0) + 1)
        let result = Tensor(
            storage: Storage(count: rows * extended, requiresGradient: false, workspace: storage.workspace),
            shape: Shape(rows, extended))
        let normalisers = try logSumExp()
        for n in 0..<rows {
            let y = result.pointer + n * extended, z = Double(gate.pointer[n])
            let shift = Scalar(logSigmoid(z) - normalisers[n])
            for w in 0..<vocabulary { y[w] = pointer[n * vocabulary + w] + shift }
            (y + vocabulary).update(repeating: -.infinity, count: extended - vocabulary)
            for i in 0..<source where weights.pointer[n * source + i] > 0 {
                let word = copies[n % sentences * source + i]
                y[word] = Scalar(
                    logOfSum(Double(y[word]), logSigmoid(-z) + log(Double(weights.pointer[n * source + i]))))
            }
        }
        return result
    }

    /// - Returns: B.
    private func expectCopies(_ copies: [Int], _ operation: String) throws -> Int {
        try expect(shape.rank == 2 && shape.count > 0, "\(operation): the weights have shape \(shape), expected [N,S]")
        let sentences = copies.count / shape[1]
        try expect(
            sentences > 0 && copies.count == sentences * shape[1] && shape[0] % sentences == 0,
            "\(operation): \(copies.count) ids of source words for weights of shape \(shape), expected [B,S] with N a multiple of B"
        )
        if let bad = copies.first(where: { $0 < 0 }) {
            throw ShapeError("\(operation): \(bad) is not the id of a word")
        }
        return sentences
    }
}

/// log P of one word in one row, and r, the share of P that was written.
private func logMixture(
    _ vocabulary: Int, _ logits: UnsafePointer<Scalar>, gate z: Scalar, mass m: Scalar, target y: Int
) -> (Double, Scalar) {
    let write = y < vocabulary ? logSigmoid(Double(z)) + Double(logits[y]) - logSumExp(vocabulary, logits) : -.infinity
    let copy = logSigmoid(-Double(z)) + log(Double(m))
    let p = logOfSum(write, copy)
    return (p, Scalar(exp(write - p)))
}

/// log σ(x), without overflow.
private func logSigmoid(_ x: Double) -> Double { min(x, 0) - log1p(exp(-abs(x))) }

/// log(eᵃ + eᵇ), without overflow; −∞ stands for nothing.
private func logOfSum(_ a: Double, _ b: Double) -> Double {
    let greatest = max(a, b)
    return greatest == -.infinity ? greatest : greatest + log1p(exp(min(a, b) - greatest))
}
