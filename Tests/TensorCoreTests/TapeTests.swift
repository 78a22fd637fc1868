// Shapes that do not fit, memory that is used again, names, and the random numbers.

import Foundation
import Randomness
import Testing
import VectorMath

@testable import TensorCore

private func tensor(_ shape: Shape) -> Tensor {
    var builder = ParameterBuilder(Parameters(), seed: 1)
    return builder.uniform("t", shape, bound: 1)
}

private struct Misfit: Sendable, CustomTestStringConvertible {
    let name: String, parts: [String]
    let run: @Sendable () throws -> Tensor

    init(_ name: String, _ parts: String..., run: @escaping @Sendable () throws -> Tensor) {
        (self.name, self.parts, self.run) = (name, parts, run)
    }

    var testDescription: String { name }
}

/// One for every check in Sources/TensorCore/Operations, and the parts that its sentence must name.
private let misfits: [Misfit] = [
    Misfit("matmul, input", "[2,3]", "[K,N] = [4,5]") { try tensor([2, 3]).matmul(tensor([4, 5])) },
    Misfit("matmul, weight", "[3,4,5]", "[K,N]") { try tensor([2, 3]).matmul(tensor([3, 4, 5])) },
    Misfit("matmul, bias", "[4]", "[N] = [5]") { try tensor([2, 3]).matmul(tensor([3, 5]), adding: tensor([4])) },
    Misfit("matmul, base", "[3,5]", "[…,N] = [2,5]") {
        try tensor([2, 3]).matmul(tensor([3, 5]), adding: tensor([3, 5]))
    },
    Misfit("a + b", "a vector [3] to every row", "shape [2,3]", "the second [3,2]") {
        try tensor([2, 3]) + tensor([3, 2])
    },
    Misfit("a + b, a row for each sentence", "a vector [4]", "[2,3,4]", "[2,4]", "use addingToEachPosition") {
        try tensor([2, 3, 4]) + tensor([2, 4])
    },
    Misfit("a + vector", "[2,3]", "[2]", "a vector [3]") { try tensor([2, 3]) + tensor([2]) },
    Misfit("a − b", "[3]", "= [2,3]") { try tensor([2, 3]) - tensor([3]) },
    Misfit("a b", "[3]", "= [2,3]", "single number") { try tensor([2, 3]) * tensor([3]) },
    Misfit("number b", "[3]", "= [1]") { try tensor([1]) * tensor([3]) },
    Misfit("a / b", "[3]", "= [2,3]", "single number") { try tensor([2, 3]) / tensor([3]) },
    Misfit("minimum", "[3]", "= [2,3]") { try tensor([2, 3]).minimum(with: tensor([3])) },
    Misfit("row sums of a number", "no rows") { try tensor([1]).reshaped([]).rowSums() },
    Misfit("column repeated", "repeated(4)", "[2,3]", "[...,1]") { try tensor([2, 3]).repeated(4) },
    Misfit("column repeated, below nothing", "repeated(-1)") { try tensor([2, 1]).repeated(-1) },
    Misfit("shifted", "no rows") { try tensor([1]).reshaped([]).shifted() },
    Misfit("an operation of one's own", "mine", "1 numbers", "[2,3]") {
        try Tensor.operation(
            "mine", on: [tensor([2])], shape: [2, 3], forward: { _ in [1] }, backward: { _, _, _ in [[]] })
    },
    Misfit("an operation on nothing", "mine", "at least one tensor") {
        try Tensor.operation("mine", on: [], shape: [1], forward: { _ in [1] }, backward: { _, _, _ in [] })
    },
    Misfit("reshaped", "[2,3] holds 6", "[4,2] would hold 8") { try tensor([2, 3]).reshaped([4, 2]) },
    Misfit("step", "slice(3)", "[2,3]") { try tensor([2, 3]).slice(3) },
    Misfit("step, the one after the last", "slice(2)", "[2,3]") { try tensor([2, 3]).slice(2) },
    Misfit("step, before the first", "slice(-1)", "[2,3]") { try tensor([2, 3]).slice(-1) },
    Misfit("step of a vector", "slice(0)", "[2]") { try tensor([2]).slice(0) },
    Misfit("rows", "1..<4", "[2,3]", "at least 4") { try tensor([2, 3]).rows(1..<4) },
    Misfit("rows, before the first", "-1..<1", "[2,3]") { try tensor([2, 3]).rows(-1..<1) },
    Misfit("rows of three axes", "0..<1", "[2,3,4]", "matrix") { try tensor([2, 3, 4]).rows(0..<1) },
    Misfit("gathered", "row 2", "[2,3]", "0 to 1") { try tensor([2, 3]).gathered([0, 2]) },
    Misfit("gathered, before the first", "row -1", "[2,3]", "0 to 1") { try tensor([2, 3]).gathered([-1]) },
    Misfit("gathered from a number", "axis") { try tensor([1]).reshaped([]).gathered([0]) },
    Misfit("stack", "step 1", "[3]", "= [2]") { try Tensor.stack([tensor([2]), tensor([3])]) },
    Misfit("stack of nothing", "no steps") { try Tensor.stack([]) },
    Misfit("concatenated", "[2,3]", "[4,3]") { try tensor([2, 3]).concatenated(with: tensor([4, 3])) },
    Misfit("concatenated, other axes", "[2]", "[1,2]") { try tensor([2]).concatenated(with: tensor([1, 2])) },
    // As many rows, but other ones.
    Misfit("concatenated, other rows", "[2,3,4]", "[3,2,4]") {
        try tensor([2, 3, 4]).concatenated(with: tensor([3, 2, 4]))
    },
    Misfit("columns", "2..<5", "[2,3]", "only 3") { try tensor([2, 3]).columns(2..<5) },
    Misfit("columns, before the first", "-1..<1", "[2,3]") { try tensor([2, 3]).columns(-1..<1) },
    Misfit("swapped", "[3]", "three axes") { try tensor([3]).swappingFirstAxes() },
    Misfit("dot, keys", "[2,3]", "[B,S,K]") { try tensor([2, 3]).dot(tensor([2, 3])) },
    Misfit("dot, queries", "[2,3,4]", "[2,5]", "[B,K] = [2,4]") { try tensor([2, 3, 4]).dot(tensor([2, 5])) },
    Misfit("dot, vector", "[2,3,4]", "[5]", "[K] = [4]") { try tensor([2, 3, 4]).dot(tensor([5])) },
    Misfit("weighted sum, states", "[2,4]", "[B,S,D]") { try tensor([2, 4]).weightedSum(of: tensor([2, 4])) },
    Misfit("weighted sum, weights", "[2,3]", "[B,S] = [2,4]") {
        try tensor([2, 3]).weightedSum(of: tensor([2, 4, 5]))
    },
    Misfit("each position, tensor", "[2,3]", "[B,S,K]") { try tensor([2, 3]).addingToEachPosition(tensor([2, 3])) },
    Misfit("each position, vector", "[2,3]", "[B,K] = [2,4]") {
        try tensor([2, 3, 4]).addingToEachPosition(tensor([2, 3]))
    },
    Misfit("outer, numbers", "[2]", "[B,S]") { try tensor([2]).outer(tensor([3])) },
    Misfit("outer, vector", "[2,3]", "[K]") { try tensor([2, 3]).outer(tensor([2, 3])) },
    Misfit("convolved, input", "[2]", "[B,S]") { try tensor([2]).convolved(with: tensor([3, 3])) },
    Misfit("convolved, even kernel", "[3,4]", "[F,W]", "odd") { try tensor([2, 3]).convolved(with: tensor([3, 4])) },
    Misfit("softmax, scores", "[2]", "[B,S]") { try tensor([2]).maskedSoftmax(lengths: [1, 1]) },
    Misfit("softmax, lengths", "[2,3]", "1 sentence") { try tensor([2, 3]).maskedSoftmax(lengths: [1]) },
    Misfit("softmax, no word", "sentence 0 has 0", "1 to S = 3") {
        try tensor([2, 3]).maskedSoftmax(lengths: [0, 3])
    },
    Misfit("softmax, too many words", "sentence 1 has 4", "1 to S = 3") {
        try tensor([2, 3]).maskedSoftmax(lengths: [1, 4])
    },
    Misfit("sparsemax, scores", "sparsemax", "[2]", "[B,S]") { try tensor([2]).sparsemax(lengths: [1, 1]) },
    Misfit("entmax-1.5, too many words", "entmax15: sentence 1 has 4", "1 to S = 3") {
        try tensor([2, 3]).entmax15(lengths: [1, 4])
    },
    Misfit("renormalising, lengths", "[2,3]", "1 sentence") { try tensor([2, 3]).renormalisingSoftmax(lengths: [1]) },
    Misfit("renormalising, too many words", "sentence 1 has 4", "1 to S = 3") {
        try tensor([2, 3]).renormalisingSoftmax(lengths: [1, 4])
    },
    Misfit("renormalising, no word", "sentence 0 has 0", "1 to S = 3") {
        try tensor([2, 3]).renormalisingSoftmax(lengths: [0, 3])
    },
    Misfit("cross-entropy, targets", "[2,3]", "1 targets") {
        try tensor([2, 3]).crossEntropy(targets: [1], ignoring: 0)
    },
    Misfit("cross-entropy, vocabulary", "target 3", "of 3") {
        try tensor([2, 3]).crossEntropy(targets: [1, 3], ignoring: 0)
    },
    Misfit("cross-entropy, below", "target -1", "of 3") {
        try tensor([2, 3]).crossEntropy(targets: [1, -1], ignoring: 0)
    },
    Misfit("cross-entropy, padding", "every target is padding") {
        try tensor([2, 3]).crossEntropy(targets: [0, 0], ignoring: 0)
    },
    Misfit("additive, keys", "[2,4]", "[B,S,A]") { try additive(keys: [2, 4]) },
    Misfit("additive, query", "[2,5]", "[B,A] = [2,4]") { try additive(query: [2, 5]) },
    Misfit("additive, features", "[2,2,4]", "[B,S,A] = [2,3,4]") { try additive(features: [2, 2, 4]) },
    Misfit("additive, vector", "[3]", "[A] = [4]") { try additive(vector: [3]) },
    Misfit("additive, lengths", "[3]", "[2,3,4]") { try additive(lengths: [3]) },
    Misfit("additive, too many words", "[1, 4]", "[2,3,4]") { try additive(lengths: [1, 4]) },
    Misfit("additive, fewer than none", "[1, -1]", "[2,3,4]") { try additive(lengths: [1, -1]) },
    Misfit("GRU, state", "[4]", "[B,H]") { try gru(state: [4]) },
    Misfit("GRU, gates", "[2,9]", "[B,3H] = [2,12]") { try gru(gates: [2, 9]) },
    Misfit("GRU, weight", "[12,4]", "[H,3H] = [4,12]") { try gru(weight: [12, 4]) },
    Misfit("GRU, bias", "[4]", "[3H] = [12]") { try gru(bias: [4]) },
    Misfit("LSTM, state", "[4]", "[B,H]") { try lstm(state: [4]) },
    Misfit("LSTM, cell", "[2,5]", "[B,H] = [2,4]") { try lstm(cell: [2, 5]) },
    Misfit("LSTM, gates", "[2,9]", "[B,4H] = [2,16]") { try lstm(gates: [2, 9]) },
    Misfit("LSTM, weight", "[4,12]", "[H,4H] = [4,16]") { try lstm(weight: [4, 12]) },
    Misfit("LSTM, bias", "[12]", "[4H] = [16]") { try lstm(bias: [12]) },
    Misfit("GRU layer, gates", "[3,2,13]", "[S,B,3H]") { try layer(gates: [3, 2, 13]) },
    Misfit("GRU layer, weight", "[4,9]", "[H,3H] = [4,12]") { try layer(weight: [4, 9]) },
    Misfit("GRU layer, bias", "[4]", "[3H] = [12]") { try layer(bias: [4]) },
    Misfit("GRU layer, lengths", "3 lengths", "batch of 2") { try layer(lengths: [3, 1, 2]) },
    Misfit("kept rows", "3 flags", "[2,4]") { try tensor([2, 4]).keepingRows([true, false, true]) },
    Misfit("numbers", "[2,3] holds 6", "5") { try Tensor([1, 2, 3, 4, 5], shape: [2, 3]) },
    Misfit("numbers near another tensor", "[2,3] holds 6", "5") {
        try Tensor.constant([1, 2, 3, 4, 5], shape: [2, 3], near: tensor([1]))
    },
    Misfit("item", "one number", "[2,3]") { try Tensor([tensor([2, 3]).item()]) },
]

