// What a decoder reads off a tensor of scores. Nothing here is recorded: no gradient flows through a choice.

extension Tensor {
    /// One number of a tensor seen as rows: [..., N].
    public func at(_ row: Int, _ column: Int) throws -> Scalar {
        try expect(
            row >= 0 && row < shape.rows && column >= 0 && column < shape.last,
            "at(\(row), \(column)) of a tensor of shape \(shape), which has \(shape.rows) rows of \(shape.last)")
        return withExtendedLifetime(storage) { pointer[row * shape.last + column] }
    }

    /// The column of the greatest number of each row, from column `first` on; the first among equals.
    ///
    ///     [..., N] → one column for each row
    public func argmax(from first: Int = 0) throws -> [Int] {
        try expect(
            shape.rank >= 1 && first >= 0 && first < shape.last,
            "argmax(from: \(first)) of a tensor of shape \(shape): there is no such column")
        let n = shape.last
        return withExtendedLifetime(storage) {
            (0..<shape.rows).map { first + indexOfGreatest(n - first, pointer + $0 * n + first) }
        }
    }

    /// log Σ exp(x) of each row: what a score needs taken off to be a log probability.
    ///
    ///     [..., N] → one number for each row
    ///
    /// - Complexity: an exponential for each number.
    public func logSumExp() throws -> [Double] {
        try expect(shape.rank >= 1 && shape.last > 0, "logSumExp of a tensor of shape \(shape): its rows are empty")
        return withExtendedLifetime(storage) {
            (0..<shape.rows).map { TensorCore.logSumExp(shape.last, pointer + $0 * shape.last) }
        }
    }
}
