// Models that read and write pieces of words: what comes out of a translator is of words.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import Testing

@testable import Seq2Seq

private func inPieces(_ name: String = "bahdanau", merges: Int = 4) -> ModelSettings {
    var settings = tinySettings(name)
    (settings.subwords, settings.maximumSource) = (merges, 40)
    return settings
}

private func place() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)").path
}

@Suite("Subwords in a model") struct SubwordModelTests {
    @Test("weights of words are those of pieces by hand: summed over the source's, averaged over the target's")
    func alignment() throws {
        let data = try tinyData(), translator = try tinyTranslator(inPieces(), words: data.train), pair = data.test[0]
        var vocabularies = translator.vocabularies
        let read = vocabularies.read(pair), cut = try #require(read.pieces)
        let source = cut.source.wordOfPiece, target = cut.target.wordOfPiece
        #expect(source.count > pair.source.count, "some word is cut")
        let pieces = try translator.model.forced(Batch(translator.encoded([pair])))[0]
        let words = try translator.align([pair])[0]
        for j in pair.target.indices {
            for i in pair.source.indices {
                let rows = target.indices.filter { target[$0] == j },
                    columns = source.indices.filter { source[$0] == i }
                let mass = rows.reduce(0.0) { sum, row in columns.reduce(sum) { $0 + pieces.weights[row][$1] } }
                #expect(abs(words.weights[j][i] - mass / Double(rows.count)) < 1e-9)
            }
        }
        #expect(words.weights.count == pair.target.count && words.endWeights.count == pair.source.count)
        #expect(words.weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 })
        #expect(words.logProbability == pieces.logProbability)
    }

    @Test("heads and a posterior are of words too", arguments: ["multi-head-scaled-dot", "luong-dot"])
    func readings(name: String) throws {
        let data = try tinyData(), pair = data.test[0]
        var settings = inPieces(name)
        if name == "luong-dot" { settings.use = .words }
        let words = try tinyTranslator(settings, words: data.train).align([pair])[0]
        let tables = words.heads + [words.weights] + [words.prior].compactMap { $0 }
        #expect(tables.count > 1)
        for table in tables {
            #expect(table.count == pair.target.count && table.allSatisfy { $0.count == pair.source.count })
        }
    }

    @Test("a translation is of words, with a row of weights over the source's words for each") func translation() throws
    {
        let data = try tinyData(), translator = try tinyTranslator(inPieces(), words: data.train)
        let sentence = data.test[0].source + ["Xyz"]
        for found in try translator.translate([sentence]) + translator.translate(sentence, beam: BeamSettings(best: 2))
        {
            let words = translator.words(of: found, source: sentence)
            let weights = translator.weights(of: found, source: sentence)
            #expect(words.count <= found.tokens.count && weights.count == words.count)
            #expect(weights.allSatisfy { $0.count == sentence.count })
        }
        #expect(translator.knows("bababa", .source) && !translator.knows("Xyz", .source))
    }

    @Test("an end of a word without a word before it is none") func emptyWord() throws {
        let translator = try tinyTranslator(
            inPieces(merges: 1), words: [SentencePair(source: ["a", "b"], target: ["a", "b"])])
        let ids = translator.target.ids(of: [" ", "a", " ", " ", "b"])
        #expect(!ids.contains(Vocabulary.unknown))
        let rows = ids.indices.map { [Double($0), 0, 1] }
        let found = Hypothesis(tokens: ids, logProbability: 0, score: 0, weights: rows, endWeights: nil)
        #expect(translator.words(of: found, source: ["a", "b"]) == ["a", "b"])
        #expect(translator.weights(of: found, source: ["a", "b"]) == [[1.5, 1], [4, 1]])
    }

