// Several models that write one translation.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import Testing

@testable import Seq2Seq

@Suite("Ensembles") struct EnsembleTests {
    private func translators(_ settings: [ModelSettings], seeds: [UInt64]) throws -> [Translator] {
        let data = try tinyData()
        return try zip(settings, seeds).map { try tinyTranslator($0, words: data.train, seed: $1) }
    }

    private let sentence = ["ba", "bi", "ba"]

    @Test("a model with itself is the model", arguments: [1, 3]) func itself(width: Int) throws {
        let model = try translators([tinySettings()], seeds: [1])[0], beam = BeamSettings(width: width)
        let alone = try Ensemble([model], names: ["a"]).translate(sentence, beam: beam)
        let twice = try Ensemble([model, model], names: ["a", "a"]).translate(sentence, beam: beam)
        #expect(alone.map(\.tokens) == twice.map(\.tokens))
        for (one, other) in zip(alone, twice) {
            #expect(abs(one.logProbability - other.logProbability) < 1e-3)
            for (row, same) in zip(one.weights, other.weights) {
                #expect(zip(row, same).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
    }

    @Test("two models: the mean of their log-probabilities, and of their weights") func two() throws {
        let models = try translators([tinySettings(), tinySettings("luong-dot")], seeds: [1, 2])
        let found = try Ensemble(models, names: ["a", "b"]).translate(
            sentence, beam: BeamSettings(width: 1))[0]
        let ids = models[0].source.ids(of: sentence)
        var total = 0.0
        for (step, word) in (found.tokens + (found.isFinished ? [Vocabulary.end] : [])).enumerated() {
            let looks = try models.map { try $0.model.nextWord(source: ids, after: Array(found.tokens.prefix(step))) }
            let means = zip(looks[0].probabilities, looks[1].probabilities).map { (log($0) + log($1)) / 2 }
            let best = means.indices.dropFirst(Vocabulary.end).max { means[$0] < means[$1] }
            #expect(best == word)
            total += means[word] - log(means.reduce(0) { $0 + exp($1) })
            guard step < found.weights.count else { continue }
            for (i, weight) in found.weights[step].enumerated() {
                #expect(abs(weight - (looks[0].weights[i] + looks[1].weights[i]) / 2) < 1e-5)
            }
        }
        #expect(abs(found.logProbability - total) < 1e-3)
    }

    @Test("who looks nowhere has no say in the weights") func nowhere() throws {
        let models = try translators([tinySettings("none"), tinySettings()], seeds: [1, 2])
        let ensemble = try Ensemble(models, names: ["a", "b"])
        #expect(ensemble.first.model.scorerCard.hasAlignment)
        let found = try ensemble.translate(sentence, beam: BeamSettings(width: 2))[0]
        #expect(found.weights.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-4 })
    }

    @Test("copies of words outside the vocabulary, by both") func copying() throws {
        var settings = tinySettings()
        (settings.copying, settings.minimumCount) = (.pointer, 2)
        let models = try translators([settings, settings], seeds: [1, 2])
        let found = try Ensemble(models, names: ["a", "b"]).translate(["Xyz", "ba"], beam: BeamSettings(width: 2))
        #expect(found.allSatisfy { $0.logProbability.isFinite })
    }

    @Test("other words, other output layers, other readings: refused with what to do") func refusals() throws {
        func refusal(_ second: Translator) throws -> String {
            let first = try translators([tinySettings()], seeds: [1])[0]
            return try #require(throws: InputError.self) { try Ensemble([first, second], names: ["a.ck", "b.ck"]) }
                .description
        }
        let fewer = try tinyTranslator(words: tinyData(train: 2).train)
        #expect(
            try refusal(fewer).contains("“a.ck” and “b.ck” cannot write one translation together: they do not know"))
        var pieces = tinySettings(), copying = tinySettings(), hard = tinySettings("luong-dot")
        (pieces.subwords, copying.copying, hard.use) = (3, .pointer, .words)
        #expect(try refusal(translators([pieces], seeds: [1])[0]).contains("--subwords"))
        #expect(try refusal(translators([copying], seeds: [1])[0]).contains("give both the same --copying"))
        #expect(try refusal(translators([hard], seeds: [1])[0]).contains("give both the same --use"))
        #expect(throws: InputError.self) { try Ensemble([], names: []) }
    }
}
