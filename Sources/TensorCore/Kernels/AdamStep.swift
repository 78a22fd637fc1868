// Adam on one parameter; see Optimizers.swift for the formula. Every pointer addresses n scalars.

import VectorMath

/// - Parameters:
///   - rate: η / (1 − β₁ᵗ).
///   - root: 1 / √(1 − β₂ᵗ).
func adamStep(_ n: Int, gradient: UnsafePointer<Scalar>, first: UnsafeMutablePointer<Scalar>, second: UnsafeMutablePointer<Scalar>,
              weights: UnsafeMutablePointer<Scalar>, beta1: Scalar, beta2: Scalar, epsilon: Scalar, rate: Scalar, root: Scalar) {
    let b1 = Lanes(repeating: beta1), b2 = Lanes(repeating: beta2), one = Lanes(repeating: 1)
    let eps = Lanes(repeating: epsilon), eta = Lanes(repeating: rate), r = Lanes(repeating: root)
    var i = 0
    while i < n {
        let count = min(laneCount, n - i), whole = count == laneCount
        let g = whole ? (gradient + i).lanes() : (gradient + i).lanes(first: count)
        let m0 = whole ? (first + i).lanes() : (first + i).lanes(first: count)
        let v0 = whole ? (second + i).lanes() : (second + i).lanes(first: count)
        let w = whole ? (weights + i).lanes() : (weights + i).lanes(first: count)
        let m = b1 * m0 + (one - b1) * g
        let v = b2 * v0 + (one - b2) * g * g
        let new = w - eta * m / (v.squareRoot() * r + eps)
        if whole {
            (first + i).store(m); (second + i).store(v); (weights + i).store(new)
        } else {
            (first + i).store(m, first: count); (second + i).store(v, first: count); (weights + i).store(new, first: count)
        }
        i += count
    }
}