// Operations of many operands, all of which fit but those that are given.

private func additive(
    keys: Shape = [2, 3, 4], query: Shape = [2, 4], features: Shape? = nil, vector: Shape = [4],
    lengths: [Int] = [3, 3]
) throws -> Tensor {
    try tensor(keys).additiveScores(
        query: tensor(query), features: features.map(tensor), vector: tensor(vector), lengths: lengths)
}

private func gru(
    state: Shape = [2, 4], gates: Shape = [2, 12], weight: Shape = [4, 12], bias: Shape = [12]
) throws -> Tensor {
    try tensor(state).gruStep(inputGates: tensor(gates), weight: tensor(weight), bias: tensor(bias))
}

private func lstm(
    state: Shape = [2, 4], cell: Shape = [2, 4], gates: Shape = [2, 16], weight: Shape = [4, 16],
    bias: Shape = [16]
) throws -> Tensor {
    try tensor(state).lstmStep(
        inputGates: tensor(gates), cell: tensor(cell), weight: tensor(weight), bias: tensor(bias)
    ).state
}

private func layer(
    gates: Shape = [3, 2, 12], weight: Shape = [4, 12], bias: Shape = [12], lengths: [Int] = [3, 1]
) throws -> Tensor {
    try tensor(gates).gruLayer(weight: tensor(weight), bias: tensor(bias), lengths: lengths, reversed: false)
}

