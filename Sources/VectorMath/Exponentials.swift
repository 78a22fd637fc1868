// exp, tanh and the logistic function on whole SIMD vectors.
//
// Float32: x = n ln 2 + r with |r| ≤ ln 2 / 2, then exp(r) − 1 = r + r² p(r) with p of degree 5 (the coefficients of
// the Cephes library's expf), then scaling by 2ⁿ through the exponent bits. Errors stay below 4 units in the last place
// over the whole range, denormals, infinities and NaN included; the tests measure it. Float64 uses the exact functions,
// lane by lane.
//
// Tried: `.clamped(lowerBound:upperBound:)` runs lane by lane (20 times slower); `replace(with:where:)` does not.

#if SCALAR64
public import Foundation

@inlinable @inline(__always) public func exponential(_ x: Lanes) -> Lanes {
    var y = Lanes.zero
    for i in 0..<laneCount { y[i] = exp(x[i]) }
    return y
}

@inlinable @inline(__always) public func hyperbolicTangent(_ x: Lanes) -> Lanes {
    var y = Lanes.zero
    for i in 0..<laneCount { y[i] = tanh(x[i]) }
    return y
}
#else

/// exp(r) − 1 for |r| ≤ ln 2 / 2, exact to the last place for tiny r.
@inlinable @inline(__always) internal func exponentialMinusOneNearZero(_ r: Lanes) -> Lanes {
    var p = Lanes(repeating: 1.9875691500e-4)
    p = Lanes(repeating: 1.3981999507e-3).addingProduct(p, r)
    p = Lanes(repeating: 8.3334519073e-3).addingProduct(p, r)
    p = Lanes(repeating: 4.1665795894e-2).addingProduct(p, r)
    p = Lanes(repeating: 1.6666665459e-1).addingProduct(p, r)
    p = Lanes(repeating: 5.0000001201e-1).addingProduct(p, r)
    return r.addingProduct(r * r, p)
}

/// x = n ln 2 + r: the bits of `shifted` hold n, as an integer, above those of the magic number.
@inlinable @inline(__always) internal func reduced(_ x: Lanes) -> (n: LaneIntegers, r: Lanes) {
    // Adding and subtracting 1.5·2²³ rounds to the nearest integer and leaves it in the low bits.
    let magic = Lanes(repeating: 12_582_912)
    let shifted = magic.addingProduct(x, Lanes(repeating: 1.442695041))
    let rounded = shifted - magic
    var r = x.addingProduct(rounded, Lanes(repeating: -0.693359375))
    r = r.addingProduct(rounded, Lanes(repeating: 2.12194440e-4))
    let bits = unsafeBitCast(shifted, to: LaneIntegers.self)
    return (bits &- LaneIntegers(repeating: 0x4B40_0000), r)
}

/// 2ⁿ for −126 ≤ n ≤ 127.
@inlinable @inline(__always) internal func powerOfTwo(_ n: LaneIntegers) -> Lanes {
    unsafeBitCast((n &+ LaneIntegers(repeating: 127)) &<< LaneIntegers(repeating: 23), to: Lanes.self)
}

/// eˣ in every lane.
@inlinable @inline(__always) public func exponential(_ x: Lanes) -> Lanes {
    var x = x
    x.replace(with: Lanes(repeating: 89), where: x .> Lanes(repeating: 89))
    x.replace(with: Lanes(repeating: -104), where: x .< Lanes(repeating: -104))
    let (n, r) = reduced(x)
    // Two factors, because 2ⁿ alone leaves the range of normal numbers where the result is infinite or denormal.
    let half = n &>> LaneIntegers(repeating: 1)
    let mantissa = Lanes(repeating: 1) + exponentialMinusOneNearZero(r)
    return mantissa * powerOfTwo(half) * powerOfTwo(n &- half)
}

/// tanh x = (e²ˣ − 1) / (e²ˣ + 1), by e²ˣ − 1 so that small x keep their digits.
@inlinable @inline(__always) public func hyperbolicTangent(_ x: Lanes) -> Lanes {
    let signBit = LaneBits(repeating: 0x8000_0000)
    let bits = unsafeBitCast(x, to: LaneBits.self)
    let sign = bits & signBit
    var magnitude = unsafeBitCast(bits & ~signBit, to: Lanes.self)
    // tanh 10 rounds to 1. NaN compares false and stays.
    magnitude.replace(with: Lanes(repeating: 10), where: magnitude .> Lanes(repeating: 10))
    let (n, r) = reduced(magnitude + magnitude)
    let scale = powerOfTwo(n)
    let minusOne = (scale - Lanes(repeating: 1)).addingProduct(scale, exponentialMinusOneNearZero(r))
    let y = minusOne / (minusOne + Lanes(repeating: 2))
    return unsafeBitCast(unsafeBitCast(y, to: LaneBits.self) | sign, to: Lanes.self)
}
#endif

/// σ(x) = 1 / (1 + e⁻ˣ) in every lane.
@inlinable @inline(__always) public func logistic(_ x: Lanes) -> Lanes {
    Lanes(repeating: 1) / (Lanes(repeating: 1) + exponential(-x))
}

/// Applies a lane function to one number, so that a scalar tail gets the same bits as a full vector.
@inlinable @inline(__always) public func one(_ x: Scalar, _ f: (Lanes) -> Lanes) -> Scalar {
    f(Lanes(repeating: x))[0]
}
