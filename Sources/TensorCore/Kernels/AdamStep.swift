// Adam on one parameter; see Optimizers.swift for the formula. Every pointer addresses n scalars.

import VectorMath

/// - Parameters:
///   - rate: η / (1 − β₁ᵗ).
///   - root: 1 / √(1 − β₂ᵗ).
func adamStep(
    _ n: Int, gradient: UnsafePointer<Scalar>, first: UnsafeMutablePointer<Scalar>,
    second: UnsafeMutablePointer<Scalar>,
    weights: UnsafeMutablePointer<Scalar>, beta1: Scalar, beta2: Scalar, epsilon: Scalar, rate: Scalar, root: Scalar
) {
    let b1 = Lanes(repeating: beta1), b2 = Lanes(repeating: beta2), c1 = Lanes(repeating: 1 - beta1),
        c2 = Lanes(repeating: 1 - beta2)
    let eps = Lanes(repeating: epsilon), eta = Lanes(repeating: rate), r = Lanes(repeating: root)
    @inline(__always) func next(_ g: Lanes, _ m0: Lanes, _ v0: Lanes, _ w: Lanes) -> (m: Lanes, v: Lanes, w: Lanes) {
        let m = b1 * m0 + c1 * g
        let v = b2 * v0 + c2 * g * g
        return (m, v, w - eta * m / (squareRoot(v) * r + eps))
    }
    var i = 0
    while i + laneCount <= n {
        let new = next((gradient + i).lanes(), (first + i).lanes(), (second + i).lanes(), (weights + i).lanes())
        (first + i).store(new.m)
        (second + i).store(new.v)
        (weights + i).store(new.w)
        i += laneCount
    }
    if i < n {
        let rest = n - i
        let new = next(
            (gradient + i).lanes(first: rest), (first + i).lanes(first: rest), (second + i).lanes(first: rest),
            (weights + i).lanes(first: rest))
        (first + i).store(new.m, first: rest)
        (second + i).store(new.v, first: rest)
        (weights + i).store(new.w, first: rest)
    }
}
