// What Transformers are made of, against golden numbers and against twins: layer norm, positions, attention of heads.

import TestSupport
import Testing

@testable import TensorCore

@Suite("Transformer operations") struct TransformerOperationTests {
    private func golden(_ name: String) throws -> Golden {
        try #require(try Golden.cases("family.json").first { try $0["name"].string == name })
    }

    private func check(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
        if let message = disagreement(what, got, expected, of: size) { Issue.record(Comment(rawValue: message)) }
    }

    /// One row is nearly constant, so that n − 1 for n, or ε beside the root, changes its first digit.
    @Test("layer norm and its gradients") func layerNorm() throws {
        let golden = try golden("layer-norm"), parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3, 4], bound: 1), gain = builder.gain("norm_gain", 4),
            bias = builder.bias("norm_bias", 4)
        #expect(gain.values == [1, 1, 1, 1])
        try parameters.set("x", to: golden["inputs"]["x"].scalars)
        for name in ["norm_gain", "norm_bias"] { try parameters.set(name, to: golden["parameters"][name].scalars) }
        let y = try x.layerNorm(gain: gain, bias: bias, epsilon: Scalar(golden["eps"].number))
        check("y", y.values, try golden["y"].scalars)
        try parameters.tape.backward(from: (y * golden["probe"].tensor).sum())
        let gradients = try parameters.names.map { try golden["gradients"][$0].scalars }, size = GradientSize(gradients)
        for (tensor, expected) in zip(parameters.tensors, gradients) {
            check("gradient", tensor.gradient, expected, of: size.of(expected))
        }
    }

    @Test("a row of one number, and one that is nearly so, stay finite") func constantRow() throws {
        let gain = Tensor([1, 1, 1]), bias = Tensor([5, 6, 7])
        let y = try Tensor([3, 3, 3], shape: [1, 3]).layerNorm(gain: gain, bias: bias)
        #expect(y.values == [5, 6, 7])
        #expect(throws: ShapeError.self) { try Tensor([1, 2], shape: [1, 2]).layerNorm(gain: gain, bias: bias) }
    }

    @Test("positions: sine and cosine alternate", arguments: [4, 6]) func positions(width: Int) throws {
        let golden = try golden("positional-encoding-\(width)")
        let table = try Tensor.sinusoidalPositions(0..<9, width: width, near: Tensor([0]))
        check("positions", table.values, try golden["encoding"].scalars)
        let later = try Tensor.sinusoidalPositions(5..<7, width: width, near: Tensor([0]))
        #expect(later.values == Array(table.values[5 * width..<7 * width]), "a part is as it is in the whole")
    }

    @Test("causal self-attention, its weights and gradients: by the kernel and by its twin", arguments: [true, false])
    func causal(fused: Bool) throws {
        let golden = try golden("causal-self-attention"), parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3, 5, 4], bound: 1), names = ["Wq", "Wk", "Wv", "Wo"]
        let W = names.map { builder.matrix($0, 4, 4) }
        try parameters.set("x", to: golden["inputs"]["x"].scalars)
        for name in names { try parameters.set(name, to: golden["parameters"][name].transposed) }
        let (q, k, v) = try (x.matmul(W[0]), x.matmul(W[1]), x.matmul(W[2])), heads = try Int(golden["heads"].number)
        let look =
            try fused
            ? q.multiHeadAttention(keys: k, values: v, heads: heads, seeing: .before)
            : q.multiHeadAttentionByQuery(keys: k, values: v, heads: heads, seeing: .before)
        check("weights", look.weights.values, try golden["head_weights"].scalars)
        let y = try look.contexts.matmul(W[3])
        check("y", y.values, try golden["y"].scalars)
        try parameters.tape.backward(from: (y * golden["probe"].tensor).sum())
        let expected = try [golden["gradients"]["x"].scalars] + names.map { try golden["gradients"][$0].transposed }
        let size = GradientSize(expected)
        for (tensor, gradient) in zip(parameters.tensors, expected) {
            check("gradient", tensor.gradient, gradient, of: size.of(gradient))
        }
    }

    @Test(
        "the kernel is its twin, in sentences of different lengths and in heads of any width", arguments: [1, 2, 5, 19])
    func twins(width: Int) throws {
        let (batch, queries, source, heads) = (3, 4, 21, 3), depth = heads * width
        func block(_ rows: Int, _ seed: UInt64) throws -> Tensor {
            try Tensor(random(batch * rows * depth, seed), shape: [batch, rows, depth])
        }
        let q = try block(queries, 1), k = try block(source, 2), v = try block(source, 3)
        for sight in [Sight.before, .words([21, 1, 17])] {
            let fused = try q.multiHeadAttention(keys: k, values: v, heads: heads, seeing: sight)
            let twin = try q.multiHeadAttentionByQuery(keys: k, values: v, heads: heads, seeing: sight)
            #expect(agree(fused.contexts.values, twin.contexts.values.map { Double($0) }, of: 1))
            #expect(agree(fused.weights.values, twin.weights.values.map { Double($0) }, of: 1))
        }
    }

    @Test("a query never sees what comes after it, nor the padding: their numbers change no bit") func unseen() throws {
        let (source, depth) = (6, 4)
        func look(_ sight: Sight, changing place: Int) throws -> [Scalar] {
            var states = random(source * depth, 5)
            for c in 0..<depth { states[place * depth + c] = 1000 }
            let x = try Tensor(states, shape: [1, source, depth]), q = try Tensor(random(24, 5), shape: x.shape)
            return try q.multiHeadAttention(keys: x, values: x, heads: 2, seeing: sight).contexts.values
        }
        #expect(try look(.before, changing: 4).prefix(16) == look(.before, changing: 5).prefix(16))
        #expect(try look(.before, changing: 3).prefix(16) != look(.before, changing: 5).prefix(16))
        #expect(try look(.words([3]), changing: 3) == look(.words([3]), changing: 5))
    }

    @Test("heads are cut and joined without a number lost") func heads() throws {
        let x = try Tensor((0..<24).map { Scalar($0) }, shape: [2, 3, 4]), cut = try x.splittingHeads(2)
        #expect(cut.shape == [4, 3, 2] && Array(cut.values.prefix(6)) == [0, 1, 4, 5, 8, 9])
        #expect(try cut.joiningHeads(2).values == x.values)
    }

    @Test("what does not fit is said in a sentence") func refusals() throws {
        let x = try Tensor(random(24, 1), shape: [2, 3, 4]), long = try Tensor(random(32, 1), shape: [2, 4, 4])
        func refusal(_ body: () throws -> HeadsLook) throws -> String {
            try #require(throws: ShapeError.self) { try body() }.description
        }
        #expect(
            try refusal { try x.multiHeadAttention(keys: x, values: x, heads: 3, seeing: .before) }.contains("3 heads"))
        #expect(
            try refusal { try long.multiHeadAttention(keys: x, values: x, heads: 2, seeing: .before) }
                .contains("4 queries over 3 positions"))
        #expect(
            try refusal { try x.multiHeadAttention(keys: x, values: x, heads: 2, seeing: .words([3, 0])) }
                .contains("sentence 1 has 0 real tokens"))
        #expect(
            try refusal { try x.multiHeadAttention(keys: x, values: long, heads: 2, seeing: .before) }
                .contains("the tensor of values"))
    }
}
