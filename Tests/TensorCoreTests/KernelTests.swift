// Every fast kernel against its naive twin, over sizes that leave tails: vectors have 4, 8 or 16 lanes (see
// Lanes.swift), tiles 8, 6, 4 or 1 rows by 2 vectors.

import Foundation
import TestSupport
import Testing

@testable import TensorCore

@Suite("Kernels") struct KernelTests {
    @Test(
        "matrix product, all tails", arguments: [1, 3, 4, 5, 6, 7, 8, 9, 10, 13, 16, 17, 48, 50],
        [1, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65, 130])
    func product(m: Int, n: Int) {
        // 256 rows of B are one panel: the second panel must add to what the first has left.
        for k in [1, 2, 64, 257] {
            let a = random(m * k, 1), b = random(k * n, 2), c = random(m * n, 3)
            let (p, q) = (doubles(a), doubles(b))
            var products = [Double](repeating: 0, count: m * n)
            for i in 0..<m {
                for l in 0..<k {
                    let x = p[i * k + l]
                    for j in 0..<n { products[i * n + j] += x * q[l * n + j] }
                }
            }
            let across = (0..<k).flatMap { l in (0..<m).map { a[$0 * k + l] } }
            for (isTransposed, accumulates) in [(false, false), (true, false), (false, true), (true, true)] {
                let (row, column) = isTransposed ? (1, m) : (k, 1)
                let got = guarded(c) { c in
                    matrixProduct(
                        m, n, k, isTransposed ? across : a, rowStride: row, columnStride: column,
                        b, rowStride: n, into: c, rowStride: n, accumulate: accumulates, Workspace())
                }
                expectClose(
                    got, accumulates ? zip(products, c).map { $0 + Double($1) } : products,
                    scale: Double(k).squareRoot(),
                    "[\(m),\(k)]·[\(k),\(n)] transposed \(isTransposed) accumulate \(accumulates)")
            }
        }
    }

    @Test("matrix product of more rows and depth than one block") func blocks() {
        // 384 rows and 256 of the depth are one block.
        let (m, n, k) = (391, 18, 515)
        let a = random(m * k, 1), b = random(k * n, 2)
        let got = guarded(random(m * n, 3)) {
            matrixProduct(
                m, n, k, a, rowStride: k, columnStride: 1, b, rowStride: n, into: $0, rowStride: n, accumulate: false,
                Workspace())
        }
        for (i, j) in [(0, 0), (383, 17), (384, 0), (390, 17), (200, 15), (385, 16)] {
            let expected = (0..<k).reduce(0.0) { $0 + Double(a[i * k + $1]) * Double(b[$1 * n + j]) }
            expectClose([got[i * n + j]], [expected], scale: Double(k).squareRoot(), "row \(i), column \(j)")
        }
    }

    @Test(
        "matrix product of parts of wider matrices touches nothing else", arguments: [(9, 21), (8, 3), (3, 40)],
        [false, true])
    func strided(size: (Int, Int), accumulates: Bool) {
        let (m, n) = size, (k, wide) = (13, 43)
        let a = random(m * wide, 1), b = random(k * wide, 2), c = random(m * wide, 3)
        let got = guarded(c) {
            matrixProduct(
                m, n, k, a, rowStride: wide, columnStride: 2, b, rowStride: wide,
                into: $0, rowStride: wide, accumulate: accumulates, Workspace())
        }
        let expected = (0..<m * wide).map { at -> Double in
            let (i, j) = (at / wide, at % wide)
            if j >= n { return Double(c[at]) }
            return (0..<k).reduce(accumulates ? Double(c[at]) : 0) {
                $0 + Double(a[i * wide + 2 * $1]) * Double(b[$1 * wide + j])
            }
        }
        expectClose(got, expected, scale: 4, "strided product")
    }

    @Test("a product on top of other rows, or of one row for all", arguments: [1, 3, 8, 13, 50], [5, 16, 17, 33, 70])
    func based(m: Int, n: Int) {
        // 300 is more than one block of the depth: only the first may add the base.
        let k = 300, a = random(m * k, 1), b = random(k * n, 2), base = random(m * n, 3)
        for stride in [n, 0] {
            let got = guarded(random(m * n, 4)) {
                matrixProduct(
                    m, n, k, a, rowStride: k, columnStride: 1, b, rowStride: n, into: $0, rowStride: n,
                    accumulate: false, Workspace(), base: base, rowStride: stride)
            }
            let expected = (0..<m * n).map { at -> Double in
                let (i, j) = (at / n, at % n)
                return (0..<k).reduce(Double(base[i * stride + j])) {
                    $0 + Double(a[i * k + $1]) * Double(b[$1 * n + j])
                }
            }
            expectClose(got, expected, scale: Double(k).squareRoot(), "stride \(stride)")
        }
    }

