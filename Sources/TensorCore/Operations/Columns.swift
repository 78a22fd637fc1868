// Between a row of numbers and one number for the row: sums, and the way back; and a row moved along itself.

import VectorMath

extension Tensor {
    /// The sum of each row, as a column: what `repeated` spreads again.
    ///
    ///     [..., N] → [..., 1]
    public func rowSums() throws -> Tensor {
        try expect(shape.rank >= 1, "rowSums: a tensor of shape \(shape) has no rows")
        let (rows, n) = (shape.rows, shape.last)
        let (y, tape) = Tensor.result(shape.replacingLast(with: 1), of: self)
        for r in 0..<rows { y.pointer[r] = TensorCore.sum(n, pointer + r * n) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            for r in 0..<rows { for i in 0..<n { dx[r * n + i] += dy[r] } }
        }
        return y
    }

    /// A column at every place of a row: a number for each sentence, at each of its words.
    ///
    ///     [..., 1] → [..., N]
    public func repeated(_ n: Int) throws -> Tensor {
        try expect(
            shape.rank >= 1 && shape.last == 1 && n >= 0,
            "repeated(\(n)): the tensor has shape \(shape), expected a column [...,1]")
        let rows = shape.rows
        let (y, tape) = Tensor.result(shape.replacingLast(with: n), of: self)
        for r in 0..<rows { (y.pointer + r * n).update(repeating: pointer[r], count: n) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            for r in 0..<rows { dx[r] += TensorCore.sum(n, dy + r * n) }
        }
        return y
    }

    /// Each row moved along itself, zeros where nothing comes from: y[b,i] = x[b, i − places]. What leaves the row is
    /// lost; what stands in the last real word moves into the padding.
    ///
    ///     [..., S] → [..., S]
    ///
    /// - Parameter places: to the right; to the left below 0.
    public func shifted(by places: Int = 1) throws -> Tensor {
        try expect(shape.rank >= 1, "shifted: a tensor of shape \(shape) has no rows")
        let (rows, n) = (shape.rows, shape.last), distance = Int(min(places.magnitude, UInt(n))), moved = n - distance
        let (from, to) = places < 0 ? (distance, 0) : (0, distance)
        let (y, tape) = Tensor.result(shape, of: self)
        y.pointer.update(repeating: 0, count: count)
        for r in 0..<rows { (y.pointer + r * n + to).update(from: pointer + r * n + from, count: moved) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for r in 0..<rows {
                let target = x.gradientPointer + r * n + from
                add(moved, target, dy + r * n + to, into: target)
            }
        }
        return y
    }
}
