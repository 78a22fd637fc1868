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
        let resumed = try Checkpoint.resume(
            path, scorers: Catalog.scorers, parts: outsider.parts, train: data.train, dev: data.dev)
        #expect(resumed.history == trainer.history)

        let refusal = try #require(throws: InputError.self) { try Checkpoint.load(path, scorers: Catalog.scorers) }
        #expect(
            refusal.description.contains("there is no \(outsider.noun) \"\(outsider.name)\". There are: "), "\(refusal)"
        )
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
