// Elementwise functions that mechanisms are written with: powers of e, logarithms, quotients, bounds.

import Foundation
import VectorMath

extension Tensor {
    /// a / b, elementwise, same shapes; or [...] / [1], by a single number. Division by 0 gives what IEEE 754 says.
    public static func / (a: Tensor, b: Tensor) throws -> Tensor {
        let isScalar = b.count == 1 && a.count != 1
        if !isScalar {
            try expect(b.shape, is: a.shape, "a / b: the second operand", axes: "as the first, or a single number")
        }
        let (y, tape) = result(a.shape, of: a, b)
        for i in 0..<a.count { y.pointer[i] = a.pointer[i] / b.pointer[isScalar ? 0 : i] }
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            // da = dy / b,   db = −dy a / b² = −dy y / b
            if a.requiresGradient {
                let da = a.gradientPointer
                for i in 0..<a.count { da[i] += dy[i] / b.pointer[isScalar ? 0 : i] }
            }
            if b.requiresGradient {
                let db = b.gradientPointer
                for i in 0..<a.count {
                    let at = isScalar ? 0 : i
                    db[at] -= dy[i] * y.pointer[i] / b.pointer[at]
                }
            }
        }
        return y
    }

    /// x + number, in every element.
    public func adding(_ number: Scalar) -> Tensor {
        elementwise({ $0 + number }, slope: { _, _ in 1 })
    }

    /// eˣ.
    public func exponential() -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        TensorCore.exponential(count, pointer, into: y.pointer)
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            addProduct(x.count, dy, y.pointer, into: x.gradientPointer)
        }
        return y
    }

    /// log max(x, floor). Where x is at the floor or below, no gradient flows back: a weight of 0 would have an
    /// infinite one.
    public func logarithm(floor: Scalar) -> Tensor {
        elementwise({ log(max($0, floor)) }, slope: { x, _ in x > floor ? 1 / x : 0 })
    }

    /// log(1 + eˣ), without overflow.
    public func softplus() -> Tensor {
        elementwise({ max($0, 0) + log1p(exp(-abs($0))) }, slope: { x, _ in one(x, logistic) })
    }

    /// x, or the bound that it lies beyond; no gradient flows back from there.
    public func clamped(to range: ClosedRange<Scalar>) -> Tensor {
        elementwise(
            { min(max($0, range.lowerBound), range.upperBound) }, slope: { x, _ in range.contains(x) ? 1 : 0 })
    }

    /// The smaller of two, elementwise, same shapes. The gradient goes to the smaller; of equals each gets half.
    public func minimum(with other: Tensor) throws -> Tensor {
        try expect(other.shape, is: shape, "minimum: the second operand", axes: "as the first")
        let (y, tape) = Tensor.result(shape, of: self, other)
        for i in 0..<count { y.pointer[i] = min(pointer[i], other.pointer[i]) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            func share(_ mine: Scalar, _ its: Scalar) -> Scalar { mine < its ? 1 : mine == its ? 0.5 : 0 }
            for (mine, its) in [(x, other), (other, x)] where mine.requiresGradient {
                let gradient = mine.gradientPointer
                for i in 0..<mine.count { gradient[i] += dy[i] * share(mine.pointer[i], its.pointer[i]) }
            }
        }
        return y
    }

    /// y = f(x) and ∂y/∂x of x and y, element by element.
    private func elementwise(
        _ f: (Scalar) -> Scalar, slope: @escaping (_ x: Scalar, _ y: Scalar) -> Scalar
    ) -> Tensor {
        let (y, tape) = Tensor.result(shape, of: self)
        for i in 0..<count { y.pointer[i] = f(pointer[i]) }
        let x = self
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            let dx = x.gradientPointer
            for i in 0..<x.count { dx[i] += dy[i] * slope(x.pointer[i], y.pointer[i]) }
        }
        return y
    }
}
