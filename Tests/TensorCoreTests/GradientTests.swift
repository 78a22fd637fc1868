// Every operation's hand-written backward pass against finite differences, and the check itself against wrong gradients.

@testable import TensorCore
import Testing

/// An operation on parameters, whose result is weighted with numbers of its own so that no two elements look alike.
private struct Operation: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [String: Shape]
    let run: @Sendable ((String) -> Tensor) throws -> Tensor

    var testDescription: String { name }
}

private let lengths = [4, 2, 1]

private let operations: [Operation] = [
    Operation(name: "x W", shapes: ["x": [2, 3, 5], "W": [5, 4]]) { try $0("x").matmul($0("W")) },
    Operation(name: "x W + bias", shapes: ["x": [3, 5], "W": [5, 18], "b": [18]]) { try $0("x").matmul($0("W"), adding: $0("b")) },
    Operation(name: "x W + base", shapes: ["x": [3, 5], "W": [5, 4], "b": [3, 4]]) { try $0("x").matmul($0("W"), adding: $0("b")) },
    Operation(name: "a + b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") + $0("b") },
    Operation(name: "a + vector", shapes: ["a": [2, 3, 4], "b": [4]]) { try $0("a") + $0("b") },
    Operation(name: "a − b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") - $0("b") },
    Operation(name: "a b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") * $0("b") },
    Operation(name: "a · number", shapes: ["a": [3, 4], "b": [1]]) { try $0("a") * $0("b") },
    Operation(name: "2.5 a", shapes: ["a": [3, 4]]) { $0("a").scaled(by: 2.5) },
    Operation(name: "a / ‖a‖", shapes: ["a": [3, 4]]) { $0("a").normalized() },
    Operation(name: "tanh", shapes: ["a": [3, 17]]) { $0("a").tanh() },
    Operation(name: "sigmoid", shapes: ["a": [3, 17]]) { $0("a").sigmoid() },
    Operation(name: "sum", shapes: ["a": [3, 4]]) { $0("a").sum() },
    Operation(name: "reshaped", shapes: ["a": [3, 4]]) { try $0("a").reshaped([2, 6]) },
    Operation(name: "one step", shapes: ["a": [3, 2, 4]]) { try $0("a").step(1) },
    Operation(name: "rows", shapes: ["a": [5, 4]]) { try $0("a").rows(1..<4) },
    Operation(name: "gathered, a row twice", shapes: ["a": [4, 3]]) { try $0("a").gathered([2, 0, 2]) },
    Operation(name: "stack", shapes: ["a": [2, 3], "b": [2, 3]]) { try Tensor.stack([$0("a"), $0("b"), $0("a")]) },
    Operation(name: "concatenated", shapes: ["a": [2, 3], "b": [2, 5]]) { try $0("a").concatenated(with: $0("b")) },
    Operation(name: "columns", shapes: ["a": [3, 6]]) { try $0("a").columns(2..<5) },
    Operation(name: "first axes swapped", shapes: ["a": [2, 3, 4]]) { try $0("a").swappingFirstAxes() },
    Operation(name: "keys · queries", shapes: ["k": [3, 4, 5], "q": [3, 5]]) { try $0("k").dot($0("q")) },
    Operation(name: "keys · v", shapes: ["k": [3, 4, 5], "v": [5]]) { try $0("k").dot($0("v")) },
    Operation(name: "weighted sum", shapes: ["w": [3, 4], "h": [3, 4, 5]]) { try $0("w").weightedSum(of: $0("h")) },
    Operation(name: "added to each position", shapes: ["k": [3, 4, 5], "q": [3, 5]]) { try $0("k").addingToEachPosition($0("q")) },
    Operation(name: "outer", shapes: ["c": [3, 4], "v": [5]]) { try $0("c").outer($0("v")) },
    Operation(name: "convolved", shapes: ["x": [2, 6], "F": [3, 5]]) { try $0("x").convolved(with: $0("F")) },
    Operation(name: "masked softmax", shapes: ["e": [3, 4]]) { try $0("e").maskedSoftmax(lengths: lengths) },
    Operation(name: "renormalising softmax", shapes: ["e": [3, 4]]) { try $0("e").renormalisingSoftmax(lengths: lengths) },
    Operation(name: "cross-entropy", shapes: ["e": [4, 6]]) { try $0("e").crossEntropy(targets: [3, 0, 5, 1], ignoring: 0) },
    Operation(name: "additive scores", shapes: ["k": [3, 4, 5], "q": [3, 5], "v": [5]]) {
        try $0("k").additiveScores(query: $0("q"), vector: $0("v"), lengths: lengths)
    },
    Operation(name: "additive scores with features", shapes: ["k": [3, 4, 18], "q": [3, 18], "x": [3, 4, 18], "v": [18]]) {
        try $0("k").additiveScores(query: $0("q"), features: $0("x"), vector: $0("v"), lengths: lengths)
    },
    Operation(name: "GRU step", shapes: ["h": [3, 4], "g": [3, 12], "W": [4, 12], "b": [12]]) {
        try $0("h").gruStep(inputGates: $0("g"), weight: $0("W"), bias: $0("b"))
    },
    Operation(name: "LSTM step", shapes: ["h": [3, 4], "c": [3, 4], "g": [3, 16], "W": [4, 16], "b": [16]]) {
        let next = try $0("h").lstmStep(inputGates: $0("g"), cell: $0("c"), weight: $0("W"), bias: $0("b"))
        return try next.state.concatenated(with: next.cell)
    },
    Operation(name: "rows kept", shapes: ["h": [3, 4]]) { try $0("h").keepingRows([true, false, true]) },
    Operation(name: "GRU layer", shapes: ["g": [4, 3, 12], "W": [4, 12], "b": [12]]) {
        try $0("g").gruLayer(weight: $0("W"), bias: $0("b"), lengths: lengths, reversed: false)
    },
    Operation(name: "GRU layer, reversed", shapes: ["g": [4, 3, 12], "W": [4, 12], "b": [12]]) {
        try $0("g").gruLayer(weight: $0("W"), bias: $0("b"), lengths: lengths, reversed: true)
    },
]

