// Parts that stand outside the library: each trains, is saved with a checkpoint, loaded and translated with, and is
// refused in a sentence by a program that does not have it. No `@testable`: what these tests use, a learner can.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import TensorCore
import TestSupport
import Testing

/// A part put into settings, the list that has it, and its name.
private struct Outsider: Sendable, CustomTestStringConvertible {
    let noun: String, name: String
    let choose: @Sendable (inout ModelSettings) -> Void
    let list: @Sendable (inout PartList) -> Void

    var testDescription: String { name }

    var settings: ModelSettings {
        var settings = tinySettings()
        choose(&settings)
        return settings
    }

    var parts: PartList {
        var parts = PartList.standard
        list(&parts)
        return parts
    }
}

private let outsiders = [
    Outsider(noun: "normalisation", name: "cool-softmax") {
        $0.normalisation = Normalisation(CoolSoftmax.self)
    } list: {
        $0.normalisers.append(CoolSoftmax.self)
    },
    Outsider(noun: "encoder", name: "bag-of-words") {
        $0.encoder = EncoderKind(BagOfWords.self)
    } list: {
        $0.encoders.append(BagOfWords.self)
    },
    Outsider(noun: "decoder", name: "last-word") {
        $0.decoder = DecoderKind(LastWord.self)
    } list: {
        $0.decoders.append(LastWord.self)
    },
    Outsider(noun: "copying", name: "cool-generator") {
        $0.copying = Copying(CoolGenerator.self)
    } list: {
        $0.outputs.append(CoolGenerator.self)
    },
    // All of them in one model: none may take another's place, or the name of another's parameter.
    Outsider(noun: "normalisation", name: "cool-softmax") {
        $0.normalisation = Normalisation(CoolSoftmax.self)
        ($0.encoder, $0.decoder) = (EncoderKind(BagOfWords.self), DecoderKind(LastWord.self))
        $0.copying = Copying(CoolGenerator.self)
    } list: {
        $0.normalisers.append(CoolSoftmax.self)
        $0.encoders.append(BagOfWords.self)
        $0.decoders.append(LastWord.self)
        $0.outputs.append(CoolGenerator.self)
    },
]

@Suite("Seams") struct SeamTests {
    @Test("a part from outside trains, is saved, loaded and translated with", arguments: outsiders)
    fileprivate func lives(outsider: Outsider) throws {
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try tinyData()
        func trained(_ settings: ModelSettings) throws -> Trainer {
            let trainer = try Trainer(
                tinyTranslator(settings, words: data.train), tinyTraining(steps: 40), train: data.train, dev: data.dev)
            try trainer.run()
            return trainer
        }
        let trainer = try trained(outsider.settings), standard = try trained(tinySettings())
        let first = try #require(trainer.history.first), last = try #require(trainer.history.last)
        #expect(last.devLoss < first.devLoss, "it learns")
        #expect(trainer.history != standard.history, "it was used")

        try Checkpoint.save(trainer, to: path)
        try trainer.restoreBest()
        let loaded = try Checkpoint.load(path, scorers: Catalog.scorers, parts: outsider.parts).translator
        let sentences = data.test.map(\.source)
        #expect(
            try loaded.translate(sentences).map(\.logProbability)
                == trainer.translator.translate(sentences).map(\.logProbability))
        let sentence = try #require(sentences.first), beam = BeamSettings(width: 3, best: 3)
        let found = try loaded.translate(sentence, beam: beam)
        #expect(try found.map(\.tokens) == trainer.translator.translate(sentence, beam: beam).map(\.tokens))
        // What search says of a translation is what forced decoding says of it, whatever the decoder.
        for hypothesis in found where hypothesis.isFinished {
            let pair = SentencePair(source: sentence, target: loaded.target.words(of: hypothesis.tokens))
            let forced = try #require(try loaded.align([pair]).first)
            #expect(
                sameLogProbability(
                    forced.logProbability, hypothesis.logProbability, steps: hypothesis.tokens.count + 1))
        }
        let resumed = try Checkpoint.resume(
            path, scorers: Catalog.scorers, parts: outsider.parts, train: data.train, dev: data.dev)
        #expect(resumed.history == trainer.history)

        let refusal = try #require(throws: InputError.self) { try Checkpoint.load(path, scorers: Catalog.scorers) }
        #expect(
            refusal.description.contains("there is no \(outsider.noun) \"\(outsider.name)\". There are: "), "\(refusal)"
        )
    }

    @Test("a term from outside trains and is saved; its model is read without it, its training not gone on with")
    func term() throws {
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try tinyData()
        var training = tinyTraining(steps: 20), parts = PartList.standard
        training.terms = [TermKind(Spread.self): 0.5]
        parts.terms.append(Spread.self)
        let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
        try trainer.run()
        #expect(trainer.history.allSatisfy { $0.terms?.map(\.name) == ["spread"] })

        try Checkpoint.save(trainer, to: path)
        try trainer.restoreBest()
        let loaded = try Checkpoint.load(path, scorers: Catalog.scorers).translator, sentences = data.test.map(\.source)
        #expect(
            try loaded.translate(sentences).map(\.logProbability)
                == trainer.translator.translate(sentences).map(\.logProbability))
        let resumed = try Checkpoint.resume(
            path, scorers: Catalog.scorers, parts: parts, train: data.train, dev: data.dev)
        #expect(resumed.history == trainer.history && resumed.settings == training)
        let refusal = try #require(throws: InputError.self) {
            try Checkpoint.resume(path, scorers: Catalog.scorers, train: data.train, dev: data.dev)
        }
        #expect(
            refusal.description.contains("there is no term \"spread\". There are: coverage, supervised"), "\(refusal)")

        let json = try String(decoding: JSONEncoder().encode(training), as: UTF8.self).replacingOccurrences(
            of: "spread", with: "spraed")
        let misspelt = try JSONDecoder().decode(TrainingSettings.self, from: Data(json.utf8))
        let hint = try #require(throws: InputError.self) { try misspelt.resolved(among: parts) }
        #expect(hint.description.contains("Did you mean “spread”?"), "\(hint)")
        #expect(throws: InputError.self) {
            try Trainer(tinyTranslator(words: data.train), misspelt, train: data.train, dev: data.dev)
        }
    }

    @Test("a part from outside has the gradients that finite differences have", arguments: outsiders)
    fileprivate func gradients(outsider: Outsider) throws {
        let data = try tinyData(train: 8)
        let translator = try tinyTranslator(outsider.settings, words: data.train)
        let batch = try Batch(translator.encoded(Array(data.train.prefix(3))))
        try checkGradients(of: translator.model.parameters, most: 3) { try translator.model.loss(batch) }
    }

    @Test(
        "a name that is nearly one is answered with that one; one that a file had can be read and written",
        arguments: outsiders)
    fileprivate func names(outsider: Outsider) throws {
        let json = try String(decoding: JSONEncoder().encode(outsider.settings), as: UTF8.self)
        let misspelt = json.replacingOccurrences(of: outsider.name, with: outsider.name.dropLast() + "q")
        let read = try JSONDecoder().decode(ModelSettings.self, from: Data(misspelt.utf8))
        let refusal = try #require(throws: InputError.self) { try read.resolved(among: outsider.parts) }
        #expect(refusal.description.contains("Did you mean “\(outsider.name)”?"), "\(refusal)")
        #expect(throws: InputError.self) { try read.check(#require(Catalog.scorers.first), longestSource: 5) }
        #expect(try JSONDecoder().decode(ModelSettings.self, from: Data(json.utf8)) == outsider.settings)
    }
}
