// Terms of the loss: their gradients, how parts of a batch add up, how they are reported, and who may add them.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private let spread = ObjectiveKind(Spread.self), supervised = ObjectiveKind(Supervised.self)

/// A scorer that adds a term of its own.
private struct Weighty: AttentionScorer, LossTerms {
    static let card = ScorerCard(name: "weighty", equation: "sᵀ hᵢ", paper: "–", cost: "B·S·D")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }

    static func terms(_ seen: TaughtBatch) -> [LossTerm] {
        [LossTerm("first step", sum: seen.weights[0].sum(), per: .pair)]
    }
}

/// No number, from the second step on.
private enum Broken: Objective {
    static let card = PartCard(name: "broken", equation: "0/0", source: "–")
    static func terms(_ seen: TaughtBatch) -> [LossTerm] {
        let sum = seen.weights[0].sum()
        return [LossTerm("broken", sum: seen.progress.step > 0 ? sum.scaled(by: .nan) : sum, per: .pair)]
    }
}

@Suite("Objectives") struct ObjectiveTests {
    private func batch(_ translator: Translator, _ data: Dataset) throws -> Batch {
        try Batch(Array(translator.encoded(data.train).prefix(7)))
    }

    private func trained(_ objective: ObjectiveKind, shards: Int = 1, threads: Int = 1) throws -> Trainer {
        let data = try tinyData()
        var training = tinyTraining(steps: 20)
        (training.objective, training.shards) = (objective, shards)
        let trainer = try Trainer(
            tinyTranslator(words: data.train), training, train: data.train, dev: data.dev, threads: threads)
        try trainer.run()
        return trainer
    }

