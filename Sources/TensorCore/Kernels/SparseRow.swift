// Sparsemax and entmax-1.5 of one row: the point of the simplex nearest to the scores, by two measures of near. Words
// that score far below the best get exactly 0.
//
// Both are p = [z − τ]₊ to some power, with the one τ at which p sums to 1. It lies between z of two neighbours in
// descending order, so it is found by sorting (Martins & Astudillo 2016, algorithm 1; Peters et al. 2019, algorithm 2).

import VectorMath

/// y = [z − τ]₊ with z = x − max x; zeros from n to `padTo`.
///
/// - Parameter sorted: n numbers to work in.
/// - Complexity: n, and the square of the words that score less than 1 below the best; above 64 of them, a sort.
func sparsemax(
    _ n: Int, _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>, padTo: Int,
    sorted: UnsafeMutablePointer<Scalar>
) {
    let (top, count) = sortContenders(n, x, times: 1, into: sorted)
    // τ_k = (Σ_{j≤k} z_j − 1)/k, of the last k with z_k > τ_k.
    var sum = 0.0, threshold = -1.0
    for k in 0..<count {
        let z = Double(sorted[k]), next = (sum + z - 1) / Double(k + 1)
        if !(z > next) { break }
        (sum, threshold) = (sum + z, next)
    }
    let tau = Scalar(threshold)
    // 0 comes second: `max` hands on a first that is no number, so that the fault is found where it began.
    for i in 0..<n { y[i] = max(x[i] - top - tau, 0) }
    if padTo > n { (y + n).update(repeating: 0, count: padTo - n) }
}

/// dx += dy − mean of dy, both over the support: where y is not 0.
func sparsemaxBackward(
    _ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>
) {
    var sum: Scalar = 0, support: Scalar = 0
    for i in 0..<n where y[i] > 0 { (sum, support) = (sum + dy[i], support + 1) }
    let mean = sum / support
    for i in 0..<n where y[i] > 0 { dx[i] += dy[i] - mean }
}

/// y = [z − τ]₊² with z = (x − max x)/2; zeros from n to `padTo`.
///
/// - Parameter sorted: n numbers to work in.
/// - Complexity: as `sparsemax`, with words that score less than 2 below the best.
func entmax15(
    _ n: Int, _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>, padTo: Int,
    sorted: UnsafeMutablePointer<Scalar>
) {
    let (top, count) = sortContenders(n, x, times: 0.5, into: sorted)
    // τ_k = m_k − √((1 − (Σ_{j≤k} z_j² − k m_k²))/k), m_k the mean of the first k, of the last k with z_k ≥ τ_k.
    var sum = 0.0, squares = 0.0, threshold = -1.0
    for k in 0..<count {
        let z = Double(sorted[k]), size = Double(k + 1)
        let mean = (sum + z) / size, spread = squares + z * z - size * mean * mean
        let next = mean - max((1 - spread) / size, 0).squareRoot()
        if !(z >= next) { break }
        (sum, squares, threshold) = (sum + z, squares + z * z, next)
    }
    let tau = Scalar(threshold)
    for i in 0..<n {
        let root = max((x[i] - top) / 2 - tau, 0)
        y[i] = root * root
    }
    if padTo > n { (y + n).update(repeating: 0, count: padTo - n) }
}

/// dx += σ (dy − σ · dy / Σσ) with σ = √y.
func entmax15Backward(
    _ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>
) {
    var sum: Scalar = 0, total: Scalar = 0
    for i in 0..<n where y[i] > 0 {
        let root = y[i].squareRoot()
        (sum, total) = (sum + root * dy[i], total + root)
    }
    let mean = sum / total
    for i in 0..<n where y[i] > 0 { dx[i] += y[i].squareRoot() * (dy[i] - mean) }
}

/// z = factor · (x − max x) of those that can be in the support, in descending order. τ is at least −1, because the
/// best word gets at most 1: so no z of −1 or less is among them, −∞ included.
///
/// The greatest is subtracted before anything is squared or summed: scores near −400 in float32 would leave a few
/// digits of the difference of two great sums.
private func sortContenders(
    _ n: Int, _ x: UnsafePointer<Scalar>, times factor: Scalar, into z: UnsafeMutablePointer<Scalar>
) -> (greatest: Scalar, count: Int) {
    let top = greatest(n, x)
    var count = 0
    for i in 0..<n where factor * (x[i] - top) > -1 {
        z[count] = factor * (x[i] - top)
        count += 1
    }
    guard count <= 64 else {
        var all = UnsafeMutableBufferPointer(start: z, count: count)
        all.sort(by: >)
        return (top, count)
    }
    for i in 1..<max(count, 1) {
        let moved = z[i]
        var place = i
        while place > 0, z[place - 1] < moved {
            z[place] = z[place - 1]
            place -= 1
        }
        z[place] = moved
    }
    return (top, count)
}
