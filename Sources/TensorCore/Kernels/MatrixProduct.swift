// C = A B, the kernel that nearly all the time goes into.
//
//   C[m,n] (+)= Σ_k A[m,k] B[k,n]
//
// B and C are row-major with contiguous rows. A has any strides, so that a transposed A costs nothing. For a transposed
// B see `transpose`: copying it once is far cheaper than reading it against the grain.
//
// Shape of the loops (Goto & van de Geijn 2008, "Anatomy of high-performance matrix multiplication"): a tile of C, as
// many rows as there are registers for and 2 vectors wide, stays in registers while k runs; a panel of B, 2 vectors
// wide and `depthBlock` deep, stays in the first-level cache while the tiles below one another use it; `rowBlock` rows
// of A stay in the second-level cache while the panels go by.
//
// A panel is copied to where its rows lie side by side if enough tiles use it: in a wide B they are kilobytes apart,
// each in a page of its own. Measured (AVX2, peak 90 GFLOP/s): [1280,128]·[128,2000] 59 → 84 GFLOP/s,
// [512,512]·[512,512] 67 → 82; below `packingRows` the copy costs more than it brings. Tried without gain: depth 512
// (the panel then fills the cache), packing A as well, copying four panels at a time.
//
// Invariants of every function: A, B and C address the whole matrices described by the sizes and strides, and C
// overlaps neither.
//
// One row of a tile stands on one line, so that the tile can be seen.
// swift-format-ignore-file: DoNotUseSemicolons

import VectorMath

/// Rows of B in a panel: 256 × 2 vectors = 16 KB (32 KB with 512-bit vectors), within a first-level cache.
private let depthBlock = 256
/// Rows of A that the panels go over together: 384 × 256 numbers are 384 KB, within a second-level cache.
private let rowBlock = 384
/// From so many rows on a panel of B is worth copying; from fewer on where the rows of B are so far apart that those of
/// a panel fall into a few sets of the cache and drive each other out.
private let packingRows = 48, packingRowsOfWide = 12, wideStride = 512
#if AVX512
private let tileRows = 8
#else
private let tileRows = 6
#endif
/// Columns of a panel and a tile.
private var panelWidth: Int { 2 * laneCount }

/// C[m,n] = A B, C + A B, or base + A B.
/// - Parameters:
///   - rowStride, columnStride: distance between A[m,k] and A[m+1,k], A[m,k+1].
///   - base: what the product is added to on its way into C, instead of being copied there before; a row stride of 0
///     adds one row, a bias, to all.
///   - workspace: lends the memory for copies of panels.
/// - Complexity: m·n·k multiply-adds.
func matrixProduct(
    _ m: Int, _ n: Int, _ k: Int,
    _ a: UnsafePointer<Scalar>, rowStride: Int, columnStride: Int,
    _ b: UnsafePointer<Scalar>, rowStride bStride: Int,
    into c: UnsafeMutablePointer<Scalar>, rowStride cStride: Int, accumulate: Bool, _ workspace: Workspace,
    base: UnsafePointer<Scalar>? = nil, rowStride baseStride: Int = 0
) {
    if m == 0 || n == 0 { return }
    ArithmeticCount.add(2 * m * n * k)
    let first = accumulate ? UnsafePointer(c) : base, firstStride = accumulate ? cStride : baseStride
    if k == 0 {
        for i in 0..<m {
            if let first {
                (c + i * cStride).update(from: first + i * firstStride, count: n)
            } else {
                (c + i * cStride).update(repeating: 0, count: n)
            }
        }
        return
    }
    workspace.withScratch((depthBlock + tileRows) * panelWidth) { scratch in
        let (panel, edge) = (scratch, scratch + depthBlock * panelWidth)
        for fromK in stride(from: 0, to: k, by: depthBlock) {
            let depth = min(depthBlock, k - fromK)
            // What this block of the depth is added to: what was asked for, and then what the blocks before have left.
            let from = fromK > 0 ? UnsafePointer(c) : first, fromStride = fromK > 0 ? cStride : firstStride
            for fromRow in stride(from: 0, to: m, by: rowBlock) {
                let rows = min(rowBlock, m - fromRow)
                let aBlock = a + fromRow * rowStride + fromK * columnStride, bBlock = b + fromK * bStride,
                    cBlock = c + fromRow * cStride
                let base = Base(from.map { $0 + fromRow * fromStride }, fromStride)
                panels(
                    rows, n, depth, aBlock, rowStride, columnStride, bBlock, bStride, cBlock, cStride, base, panel, edge
                )
            }
        }
    }
}

