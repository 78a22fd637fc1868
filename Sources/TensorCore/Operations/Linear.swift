// y = x W (+ base): the one product that all layers are made of.

import VectorMath

extension Tensor {
    /// x W, or x W + base.
    ///
    ///     [..., K] · [K, N] (+ [N] or [..., N]) → [..., N]
    ///
    /// - Parameter base: a bias [N], added to every row, or a tensor of the result's shape, such as a part of the sum
    ///   that was computed for all time steps at once.
    /// - Complexity: rows · K · N multiply-adds forward, twice that backward.
    public func matmul(_ weight: Tensor, adding base: Tensor? = nil) throws -> Tensor {
        try expect(weight.shape.rank == 2, "matmul: the weight has shape \(weight.shape), expected [K,N]")
        let (k, n, m) = (weight.shape[0], weight.shape[1], shape.rows)
        try expect(
            shape.rank >= 1 && shape.last == k,
            "matmul: the input has shape \(shape), whose last axis should be K = \(k) for a weight of shape [K,N] = \(weight.shape)"
        )
        let outputShape = shape.replacingLast(with: n)
        let isBias = base?.shape.rank == 1 && outputShape.rank > 1
        if let base {
            try expect(base.shape, is: isBias ? Shape(n) : outputShape, "matmul: the base", axes: isBias ? "N" : "…,N")
        }

        let (y, tape) = Tensor.result(outputShape, of: self, weight, base)
        matrixProduct(
            m, n, k, pointer, rowStride: k, columnStride: 1, weight.pointer, rowStride: n,
            into: y.pointer, rowStride: n, accumulate: false, y.storage.workspace, base: base?.pointer,
            rowStride: isBias ? 0 : n)

        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if let base, base.requiresGradient {
                if isBias {
                    addColumnSums(m, n, dy, into: base.gradientPointer)
                } else {
                    add(m * n, base.gradientPointer, dy, into: base.gradientPointer)
                }
            }
            if x.requiresGradient, let tape = x.storage.workspace.tape {
                // dx = dy Wᵀ
                let (dx, accumulate) = x.gradientTarget()
                let transposed = tape.transposed(weight, k, n)
                matrixProduct(
                    m, k, n, dy, rowStride: n, columnStride: 1, transposed, rowStride: k, into: dx, rowStride: k,
                    accumulate: accumulate, y.storage.workspace)
            }
            if weight.requiresGradient {
                // dW = xᵀ dy
                let (dw, accumulate) = weight.gradientTarget()
                matrixProduct(
                    k, n, m, x.pointer, rowStride: 1, columnStride: k, dy, rowStride: n, into: dw, rowStride: n,
                    accumulate: accumulate, y.storage.workspace)
            }
        }
        return y
    }

    /// The rows of a table by index, times W (+ a bias): `gathered(indices).matmul(weight, adding: base)`, computed
    /// once for every index that occurs and not once for each place where it stands. Words recur within a batch, so an
    /// embedding's product, and the two of its backward pass, shrink by the share of repeats.
    ///
    ///     [V,K] , n indices, [K,N] (, [N]) → [n,N]
    ///
    /// - Complexity: K · N multiply-adds for each different index, and a row copied for each place.
    public func gatheredMatmul(_ indices: [Int], _ weight: Tensor, adding base: Tensor? = nil) throws -> Tensor {
        try expect(shape.rank == 2, "gatheredMatmul: the table has shape \(shape), expected [V,K]")
        var placeOfIndex = [Int](repeating: -1, count: shape[0])
        var different: [Int] = []
        let places = try indices.map { index in
            guard placeOfIndex.indices.contains(index) else {
                throw ShapeError(
                    "gatheredMatmul: row \(index) was asked for, but the table of shape \(shape) has rows 0 to \(shape[0] - 1)"
                )
            }
            if placeOfIndex[index] < 0 {
                placeOfIndex[index] = different.count
                different.append(index)
            }
            return placeOfIndex[index]
        }
        if different.count == indices.count { return try gathered(indices).matmul(weight, adding: base) }
        return try gathered(different).matmul(weight, adding: base).gathered(places)
    }
}
