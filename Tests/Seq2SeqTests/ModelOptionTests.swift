// Every architecture: it learns, its gradients are right, and a sentence is not touched by the others in its batch.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private let scorerNames: [String] = Catalog.scorers.map { $0.card.name }

@Suite("Model options") struct ModelOptionTests {
    @Test("every architecture learns to copy a little", arguments: everyArchitecture)
    func learns(settings: ModelSettings) throws {
        let data = try tinyData(train: 24, dev: 8)
        let translator = try tinyTranslator(settings, words: data.train)
        let dev = try translator.encoded(data.dev)
        let before = try translator.loss(dev)
        let trainer = try Trainer(translator, tinyTraining(steps: 40), train: data.train, dev: data.dev)
        try trainer.run()
        let after = try translator.loss(dev)
        #expect(after < 0.95 * before, "dev loss went from \(before) to \(after)")
    }

    @Test("every architecture has the gradients that finite differences have", arguments: everyArchitecture)
    func gradients(settings: ModelSettings) throws {
        let data = try tinyData(train: 8)
        let translator = try tinyTranslator(settings, words: data.train)
        let batch = try Batch(translator.encoded(Array(data.train.prefix(3))))
        try checkLossGradients(of: translator.model, batch)
    }

    @Test("every scorer has the gradients that finite differences have", arguments: scorerNames)
    func scorerGradients(name: String) throws {
        let data = try tinyData(train: 8)
        let translator = try tinyTranslator(tinySettings(name), words: data.train)
        let batch = try Batch(translator.encoded(Array(data.train.prefix(3))))
        try checkLossGradients(of: translator.model, batch)
    }

    @Test("every scorer has them as the cross-attention of a Transformer's layers", arguments: scorerNames)
    func crossAttentionGradients(name: String) throws {
        let data = try tinyData(train: 8)
        let translator = try tinyTranslator(tinyTransformer(name), words: data.train)
        let batch = try Batch(translator.encoded(Array(data.train.prefix(3))))
        try checkLossGradients(of: translator.model, batch)
    }

    @Test(
        "padding and neighbours change neither loss nor translation",
        arguments: everyArchitecture + scorerNames.map(tinySettings) + scorerNames.map { tinyTransformer($0) })
    func batchIndependence(settings: ModelSettings) throws {
        let data = try tinyData(train: 20, lengths: 1...5)
        let translator = try tinyTranslator(settings, words: data.train)
        let model = translator.model
        let pairs = try translator.encoded(Array(data.train.prefix(7)))
        #expect(Set(pairs.map(\.source.count)).count > 2, "the batch must have padding")
        let together = try Batch(pairs)
        let sum = try Double(model.loss(together).item()) * Double(together.targetTokenCount)
        let singles = try pairs.map { pair in
            let batch = try Batch([pair])
            return try Double(model.loss(batch).item()) * Double(batch.targetTokenCount)
        }
        #expect(agree(sum, singles.reduce(0, +), of: sum))
        let greedy = try model.greedy(together.source, lengths: together.sourceLengths)
        for (b, pair) in pairs.enumerated() {
            let alone = try #require(try model.greedy(pair.source, lengths: [pair.source.count]).first)
            #expect(greedy[b].tokens == alone.tokens && greedy[b].isFinished == alone.isFinished)
            #expect(sameLogProbability(greedy[b].logProbability, alone.logProbability, steps: alone.tokens.count + 1))
        }
    }

    /// A longer sentence counts for more, and the last batch of a look at dev is rarely full.
    @Test("the loss of many pairs is the mean over their tokens, however many are in a batch", arguments: [1, 3, 4])
    func lossOfBatches(size: Int) throws {
        let data = try tinyData(dev: 10, lengths: 1...5)
        let translator = try tinyTranslator(words: data.train), pairs = try translator.encoded(data.dev)
        let whole = try translator.loss(pairs)
        #expect(try agree(translator.loss(pairs, batchSize: size), whole, of: whole))
        let logProbability = try translator.align(data.dev).reduce(0) { $0 + $1.logProbability }
        #expect(agree(whole, -logProbability / Double(pairs.reduce(0) { $0 + $1.target.count + 1 }), of: whole))
        let bySentence = try pairs.reduce(0) { try $0 + translator.loss([$1]) } / Double(pairs.count)
        #expect(!agree(bySentence, whole, of: whole), "sentences must differ, or nothing is tested")
    }

