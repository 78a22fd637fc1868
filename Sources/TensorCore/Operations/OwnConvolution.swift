// Convolution along the source positions with filters of each sentence's own.

import VectorMath

extension Tensor {
    /// As `convolved(with:)`, with other filters for every sentence; zeros beyond both ends, the kernels not mirrored.
    ///
    ///     [B,S] ∗ [B,F,W] → [B,S,F],  y[b,i,f] = Σ_w kernels[b,f,w] x[b, i + w − W/2]
    ///
    /// - Complexity: B·S·F·W multiply-adds.
    public func convolved(withOwn kernels: Tensor) throws -> Tensor {
        try expect(shape.rank == 2, "convolved: the input has shape \(shape), expected [B,S]")
        try expect(
            kernels.shape.rank == 3 && kernels.shape[0] == shape[0] && kernels.shape[2] % 2 == 1,
            "convolved: the kernels have shape \(kernels.shape), expected [B,F,W] with B = \(shape[0]) and odd W")
        let (batch, source, filters, width) = (shape[0], shape[1], kernels.shape[1], kernels.shape[2])
        let (y, tape) = Tensor.result(Shape(batch, source, filters), of: self, kernels)
        /// Every product: places in input, kernels and output.
        func forEachProduct(_ body: (_ x: Int, _ kernel: Int, _ y: Int) -> Void) {
            for b in 0..<batch {
                for i in 0..<source {
                    for w in max(0, width / 2 - i)..<min(width, source - i + width / 2) {
                        for f in 0..<filters {
                            body(
                                b * source + i + w - width / 2, (b * filters + f) * width + w,
                                (b * source + i) * filters + f)
                        }
                    }
                }
            }
        }
        y.pointer.update(repeating: 0, count: y.count)
        let x = self, (from, taps, to) = (pointer, kernels.pointer, y.pointer)
        forEachProduct { to[$2] += taps[$1] * from[$0] }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if x.requiresGradient {
                let (dx, taps) = (x.gradientPointer, kernels.pointer)
                forEachProduct { dx[$0] += taps[$1] * dy[$2] }
            }
            if kernels.requiresGradient {
                let (dk, from) = (kernels.gradientPointer, x.pointer)
                forEachProduct { dk[$1] += from[$0] * dy[$2] }
            }
        }
        return y
    }
}
