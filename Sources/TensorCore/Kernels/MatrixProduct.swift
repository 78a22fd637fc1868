// C = A B, the kernel that nearly all the time goes into.
//
//   C[m,n] (+)= Σ_k A[m,k] B[k,n]
//
// B and C are row-major with contiguous rows. A has any strides, so that a transposed A costs nothing. For a transposed B
// see `transpose`: copying it once is far cheaper than reading it against the grain.
//
// Shape of the loops: a tile of C, 8 rows by 2 vectors, stays in 16 registers while k runs; a panel of B, 2 vectors wide and
// `depthBlock` deep, stays in the first-level cache while the tiles below one another use it. No packing: the matrices here
// fit the second-level cache.
//
// Invariants of every function: A, B and C address the whole matrices described by the sizes and strides, and C overlaps neither.

import VectorMath

/// Rows of B in a panel: 256 × 2 vectors = 32 KB, the size of a first-level cache.
private let depthBlock = 256

/// C[m,n] = or += A B.
/// - Parameters:
///   - rowStride, columnStride: distance between A[m,k] and A[m+1,k], A[m,k+1].
/// - Complexity: m·n·k multiply-adds.
func matrixProduct(_ m: Int, _ n: Int, _ k: Int,
                   _ a: UnsafePointer<Scalar>, rowStride: Int, columnStride: Int,
                   _ b: UnsafePointer<Scalar>, rowStride bStride: Int,
                   into c: UnsafeMutablePointer<Scalar>, rowStride cStride: Int, accumulate: Bool) {
    if m == 0 || n == 0 { return }
    ArithmeticCount.add(2 * m * n * k)
    if k == 0 {
        if !accumulate { for i in 0..<m { (c + i * cStride).update(repeating: 0, count: n) } }
        return
    }
    var from = 0
    while from < k {
        let depth = min(depthBlock, k - from)
        let add = accumulate || from > 0
        let aBlock = a + from * columnStride, bBlock = b + from * bStride
        var j = 0
        while j + 2 * laneCount <= n {
            var i = 0
            while i + 8 <= m {
                tile8x2(depth, aBlock + i * rowStride, rowStride, columnStride, bBlock + j, bStride, c + i * cStride + j, cStride, add)
                i += 8
            }
            while i < m {
                tile1x2(depth, aBlock + i * rowStride, columnStride, bBlock + j, bStride, c + i * cStride + j, add)
                i += 1
            }
            j += 2 * laneCount
        }
        while j < n {
            // The last columns: a whole vector is read, moved to the left where it would leave the row, and only the new lanes are stored.
            let new = min(laneCount, n - j)
            let readable = n >= laneCount
            let shift = readable ? laneCount - new : 0
            var i = 0
            while i + 8 <= m {
                tile8x1(depth, aBlock + i * rowStride, rowStride, columnStride, bBlock + j - shift, bStride,
                        c + i * cStride + j, cStride, add, shift: shift, new: new, readable: readable)
                i += 8
            }
            while i < m {
                tile1x1(depth, aBlock + i * rowStride, columnStride, bBlock + j - shift, bStride,
                        c + i * cStride + j, add, shift: shift, new: new, readable: readable)
                i += 1
            }
            j += new
        }
        from += depth
    }
}

/// Eight rows, two vectors: 16 accumulators, 2 loads of B and 8 broadcasts of A for 16 multiply-adds.
private func tile8x2(_ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
                     _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ add: Bool) {
    var c00 = Lanes.zero, c01 = Lanes.zero, c10 = Lanes.zero, c11 = Lanes.zero
    var c20 = Lanes.zero, c21 = Lanes.zero, c30 = Lanes.zero, c31 = Lanes.zero
    var c40 = Lanes.zero, c41 = Lanes.zero, c50 = Lanes.zero, c51 = Lanes.zero
    var c60 = Lanes.zero, c61 = Lanes.zero, c70 = Lanes.zero, c71 = Lanes.zero
    var a = a, b = b
    let a1 = rs, a2 = 2 * rs, a3 = 3 * rs, a4 = 4 * rs, a5 = 5 * rs, a6 = 6 * rs, a7 = 7 * rs
    for _ in 0..<depth {
        let b0 = b.lanes(), b1 = (b + laneCount).lanes()
        var x = Lanes(repeating: a[0]); c00 = c00.addingProduct(x, b0); c01 = c01.addingProduct(x, b1)
        x = Lanes(repeating: a[a1]); c10 = c10.addingProduct(x, b0); c11 = c11.addingProduct(x, b1)
        x = Lanes(repeating: a[a2]); c20 = c20.addingProduct(x, b0); c21 = c21.addingProduct(x, b1)
        x = Lanes(repeating: a[a3]); c30 = c30.addingProduct(x, b0); c31 = c31.addingProduct(x, b1)
        x = Lanes(repeating: a[a4]); c40 = c40.addingProduct(x, b0); c41 = c41.addingProduct(x, b1)
        x = Lanes(repeating: a[a5]); c50 = c50.addingProduct(x, b0); c51 = c51.addingProduct(x, b1)
        x = Lanes(repeating: a[a6]); c60 = c60.addingProduct(x, b0); c61 = c61.addingProduct(x, b1)
        x = Lanes(repeating: a[a7]); c70 = c70.addingProduct(x, b0); c71 = c71.addingProduct(x, b1)
        a += cs
        b += bs
    }
    put(c00, c01, c, add); put(c10, c11, c + ldc, add); put(c20, c21, c + 2 * ldc, add); put(c30, c31, c + 3 * ldc, add)
    put(c40, c41, c + 4 * ldc, add); put(c50, c51, c + 5 * ldc, add); put(c60, c61, c + 6 * ldc, add); put(c70, c71, c + 7 * ldc, add)
}