@Suite("Tape") struct TapeTests {
    @Test("shapes that do not fit are a sentence that names them", arguments: misfits) private func misfit(
        _ misfit: Misfit
    ) throws {
        let error = try #require(throws: ShapeError.self) { _ = try misfit.run() }
        for part in misfit.parts { #expect(error.description.contains(part), "“\(error)” does not name \(part)") }
    }

    @Test("operands that fit are taken") func fit() throws {
        // Otherwise the misfits above could be refused for another reason than theirs.
        _ = try (additive(), additive(features: [2, 3, 4]), gru(), lstm(), layer())
    }

    @Test("in the steady state no memory is allocated") func steady() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let W = builder.matrix("W", 8, 24), U = builder.matrix("U", 8, 24), b = builder.bias("b", 24),
            v = builder.vector("v", 8)
        let x = try Tensor((0..<4 * 3 * 8).map { Scalar($0) / 50 }, shape: [4, 3, 8])
        var adam = Adam()
        func step() throws {
            parameters.clearGradients()
            let states = try x.matmul(W, adding: b).gruLayer(weight: U, bias: b, lengths: [4, 2, 1], reversed: false)
                .swappingFirstAxes()
            let loss = try states.additiveScores(
                query: states.swappingFirstAxes().slice(0), vector: v, lengths: [4, 2, 1]
            )
            .maskedSoftmax(lengths: [4, 2, 1]).weightedSum(of: states).tanh().sum()
            try parameters.tape.backward(from: loss)
            adam.step(parameters)
        }
        try step()
        let (first, most) = (parameters.tape.blocksAllocated, parameters.tape.bytesAllocated)
        #expect(first > 0 && most > first * laneCount * MemoryLayout<Scalar>.stride)
        for _ in 0..<2 { try step() }
        let blocks = parameters.tape.blocksAllocated, bytes = parameters.tape.bytesAllocated
        for _ in 0..<20 { try step() }
        #expect(parameters.tape.blocksAllocated == blocks && parameters.tape.bytesAllocated == bytes)
    }

