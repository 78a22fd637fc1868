// Training: the same on every run, interrupted or not; stops when it should; and says what is wrong with what it is
// given.

import AttentionScorers
import Corpora
import Foundation
import Randomness
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// A path of its own for a test, removed with it.
private final class Place {
    let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
    deinit { try? FileManager.default.removeItem(atPath: path) }
}

private struct Outcome: Equatable {
    var parameters: [[Scalar]]
    var history: [TrainingReport]
    var best: [[Scalar]]

    init(_ trainer: Trainer) {
        parameters = trainer.translator.model.parameters.tensors.map(\.values)
        history = trainer.history
        best = trainer.bestParameters
    }
}

private func trainer(
    _ settings: ModelSettings = tinySettings(), steps: Int, seed: UInt64 = 1,
    _ change: (inout TrainingSettings) -> Void = { _ in }
) throws -> Trainer {
    let data = try tinyData()
    var training = tinyTraining(steps: steps, seed: seed)
    change(&training)
    return try Trainer(
        tinyTranslator(settings, words: data.train, seed: seed), training, train: data.train, dev: data.dev)
}

@Suite("Trainer") struct TrainerTests {
    @Test("a seed gives the same parameters on every run, another seed others") func deterministic() throws {
        let outcomes = try ([1, 1, 2] as [UInt64]).map { seed in
            let trainer = try trainer(steps: 30, seed: seed)
            try trainer.run()
            return Outcome(trainer)
        }
        #expect(outcomes[0] == outcomes[1])
        #expect(outcomes[0].parameters != outcomes[2].parameters)
    }

    /// The loop once more, of parts that have tests of their own: bit for bit, so that none of them can be left out.
    @Test(
        "a training does what its settings say: clipped gradients, Adam with this β₂, a learning rate that falls",
        arguments: [0.1, 1e6], [0.1, 1])
    func writtenOut(clip: Double, share: Double) throws {
        let trained = try trainer(steps: 12) { ($0.clip, $0.finalLearningRate, $0.beta2) = (clip, share, 0.9) }
        try trained.run()
        let data = try tinyData(), again = try tinyTranslator(words: data.train), parameters = again.model.parameters
        let random = RandomSource(seed: 1, purpose: "batches")
        var batches = try Batches(again.encoded(data.train), batchSize: 16, random: random)
        var adam = Adam(beta2: 0.9), clipped = 0
        for step in 0..<12 {
            parameters.clearGradients()
            parameters.tape.reset()
            try parameters.tape.backward(from: again.model.loss(batches.next()))
            if parameters.clipGradients(toNorm: clip) > clip { clipped += 1 }
            adam.learningRate = 0.01 * (1 - (1 - share) * (Double(step) / 12))
            adam.step(parameters)
        }
        #expect((clipped > 0) == (clip < 1), "one limit must be reached, and the other never, or nothing is tested")
        #expect(trained.translator.model.parameters.tensors.map(\.values) == parameters.tensors.map(\.values))
    }

    @Test("looks come at the interval and at the last step; without dev the training loss is looked at") func looks()
        throws
    {
        let trainer = try trainer(steps: 25)
        var saved: [Int] = []
        try trainer.run(save: { saved.append($0.step) })
        #expect(trainer.history.map(\.step) == [10, 20, 25] && saved == [10, 20, 25])
        // 60 pairs in batches of 16 are 4 batches an epoch.
        #expect(trainer.history.map(\.epoch) == [2, 4, 6])
        #expect(trainer.targetTokens > 0 && trainer.seconds > 0)
        let data = try tinyData()
        let alone = try Trainer(tinyTranslator(words: data.train), tinyTraining(steps: 10), train: data.train, dev: [])
        try alone.run()
        #expect(alone.history.map(\.devLoss) == alone.history.map(\.trainLoss))
    }

    @Test("progress can stop it at any step, and it goes on from there") func stopping() throws {
        let whole = try trainer(steps: 20), parts = try trainer(steps: 20)
        try whole.run()
        try parts.run(progress: { $0.step < 7 })
        #expect(parts.step == 7 && !parts.isFinished)
        try parts.run()
        #expect(Outcome(parts) == Outcome(whole))
    }

    @Test("early stopping: so many looks without improvement, and no more") func earlyStopping() throws {
        // A learning rate of 0 improves once, over nothing.
        let trainer = try trainer(steps: 500) { ($0.learningRate, $0.patience) = (0, 3) }
        try trainer.run()
        #expect(trainer.history.map(\.step) == [10, 20, 30, 40] && trainer.isFinished)
    }

