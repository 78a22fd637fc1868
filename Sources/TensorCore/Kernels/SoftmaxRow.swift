// Softmax of one row, and what decoding asks of a row of scores: the greatest, and log Σ exp.

import Foundation
import VectorMath

/// y = factor · softmax(x[0 ..< n]), zeros from n to `padTo`. Returns log Σ exp(x).
/// - Complexity: n exponentials.
@discardableResult
func softmax(
    _ n: Int, _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>, padTo: Int, times factor: Scalar = 1
) -> Scalar {
    let (greatest, total) = shiftedExponentials(n, x, into: y)
    scale(n, y, by: factor / total, into: y)
    if padTo > n { (y + n).update(repeating: 0, count: padTo - n) }
    return greatest + log(total)
}

/// y = exp(x − max x), and what it takes to make a softmax of it. y may be x.
/// - Returns: max x, and Σ y.
/// - Complexity: n exponentials.
func shiftedExponentials(
    _ n: Int, _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>
) -> (greatest: Scalar, total: Scalar) {
    let greatest = greatest(n, x)
    let shift = Lanes(repeating: greatest)
    var sums = Lanes.zero
    var i = 0
    while i + laneCount <= n {
        let e = exponential((x + i).lanes() - shift)
        (y + i).store(e)
        sums += e
        i += laneCount
    }
    var total = sums.total()
    if i < n {
        let e = exponential((x + i).lanes(first: n - i) - shift)
        (y + i).store(e, first: n - i)
        for lane in 0..<(n - i) { total += e[lane] }
    }
    return (greatest, total)
}

/// dx += y (dy − y · dy).
func softmaxBackward(
    _ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>
) {
    let mean = Lanes(repeating: innerProduct(n, y, dy))
    var i = 0
    while i + laneCount <= n {
        (dx + i).store((dx + i).lanes() + (y + i).lanes() * ((dy + i).lanes() - mean))
        i += laneCount
    }
    while i < n {
        dx[i] += y[i] * (dy[i] - mean[0])
        i += 1
    }
}

/// max x, −∞ of nothing. NaN compares false and is passed over.
func greatest(_ n: Int, _ x: UnsafePointer<Scalar>) -> Scalar {
    var top = Lanes(repeating: -.infinity)
    var i = 0
    while i + laneCount <= n {
        let v = (x + i).lanes()
        top.replace(with: v, where: v .> top)
        i += laneCount
    }
    var greatest = top.max()
    while i < n {
        greatest = x[i] > greatest ? x[i] : greatest
        i += 1
    }
    return greatest
}

/// log Σ exp(x), without overflow.
/// - Complexity: n exponentials.
func logSumExp(_ n: Int, _ x: UnsafePointer<Scalar>) -> Double {
    let greatest = greatest(n, x)
    let shift = Lanes(repeating: greatest)
    var sums = Lanes.zero
    var i = 0
    while i + laneCount <= n {
        sums += exponential((x + i).lanes() - shift)
        i += laneCount
    }
    var total = Double(sums.total())
    if i < n {
        let e = exponential((x + i).lanes(first: n - i) - shift)
        for lane in 0..<(n - i) { total += Double(e[lane]) }
    }
    return Double(greatest) + log(total)
}

/// Where the greatest number stands, the first among equals; 0 where no number compares as greatest.
func indexOfGreatest(_ n: Int, _ x: UnsafePointer<Scalar>) -> Int {
    let greatest = greatest(n, x), wanted = Lanes(repeating: greatest)
    var i = 0
    while i + laneCount <= n && !any((x + i).lanes() .== wanted) { i += laneCount }
    while i < n && x[i] != greatest { i += 1 }
    return i < n ? i : 0
}

/// y = log Σ_r exp(x[r] + shift[r]), column by column, of rows of n numbers that lie side by side; −∞ of no rows.
/// - Complexity: an exponential for each number.
func logSumExpOfRows(
    _ n: Int, _ x: UnsafePointer<Scalar>, _ shifts: [Scalar], into y: UnsafeMutablePointer<Scalar>
) {
    for i in stride(from: 0, to: n, by: laneCount) {
        let count = min(laneCount, n - i)
        var greatest = Lanes(repeating: -.infinity)
        for (r, shift) in shifts.enumerated() {
            let v = (x + r * n + i).lanes(atMost: count) + Lanes(repeating: shift)
            greatest.replace(with: v, where: v .> greatest)
        }
        var sums = Lanes.zero
        for (r, shift) in shifts.enumerated() {
            sums += exponential((x + r * n + i).lanes(atMost: count) + Lanes(repeating: shift) - greatest)
        }
        for lane in 0..<count { y[i + lane] = shifts.isEmpty ? -.infinity : greatest[lane] + log(sums[lane]) }
    }
}
