// The pointer-generator's mixture against its definition, written out number by number.

import Foundation
import TestSupport
import Testing

@testable import TensorCore

/// Two sentences of three source words, two steps, six known words: four rows, time first.
private struct Case {
    let logits = random(24, 1).map { 3 * $0 }, gate = random(4, 2), scores = random(12, 3)
    /// The first sentence has the new word 6 twice, the second 7 and a known one twice.
    let copies = [6, 4, 6, 7, 5, 5]

    var weights: [[Double]] {
        (0..<4).map { n in
            let row = scores[n * 3..<n * 3 + 3].map { exp(Double($0)) }
            return row.map { $0 / row.reduce(0, +) }
        }
    }

    /// Eq. 9 as it stands: p_gen P_vocab + (1 − p_gen) Σ α, over the extended vocabulary of 8.
    var probabilities: [[Double]] {
        (0..<4).map { n in
            let row = logits[n * 6..<n * 6 + 6].map { exp(Double($0)) }
            let p = 1 / (1 + exp(-Double(gate[n])))
            var result = row.map { p * $0 / row.reduce(0, +) } + [0, 0]
            for i in 0..<3 { result[copies[n % 2 * 3 + i]] += (1 - p) * weights[n][i] }
            return result
        }
    }

    func tensors() throws -> (logits: Tensor, gate: Tensor, weights: Tensor) {
        (
            try Tensor(logits, shape: [4, 6]), try Tensor(gate, shape: [4, 1]),
            try Tensor(weights.joined().map { Scalar($0) }, shape: [4, 3])
        )
    }
}

@Suite("Pointer") struct PointerTests {
    @Test("probabilities are the definition's, sum to 1, and are 0 for words of other sentences") func probabilities()
        throws
    {
        let one = Case(), (logits, gate, weights) = try one.tensors()
        let got = try logits.pointerLogProbabilities(gate: gate, weights: weights, copies: one.copies)
        #expect(got.shape == [4, 8])
        for n in 0..<4 {
            let row = try (0..<8).map { w in try exp(Double(got.at(n, w))) }
            for (a, b) in zip(row, one.probabilities[n]) { #expect(agree(a, b, of: 1)) }
            #expect(agree(row.reduce(0, +), 1, of: 1) && row[n % 2 == 0 ? 7 : 6] == 0)
        }
        for normaliser in try got.logSumExp() { #expect(agree(normaliser, 0, of: 1)) }
        // One sentence for every row, as a beam has it.
        let same = try logits.pointerLogProbabilities(gate: gate, weights: weights, copies: [4, 5, 4])
        #expect(same.shape == [4, 6])
    }

    @Test("the loss is the mean of −log P, whichever way gives the word") func loss() throws {
        let one = Case(), (logits, gate, weights) = try one.tensors()
        // New in the first sentence; known and copied twice; known and not in the sentence; padding.
        let targets = [6, 5, 3, 0]
        let copied = try weights.mass(on: targets, among: one.copies)
        #expect(agree(copied.values[0], one.weights[0][0] + one.weights[0][2], of: 1) && copied.values[2] == 0)
        let loss = try logits.pointerCrossEntropy(gate: gate, copied: copied, targets: targets, ignoring: 0)
        let expected = -(0..<3).reduce(0) { $0 + log(one.probabilities[$1][targets[$1]]) } / 3
        #expect(agree(try loss.item(), expected, of: 3), "of logits up to 3")
        let part = try logits.pointerCrossEntropy(
            gate: gate, copied: copied, targets: targets, ignoring: 0, dividingBy: 6)
        #expect(agree(try part.item(), expected / 2, of: 3))
    }

    @Test("nothing overflows: a gate far to either side, and a weight that has rounded to 0") func extremes() throws {
        let one = Case(), (logits, _, _) = try one.tensors()
        for z: Scalar in [-200, 200] {
            let parameters = Parameters()
            var builder = ParameterBuilder(parameters, seed: 1)
            let gate = builder.uniform("z", [4, 1], bound: 0), copied = builder.uniform("m", [4, 1], bound: 0)
            try parameters.set("z", to: [z, z, z, z])
            let loss = try logits.pointerCrossEntropy(gate: gate, copied: copied, targets: [6, 5, 3, 7], ignoring: 0)
            try #expect(loss.item().isFinite)
            try parameters.tape.backward(from: loss)
            #expect((gate.gradient + copied.gradient).allSatisfy { $0.isFinite })
            let weights = try Tensor([1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], shape: [4, 3])
            let rows = try logits.pointerLogProbabilities(
                gate: Tensor([z, z, z, z], shape: [4, 1]), weights: weights, copies: one.copies)
            #expect(rows.values.allSatisfy { !$0.isNaN && Double($0) <= rounding })
        }
    }

    @Test("what does not fit is said") func shapes() throws {
        let (logits, gate, weights) = try Case().tensors()
        #expect(throws: ShapeError.self) { try weights.mass(on: [1, 2, 3], among: [1, 2, 3]) }
        #expect(throws: ShapeError.self) { try weights.mass(on: [1, 2, 3, 4], among: [1, 2, 3, 4]) }
        #expect(throws: ShapeError.self) { try weights.mass(on: [1, 2, 3, 4], among: [1, 2, -3]) }
        #expect(throws: ShapeError.self) { try weights.mass(on: [1, 2, 3, 4], among: []) }
        #expect(throws: ShapeError.self) {
            try logits.pointerCrossEntropy(gate: weights, copied: gate, targets: [1, 2, 3, 4], ignoring: 0)
        }
        #expect(throws: ShapeError.self) {
            try logits.pointerCrossEntropy(gate: gate, copied: gate, targets: [0, 0, 0, 0], ignoring: 0)
        }
        #expect(throws: ShapeError.self) {
            try logits.pointerLogProbabilities(gate: logits, weights: weights, copies: [1, 2, 3])
        }
    }
}
