// Terms of the loss: their gradients, how parts of a batch add up, how they are reported, and who may add them.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

private let spread: TermList = [TermKind(Spread.self): 0.5], linked: TermList = [TermKind(LinkedMass.self): -1]
private let toolkit: TermList = [
    .coverage: 1, .supervised: 0.5, .supervisedMass: 0.25, .entropy: -0.1, .doublyStochastic: 0.2,
]

private func training(_ terms: TermList) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.terms = terms
    return settings
}

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
private enum Broken: WeightTerm {
    static let card = PartCard(name: "broken", equation: "0/0", source: "–")
    static let unit = LossTerm.Unit.pair
    static func sum(_ seen: TaughtBatch) -> Tensor {
        let sum = seen.weights[0].sum()
        return seen.progress.step > 0 ? sum.scaled(by: .nan) : sum
    }
}

/// Of the wrong shape.
private enum Wide: WeightTerm {
    static let card = PartCard(name: "wide", equation: "α", source: "–")
    static let unit = LossTerm.Unit.pair
    static func sum(_ seen: TaughtBatch) -> Tensor { seen.weights[0] }
}

@Suite("Terms of the loss") struct TermTests {
    private func batch(_ translator: Translator, _ data: Dataset) throws -> Batch {
        try Batch(Array(translator.encoded(data.train).prefix(7)))
    }

    private func trained(_ terms: TermList, steps: Int = 20, shards: Int = 1, threads: Int = 1) throws -> Trainer {
        let data = try tinyData()
        var training = tinyTraining(steps: steps)
        (training.terms, training.shards) = (terms, shards)
        let trainer = try Trainer(
            tinyTranslator(words: data.train), training, train: data.train, dev: data.dev, threads: threads)
        try trainer.run()
        return trainer
    }