/// A block of rows of A by a block of the depth: one panel of B after the other.
/// - Parameters:
///   - panel, edge: memory for a copy of a panel, and for a tile.
private func panels(
    _ rows: Int, _ n: Int, _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>,
    _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base, _ panel: UnsafeMutablePointer<Scalar>,
    _ edge: UnsafeMutablePointer<Scalar>
) {
    let isWorthPacking = rows >= packingRows || (rows >= packingRowsOfWide && bs >= wideStride)
    var j = rows == 1 ? oneRow(n, depth, a, cs, b, bs, c, base) : 0
    while j < n {
        let width = min(panelWidth, n - j)
        var p = b + j, stride = bs
        if isWorthPacking || width < panelWidth {
            pack(depth, width, p, stride, into: panel)
            (p, stride) = (UnsafePointer(panel), panelWidth)
        }
        if width == panelWidth {
            tiles(rows, depth, a, rs, cs, p, stride, c + j, ldc, base.at(0, j))
        } else {
            edgeTiles(rows, width, depth, a, rs, cs, p, c + j, ldc, base.at(0, j), edge)
        }
        j += width
    }
}

/// What a part of the product is added to: rows `stride` apart, or nothing.
private struct Base {
    let pointer: UnsafePointer<Scalar>?
    let stride: Int

    @inline(__always) init(_ pointer: UnsafePointer<Scalar>?, _ stride: Int) {
        (self.pointer, self.stride) = (pointer, stride)
    }
    static var none: Base { Base(nil, 0) }
    /// The part that begins some rows further down and columns to the right.
    @inline(__always) func at(_ row: Int, _ column: Int) -> Base {
        Base(pointer.map { $0 + row * stride + column }, stride)
    }
}

/// Copies a panel of B, `width` columns of it, with zeros beside.
private func pack(
    _ depth: Int, _ width: Int, _ b: UnsafePointer<Scalar>, _ bs: Int, into panel: UnsafeMutablePointer<Scalar>
) {
    for k in 0..<depth {
        let from = b + k * bs, to = panel + k * panelWidth
        if width == panelWidth {
            to.store(from.lanes())
            (to + laneCount).store((from + laneCount).lanes())
        } else if width >= laneCount {
            to.store(from.lanes())
            (to + laneCount).store((from + laneCount).lanes(first: width - laneCount))
        } else {
            to.store(from.lanes(first: width))
            (to + laneCount).store(.zero)
        }
    }
}

/// The tiles below one another that use one panel of B.
private func tiles(
    _ m: Int, _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base
) {
    var i = 0
    while i < m {
        let rows = tileHeight(m - i)
        tile(rows, depth, a + i * rs, rs, cs, b, bs, c + i * ldc, ldc, base.at(i, 0))
        i += rows
    }
}

/// The same at the right edge of C, where a tile is wider than what is left: computed beside, then its columns copied.
private func edgeTiles(
    _ m: Int, _ width: Int, _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base, _ edge: UnsafeMutablePointer<Scalar>
) {
    var i = 0
    while i < m {
        let rows = tileHeight(m - i)
        tile(rows, depth, a + i * rs, rs, cs, b, panelWidth, edge, panelWidth, .none)
        for r in 0..<rows {
            let from = edge + r * panelWidth, to = c + (i + r) * ldc
            if let add = base.at(i + r, 0).pointer {
                for j in 0..<width { to[j] = add[j] + from[j] }
            } else {
                for j in 0..<width { to[j] = from[j] }
            }
        }
        i += rows
    }
}

/// How many of the rows that are left the next tile takes. Two tiles of four are better than one of six and two of one.
@inline(__always)
private func tileHeight(_ left: Int) -> Int {
    if left >= tileRows && (tileRows == 8 || (left != 8 && left != 9)) { return tileRows }
    return left >= 4 ? 4 : 1
}

@inline(__always)
private func tile(
    _ rows: Int, _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base
) {
    switch rows {
    #if AVX512
    case 8: tile8x2(depth, a, rs, cs, b, bs, c, ldc, base)
    #else
    case 6: tile6x2(depth, a, rs, cs, b, bs, c, ldc, base)
    #endif
    case 4: tile4x2(depth, a, rs, cs, b, bs, c, ldc, base)
    default: tile1x2(depth, a, cs, b, bs, c, base)
    }
}

