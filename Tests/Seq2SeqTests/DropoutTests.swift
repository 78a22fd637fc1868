// Dropout and label smoothing: what is left out, what stays whole, and that chance is the same everywhere.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

@Suite("Dropout and label smoothing") struct DropoutTests {
    private static func training(
        hidden: Double = 0, attention: Double = 0, smoothing: Double = 0, steps: Int = 20, shards: Int = 2
    ) -> TrainingSettings {
        var settings = tinyTraining(steps: steps)
        (settings.dropout, settings.attentionDropout) = (hidden, attention)
        (settings.labelSmoothing, settings.shards) = (smoothing, shards)
        return settings
    }

    private static let everything = training(hidden: 0.2, attention: 0.3, smoothing: 0.1)

    private func trained(
        _ training: TrainingSettings, _ model: ModelSettings = tinySettings(), threads: Int = 1
    ) throws -> Trainer {
        let data = try tinyData()
        let trainer = try Trainer(
            tinyTranslator(model, words: data.train), training, train: data.train, dev: data.dev, threads: threads)
        try trainer.run()
        return trainer
    }

    // MARK: dropout

    @Test("a share is left out, the rest made up for, and the gradient goes where the numbers went")
    func mask() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 1)
        let x = builder.uniform("x", [100, 200], bound: 1)
        let noise = Noise(seed: 3, step: 0, shard: 0, dropout: DropoutRates(hidden: 0.25))
        let y = try noise.dropping(x, "a test")
        let kept = zip(x.values, y.values).map { $1 != 0 ? agree($1, $0 / 0.75, of: 2) : nil }
        #expect(kept.allSatisfy { $0 != false })
        let dropped = Double(kept.count { $0 == nil }) / 20_000
        #expect(abs(dropped - 0.25) < 0.02, "\(dropped), five standard deviations from a quarter")
        try parameters.tape.backward(from: y.sum())
        #expect(zip(kept, x.gradient).allSatisfy { $0 == nil ? $1 == 0 : agree($1, Scalar(4) / 3, of: 2) })
    }

    @Test("each purpose, step, part and seed drops others; the same drops the same") func streams() throws {
        let x = try Tensor([Scalar](repeating: 1, count: 64), shape: [8, 8])
        func mask(_ seed: UInt64, _ step: Int, _ shard: Int, _ purpose: String) throws -> [Scalar] {
            let noise = Noise(seed: seed, step: step, shard: shard, dropout: DropoutRates(hidden: 0.5))
            return try noise.dropping(x, purpose).values
        }
        let all = try [
            mask(1, 0, 0, "a"), mask(2, 0, 0, "a"), mask(1, 1, 0, "a"), mask(1, 0, 1, "a"), mask(1, 0, 0, "b"),
        ]
        #expect(Set(all).count == all.count)
        #expect(try mask(1, 0, 0, "a") == all[0])
        // A step draws anew each time it is asked.
        let noise = Noise(seed: 1, step: 0, shard: 0, dropout: DropoutRates(hidden: 0.5))
        #expect(try noise.dropping(x, "a").values != noise.dropping(x, "a").values)
    }

    @Test("without a rate it is the very same tensor") func off() throws {
        let x = Tensor([1, 2])
        #expect(try Noise(seed: 1, step: 0, shard: 0).dropping(x, "a").isIdentical(to: x))
        let how = Weighting(noise: Noise(seed: 1, step: 0, shard: 0))
        #expect(try how.kept(x).isIdentical(to: x))
        #expect(try Weighting().kept(x).isIdentical(to: x))
    }

    @Test("attention dropout changes contexts and leaves the alignment", arguments: ["bahdanau", "coverage"])
    func alignment(scorer: String) throws {
        let data = try tinyData(), model = try tinyTranslator(tinySettings(scorer), words: data.train).model
        let batch = try Batch(Array(tinyTranslator(words: data.train).encoded(data.train).prefix(5)))
        func steps(_ noise: Noise?) throws -> Forced {
            try model.teacherForce(
                batch.targetInput, steps: batch.targetWidth, model.encode(SourceSentences(batch), noise))
        }
        let rates = DropoutRates(attention: 0.5)
        let plain = try steps(nil), noisy = try steps(Noise(seed: 1, step: 0, shard: 0, dropout: rates))
        #expect(noisy.weights[0].values == plain.weights[0].values, "the first step has seen no context yet")
        #expect(
            noisy.weights[2].values != plain.weights[2].values
                && noisy.reading.readout.values != plain.reading.readout.values)
        for step in noisy.weights {
            for row in 0..<batch.count {
                let sum = try (0..<batch.sourceWidth).reduce(0.0) { try $0 + Double(step.at(row, $1)) }
                #expect(agree(sum, 1, of: 1), "the weights that are reported are whole")
            }
        }
    }

    @Test("a training is another one with each, and no part of it is random outside training") func effect() throws {
        let plain = try trained(Self.training())
        #expect(try trained(Self.training(shards: 2)).history == plain.history)
        for training in [
            Self.training(hidden: 0.3), Self.training(attention: 0.3), Self.training(smoothing: 0.2),
        ] {
            let other = try trained(training), dev = try other.translator.loss(other.dev)
            #expect(other.history != plain.history)
            #expect(other.history.last?.devLoss == dev, "dev is judged by the plain cross-entropy")
            #expect(try other.translator.loss(other.dev) == dev)
            let data = try tinyData()
            let (once, again) = try (other.translator.align(data.test), other.translator.align(data.test))
            #expect(once.map(\.weights) == again.map(\.weights))
        }
    }

    @Test("each part of a batch draws numbers of its own") func parts() throws {
        let data = try tinyData(), translator = try tinyTranslator(words: data.train), settings = Self.everything
        let pair = try #require(try translator.encoded(data.train).first), batch = try Batch([pair, pair])
        let start = TrainingProgress(step: 0, steps: 1), totals = BatchTotals(batch)
        let each = try batch.shards(2).enumerated().map { shard, part in
            try translator.model.loss(
                part, of: totals, settings, start,
                Noise(seed: settings.seed, step: 0, shard: shard, dropout: settings.dropoutRates)
            ).values().crossEntropy
        }
        #expect(each[0] != each[1], "the same pair twice")
        let whole = try ShardedGradient(translator.model, shards: 2, threads: 1, settings: settings).compute(
            batch, start)
        #expect(whole.crossEntropy == each[0] + each[1])
    }

    @Test("threads change no bit") func threads() throws {
        #expect(try trained(Self.everything, threads: 2).history == trained(Self.everything).history)
    }

    @Test("a training that was stopped between two looks goes on as if it had not been") func resumed() throws {
        let path = NSTemporaryDirectory() + "attentionlab-" + UUID().uuidString + ".checkpoint"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let data = try tinyData(), whole = try trained(Self.everything)
        let trainer = try Trainer(
            tinyTranslator(words: data.train), Self.everything, train: data.train, dev: data.dev)
        try trainer.run(progress: { $0.step < 13 })
        try Checkpoint.save(trainer, to: path)
        let resumed = try Checkpoint.resume(path, scorers: Catalog.scorers, train: data.train, dev: data.dev)
        #expect(resumed.settings == Self.everything && resumed.step == 13)
        try resumed.run()
        #expect(resumed.history == whole.history)
        #expect(
            resumed.translator.model.parameters.tensors.map(\.values)
                == whole.translator.model.parameters.tensors.map(\.values))
    }

    @Test(
        "gradients with everything on, in one step's random numbers, are those of finite differences",
        arguments: ["bahdanau", "luong-general"])
    func gradients(scorer: String) throws {
        let data = try tinyData(), translator = try tinyTranslator(tinySettings(scorer), words: data.train)
        let batch = try Batch(Array(translator.encoded(data.train).prefix(5))), totals = BatchTotals(batch)
        try checkGradients(of: translator.model.parameters, most: 3) {
            let noise = Noise(seed: 1, step: 2, shard: 0, dropout: Self.everything.dropoutRates)
            return try translator.model.loss(
                batch, of: totals, Self.everything, TrainingProgress(step: 2, steps: 9), noise
            ).whole()
        }
    }

    // MARK: label smoothing

    @Test("smoothed labels: −Σ q log p with q = (1 − ε) onehot + ε/V") func smoothing() throws {
        let parameters = Parameters()
        var builder = ParameterBuilder(parameters, seed: 5)
        let logits = builder.uniform("logits", [3, 5], bound: 2), epsilon = 0.2, targets = [2, 0, 4]
        func loss() throws -> Tensor { try logits.crossEntropy(targets: targets, ignoring: 0, smoothing: epsilon) }
        var expected = 0.0
        for row in [0, 2] {
            let x = logits.values[row * 5..<row * 5 + 5].map { Double($0) }
            let normaliser = log(x.reduce(0) { $0 + exp($1) })
            for (w, score) in x.enumerated() {
                expected -= ((w == targets[row] ? 1 - epsilon : 0) + epsilon / 5) * (score - normaliser) / 2
            }
        }
        #expect(agree(try loss().item(), Scalar(expected), of: 10))
        try checkGradients(of: parameters) { try loss() }
        #expect(logits.gradient[5..<10].allSatisfy { $0 == 0 }, "padding is not smoothed either")
        // Without recording, the same number.
        let (recorded, unrecorded) = try (loss().item(), parameters.tape.withoutRecording { try loss().item() })
        #expect(agree(recorded, unrecorded, of: 10))
        #expect(throws: ShapeError.self) { try logits.crossEntropy(targets: targets, ignoring: 0, smoothing: 1.5) }
    }

    @Test("an output layer that does not smooth labels is refused") func refused() throws {
        let data = try tinyData()
        var settings = tinySettings()
        settings.copying = .pointer
        let error = try #require(throws: InputError.self) {
            try Trainer(
                tinyTranslator(settings, words: data.train), Self.training(smoothing: 0.1), train: data.train,
                dev: data.dev)
        }
        #expect(error.description.hasPrefix("the output layer with copying pointer does not smooth labels; leave"))
        _ = try trained(Self.training(hidden: 0.1, attention: 0.1, steps: 2), settings)
    }
}
