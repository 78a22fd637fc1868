// Models with every normaliser: weights of exactly 0 go through training, copying, search and the measures.

import AttentionScorers
import Corpora
import Evaluation
import Foundation
import Seq2Seq
import TensorCore
import TestSupport
import Testing

@Suite("Models with every normaliser") struct NormaliserTests {
    @Test(
        "it trains, aligns and searches, and all its figures are numbers", arguments: Normalisation.allCases,
        [Copying.none, .pointer])
    func lives(normalisation: Normalisation, copying: Copying) throws {
        let data = try tinyData()
        var settings = tinySettings("luong-general")
        (settings.normalisation, settings.copying) = (normalisation, copying)
        var training = tinyTraining(steps: 60)
        training.shards = 2
        func trained(threads: Int) throws -> Trainer {
            let trainer = try Trainer(
                tinyTranslator(settings, words: data.train), training, train: data.train, dev: data.dev,
                threads: threads)
            try trainer.run()
            return trainer
        }
        let trainer = try trained(threads: 1)
        let first = try #require(trainer.history.first), last = try #require(trainer.history.last)
        #expect(last.devLoss < first.devLoss)
        #expect(try trained(threads: 2).history == trainer.history)

        var zeros = 0
        for (pair, forced) in zip(data.test, try trainer.translator.align(data.test)) {
            #expect(forced.logProbability.isFinite)
            for row in forced.weights {
                #expect(agree(row.reduce(0, +), 1, of: 1) && row.allSatisfy { $0 >= 0 })
                #expect(normalisedEntropy(row, sourceCount: max(2, pair.source.count)).isFinite)
                zeros += row.count { $0 == 0 }
            }
        }
        #expect((zeros > 0) == (normalisation.part?.isSparse == true), "\(zeros) weights are exactly 0")
        let sentence = try #require(data.test.first).source
        for found in try trainer.translator.translate(sentence, beam: BeamSettings(width: 3, best: 3)) {
            #expect(found.logProbability.isFinite && found.score.isFinite)
        }
    }

    @Test("the line above a table calls each by its name", arguments: Normalisation.allCases)
    func phrase(normalisation: Normalisation) throws {
        let phrases = [
            "masked": "masked softmax", "renormalising": "renormalising softmax", "sparsemax": "sparsemax",
            "entmax-1.5": "entmax-1.5",
        ]
        var settings = tinySettings()
        settings.normalisation = normalisation
        let line = ModelSettings.settings(.standard).heading(settings, standard: tinySettings())
        let phrase = try #require(phrases[normalisation.rawValue])
        #expect(line.contains("bridge summary, \(phrase)"), "\(line)")
    }
}
