// The number type of the whole library and the SIMD vector that the kernels work in.
// A module of its own, so that these few lines are inlined into kernels of other modules in debug builds as well.

#if SCALAR64
/// The library's number: float64 in builds made with -DSCALAR64, for gradient checks and golden numbers.
public typealias Scalar = Double
#else
/// The library's number: float32.
public typealias Scalar = Float
#endif

// One register of 512 bits where there are such
// (Package.swift looks, and defines AVX512), otherwise 256 bits, which is one register of AVX2 and two of NEON or SSE.
// Tried: 512 bits everywhere. A tile of 8 × 2 vectors then needs 32 registers of AVX2, which has 16, and the matrix
// product falls from 85 to 25 GFLOP/s.
#if AVX512 && SCALAR64
/// One vector of scalars.
public typealias Lanes = SIMD8<Double>
#elseif AVX512
/// One vector of scalars.
public typealias Lanes = SIMD16<Float>
/// The bits of a vector, as integers.
public typealias LaneIntegers = SIMD16<Int32>
public typealias LaneBits = SIMD16<UInt32>
#elseif SCALAR64
/// One vector of scalars.
public typealias Lanes = SIMD4<Double>
#else
/// One vector of scalars.
public typealias Lanes = SIMD8<Float>
/// The bits of a vector, as integers.
public typealias LaneIntegers = SIMD8<Int32>
public typealias LaneBits = SIMD8<UInt32>
#endif

/// Scalars in one vector. Computed, not stored: a stored global would cost a lookup in the kernels.
@inlinable public var laneCount: Int {
    @inline(__always) get { Lanes.scalarCount }
}

extension UnsafePointer where Pointee == Scalar {
    /// The vector that starts here; needs no alignment. The caller owns `laneCount` readable scalars.
    @inlinable @inline(__always) public func lanes() -> Lanes {
        UnsafeRawPointer(self).loadUnaligned(as: Lanes.self)
    }

    /// The first `count` < `laneCount` scalars, the rest zero.
    @inlinable @inline(__always) public func lanes(first count: Int) -> Lanes {
        var v = Lanes.zero
        for i in 0..<count { v[i] = self[i] }
        return v
    }

    /// A whole vector, or its first scalars where fewer are left.
    @inlinable @inline(__always) public func lanes(atMost count: Int) -> Lanes {
        count >= laneCount ? lanes() : lanes(first: count)
    }
}

extension UnsafeMutablePointer where Pointee == Scalar {
    /// The vector that starts here; needs no alignment. The caller owns `laneCount` readable scalars.
    @inlinable @inline(__always) public func lanes() -> Lanes {
        UnsafeRawPointer(self).loadUnaligned(as: Lanes.self)
    }

    /// The first `count` < `laneCount` scalars, the rest zero.
    @inlinable @inline(__always) public func lanes(first count: Int) -> Lanes {
        UnsafePointer(self).lanes(first: count)
    }

    /// A whole vector, or its first scalars where fewer are left.
    @inlinable @inline(__always) public func lanes(atMost count: Int) -> Lanes {
        UnsafePointer(self).lanes(atMost: count)
    }

    /// Stores a whole vector, or its first scalars where fewer are wanted.
    @inlinable @inline(__always) public func store(_ v: Lanes, atMost count: Int) {
        if count >= laneCount { store(v) } else { store(v, first: count) }
    }

    @inlinable @inline(__always) public func store(_ v: Lanes) {
        UnsafeMutableRawPointer(self).storeBytes(of: v, as: Lanes.self)
    }

    /// Stores the first `count` < `laneCount` scalars of `v`.
    @inlinable @inline(__always) public func store(_ v: Lanes, first count: Int) {
        for i in 0..<count { self[i] = v[i] }
    }
}

// The sum of all lanes, by halves. `sum()` adds one lane after the other, each waiting for the last.

extension SIMD16 where Scalar: FloatingPoint {
    @inlinable @inline(__always) public func total() -> Scalar { (lowHalf + highHalf).total() }
}

extension SIMD8 where Scalar: FloatingPoint {
    @inlinable @inline(__always) public func total() -> Scalar { (lowHalf + highHalf).total() }
}

extension SIMD4 where Scalar: FloatingPoint {
    @inlinable @inline(__always) public func total() -> Scalar {
        let pairs = lowHalf + highHalf
        return pairs[0] + pairs[1]
    }
}
