// The density of a mixture of bell curves at the places of the source words. B sentences, K components, S places.

import Foundation

extension Tensor {
    /// e_bj = log Σ_k exp(l_bk − β_bk (j − μ_bk)²) at the places j = 1, 2, …, S: the first word is at 1.
    ///
    ///     self = l [B,K], μ [B,K], β [B,K] → [B,S]
    ///
    /// In logs, because a density far from all means is 0 in floating point and its logarithm is not.
    ///
    /// - Complexity: B·S·K exponentials, forward and backward.
    public func logMixtureDensity(means: Tensor, precisions: Tensor, places source: Int) throws -> Tensor {
        try expect(
            shape.rank == 2 && source > 0, "logMixtureDensity: the log shares have shape \(shape), expected [B,K]")
        try expect(means.shape, is: shape, "logMixtureDensity: the means", axes: "B,K")
        try expect(precisions.shape, is: shape, "logMixtureDensity: the precisions", axes: "B,K")
        let (batch, count) = (shape[0], shape[1]), shares = self
        let (y, tape) = Tensor.result(Shape(batch, source), of: self, means, precisions)
        /// l − β (j − μ)² of component k at place j.
        func logTerm(_ b: Int, _ j: Int, _ k: Int) -> Scalar {
            let at = b * count + k, distance = Scalar(j) - means.pointer[at]
            return shares.pointer[at] - precisions.pointer[at] * distance * distance
        }
        for b in 0..<batch {
            for j in 1...source {
                var largest = -Scalar.infinity, sum: Scalar = 0
                for k in 0..<count { largest = max(largest, logTerm(b, j, k)) }
                for k in 0..<count { sum += exp(logTerm(b, j, k) - largest) }
                y.pointer[b * source + j - 1] = largest + log(sum)
            }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dl = shares.requiresGradient ? shares.gradientPointer : nil
            let dm = means.requiresGradient ? means.gradientPointer : nil
            let db = precisions.requiresGradient ? precisions.gradientPointer : nil
            for b in 0..<batch {
                for j in 1...source where dy[b * source + j - 1] != 0 {
                    for k in 0..<count {
                        // dl = r dy, r the component's part of the density;  dμ = r dy 2β (j − μ);  dβ = −r dy (j − μ)²
                        let at = b * count + k, distance = Scalar(j) - means.pointer[at]
                        let part = dy[b * source + j - 1] * exp(logTerm(b, j, k) - y.pointer[b * source + j - 1])
                        dl?[at] += part
                        dm?[at] += part * 2 * precisions.pointer[at] * distance
                        db?[at] -= part * distance * distance
                    }
                }
            }
        }
        return y
    }
}
