// What decoding reads off scores, and products of repeated rows.

import Foundation
import TestSupport
import Testing

@testable import TensorCore

@Suite("Readings") struct ReadingTests {
    @Test("the greatest of each row, the first among equals, from a column on", arguments: [1, 3, 7, 8, 9, 16, 17, 40])
    func argmax(n: Int) throws {
        for place in 0..<n {
            // The greatest stands at `place` and again at the end.
            let row = (0..<n).map { $0 == place || $0 == n - 1 ? Scalar(2) : Scalar(-1) - Scalar($0) }
            let scores = try Tensor(row + row.reversed(), shape: [2, n])
            try #expect(scores.argmax() == [place, 0])
            if place > 0 { try #expect(scores.argmax(from: place)[0] == place) }
        }
        #expect(throws: ShapeError.self) { try Tensor([1, 2], shape: [1, 2]).argmax(from: 2) }
        // Nothing compares with NaN: any column will do, but one there is.
        try #expect(Tensor([Scalar](repeating: .nan, count: n), shape: [1, n]).argmax() == [0])
    }

    @Test("log Σ exp of each row, also of great numbers and of −∞", arguments: [1, 3, 7, 8, 9, 16, 17, 40])
    func logSumExp(n: Int) throws {
        let x = random(2 * n, 3).map { 1000 + 5 * $0 }
        let got = try Tensor(x, shape: [2, n]).logSumExp()
        for r in 0..<2 {
            let row = x[r * n..<(r + 1) * n].map { Double($0) }
            let expected = 1000 + log(row.reduce(0) { $0 + exp($1 - 1000) })
            #expect(
                agree(got[r], expected, of: 10), "the great numbers are read exactly, and only their differences summed"
            )
        }
        let excluded = try Tensor([0] + [Scalar](repeating: -.infinity, count: n), shape: [1, n + 1])
        try #expect(excluded.logSumExp() == [0])
    }

    @Test("one number by row and column, and no other") func at() throws {
        let x = try Tensor((0..<12).map { Scalar($0) }, shape: [2, 2, 3])
        try #expect(x.at(3, 1) == 10)
        #expect(throws: ShapeError.self) { try x.at(4, 0) }
        #expect(throws: ShapeError.self) { try x.at(0, -1) }
    }

    @Test("a product of repeated rows is the product of the rows, and so are its gradients") func gatheredProduct()
        throws
    {
        func run(_ product: (Tensor, [Int], Tensor, Tensor) throws -> Tensor) throws -> [[Scalar]] {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 4)
            let table = builder.uniform("table", [6, 5], bound: 1),
                weight = builder.uniform("weight", [5, 9], bound: 1), bias = builder.uniform("bias", [9], bound: 1)
            let y = try product(table, [2, 0, 2, 5, 2, 0], weight, bias)
            let loss = try (y * y).sum()
            let values = y.values
            try parameters.tape.backward(from: loss)
            return [values, table.gradient, weight.gradient, bias.gradient]
        }
        let fast = try run { try $0.gatheredMatmul($1, $2, adding: $3) }
        let plain = try run { try $0.gathered($1).matmul($2, adding: $3) }
        for (got, expected) in zip(fast, plain) { expectClose(got, doubles(expected), scale: 10, "gathered product") }
        #expect(throws: ShapeError.self) {
            try Tensor([1, 2], shape: [2, 1]).gatheredMatmul([0, 2], Tensor([1], shape: [1, 1]))
        }
    }
}
