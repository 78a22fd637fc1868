// What is added to a score, so that softmax gives α ∝ prior · exp(score): where weight can be, as a logarithm.
// B batch, S source positions.

import Foundation
import VectorMath

extension Tensor {
    /// The score of a word that must not get any weight: so far below every other that each normaliser makes exactly 0
    /// of it, and not −∞, whose differences and squares are no numbers. Its square can still be summed in float32.
    public static var outOfReach: Scalar { -1e18 }

    /// log((1 − u) α_i + u α_{i−1}): the weights of a step ago, of which the share u has moved on by one word.
    ///
    ///     self = α [B,S], u [B,1] or nil for ½ → [B,S]
    ///
    /// A word that nothing has come to, of less than 1e-30, is out of reach: it gets no weight however high it scores.
    ///
    /// - Complexity: B·S logarithms.
    public func logMoved(by mover: Tensor? = nil) throws -> Tensor {
        try expect(shape.rank == 2, "logMoved: the weights have shape \(shape), expected [B,S]")
        let (batch, source) = (shape[0], shape[1])
        if let mover { try expect(mover.shape, is: Shape(batch, 1), "logMoved: the share that moves on", axes: "B,1") }
        let (y, tape) = Tensor.result(shape, of: self, mover)
        let weights = self
        let prior = Storage(count: count, requiresGradient: false, workspace: y.storage.workspace)
        for b in 0..<batch {
            let u = mover.map { $0.pointer[b] } ?? 0.5, row = b * source
            for i in row..<row + source {
                let arrived = (1 - u) * pointer[i] + (i > row ? u * pointer[i - 1] : 0)
                prior.pointer[i] = arrived
                y.pointer[i] = arrived < Self.leastPrior ? Self.outOfReach : log(arrived)
            }
        }
        withExtendedLifetime(prior) {}
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dweights = weights.requiresGradient ? weights.gradientPointer : nil
            let dmover = mover.flatMap { $0.requiresGradient ? $0.gradientPointer : nil }
            for b in 0..<batch {
                let u = mover.map { $0.pointer[b] } ?? 0.5, row = b * source
                for i in row..<row + source where !(prior.pointer[i] < Self.leastPrior) {
                    let slope = dy[i] / prior.pointer[i]
                    if let dweights {
                        dweights[i] += (1 - u) * slope
                        if i > row { dweights[i - 1] += u * slope }
                    }
                    if let dmover { dmover[b] += ((i > row ? weights.pointer[i - 1] : 0) - weights.pointer[i]) * slope }
                }
            }
        }
        return y
    }

    /// Far above the smallest float32, so that a gradient divided by it is a number.
    private static var leastPrior: Scalar { 1e-30 }
}
