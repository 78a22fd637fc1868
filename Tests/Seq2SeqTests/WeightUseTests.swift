// What the uses of the weights promise in a model: gradients, searches that agree with forced decoding, random numbers
// that neither threads nor a pause change, and sentences for models that cannot have them.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private func settings(
    _ use: UseOfWeights, _ scorer: String = "bahdanau", top: Int? = nil, softStart: Double = 0.5
) -> ModelSettings {
    var settings = tinySettings(scorer)
    (settings.use, settings.top, settings.softStart) = (use, top, softStart)
    return settings
}

private let hard: [UseOfWeights] = [.words, .sampled, .straightThrough]

/// Scorers that a word can be written from one word of.
private let looking = Catalog.scorers.filter {
    (try? settings(.words, $0.card.name).checkUse($0)) != nil
}.map { $0.card.name }

@Suite("Uses of the weights") struct WeightUseTests {
    private func batch(_ translator: Translator, _ data: Dataset, _ count: Int = 4) throws -> Batch {
        try Batch(translator.encoded(Array(data.train.prefix(count))))
    }

    @Test(
        "the exact sum has the gradients that finite differences have", arguments: looking,
        Catalog.normalisers.map { $0.card.name })
    func gradients(scorer: String, normaliser: String) throws {
        let data = try tinyData(train: 20, lengths: 3...5)
        var model = settings(.words, scorer)
        model.normalisation = try #require(Normalisation(rawValue: normaliser))
        guard try model.isPossible(scorerType(scorer)) else { return }
        let translator = try tinyTranslator(model, words: data.train), batch = try batch(translator, data, 3)
        #expect(batch.targetWidth >= 4, "three steps and more")
        try checkGradients(of: translator.model.parameters, most: 3) { try translator.model.loss(batch) }
    }

    @Test("so has the sum over the best words alone") func gradientsOfTop() throws {
        let data = try tinyData(train: 20, lengths: 3...5)
        let translator = try tinyTranslator(settings(.words, top: 2), words: data.train)
        let batch = try batch(translator, data, 3)
        try checkGradients(of: translator.model.parameters, most: 3) { try translator.model.loss(batch) }
    }