    @Test(
        "the gradient of cross-entropy and terms is that of finite differences", arguments: [spread, linked, toolkit])
    func gradients(terms: TermList) throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), model = translator.model
        let batch = try batch(translator, data), totals = BatchTotals(batch)
        func loss() throws -> TaughtLoss {
            try model.loss(batch, of: totals, training(terms), TrainingProgress(step: 0, steps: 1))
        }
        try checkGradients(of: model.parameters, most: 4) { try loss().whole() }
        let values = try loss().values()
        let plain = try Double(model.loss(batch).item())
        #expect(values.crossEntropy == plain && values.terms.map(\.name) == terms.entries.map(\.kind.rawValue))
        #expect(values.terms.map(\.weight) == terms.entries.map(\.weight))
        #expect(values.whole == values.terms.reduce(plain) { $0 + $1.weight * $1.value })
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

    @Test("the parts of a batch have its gradient and its terms", arguments: [spread, linked, toolkit])
    func shards(terms: TermList) throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), model = translator.model
        let batch = try batch(translator, data)
        let loss = try ShardedGradient(model, shards: 1, threads: 1, settings: training(terms)).compute(batch)
        let gradient = model.parameters.tensors.map(\.gradient)
        let inParts = try ShardedGradient(model, shards: 3, threads: 2, settings: training(terms)).compute(batch)
        #expect(agree(loss.crossEntropy, inParts.crossEntropy, of: loss.crossEntropy))
        for (term, part) in zip(loss.terms, inParts.terms) {
            #expect(
                term.name == part.name && agree(term.value, part.value, of: max(1, abs(term.value))), "\(term.name)")
        }
        let size = GradientSize(gradient)
        for (got, expected) in zip(model.parameters.tensors.map(\.gradient), gradient) {
            #expect(agree(got, expected, of: size.of(expected)))
        }
    }

    @Test("threads change no bit of a training with terms", arguments: [spread, toolkit])
    func threads(terms: TermList) throws {
        let one = try trained(terms, shards: 3)
        #expect(try trained(terms, shards: 3, threads: 3).history == one.history)
    }

    @Test("a term is reported apart, and does what it asks for; without any there is none") func reports() throws {
        let plain = try trained([:]), spreading = try trained(spread), pointing = try trained(linked)
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
        training.terms = spread
        let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
        try trainer.run(progress: { $0.step < 14 })
        try Checkpoint.save(trainer, to: path)
        var parts = PartList.standard
        parts.terms.append(Spread.self)
        let resumed = try Checkpoint.resume(
            path, scorers: Catalog.scorers, parts: parts, train: data.train, dev: data.dev)
        try resumed.run()
        #expect(resumed.history == whole.history)
    }

    @Test("a term that reads gold alignments is refused where there are none") func gold() throws {
        let data = try tinyData()
        let bare = data.train.map { SentencePair(source: $0.source, target: $0.target) }
        for terms in [[.supervised: 1], [.entropy: 1, .supervisedMass: 1], linked] as [TermList] {
            var training = tinyTraining(steps: 2)
            training.terms = terms
            let error = try #require(throws: InputError.self) {
                try Trainer(tinyTranslator(words: bare), training, train: bare, dev: [])
            }
            #expect(error.description.contains(" reads gold alignments, and no training pair has one"), "\(error)")
        }
        var training = tinyTraining(steps: 2)
        training.terms = [.coverage: 1, .entropy: 1, .doublyStochastic: 1]
        _ = try Trainer(tinyTranslator(words: bare), training, train: bare, dev: [])
    }

    @Test("a scorer that looks at no word has no terms", arguments: ["none", "uniform"])
    func noAlignment(scorer: String) throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 2)
        training.terms = [.coverage: 1]
        let error = try #require(throws: InputError.self) {
            try Trainer(
                tinyTranslator(tinySettings(scorer), words: data.train), training, train: data.train, dev: data.dev)
        }
        #expect(
            error.description.hasPrefix("\(scorer) looks at no word in particular, so the term coverage of the loss"))
    }

    @Test("a term of another shape than one number is refused") func shape() throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 2)
        training.terms = [TermKind(Wide.self): 1]
        let trainer = try Trainer(tinyTranslator(words: data.train), training, train: data.train, dev: data.dev)
        let error = try #require(throws: ShapeError.self) { try trainer.run() }
        #expect(error.description.hasPrefix("the term \"wide\" of the loss has shape [16,"), "\(error)")
    }

    @Test("a weight of 0 reports the term, and changes no bit of the training") func weightless() throws {
        let plain = try trained([:]), watched = try trained([.coverage: 0, .entropy: 0])
        #expect(watched.history.map(\.devLoss) == plain.history.map(\.devLoss))
        #expect(watched.history.last?.terms?.map(\.name) == ["coverage", "entropy"])
    }

    @Test("the toolkit's terms do what they ask for, by far more than rounding") func effect() throws {
        func values(_ terms: TermList) throws -> [String: Double] {
            let last = try #require(try trained(terms, steps: 100).history.last?.terms)
            return Dictionary(uniqueKeysWithValues: last.map { ($0.name, $0.value) })
        }
        let watched = try values([.coverage: 0, .supervised: 0, .supervisedMass: 0, .entropy: 0, .doublyStochastic: 0])
        for kind in TermKind.allCases {
            let lowered = try #require(values([kind: 5])[kind.rawValue]), before = try #require(watched[kind.rawValue])
            #expect(lowered < before, "\(kind): \(lowered) with the term, \(before) without")
        }
        let spread = try #require(values([.entropy: -5])["entropy"]), before = try #require(watched["entropy"])
        #expect(spread > before)
    }

    @Test("files hold terms by name; those of one objective are read") func files() throws {
        var training = TrainingSettings()
        training.terms = [.supervised: 0.5, .coverage: 1]
        let json = try String(decoding: JSONEncoder().encode(training.terms), as: UTF8.self)
        #expect(json.contains("\"coverage\":1") && training.terms.description == "coverage=1,supervised=0.5")
        func read(_ text: String) throws -> TrainingSettings {
            try JSONDecoder().decode(TrainingSettings.self, from: Data(text.utf8))
        }
        #expect(try read("{\"terms\": {\"supervised\": 0.5, \"coverage\": 1}}") == training)
        for text in ["{}", "{\"terms\": {}}", "{\"objective\": \"cross-entropy\"}", "{\"objective\": null}"] {
            #expect(try read(text).terms.isEmpty, "\(text)")
        }
        let foreign = try read("{\"objective\": \"spread\"}")
        #expect(foreign.terms.description == "spread=1" && foreign.terms.entries[0].kind.part == nil)
    }

    @Test("a scorer adds terms of its own to any others") func scorer() throws {
        let data = try tinyData()
        let translator = Translator(tinySettings("weighty"), scorer: Weighty.self, words: data.train, seed: 1)
        var training = tinyTraining(steps: 10)
        training.terms = spread
        let trainer = try Trainer(translator, training, train: data.train, dev: data.dev)
        try trainer.run()
        #expect(trainer.history.last?.terms?.map(\.name) == ["spread", "first step"])
    }

    @Test("a term that is no number is named") func broken() throws {
        let data = try tinyData()
        var training = tinyTraining(steps: 10)
        training.terms = [TermKind(Broken.self): 1]
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
            try loss(batch, of: BatchTotals(batch), training(linked), TrainingProgress(step: 0, steps: 1)).values()
                .terms
                .first?.value
        }
    }
}