    @Test("the number of parameters does not depend on what is only order: timing, feeding kind") func parameterCounts()
        throws
    {
        func count(_ change: (inout ModelSettings) -> Void) throws -> Int {
            var settings = tinySettings()
            change(&settings)
            let type = try scorerType("bahdanau")
            return TranslationModel(settings, scorer: type, sourceVocabulary: 10, targetVocabulary: 10, seed: 1)
                .parameters.count
        }
        let reference = try count { _ in }
        #expect(try count { $0.timing = .before } == reference)
        #expect(try count { $0.feeding = .attentional } == reference)
        // What is not fed needs no weights: D rows of three gates.
        #expect(try count { $0.feeding = .none } == reference - 8 * 3 * 8)
        #expect(try count { $0.bridge = .zero } == reference - (8 * 8 + 8))
        #expect(try count { $0.cell = .lstm } > reference)
    }

    @Test("ids beyond the vocabulary and empty sentences are refused before they read other memory") func badInput()
        throws
    {
        let model = try TranslationModel(
            tinySettings(), scorer: scorerType("bahdanau"), sourceVocabulary: 10,
            targetVocabulary: 10, seed: 1)
        let far = #expect(throws: ShapeError.self) { try model.greedy([4, 10], lengths: [2]) }
        #expect(far?.description.contains("source id 10 is outside the vocabulary of 10") == true)
        let empty = #expect(throws: ShapeError.self) { try model.greedy([4, 0], lengths: [1, 0]) }
        #expect(empty?.description.contains("sentence 1 of the batch has no word") == true)
    }
}

@Suite("Forced decoding") struct ForcedDecodingTests {
    @Test(
        "rows sum to 1 over the real words, and are the weights of the training pass",
        arguments: scorerNames.filter { $0 != "none" })
    func weights(name: String) throws {
        let data = try tinyData(train: 20, lengths: 1...5)
        let translator = try tinyTranslator(tinySettings(name), words: data.train)
        let model = translator.model
        let batch = try Batch(translator.encoded(Array(data.train.prefix(6))))
        let forced = try model.forced(batch)
        model.parameters.tape.reset()
        let memory = try model.encode(SourceSentences(batch))
        let recorded = try model.teacherForce(batch.targetInput, steps: batch.targetWidth, memory).weights.map(\.values)
        #expect(model.parameters.tape.count > 0, "the second pass is the recorded one")
        for (b, alignment) in forced.enumerated() {
            #expect(alignment.weights.count == batch.targetLengths[b] - 1)
            for (t, row) in (alignment.weights + [alignment.endWeights]).enumerated() {
                #expect(row.count == batch.sourceLengths[b])
                #expect(agree(row.reduce(0, +), 1, of: 1) && row.allSatisfy { $0 >= 0 })
                let trained = (0..<row.count).map { Double(recorded[t][b * batch.sourceWidth + $0]) }
                #expect(row == trained)
            }
        }
    }

    @Test("the log probabilities are the loss, summed over the batch") func logProbability() throws {
        let data = try tinyData(train: 20, lengths: 1...5)
        let translator = try tinyTranslator(words: data.train)
        let pairs = Array(data.train.prefix(6)), batch = try Batch(translator.encoded(pairs))
        let loss = try Double(translator.model.loss(batch).item()) * Double(batch.targetTokenCount)
        let total = try translator.model.forced(batch).reduce(0) { $0 + $1.logProbability }
        #expect(sameLogProbability(total, -loss, steps: batch.targetTokenCount))
        // In the order of the pairs, whatever the batches are made of.
        let aligned = try translator.align(pairs, batchSize: 2).map(\.logProbability)
        let direct = try translator.model.forced(batch).map(\.logProbability)
        #expect(agree(aligned, direct))
    }