    @Test("of one source word all uses are one")
    func oneWord() throws {
        let data = try tinyData(train: 20, symbols: 60, lengths: 1...1)
        func loss(_ settings: ModelSettings) throws -> Double {
            let translator = try tinyTranslator(settings, words: data.train)
            return try Double(translator.model.loss(batch(translator, data)).item())
        }
        let mean = try loss(settings(.mean))
        for use in hard { #expect(try agree(loss(settings(use)), mean, of: 4)) }
    }

    @Test("the best word alone costs more than two, and those more than all; as many as there are cost the same")
    func top() throws {
        let data = try tinyData(train: 20, lengths: 4...5)
        func loss(_ top: Int?) throws -> Double {
            let translator = try tinyTranslator(settings(.words, top: top), words: data.train)
            return try Double(translator.model.loss(batch(translator, data)).item())
        }
        let (one, two, all) = try (loss(1), loss(2), loss(nil))
        #expect(one > two && two > all)
        #expect(try loss(5) == all && loss(64) == all)
    }

    @Test("forced decoding reads the posterior, and has the weights themselves as the prior", arguments: hard)
    func reading(use: UseOfWeights) throws {
        let data = try tinyData(train: 20, lengths: 2...5), pairs = Array(data.train.prefix(6))
        let translator = try tinyTranslator(settings(use), words: data.train)
        let soft = try tinyTranslator(settings(.mean), words: data.train)
        for (own, mean) in try zip(translator.align(pairs), soft.align(pairs)) {
            #expect(own.reading == .posterior && mean.reading == .prior && mean.prior == nil)
            #expect(own.prior == mean.weights, "the same parameters, and the mean context fed: the same weights")
            #expect(own.weights != mean.weights)
            for row in own.weights + [own.endWeights] { #expect(agree(row.reduce(0, +), 1, of: 1)) }
        }
    }

    @Test("a search finds the probability and the alignment that forced decoding has", arguments: hard, [nil, 2])
    func search(use: UseOfWeights, top: Int?) throws {
        let data = try tinyData()
        let translator = try tinyTranslator(settings(use, top: top), words: data.train)
        try Trainer(translator, tinyTraining(steps: 60), train: data.train, dev: []).run()
        let sentences = data.test.map(\.source)
        let beams = try sentences.flatMap { try translator.translate($0, beam: BeamSettings(width: 3, best: 2)) }
        let sources = sentences.flatMap { [$0, $0] }
        var finished = 0
        for (source, found) in try zip(sentences + sources, translator.translate(sentences) + beams)
        where found.isFinished {
            finished += 1
            let pair = try EncodedPair(source: translator.source.ids(of: source), target: found.tokens)
            let forced = try #require(try translator.model.forced(Batch([pair])).first)
            #expect(
                sameLogProbability(forced.logProbability, found.logProbability, steps: pair.target.count + 1))
            #expect(agree(Array(forced.weights.joined()), Array(found.weights.joined()), of: 4))
            #expect(agree(forced.endWeights, try #require(found.endWeights), of: 4))
            let next = try translator.model.nextWord(source: pair.source, after: [])
            #expect(agree(next.probabilities.reduce(0, +), 1, of: 1))
        }
        #expect(finished > sentences.count / 2)
    }

    @Test("the log probabilities of forced decoding are the loss, summed over the batch") func logProbability() throws {
        let data = try tinyData(train: 20, lengths: 1...5)
        let translator = try tinyTranslator(settings(.words), words: data.train), batch = try batch(translator, data, 6)
        let loss = try Double(translator.model.loss(batch).item()) * Double(batch.targetTokenCount)
        let total = try translator.model.forced(batch).reduce(0) { $0 + $1.logProbability }
        #expect(sameLogProbability(total, -loss, steps: batch.targetTokenCount))
    }

    // MARK: training

    private struct Outcome: Equatable {
        let parameters: [[Scalar]], history: [TrainingReport]

        init(_ trainer: Trainer) {
            parameters = trainer.translator.model.parameters.tensors.map(\.values)
            history = trainer.history
        }
    }

    private func trainer(
        _ settings: ModelSettings, steps: Int = 30, shards: Int = 1, threads: Int = 1
    ) throws -> Trainer {
        let data = try tinyData()
        var training = tinyTraining(steps: steps)
        training.shards = shards
        return try Trainer(
            tinyTranslator(settings, words: data.train), training, train: data.train, dev: data.dev, threads: threads)
    }

    private func trained(_ settings: ModelSettings, shards: Int = 1, threads: Int = 1) throws -> Outcome {
        let trainer = try trainer(settings, shards: shards, threads: threads)
        try trainer.run()
        return Outcome(trainer)
    }

    @Test("each use learns, and differently", arguments: hard) func learns(use: UseOfWeights) throws {
        let trainer = try trainer(settings(use, softStart: 0.2), steps: 200)
        try trainer.run()
        let first = try #require(trainer.history.first)
        #expect(trainer.bestDevLoss < 0.7 * first.devLoss)
        #expect(Set(try hard.map { try trained(settings($0)).history.map(\.devLoss) }).count == hard.count)
    }

    @Test("random numbers are the same on any number of threads, and after a pause", arguments: hard, [1, 3])
    func threads(use: UseOfWeights, shards: Int) throws {
        let settings = settings(use, softStart: 0.3), one = try trained(settings, shards: shards)
        #expect(try trained(settings, shards: shards, threads: 2) == one)
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint", data = try tinyData()
        defer { try? FileManager.default.removeItem(atPath: path) }
        for step in [4, 20] {
            let first = try trainer(settings, shards: shards)
            try first.run(progress: { $0.step < step })
            try Checkpoint.save(first, to: path)
            let second = try Checkpoint.resume(path, scorers: Catalog.scorers, train: data.train, dev: data.dev)
            try second.run()
            #expect(Outcome(second) == one)
        }
        let loaded = try Checkpoint.load(path, scorers: Catalog.scorers).translator
        #expect(loaded.model.settings == settings)
    }

    @Test("a soft start is the training with the mean context, and a longer one is another training")
    func softStart() throws {
        func parameters(_ use: UseOfWeights, _ share: Double) throws -> [[Scalar]] {
            try trained(settings(use, softStart: share)).parameters
        }
        let mean = try parameters(.mean, 0.5)
        for use in [UseOfWeights.sampled, .straightThrough] {
            #expect(try parameters(use, 1) == mean)
            #expect(try Set([0, 0.5, 1].map { try parameters(use, $0) }).count == 3)
        }
    }

    @Test("the term of the samples is reported in every look, the soft start among them") func term() throws {
        let history = try trained(settings(.sampled)).history
        #expect(history.count == 3 && history.allSatisfy { $0.terms?.map(\.name) == [SampledWords.term] })
        #expect(history.first?.terms?.first?.value == 0 && history.last?.terms?.first?.value != 0)
    }

    // MARK: refusals

    @Test("what cannot be is said in a sentence, before anything is trained", arguments: hard)
    func refusals(use: UseOfWeights) throws {
        func refusal(
            _ scorer: any AttentionScorer.Type, _ change: (inout ModelSettings) -> Void = { _ in }
        ) throws -> String {
            var settings = settings(use, scorer.card.name)
            change(&settings)
            return try #require(throws: InputError.self) { try settings.check(scorer, longestSource: 5) }.description
        }
        let bahdanau = try scorerType("bahdanau")
        #expect(try refusal(bahdanau) { $0.timing = .before }.contains("with the query before the cell"))
        #expect(try refusal(bahdanau) { $0.copying = .pointer }.contains("this is copying pointer"))
        for name in ["none", "uniform"] where try !scorerType(name).card.hasAlignment {
            #expect(try refusal(scorerType(name)).contains("\(name) looks at no word in particular"))
        }
        #expect(try refusal(HalfSeeing.self).contains("the weights of half-seeing do not sum to 1"))
        #expect(try refusal(Bent.self).contains("the context of bent is no mean of what stands at single words"))
        try settings(use).check(bahdanau, longestSource: 5)
    }

    @Test("smoothed labels are refused where words are written one by one") func smoothing() throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 5)
        training.labelSmoothing = 0.1
        for use in hard {
            let refusal = try #require(throws: InputError.self) {
                try Trainer(
                    tinyTranslator(settings(use), words: data.train), training, train: data.train, dev: data.dev)
            }
            #expect(refusal.description.contains("smooths no labels"))
        }
    }

    @Test("dropout takes its share of the readouts of words, and none outside training", arguments: hard)
    func dropout(use: UseOfWeights) throws {
        let data = try tinyData()
        func parameters(_ rate: Double) throws -> [[Scalar]] {
            var training = tinyTraining(steps: 8)
            training.dropout = rate
            let trainer = try Trainer(
                tinyTranslator(settings(use, softStart: 0), words: data.train), training, train: data.train,
                dev: data.dev)
            try trainer.run()
            return trainer.translator.model.parameters.tensors.map(\.values)
        }
        #expect(try parameters(0.3) == parameters(0.3) && parameters(0.3) != parameters(0))
    }

    @Test("a number of words without a use for them is refused") func topWithoutUse() throws {
        let refusal = try #require(throws: InputError.self) {
            try settings(.mean, top: 3).check(scorerType("bahdanau"), longestSource: 5)
        }
        #expect(refusal.description.contains("give the use words, or leave top out"))
    }
}

extension ModelSettings {
    fileprivate func isPossible(_ scorer: any AttentionScorer.Type) throws -> Bool {
        do { try check(scorer, longestSource: 5) } catch is InputError { return false }
        return true
    }
}

/// Weights that sum to less than 1.
private struct HalfSeeing: AttentionScorer {
    static let card = ScorerCard(name: "half-seeing", equation: "e = 0", paper: "none", cost: "none", mass: .atMostOne)

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }

    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        try how.weights(from: scores, lengths: memory.lengths).scaled(by: 0.5)
    }
}

/// A context that is no mean of states.
private struct Bent: AttentionScorer {
    static let card = ScorerCard(name: "bent", equation: "e = sᵀh", paper: "none", cost: "none")

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }

    func context(weights: Tensor, memory: Memory) throws -> Tensor { try weights.weightedSum(of: memory.states).tanh() }
}
