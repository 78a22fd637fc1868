// Faults that an `init` cannot throw: they wait in the parameters until somebody asks, and nothing traps meanwhile.

import Testing

@testable import TensorCore

@Suite("Parameters") struct ParameterTests {
    private func fault(_ build: (inout ParameterBuilder) -> Void) throws -> String {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        build(&builder)
        return try #require(throws: ShapeError.self) { try parameters.check() }.description
    }

    @Test("the first fault is said, and what was made before it stays") func first() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1), scope = builder.scope("scorer")
        _ = scope.matrix("W", 2, 3)
        try parameters.check()
        let second = scope.matrix("W", 4, 5)
        _ = builder.bias("b", -1)
        #expect(second.shape == [4, 5] && second.values.allSatisfy { $0 == 0 } && parameters.names == ["scorer.W"])
        let error = try #require(throws: ShapeError.self) { try parameters.check() }
        #expect(error.description.hasPrefix("two parameters are called \"scorer.W\""))
    }

    @Test("sizes that no tensor has are a sentence") func sizes() throws {
        #expect(try fault { _ = $0.matrix("W", 3, -1) }.contains("\"W\" cannot have the shape [3,-1]"))
        #expect(try fault { _ = $0.vector("v", Int.min) }.contains("which no tensor can have"))
        #expect(
            try fault { _ = $0.uniform("u", [1, 2, 3, 4, 5], bound: 1) }.contains(
                "[1,2,3,4,…] (5 axes; a shape has at most 4)"))
        #expect(try fault { _ = $0.uniform("u", [Int.max, Int.max], bound: 1) }.contains("which no tensor can have"))
        #expect(try fault { _ = $0.constant([1, 2], shape: [3]) }.contains("holds 3 numbers, but 2 were given"))
    }

    @Test("parameters that share numbers must be the same ones") func sharing() throws {
        let original = Parameters()
        var builder = ParameterBuilder(original, seed: 1)
        _ = (builder.matrix("W", 2, 2), builder.bias("b", 2))
        func copy(_ build: (inout ParameterBuilder) -> Void) throws {
            let copy = Parameters(sharing: original)
            var finder = ParameterBuilder(copy, seed: 1)
            build(&finder)
            try copy.check()
        }
        try copy { _ = ($0.matrix("W", 2, 2), $0.bias("b", 2)) }
        for (build, says) in [
            ({ _ = ($0.matrix("W", 2, 2), $0.bias("c", 2)) }, "\"c\" of shape [2] only when it was built once more"),
            ({ _ = ($0.matrix("W", 2, 3), $0.bias("b", 2)) }, "\"W\" of shape [2,3] only when"),
            ({ _ = $0.matrix("W", 2, 2) }, "\"b\" only when the model was built first"),
        ] as [((inout ParameterBuilder) -> Void, String)] {
            let error = try #require(throws: ShapeError.self) { try copy(build) }
            #expect(error.description.contains(says))
        }
    }

    @Test("a constant is no parameter, and belongs to the builder all the same") func constant() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let table = builder.constant([1, 2, 3, 4], shape: [2, 2]), W = builder.matrix("W", 4, 2)
        #expect(
            parameters.names == ["W"] && parameters.count == 8 && table.values == [1, 2, 3, 4]
                && !table.requiresGradient)
        #expect(try parameters.holds(table) && parameters.holds(W) && parameters.holds(W.rows(1..<2)))
        #expect(
            !parameters.holds(W.scaled(by: 1)) && parameters.reach(W.scaled(by: 1)) && !parameters.reach(Tensor([1])))
    }

    @Test("a shape that cannot be has no elements, and fits nothing") func shapes() throws {
        for shape in [[-1, 3], [2, 2, 2, 2, 2], [Int.max], [1 << 31, 1 << 31, 1 << 31]].map(Shape.init) {
            #expect(
                shape.count == 0 && shape.last == 0 && shape.rows == 0 && shape[0] == 0
                    && shape.replacingLast(with: 4) == shape)
            #expect(throws: ShapeError.self) { try Tensor([1, 2, 3], shape: shape) }
            #expect(throws: ShapeError.self) { try Tensor([1, 2, 3]).reshaped(shape) }
            let zeros = Tensor.zeros(shape, near: Tensor([1]))
            #expect(zeros.values.isEmpty)
            #expect(throws: ShapeError.self) { try zeros + Tensor([1, 2, 3]) }
        }
        #expect(
            Shape([2, 3]).replacingLast(with: 5) == [2, 5] && Shape([]).count == 1
                && Shape([1 << 20, 1 << 10]).count == 1 << 30)
        #expect(throws: ShapeError.self) { try Tensor.stack([Tensor([1, 2], shape: [1, 1, 1, 2])]) }
    }
}
