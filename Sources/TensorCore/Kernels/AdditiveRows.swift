// The inner loop of additive attention: e = v · tanh(q + k), with the activations kept for the way back.
// A units; `t` addresses the kept activations. Every pointer addresses A scalars.

import VectorMath

/// t = tanh(q + k [+ x]); returns v · t.
func additiveForward(
    _ units: Int, q: UnsafePointer<Scalar>, k: UnsafePointer<Scalar>, x: UnsafePointer<Scalar>?,
    v: UnsafePointer<Scalar>,
    t: UnsafeMutablePointer<Scalar>
) -> Scalar {
    ArithmeticCount.add(2 * units)
    var sum = Lanes.zero
    var u = 0
    while u + laneCount <= units {
        var z = (q + u).lanes() + (k + u).lanes()
        if let x { z += (x + u).lanes() }
        let y = hyperbolicTangent(z)
        (t + u).store(y)
        sum = sum.addingProduct(y, (v + u).lanes())
        u += laneCount
    }
    if u < units {
        let n = units - u
        var z = (q + u).lanes(first: n) + (k + u).lanes(first: n)
        if let x { z += (x + u).lanes(first: n) }
        let y = hyperbolicTangent(z)
        (t + u).store(y, first: n)
        sum = sum.addingProduct(y, (v + u).lanes(first: n))
    }
    return sum.total()
}

/// The way back for one sentence of `rows` real positions: gᵢ = deᵢ · v ⊙ (1 − tᵢ²); dq += Σ gᵢ, dv += Σ deᵢ tᵢ, and gᵢ
/// is written, or added, to dk and dx where they are given.
///
/// Two vectors of units at a time, so that their sums stay in registers while the positions go by.
func additiveBackward(
    _ rows: Int, _ units: Int, de: UnsafePointer<Scalar>, v: UnsafePointer<Scalar>, t: UnsafePointer<Scalar>,
    dq: UnsafeMutablePointer<Scalar>, dv: UnsafeMutablePointer<Scalar>, dk: AdditiveTarget, dx: AdditiveTarget
) {
    ArithmeticCount.add(2 * rows * units)
    let one = Lanes(repeating: 1)
    var u = 0
    while u + 2 * laneCount <= units {
        let w = u + laneCount
        let v0 = (v + u).lanes(), v1 = (v + w).lanes()
        var q0 = (dq + u).lanes(), q1 = (dq + w).lanes(), s0 = (dv + u).lanes(), s1 = (dv + w).lanes()
        for i in 0..<rows {
            let e = Lanes(repeating: de[i]), row = i * units
            let y0 = (t + row + u).lanes(), y1 = (t + row + w).lanes()
            let g0 = e * v0 * (one - y0 * y0), g1 = e * v1 * (one - y1 * y1)
            q0 += g0
            q1 += g1
            s0 = s0.addingProduct(e, y0)
            s1 = s1.addingProduct(e, y1)
            dk.put(g0, row + u)
            dk.put(g1, row + w)
            dx.put(g0, row + u)
            dx.put(g1, row + w)
        }
        (dq + u).store(q0)
        (dq + w).store(q1)
        (dv + u).store(s0)
        (dv + w).store(s1)
        u += 2 * laneCount
    }
    while u < units {
        let n = min(laneCount, units - u)
        let v0 = (v + u).lanes(atMost: n)
        var q = (dq + u).lanes(atMost: n), s = (dv + u).lanes(atMost: n)
        for i in 0..<rows {
            let e = Lanes(repeating: de[i]), row = i * units
            let y = (t + row + u).lanes(atMost: n), g = e * v0 * (one - y * y)
            q += g
            s = s.addingProduct(e, y)
            dk.put(g, row + u, atMost: n)
            dx.put(g, row + u, atMost: n)
        }
        (dq + u).store(q, atMost: n)
        (dv + u).store(s, atMost: n)
        u += n
    }
}

/// Where the gradient of keys or features goes, if anywhere, and whether there is something already that it must be
/// added to.
struct AdditiveTarget {
    let pointer: UnsafeMutablePointer<Scalar>?
    let accumulate: Bool

    static var none: AdditiveTarget { AdditiveTarget(pointer: nil, accumulate: false) }

    @inline(__always) func put(_ g: Lanes, _ place: Int) {
        guard let p = pointer.map({ $0 + place }) else { return }
        p.store(accumulate ? p.lanes() + g : g)
    }

    @inline(__always) func put(_ g: Lanes, _ place: Int, atMost count: Int) {
        guard let p = pointer.map({ $0 + place }) else { return }
        p.store(accumulate ? p.lanes(atMost: count) + g : g, atMost: count)
    }
}
