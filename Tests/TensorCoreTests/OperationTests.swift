// What each operation computes, in numbers small enough for the head. The gradient check cannot see this: it is content
// with any function and its own derivative, a transposed one as well.

import Foundation
import Testing

@testable import TensorCore

/// Counts up from `first`, row by row.
private func counting(_ shape: Shape, from first: Int = 1) throws -> Tensor {
    try Tensor((0..<shape.count).map { Scalar(first + $0) }, shape: shape)
}

private struct Sum: Sendable, CustomTestStringConvertible {
    let name: String, shape: Shape, values: [Double]
    let run: @Sendable () throws -> Tensor

    init(_ name: String, _ shape: Shape, _ values: [Double], _ run: @escaping @Sendable () throws -> Tensor) {
        (self.name, self.shape, self.values, self.run) = (name, shape, values, run)
    }

    var testDescription: String { name }
}

// [[1,2],[3,4]] and, where a second operand is needed, numbers from 5 on.
private let sums: [Sum] = [
    Sum("x W", [2, 2], [19, 22, 43, 50]) { try counting([2, 2]).matmul(counting([2, 2], from: 5)) },
    Sum("x W + bias", [2, 2], [119, 222, 143, 250]) {
        try counting([2, 2]).matmul(counting([2, 2], from: 5), adding: Tensor([100, 200]))
    },
    Sum("x W + base", [2, 2], [20, 24, 46, 54]) {
        try counting([2, 2]).matmul(counting([2, 2], from: 5), adding: counting([2, 2]))
    },
    Sum("x W of three axes", [2, 1, 1], [17, 39]) { try counting([2, 1, 2]).matmul(counting([2, 1], from: 5)) },
    Sum("a + b", [2, 2], [6, 8, 10, 12]) { try counting([2, 2]) + counting([2, 2], from: 5) },
    Sum("a + vector", [2, 2], [6, 8, 8, 10]) { try counting([2, 2]) + counting([2], from: 5) },
    Sum("a − b", [2, 2], [4, 3, 2, 1]) { try Tensor([5, 5, 5, 5], shape: [2, 2]) - counting([2, 2]) },
    Sum("−a", [2], [-1, -2]) { try -counting([2]) },
    Sum("a b", [2, 2], [5, 12, 21, 32]) { try counting([2, 2]) * counting([2, 2], from: 5) },
    Sum("a · number", [2, 2], [5, 10, 15, 20]) { try counting([2, 2]) * counting([1], from: 5) },
    Sum("number · number", [1], [35]) { try counting([1], from: 7) * counting([1], from: 5) },
    Sum("scaled", [2], [-2, -4]) { try counting([2]).scaled(by: -2) },
    Sum("normalized, zeros stay", [2, 2], [0.6, 0.8, 0, 0]) { try Tensor([3, 4, 0, 0], shape: [2, 2]).normalized() },
    Sum("tanh", [2], [0, 0.7615941559557649]) { Tensor([0, 1]).tanh() },
    Sum("sigmoid", [2], [0.5, 0.7310585786300049]) { Tensor([0, 1]).sigmoid() },
    Sum("a / b", [2, 2], [2, 4, 2, 0.5]) {
        try Tensor([10, 8, 4, 1], shape: [2, 2]) / Tensor([5, 2, 2, 2], shape: [2, 2])
    },
    Sum("a / number", [2, 2], [0.5, 1, 1.5, 2]) { try counting([2, 2]) / counting([1], from: 2) },
    Sum("number / number", [1], [1.5]) { try counting([1], from: 3) / counting([1], from: 2) },
    Sum("a + 2", [2], [3, 4]) { try counting([2]).adding(2) },
    Sum("exponential", [3], [1, 2.718281828459045, 0]) { Tensor([0, 1, -.infinity]).exponential() },
    Sum("logarithm, and its floor", [4], [0, 0.6931471805599453, -2.302585092994046, -2.302585092994046]) {
        Tensor([1, 2, 0.1, -3]).logarithm(floor: 0.1)
    },
    Sum("softplus", [3], [0.6931471805599453, 500, 0]) { Tensor([0, 500, -500]).softplus() },
    Sum("clamped", [4], [1, 1, 2, 3]) { Tensor([-5, 1, 2, 7]).clamped(to: 1...3) },
    Sum("minimum", [3], [1, 1, 0]) { try Tensor([1, 2, 0]).minimum(with: Tensor([3, 1, 0])) },
    Sum("row sums", [2, 1], [6, 15]) { try counting([2, 3]).rowSums() },
    Sum("row sums of three axes", [2, 1, 1], [3, 7]) { try counting([2, 1, 2]).rowSums() },
    Sum("column repeated", [2, 3], [1, 1, 1, 2, 2, 2]) { try counting([2, 1]).repeated(3) },
    Sum("column repeated, three axes", [2, 1, 2], [1, 1, 2, 2]) { try counting([2, 1, 1]).repeated(2) },
    Sum("shifted to the right", [2, 3], [0, 1, 2, 0, 4, 5]) { try counting([2, 3]).shifted() },
    Sum("shifted to the left", [2, 3], [3, 0, 0, 6, 0, 0]) { try counting([2, 3]).shifted(by: -2) },
    Sum("shifted out of the row", [1, 2], [0, 0]) { try counting([1, 2]).shifted(by: 5) },
    Sum("shifted by nothing", [1, 2], [1, 2]) { try counting([1, 2]).shifted(by: 0) },
    Sum("an operation of one's own", [2], [4, 6]) {
        try Tensor.operation(
            "twice", on: [counting([2], from: 2)], shape: [2], forward: { $0[0].map { 2 * $0 } },
            backward: { _, _, dy in [dy.map { 2 * $0 }] })
    },
    Sum("sum", [1], [10]) { try counting([2, 2]).sum() },
    Sum("reshaped", [3, 2], [1, 2, 3, 4, 5, 6]) { try counting([2, 3]).reshaped([3, 2]) },
    Sum("step", [2, 2], [5, 6, 7, 8]) { try counting([3, 2, 2]).slice(1) },
    Sum("step of a step", [2], [7, 8]) { try counting([3, 2, 2]).slice(1).slice(1) },
    Sum("rows", [2, 2], [3, 4, 5, 6]) { try counting([4, 2]).rows(1..<3) },
    Sum("no rows", [0, 2], []) { try counting([4, 2]).rows(1..<1) },
    Sum("rows of a step", [1, 2], [7, 8]) { try counting([3, 2, 2]).slice(1).rows(1..<2) },
    Sum("gathered", [3, 2], [5, 6, 1, 2, 5, 6]) { try counting([3, 2]).gathered([2, 0, 2]) },
    Sum("gathered, three axes", [1, 2, 2], [5, 6, 7, 8]) { try counting([2, 2, 2]).gathered([1]) },
    Sum("stack", [2, 2], [1, 2, 5, 6]) { try Tensor.stack([counting([2]), counting([2], from: 5)]) },
    Sum("concatenated", [2, 3], [1, 2, 5, 3, 4, 6]) {
        try counting([2, 2]).concatenated(with: counting([2, 1], from: 5))
    },
    Sum("columns", [2, 2], [2, 3, 6, 7]) { try counting([2, 4]).columns(1..<3) },
    Sum("first axes swapped", [3, 2, 2], [1, 2, 7, 8, 3, 4, 9, 10, 5, 6, 11, 12]) {
        try counting([2, 3, 2]).swappingFirstAxes()
    },
    Sum("keys · queries", [2, 2], [17, 39, 83, 113]) { try counting([2, 2, 2]).dot(counting([2, 2], from: 5)) },
    Sum("keys · v", [2, 2], [17, 39, 61, 83]) { try counting([2, 2, 2]).dot(counting([2], from: 5)) },
    Sum("weighted sum", [2, 2], [7, 10, 43, 50]) { try counting([2, 2]).weightedSum(of: counting([2, 2, 2])) },
    Sum("added to each position", [2, 2, 1], [6, 7, 9, 10]) {
        try counting([2, 2, 1]).addingToEachPosition(counting([2, 1], from: 5))
    },
    Sum("outer", [1, 2, 3], [5, 6, 7, 10, 12, 14]) { try counting([1, 2]).outer(counting([3], from: 5)) },
    // The kernel's middle stands on the position itself: 1·7 + 2·6 would be the mirrored one.
    Sum("convolved", [1, 3, 1], [1 * 6 + 2 * 7, 1 * 5 + 2 * 6 + 3 * 7, 2 * 5 + 3 * 6]) {
        try counting([1, 3]).convolved(with: counting([1, 3], from: 5))
    },
    Sum("convolved by two filters", [2, 1, 2], [5, 10, 6, 12]) {
        try counting([2, 1], from: 5).convolved(with: counting([2, 1]))
    },
    Sum("rows kept", [2, 2], [0, 0, 3, 4]) { try counting([2, 2]).keepingRows([false, true]) },
    Sum("masked softmax", [2, 3], [0.25, 0.75, 0, 1, 0, 0]) {
        try Tensor([0, Scalar(log(3.0)), .nan, 5, .nan, .infinity], shape: [2, 3]).maskedSoftmax(lengths: [2, 1])
    },
    Sum("sparsemax", [2, 3], [0.75, 0.25, 0, 1, 0, 0]) {
        try Tensor([2, 1.5, 9, 1, 9, 9], shape: [2, 3]).sparsemax(lengths: [2, 1])
    },
    // Roots of 0.8 and 0.6 differ by half of what the scores differ by.
    Sum("entmax-1.5", [2, 3], [0.64, 0.36, 0, 1, 0, 0]) {
        try Tensor([2, 1.6, 9, 1, 9, 9], shape: [2, 3]).entmax15(lengths: [2, 1])
    },
    Sum("renormalising softmax", [2, 3], [0.25, 0.75, 0, 1, 0, 0]) {
        try Tensor([0, Scalar(log(3.0)), 2, 5, 4, 3], shape: [2, 3]).renormalisingSoftmax(lengths: [2, 1])
    },
    // −log(3/4) and −log(1/2); the third target is padding and counts neither above nor below the line.
    Sum("cross-entropy", [1], [(log(4.0 / 3) + log(2)) / 2]) {
        try Tensor([0, Scalar(log(3.0)), 2, 2, 8, 9], shape: [3, 2]).crossEntropy(targets: [1, 1, 0], ignoring: 0)
    },
    Sum("additive scores, zero in the padding", [2, 2], [2 * tanh(0.5), 2 * tanh(0.7), 2 * tanh(0.9), 0]) {
        try Tensor([0.1, 0.3, 0.4, .nan], shape: [2, 2, 1])
            .additiveScores(query: Tensor([0.4, 0.5], shape: [2, 1]), vector: Tensor([2]), lengths: [2, 1])
    },
    Sum("additive scores with features", [1, 2], [2 * tanh(0.3), 2 * tanh(0.9)]) {
        try Tensor([0.1, 0.3], shape: [1, 2, 1]).additiveScores(
            query: Tensor([0.4], shape: [1, 1]), features: Tensor([-0.2, 0.2], shape: [1, 2, 1]), vector: Tensor([2]),
            lengths: [2])
    },
]

