// The element-wise halves of the recurrent cells and of Adam against twins in Double, written from the formulas.

import Foundation
import Testing

@testable import TensorCore

private func sigma(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

@Suite("Kernels of cells and of Adam") struct RecurrentKernelTests {
    static let sizes = [1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65]
    private let rows = 3

    @Test("GRU: gates and next state", arguments: sizes) func gru(units: Int) {
        let fromInput = random(rows * 3 * units, 1), fromState = random(rows * 3 * units, 2),
            state = random(rows * units, 3)
        let got = guarded([random(rows * 3 * units, 4), random(rows * units, 5)]) { p in
            gruForward(rows, units, fromInput: fromInput, fromState: fromState, state: state, gates: p[0], next: p[1])
        }
        let (i, s, h) = (doubles(fromInput), doubles(fromState), doubles(state))
        var gates = [Double](repeating: 0, count: rows * 3 * units), next = [Double](repeating: 0, count: rows * units)
        for b in 0..<rows {
            for u in 0..<units {
                let r = b * 3 * units + u, z = r + units, n = z + units
                gates[r] = sigma(i[r] + s[r])
                gates[z] = sigma(i[z] + s[z])
                gates[n] = tanh(i[n] + gates[r] * s[n])
                next[b * units + u] = (1 - gates[z]) * gates[n] + gates[z] * h[b * units + u]
            }
        }
        expectClose(got[0], gates, "gates")
        expectClose(got[1], next, "next state")
    }

    /// The derivatives by hand: h′ = (1 − z) n + z h, n = tanh(i + r s), σ′ = σ (1 − σ), tanh′ = 1 − tanh².
    @Test("GRU: the way back overwrites the gates' gradients and adds to the state's", arguments: sizes) func gruBack(
        units: Int
    ) {
        let dNext = random(rows * units, 1), fromState = random(rows * 3 * units, 2), state = random(rows * units, 3)
        let gates = random(rows * 3 * units, 4).map { 0.5 + $0 / 3 }, carry = random(rows * units, 5)
        let got = guarded([random(rows * 3 * units, 6), random(rows * 3 * units, 7), carry]) { p in
            gruBackward(
                rows, units, dNext: dNext, gates: gates, fromState: fromState, state: state,
                dInput: p[0], dState: p[1], dCarry: p[2])
        }
        let (d, s, h, g) = (doubles(dNext), doubles(fromState), doubles(state), doubles(gates))
        var dInput = [Double](repeating: 0, count: rows * 3 * units), dState = dInput, dCarry = doubles(carry)
        for b in 0..<rows {
            for u in 0..<units {
                let at = b * units + u, r = b * 3 * units + u, z = r + units, n = z + units
                dInput[n] = d[at] * (1 - g[z]) * (1 - g[n] * g[n])
                dState[n] = dInput[n] * g[r]
                dInput[z] = d[at] * (h[at] - g[n]) * g[z] * (1 - g[z])
                dState[z] = dInput[z]
                dInput[r] = dInput[n] * s[n] * g[r] * (1 - g[r])
                dState[r] = dInput[r]
                dCarry[at] += d[at] * g[z]
            }
        }
        expectClose(got[0], dInput, "gates, input side")
        expectClose(got[1], dState, "gates, state side")
        expectClose(got[2], dCarry, "state")
    }

    @Test("LSTM: gates, next cell and next state", arguments: sizes) func lstm(units: Int) {
        let sums = random(rows * 4 * units, 1), cell = random(rows * units, 2)
        let got = guarded([sums, random(rows * units, 3), random(rows * units, 4)]) { p in
            lstmForward(rows, units, gates: p[0], cell: cell, nextCell: p[1], next: p[2])
        }
        let (p, c) = (doubles(sums), doubles(cell))
        var gates = p, nextCell = [Double](repeating: 0, count: rows * units), next = nextCell
        for b in 0..<rows {
            for u in 0..<units {
                let at = b * units + u, i = b * 4 * units + u, f = i + units, g = f + units, o = g + units
                (gates[i], gates[f], gates[g], gates[o]) = (sigma(p[i]), sigma(p[f]), tanh(p[g]), sigma(p[o]))
                nextCell[at] = gates[f] * c[at] + gates[i] * gates[g]
                next[at] = gates[o] * tanh(nextCell[at])
            }
        }
        expectClose(got[0], gates, "gates")
        expectClose(got[1], nextCell, "next cell")
        expectClose(got[2], next, "next state")
    }

    /// A step's state and cell may each be used alone: the gradient of the other is then missing, which counts as zero.
    @Test(
        "LSTM: the way back, from state and cell or one of them", arguments: sizes,
        [(true, true), (true, false), (false, true)])
    func lstmBack(units: Int, used: (state: Bool, cell: Bool)) {
        let dNext = random(rows * units, 1), dNextCell = random(rows * units, 2)
        let gates = random(rows * 4 * units, 3).map { 0.5 + $0 / 3 }
        let cell = random(rows * units, 4), nextCell = random(rows * units, 5), carried = random(rows * units, 6)
        let got = guarded([random(rows * 4 * units, 7), carried]) { p in
            dNext.withUnsafeBufferPointer { state in
                dNextCell.withUnsafeBufferPointer { new in
                    lstmBackward(
                        rows, units, dNext: used.state ? state.baseAddress : nil,
                        dNextCell: used.cell ? new.baseAddress : nil,
                        gates: gates, cell: cell, nextCell: nextCell, dGates: p[0], dCell: p[1])
                }
            }
        }
        let (g, c, new) = (doubles(gates), doubles(cell), doubles(nextCell))
        var dGates = [Double](repeating: 0, count: rows * 4 * units), dCell = doubles(carried)
        for b in 0..<rows {
            for u in 0..<units {
                let at = b * units + u, i = b * 4 * units + u, f = i + units, n = f + units, o = n + units
                let dy = used.state ? Double(dNext[at]) : 0, t = tanh(new[at])
                let dc = (used.cell ? Double(dNextCell[at]) : 0) + dy * g[o] * (1 - t * t)
                dGates[i] = dc * g[n] * g[i] * (1 - g[i])
                dGates[f] = dc * c[at] * g[f] * (1 - g[f])
                dGates[n] = dc * g[i] * (1 - g[n] * g[n])
                dGates[o] = dy * t * g[o] * (1 - g[o])
                dCell[at] += dc * g[f]
            }
        }
        expectClose(got[0], dGates, "gates")
        expectClose(got[1], dCell, "cell")
    }

    @Test("Adam's kernel changes the moments and the weights, and nothing beside them", arguments: sizes) func adam(
        n: Int
    ) {
        let gradient = random(n, 1), start = [random(n, 2), random(n, 3).map { abs($0) }, random(n, 4)]
        let got = guarded(start) { p in
            adamStep(
                n, gradient: gradient, first: p[0], second: p[1], weights: p[2],
                beta1: 0.75, beta2: 0.5, epsilon: 0.125, rate: 0.25, root: 1.5)
        }
        let g = doubles(gradient)
        let first = zip(start[0], g).map { 0.75 * Double($0) + 0.25 * $1 }
        let second = zip(start[1], g).map { 0.5 * Double($0) + 0.5 * $1 * $1 }
        expectClose(got[0], first, "first moment")
        expectClose(got[1], second, "second moment")
        expectClose(
            got[2], (0..<n).map { Double(start[2][$0]) - 0.25 * first[$0] / (second[$0].squareRoot() * 1.5 + 0.125) },
            "weights")
    }
}