#if AVX512
/// Eight rows, two vectors: 16 accumulators of the 32 registers, 2 loads of B and 8 broadcasts of A for 16
/// multiply-adds.
private func tile8x2(
    _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base
) {
    var c00 = Lanes.zero, c01 = Lanes.zero, c10 = Lanes.zero, c11 = Lanes.zero
    var c20 = Lanes.zero, c21 = Lanes.zero, c30 = Lanes.zero, c31 = Lanes.zero
    var c40 = Lanes.zero, c41 = Lanes.zero, c50 = Lanes.zero, c51 = Lanes.zero
    var c60 = Lanes.zero, c61 = Lanes.zero, c70 = Lanes.zero, c71 = Lanes.zero
    var a = a, b = b
    for _ in 0..<depth {
        let b0 = b.lanes(), b1 = (b + laneCount).lanes()
        var x = Lanes(repeating: a[0]); c00 = c00.addingProduct(x, b0); c01 = c01.addingProduct(x, b1)
        x = Lanes(repeating: a[rs]); c10 = c10.addingProduct(x, b0); c11 = c11.addingProduct(x, b1)
        x = Lanes(repeating: a[2 * rs]); c20 = c20.addingProduct(x, b0); c21 = c21.addingProduct(x, b1)
        x = Lanes(repeating: a[3 * rs]); c30 = c30.addingProduct(x, b0); c31 = c31.addingProduct(x, b1)
        x = Lanes(repeating: a[4 * rs]); c40 = c40.addingProduct(x, b0); c41 = c41.addingProduct(x, b1)
        x = Lanes(repeating: a[5 * rs]); c50 = c50.addingProduct(x, b0); c51 = c51.addingProduct(x, b1)
        x = Lanes(repeating: a[6 * rs]); c60 = c60.addingProduct(x, b0); c61 = c61.addingProduct(x, b1)
        x = Lanes(repeating: a[7 * rs]); c70 = c70.addingProduct(x, b0); c71 = c71.addingProduct(x, b1)
        a += cs
        b += bs
    }
    put(c00, c01, c, base); put(c10, c11, c + ldc, base.at(1, 0))
    put(c20, c21, c + 2 * ldc, base.at(2, 0)); put(c30, c31, c + 3 * ldc, base.at(3, 0))
    put(c40, c41, c + 4 * ldc, base.at(4, 0)); put(c50, c51, c + 5 * ldc, base.at(5, 0))
    put(c60, c61, c + 6 * ldc, base.at(6, 0)); put(c70, c71, c + 7 * ldc, base.at(7, 0))
}
#else
/// Six rows, two vectors: 12 accumulators of the 16 registers, 2 loads of B and 6 broadcasts of A for 12 multiply-adds.
private func tile6x2(
    _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base
) {
    var c00 = Lanes.zero, c01 = Lanes.zero, c10 = Lanes.zero, c11 = Lanes.zero
    var c20 = Lanes.zero, c21 = Lanes.zero, c30 = Lanes.zero, c31 = Lanes.zero
    var c40 = Lanes.zero, c41 = Lanes.zero, c50 = Lanes.zero, c51 = Lanes.zero
    var a = a, b = b
    for _ in 0..<depth {
        let b0 = b.lanes(), b1 = (b + laneCount).lanes()
        var x = Lanes(repeating: a[0]); c00 = c00.addingProduct(x, b0); c01 = c01.addingProduct(x, b1)
        x = Lanes(repeating: a[rs]); c10 = c10.addingProduct(x, b0); c11 = c11.addingProduct(x, b1)
        x = Lanes(repeating: a[2 * rs]); c20 = c20.addingProduct(x, b0); c21 = c21.addingProduct(x, b1)
        x = Lanes(repeating: a[3 * rs]); c30 = c30.addingProduct(x, b0); c31 = c31.addingProduct(x, b1)
        x = Lanes(repeating: a[4 * rs]); c40 = c40.addingProduct(x, b0); c41 = c41.addingProduct(x, b1)
        x = Lanes(repeating: a[5 * rs]); c50 = c50.addingProduct(x, b0); c51 = c51.addingProduct(x, b1)
        a += cs
        b += bs
    }
    put(c00, c01, c, base); put(c10, c11, c + ldc, base.at(1, 0))
    put(c20, c21, c + 2 * ldc, base.at(2, 0)); put(c30, c31, c + 3 * ldc, base.at(3, 0))
    put(c40, c41, c + 4 * ldc, base.at(4, 0)); put(c50, c51, c + 5 * ldc, base.at(5, 0))
}
#endif

