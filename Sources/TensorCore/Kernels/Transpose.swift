// Bᵀ, for products with a transposed right operand.

import VectorMath

/// `to`[c,r] = `from`[r,c]: a vector down a column of `from` becomes a vector along a row of `to`, for as many columns side by
/// side as a vector has lanes, so that every line of cache that is read is used up.
func transpose(_ rows: Int, _ columns: Int, _ from: UnsafePointer<Scalar>, rowStride: Int, into to: UnsafeMutablePointer<Scalar>) {
    var r = 0
    while r + laneCount <= rows {
        for c in 0..<columns {
            var column = Lanes.zero
            for lane in 0..<laneCount { column[lane] = from[(r + lane) * rowStride + c] }
            (to + c * rows + r).store(column)
        }
        r += laneCount
    }
    for c in 0..<columns {
        for rest in r..<rows { to[c * rows + rest] = from[rest * rowStride + c] }
    }
}
