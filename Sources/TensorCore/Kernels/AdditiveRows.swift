// The inner loop of additive attention: e = v · tanh(q + k), with the activations kept for the way back.
// A units; `t` addresses the kept activations. Every pointer addresses A scalars.

import VectorMath

/// t = tanh(q + k [+ x]); returns v · t.
func additiveForward(_ units: Int, q: UnsafePointer<Scalar>, k: UnsafePointer<Scalar>, x: UnsafePointer<Scalar>?, v: UnsafePointer<Scalar>,
                     t: UnsafeMutablePointer<Scalar>) -> Scalar {
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
    return sum.sum()
}

/// g = de · v ⊙ (1 − t²), added to dq and to what is given of dk, dx; dv += de · t.
func additiveBackward(_ units: Int, de: Scalar, v: UnsafePointer<Scalar>, t: UnsafePointer<Scalar>, dq: UnsafeMutablePointer<Scalar>,
                      dk: UnsafeMutablePointer<Scalar>?, dx: UnsafeMutablePointer<Scalar>?, dv: UnsafeMutablePointer<Scalar>) {
    ArithmeticCount.add(2 * units)
    let one = Lanes(repeating: 1), e = Lanes(repeating: de)
    var u = 0
    while u < units {
        let n = min(laneCount, units - u), whole = n == laneCount
        let y = whole ? (t + u).lanes() : (t + u).lanes(first: n)
        let g = e * (whole ? (v + u).lanes() : (v + u).lanes(first: n)) * (one - y * y)
        func add(_ change: Lanes, to p: UnsafeMutablePointer<Scalar>) {
            if whole { p.store(p.lanes() + change) } else { p.store(p.lanes(first: n) + change, first: n) }
        }
        add(g, to: dq + u)
        if let dk { add(g, to: dk + u) }
        if let dx { add(g, to: dx + u) }
        add(e * y, to: dv + u)
        u += n
    }
}
