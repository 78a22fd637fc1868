// Bᵀ, for products with a transposed right operand.

import VectorMath

/// `to`[c,r] = `from`[r,c]; in squares of 16, so that both sides stay in cache.
func transpose(_ rows: Int, _ columns: Int, _ from: UnsafePointer<Scalar>, rowStride: Int, into to: UnsafeMutablePointer<Scalar>) {
    let square = 16
    for r0 in stride(from: 0, to: rows, by: square) {
        for c0 in stride(from: 0, to: columns, by: square) {
            for c in c0..<min(c0 + square, columns) {
                for r in r0..<min(r0 + square, rows) { to[c * rows + r] = from[r * rowStride + c] }
            }
        }
    }
}
