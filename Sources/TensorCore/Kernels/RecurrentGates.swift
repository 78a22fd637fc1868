// The elementwise half of a GRU and an LSTM step; the products are in MatrixProduct.
//
// B rows of H units. Gates lie side by side in a row, in PyTorch's order. `fromInput` is W_i x + b_i, `fromState` W_h h
// + b_h. Every pointer addresses B rows of the stated width: H for states, 3H (GRU) or 4H (LSTM) for gates.

import VectorMath

/// Calls `body` for every vector of units in a row: full vectors first, then what is left.
@inline(__always)
private func forLanes(_ units: Int, _ body: (_ unit: Int, _ count: Int) -> Void) {
    var u = 0
    while u + laneCount <= units {
        body(u, laneCount)
        u += laneCount
    }
    if u < units { body(u, units - u) }
}

@inline(__always) private func read(_ p: UnsafePointer<Scalar>, _ n: Int) -> Lanes {
    n == laneCount ? p.lanes() : p.lanes(first: n)
}
@inline(__always) private func write(_ v: Lanes, _ p: UnsafeMutablePointer<Scalar>, _ n: Int) {
    n == laneCount ? p.store(v) : p.store(v, first: n)
}

/// r, z = σ(·), n = tanh(i_n + r ⊙ h_n), h′ = n + z ⊙ (h − n) = (1 − z) ⊙ n + z ⊙ h. Keeps r, z, n in `gates`.
func gruForward(
    _ rows: Int, _ units: Int, fromInput: UnsafePointer<Scalar>, fromState: UnsafePointer<Scalar>,
    state: UnsafePointer<Scalar>,
    gates: UnsafeMutablePointer<Scalar>, next: UnsafeMutablePointer<Scalar>
) {
    for b in 0..<rows {
        let i = fromInput + b * 3 * units, s = fromState + b * 3 * units, g = gates + b * 3 * units
        let h = state + b * units, y = next + b * units
        forLanes(units) { u, n in
            let r = logistic(read(i + u, n) + read(s + u, n))
            let z = logistic(read(i + units + u, n) + read(s + units + u, n))
            let c = hyperbolicTangent(read(i + 2 * units + u, n).addingProduct(r, read(s + 2 * units + u, n)))
            write(r, g + u, n)
            write(z, g + units + u, n)
            write(c, g + 2 * units + u, n)
            write(c.addingProduct(z, read(h + u, n) - c), y + u, n)
        }
    }
}

/// Gradients before the gates (`dInput`, `dState`, overwritten) and of the state along the carry z (`dCarry` += dh′ ⊙
/// z).
func gruBackward(
    _ rows: Int, _ units: Int, dNext: UnsafePointer<Scalar>, gates: UnsafePointer<Scalar>,
    fromState: UnsafePointer<Scalar>,
    state: UnsafePointer<Scalar>, dInput: UnsafeMutablePointer<Scalar>, dState: UnsafeMutablePointer<Scalar>,
    dCarry: UnsafeMutablePointer<Scalar>
) {
    let one = Lanes(repeating: 1)
    for b in 0..<rows {
        let g = gates + b * 3 * units, s = fromState + b * 3 * units, h = state + b * units, d = dNext + b * units
        let di = dInput + b * 3 * units, ds = dState + b * 3 * units, dh = dCarry + b * units
        forLanes(units) { u, n in
            let r = read(g + u, n), z = read(g + units + u, n), c = read(g + 2 * units + u, n), dy = read(d + u, n)
            let dc = dy * (one - z) * (one - c * c)
            let dz = dy * (read(h + u, n) - c) * z * (one - z)
            let dr = dc * read(s + 2 * units + u, n) * r * (one - r)
            write(dr, di + u, n)
            write(dz, di + units + u, n)
            write(dc, di + 2 * units + u, n)
            write(dr, ds + u, n)
            write(dz, ds + units + u, n)
            write(dc * r, ds + 2 * units + u, n)
            write(read(dh + u, n).addingProduct(dy, z), dh + u, n)
        }
    }
}

/// i, f, o = σ(·), g = tanh(·), c′ = f ⊙ c + i ⊙ g, h′ = o ⊙ tanh c′. `gates` holds the sums on entry and i, f, g, o
/// afterwards.
func lstmForward(
    _ rows: Int, _ units: Int, gates: UnsafeMutablePointer<Scalar>, cell: UnsafePointer<Scalar>,
    nextCell: UnsafeMutablePointer<Scalar>, next: UnsafeMutablePointer<Scalar>
) {
    for b in 0..<rows {
        let p = gates + b * 4 * units, c = cell + b * units, c2 = nextCell + b * units, y = next + b * units
        forLanes(units) { u, n in
            let i = logistic(read(p + u, n)), f = logistic(read(p + units + u, n))
            let g = hyperbolicTangent(read(p + 2 * units + u, n)), o = logistic(read(p + 3 * units + u, n))
            write(i, p + u, n)
            write(f, p + units + u, n)
            write(g, p + 2 * units + u, n)
            write(o, p + 3 * units + u, n)
            let new = (i * g).addingProduct(f, read(c + u, n))
            write(new, c2 + u, n)
            write(o * hyperbolicTangent(new), y + u, n)
        }
    }
}

/// Gradients before the gates (`dGates`, overwritten) and of the old cell (`dCell` +=). `dNext`, `dNextCell` may be
/// nil: nothing depends on them.
func lstmBackward(
    _ rows: Int, _ units: Int, dNext: UnsafePointer<Scalar>?, dNextCell: UnsafePointer<Scalar>?,
    gates: UnsafePointer<Scalar>,
    cell: UnsafePointer<Scalar>, nextCell: UnsafePointer<Scalar>, dGates: UnsafeMutablePointer<Scalar>,
    dCell: UnsafeMutablePointer<Scalar>
) {
    let one = Lanes(repeating: 1)
    for b in 0..<rows {
        let p = gates + b * 4 * units, c = cell + b * units, c2 = nextCell + b * units, dp = dGates + b * 4 * units,
            dc0 = dCell + b * units
        forLanes(units) { u, n in
            let i = read(p + u, n), f = read(p + units + u, n), g = read(p + 2 * units + u, n),
                o = read(p + 3 * units + u, n)
            let dy = dNext.map { read($0 + b * units + u, n) } ?? .zero
            let t = hyperbolicTangent(read(c2 + u, n))
            let dc = (dNextCell.map { read($0 + b * units + u, n) } ?? .zero).addingProduct(dy * o, one - t * t)
            write(dc * g * i * (one - i), dp + u, n)
            write(dc * read(c + u, n) * f * (one - f), dp + units + u, n)
            write(dc * i * (one - g * g), dp + 2 * units + u, n)
            write(dy * t * o * (one - o), dp + 3 * units + u, n)
            write(read(dc0 + u, n).addingProduct(dc, f), dc0 + u, n)
        }
    }
}
