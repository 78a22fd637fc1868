// Softmax of one row.

import Foundation
import VectorMath

/// y = softmax(x[0 ..< n]), zeros from n to `padTo`. Returns log Σ exp(x).
/// - Complexity: n exponentials.
@discardableResult
func softmax(_ n: Int, _ x: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>, padTo: Int) -> Scalar {
    var top = Lanes(repeating: -.infinity)
    var i = 0
    while i + laneCount <= n {
        let v = (x + i).lanes()
        top.replace(with: v, where: v .> top)
        i += laneCount
    }
    var greatest = top.max()
    while i < n { greatest = x[i] > greatest ? x[i] : greatest; i += 1 }

    let shift = Lanes(repeating: greatest)
    var sums = Lanes.zero
    i = 0
    while i + laneCount <= n {
        let e = exponential((x + i).lanes() - shift)
        (y + i).store(e)
        sums += e
        i += laneCount
    }
    var total = sums.sum()
    if i < n {
        let e = exponential((x + i).lanes(first: n - i) - shift)
        (y + i).store(e, first: n - i)
        for lane in 0..<(n - i) { total += e[lane] }
    }
    scale(n, y, by: 1 / total, into: y)
    if padTo > n { (y + n).update(repeating: 0, count: padTo - n) }
    return greatest + log(total)
}

/// dx += y (dy − y · dy).
func softmaxBackward(_ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>) {
    let mean = Lanes(repeating: innerProduct(n, y, dy))
    var i = 0
    while i + laneCount <= n {
        (dx + i).store((dx + i).lanes() + (y + i).lanes() * ((dy + i).lanes() - mean))
        i += laneCount
    }
    while i < n { dx[i] += y[i] * (dy[i] - mean[0]); i += 1 }
}
