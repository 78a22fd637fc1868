// Moving numbers without changing them: views, rows by index, steps joined, axes joined and cut.

import VectorMath

extension Tensor {
    /// The same numbers under another shape; shares memory and gradient.
    public func reshaped(_ newShape: Shape) throws -> Tensor {
        try expect(
            newShape.count == count,
            "reshaped: \(shape) holds \(count) numbers, but \(newShape) would hold \(newShape.count)")
        return Tensor(storage: storage, offset: offset, shape: newShape)
    }

    /// One entry of the first axis: [T, ...] → [...]. Shares memory and gradient.
    public func slice(_ t: Int) throws -> Tensor {
        try expect(
            shape.rank >= 2 && t >= 0 && t < shape[0],
            "slice(\(t)) of a tensor of shape \(shape): the first axis must have more than \(t) entries")
        let inner = Shape(Array(shape.dimensions.dropFirst()))
        return Tensor(storage: storage, offset: offset + t * inner.count, shape: inner)
    }

    /// Rows `range` of a matrix: [R, C] → [range, C]. Shares memory and gradient.
    public func rows(_ range: Range<Int>) throws -> Tensor {
        try expect(
            shape.rank == 2 && range.lowerBound >= 0 && range.upperBound <= shape[0],
            "rows(\(range)) of a tensor of shape \(shape): expected a matrix with at least \(range.upperBound) rows")
        return Tensor(
            storage: storage, offset: offset + range.lowerBound * shape[1], shape: Shape(range.count, shape[1]))
    }

    /// Rows by index, in that order, repeats allowed: an embedding's look-up, or a beam's choice of survivors.
    ///
    ///     [V, ...] , n indices → [n, ...]
    public func gathered(_ indices: [Int]) throws -> Tensor {
        try expect(shape.rank >= 1, "gathered: rows can only be taken from a tensor with an axis")
        let size = shape[0]
        if let bad = indices.first(where: { $0 < 0 || $0 >= size }) {
            throw ShapeError(
                "gathered: row \(bad) was asked for, but the table of shape \(shape) has rows 0 to \(size - 1)")
        }
        let width = size == 0 ? 0 : count / size
        var dimensions = shape.dimensions
        dimensions[0] = indices.count
        let (y, tape) = Tensor.result(Shape(dimensions), of: self)
        for (row, index) in indices.enumerated() {
            (y.pointer + row * width).update(from: pointer + index * width, count: width)
        }
        let table = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let gradient = table.gradientPointer
            for (row, index) in indices.enumerated() {
                add(width, gradient + index * width, dy + row * width, into: gradient + index * width)
            }
        }
        return y
    }

    /// Joins the results of T steps: T × [B, ...] → [T, B, ...].
    public static func stack(_ steps: [Tensor]) throws -> Tensor {
        guard let first = steps.first else { throw ShapeError("stack: no steps to join") }
        for (t, step) in steps.enumerated() {
            try expect(step.shape, is: first.shape, "stack: step \(t)", axes: "as step 0")
        }
        try expect(
            first.shape.rank < 4,
            "stack: steps of shape \(first.shape) would make a tensor of \(first.shape.rank + 1) axes, "
                + "and it can have 4")
        let width = first.count
        let workspaceBearer = steps.first { $0.requiresGradient } ?? first
        let (y, tape) = result(Shape([steps.count] + first.shape.dimensions), of: workspaceBearer)
        for (t, step) in steps.enumerated() { (y.pointer + t * width).update(from: step.pointer, count: width) }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for (t, step) in steps.enumerated() where step.requiresGradient {
                let (target, accumulate) = step.gradientTarget()
                if accumulate {
                    add(width, target, dy + t * width, into: target)
                } else {
                    target.update(from: dy + t * width, count: width)
                }
            }
        }
        return y
    }

    /// Joins along the last axis: [..., M] and [..., N] → [..., M+N].
    public func concatenated(with other: Tensor) throws -> Tensor {
        try expect(
            shape.rank >= 1 && other.shape.rank == shape.rank && other.shape.replacingLast(with: shape.last) == shape,
            "concatenated: shapes \(shape) and \(other.shape) differ before their last axis")
        let (m, n, rows) = (shape.last, other.shape.last, shape.rows)
        let (y, tape) = Tensor.result(shape.replacingLast(with: m + n), of: self, other)
        for r in 0..<rows {
            (y.pointer + r * (m + n)).update(from: pointer + r * m, count: m)
            (y.pointer + r * (m + n) + m).update(from: other.pointer + r * n, count: n)
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for r in 0..<rows {
                if x.requiresGradient {
                    add(m, x.gradientPointer + r * m, dy + r * (m + n), into: x.gradientPointer + r * m)
                }
                if other.requiresGradient {
                    add(n, other.gradientPointer + r * n, dy + r * (m + n) + m, into: other.gradientPointer + r * n)
                }
            }
        }
        return y
    }

    /// A range of the last axis: [..., N] → [..., range].
    public func columns(_ range: Range<Int>) throws -> Tensor {
        try expect(
            shape.rank >= 1 && range.lowerBound >= 0 && range.upperBound <= shape.last,
            "columns(\(range)) of a tensor of shape \(shape): the last axis has only \(shape.last)")
        let (n, k, rows) = (shape.last, range.count, shape.rows)
        let (y, tape) = Tensor.result(shape.replacingLast(with: k), of: self)
        for r in 0..<rows { (y.pointer + r * k).update(from: pointer + r * n + range.lowerBound, count: k) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for r in 0..<rows {
                let target = x.gradientPointer + r * n + range.lowerBound
                add(k, target, dy + r * k, into: target)
            }
        }
        return y
    }

    /// Swaps the first two axes: [S,B,H] → [B,S,H].
    public func swappingFirstAxes() throws -> Tensor {
        try expect(shape.rank == 3, "swappingFirstAxes: shape \(shape), expected three axes")
        let (p, q, k) = (shape[0], shape[1], shape[2])
        let (y, tape) = Tensor.result(Shape(q, p, k), of: self)
        for i in 0..<p {
            for j in 0..<q { (y.pointer + (j * p + i) * k).update(from: pointer + (i * q + j) * k, count: k) }
        }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            for i in 0..<p {
                for j in 0..<q { add(k, dx + (i * q + j) * k, dy + (j * p + i) * k, into: dx + (i * q + j) * k) }
            }
        }
        return y
    }
}
