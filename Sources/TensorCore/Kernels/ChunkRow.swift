// Softmax over the w words up to each word of one sentence, for all its words at once: MoChA's chunks.
// n real words; shares are [w,n]: those of distance d behind the chunk's last word stand in row d, and at word k there
// is what the chunk that ends at k gives to word k − d. At the left edge chunks are shorter, and what would stand
// before the first word is 0.

import VectorMath

/// shares[d,k] = exp(u_{k−d} − m_k) / Σ_c exp(u_{k−c} − m_k), m_k the greatest of the chunk.
/// - Complexity: w·n exponentials.
func chunkShares(
    _ n: Int, _ width: Int, u: UnsafePointer<Scalar>, greatest m: UnsafeMutablePointer<Scalar>,
    sums: UnsafeMutablePointer<Scalar>, into shares: UnsafeMutablePointer<Scalar>
) {
    ArithmeticCount.add(4 * n * width)
    m.update(from: u, count: n)
    for d in 1..<max(1, min(width, n)) {
        for k in d..<n where u[k - d] > m[k] { m[k] = u[k - d] }
    }
    sums.update(repeating: 0, count: n)
    for d in 0..<width {
        let row = shares + d * n
        row.update(repeating: 0, count: min(d, n))
        var k = d
        while k < n {
            let count = min(laneCount, n - k)
            let e = exponential((u + (k - d)).lanes(atMost: count) - (m + k).lanes(atMost: count))
            (row + k).store(e, atMost: count)
            (sums + k).store((sums + k).lanes(atMost: count) + e, atMost: count)
            k += laneCount
        }
    }
    for d in 0..<width {
        for k in 0..<n { shares[d * n + k] /= sums[k] }
    }
}

/// β_j = Σ_d stops_{j+d} shares[d,j+d].
func chunkwise(
    _ n: Int, _ width: Int, stops: UnsafePointer<Scalar>, shares: UnsafePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
) {
    ArithmeticCount.add(2 * n * width)
    y.update(repeating: 0, count: n)
    for d in 0..<min(width, n) {
        for k in d..<n { y[k - d] += stops[k] * shares[d * n + k] }
    }
}

/// dstops_k += mean_k,  du_{k−d} += stops_k shares[d,k] (dβ_{k−d} − mean_k),  mean_k = Σ_d shares[d,k] dβ_{k−d}.
func chunkwiseBackward(
    _ n: Int, _ width: Int, stops: UnsafePointer<Scalar>, shares: UnsafePointer<Scalar>, dy: UnsafePointer<Scalar>,
    means: UnsafeMutablePointer<Scalar>, dstops: UnsafeMutablePointer<Scalar>?, du: UnsafeMutablePointer<Scalar>?
) {
    ArithmeticCount.add(6 * n * width)
    means.update(repeating: 0, count: n)
    for d in 0..<min(width, n) {
        for k in d..<n { means[k] += shares[d * n + k] * dy[k - d] }
    }
    if let dstops {
        for k in 0..<n { dstops[k] += means[k] }
    }
    guard let du else { return }
    for d in 0..<min(width, n) {
        for k in d..<n { du[k - d] += stops[k] * shares[d * n + k] * (dy[k - d] - means[k]) }
    }
}
