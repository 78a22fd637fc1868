// Products between one vector a sentence and one vector a source position: what attention is made of.
// B batch, S source positions, K key width.

import VectorMath

extension Tensor {
    /// Inner products with the vectors along the last axis.
    ///
    ///     [B,S,K] · [B,K] → [B,S]   a query for each sentence
    ///     [B,S,K] · [K]   → [B,S]   the same vector for all (the v of additive attention)
    ///
    /// - Complexity: B·S·K multiply-adds.
    public func dot(_ vector: Tensor) throws -> Tensor {
        try expect(shape.rank == 3, "dot: the keys have shape \(shape), expected [B,S,K]")
        let (batch, source, k) = (shape[0], shape[1], shape[2])
        let shared = vector.shape.rank == 1
        try expect(
            vector.shape, is: shared ? Shape(k) : Shape(batch, k), "dot: the vector, against keys of shape \(shape),",
            axes: shared ? "K" : "B,K")
        let (y, tape) = Tensor.result(Shape(batch, source), of: self, vector)
        let step = shared ? 0 : k
        for b in 0..<batch {
            rowProducts(
                source, k, pointer + b * source * k, vector.pointer + b * step, into: y.pointer + b * source,
                accumulate: false)
        }
        let keys = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if keys.requiresGradient {
                let (target, accumulate) = keys.gradientTarget()
                outerRows(batch, source, k, dy, vector.pointer, step, into: target, accumulate: accumulate)
            }
            if vector.requiresGradient {
                addWeightedRows(batch, source, k, dy, keys.pointer, into: vector.gradientPointer, step)
            }
        }
        return y
    }

    /// Weighted sum over source positions: the context c = Σᵢ αᵢ hᵢ.
    ///
    ///     [B,S] , [B,S,K] → [B,K]
    ///
    /// - Complexity: B·S·K multiply-adds.
    public func weightedSum(of states: Tensor) throws -> Tensor {
        try expect(states.shape.rank == 3, "weightedSum: the states have shape \(states.shape), expected [B,S,D]")
        let (batch, source, k) = (states.shape[0], states.shape[1], states.shape[2])
        try expect(shape, is: Shape(batch, source), "weightedSum: the tensor of weights", axes: "B,S")
        let (y, tape) = Tensor.result(Shape(batch, k), of: self, states)
        y.pointer.update(repeating: 0, count: batch * k)
        addWeightedRows(batch, source, k, pointer, states.pointer, into: y.pointer, k)
        let weights = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if states.requiresGradient {
                let (target, accumulate) = states.gradientTarget()
                outerRows(batch, source, k, weights.pointer, dy, k, into: target, accumulate: accumulate)
            }
            if weights.requiresGradient {
                let (dw, accumulate) = weights.gradientTarget()
                for b in 0..<batch {
                    rowProducts(
                        source, k, states.pointer + b * source * k, dy + b * k, into: dw + b * source,
                        accumulate: accumulate)
                }
            }
        }
        return y
    }

    /// A vector added at every source position of its sentence.
    ///
    ///     [B,S,K] + [B,K] → [B,S,K]
    public func addingToEachPosition(_ vector: Tensor) throws -> Tensor {
        try expect(shape.rank == 3, "addingToEachPosition: the tensor has shape \(shape), expected [B,S,K]")
        let (batch, source, k) = (shape[0], shape[1], shape[2])
        try expect(vector.shape, is: Shape(batch, k), "addingToEachPosition: the vector", axes: "B,K")
        let (y, tape) = Tensor.result(shape, of: self, vector)
        for b in 0..<batch {
            for i in 0..<source {
                add(k, pointer + (b * source + i) * k, vector.pointer + b * k, into: y.pointer + (b * source + i) * k)
            }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if x.requiresGradient { add(x.count, x.gradientPointer, dy, into: x.gradientPointer) }
            if vector.requiresGradient {
                for b in 0..<batch {
                    addColumnSums(source, k, dy + b * source * k, into: vector.gradientPointer + b * k)
                }
            }
        }
        return y
    }

    /// A number at every position times one vector.
    ///
    ///     [B,S] ⊗ [K] → [B,S,K]
    public func outer(_ vector: Tensor) throws -> Tensor {
        try expect(shape.rank == 2, "outer: the numbers have shape \(shape), expected [B,S]")
        try expect(vector.shape.rank == 1, "outer: the vector has shape \(vector.shape), expected [K]")
        let k = vector.shape[0], positions = count
        let (y, tape) = Tensor.result(Shape(shape[0], shape[1], k), of: self, vector)
        outerRows(1, positions, k, pointer, vector.pointer, 0, into: y.pointer, accumulate: false)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if x.requiresGradient {
                rowProducts(positions, k, dy, vector.pointer, into: x.gradientPointer, accumulate: true)
            }
            if vector.requiresGradient {
                addWeightedRows(1, positions, k, x.pointer, dy, into: vector.gradientPointer, 0)
            }
        }
        return y
    }

    /// Convolution along the source positions, zeros beyond both ends; the kernel is not mirrored.
    ///
    ///     [B,S] ∗ [F,W] → [B,S,F],  y[b,i,f] = Σ_w kernel[f,w] x[b, i + w − W/2]
    public func convolved(with kernel: Tensor) throws -> Tensor {
        try expect(shape.rank == 2, "convolved: the input has shape \(shape), expected [B,S]")
        try expect(
            kernel.shape.rank == 2 && kernel.shape[1] % 2 == 1,
            "convolved: the kernel has shape \(kernel.shape), expected [F,W] with odd W")
        let (batch, source, filters, width) = (shape[0], shape[1], kernel.shape[0], kernel.shape[1])
        let (y, tape) = Tensor.result(Shape(batch, source, filters), of: self, kernel)
        let workspace = y.storage.workspace, tapCount = width * paddedFilters(filters)
        workspace.withScratch(tapCount) { taps in
            fillTaps(filters, width, kernel.pointer, into: taps)
            for b in 0..<batch {
                convolve(
                    source, filters, width, pointer + b * source, taps: taps, into: y.pointer + b * source * filters)
            }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            workspace.withScratch(2 * tapCount) { taps in
                let dtaps = taps + tapCount
                fillTaps(filters, width, kernel.pointer, into: taps)
                dtaps.update(repeating: 0, count: tapCount)
                for b in 0..<batch {
                    convolveBackward(
                        source, filters, width, dy: dy + b * source * filters, x.pointer + b * source, taps: taps,
                        dx: x.requiresGradient ? x.gradientPointer + b * source : nil,
                        dtaps: kernel.requiresGradient ? dtaps : nil)
                }
                if kernel.requiresGradient {
                    let dk = kernel.gradientPointer
                    for f in 0..<filters {
                        for w in 0..<width { dk[f * width + w] += dtaps[w * paddedFilters(filters) + f] }
                    }
                }
            }
        }
        return y
    }
}
