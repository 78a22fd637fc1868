// No kernel reads beyond its operands either: a vector that is read too far gives right results from wrong memory,
// until the block happens to end where the process does.

import Foundation
import Testing

@testable import TensorCore

private struct NoMemory: Error {}

/// Copies the numbers to where memory ends: the scalar after the last one belongs to nobody, and reading it ends the
/// process.
private func atTheEdge<R>(_ values: [Scalar], _ body: (UnsafeMutablePointer<Scalar>) throws -> R) throws -> R {
    let page = Int(sysconf(Int32(_SC_PAGESIZE))), bytes = values.count * MemoryLayout<Scalar>.stride
    let usable = (bytes + page - 1) / page * page
    let start = mmap(nil, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    guard let start, start != MAP_FAILED, mprotect(start + usable, page, PROT_NONE) == 0 else { throw NoMemory() }
    defer { munmap(start, usable + page) }
    let numbers = (start + usable - bytes).bindMemory(to: Scalar.self, capacity: values.count)
    numbers.update(from: values, count: values.count)
    return try body(numbers)
}

/// Three blocks, each with memory's end behind it.
private func atTheEdge(
    _ x: Int, _ y: Int, _ z: Int,
    _ body: (
        _ x: UnsafeMutablePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>,
        _ z: UnsafeMutablePointer<Scalar>
    ) -> Void
) throws {
    try atTheEdge(random(x, 1)) { x in
        try atTheEdge(random(y, 2)) { y in try atTheEdge(random(z, 3)) { z in body(x, y, z) } }
    }
}

private let sizes = [1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 65]

@Suite("Ends of memory") struct MemoryEdgeTests {
    @Test("the edge is sharp: one number too many ends the process") func sharp() async {
        await #expect(processExitsWith: .failure) {
            try atTheEdge([1, 2, 3]) { withExtendedLifetime($0[3]) {} }
        }
        await #expect(processExitsWith: .success) {
            try atTheEdge([1, 2, 3]) { withExtendedLifetime($0[2]) {} }
        }
    }

    @Test("matrix products stay within A, B and C") func products() async {
        await #expect(processExitsWith: .success) {
            for n in sizes {
                for (m, k) in [(1, 1), (8, 3), (9, 2), (3, 17)] {
                    for isTransposed in [false, true] {
                        try atTheEdge(m * k, k * n, m * n) { a, b, c in
                            let (row, column) = isTransposed ? (1, m) : (k, 1)
                            for accumulates in [false, true] {
                                matrixProduct(
                                    m, n, k, a, rowStride: row, columnStride: column, b, rowStride: n,
                                    into: c, rowStride: n, accumulate: accumulates, Workspace())
                            }
                        }
                    }
                }
                try atTheEdge(n * 3, n * 3, 1) { a, b, _ in transpose(n, 3, a, rowStride: 3, into: b) }
            }
        }
    }

    @Test("kernels that go through memory once stay within it") func elementwise() async {
        await #expect(processExitsWith: .success) {
            for n in sizes {
                try atTheEdge(n, n, n) { a, b, y in
                    for kernel in [add, subtract, multiply, addProduct] { kernel(n, a, b, y) }
                    addScaled(n, a, by: 2, into: y)
                    scale(n, a, by: 2, into: y)
                    TensorCore.tanh(n, a, into: y)
                    TensorCore.exponential(n, a, into: y)
                    sigmoid(n, a, into: y)
                    tanhBackward(n, dy: a, y: b, into: y)
                    sigmoidBackward(n, dy: a, y: b, into: y)
                    withExtendedLifetime(innerProduct(n, a, b) + TensorCore.sum(n, a)) {}
                    softmax(n, a, into: y, padTo: n)
                    softmaxBackward(n, dy: a, y: b, into: y)
                    for kernel in [sparsemax, entmax15] { kernel(n, a, y, n, b) }
                    for kernel in [sparsemaxBackward, entmax15Backward] { kernel(n, a, b, y) }
                    withExtendedLifetime(additiveForward(n, q: a, k: b, x: a, v: b, t: y)) {}
                    additiveBackward(
                        1, n, de: [1], v: a, t: b, dq: y, dv: y, dk: AdditiveTarget(pointer: y, accumulate: true),
                        dx: .none)
                    adamStep(
                        n, gradient: a, first: y, second: y, weights: b, beta1: 0, beta2: 0, epsilon: 1, rate: 0,
                        root: 0)
                }
                try atTheEdge(2 * n, n, 1) { a, y, _ in
                    addColumnSums(2, n, a, into: y)
                    fillRows(2, n, with: y, into: a)
                }
            }
        }
    }

    @Test("weighted rows and the kernels of cells stay within them") func rows() async {
        await #expect(processExitsWith: .success) {
            for n in sizes {
                for shared in [true, false] {
                    try atTheEdge(2 * 3, 2 * 3 * n, shared ? n : 2 * n) { weights, rows, vector in
                        addWeightedRows(2, 3, n, weights, rows, into: vector, shared ? 0 : n)
                        for accumulates in [false, true] {
                            outerRows(2, 3, n, weights, vector, shared ? 0 : n, into: rows, accumulate: accumulates)
                        }
                    }
                }
                try atTheEdge(2 * 3 * n, 2 * 3 * n, 2 * n) { gates, others, state in
                    gruForward(2, n, fromInput: others, fromState: others, state: state, gates: gates, next: state)
                    gruBackward(
                        2, n, dNext: state, gates: gates, fromState: others, state: state,
                        dInput: others, dState: others, dCarry: state)
                }
                try atTheEdge(2 * 4 * n, 2 * 4 * n, 2 * n) { gates, others, state in
                    lstmForward(2, n, gates: gates, cell: state, nextCell: state, next: state)
                    lstmBackward(
                        2, n, dNext: state, dNextCell: state, gates: gates, cell: state, nextCell: state,
                        dGates: others, dCell: state)
                }
            }
        }
    }
}