@Suite("Gradients") struct GradientTests {
    @Test("every operation agrees with finite differences", arguments: operations) private func agrees(operation: Operation) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 11)
        for (name, shape) in operation.shapes.sorted(by: { $0.key < $1.key }) { _ = builder.uniform(name, shape, bound: 1) }
        func named(_ name: String) -> Tensor { parameters.tensors[parameters.names.firstIndex(of: name) ?? 0] }
        let count = try operation.run(named).count
        parameters.tape.reset()
        let probe = (0..<count).map { Scalar(($0 * 7) % 11) / 5 - 1 }
        // Applied twice: each backward pass must add to what the other left.
        try checkGradients(of: parameters) {
            let y = try operation.run(named), again = try operation.run(named)
            return try (y * Tensor(probe, shape: y.shape)).sum() + (again * Tensor(probe.reversed(), shape: y.shape)).sum()
        }
    }

    @Test("a tensor that is used twice gets both gradients") func usedTwice() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3], bound: 1)
        try parameters.tape.backward(from: ((x + x) * x).sum())
        for (gradient, value) in zip(x.gradient, x.values) { #expect(abs(gradient - 4 * value) < 1e-5) }
    }

    @Test("gradients of two losses add up until they are cleared") func accumulate() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [2], bound: 1)
        for _ in 0..<2 { try parameters.tape.backward(from: x.scaled(by: 3).sum()) }
        #expect(x.gradient == [6, 6])
        parameters.clearGradients()
        #expect(x.gradient.allSatisfy { $0 == 0 })
    }

    @Test("what nobody trains gets no gradient, and is not in the way") func constants() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [2], bound: 1)
        let constant = try Tensor([2, 3], shape: [2])
        try parameters.tape.backward(from: (x * constant).sum())
        #expect(x.gradient == [2, 3])
        #expect(!constant.requiresGradient)
        #expect(throws: ShapeError.self) { try parameters.tape.backward(from: constant.sum()) }
    }

    /// 3 x with a backward pass that is wrong by a factor.
    private func wrong(_ x: Tensor, factor: Scalar) -> Tensor {
        let (y, tape) = Tensor.result(x.shape, of: x)
        scale(x.count, x.pointer, by: 3, into: y.pointer)
        tape?.record {
            guard let dy = y.arrivedGradient else { return }
            if factor != 0 { addScaled(x.count, dy, by: 3 * factor, into: x.gradientPointer) }
        }
        return y
    }

    @Test("the check finds a wrong backward pass and says what it looks like", arguments: [
        (-1, "the sign is wrong"), (2, "off by a factor of two"), (0.5, "off by a factor of two"), (0, "no gradient arrives"), (1.3, "is a factor missing"),
    ])
    func finds(factor: Double, cause: String) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("weights", [2, 2], bound: 1)
        let mismatch = try #require(throws: GradientMismatch.self) {
            try checkGradients(of: parameters) { wrong(x, factor: Scalar(factor)).sum() }
        }
        #expect(mismatch.description.contains("gradient of \"weights\" [2,2] at index 0"))
        #expect(mismatch.description.contains(cause))
        try checkGradients(of: parameters) { wrong(x, factor: 1).sum() }
    }
}
