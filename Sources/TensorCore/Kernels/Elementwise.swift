// Kernels that go through memory once: y = f(x), sums of rows, copies of rows.
// Every pointer addresses at least the stated number of scalars; outputs may be the same block as an input, not overlap
// it partly.

import VectorMath

/// y[i] = f(a[i]).
@inline(__always)
private func map(_ n: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>, _ f: (Lanes) -> Lanes) {
    var i = 0
    while i + laneCount <= n {
        (y + i).store(f((a + i).lanes()))
        i += laneCount
    }
    if i < n { (y + i).store(f((a + i).lanes(first: n - i)), first: n - i) }
}

/// y[i] = f(a[i], b[i]).
@inline(__always)
private func map(
    _ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>,
    _ f: (Lanes, Lanes) -> Lanes
) {
    var i = 0
    while i + laneCount <= n {
        (y + i).store(f((a + i).lanes(), (b + i).lanes()))
        i += laneCount
    }
    if i < n { (y + i).store(f((a + i).lanes(first: n - i), (b + i).lanes(first: n - i)), first: n - i) }
}

/// y[i] += f(a[i], b[i]).
@inline(__always)
private func accumulate(
    _ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>,
    _ f: (Lanes, Lanes) -> Lanes
) {
    var i = 0
    while i + laneCount <= n {
        (y + i).store((y + i).lanes() + f((a + i).lanes(), (b + i).lanes()))
        i += laneCount
    }
    if i < n {
        (y + i).store(
            (y + i).lanes(first: n - i) + f((a + i).lanes(first: n - i), (b + i).lanes(first: n - i)), first: n - i)
    }
}

func add(_ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, b, into: y) { $0 + $1 }
}
func subtract(_ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, b, into: y) { $0 - $1 }
}
func multiply(_ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, b, into: y) { $0 * $1 }
}

/// y += factor · a.
func addScaled(_ n: Int, _ a: UnsafePointer<Scalar>, by factor: Scalar, into y: UnsafeMutablePointer<Scalar>) {
    // A loop and not `map`: a closure that captures a vector is called for every vector instead of being inlined.
    let f = Lanes(repeating: factor)
    var i = 0
    while i + laneCount <= n {
        (y + i).store((y + i).lanes().addingProduct(f, (a + i).lanes()))
        i += laneCount
    }
    if i < n { (y + i).store((y + i).lanes(first: n - i).addingProduct(f, (a + i).lanes(first: n - i)), first: n - i) }
}

func scale(_ n: Int, _ a: UnsafePointer<Scalar>, by factor: Scalar, into y: UnsafeMutablePointer<Scalar>) {
    let f = Lanes(repeating: factor)
    var i = 0
    while i + laneCount <= n {
        (y + i).store((a + i).lanes() * f)
        i += laneCount
    }
    if i < n { (y + i).store((a + i).lanes(first: n - i) * f, first: n - i) }
}

/// y += a · b.
func addProduct(_ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>)
{
    accumulate(n, a, b, into: y) { $0 * $1 }
}

func exponential(_ n: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, into: y, VectorMath.exponential)
}

func tanh(_ n: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, into: y, hyperbolicTangent)
}

/// dx += dy (1 − y²), for y = tanh x.
func tanhBackward(_ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>)
{
    accumulate(n, dy, y, into: dx) { $0 * (Lanes(repeating: 1) - $1 * $1) }
}

func sigmoid(_ n: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, into: y, logistic)
}

/// dx += dy y (1 − y), for y = σ(x).
func sigmoidBackward(
    _ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>
) {
    accumulate(n, dy, y, into: dx) { $0 * $1 * (Lanes(repeating: 1) - $1) }
}

/// max(a, 0). NaN compares false and stays.
func relu(_ n: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    map(n, a, into: y) { $0.replacing(with: Lanes.zero, where: $0 .< Lanes.zero) }
}

/// dx += dy where y > 0, for y = max(x, 0).
func reluBackward(_ n: Int, dy: UnsafePointer<Scalar>, y: UnsafePointer<Scalar>, into dx: UnsafeMutablePointer<Scalar>)
{
    accumulate(n, dy, y, into: dx) { $0.replacing(with: Lanes.zero, where: $1 .<= Lanes.zero) }
}

/// Σ a[i] b[i]. Four chains of sums, because one would wait for each addition.
func innerProduct(_ n: Int, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>) -> Scalar {
    ArithmeticCount.add(2 * n)
    var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero, s3 = Lanes.zero
    var i = 0
    while i + 4 * laneCount <= n {
        s0 = s0.addingProduct((a + i).lanes(), (b + i).lanes())
        s1 = s1.addingProduct((a + i + laneCount).lanes(), (b + i + laneCount).lanes())
        s2 = s2.addingProduct((a + i + 2 * laneCount).lanes(), (b + i + 2 * laneCount).lanes())
        s3 = s3.addingProduct((a + i + 3 * laneCount).lanes(), (b + i + 3 * laneCount).lanes())
        i += 4 * laneCount
    }
    while i + laneCount <= n {
        s0 = s0.addingProduct((a + i).lanes(), (b + i).lanes())
        i += laneCount
    }
    if i < n { s1 = s1.addingProduct((a + i).lanes(first: n - i), (b + i).lanes(first: n - i)) }
    return ((s0 + s1) + (s2 + s3)).total()
}

func sum(_ n: Int, _ a: UnsafePointer<Scalar>) -> Scalar {
    var s = Lanes.zero
    var i = 0
    while i + laneCount <= n {
        s += (a + i).lanes()
        i += laneCount
    }
    if i < n { s += (a + i).lanes(first: n - i) }
    return s.total()
}

/// y[c] += Σ_r a[r,c]: the gradient of a bias.
func addColumnSums(_ rows: Int, _ columns: Int, _ a: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    var c = 0
    while c + laneCount <= columns {
        var s = (y + c).lanes()
        for r in 0..<rows { s += (a + r * columns + c).lanes() }
        (y + c).store(s)
        c += laneCount
    }
    if c < columns {
        let rest = columns - c
        var s = (y + c).lanes(first: rest)
        for r in 0..<rows { s += (a + r * columns + c).lanes(first: rest) }
        (y + c).store(s, first: rest)
    }
}

/// Every row of y[r,c] = bias[c].
func fillRows(_ rows: Int, _ columns: Int, with bias: UnsafePointer<Scalar>, into y: UnsafeMutablePointer<Scalar>) {
    for r in 0..<rows { (y + r * columns).update(from: bias, count: columns) }
}
