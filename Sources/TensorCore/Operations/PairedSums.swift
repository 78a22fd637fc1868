// Rows of one matrix met by rows of another: what many source words make of many states, each pair once.

import VectorMath

extension Tensor {
    /// tanh of a row of this plus a row of another, for every pair that is named.
    ///
    ///     [M,K] , [N,K] , R pairs → [R,K],  y_r = tanh(a[pairs_r.0] + b[pairs_r.1])
    ///
    /// - Complexity: R·K tanh. Only the results are kept, not the rows that were put side by side.
    public func tanhOfSums(with other: Tensor, pairs: [(Int, Int)]) throws -> Tensor {
        try expect(
            shape.rank == 2 && other.shape.rank == 2 && shape[1] == other.shape[1],
            "tanhOfSums: matrices of shapes \(shape) and \(other.shape), expected [M,K] and [N,K]")
        if let bad = pairs.first(where: { !(0..<shape[0] ~= $0.0 && 0..<other.shape[0] ~= $0.1) }) {
            throw ShapeError("tanhOfSums: the pair of rows \(bad) of matrices of shapes \(shape) and \(other.shape)")
        }
        let k = shape[1], a = self, b = other
        let (y, tape) = Tensor.result(Shape(pairs.count, k), of: a, b)
        for (r, pair) in pairs.enumerated() {
            add(k, a.pointer + pair.0 * k, b.pointer + pair.1 * k, into: y.pointer + r * k)
        }
        TensorCore.tanh(y.count, y.pointer, into: y.pointer)
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            for (r, pair) in pairs.enumerated() {
                let slope = dy + r * k, value = y.pointer + r * k
                if a.requiresGradient { tanhBackward(k, dy: slope, y: value, into: a.gradientPointer + pair.0 * k) }
                if b.requiresGradient { tanhBackward(k, dy: slope, y: value, into: b.gradientPointer + pair.1 * k) }
            }
        }
        return y
    }
}
