// A bell around a place between the words of a sentence, and its logarithm.
// B batch, S source positions.

import Foundation
import VectorMath

extension Tensor {
    /// −(i − p)² / 2σ².
    ///
    ///     self = p [B,1] → [B,source]
    ///
    /// - Complexity: B·S multiply-adds.
    public func logBell(over source: Int, deviation: Scalar) throws -> Tensor {
        try bell(over: source, deviation: deviation, isLogarithm: true)
    }

    /// exp(−(i − p)² / 2σ²): 1 at the place itself.
    ///
    ///     self = p [B,1] → [B,source]
    ///
    /// - Complexity: B·S exponentials.
    public func bell(over source: Int, deviation: Scalar) throws -> Tensor {
        try bell(over: source, deviation: deviation, isLogarithm: false)
    }

    private func bell(over source: Int, deviation: Scalar, isLogarithm: Bool) throws -> Tensor {
        try expect(
            shape.rank == 2 && shape[1] == 1 && deviation > 0,
            "bell: the places have shape \(shape) and the deviation is \(deviation), expected [B,1] and above 0")
        let batch = shape[0], places = self, steepness = 1 / (deviation * deviation)
        let (y, tape) = Tensor.result(Shape(batch, source), of: self)
        for b in 0..<batch {
            for i in 0..<source {
                let distance = Scalar(i) - pointer[b], logarithm = -0.5 * steepness * distance * distance
                y.pointer[b * source + i] = isLogarithm ? logarithm : exp(logarithm)
            }
        }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dplaces = places.gradientPointer
            for b in 0..<batch {
                for i in 0..<source {
                    let slope = steepness * (Scalar(i) - places.pointer[b]), at = b * source + i
                    dplaces[b] += dy[at] * (isLogarithm ? slope : slope * y.pointer[at])
                }
            }
        }
        return y
    }
}