    @Test("no depth leaves zero, or what was there; no rows and no columns leave everything") func empty() {
        func product(_ m: Int, _ n: Int, _ k: Int, _ accumulates: Bool) -> [Scalar] {
            guarded([5, 6, 7, 8]) { c in
                matrixProduct(
                    m, n, k, [Scalar(1)], rowStride: 0, columnStride: 1, [Scalar(1)], rowStride: 2,
                    into: c, rowStride: 2, accumulate: accumulates, Workspace())
            }
        }
        #expect(product(2, 2, 0, true) == [5, 6, 7, 8])
        #expect(product(2, 2, 0, false) == [0, 0, 0, 0])
        // A stride wider than the columns: the gap stays.
        #expect(product(2, 1, 0, false) == [0, 6, 0, 8])
        #expect(product(0, 2, 1, false) == [5, 6, 7, 8])
        #expect(product(2, 0, 1, false) == [5, 6, 7, 8])
    }

    @Test(
        "transpose, also of a part of a wider matrix", arguments: [(1, 1), (3, 17), (16, 16), (33, 5), (20, 40)],
        [0, 3])
    func transposed(size: (Int, Int), gap: Int) {
        let (rows, columns) = size, wide = columns + gap
        let a = random(rows * wide, 4)
        let got = guarded([Scalar](repeating: 0, count: rows * columns)) {
            transpose(rows, columns, a, rowStride: wide, into: $0)
        }
        #expect(got == (0..<columns).flatMap { j in (0..<rows).map { a[$0 * wide + j] } })
    }

    @Test("element-wise kernels", arguments: [1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100]) func elementwise(n: Int)
    {
        let a = random(n, 5), b = random(n, 6), y = random(n, 7)
        func check(_ what: String, _ kernel: (UnsafeMutablePointer<Scalar>) -> Void, _ twin: (Int) -> Double) {
            expectClose(guarded(y, kernel), (0..<n).map(twin), what)
        }
        let (p, q, r) = (a.map { Double($0) }, b.map { Double($0) }, y.map { Double($0) })
        check("add", { add(n, a, b, into: $0) }) { p[$0] + q[$0] }
        check("subtract", { subtract(n, a, b, into: $0) }) { p[$0] - q[$0] }
        check("multiply", { multiply(n, a, b, into: $0) }) { p[$0] * q[$0] }
        check("addScaled", { addScaled(n, a, by: 3, into: $0) }) { r[$0] + 3 * p[$0] }
        check("scale", { scale(n, a, by: 3, into: $0) }) { 3 * p[$0] }
        check("addProduct", { addProduct(n, a, b, into: $0) }) { r[$0] + p[$0] * q[$0] }
        check("tanh", { TensorCore.tanh(n, a, into: $0) }) { naiveTanh(p[$0]) }
        check("sigmoid", { sigmoid(n, a, into: $0) }) { 0.5 + 0.5 * naiveTanh(p[$0] / 2) }
        check("tanhBackward", { tanhBackward(n, dy: a, y: b, into: $0) }) { r[$0] + p[$0] * (1 - q[$0] * q[$0]) }
        check("sigmoidBackward", { sigmoidBackward(n, dy: a, y: b, into: $0) }) { r[$0] + p[$0] * q[$0] * (1 - q[$0]) }
        // A result may take the place of an operand.
        expectClose(guarded(a) { add(n, $0, b, into: $0) }, zip(p, q).map { $0 + $1 }, "add in place")
        expectClose(guarded(b) { multiply(n, a, $0, into: $0) }, zip(p, q).map { $0 * $1 }, "multiply in place")
        expectClose(guarded(a) { scale(n, $0, by: -2, into: $0) }, p.map { -2 * $0 }, "scale in place")
        expectClose([innerProduct(n, a, b)], [zip(p, q).map { $0 * $1 }.reduce(0, +)], scale: 10, "inner product")
        expectClose([TensorCore.sum(n, a)], [p.reduce(0, +)], scale: 10, "sum")
    }

