// Models that read a passage with a question, and answer by the sum of attention: gradients, probabilities, and what the
// encoder keeps apart.

import AttentionScorers
import Corpora
import Foundation
import Randomness
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private func passages(_ count: Int, length: Int = 22) -> [SentencePair] {
    var random = RandomSource(seed: 3)
    return (0..<count).map { _ in ReadingPassage.pair(length: length, twoFacts: 0.5, &random) }
}

private func settings(_ cell: CellKind = .gru, scorer: String = "bahdanau") -> ModelSettings {
    var settings = tinySettings(scorer)
    (settings.encoder, settings.copying, settings.cell) = (.question, .attentionSum, cell)
    settings.maximumSource = 40
    return settings
}

@Suite("Questions") struct QuestionTests {
    @Test("gradients are those of finite differences, and every parameter has one", arguments: CellKind.allCases)
    func gradients(cell: CellKind) throws {
        let pairs = passages(3, length: 12), translator = try tinyTranslator(settings(cell), words: pairs)
        let model = translator.model
        try checkLossGradients(of: model, Batch(translator.encoded(pairs)))
        // The readout chooses among words of a vocabulary, and here it can write the end alone, with certainty.
        let idle: Set = ["decoder.Wr", "decoder.br"]
        for name in model.parameters.names {
            let parameter = try #require(model.parameters[name])
            #expect(parameter.gradient.contains { $0 != 0 } != idle.contains(name), "\(name)")
        }
    }

    @Test("states are alone what they are in company, and the fused kernels' twins have the same")
    func company() throws {
        let pairs = passages(3) + passages(1, length: 12)
        let translator = try tinyTranslator(settings(), words: pairs), encoded = try translator.encoded(pairs)
        let together = try translator.model.encode(SourceSentences(Batch(encoded))).memory
        let alone = try translator.model.encode(SourceSentences(encoded[3])).memory
        let row = 3 * together.states.shape[1] * together.states.shape[2]
        for (a, b) in zip(together.states.values.dropFirst(row), alone.states.values) { #expect(abs(a - b) < 1e-5) }
        let twin = TranslationModel(
            translator.model.settings, scorer: BahdanauScorer.self, sourceVocabulary: translator.source.count,
            targetVocabulary: translator.target.count, seed: 1, usesFusedKernels: false)
        let composed = try twin.encode(SourceSentences(Batch(encoded))).memory
        for (a, b) in zip(together.states.values, composed.states.values) { #expect(abs(a - b) < 1e-5) }
    }

    @Test("the summary is of the question alone, and the states are of both") func apart() throws {
        var pairs = passages(2)
        pairs[1].extras = SourceExtras(sentences: pairs[1].extras?.sentences, question: pairs[0].extras?.question)
        var other = pairs[0]
        other.extras?.question = ["where", "is", "henry", "?"]
        let translator = try tinyTranslator(settings(), words: pairs + passages(20))
        func memory(_ pair: SentencePair) throws -> Memory {
            try translator.model.encode(SourceSentences(translator.encoded([pair])[0])).memory
        }
        let one = try memory(pairs[0]), same = try memory(pairs[1]), asked = try memory(other)
        #expect(one.summary.values == same.summary.values, "another passage")
        #expect(one.summary.values != asked.summary.values && one.states.values != asked.states.values)
    }

    @Test("the next word is a word of the passage or the end, and their probabilities sum to 1") func sums() throws {
        let pairs = passages(12), translator = try tinyTranslator(settings(), words: Array(pairs.prefix(4)))
        for (pair, encoded) in zip(pairs, try translator.encoded(pairs)) {
            let next = try translator.model.nextWord(SourceSentences(encoded), after: [])
            #expect(abs(next.probabilities.reduce(0, +) - 1) < 1e-5)
            let copies = try #require(encoded.copying).source
            for (id, probability) in next.probabilities.enumerated() where id != Vocabulary.end {
                let places = copies.indices.filter { copies[$0] == id }
                #expect(places.isEmpty == (probability == 0), "\(pair.source) \(id)")
                let mass = places.reduce(0.0) { $0 + next.weights[$1] } * (1 - next.probabilities[Vocabulary.end])
                #expect(abs(mass - probability) < 1e-5)
            }
        }
    }

    @Test("the loss, forced decoding and the next word's probabilities are of one mind, also of words never seen")
    func agreement() throws {
        let pairs = passages(60), translator = try tinyTranslator(settings(), words: pairs)
        try Trainer(translator, tinyTraining(steps: 30), train: pairs, dev: []).run()
        var new = pairs[0]
        new.source = new.source.map { $0 == new.target[0] ? "zork" : $0 }
        let words = try translator.words(of: translator.translate(sourcesOf: [new])[0], source: new.source)
        #expect(words.allSatisfy(new.source.contains), "\(words)")
        new.target = ["zork"]
        let model = translator.model
        for encoded in try translator.encoded([new] + pairs.prefix(3)) {
            let batch = try Batch([encoded]), produced = try #require(encoded.copying).target + [Vocabulary.end]
            let total = try produced.indices.reduce(0) { total, t in
                let next = try model.nextWord(SourceSentences(encoded), after: Array(produced.prefix(t)))
                return total + log(next.probabilities[produced[t]])
            }
            let loss = try Double(model.loss(batch).item()) * Double(batch.targetTokenCount)
            // Relative to the sum: logarithms of float32 probabilities.
            #expect(abs(loss + total) < 1e-3 * max(1, abs(total)), "\(loss) \(total)")
            let forced = try #require(try model.forced(batch).first).logProbability
            #expect(abs(forced - total) < 1e-3 * max(1, abs(total)), "\(forced) \(total)")
        }
    }

    @Test("a batch in which some are asked and others are not is refused; without questions it reads like any other")
    func mixed() throws {
        let pairs = passages(2), translator = try tinyTranslator(settings(), words: pairs)
        var silent = pairs
        silent[1].extras?.question = nil
        #expect(throws: ShapeError.self) { try translator.loss(translator.encoded(silent)) }
        silent[0].extras?.question = nil
        #expect(try translator.loss(translator.encoded(silent)).isFinite)
    }
}
