// Bᵀ, for products with a transposed right operand.

import VectorMath

/// `to`[c,r] = `from`[r,c], in squares of four by four that are turned within registers, sixteen rows at a time, so
/// that a line of cache on either side is used up while it is near.
func transpose(
    _ rows: Int, _ columns: Int, _ from: UnsafePointer<Scalar>, rowStride: Int, into to: UnsafeMutablePointer<Scalar>
) {
    let wholeRows = rows - rows % 4, wholeColumns = columns - columns % 4
    for r0 in stride(from: 0, to: wholeRows, by: 16) {
        for c in stride(from: 0, to: wholeColumns, by: 4) {
            for r in stride(from: r0, to: min(r0 + 16, wholeRows), by: 4) {
                turn(from + r * rowStride + c, rowStride, into: to + c * rows + r, rows)
            }
        }
    }
    for c in 0..<columns {
        // The last rows, and the last columns of all rows.
        for r in (c < wholeColumns ? wholeRows : 0)..<rows { to[c * rows + r] = from[r * rowStride + c] }
    }
}

/// One square.
@inline(__always)
private func turn(_ from: UnsafePointer<Scalar>, _ stride: Int, into to: UnsafeMutablePointer<Scalar>, _ toStride: Int)
{
    func row(_ r: Int) -> SIMD4<Scalar> { UnsafeRawPointer(from + r * stride).loadUnaligned(as: SIMD4<Scalar>.self) }
    func put(_ low: SIMD2<Scalar>, _ high: SIMD2<Scalar>, _ c: Int) {
        UnsafeMutableRawPointer(to + c * toStride).storeBytes(
            of: SIMD4(lowHalf: low, highHalf: high), as: SIMD4<Scalar>.self)
    }
    /// x₀ y₀ x₁ y₁.
    func alternate(_ x: SIMD2<Scalar>, _ y: SIMD2<Scalar>) -> SIMD4<Scalar> {
        var both = SIMD4<Scalar>()
        (both.evenHalf, both.oddHalf) = (x, y)
        return both
    }
    let (a, b, c, d) = (row(0), row(1), row(2), row(3))
    let ab = alternate(a.lowHalf, b.lowHalf), cd = alternate(c.lowHalf, d.lowHalf)
    let abHigh = alternate(a.highHalf, b.highHalf), cdHigh = alternate(c.highHalf, d.highHalf)
    put(ab.lowHalf, cd.lowHalf, 0)
    put(ab.highHalf, cd.highHalf, 1)
    put(abHigh.lowHalf, cdHigh.lowHalf, 2)
    put(abHigh.highHalf, cdHigh.highHalf, 3)
}