@inline(__always)
private func put(_ v0: Lanes, _ v1: Lanes, _ c: UnsafeMutablePointer<Scalar>, _ add: Bool) {
    if add {
        c.store(c.lanes() + v0)
        (c + laneCount).store((c + laneCount).lanes() + v1)
    } else {
        c.store(v0)
        (c + laneCount).store(v1)
    }
}

/// One row, two vectors; k runs in two interleaved chains so that the additions need not wait for each other.
private func tile1x2(_ depth: Int, _ a: UnsafePointer<Scalar>, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
                     _ c: UnsafeMutablePointer<Scalar>, _ add: Bool) {
    var even0 = Lanes.zero, even1 = Lanes.zero, odd0 = Lanes.zero, odd1 = Lanes.zero
    var k = 0
    while k + 2 <= depth {
        let p = b + k * bs, q = p + bs
        let x = Lanes(repeating: a[k * cs]), y = Lanes(repeating: a[(k + 1) * cs])
        even0 = even0.addingProduct(x, p.lanes()); even1 = even1.addingProduct(x, (p + laneCount).lanes())
        odd0 = odd0.addingProduct(y, q.lanes()); odd1 = odd1.addingProduct(y, (q + laneCount).lanes())
        k += 2
    }
    if k < depth {
        let p = b + k * bs, x = Lanes(repeating: a[k * cs])
        even0 = even0.addingProduct(x, p.lanes()); even1 = even1.addingProduct(x, (p + laneCount).lanes())
    }
    put(even0 + odd0, even1 + odd1, c, add)
}

/// Eight rows, one vector at the right edge.
private func tile8x1(_ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
                     _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ add: Bool, shift: Int, new: Int, readable: Bool) {
    var c0 = Lanes.zero, c1 = Lanes.zero, c2 = Lanes.zero, c3 = Lanes.zero
    var c4 = Lanes.zero, c5 = Lanes.zero, c6 = Lanes.zero, c7 = Lanes.zero
    var a = a, b = b
    for _ in 0..<depth {
        let v = readable ? b.lanes() : b.lanes(first: new)
        c0 = c0.addingProduct(Lanes(repeating: a[0]), v)
        c1 = c1.addingProduct(Lanes(repeating: a[rs]), v)
        c2 = c2.addingProduct(Lanes(repeating: a[2 * rs]), v)
        c3 = c3.addingProduct(Lanes(repeating: a[3 * rs]), v)
        c4 = c4.addingProduct(Lanes(repeating: a[4 * rs]), v)
        c5 = c5.addingProduct(Lanes(repeating: a[5 * rs]), v)
        c6 = c6.addingProduct(Lanes(repeating: a[6 * rs]), v)
        c7 = c7.addingProduct(Lanes(repeating: a[7 * rs]), v)
        a += cs
        b += bs
    }
    putEdge(c0, c, add, shift, new); putEdge(c1, c + ldc, add, shift, new)
    putEdge(c2, c + 2 * ldc, add, shift, new); putEdge(c3, c + 3 * ldc, add, shift, new)
    putEdge(c4, c + 4 * ldc, add, shift, new); putEdge(c5, c + 5 * ldc, add, shift, new)
    putEdge(c6, c + 6 * ldc, add, shift, new); putEdge(c7, c + 7 * ldc, add, shift, new)
}

/// One row, one vector at the right edge.
private func tile1x1(_ depth: Int, _ a: UnsafePointer<Scalar>, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
                     _ c: UnsafeMutablePointer<Scalar>, _ add: Bool, shift: Int, new: Int, readable: Bool) {
    var sum = Lanes.zero
    for k in 0..<depth {
        let v = readable ? (b + k * bs).lanes() : (b + k * bs).lanes(first: new)
        sum = sum.addingProduct(Lanes(repeating: a[k * cs]), v)
    }
    putEdge(sum, c, add, shift, new)
}

@inline(__always)
private func putEdge(_ v: Lanes, _ c: UnsafeMutablePointer<Scalar>, _ add: Bool, _ shift: Int, _ new: Int) {
    if new == laneCount {
        c.store(add ? c.lanes() + v : v)
    } else {
        for lane in 0..<new { c[lane] = add ? c[lane] + v[lane + shift] : v[lane + shift] }
    }
}

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
