// One training in parts: the same numbers on any number of threads, and nearly those of the whole batch.

import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Shards") struct ShardTests {
    private func trained(
        _ settings: ModelSettings = tinySettings(), shards: Int, threads: Int, steps: Int = 12
    ) throws -> [[Scalar]] {
        let data = try tinyData()
        var training = tinyTraining(steps: steps, seed: 1)
        training.shards = shards
        let trainer = try Trainer(
            tinyTranslator(settings, words: data.train, seed: 1), training, train: data.train, dev: data.dev,
            threads: threads)
        try trainer.run()
        return trainer.translator.model.parameters.tensors.map(\.values)
    }

    @Test("the number of threads changes no bit", arguments: [2, 3, 5]) func threads(shards: Int) throws {
        let one = try trained(shards: shards, threads: 1)
        for threads in [2, 3, 8] { try #expect(trained(shards: shards, threads: threads) == one) }
    }

    @Test("nor of a Transformer", arguments: ["coverage", "multi-head-scaled-dot"])
    func transformerThreads(scorer: String) throws {
        let settings = tinyTransformer(scorer), one = try trained(settings, shards: 3, threads: 1)
        for threads in [2, 3] { try #expect(trained(settings, shards: 3, threads: threads) == one) }
    }

    @Test("the gradient of the parts is that of the whole, apart from rounding", arguments: [2, 3, 100]) func whole(
        shards: Int
    ) throws {
        let data = try tinyData()
        let translator = try tinyTranslator(tinySettings(), words: data.train, seed: 1), model = translator.model
        // Lengths differ, so that the parts have different numbers of target tokens.
        let batch = try Batch(Array(translator.encoded(data.train).prefix(7)))
        let loss = try ShardedGradient(model, shards: 1, threads: 1).compute(batch).crossEntropy
        let gradient = model.parameters.tensors.map(\.gradient)
        let inParts = try ShardedGradient(model, shards: shards, threads: 2).compute(batch).crossEntropy
        #expect(agree(loss, inParts, of: loss))
        let size = GradientSize(gradient)
        for (got, expected) in zip(model.parameters.tensors.map(\.gradient), gradient) {
            #expect(agree(got, expected, of: size.of(expected)))
        }
    }

    @Test("parts hold every pair once, padded no wider than they need") func parts() throws {
        let batch = try Batch(
            (1...7).map { try EncodedPair(source: Array(4..<4 + $0), target: Array(4..<12 - $0)) },
            indices: Array(10..<17))
        let parts = batch.shards(3)
        #expect(parts.map(\.indices) == [[10, 13, 16], [11, 14], [12, 15]])
        #expect(parts.map(\.sourceWidth) == [7, 5, 6] && parts.map(\.targetWidth) == [8, 7, 6])
        #expect(parts.map(\.targetTokenCount).reduce(0, +) == batch.targetTokenCount)
        for part in parts {
            let pairs = try Batch(
                part.indices.map { try EncodedPair(source: Array(4..<4 + $0 - 9), target: Array(4..<12 - ($0 - 9))) },
                indices: part.indices)
            #expect(part == pairs)
        }
        #expect(batch.shards(1) == [batch] && batch.shards(0) == [batch] && batch.shards(50).count == 7)
    }

    @Test("a model that shares its numbers sees them change, and has gradients of its own") func sharing() throws {
        let original = Parameters()
        var builder = ParameterBuilder(original, seed: 1)
        let w = builder.matrix("w", 2, 2)
        let copy = Parameters(sharing: original)
        var finder = ParameterBuilder(copy, seed: 99)
        let seen = finder.matrix("w", 2, 2)
        try original.set("w", to: [1, 2, 3, 4])
        #expect(seen.values == [1, 2, 3, 4])
        try copy.tape.backward(from: (seen * seen).sum())
        #expect(seen.gradient == [2, 4, 6, 8] && w.gradient == [0, 0, 0, 0])
        try original.addGradients(of: copy)
        #expect(w.gradient == [2, 4, 6, 8])
        #expect(throws: ShapeError.self) { try original.addGradients(of: Parameters()) }
    }
}