    @Test("restoreBest brings back the parameters of the best look, not of the last") func restoreBest() throws {
        let data = try tinyData(train: 6, dev: 10)
        // Six pairs are soon learnt by heart, and dev then suffers.
        var training = tinyTraining(steps: 300)
        (training.learningRate, training.patience, training.evaluationInterval) = (0.05, 1000, 5)
        let translator = try tinyTranslator(words: data.train)
        let trainer = try Trainer(translator, training, train: data.train, dev: data.dev)
        try trainer.run()
        let best = try #require(trainer.history.map(\.devLoss).min())
        let dev = try translator.encoded(data.dev)
        #expect(try translator.loss(dev) > best, "the last parameters must not be the best, or nothing is tested")
        try trainer.restoreBest()
        #expect(try translator.loss(dev) == best && trainer.bestDevLoss == best)
    }

    @Test("a loss that is no number: the step, the batch, what is still good, and what to do") func notANumber() throws
    {
        let poisoned = try trainer(steps: 30)
        let names = poisoned.translator.model.parameters.names
        let tensor = poisoned.translator.model.parameters.tensors[0]
        let error = #expect(throws: RunError.self) {
            try poisoned.run(progress: { trainer in
                if trainer.step == 12 {
                    try? trainer.translator.model.parameters.set(names[0], to: tensor.values.map { _ in .nan })
                }
                return true
            })
        }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("the loss became NaN at step 13, in the batch of training pairs "))
        #expect(
            text.contains("the parameters of step 10, dev loss")
                && text.hasSuffix("Try a lower learning rate than 0.01"))
        #expect(poisoned.step == 12, "the bad step was not made")

        let wild = try trainer(steps: 50) { $0.learningRate = .infinity }
        let diverged = try #require(throws: RunError.self) { try wild.run() }.description
        #expect(
            diverged.contains("there was no look at dev before; it began in the parameter ")
                && diverged.hasSuffix("Try a lower learning rate than inf"))
    }

    @Test("the renormalising softmax divides by zero more easily, so its error mentions the other") func renormalising()
        throws
    {
        var settings = tinySettings()
        settings.normalisation = .renormalising
        let trainer = try trainer(settings, steps: 5)
        let first = trainer.translator.model.parameters.names[0],
            count = trainer.translator.model.parameters.tensors[0].count
        try trainer.translator.model.parameters.set(first, to: Array(repeating: .nan, count: count))
        let error = try #require(throws: RunError.self) { try trainer.run() }
        #expect(error.description.contains("or the masked normalisation: the renormalising one can divide by zero"))
    }

    @Test("nothing to train on, an empty sentence, settings that cannot be") func refusals() throws {
        let data = try tinyData()
        let translator = try tinyTranslator(words: data.train)
        func refusal(_ train: [SentencePair], _ change: (inout TrainingSettings) -> Void = { _ in }) throws -> String {
            var settings = tinyTraining(steps: 10)
            change(&settings)
            return try #require(throws: InputError.self) { try Trainer(translator, settings, train: train, dev: []) }
                .message
        }
        #expect(try refusal([]) == "there are no sentence pairs to make batches of; expected at least one")
        #expect(
            try refusal([SentencePair(source: [], target: ["ba"])])
                == "the source sentence is empty; expected at least one word")
        #expect(
            try refusal(data.train) { $0.batchSize = 0 }
                == "a batch cannot have 0 pairs; choose a batch size of at least 1")
        #expect(try refusal(data.train) { $0.evaluationInterval = 0 }.contains("both are at least 1"))
        #expect(try refusal(data.train) { $0.patience = 0 }.contains("both are at least 1"))
    }

    @Test("a sentence longer than a location scorer can point into is refused with what to do") func tooLong() throws {
        let data = try tinyData(lengths: 2...6)
        var settings = tinySettings("location")
        settings.maximumSource = 4
        let trainer = try Trainer(
            tinyTranslator(settings, words: data.train), tinyTraining(steps: 30), train: data.train, dev: [])
        let error = try #require(throws: ShapeError.self) { try trainer.run() }
        #expect(
            error.description.contains(
                "this scorer was made for at most 4; build the model with a larger maximumSource"))
    }
}

@Suite("Checkpoint") struct CheckpointTests {
    private static let architectures: [ModelSettings] = {
        var lstm = tinySettings("luong-general")
        (lstm.cell, lstm.feeding, lstm.timing) = (.lstm, .attentional, .before)
        var deep = tinySettings()
        deep.layers = 3
        return [
            tinySettings(), lstm, tinySettings("location-sensitive"), tinySettings("none"), deep, tinyTransformer(),
        ]
    }()

