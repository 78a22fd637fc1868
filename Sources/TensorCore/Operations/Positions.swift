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
        try expect(vector.shape, is: shared ? Shape(k) : Shape(batch, k), "dot: the vector, against keys of shape \(shape),", axes: shared ? "K" : "B,K")
        let (y, tape) = Tensor.result(Shape(batch, source), of: self, vector)
        let step = shared ? 0 : k
        for b in 0..<batch { rowProducts(source, k, pointer + b * source * k, vector.pointer + b * step, into: y.pointer + b * source, accumulate: false) }
        let keys = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if keys.requiresGradient {
                let (target, accumulate) = keys.gradientTarget()
                outerRows(batch, source, k, dy, vector.pointer, step, into: target, accumulate: accumulate)
            }
            if vector.requiresGradient { addWeightedRows(batch, source, k, dy, keys.pointer, into: vector.gradientPointer, step) }
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
                for b in 0..<batch { rowProducts(source, k, states.pointer + b * source * k, dy + b * k, into: dw + b * source, accumulate: accumulate) }
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
            for i in 0..<source { add(k, pointer + (b * source + i) * k, vector.pointer + b * k, into: y.pointer + (b * source + i) * k) }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if x.requiresGradient { add(x.count, x.gradientPointer, dy, into: x.gradientPointer) }
            if vector.requiresGradient {
                for b in 0..<batch { addColumnSums(source, k, dy + b * source * k, into: vector.gradientPointer + b * k) }
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
        for i in 0..<positions { scale(k, vector.pointer, by: pointer[i], into: y.pointer + i * k) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for i in 0..<positions {
                if x.requiresGradient { rowProducts(1, k, dy + i * k, vector.pointer, into: x.gradientPointer + i, accumulate: true) }
                if vector.requiresGradient { addScaled(k, dy + i * k, by: x.pointer[i], into: vector.gradientPointer) }
            }
        }
        return y
    }

    /// Convolution along the source positions, zeros beyond both ends; the kernel is not mirrored.
    ///
    ///     [B,S] ∗ [F,W] → [B,S,F],  y[b,i,f] = Σ_w kernel[f,w] x[b, i + w − W/2]
    public func convolved(with kernel: Tensor) throws -> Tensor {
        try expect(shape.rank == 2, "convolved: the input has shape \(shape), expected [B,S]")
        try expect(kernel.shape.rank == 2 && kernel.shape[1] % 2 == 1, "convolved: the kernel has shape \(kernel.shape), expected [F,W] with odd W")
        let (batch, source, filters, width) = (shape[0], shape[1], kernel.shape[0], kernel.shape[1])
        let (y, tape) = Tensor.result(Shape(batch, source, filters), of: self, kernel)
        let x = self
        /// Calls `body` with the indices of every (input, kernel element, output) that belong together.
        func forEachTerm(_ body: (_ x: Int, _ kernel: Int, _ y: Int) -> Void) {
            for b in 0..<batch {
                for i in 0..<source {
                    for w in 0..<width where i + w - width / 2 >= 0 && i + w - width / 2 < source {
                        for f in 0..<filters { body(b * source + i + w - width / 2, f * width + w, (b * source + i) * filters + f) }
                    }
                }
            }
        }
        y.pointer.update(repeating: 0, count: y.count)
        let (px, pk, py) = (pointer, kernel.pointer, y.pointer)
        forEachTerm { py[$2] += px[$0] * pk[$1] }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if x.requiresGradient {
                let (dx, pk) = (x.gradientPointer, kernel.pointer)
                forEachTerm { dx[$0] += dy[$2] * pk[$1] }
            }
            if kernel.requiresGradient {
                let (dk, px) = (kernel.gradientPointer, x.pointer)
                forEachTerm { dk[$1] += dy[$2] * px[$0] }
            }
        }
        return y
    }
}
