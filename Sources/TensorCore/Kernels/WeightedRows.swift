// The two kernels between one vector a sentence and many a sentence; each is the backward pass of the other.
// Invariant: the pointers address [B,S] weights, [B,S,K] rows, and vectors `step` apart (0: one vector for all).

import VectorMath

/// vector[b] += Σᵢ weight[b,i] row[b,i].
/// - Complexity: B·S·K multiply-adds.
func addWeightedRows(
    _ batch: Int, _ source: Int, _ k: Int, _ weights: UnsafePointer<Scalar>, _ rows: UnsafePointer<Scalar>,
    into vector: UnsafeMutablePointer<Scalar>, _ step: Int
) {
    ArithmeticCount.add(2 * batch * source * k)
    for b in 0..<batch {
        let w = weights + b * source, r = rows + b * source * k, y = vector + b * step
        var c = 0
        while c + 4 * laneCount <= k {
            var s0 = (y + c).lanes(), s1 = (y + c + laneCount).lanes(), s2 = (y + c + 2 * laneCount).lanes(),
                s3 = (y + c + 3 * laneCount).lanes()
            for i in 0..<source {
                let x = Lanes(repeating: w[i]), p = r + i * k + c
                s0 = s0.addingProduct(x, p.lanes())
                s1 = s1.addingProduct(x, (p + laneCount).lanes())
                s2 = s2.addingProduct(x, (p + 2 * laneCount).lanes())
                s3 = s3.addingProduct(x, (p + 3 * laneCount).lanes())
            }
            (y + c).store(s0)
            (y + c + laneCount).store(s1)
            (y + c + 2 * laneCount).store(s2)
            (y + c + 3 * laneCount).store(s3)
            c += 4 * laneCount
        }
        while c < k {
            let n = min(laneCount, k - c)
            if n == laneCount {
                var s = (y + c).lanes()
                for i in 0..<source { s = s.addingProduct(Lanes(repeating: w[i]), (r + i * k + c).lanes()) }
                (y + c).store(s)
            } else {
                var s = (y + c).lanes(first: n)
                for i in 0..<source { s = s.addingProduct(Lanes(repeating: w[i]), (r + i * k + c).lanes(first: n)) }
                (y + c).store(s, first: n)
            }
            c += n
        }
    }
}

/// row[b,i] = or += weight[b,i] vector[b].
/// - Complexity: B·S·K multiply-adds.
func outerRows(
    _ batch: Int, _ source: Int, _ k: Int, _ weights: UnsafePointer<Scalar>, _ vector: UnsafePointer<Scalar>,
    _ step: Int,
    into rows: UnsafeMutablePointer<Scalar>, accumulate: Bool
) {
    ArithmeticCount.add(2 * batch * source * k)
    for b in 0..<batch {
        let w = weights + b * source, r = rows + b * source * k, v = vector + b * step
        var c = 0
        // Two vectors stay in registers while the rows go by.
        while c + 2 * laneCount <= k {
            let v0 = (v + c).lanes(), v1 = (v + c + laneCount).lanes()
            if accumulate {
                for i in 0..<source {
                    let x = Lanes(repeating: w[i]), p = r + i * k + c
                    p.store(p.lanes().addingProduct(x, v0))
                    (p + laneCount).store((p + laneCount).lanes().addingProduct(x, v1))
                }
            } else {
                for i in 0..<source {
                    let x = Lanes(repeating: w[i]), p = r + i * k + c
                    p.store(x * v0)
                    (p + laneCount).store(x * v1)
                }
            }
            c += 2 * laneCount
        }
        while c < k {
            let n = min(laneCount, k - c), v0 = n == laneCount ? (v + c).lanes() : (v + c).lanes(first: n)
            for i in 0..<source {
                let x = Lanes(repeating: w[i]), p = r + i * k + c
                let before = !accumulate ? .zero : n == laneCount ? p.lanes() : p.lanes(first: n)
                if n == laneCount {
                    p.store(before.addingProduct(x, v0))
                } else {
                    p.store(before.addingProduct(x, v0), first: n)
                }
            }
            c += n
        }
    }
}