    @Test("a clock gives every operation's time, there and back, to the phase it was recorded in, the innermost")
    func clock() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let w = builder.matrix("w", 3, 3)
        let clock = PhaseClock()
        parameters.tape.clock = clock
        let loss = try parameters.tape.phase("outer") {
            let y = try parameters.tape.phase("inner") { try w.matmul(w) }
            return y.sum()
        }
        let unnamed = loss.scaled(by: 2)
        #expect(clock.times["inner"]?.backward == 0)
        try parameters.tape.backward(from: unnamed)
        for name in ["outer", "inner"] {
            let time = try #require(clock.times[name])
            #expect(time.forward > 0 && time.backward > 0, "\(name)")
        }
        #expect(clock.times.count == 2 && clock.phase == nil)
        // Without a clock a phase is just its body.
        parameters.tape.clock = nil
        #expect(parameters.tape.phase("nobody looks") { 7 } == 7)
        #expect(clock.times.count == 2)
    }

    @Test("a block has room for what it was taken for, whatever the size, and only its class takes it again")
    func blocks() {
        let workspace = Workspace()
        var sizes = Array(1...300)
        for power in 9...20 { sizes += [1 << power - 1, 1 << power, 1 << power + 1, 3 << (power - 1) + 1] }
        for size in sizes {
            let (blocks, bytes) = (workspace.blocksAllocated, workspace.bytesAllocated)
            let block = workspace.take(size)
            // A block of this class may be there already; a new one holds the numbers, and at most a quarter and four
            // vectors more.
            if workspace.blocksAllocated > blocks {
                let room = (workspace.bytesAllocated - bytes) / MemoryLayout<Scalar>.stride
                #expect(room >= size && room <= size + size / 4 + 4 * laneCount, "\(room) for \(size)")
            }
            block.update(repeating: 1, count: size)
            workspace.giveBack(block, size)
            let again = workspace.blocksAllocated
            #expect(workspace.take(size) == block && workspace.blocksAllocated == again, "\(size)")
            workspace.giveBack(block, size)
        }
    }

    @Test("the tape is empty after a backward pass: a second one finds nothing to go back over") func second() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3], bound: 1)
        let loss = x.scaled(by: 2).sum()
        #expect(parameters.tape.count == 2)
        try parameters.tape.backward(from: loss)
        #expect(parameters.tape.count == 0 && x.gradient == [2, 2, 2])
        try parameters.tape.backward(from: loss)
        #expect(x.gradient == [2, 2, 2])
        // The same loss computed again adds its gradients to those that are there.
        try parameters.tape.backward(from: x.scaled(by: 2).sum())
        #expect(x.gradient == [4, 4, 4])
    }

    @Test("the number to go back from may be a part of a result") func part() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [3, 1], bound: 1)
        try parameters.tape.backward(from: x.scaled(by: 3).slice(1))
        #expect(x.gradient == [0, 3, 0])
    }

    @Test("long chains are released without a stack as deep") func deep() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [1], bound: 1)
        for plays in [true, false] {
            var y = x
            for _ in 0..<50_000 { y = y.scaled(by: 1) }
            if plays { try parameters.tape.backward(from: y) } else { parameters.tape.reset() }
        }
        #expect(x.gradient == [1] && parameters.tape.count == 0)
    }

    @Test("a tensor outlives its parameters, as a constant") func outlives() throws {
        let y: Tensor
        do {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 1)
            let x = builder.uniform("x", [2], bound: 1)
            try parameters.set("x", to: [1, 2])
            y = x
        }
        let z = y.scaled(by: 3)
        #expect(z.values == [3, 6] && !z.requiresGradient)
    }

    @Test("without recording nothing is recorded, also after an error") func withoutRecording() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let W = builder.matrix("W", 2, 2)
        try parameters.tape.withoutRecording { _ = try W.matmul(W) }
        #expect(parameters.tape.count == 0)
        #expect(throws: ShapeError.self) { try parameters.tape.withoutRecording { _ = try W.reshaped([3]) } }
        #expect(parameters.tape.isRecording)
        _ = try W.matmul(W)
        #expect(parameters.tape.count > 0)
        parameters.tape.reset()
        #expect(parameters.tape.count == 0)
    }

    @Test("a gradient starts from one number") func oneNumber() {
        let x = tensor([2, 2])
        let error = #expect(throws: ShapeError.self) { try Parameters().tape.backward(from: x) }
        #expect(error?.description.contains("[2,2]") == true)
        let constant = #expect(throws: ShapeError.self) { try Parameters().tape.backward(from: Tensor([1])) }
        #expect(constant?.description.contains("no parameter") == true)
        let own = Parameters(), other = Parameters()
        var builder = ParameterBuilder(own, seed: 1)
        let foreign = builder.scalar("w", initially: 1)
        let stray = #expect(throws: ShapeError.self) { try other.tape.backward(from: foreign.scaled(by: 2)) }
        #expect(stray?.description.contains("another tape") == true && own.tape.count == 1)
    }

    @Test("parameters are known by name, and take only numbers that fit") func names() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        _ = builder.matrix("W", 2, 3)
        var scope = builder.scope("inner")
        _ = scope.bias("b", 4)
        #expect(parameters.names == ["W", "inner.b"])
        #expect(parameters.count == 10)
        #expect(parameters["inner.b"]?.values == [0, 0, 0, 0])
        let sizes = try #require(throws: ShapeError.self) { try parameters.set("W", to: [1, 2]) }
        for part in ["W", "[2,3]", "6", "2 were given"] { #expect(sizes.description.contains(part)) }
        let unknown = try #require(throws: ShapeError.self) { try parameters.set("nothing", to: [1]) }
        #expect(unknown.description.contains("\"nothing\"; this model has W, inner.b"))
        #expect(parameters["nothing"] == nil)
    }

    @Test("first values lie within their bound, and depend on seed and name alone") func initial() {
        func made(seed: UInt64, more: Bool = false) -> [String: [Scalar]] {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: seed)
            if more { _ = builder.matrix("another", 3, 3) }
            _ = (builder.matrix("W", 30, 20), builder.vector("v", 300))
            _ = (builder.scalar("s", initially: 0.5), builder.uniform("u", [300], bound: 2))
            return Dictionary(uniqueKeysWithValues: ["W", "v", "s", "u"].map { ($0, parameters[$0]?.values ?? []) })
        }
        let values = made(seed: 1)
        #expect(values == made(seed: 1, more: true), "a further parameter leaves the others as they were")
        #expect(values["W"] != made(seed: 2)["W"])
        #expect(values["s"] == [0.5])
        for (name, bound) in [("W", (6.0 / 50).squareRoot()), ("v", 0.1), ("u", 2)] {
            let numbers = doubles(values[name] ?? [])
            let least = numbers.min() ?? 0, most = numbers.max() ?? 0
            #expect(
                least >= -bound && least < -0.95 * bound && most <= bound && most > 0.95 * bound,
                "\(name) in \(least)...\(most)")
        }
    }
}

