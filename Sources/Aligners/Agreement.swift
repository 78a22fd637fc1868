// What two directions can teach each other: a link that only one of them believes in counts for less.
// Liang, Taskar & Klein 2006, "Alignment by agreement", §3.2: each model's E-step has the product of both posteriors.

import TensorCore

enum Agreement {
    /// The same log emissions of both directions. On the way back each link's gradient, which is its posterior under one
    /// direction, is multiplied by its posterior under the other; that of the null word is left as it is.
    ///
    ///     forward [T,B,S+1] , backward [S,B,T+1] → both
    ///
    /// A link's posterior is its gradient over that of all that its word can come from, so that it does not matter what
    /// the loss was divided by.
    static func joined(_ forward: Tensor, _ backward: Tensor) throws -> (Tensor, Tensor) {
        let (there, back) = (forward.shape, backward.shape), count = forward.count
        try expect(
            there.rank == 3 && back == [there[2] - 1, there[1], there[0] + 1],
            "agreement: log emissions of shapes \(there) and \(back), expected [T,B,S+1] and [S,B,T+1]")
        let both = try Tensor.operation("agreement", on: [forward, backward], shape: [count + backward.count, 1]) {
            $0[0] + $0[1]
        } backward: { _, _, gradient in
            let one = Array(gradient[..<count]), other = Array(gradient[count...])
            return [
                product(one, there, with: posteriors(other, back), back),
                product(other, back, with: posteriors(one, there), there),
            ]
        }
        return try (
            both.rows(0..<count).reshaped(there), both.rows(count..<both.count).reshaped(back)
        )
    }

    /// Each row over its sum; a row of zeros, as padding has, stays.
    private static func posteriors(_ gradient: [Scalar], _ shape: Shape) -> [Scalar] {
        stride(from: 0, to: gradient.count, by: shape.last).flatMap { start in
            let row = gradient[start..<start + shape.last], sum = row.reduce(0, +)
            return sum == 0 ? Array(row) : row.map { $0 / sum }
        }
    }

    /// - Parameter other: of the other direction, whose first and last axes are these turned round.
    private static func product(
        _ gradient: [Scalar], _ shape: Shape, with other: [Scalar], _ otherShape: Shape
    ) -> [Scalar] {
        let (steps, batch, places) = (shape[0], shape[1], shape[2])
        var result = gradient
        for t in 0..<steps {
            for b in 0..<batch {
                for i in 1..<places {
                    result[(t * batch + b) * places + i] *= other[((i - 1) * batch + b) * otherShape[2] + t + 1]
                }
            }
        }
        return result
    }
}