    @Test("killed and resumed, a training in pieces with means of looks is bit for bit one that never stopped")
    func resume() throws {
        let data = try tinyData(), file = place()
        defer { try? FileManager.default.removeItem(atPath: file) }
        func fresh() throws -> Trainer {
            var training = tinyTraining(steps: 40)
            (training.average, training.batchTokens) = (3, 200)
            return try Trainer(
                tinyTranslator(inPieces(), words: data.train), training, train: data.train, dev: data.dev)
        }
        let whole = try fresh(), first = try fresh()
        try whole.run()
        try first.run(progress: { $0.step < 23 })
        try Checkpoint.save(first, to: file)
        let second = try Checkpoint.resume(file, scorers: Catalog.scorers, train: data.train, dev: data.dev)
        #expect(second.translator.merges == first.translator.merges && second.translator.merges != nil)
        #expect(second.recent == first.recent && second.recent.count == 2)
        try second.run()
        #expect(
            ParameterValues(second.translator.model.parameters) == ParameterValues(whole.translator.model.parameters))
        #expect(second.bestParameters == whole.bestParameters && second.history == whole.history)
        try Checkpoint.save(second, to: file)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try Checkpoint.save(whole, to: file)
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
        let loaded = try Checkpoint.load(file, scorers: Catalog.scorers).translator
        #expect(loaded.merges == whole.translator.merges)
        try whole.restoreBest()
        #expect(
            try loaded.align(data.test).map(\.weights) == whole.translator.align(data.test).map(\.weights))
    }

    @Test("a model that copies copies pieces, and words come out whole") func copying() throws {
        var settings = inPieces("bahdanau", merges: 6)
        settings.copying = .pointer
        let data = try tinyData(), translator = try tinyTranslator(settings, words: data.train)
        let trainer = try Trainer(translator, tinyTraining(steps: 20), train: data.train, dev: data.dev)
        try trainer.run()
        let found = try translator.translate([["zuzuzu", "ba"]])[0]
        #expect(trainer.bestDevLoss.isFinite && !translator.words(of: found, source: ["zuzuzu", "ba"]).contains(""))
        let encoded = try translator.encoded([SentencePair(source: ["Xa"], target: ["Xa"])])[0]
        let copy = try #require(encoded.copying)
        #expect(copy.target[0] >= translator.target.count && copy.target[0] == copy.source[0], "an unseen letter")
    }

    @Test("terms that read gold read links between pieces") func supervised() throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 20)
        training.terms = [.supervised: 1, .supervisedMass: 1]
        let trainer = try Trainer(
            tinyTranslator(inPieces(), words: data.train), training, train: data.train, dev: data.dev)
        let gold = try #require(trainer.training[0].gold), pair = trainer.training[0]
        #expect(Set(gold.sure.map(\.target)) == Set(pair.target.indices), "every piece of a linked word is linked")
        try trainer.run()
        let report = try #require(trainer.history.last?.terms)
        #expect(report.count == 2 && report.allSatisfy { $0.value.isFinite && $0.value > 0 })
    }
}

@Suite("Means of parameters") struct ParameterValuesTests {
    @Test("the mean of the same is the same, bit for bit; of others it is their mean") func mean() {
        let odd = ParameterValues(values: [[0.1, -3.3e-7, 1e30], [7 / 3]])
        for count in 1...9 {
            #expect(ParameterValues.mean([ParameterValues](repeating: odd, count: count)) == odd)
        }
        let two = [[1, 2], [3]].map { $0.map { Scalar($0) } }, four = [[3, 6], [9]].map { $0.map { Scalar($0) } }
        #expect(
            ParameterValues.mean([ParameterValues(values: two), ParameterValues(values: four)]).values
                == [[2, 4], [6]].map { $0.map { Scalar($0) } })
    }

    @Test("what is kept is the mean over looks, and the training goes on from its own") func training() throws {
        let data = try tinyData()
        func trained(_ average: Int) throws -> (trainer: Trainer, looks: [ParameterValues]) {
            var training = tinyTraining(steps: 30)
            training.average = average
            let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
            var looks: [ParameterValues] = []
            try trainer.run(save: { looks.append(ParameterValues($0.translator.model.parameters)) })
            return (trainer, looks)
        }
        let plain = try trained(1), means = try trained(2)
        #expect(plain.looks == means.looks && plain.looks.count == 3, "the training itself is the same")
        let best = try #require(means.trainer.history.firstIndex { $0.devLoss == means.trainer.bestDevLoss })
        let kept = ParameterValues.mean(Array(plain.looks[max(0, best - 1)...best]))
        #expect(means.trainer.bestParameters == kept.values)
        try means.trainer.restoreBest()
        #expect(try means.trainer.translator.loss(means.trainer.dev) == means.trainer.bestDevLoss)
    }
}