    @Test("a checkpoint with another model's moments is damaged") func foreignMoments() throws {
        let place = Place(), data = try tinyData()
        let other = try trainer(tinySettings("luong-dot"), steps: 2), trainer = try trainer(steps: 2)
        try other.run()
        try trainer.run()
        trainer.optimizer = other.optimizer
        try Checkpoint.save(trainer, to: place.path)
        let error = try #require(throws: InputError.self) {
            try Checkpoint.resume(place.path, scorers: Catalog.scorers, train: data.train, dev: data.dev)
        }
        #expect(error.message.contains("damaged: this Adam has made steps for parameters of"))
    }

    @Test(
        "a training that was saved and resumed is bit for bit the one that never stopped", arguments: architectures,
        [1, 7, 10, 23])
    func resume(settings: ModelSettings, step: Int) throws {
        let whole = try trainer(settings, steps: 30)
        try whole.run()
        let place = Place(), data = try tinyData()
        let first = try trainer(settings, steps: 30)
        try first.run(progress: { $0.step < step })
        try Checkpoint.save(first, to: place.path)
        let second = try Checkpoint.resume(place.path, scorers: Catalog.scorers, train: data.train, dev: data.dev)
        #expect(second.step == step && second.settings == first.settings && Outcome(second) == Outcome(first))
        try second.run()
        #expect(Outcome(second) == Outcome(whole))
        #expect(second.bestDevLoss == whole.bestDevLoss)
    }

    @Test("loading gives the best parameters; before the first look, the present ones") func load() throws {
        let place = Place()
        let trainer = try trainer(steps: 25)
        try trainer.run(progress: { $0.step < 5 })
        try Checkpoint.save(trainer, to: place.path)
        var loaded = try Checkpoint.load(place.path, scorers: Catalog.scorers)
        #expect(
            loaded.translator.model.parameters.tensors.map(\.values) == Outcome(trainer).parameters
                && loaded.history.isEmpty)
        try trainer.run()
        try Checkpoint.save(trainer, to: place.path)
        loaded = try Checkpoint.load(place.path, scorers: Catalog.scorers)
        #expect(loaded.translator.model.parameters.tensors.map(\.values) == trainer.bestParameters)
        #expect(loaded.history == trainer.history && loaded.training == trainer.settings)
        #expect(
            loaded.translator.source == trainer.translator.source
                && loaded.translator.target == trainer.translator.target)
        try trainer.restoreBest()
        let sentence = [["ba", "bi", "zebra"]]
        #expect(
            try loaded.translator.translate(sentence).map(\.tokens)
                == trainer.translator.translate(sentence).map(\.tokens))
    }

    /// A checkpoint with its bytes.
    private func written() throws -> (Place, Data) {
        let place = Place()
        let trainer = try trainer(steps: 3)
        try trainer.run()
        try Checkpoint.save(trainer, to: place.path)
        return (place, try Data(contentsOf: URL(fileURLWithPath: place.path)))
    }

    private func refusal(_ data: Data, _ place: Place) throws -> String {
        try data.write(to: URL(fileURLWithPath: place.path))
        let error = try #require(throws: InputError.self) { try Checkpoint.load(place.path, scorers: Catalog.scorers) }
        #expect(error.file == place.path)
        let corpus = try tinyData()
        #expect(throws: error) {
            try Checkpoint.resume(place.path, scorers: Catalog.scorers, train: corpus.train, dev: corpus.dev)
        }
        return error.message
    }

    @Test("a changed byte anywhere is found") func damaged() throws {
        let (place, good) = try written()
        for share in [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999] {
            var bad = good
            bad[Int(share * Double(good.count))] ^= 1
            let message = try refusal(bad, place)
            #expect(
                message.contains(
                    "its check sum does not fit, so part of it (\(good.count) bytes) is missing or was changed"))
        }
        #expect(try refusal(good + [0], place).hasPrefix("this checkpoint is damaged"), "bytes too many")
    }

    @Test("a file cut off anywhere is found") func truncated() throws {
        let (place, good) = try written()
        for count in [good.count - 1, good.count / 2, 100, 40, 30] {
            #expect(try refusal(good.prefix(count), place).hasPrefix("this checkpoint is damaged: "), "\(count) bytes")
        }
        #expect(try refusal(good.prefix(26), place).contains("it ends after its first line"))
        #expect(try refusal(good.prefix(20), place).hasPrefix("this is not an AttentionLab checkpoint"))
    }

    @Test("files of other programs and versions are told apart from damaged ones") func foreign() throws {
        let (place, good) = try written()
        for data in [
            Data(), Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]), Data("the cat\tle chat\n".utf8),
        ] {
            #expect(try refusal(data, place).hasPrefix("this is not an AttentionLab checkpoint (its first line is not"))
        }
        let newer = Data("AttentionLab checkpoint 2\n".utf8) + good.dropFirst(26)
        let message = try refusal(newer, place)
        #expect(
            message.hasPrefix("this is a checkpoint of another version (its first line is “AttentionLab checkpoint 2”)")
        )
        let missing = try #require(throws: InputError.self) {
            try Checkpoint.load(place.path + ".none", scorers: Catalog.scorers)
        }
        #expect(missing.message.hasPrefix("this file cannot be read"))
    }

    /// Writes a header of one's own, with the right check sum: what a program with a mistake would write.
    private func forged(_ good: Data, _ change: (inout [String: Any]) -> Void) throws -> Data {
        let newlines = good.indices.filter { good[$0] == UInt8(ascii: "\n") }
        let length = try #require(Int(String(decoding: good[newlines[0] + 1..<newlines[1]], as: UTF8.self)))
        let start = newlines[1] + 1
        var header = try #require(JSONSerialization.jsonObject(with: good[start..<start + length]) as? [String: Any])
        change(&header)
        let json = try JSONSerialization.data(withJSONObject: header)
        var data =
            good[...newlines[0]] + Data("\(json.count)\n".utf8) + json + good[(start + length)..<(good.count - 8)]
        let hash = data.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        withUnsafeBytes(of: hash.littleEndian) { data.append(contentsOf: $0) }
        return data
    }

    @Test("a header that does not fit its numbers is refused and never trusted") func wrongHeader() throws {
        let (place, good) = try written()
        #expect(
            try refusal(forged(good) { $0["scalarBytes"] = 2 }, place).contains("this checkpoint holds 16-bit numbers"))
        #expect(try refusal(forged(good) { $0["step"] = "x" }, place).contains("its header cannot be read"))
        #expect(
            try refusal(forged(good) { $0["arrays"] = [] as [Any] }, place).contains(
                "bytes stand behind its last array"))
        for count in [Int.max, -1, good.count] {
            let message = try refusal(
                forged(good) { $0["arrays"] = [["name": "parameter.encoder.embedding", "count": count]] }, place)
            #expect(message.contains("the array “parameter.encoder.embedding” is cut off"))
        }
    }

    @Test(
        "numbers that no training has are told before anything is computed or any memory taken",
        arguments: [
            ("model.hidden", "-1"), ("model.hidden", "8192"), ("model.hidden", "100000"),
            ("model.embedding", "9223372036854775807"),
            ("model.embedding", "8000"), ("model.attention", "8192"), ("model.maximumSource", "0"),
            ("model.minimumCount", "-1"), ("model.subwords", "5"), ("model.subwords", "-1"),
            ("training.batchTokens", "0"), ("training.average", "0"), ("training.average", "1000000000"),
            ("training.steps", "-1"), ("training.batchSize", "0"), ("training.batchSize", "9223372036854775807"),
            ("training.shards", "1000000000"),
            ("training.shards", "-1"), ("training.evaluationInterval", "0"), ("training.patience", "-5"),
            ("training.learningRate", "-0.1"),
            ("training.learningRate", "1e999"), ("training.clip", "0"), ("training.beta2", "1"),
            ("training.finalLearningRate", "2"),
            ("scalarBytes", "9223372036854775807"), ("step", "-1"), ("step", "9223372036854775807"),
            ("stepsSinceLook", "9223372036854775807"), ("looksWithoutImprovement", "-1"),
            ("position.epoch", "9223372036854775807"), ("position.batch", "-1"),
            ("position.random", "{\"s0\":0,\"s1\":0,\"s2\":0,\"s3\":0}"),
            ("source", "[\"<pad>\",\"<begin>\",\"<end>\",\"<unknown>\",\"a\",\"a\"]"),
            ("history", "[{\"step\":-1,\"epoch\":0,\"trainLoss\":1,\"devLoss\":1}]"),
            ("history", "[{\"step\":1,\"epoch\":9223372036854775807,\"trainLoss\":1,\"devLoss\":1}]"),
            ("history", String(repeating: "[", count: 100) + String(repeating: "]", count: 100)),
        ])
    func impossible(place: String, json: String) throws {
        let (file, good) = try written(), keys = place.split(separator: ".").map(String.init)
        // Not through a parser, which would refuse some of these itself.
        let marked = try forged(good) { header in
            guard keys.count == 2 else { return header[place] = "MARK" }
            var inner = header[keys[0]] as? [String: Any]
            inner?[keys[1]] = "MARK"
            header[keys[0]] = inner
        }
        let bad = try resigned(marked) { $0.replacing("\"MARK\"", with: json) }
        #expect(try refusal(bad, file).hasPrefix("this checkpoint is damaged: "))
    }

    /// The header's text changed, its length and the check sum mended.
    private func resigned(_ data: Data, _ change: (String) -> String) throws -> Data {
        let newlines = data.indices.filter { data[$0] == UInt8(ascii: "\n") }.prefix(2).map { $0 }
        let length = try #require(Int(String(decoding: data[newlines[0] + 1..<newlines[1]], as: UTF8.self))),
            start = newlines[1] + 1
        let header = Data(change(String(decoding: data[start..<start + length], as: UTF8.self)).utf8)
        let all =
            data[...newlines[0]] + Data("\(header.count)\n".utf8) + header + data[(start + length)..<(data.count - 8)]
        return all + withUnsafeBytes(of: FNV1a.hash(all).littleEndian) { Data($0) }
    }

    @Test("no mutant of a checkpoint traps, hangs or takes more memory than its file is worth") func mutants() throws {
        let corpus = try tinyData(), place = Place(), trainer = try trainer(steps: 3)
        try trainer.run()
        try Checkpoint.save(trainer, to: place.path)
        let good = try Data(contentsOf: URL(fileURLWithPath: place.path))
        var mutator = Mutator(seed: 2), used = 0
        for round in 0..<Mutator.count(200) {
            let bad =
                round.isMultiple(of: 8)
                ? Data(mutator.mutant(of: Array(good)))
                : try resigned(good) {
                    String(decoding: mutator.mutant(of: Array($0.utf8)), as: UTF8.self)
                }
            try bad.write(to: URL(fileURLWithPath: place.path))
            do {
                let loaded = try Checkpoint.load(place.path, scorers: Catalog.scorers)
                _ = try loaded.translator.translate([["a", "b"]])
                let again = try Checkpoint.resume(
                    place.path, scorers: Catalog.scorers, train: corpus.train, dev: corpus.dev)
                try again.run(progress: { _ in false })
                try again.restoreBest()
                used += 1
            } catch is InputError {} catch is RunError {}
        }
        #expect(used < Mutator.count(200))
    }

    @Test("a checkpoint says when its scorer computes something else by now") func changedScorer() throws {
        let corpus = try tinyData(), place = Place()
        let settings = tinySettings("edited"), training = tinyTraining(steps: 3)
        let translator = Translator(settings, scorer: EditedScorer<Unedited>.self, words: corpus.train, seed: 1)
        let trainer = try Trainer(translator, training, train: corpus.train, dev: corpus.dev)
        try Checkpoint.save(trainer, to: place.path)
        _ = try Checkpoint.load(place.path, scorers: [EditedScorer<Unedited>.self])
        let error = try #require(throws: InputError.self) {
            try Checkpoint.load(place.path, scorers: [EditedScorer<Halved>.self])
        }
        #expect(
            error.message.contains(
                "the scorer edited has been changed since this checkpoint was made: asked the same, it gave"))
    }

    @Test("an unknown scorer, or data that are not those of the saved run") func otherSurroundings() throws {
        let (place, _) = try written()
        let scorers: ScorerList = [NoAttentionScorer.self]
        let unknown = try #require(throws: InputError.self) { try Checkpoint.load(place.path, scorers: scorers) }
        #expect(
            unknown.message.contains("made with the scorer “bahdanau”, which is not in the catalogue; there are none"))
        let other = try tinyData(train: 16)
        let data = try #require(throws: InputError.self) {
            try Checkpoint.resume(place.path, scorers: Catalog.scorers, train: other.train, dev: other.dev)
        }
        #expect(data.message.contains("resume with the data and batch size of the first run"))
        // As many pairs, in another order: their batches would fit, and the run would be another one.
        let same = try tinyData()
        let reordered = try #require(throws: InputError.self) {
            try Checkpoint.resume(place.path, scorers: Catalog.scorers, train: same.train.reversed(), dev: same.dev)
        }
        #expect(reordered.message.contains("begun with other sentence pairs"))
        let fingerprints = [
            (same.train, same.dev), (same.train + same.dev, []), (same.dev, same.train), (same.train, []),
        ].map { Checkpoint.fingerprint($0, $1) }
        #expect(Set(fingerprints).count == 4)
    }
}