    @Test(
        "the next word is that of forced decoding; with its own weights put back it is the same, with others it is not",
        arguments: everyArchitecture)
    func nextWord(settings: ModelSettings) throws {
        let data = try tinyData(train: 20, lengths: 4...5)
        let translator = try tinyTranslator(settings, words: data.train)
        let model = translator.model, pair = try #require(translator.encoded(data.train).first)
        let forced = try #require(model.forced(Batch([pair])).first)
        var total = 0.0
        for t in 0...pair.target.count {
            let prefix = Array(pair.target.prefix(t)), word = t < pair.target.count ? pair.target[t] : Vocabulary.end
            let next = try model.nextWord(source: pair.source, after: prefix)
            #expect(agree(next.probabilities.reduce(0, +), 1, of: 1))
            let row = t < pair.target.count ? forced.weights[t] : forced.endWeights
            #expect(agree(next.weights, row, of: 1))
            total += log(next.probabilities[word])
            let same = try model.nextWord(source: pair.source, after: prefix, weights: next.weights)
            #expect(agree(same.probabilities, next.probabilities))
            let first = pair.source.indices.map { $0 == 0 ? 1.0 : 0 }
            let other = try model.nextWord(source: pair.source, after: prefix, weights: first)
            #expect(other.weights == first && other.probabilities != next.probabilities)
        }
        #expect(sameLogProbability(total, forced.logProbability, steps: pair.target.count + 1))
        #expect(throws: ShapeError.self) { try model.nextWord(source: pair.source, after: [], weights: [1]) }
    }

    @Test("no sentences have no translations and no alignments") func nothing() throws {
        let translator = try tinyTranslator(words: tinyData().train)
        #expect(try translator.translate([[String]]()).isEmpty && translator.align([]).isEmpty)
    }

    @Test("greedy search is as probable as forced decoding of what it said") func greedyIsForced() throws {
        let data = try tinyData()
        let translator = try tinyTranslator(words: data.train)
        try Trainer(translator, tinyTraining(steps: 60), train: data.train, dev: []).run()
        for hypothesis in try zip(data.test, translator.translate(data.test.map(\.source)))
        where hypothesis.1.isFinished {
            let pair = try EncodedPair(
                source: translator.source.ids(of: hypothesis.0.source), target: hypothesis.1.tokens)
            let forced = try #require(try translator.model.forced(Batch([pair])).first)
            #expect(
                sameLogProbability(forced.logProbability, hypothesis.1.logProbability, steps: pair.target.count + 1))
            #expect(agree(Array(forced.weights.joined()), Array(hypothesis.1.weights.joined()), of: 1))
        }
    }
}

@Suite("Beam search") struct BeamSearchTests {
    /// Half trained, so that there is something to search for.
    private func model(steps: Int) throws -> (Translator, [[Int]]) {
        let data = try tinyData(test: 12)
        let translator = try tinyTranslator(words: data.train)
        try Trainer(translator, tinyTraining(steps: steps), train: data.train, dev: []).run()
        return (translator, data.test.map { translator.source.ids(of: $0.source) })
    }