    @Test("the gradient of cross-entropy and terms is that of finite differences", arguments: [spread, supervised])
    func gradients(objective: ObjectiveKind) throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), model = translator.model
        let batch = try batch(translator, data), totals = BatchTotals(batch)
        func loss() throws -> TaughtLoss {
            try model.loss(batch, of: totals, objective, TrainingProgress(step: 0, steps: 1))
        }
        try checkGradients(of: model.parameters, most: 4) { try loss().whole() }
        let values = try loss().values()
        let plain = try Double(model.loss(batch).item())
        #expect(values.crossEntropy == plain && values.terms.count == 1)
        #expect(values.whole == plain + values.terms[0].weight * values.terms[0].value)
    }

    @Test("a term is a mean over its unit: the weights of a word sum to 1, those on linked words to less")
    func means() throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), model = translator.model
        let batch = try batch(translator, data)
        let seen = TaughtBatch(
            batch: batch,
            weights: try model.teacherForce(
                batch.targetInput, steps: batch.targetWidth, model.encode(SourceSentences(batch))
            ).weights,
            progress: TrainingProgress(step: 0, steps: 1))
        let total = try seen.realWeights().reduce(0.0) { try $0 + Double($1.sum().item()) }
        #expect(
            agree(total, Double(batch.targetTokenCount), of: total), "what stands behind a target's end is left out")
        // In the copy task word t of the target is linked with word t of the source; the end with none.
        for t in 0..<batch.targetWidth {
            let links = seen.isLinked(t)
            for b in 0..<batch.count {
                let row = links[b * batch.sourceWidth..<(b + 1) * batch.sourceWidth]
                #expect(row.enumerated().allSatisfy { $1 == ($0 == t && t < batch.targetLengths[b] - 1) })
            }
        }
        #expect(BatchTotals(batch).count(.linkedWord) == batch.targetTokenCount - batch.count)
    }

    @Test("the parts of a batch have its gradient and its terms", arguments: [spread, supervised])
    func shards(objective: ObjectiveKind) throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), model = translator.model
        let batch = try batch(translator, data)
        let loss = try ShardedGradient(model, shards: 1, threads: 1, objective: objective).compute(batch)
        let gradient = model.parameters.tensors.map(\.gradient)
        let inParts = try ShardedGradient(model, shards: 3, threads: 2, objective: objective).compute(batch)
        #expect(agree(loss.crossEntropy, inParts.crossEntropy, of: loss.crossEntropy))
        #expect(agree(loss.terms[0].value, inParts.terms[0].value, of: 1))
        let size = GradientSize(gradient)
        for (got, expected) in zip(model.parameters.tensors.map(\.gradient), gradient) {
            #expect(agree(got, expected, of: size.of(expected)))
        }
    }

    @Test("threads change no bit of a training with a term") func threads() throws {
        let one = try trained(spread, shards: 3)
        #expect(try trained(spread, shards: 3, threads: 3).history == one.history)
    }

    @Test("a term is reported apart, and does what it asks for; the plain objective reports none") func reports() throws
    {
        let plain = try trained(.crossEntropy), spreading = try trained(spread), pointing = try trained(supervised)
        #expect(plain.history.allSatisfy { $0.terms == nil })
        #expect(try !String(decoding: JSONEncoder().encode(plain.history), as: UTF8.self).contains("terms"))
        #expect(spreading.history.allSatisfy { $0.terms?.map(\.name) == ["spread"] && $0.terms?[0].weight == 0.5 })
        let mass = try pointing.history.map { try #require($0.terms?.first?.value) }
        #expect(mass.allSatisfy { $0 > 0 && $0 < 1 })
        let before = try #require(try plain.translator.model.links())
        let after = try #require(try pointing.translator.model.links())
        #expect(after > before, "more weight lies on linked words than without")
        // Dev is judged by the cross-entropy alone.
        let dev = try spreading.translator.loss(spreading.dev)
        #expect(spreading.history.last?.devLoss == dev)
    }

    @Test("the losses since the last look at dev are in a checkpoint") func betweenLooks() throws {
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try tinyData(), whole = try trained(spread)
        var training = tinyTraining(steps: 20)
        training.objective = spread
        let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
        try trainer.run(progress: { $0.step < 14 })
        try Checkpoint.save(trainer, to: path)
        var parts = PartList.standard
        parts.objectives.append(Spread.self)
        let resumed = try Checkpoint.resume(
            path, scorers: Catalog.scorers, parts: parts, train: data.train, dev: data.dev)
        try resumed.run()
        #expect(resumed.history == whole.history)
    }

    @Test("an objective that reads gold alignments is refused where there are none") func gold() throws {
        let data = try tinyData()
        let bare = data.train.map { SentencePair(source: $0.source, target: $0.target) }
        var training = tinyTraining(steps: 2)
        training.objective = supervised
        let error = try #require(throws: InputError.self) {
            try Trainer(tinyTranslator(words: bare), training, train: bare, dev: [])
        }
        #expect(
            error.description.hasPrefix("the objective supervised reads gold alignments, and no training pair has one"))
    }

    @Test("a scorer adds terms of its own to any objective") func scorer() throws {
        let data = try tinyData()
        let translator = Translator(tinySettings("weighty"), scorer: Weighty.self, words: data.train, seed: 1)
        var training = tinyTraining(steps: 10)
        training.objective = spread
        let trainer = try Trainer(translator, training, train: data.train, dev: data.dev)
        try trainer.run()
        #expect(trainer.history.last?.terms?.map(\.name) == ["spread", "first step"])
    }

    @Test("a term that is no number is named") func broken() throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 10)
        training.objective = ObjectiveKind(Broken.self)
        let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
        let text = try #require(throws: RunError.self) { try trainer.run() }.description
        #expect(text.contains("the term \"broken\" of the loss became NaN at step 2"), "\(text)")
        #expect(
            text.contains("it began in the term \"broken\" of the loss, while the cross-entropy was finite"), "\(text)")
    }
}

extension TranslationModel {
    /// The mean weight of linked words on some sentences.
    fileprivate func links() throws -> Double? {
        let data = try tinyData(train: 10), translator = try tinyTranslator(words: tinyData().train)
        let batch = try Batch(translator.encoded(data.train))
        return try parameters.tape.withoutRecording {
            try loss(batch, of: BatchTotals(batch), supervised, TrainingProgress(step: 0, steps: 1)).values().terms
                .first?.value
        }
    }
}
