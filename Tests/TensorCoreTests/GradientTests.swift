// Every operation's hand-written backward pass against finite differences, and the check itself against wrong
// gradients.

import TestSupport
import Testing

@testable import TensorCore

/// An operation on parameters, whose result is weighted with numbers of its own so that no two elements look alike.
struct Operation: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [String: Shape]
    let run: @Sendable ((String) -> Tensor) throws -> Tensor

    var testDescription: String { name }
}

private let lengths = [4, 2, 1]

/// Each row times the square of a number of its own, as somebody outside would write it.
private func rowsTimes(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    let n = a.shape.last
    return try Tensor.operation("rowsTimes", on: [a, b], shape: a.shape) { inputs in
        inputs[0].indices.map { inputs[0][$0] * inputs[1][$0 / n] * inputs[1][$0 / n] }
    } backward: { inputs, y, dy in
        let (a, b) = (inputs[0], inputs[1])
        let da = dy.indices.map { dy[$0] * b[$0 / n] * b[$0 / n] }
        let db = b.indices.map { r in
            (r * n..<(r + 1) * n).reduce(0) { $0 + 2 * dy[$1] * a[$1] * b[r] }
        }
        return [da, db]
    }
}

private let operations = tensorOperations + walkOperations

private let tensorOperations: [Operation] = [
    Operation(name: "x W", shapes: ["x": [2, 3, 5], "W": [5, 4]]) { try $0("x").matmul($0("W")) },
    Operation(name: "x W + bias", shapes: ["x": [3, 5], "W": [5, 18], "b": [18]]) {
        try $0("x").matmul($0("W"), adding: $0("b"))
    },
    Operation(name: "x W + base", shapes: ["x": [3, 5], "W": [5, 4], "b": [3, 4]]) {
        try $0("x").matmul($0("W"), adding: $0("b"))
    },
    Operation(name: "x W, many rows and columns", shapes: ["x": [17, 9], "W": [9, 35]]) { try $0("x").matmul($0("W")) },
    Operation(name: "x W + base of three axes", shapes: ["x": [2, 3, 5], "W": [5, 4], "b": [2, 3, 4]]) {
        try $0("x").matmul($0("W"), adding: $0("b"))
    },
    Operation(name: "vector W + base", shapes: ["x": [5], "W": [5, 4], "b": [4]]) {
        try $0("x").matmul($0("W"), adding: $0("b"))
    },
    Operation(name: "a + b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") + $0("b") },
    Operation(name: "a + vector", shapes: ["a": [2, 3, 4], "b": [4]]) { try $0("a") + $0("b") },
    Operation(name: "a − b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") - $0("b") },
    Operation(name: "−a", shapes: ["a": [3, 4]]) { -$0("a") },
    Operation(name: "a b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") * $0("b") },
    Operation(name: "a · number", shapes: ["a": [3, 4], "b": [1]]) { try $0("a") * $0("b") },
    Operation(name: "number · number", shapes: ["a": [1], "b": [1]]) { try $0("a") * $0("b") },
    Operation(name: "2.5 a", shapes: ["a": [3, 4]]) { $0("a").scaled(by: 2.5) },
    Operation(name: "a / ‖a‖", shapes: ["a": [3, 4]]) { $0("a").normalized() },
    Operation(name: "tanh", shapes: ["a": [3, 17]]) { $0("a").tanh() },
    Operation(name: "sigmoid", shapes: ["a": [3, 17]]) { $0("a").sigmoid() },
    Operation(name: "a / b", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a") / $0("b").exponential() },
    Operation(name: "a / number", shapes: ["a": [3, 4], "b": [1]]) { try $0("a") / $0("b").adding(2) },
    Operation(name: "number / number", shapes: ["a": [1], "b": [1]]) { try $0("a") / $0("b").adding(2) },
    Operation(name: "a + 2", shapes: ["a": [3, 4]]) { $0("a").adding(2) },
    Operation(name: "exponential", shapes: ["a": [3, 17]]) { $0("a").exponential() },
    Operation(name: "logarithm", shapes: ["a": [3, 4]]) { $0("a").exponential().logarithm(floor: 1e-6) },
    Operation(name: "softplus", shapes: ["a": [3, 4]]) { $0("a").scaled(by: 8).softplus() },
    // Between the bounds; what lies beyond has a test of its own.
    Operation(name: "clamped", shapes: ["a": [3, 4]]) { $0("a").clamped(to: -2...2) },
    Operation(name: "minimum", shapes: ["a": [3, 4], "b": [3, 4]]) { try $0("a").minimum(with: $0("b")) },
    Operation(name: "row sums", shapes: ["a": [2, 3, 17]]) { try $0("a").rowSums() },
    Operation(name: "column repeated", shapes: ["a": [2, 3, 1]]) { try $0("a").repeated(17) },
    Operation(name: "shifted to the right", shapes: ["a": [3, 4]]) { try $0("a").shifted() },
    Operation(name: "shifted to the left", shapes: ["a": [3, 4]]) { try $0("a").shifted(by: -3) },
    Operation(name: "an operation of one's own", shapes: ["a": [3, 4], "b": [3]]) {
        try rowsTimes($0("a"), $0("b"))
    },
    Operation(name: "relu", shapes: ["a": [3, 17]]) { $0("a").relu() },
    Operation(name: "layer norm", shapes: ["x": [3, 4], "g": [4], "b": [4]]) {
        try $0("x").layerNorm(gain: $0("g"), bias: $0("b"))
    },
    Operation(name: "layer norm, vectors and a tail", shapes: ["x": [2, 3, 37], "g": [37], "b": [37]]) {
        try $0("x").layerNorm(gain: $0("g"), bias: $0("b"))
    },
    Operation(name: "heads split", shapes: ["x": [2, 3, 4]]) { try $0("x").splittingHeads(2) },
    Operation(name: "heads joined", shapes: ["x": [4, 3, 2]]) { try $0("x").joiningHeads(2) },
    Operation(name: "several heads over words", shapes: ["q": [3, 2, 6], "k": [3, 4, 6], "v": [3, 4, 6]]) {
        try $0("q").multiHeadAttention(keys: $0("k"), values: $0("v"), heads: 2, seeing: .words(lengths)).contexts
    },
    Operation(name: "several heads over what was before", shapes: ["q": [2, 3, 6], "k": [2, 4, 6], "v": [2, 4, 6]]) {
        try $0("q").multiHeadAttention(keys: $0("k"), values: $0("v"), heads: 3, seeing: .before).contexts
    },
    Operation(name: "several heads query by query", shapes: ["q": [2, 3, 6], "k": [2, 4, 6], "v": [2, 4, 6]]) {
        try $0("q").multiHeadAttentionByQuery(keys: $0("k"), values: $0("v"), heads: 3, seeing: .before).contexts
    },
    Operation(name: "sum", shapes: ["a": [3, 4]]) { $0("a").sum() },
    Operation(name: "reshaped", shapes: ["a": [3, 4]]) { try $0("a").reshaped([2, 6]) },
    Operation(name: "one step", shapes: ["a": [3, 2, 4]]) { try $0("a").slice(1) },
    Operation(name: "rows", shapes: ["a": [5, 4]]) { try $0("a").rows(1..<4) },
    Operation(name: "gathered, a row twice", shapes: ["a": [4, 3]]) { try $0("a").gathered([2, 0, 2]) },
    Operation(name: "stack", shapes: ["a": [2, 3], "b": [2, 3]]) { try Tensor.stack([$0("a"), $0("b"), $0("a")]) },
    Operation(name: "concatenated", shapes: ["a": [2, 3], "b": [2, 5]]) { try $0("a").concatenated(with: $0("b")) },
    Operation(name: "columns", shapes: ["a": [3, 6]]) { try $0("a").columns(2..<5) },
    Operation(name: "first axes swapped", shapes: ["a": [2, 3, 4]]) { try $0("a").swappingFirstAxes() },
    Operation(name: "keys · queries", shapes: ["k": [3, 4, 5], "q": [3, 5]]) { try $0("k").dot($0("q")) },
    Operation(name: "keys · v", shapes: ["k": [3, 4, 5], "v": [5]]) { try $0("k").dot($0("v")) },
    Operation(name: "weighted sum", shapes: ["w": [3, 4], "h": [3, 4, 5]]) { try $0("w").weightedSum(of: $0("h")) },
    Operation(name: "added to each position", shapes: ["k": [3, 4, 5], "q": [3, 5]]) {
        try $0("k").addingToEachPosition($0("q"))
    },
    Operation(name: "outer", shapes: ["c": [3, 4], "v": [5]]) { try $0("c").outer($0("v")) },
    Operation(name: "convolved", shapes: ["x": [2, 6], "F": [3, 5]]) { try $0("x").convolved(with: $0("F")) },
    Operation(name: "convolved with a kernel wider than the input", shapes: ["x": [2, 2], "F": [3, 7]]) {
        try $0("x").convolved(with: $0("F"))
    },
    Operation(name: "weighted sum of wide rows", shapes: ["w": [2, 3], "h": [2, 3, 70]]) {
        try $0("w").weightedSum(of: $0("h"))
    },
    Operation(name: "masked softmax, a vector and a tail", shapes: ["e": [2, 21]]) {
        try $0("e").maskedSoftmax(lengths: [21, 18])
    },
    Operation(name: "masked softmax", shapes: ["e": [3, 4]]) { try $0("e").maskedSoftmax(lengths: lengths) },
    Operation(name: "renormalising softmax", shapes: ["e": [3, 4]]) {
        try $0("e").renormalisingSoftmax(lengths: lengths)
    },
    Operation(name: "sparsemax", shapes: ["e": [3, 4]]) { try $0("e").sparsemax(lengths: lengths) },
    Operation(name: "entmax-1.5", shapes: ["e": [3, 4]]) { try $0("e").entmax15(lengths: lengths) },
    Operation(name: "cross-entropy", shapes: ["e": [4, 6]]) {
        try $0("e").crossEntropy(targets: [3, 0, 5, 1], ignoring: 0)
    },
    Operation(name: "mass on words to copy", shapes: ["w": [4, 3]]) {
        try $0("w").mass(on: [5, 7, 5, 9], among: [5, 7, 5, 9, 9, 5])
    },
    // A padded target, one that only copying can give, and two that both ways can.
    Operation(name: "pointer cross-entropy", shapes: ["e": [4, 6], "z": [4, 1], "m": [4, 1]]) {
        try $0("e").pointerCrossEntropy(gate: $0("z"), copied: $0("m").sigmoid(), targets: [3, 0, 7, 5], ignoring: 0)
    },
    Operation(name: "additive scores", shapes: ["k": [3, 4, 5], "q": [3, 5], "v": [5]]) {
        try $0("k").additiveScores(query: $0("q"), vector: $0("v"), lengths: lengths)
    },
    Operation(
        name: "additive scores with features", shapes: ["k": [3, 4, 18], "q": [3, 18], "x": [3, 4, 18], "v": [18]]
    ) {
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

extension Operation {
    /// Fresh parameters for the operands; those in `constants` are no parameters, and so nobody wants their gradient.
    func operands(constants: Set<String> = []) throws -> (parameters: Parameters, named: (String) -> Tensor) {
        let parameters = Parameters(), beside = Parameters()
        var builder = ParameterBuilder(parameters, seed: 11), other = ParameterBuilder(beside, seed: 11)
        var all: [String: Tensor] = [:]
        for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
            let values = other.uniform(name, shape, bound: 1)
            all[name] =
                try constants.contains(name)
                ? Tensor(values.values, shape: shape) : builder.uniform(name, shape, bound: 1)
        }
        let operands = all
        return (parameters, { operands[$0] ?? Tensor([]) })
    }

    /// A number that every element of the result goes into with a weight of its own.
    func loss(_ named: (String) -> Tensor) throws -> Tensor {
        let y = try run(named)
        return try (y * Tensor((0..<y.count).map { Scalar(($0 * 7) % 11) / 5 - 1 }, shape: y.shape)).sum()
    }
}

@Suite("Gradients") struct GradientTests {
    @Test("every operation agrees with finite differences", arguments: operations) private func agrees(
        operation: Operation
    ) throws {
        let (parameters, named) = try operation.operands()
        try checkGradients(of: parameters) { try operation.loss(named) }
        for (name, tensor) in zip(parameters.names, parameters.tensors) {
            #expect(tensor.gradient.contains { $0 != 0 }, "no gradient of \(name): the check has checked nothing")
        }
    }

    @Test("every operation adds to gradients that are there", arguments: operations) private func adds(
        operation: Operation
    ) throws {
        let (parameters, named) = try operation.operands()
        try parameters.tape.backward(from: operation.loss(named))
        let once = parameters.tensors.map(\.gradient)
        parameters.clearGradients()
        // Both uses lie on one tape: the second to go back finds the gradient of the first.
        try parameters.tape.backward(from: operation.loss(named) + operation.loss(named))
        for (index, tensor) in parameters.tensors.enumerated() {
            expectClose(tensor.gradient, once[index].map { 2 * Double($0) }, scale: 4, parameters.names[index])
        }
    }

    @Test("an operand that is a constant changes no gradient of the others, and gets none", arguments: operations)
    private func constants(operation: Operation) throws {
        let (all, named) = try operation.operands()
        try all.tape.backward(from: operation.loss(named))
        for name in all.names where all.names.count > 1 {
            let (rest, named) = try operation.operands(constants: [name])
            try rest.tape.backward(from: operation.loss(named))
            for (other, tensor) in zip(rest.names, rest.tensors) {
                #expect(tensor.gradient == all[other]?.gradient, "gradient of \(other) while \(name) is a constant")
            }
            #expect(!named(name).requiresGradient && named(name).gradient.allSatisfy { $0 == 0 })
        }
    }

    @Test("without recording every operation computes the same", arguments: operations)
    private func unrecorded(operation: Operation) throws {
        let (parameters, named) = try operation.operands()
        let recorded = try operation.run(named)
        // Views are their parameter's numbers under another shape: there is nothing to record.
        let isView = ["reshaped", "one step", "rows"].contains(operation.name)
        #expect((parameters.tape.count == 0) == isView)
        parameters.tape.reset()
        let unrecorded = try parameters.tape.withoutRecording { try operation.run(named) }
        #expect(recorded.values == unrecorded.values)
        #expect(parameters.tape.count == 0)
        #expect(recorded.requiresGradient && unrecorded.requiresGradient == isView)
    }

    @Test("a result that nothing depends on sends nothing back", arguments: operations) private func unused(
        operation: Operation
    ) throws {
        let (parameters, named) = try operation.operands()
        var builder = ParameterBuilder(parameters, seed: 1)
        let other = builder.uniform("another", [1], bound: 1)
        _ = try operation.run(named)
        try parameters.tape.backward(from: other.scaled(by: 2))
        #expect(other.gradient == [2])
        for name in operation.shapes.keys { #expect(named(name).gradient.allSatisfy { $0 == 0 }) }
    }

    @Test(
        "a backward pass of one's own that does not fit is named, and the tape is good for another",
        arguments: [[[1, 2], [3]], [[1]], [[1], [2], [3]]] as [[[Scalar]]])
    func ownMisfit(found: [[Scalar]]) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [1], bound: 1), z = builder.uniform("z", [1], bound: 1)
        let y = try Tensor.operation(
            "mine", on: [x, z], shape: [1], forward: { [$0[0][0] * $0[1][0]] }, backward: { _, _, _ in found })
        let error = try #require(throws: ShapeError.self) { try parameters.tape.backward(from: y) }
        #expect(error.description.contains("mine: the backward pass gave lists of \(found.map(\.count)) numbers"))
        try parameters.tape.backward(from: x.scaled(by: 3).sum())
        #expect(x.gradient == [3])
    }

    @Test("no gradient flows through a floor, a bound, or an operation that says so") func blocked() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3], bound: 1)
        try parameters.set("x", to: [0, 0.5, 2])
        try parameters.tape.backward(from: x.logarithm(floor: 0.5).sum())
        #expect(x.gradient == [0, 0, 0.5])
        parameters.clearGradients()
        try parameters.tape.backward(from: x.clamped(to: 0.25...1).sum())
        #expect(x.gradient == [0, 1, 0])
        parameters.clearGradients()
        let steps = try Tensor.operation(
            "steps", on: [x], shape: [3], forward: { $0[0].map { $0.rounded() } }, backward: { _, _, _ in [[]] })
        try parameters.tape.backward(from: (steps + x).sum())
        #expect(x.gradient == [1, 1, 1])
    }

    @Test("of equals, each gets half of the gradient of their minimum") func ties() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [2], bound: 1), z = builder.uniform("z", [2], bound: 1)
        try parameters.set("x", to: [1, 1])
        try parameters.set("z", to: [1, 2])
        try parameters.tape.backward(from: x.minimum(with: z).sum())
        #expect(x.gradient == [0.5, 1] && z.gradient == [0.5, 0])
    }

    @Test("an LSTM's state and cell may be used one without the other", arguments: [true, false]) func oneOfTwo(
        state: Bool
    ) throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 5)
        let h = builder.uniform("h", [2, 3], bound: 1), c = builder.uniform("c", [2, 3], bound: 1)
        let g = builder.uniform("g", [2, 12], bound: 1), W = builder.matrix("W", 3, 12),
            b = builder.uniform("b", [12], bound: 1)
        try checkGradients(of: parameters) {
            let next = try h.lstmStep(inputGates: g, cell: c, weight: W, bias: b)
            let used = state ? next.state : next.cell
            return try (used * used).sum()
        }
    }

    /// In one node a sentence's end inside the batch, the order of steps and the sums over steps are all by hand.
    @Test("the GRU layer is a loop over steps", arguments: [true, false], [[4, 2, 1], [4, 4, 4], [1, 4, 3]])
    func layer(reversed: Bool, lengths: [Int]) throws {
        let (steps, batch, units) = (4, 3, 5)
        func gradients(_ run: (Tensor, Tensor, Tensor) throws -> Tensor) throws -> [[Scalar]] {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 8)
            let g = builder.uniform("g", [steps, batch, 3 * units], bound: 1), W = builder.matrix("W", units, 3 * units)
            let b = builder.uniform("b", [3 * units], bound: 1)
            let states = try run(g, W, b), probe = random(states.count, 1)
            try parameters.tape.backward(from: (states * Tensor(probe, shape: states.shape)).sum())
            return [states.values] + parameters.tensors.map(\.gradient)
        }
        let fused = try gradients { try $0.gruLayer(weight: $1, bias: $2, lengths: lengths, reversed: reversed) }
        let looped = try gradients { gates, W, b in
            var state = Tensor.zeros([batch, units], near: W)
            var states = [Tensor](repeating: state, count: steps)
            for t in reversed ? [3, 2, 1, 0] : [0, 1, 2, 3] {
                state = try state.gruStep(inputGates: gates.slice(t), weight: W, bias: b).keepingRows(
                    lengths.map { t < $0 })
                states[t] = state
            }
            return try Tensor.stack(states)
        }
        for (what, (a, b)) in zip(["states", "gates", "weight", "bias"], zip(fused, looped)) {
            expectClose(a, doubles(b), what)
        }
    }

    @Test("a tensor that is used twice gets both gradients") func usedTwice() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3], bound: 1)
        try parameters.tape.backward(from: ((x + x) * x).sum())
        for (gradient, value) in zip(x.gradient, x.values) { #expect(agree(gradient, 4 * value, of: 4)) }
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

    @Test(
        "the check finds a wrong backward pass and says what it looks like",
        arguments: [
            (-1, "the sign is wrong"), (2, "off by a factor of two"), (0.5, "off by a factor of two"),
            (0, "no gradient arrives"), (1.3, "is a factor missing"),
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
