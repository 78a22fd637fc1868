// Scaled dot-product attention of one head over one sentence, forward and backward.
// A head is d columns of rows that are `stride` scalars apart; the caller points at the first of them. T queries look at
// the first n of S keys, and of those query t at the first `seen(t)`. The weights are a block [T,S].

import VectorMath

/// The sizes of one head.
struct HeadSizes {
    /// T, S and d.
    let queries: Int, keys: Int, width: Int
    /// Scalars from one row to the next, of queries, keys, values and results alike.
    let stride: Int
    /// n.
    let visible: Int
    /// Of query t, 1 to n.
    let seen: (Int) -> Int

    /// 1/√d.
    var scale: Scalar { 1 / Scalar(width).squareRoot() }
}

/// α_t = softmax(q_t kᵢ / √d) over what query t sees, exactly 0 beyond; y_t = Σᵢ α_tᵢ vᵢ.
/// - Parameter scratch: d·S scalars.
func headForward(
    _ sizes: HeadSizes, _ q: UnsafePointer<Scalar>, _ k: UnsafePointer<Scalar>, _ v: UnsafePointer<Scalar>,
    weights: UnsafeMutablePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>,
    scratch turned: UnsafeMutablePointer<Scalar>, _ workspace: Workspace
) {
    let (t, s, d, n) = (sizes.queries, sizes.keys, sizes.width, sizes.visible)
    transpose(n, d, k, rowStride: sizes.stride, into: turned)
    scale(n * d, turned, by: sizes.scale, into: turned)
    matrixProduct(
        t, n, d, q, rowStride: sizes.stride, columnStride: 1, turned, rowStride: n, into: weights, rowStride: s,
        accumulate: false, workspace)
    for row in 0..<t { softmax(sizes.seen(row), weights + row * s, into: weights + row * s, padTo: s) }
    matrixProduct(
        t, d, n, weights, rowStride: s, columnStride: 1, v, rowStride: sizes.stride, into: y, rowStride: sizes.stride,
        accumulate: false, workspace)
}

/// What flows back to queries, keys and values, each added where it is wanted.
/// - Parameter scratch: d·S + 2·T·S scalars.
func headBackward(
    _ sizes: HeadSizes, dy: UnsafePointer<Scalar>, weights: UnsafePointer<Scalar>, _ q: UnsafePointer<Scalar>,
    _ k: UnsafePointer<Scalar>, _ v: UnsafePointer<Scalar>, dq: UnsafeMutablePointer<Scalar>?,
    dk: UnsafeMutablePointer<Scalar>?, dv: UnsafeMutablePointer<Scalar>?, scratch: UnsafeMutablePointer<Scalar>,
    _ workspace: Workspace
) {
    let (t, s, d, n, far) = (sizes.queries, sizes.keys, sizes.width, sizes.visible, sizes.stride)
    if let dv {
        matrixProduct(
            n, d, t, weights, rowStride: 1, columnStride: s, dy, rowStride: far, into: dv, rowStride: far,
            accumulate: true, workspace)
    }
    guard dq != nil || dk != nil else { return }
    let (turned, dWeights, dScores) = (scratch, scratch + d * s, scratch + d * s + t * s)
    transpose(n, d, v, rowStride: far, into: turned)
    matrixProduct(
        t, n, d, dy, rowStride: far, columnStride: 1, turned, rowStride: n, into: dWeights, rowStride: n,
        accumulate: false, workspace)
    dScores.update(repeating: 0, count: t * n)
    for row in 0..<t {
        softmaxBackward(sizes.seen(row), dy: dWeights + row * n, y: weights + row * s, into: dScores + row * n)
    }
    scale(t * n, dScores, by: sizes.scale, into: dScores)
    if let dq {
        matrixProduct(
            t, d, n, dScores, rowStride: n, columnStride: 1, k, rowStride: far, into: dq, rowStride: far,
            accumulate: true, workspace)
    }
    if let dk {
        matrixProduct(
            n, d, t, dScores, rowStride: 1, columnStride: n, q, rowStride: far, into: dk, rowStride: far,
            accumulate: true, workspace)
    }
}
