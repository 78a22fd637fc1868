// Layer normalisation of rows, forward and backward.
// Every pointer addresses `rows` times `n` scalars, or n where it is a gain or a bias, or `rows` where it is a scale.

import VectorMath

/// x̂ = (x − x̄) / √(var + ε) of each row, with the variance over n and not n − 1; y = gain ⊙ x̂ + bias.
/// - Parameters:
///   - normal: x̂, kept for the way back.
///   - scales: 1 / √(var + ε) of each row, kept too.
func layerNorm(
    _ rows: Int, _ n: Int, _ x: UnsafePointer<Scalar>, gain: UnsafePointer<Scalar>, bias: UnsafePointer<Scalar>,
    epsilon: Scalar, normal: UnsafeMutablePointer<Scalar>, scales: UnsafeMutablePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
) {
    for r in 0..<rows {
        let row = x + r * n, centred = normal + r * n, result = y + r * n
        let mean = Lanes(repeating: sum(n, row) / Scalar(n))
        for i in stride(from: 0, to: n, by: laneCount) {
            (centred + i).store((row + i).lanes(atMost: n - i) - mean, atMost: n - i)
        }
        let inverse = 1 / (innerProduct(n, centred, centred) / Scalar(n) + epsilon).squareRoot()
        scales[r] = inverse
        let factor = Lanes(repeating: inverse)
        for i in stride(from: 0, to: n, by: laneCount) {
            let left = n - i, value = (centred + i).lanes(atMost: left) * factor
            (centred + i).store(value, atMost: left)
            (result + i).store(
                (bias + i).lanes(atMost: left).addingProduct((gain + i).lanes(atMost: left), value), atMost: left)
        }
    }
}

/// dx = or += scale (g − mean g − x̂ mean (g ⊙ x̂)) with g = gain ⊙ dy.
func layerNormBackward(
    _ rows: Int, _ n: Int, dy: UnsafePointer<Scalar>, gain: UnsafePointer<Scalar>, normal: UnsafePointer<Scalar>,
    scales: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>, accumulate: Bool
) {
    for r in 0..<rows {
        let d = dy + r * n, x = normal + r * n, target = dx + r * n
        var sums = Lanes.zero, along = Lanes.zero
        for i in stride(from: 0, to: n, by: laneCount) {
            let left = n - i, g = (d + i).lanes(atMost: left) * (gain + i).lanes(atMost: left)
            sums += g
            along = along.addingProduct(g, (x + i).lanes(atMost: left))
        }
        let mean = Lanes(repeating: sums.total() / Scalar(n)), share = Lanes(repeating: along.total() / Scalar(n))
        let factor = Lanes(repeating: scales[r])
        for i in stride(from: 0, to: n, by: laneCount) {
            let left = n - i, g = (d + i).lanes(atMost: left) * (gain + i).lanes(atMost: left)
            let change = (g - mean - (x + i).lanes(atMost: left) * share) * factor
            (target + i).store(accumulate ? (target + i).lanes(atMost: left) + change : change, atMost: left)
        }
    }
}

/// dgain += Σ dy ⊙ x̂ over the rows.
func addColumnProducts(
    _ rows: Int, _ n: Int, _ dy: UnsafePointer<Scalar>, _ normal: UnsafePointer<Scalar>,
    into dgain: UnsafeMutablePointer<Scalar>
) {
    for i in stride(from: 0, to: n, by: laneCount) {
        let left = n - i
        var total = (dgain + i).lanes(atMost: left)
        for r in 0..<rows {
            total = total.addingProduct(
                (dy + r * n + i).lanes(atMost: left), (normal + r * n + i).lanes(atMost: left))
        }
        (dgain + i).store(total, atMost: left)
    }
}