    @Test("sums over rows and equal rows", arguments: [1, 5, 16, 19, 40]) func columns(n: Int) {
        let a = random(3 * n, 8), y = random(n, 9), bias = random(n, 10)
        let sums = (0..<n).map { (j: Int) -> Double in (0..<3).reduce(Double(y[j])) { $0 + Double(a[$1 * n + j]) } }
        expectClose(guarded(y) { addColumnSums(3, n, a, into: $0) }, sums, "column sums")
        #expect(
            guarded([Scalar](repeating: 0, count: 3 * n)) { fillRows(3, n, with: bias, into: $0) } == bias + bias + bias
        )
    }

    @Test(
        "convolution and its ways back, also of sentences shorter than a filter", arguments: [1, 2, 3, 9],
        [(1, 1), (3, 3), (8, 5), (9, 7), (17, 3)])
    func convolution(source: Int, size: (Int, Int)) {
        let (filters, width) = size, padded = paddedFilters(filters)
        let x = random(source, 31), kernel = random(filters * width, 32), dy = random(source * filters, 33),
            dx = random(source, 34)
        let taps = guarded([Scalar](repeating: 9, count: width * padded)) { fillTaps(filters, width, kernel, into: $0) }
        var (y, slopes, weights) = (
            [Double](repeating: 0, count: source * filters), doubles(dx), [Double](repeating: 0, count: width * padded)
        )
        for i in 0..<source {
            for f in 0..<filters {
                for w in 0..<width where (0..<source).contains(i + w - width / 2) {
                    let place = i + w - width / 2
                    y[i * filters + f] += Double(kernel[f * width + w]) * Double(x[place])
                    slopes[place] += Double(kernel[f * width + w]) * Double(dy[i * filters + f])
                    weights[w * padded + f] += Double(x[place]) * Double(dy[i * filters + f])
                }
            }
        }
        expectClose(
            guarded([Scalar](repeating: 9, count: source * filters)) {
                convolve(source, filters, width, x, taps: taps, into: $0)
            }, y, scale: 4, "y")
        let back = guarded([dx, [Scalar](repeating: 0, count: width * padded)]) {
            convolveBackward(source, filters, width, dy: dy, x, taps: taps, dx: $0[0], dtaps: $0[1])
        }
        expectClose(back[0], slopes, scale: 10, "dx")
        expectClose(back[1], weights, scale: 4, "dtaps")
    }

    @Test("inner products of rows with a vector", arguments: [1, 3, 7, 8, 15, 16, 17, 40, 64], [1, 3, 4, 6, 9])
    func rowProducts(k: Int, count: Int) {
        let rows = random(count * k, 11), vector = random(k, 12), y = random(count, 13)
        let products = (0..<count).map { i in (0..<k).reduce(0.0) { $0 + Double(rows[i * k + $1]) * Double(vector[$1]) }
        }
        expectClose(
            guarded(y) { TensorCore.rowProducts(count, k, rows, vector, into: $0, accumulate: false) }, products,
            scale: 4, "products")
        expectClose(
            guarded(y) { TensorCore.rowProducts(count, k, rows, vector, into: $0, accumulate: true) },
            zip(products, y).map { $0 + Double($1) }, scale: 4, "added")
    }

    @Test("weighted rows and outer products", arguments: [1, 7, 16, 20, 63, 64, 65, 130], [0, 1]) func weighted(
        k: Int, isShared: Int
    ) {
        let (batch, source) = (3, 5), step = isShared == 1 ? 0 : k
        let weights = random(batch * source, 11), rows = random(batch * source * k, 12), vector = random(batch * k, 13)
        let sums = guarded(vector) { addWeightedRows(batch, source, k, weights, rows, into: $0, step) }
        var expected = vector.map { Double($0) }
        for row in 0..<batch * source {
            let weight = Double(weights[row]), place = row / source * step
            for c in 0..<k { expected[place + c] += weight * Double(rows[row * k + c]) }
        }
        expectClose(sums, expected, scale: 4, "weighted rows")
        for accumulates in [false, true] {
            let outer = guarded(rows) {
                outerRows(batch, source, k, weights, vector, step, into: $0, accumulate: accumulates)
            }
            let products = (0..<rows.count).map { (at: Int) -> Double in
                let row = at / k, c = at % k
                return (accumulates ? Double(rows[at]) : 0) + Double(weights[row])
                    * Double(vector[row / source * step + c])
            }
            expectClose(outer, products, "outer, accumulates \(accumulates)")
        }
    }

    @Test("softmax of a row, and its way back", arguments: [1, 2, 15, 16, 17, 33, 100]) func softmaxRow(n: Int) {
        let x = random(n, 14).map { 20 * $0 }, dy = random(n, 15), dx = random(n, 16), padding = 3
        var logSum: Scalar = 0
        let y = guarded([Scalar](repeating: 9, count: n + padding)) {
            logSum = softmax(n, x, into: $0, padTo: n + padding)
        }
        let largest = x.map { Double($0) }.max() ?? 0, powers = x.map { naiveExp(Double($0) - largest) },
            sum = powers.reduce(0, +)
        expectClose(y, powers.map { $0 / sum } + [0, 0, 0], "softmax")
        expectClose([logSum], [largest + Foundation.log(sum)], "log of the sum of powers")
        let back = guarded(dx) { softmaxBackward(n, dy: dy, y: y, into: $0) }
        let mean = (0..<n).reduce(0.0) { $0 + Double(dy[$1]) * Double(y[$1]) }
        let slopes = (0..<n).map { (i: Int) -> Double in Double(dx[i]) + Double(y[i]) * (Double(dy[i]) - mean) }
        expectClose(back, slopes, "softmax backward")
    }

    @Test("the greatest score may stand anywhere, and be far from the others", arguments: [1, 8, 15, 16, 17, 33])
    func greatest(n: Int) {
        for place in 0..<n {
            // Without subtracting the greatest, all powers would be infinite.
            let x = (0..<n).map { $0 == place ? Scalar(1e4) : -1e4 }
            let y = guarded([Scalar](repeating: 9, count: n)) { softmax(n, x, into: $0, padTo: n) }
            #expect(y == (0..<n).map { $0 == place ? 1 : 0 })
        }
    }

    @Test("additive rows", arguments: [1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 65]) func additive(n: Int) {
        let q = random(n, 17), k = random(n, 18), x = random(n, 19), v = random(n, 20)
        for hasFeatures in [false, true] {
            var score: Scalar = 0
            let t = guarded([Scalar](repeating: 0, count: n)) { t in
                score = x.withUnsafeBufferPointer {
                    additiveForward(n, q: q, k: k, x: hasFeatures ? $0.baseAddress : nil, v: v, t: t)
                }
            }
            let expected = (0..<n).map { (i: Int) -> Double in
                naiveTanh(Double(q[i]) + Double(k[i]) + (hasFeatures ? Double(x[i]) : 0))
            }
            expectClose(t, expected, "activations")
            let sum = (0..<n).reduce(0.0) { $0 + expected[$1] * Double(v[$1]) }
            #expect(agree(score, sum, of: 10))
        }
    }

    @Test(
        "additive rows: the way back, written or added", arguments: [1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 65], [1, 2, 5])
    func additiveBack(n: Int, rows: Int) {
        let v = random(n, 20), t = random(rows * n, 22), de = random(rows, 23)
        let (row, block) = (random(n, 21), random(rows * n, 24))
        for (hasKeys, hasFeatures, accumulates) in [
            (true, true, true), (true, false, false), (false, true, true), (true, true, false), (false, false, false),
        ] {
            let changed = guarded([row, row, block, block]) { p in
                additiveBackward(
                    rows, n, de: de, v: v, t: t, dq: p[0], dv: p[1],
                    dk: AdditiveTarget(pointer: hasKeys ? p[2] : nil, accumulate: accumulates),
                    dx: AdditiveTarget(pointer: hasFeatures ? p[3] : nil, accumulate: accumulates))
            }
            let g = (0..<rows * n).map { (at: Int) -> Double in
                Double(de[at / n]) * Double(v[at % n]) * (1 - Double(t[at]) * Double(t[at]))
            }
            func sums(_ of: (Int) -> Double) -> [Double] {
                (0..<n).map { u in (0..<rows).reduce(Double(row[u])) { $0 + of($1 * n + u) } }
            }
            expectClose(changed[0], sums { g[$0] }, scale: 4, "dq")
            expectClose(changed[1], sums { Double(de[$0 / n]) * Double(t[$0]) }, scale: 4, "dv")
            for (got, isThere, what) in [(changed[2], hasKeys, "dk"), (changed[3], hasFeatures, "dx")] {
                expectClose(
                    got,
                    (0..<rows * n).map {
                        !isThere ? Double(block[$0]) : accumulates ? Double(block[$0]) + g[$0] : g[$0]
                    }, what)
            }
        }
    }

    @Test("the count of arithmetic: a multiply-add is two operations") func count() {
        let a = random(6, 1), b = random(6, 2)
        let product = ArithmeticCount.of {
            _ = guarded([0, 0, 0, 0]) {
                matrixProduct(
                    2, 2, 3, a, rowStride: 3, columnStride: 1, b, rowStride: 2, into: $0, rowStride: 2,
                    accumulate: false, Workspace())
            }
        }
        // Tests run side by side, and the count hears all of them.
        #expect(product >= 2 * 2 * 2 * 3)
    }
}

// MARK: twins of the functions

private func naiveExp(_ x: Double) -> Double { Foundation.exp(x) }

private func naiveTanh(_ x: Double) -> Double { Foundation.tanh(x) }