@Suite("Random numbers") struct RandomTests {
    @Test("the stream of a seed and a purpose never changes, on any platform") func pinned() {
        var a = RandomSource(seed: 1), b = RandomSource(seed: 1, purpose: "batches")
        #expect(
            [a.next(), a.next(), a.next()] == [
                12_966_619_160_104_079_557, 9_600_361_134_598_540_522, 10_590_380_919_521_690_900,
            ])
        #expect(
            [b.next(), b.next(), b.next()] == [
                8_333_651_178_777_310_940, 14_380_693_489_771_063_413, 17_796_472_416_204_261_802,
            ])
        var zero = RandomSource(seed: 0), last = RandomSource(seed: .max, purpose: "é")
        #expect(
            [zero.next(), zero.next(), zero.next()] == [
                11_091_344_671_253_066_420, 13_793_997_310_169_335_082, 1_900_383_378_846_508_768,
            ])
        #expect(
            [last.next(), last.next(), last.next()] == [
                1_828_449_355_946_450_633, 14_378_938_344_375_246_815, 1_153_507_519_206_160_933,
            ])
        // And what is made of them: exactly, but for the logarithm and the cosine of normal().
        var numbers = RandomSource(seed: 42)
        #expect(
            [numbers.uniform(), numbers.uniform(), numbers.uniform()] == [
                0.08386297105988216, 0.3789802506626686, 0.6800434110281394,
            ])
        #expect((0..<8).map { _ in numbers.below(10) } == [9, 9, 7, 7, 8, 7, 5, 6])
        for expected in [0.2611773537268797, -0.21283133144572894] { #expect(abs(numbers.normal() - expected) < 1e-14) }
        var items = Array(0..<8)
        numbers.shuffle(&items)
        #expect(items == [1, 6, 0, 2, 3, 5, 4, 7])
    }

    @Test("one purpose does not shift another, and a copy goes its own way") func independent() {
        var a = RandomSource(seed: 1, purpose: "a"), copy = a
        #expect(
            a != RandomSource(seed: 1, purpose: "b") && a != RandomSource(seed: 2, purpose: "a")
                && a != RandomSource(seed: 1))
        _ = a.next()
        #expect(a != copy)
        _ = copy.next()
        #expect(a == copy)
    }

    /// 2⁶⁴ numbers shared out among 3 · 2⁶¹ are 8 for every 3: without the rejection two get three of them, the third
    /// two.
    @Test("below() has no bias where the bound is great") func unbiased() {
        var random = RandomSource(seed: 4)
        var counts = [0, 0, 0]
        for _ in 0..<30_000 { counts[random.below(3 << 61) % 3] += 1 }
        // χ² with 2 degrees of freedom: above 13.8 once in a thousand.
        #expect(counts.map { Double(($0 - 10_000) * ($0 - 10_000)) / 10_000 }.reduce(0, +) < 13.8)
        #expect((0..<100).allSatisfy { _ in random.below(1) == 0 })
    }

    @Test("there is no number below zero, and the sentence about it reaches whoever reads") func nothingBelow() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            var random = RandomSource(seed: 1)
            _ = random.below(0)
        }
        #expect(
            result.map {
                String(decoding: $0.standardErrorContent, as: UTF8.self).contains("the bound must be at least 1")
            } == true)
    }

    @Test("chance, pick and shuffle") func choices() {
        var random = RandomSource(seed: 5)
        let happened = (0..<10_000).reduce(0) { sum, _ in sum + (random.chance(0.3) ? 1 : 0) }
        #expect(abs(happened - 3_000) < 4 * 46)
        #expect((0..<100).allSatisfy { _ in !random.chance(0) && random.chance(1) })
        // An ArraySlice's indices do not begin at zero.
        #expect((0..<100).allSatisfy { _ in [2, 3].contains(random.pick([1, 2, 3, 4][1...2])) })
        // All six orders of three, each about as often: χ² with 5 degrees of freedom, above 20.5 once in a thousand.
        var orders: [[Int]: Int] = [:]
        for _ in 0..<6_000 {
            var items = [1, 2, 3]
            random.shuffle(&items)
            orders[items, default: 0] += 1
        }
        #expect(orders.count == 6)
        #expect(orders.values.map { Double(($0 - 1_000) * ($0 - 1_000)) / 1_000 }.reduce(0, +) < 20.5)
    }

    @Test("below() is even, uniform() lies in [0,1), normal() has mean 0 and variance 1") func moments() {
        var random = RandomSource(seed: 3)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[random.below(7)] += 1 }
        // χ² with 6 degrees of freedom: above 22.5 once in a thousand; the seed is fixed.
        #expect(counts.map { Double(($0 - 10_000) * ($0 - 10_000)) / 10_000 }.reduce(0, +) < 22.5)
        let uniform = (0..<20_000).map { _ in random.uniform() }
        #expect(uniform.allSatisfy { (0..<1).contains($0) })
        #expect(abs(uniform.reduce(0, +) / 20_000 - 0.5) < 0.01)
        let normal = (0..<20_000).map { _ in random.normal() }
        let mean = normal.reduce(0, +) / 20_000, variance = normal.map { $0 * $0 }.reduce(0, +) / 20_000
        #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05)
    }

    @Test("a saved stream goes on where it stood") func codable() throws {
        var random = RandomSource(seed: 9)
        _ = random.next()
        var saved = try JSONDecoder().decode(RandomSource.self, from: JSONEncoder().encode(random))
        #expect(saved.next() == random.next())
    }
}