    @Test("a beam of 1 is greedy search, whatever the length penalty", arguments: [0, 20, 60, 150], [0, 0.6, 2])
    func beamOfOne(steps: Int, penalty: Double) throws {
        let (translator, sources) = try model(steps: steps)
        for source in sources {
            let greedy = try #require(try translator.model.greedy(source, lengths: [source.count]).first)
            let beam = try #require(
                try translator.model.beam(source, BeamSettings(width: 1, lengthPenalty: penalty)).first)
            #expect(beam.tokens == greedy.tokens && beam.isFinished == greedy.isFinished)
            #expect(sameLogProbability(beam.logProbability, greedy.logProbability, steps: greedy.tokens.count + 1))
        }
    }

    @Test("a wide beam finds what trying every sentence finds", arguments: [0, 0.6, 1.5], [0, 0.3])
    func exhaustive(penalty: Double, coverage: Double) throws {
        // Two words and the unknown one, at most three: 1 + 3 + 9 + 27 sentences.
        let model = try TranslationModel(
            tinySettings(), scorer: scorerType("bahdanau"), sourceVocabulary: 6, targetVocabulary: 6, seed: 3)
        // Larger weights than at the start, so that no two sentences are about as good.
        for (name, tensor) in zip(model.parameters.names, model.parameters.tensors) {
            try model.parameters.set(name, to: tensor.values.map { 3 * $0 })
        }
        let source = [4, 5, 4]
        var all: [[Int]] = [[]], longest: [[Int]] = [[]]
        for _ in 0..<3 {
            longest = longest.flatMap { start in [3, 4, 5].map { start + [$0] } }
            all += longest
        }
        let forced = try all.map {
            try #require(try model.forced(Batch([EncodedPair(source: source, target: $0)])).first)
        }
        let scores = zip(all, forced).map { tokens, forced in
            let length = Double(tokens.count + 1)
            let covered = (0..<3).map { i in min(forced.weights.reduce(forced.endWeights[i]) { $0 + $1[i] }, 1) }
            return forced.logProbability / pow((5 + length) / 6, penalty) + coverage
                * covered.reduce(0) { $0 + log($1) }
        }
        let ranked = all.indices.sorted { scores[$0] > scores[$1] }
        var settings = BeamSettings(width: 64, best: 5, lengthPenalty: penalty, coveragePenalty: coverage)
        settings.limit = LengthLimit(factor: 0, extra: 4)
        let found = try model.beam(source, settings)
        #expect(found.map(\.tokens) == ranked.prefix(5).map { all[$0] })
        for (hypothesis, index) in zip(found, ranked) {
            let steps = hypothesis.tokens.count + 1
            #expect(sameLogProbability(hypothesis.score, scores[index], steps: steps))
            #expect(sameLogProbability(hypothesis.logProbability, forced[index].logProbability, steps: steps))
        }
    }

    @Test("the n best are as many as asked for, distinct, and best first") func nBest() throws {
        let (translator, sources) = try model(steps: 40)
        for source in sources {
            let found = try translator.model.beam(source, BeamSettings(width: 4, best: 4))
            #expect(found.count == 4 && Set(found.map(\.tokens)).count == 4)
            #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
            for hypothesis in found {
                #expect(hypothesis.weights.count == hypothesis.tokens.count)
                #expect(hypothesis.weights.allSatisfy { $0.count == source.count && agree($0.reduce(0, +), 1, of: 1) })
                #expect(
                    !hypothesis.tokens.contains {
                        $0 == Vocabulary.pad || $0 == Vocabulary.begin || $0 == Vocabulary.end
                    })
            }
        }
    }

    @Test("a higher length penalty never chooses a shorter translation of the same candidates") func lengthPenalty()
        throws
    {
        let (translator, sources) = try model(steps: 40)
        var changed = 0
        for source in sources {
            let lengths = try [0, 1, 3].map { penalty in
                // As wide as the search needs to see about the same candidates each time.
                try #require(try translator.model.beam(source, BeamSettings(width: 24, lengthPenalty: penalty)).first)
                    .tokens.count
            }
            #expect(lengths == lengths.sorted())
            if lengths.first != lengths.last { changed += 1 }
        }
        #expect(changed > 0)
    }

    @Test("a larger beam is no less probable than greedy search on a trained model", arguments: [2, 4, 8])
    func largerBeam(width: Int) throws {
        let (translator, sources) = try model(steps: 300)
        for source in sources {
            let greedy = try #require(try translator.model.greedy(source, lengths: [source.count]).first)
            let beam = try #require(
                try translator.model.beam(source, BeamSettings(width: width, lengthPenalty: 0)).first)
            let same = sameLogProbability(beam.logProbability, greedy.logProbability, steps: greedy.tokens.count + 1)
            #expect(beam.logProbability >= greedy.logProbability || same)
        }
    }

    @Test("a sentence that the limit cuts off is returned unfinished") func limit() throws {
        let (translator, sources) = try model(steps: 0)
        var settings = BeamSettings(width: 3)
        settings.limit = LengthLimit(factor: 0, extra: 1)
        for source in sources {
            let found = try #require(try translator.model.beam(source, settings).first)
            #expect(found.tokens.count <= 1 && found.isFinished == found.tokens.isEmpty)
        }
    }
}
