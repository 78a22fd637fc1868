// Models that copy: gradients, search, and what copying is for.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// Reports of few words, most names and numbers new.
private func reports(train: Int = 40, test: Int = 10) throws -> Dataset {
    var options = SummaryTask().defaults
    (
        options.trainPairs, options.devPairs, options.testPairs, options.longPairs, options.lengths,
        options.lexiconShare
    ) = (train, 10, test, 0, 5...12, 0.1)
    return try SummaryTask().dataset(seed: 1, options: options)
}

private func pointer(_ settings: ModelSettings) -> ModelSettings {
    var settings = settings
    (settings.copying, settings.minimumCount) = (.pointer, 2)
    return settings
}

private let architectures = everyArchitecture.filter { $0.bridge == .summary && $0.encoder == .bidirectional }.map(
    pointer)

@Suite("Models that copy") struct PointerModelTests {
    @Test("gradients are those of finite differences", arguments: architectures) func gradients(
        settings: ModelSettings
    ) throws {
        let data = try reports()
        let translator = try tinyTranslator(settings, words: data.train)
        let pairs = try translator.encoded(Array(data.train.prefix(3)))
        #expect(
            pairs.contains { $0.copying?.target.contains { $0 >= translator.target.count } == true },
            "a word must be new")
        let batch = try Batch(pairs)
        try checkLossGradients(of: translator.model, batch)
        for name in ["decoder.pointer.wc", "decoder.pointer.ws", "decoder.pointer.wx", "decoder.pointer.b"] {
            #expect(try #require(translator.model.parameters[name]).gradient.contains { $0 != 0 }, "\(name)")
        }
    }

    @Test("loss, forced decoding, next word, greedy search and a beam of one are of one mind", arguments: architectures)
    func agreement(settings: ModelSettings) throws {
        let data = try reports()
        let translator = try tinyTranslator(settings, words: data.train), model = translator.model
        try Trainer(translator, tinyTraining(steps: 30), train: data.train, dev: []).run()
        let pairs = try translator.encoded(data.test), batch = try Batch(pairs)
        let loss = try Double(model.loss(batch).item()) * Double(batch.targetTokenCount)
        let forced = try model.forced(batch)
        #expect(sameLogProbability(forced.reduce(0) { $0 + $1.logProbability }, -loss, steps: batch.targetTokenCount))
        let greedy = try translator.translate(data.test.map(\.source), batchSize: 4)
        for (b, sentence) in data.test.enumerated() {
            let beam = try #require(
                try translator.translate(sentence.source, beam: BeamSettings(width: 1, lengthPenalty: 0)).first)
            let steps = beam.tokens.count + 1
            #expect(
                beam.tokens == greedy[b].tokens
                    && sameLogProbability(beam.logProbability, greedy[b].logProbability, steps: steps))
            #expect(translator.words(of: greedy[b], source: sentence.source).count == greedy[b].tokens.count)
            let copies = try #require(pairs[b].copying), produced = copies.target + [Vocabulary.end]
            let total = try produced.indices.reduce(0) { total, t in
                let next = try model.nextWord(SourceSentences(pairs[b]), after: Array(copies.target.prefix(t)))
                #expect(agree(next.probabilities.reduce(0, +), 1, of: 1))
                return total + log(next.probabilities[produced[t]])
            }
            #expect(sameLogProbability(total, forced[b].logProbability, steps: produced.count))
        }
    }

    @Test("parts of a batch have its gradient") func shards() throws {
        let data = try reports()
        let translator = try tinyTranslator(pointer(tinySettings()), words: data.train), model = translator.model
        let batch = try Batch(Array(translator.encoded(data.train).prefix(7)))
        let loss = try ShardedGradient(model, shards: 1, threads: 1).compute(batch).crossEntropy
        let gradient = model.parameters.tensors.map(\.gradient)
        let inParts = try ShardedGradient(model, shards: 3, threads: 2).compute(batch).crossEntropy
        #expect(agree(loss, inParts, of: loss))
        let size = GradientSize(gradient)
        for (got, expected) in zip(model.parameters.tensors.map(\.gradient), gradient) {
            #expect(agree(got, expected, of: size.of(expected)))
        }
    }

    @Test("new names and numbers are translated with a pointer, and never without one") func copies() throws {
        let data = try reports(train: 1200, test: 100)
        func right(_ copying: Copying) throws -> Double {
            var settings = ModelSettings(scorer: "bahdanau")
            (settings.embedding, settings.hidden, settings.attention, settings.copying, settings.minimumCount) = (
                24, 16, 24, copying, 5
            )
            var training = TrainingSettings()
            (training.steps, training.evaluationInterval) = (250, 250)
            let translator = try tinyTranslator(settings, words: data.train)
            try Trainer(translator, training, train: data.train, dev: []).run()
            var words = 0, right = 0
            for (pair, found) in zip(data.test, try translator.translate(data.test.map(\.source))) {
                let output = translator.words(of: found, source: pair.source)
                for t in pair.target.indices where translator.target.id(of: pair.target[t]) == Vocabulary.unknown {
                    words += 1
                    right += t < output.count && output[t] == pair.target[t] ? 1 : 0
                }
            }
            #expect(words > 100)
            return Double(right) / Double(words)
        }
        try #expect(right(.none) == 0)
        let copied = try right(.pointer)
        #expect(copied > 0.8, "\(copied)")
    }

    @Test("a checkpoint brings the pointer back; one of before there were pointers is read") func checkpoint() throws {
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try reports()
        let translator = try tinyTranslator(pointer(tinySettings()), words: data.train)
        let trainer = try Trainer(translator, tinyTraining(steps: 20), train: data.train, dev: data.dev)
        try trainer.run()
        try trainer.restoreBest()
        try Checkpoint.save(trainer, to: path)
        let loaded = try Checkpoint.load(path, scorers: Catalog.scorers).translator
        let sources = data.test.map(\.source)
        try #expect(loaded.translate(sources).map(\.tokens) == translator.translate(sources).map(\.tokens))
        #expect(loaded.model.settings.copying == .pointer && loaded.model.settings.minimumCount == 2)

        var old = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(tinySettings())) as? [String: Any])
        for key in ["copying", "minimumCount"] { #expect(old.removeValue(forKey: key) != nil) }
        #expect(
            try JSONDecoder().decode(ModelSettings.self, from: JSONSerialization.data(withJSONObject: old))
                == tinySettings())
    }

    @Test("what cannot copy is refused, and so is a batch that does not say what to copy") func refusals() throws {
        let data = try reports(), settings = pointer(tinySettings())
        for name in ["none", "uniform"] {
            let error = try #require(throws: InputError.self) {
                try settings.check(scorerType(name), longestSource: 12)
            }
            #expect(error.message.hasPrefix("\(name) looks at no word in particular"))
        }
        try settings.check(BahdanauScorer.self, longestSource: 100)
        try tinySettings().check(NoAttentionScorer.self, longestSource: 100)
        let translator = try tinyTranslator(settings, words: data.train)
        let plain = try Batch([EncodedPair(source: [4, 5, 6], target: [4])])
        let error = try #require(throws: ShapeError.self) { try translator.model.loss(plain) }
        #expect(error.description.contains("encode the sentences with the model's translator"))
        #expect(throws: ShapeError.self) { try translator.model.greedy([4, 5, 6], lengths: [3]) }
        #expect(throws: ShapeError.self) { try translator.model.beam([4, 5, 6], BeamSettings()) }
    }
}
