// √ on whole SIMD vectors.
//
// `squareRoot()` of a SIMD type calls the scalar function for one lane after the other, with a branch for negative
// numbers: half of the time of an Adam step. Float32: 1/√x from the bits of x (Lomont 2003, "Fast inverse square
// root"), three Newton steps, and one more on √x itself, whose remainder x − s² a fused multiply-add gives exactly.
// Errors stay below one unit in the last place for normal numbers; the tests measure it. Float64 uses the exact
// function.

#if SCALAR64
@inlinable @inline(__always) public func squareRoot(_ x: Lanes) -> Lanes { x.squareRoot() }
#else
/// √x in every lane, for finite x ≥ 0, and NaN for NaN. Numbers too small to be normal lose digits. Of infinity and of
/// numbers below 0 nothing is promised.
@inlinable @inline(__always) public func squareRoot(_ x: Lanes) -> Lanes {
    let half = Lanes(repeating: 0.5), threeHalves = Lanes(repeating: 1.5)
    let bits =
        LaneIntegers(repeating: 0x5f37_59df) &- (unsafeBitCast(x, to: LaneIntegers.self) &>> LaneIntegers(repeating: 1))
    var r = unsafeBitCast(bits, to: Lanes.self)
    let h = half * x
    r *= threeHalves.addingProduct(-h * r, r)
    r *= threeHalves.addingProduct(-h * r, r)
    r *= threeHalves.addingProduct(-h * r, r)
    let s = x * r
    return s.addingProduct(half * r, x.addingProduct(-s, s))
}
#endif
