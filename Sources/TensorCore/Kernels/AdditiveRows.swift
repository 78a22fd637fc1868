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
    return sum.total()
}

/// g = de · v ⊙ (1 − t²), added to dq and to what is given of dk, dx; dv += de · t.
func additiveBackward(_ units: Int, de: Scalar, v: UnsafePointer<Scalar>, t: UnsafePointer<Scalar>, dq: UnsafeMutablePointer<Scalar>,
                      dk: UnsafeMutablePointer<Scalar>?, dx: UnsafeMutablePointer<Scalar>?, dv: UnsafeMutablePointer<Scalar>) {
    ArithmeticCount.add(2 * units)
    let one = Lanes(repeating: 1), e = Lanes(repeating: de)
    var u = 0
    while u + laneCount <= units {
        let y = (t + u).lanes(), g = e * (v + u).lanes() * (one - y * y)
        (dq + u).store((dq + u).lanes() + g)
        if let dk { (dk + u).store((dk + u).lanes() + g) }
        if let dx { (dx + u).store((dx + u).lanes() + g) }
        (dv + u).store((dv + u).lanes().addingProduct(e, y))
        u += laneCount
    }
    if u < units {
        let n = units - u
        let y = (t + u).lanes(first: n), g = e * (v + u).lanes(first: n) * (one - y * y)
        (dq + u).store((dq + u).lanes(first: n) + g, first: n)
        if let dk { (dk + u).store((dk + u).lanes(first: n) + g, first: n) }
        if let dx { (dx + u).store((dx + u).lanes(first: n) + g, first: n) }
        (dv + u).store((dv + u).lanes(first: n).addingProduct(e, y), first: n)
    }
}
