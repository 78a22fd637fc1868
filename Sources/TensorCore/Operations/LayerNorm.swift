// Layer normalisation (Ba, Kiros & Hinton 2016, eq. 4), as Transformers have it: each row by its own mean and variance.

import VectorMath

extension Tensor {
    /// y = gain ⊙ (x − x̄) / √(var + ε) + bias along the last axis; var has the divisor D, and ε stands in the root.
    ///
    ///     [..., D], [D], [D] → [..., D]
    ///
    /// With D − 1, or with ε beside the root, rows of nearly one number come out visibly different.
    /// - Complexity: a few passes over the rows.
    public func layerNorm(gain: Tensor, bias: Tensor, epsilon: Scalar = 1e-5) throws -> Tensor {
        try expect(shape.rank >= 1 && shape.last > 0, "layerNorm: a tensor of shape \(shape) has no rows")
        let (rows, n) = (shape.rows, shape.last)
        try expect(gain.shape, is: Shape(n), "layerNorm: the gain", axes: "D")
        try expect(bias.shape, is: Shape(n), "layerNorm: the bias", axes: "D")
        let (y, tape) = Tensor.result(shape, of: self, gain, bias)
        let workspace = y.storage.workspace
        let normal = Storage(count: count, requiresGradient: false, workspace: workspace)
        let scales = Storage(count: rows, requiresGradient: false, workspace: workspace)
        TensorCore.layerNorm(
            rows, n, pointer, gain: gain.pointer, bias: bias.pointer, epsilon: epsilon, normal: normal.pointer,
            scales: scales.pointer, into: y.pointer)
        withExtendedLifetime((normal, scales)) {}
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if gain.requiresGradient { addColumnProducts(rows, n, dy, normal.pointer, into: gain.gradientPointer) }
            if bias.requiresGradient { addColumnSums(rows, n, dy, into: bias.gradientPointer) }
            guard x.requiresGradient else { return }
            let (dx, accumulate) = x.gradientTarget()
            layerNormBackward(
                rows, n, dy: dy, gain: gain.pointer, normal: normal.pointer, scales: scales.pointer, into: dx,
                accumulate: accumulate)
        }
        return y
    }
}