/// Four rows, two vectors, where fewer are left: the eight chains of additions still hide each other's latency.
private func tile4x2(
    _ depth: Int, _ a: UnsafePointer<Scalar>, _ rs: Int, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ ldc: Int, _ base: Base
) {
    var c00 = Lanes.zero, c01 = Lanes.zero, c10 = Lanes.zero, c11 = Lanes.zero
    var c20 = Lanes.zero, c21 = Lanes.zero, c30 = Lanes.zero, c31 = Lanes.zero
    var a = a, b = b
    for _ in 0..<depth {
        let b0 = b.lanes(), b1 = (b + laneCount).lanes()
        var x = Lanes(repeating: a[0]); c00 = c00.addingProduct(x, b0); c01 = c01.addingProduct(x, b1)
        x = Lanes(repeating: a[rs]); c10 = c10.addingProduct(x, b0); c11 = c11.addingProduct(x, b1)
        x = Lanes(repeating: a[2 * rs]); c20 = c20.addingProduct(x, b0); c21 = c21.addingProduct(x, b1)
        x = Lanes(repeating: a[3 * rs]); c30 = c30.addingProduct(x, b0); c31 = c31.addingProduct(x, b1)
        a += cs
        b += bs
    }
    put(c00, c01, c, base); put(c10, c11, c + ldc, base.at(1, 0))
    put(c20, c21, c + 2 * ldc, base.at(2, 0)); put(c30, c31, c + 3 * ldc, base.at(3, 0))
}

/// C = base + product, or the product alone.
@inline(__always)
private func put(_ v0: Lanes, _ v1: Lanes, _ c: UnsafeMutablePointer<Scalar>, _ base: Base) {
    if let from = base.pointer {
        c.store(from.lanes() + v0)
        (c + laneCount).store((from + laneCount).lanes() + v1)
    } else {
        c.store(v0)
        (c + laneCount).store(v1)
    }
}

/// One row, two vectors; k runs in two interleaved chains so that the additions need not wait for each other.
private func tile1x2(
    _ depth: Int, _ a: UnsafePointer<Scalar>, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ base: Base
) {
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
    put(even0 + odd0, even1 + odd1, c, base)
}

/// One row of C, eight vectors at a time: B is read once, so what counts is how many of its lines are under way
/// together. Returns how many columns are done.
private func oneRow(
    _ n: Int, _ depth: Int, _ a: UnsafePointer<Scalar>, _ cs: Int, _ b: UnsafePointer<Scalar>, _ bs: Int,
    _ c: UnsafeMutablePointer<Scalar>, _ base: Base
) -> Int {
    var j = 0
    while j + 8 * laneCount <= n {
        var c0 = Lanes.zero, c1 = Lanes.zero, c2 = Lanes.zero, c3 = Lanes.zero, c4 = Lanes.zero, c5 = Lanes.zero,
            c6 = Lanes.zero, c7 = Lanes.zero
        var p = b + j
        for k in 0..<depth {
            let x = Lanes(repeating: a[k * cs])
            c0 = c0.addingProduct(x, p.lanes()); c1 = c1.addingProduct(x, (p + laneCount).lanes())
            c2 = c2.addingProduct(x, (p + 2 * laneCount).lanes()); c3 = c3.addingProduct(x, (p + 3 * laneCount).lanes())
            c4 = c4.addingProduct(x, (p + 4 * laneCount).lanes()); c5 = c5.addingProduct(x, (p + 5 * laneCount).lanes())
            c6 = c6.addingProduct(x, (p + 6 * laneCount).lanes()); c7 = c7.addingProduct(x, (p + 7 * laneCount).lanes())
            p += bs
        }
        put(c0, c1, c + j, base.at(0, j)); put(c2, c3, c + j + 2 * laneCount, base.at(0, j + 2 * laneCount))
        put(c4, c5, c + j + 4 * laneCount, base.at(0, j + 4 * laneCount));
        put(c6, c7, c + j + 6 * laneCount, base.at(0, j + 6 * laneCount))
        j += 8 * laneCount
    }
    return j
}
