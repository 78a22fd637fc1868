// Inner products of many rows with one vector: the scores of dot-product attention, and the gradient of its weights.

import VectorMath

/// y[i] = or += row[i] · vector, for `count` rows of K scalars that lie one behind the other.
/// Four rows at a time: one chain of sums would wait for each addition, and the vector is read once for all four.
/// - Complexity: count · K multiply-adds.
func rowProducts(
    _ count: Int, _ k: Int, _ rows: UnsafePointer<Scalar>, _ vector: UnsafePointer<Scalar>,
    into y: UnsafeMutablePointer<Scalar>, accumulate: Bool
) {
    ArithmeticCount.add(2 * count * k)
    var i = 0
    while i + 4 <= count {
        let r = rows + i * k
        var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero, s3 = Lanes.zero
        var c = 0
        while c + laneCount <= k {
            let v = (vector + c).lanes()
            s0 = s0.addingProduct(v, (r + c).lanes())
            s1 = s1.addingProduct(v, (r + k + c).lanes())
            s2 = s2.addingProduct(v, (r + 2 * k + c).lanes())
            s3 = s3.addingProduct(v, (r + 3 * k + c).lanes())
            c += laneCount
        }
        if c < k {
            let rest = k - c, v = (vector + c).lanes(first: rest)
            s0 = s0.addingProduct(v, (r + c).lanes(first: rest))
            s1 = s1.addingProduct(v, (r + k + c).lanes(first: rest))
            s2 = s2.addingProduct(v, (r + 2 * k + c).lanes(first: rest))
            s3 = s3.addingProduct(v, (r + 3 * k + c).lanes(first: rest))
        }
        let (t0, t1, t2, t3) = (s0.total(), s1.total(), s2.total(), s3.total())
        if accumulate {
            y[i] += t0
            y[i + 1] += t1
            y[i + 2] += t2
            y[i + 3] += t3
        } else {
            y[i] = t0
            y[i + 1] = t1
            y[i + 2] = t2
            y[i + 3] = t3
        }
        i += 4
    }
    while i < count {
        var s = Lanes.zero
        var c = 0
        while c + laneCount <= k {
            s = s.addingProduct((vector + c).lanes(), (rows + i * k + c).lanes())
            c += laneCount
        }
        if c < k { s = s.addingProduct((vector + c).lanes(first: k - c), (rows + i * k + c).lanes(first: k - c)) }
        y[i] = accumulate ? y[i] + s.total() : s.total()
        i += 1
    }
}