@Suite("Operations") struct OperationTests {
    @Test("small numbers", arguments: sums) private func computes(sum: Sum) throws {
        let got = try sum.run()
        #expect(got.shape == sum.shape)
        expectClose(got.values, sum.values, sum.name)
    }

    @Test("nothing flows into the padding") func padding() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let e = builder.uniform("e", [2, 4], bound: 1), k = builder.uniform("k", [2, 4, 3], bound: 1)
        let v = builder.vector("v", 3), g = builder.uniform("g", [4, 2, 6], bound: 1), W = builder.matrix("W", 2, 6)
        let lengths = [4, 2]
        let scores = try k.additiveScores(
            query: Tensor([0, 0, 0, 0, 0, 0], shape: [2, 3]), vector: v, lengths: lengths)
        let states = try g.gruLayer(weight: W, bias: Tensor([0, 0, 0, 0, 0, 0]), lengths: lengths, reversed: true)
        let kept =
            try (e + scores).maskedSoftmax(lengths: lengths) * Tensor((1...8).map { Scalar($0 * $0) }, shape: [2, 4])
        try parameters.tape.backward(from: (kept.sum() + states.sum()))
        #expect(e.gradient.suffix(2) == [0, 0] && e.gradient.prefix(6).allSatisfy { $0 != 0 })
        #expect(k.gradient.suffix(6).allSatisfy { $0 == 0 } && k.gradient.prefix(18).allSatisfy { $0 != 0 })
        for t in 0..<4 {
            #expect(states.values[(t * 2 + 1) * 2..<(t * 2 + 2) * 2].allSatisfy { ($0 == 0) == (t >= 2) })
            #expect(g.gradient[(t * 2 + 1) * 6..<(t * 2 + 2) * 6].allSatisfy { t < 2 || $0 == 0 })
        }
    }

    @Test("where the padding holds the greatest score, only the masked softmax is right") func lesson() throws {
        let e = try Tensor([0, 0, 1e4], shape: [1, 3])
        #expect(try e.maskedSoftmax(lengths: [2]).values == [0.5, 0.5, 0])
        #expect(try e.renormalisingSoftmax(lengths: [2]).values.prefix(2).allSatisfy { $0.isNaN })
    }

    @Test("a view shares memory and gradient with its tensor, a detached copy neither") func views() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [2, 3], bound: 1)
        let view = try x.slice(1), copy = view.detached()
        try parameters.set("x", to: [1, 2, 3, 4, 5, 6])
        #expect(view.values == [4, 5, 6] && copy.values != [4, 5, 6] && !copy.requiresGradient)
        try parameters.tape.backward(from: (view * copy).sum() + x.reshaped([6]).sum())
        #expect(x.gradient == [1, 1, 1] + copy.values.map { 1 + $0 })
        #expect(view.gradient == Array(x.gradient.suffix(3)))
        x.clearGradient()
        #expect(view.gradient == [0, 0, 0])
    }

    @Test("shapes: axes, rows and the number of elements") func shapes() {
        let shape: Shape = [2, 3, 4]
        #expect((shape.rank, shape.count, shape.last, shape.rows) == (3, 24, 4, 6))
        #expect(shape.dimensions == [2, 3, 4] && shape.replacingLast(with: 5) == [2, 3, 5] && "\(shape)" == "[2,3,4]")
        // A single number has no axis; an axis of no length leaves no rows.
        #expect((Shape([]).rank, Shape([]).count, Shape([]).last, Shape([]).rows) == (0, 1, 1, 1))
        #expect((Shape([3, 0]).count, Shape([3, 0]).rows) == (0, 0))
        #expect(Shape([2]) != Shape([2, 1]), "the same number of elements, another number of axes")
    }
}
