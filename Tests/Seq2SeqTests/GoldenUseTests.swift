// The uses of the weights against the golden numbers (family.json, its hard cases): losses, posteriors, scores of all
// words, and the gradients of queries, states and every parameter. What runs is what a model runs.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// A case as a model with the layer of the case sees it: weights are the softmax of dot products.
private struct Case {
    let golden: Golden, model: TranslationModel, targets: [Int]
    private let queries, states: Tensor
    private let steps: Int, batch: Int, source: Int, width: Int

    init(_ name: String) throws {
        golden = try #require(try Golden.cases("family.json").first { try $0["name"].string == name })
        let inputs = try golden["inputs"], shape = try inputs["queries"].shape
        (steps, batch, width) = (shape[0], shape[1], shape[2])
        source = try inputs["states"].shape[1]
        var settings = ModelSettings(scorer: "luong-dot")
        (settings.embedding, settings.hidden, settings.top) = (3, width / 2, try Case.top(golden))
        model = TranslationModel(
            settings, scorer: try scorerType("luong-dot"), sourceVocabulary: 6, targetVocabulary: 6, seed: 1)
        var builder = ParameterBuilder(model.parameters, seed: 1)
        queries = builder.uniform("queries", Shape(shape), bound: 1)
        states = builder.uniform("states", [batch, source, width], bound: 1)
        for name in ["queries", "states"] { try model.parameters.set(name, to: inputs[name].scalars) }
        let parameters = try golden["parameters"]
        for name in parameters.keys {
            let values = try parameters[name]
            try model.parameters.set(
                "decoder.\(name)", to: values.shape.count == 2 ? values.transposed : values.scalars)
        }
        targets = try golden.keys.contains("targets") ? golden["targets"].integers : []
    }

    private static func top(_ golden: Golden) throws -> Int? {
        guard golden.keys.contains("top"), try !golden["top"].isNull else { return nil }
        return try Int(golden["top"].number)
    }

    /// - Parameter progress: nil outside training.
    func seen(_ progress: TrainingProgress? = nil) throws -> UsedWeights {
        let lengths = try golden["lengths"].integers
        let memory = Memory(states: states, summary: try states.slice(0), lengths: lengths, keys: states)
        let source = EncodedSource(
            memory: memory, copies: [], attention: model.attention, tape: model.parameters.tape)
        func joined(_ steps: [Tensor]) throws -> Tensor {
            try Tensor.stack(steps).reshaped([targetCount, steps[0].shape.last])
        }
        let weights = try (0..<steps).map { try states.dot(queries.slice($0)).maskedSoftmax(lengths: lengths) }
        let contexts = try joined(weights.map { try $0.weightedSum(of: states) })
        let state = try queries.reshaped([targetCount, width])
        let readout = try model.decoder.readout(context: contexts, state: state)
        return try model.used(
            DecoderReading(
                words: [], decoder: model.decoder, readout: readout, state: state, context: contexts,
                weights: joined(weights), source: source), progress)
    }

    private var targetCount: Int { steps * batch }

    /// Compares the gradients that a loss leaves with the case's.
    func checkGradients(_ loss: Tensor) throws {
        model.parameters.clearGradients()
        try model.parameters.tape.backward(from: loss)
        let gradients = try golden["gradients"]
        let size = GradientSize(try gradients.keys.map { try gradients[$0].scalars })
        for name in gradients.keys {
            let values = try gradients[name], isInput = try golden["inputs"].keys.contains(name)
            let expected = !isInput && values.shape.count == 2 ? values.transposed : values.scalars
            let own = try #require(model.parameters[isInput ? name : "decoder.\(name)"])
            check("gradient of \(name)", own.gradient, expected, of: size.of(expected))
        }
    }

    func check(_ what: String, _ got: [Scalar], _ key: String) throws { try check(what, got, golden[key].scalars) }

    func check(_ what: String, _ got: [Scalar], _ expected: [Scalar], of size: Double? = nil) {
        if let message = disagreement(what, got, expected, of: size) { Issue.record(Comment(rawValue: message)) }
    }

    var words: Int { targets.count { $0 != Vocabulary.pad } }
}

@Suite("Golden uses of the weights") struct GoldenUseTests {
    @Test("the exact sum over words, over all of them and over the two best", arguments: ["marginal", "marginal-top2"])
    func marginal(name: String) throws {
        let own = try Case(name), seen = try own.seen()
        let loss = try ExactWords.loss(seen, targets: own.targets, dividingBy: nil).crossEntropy
        try own.check("loss", [loss.item()], "loss")
        try own.check("weights", seen.weights().values, "weights")
        let reading = try ExactWords.reading(seen, targets: own.targets)
        try own.check("posterior", #require(reading.posterior).values, "posterior")
        // As a search has them, of words that are divided by what the kept weights sum to.
        let mean = -reading.logProbabilities.reduce(0, +) / Double(own.words), golden = try own.golden["loss"].number
        #expect(own.model.settings.top == nil ? agree(mean, golden, of: 4) : mean < golden)
        let scores = try ExactWords.scores(seen)
        try own.check("log probabilities of all words", scores.scores.values, "log_probabilities")
        let soft = try MeanContext.loss(seen, targets: own.targets, dividingBy: nil).crossEntropy
        try own.check("soft loss", [soft.item()], "soft_loss")
        let chosen = try #require(scores.posterior), source = seen.reading.source.memory.source
        let expected = try own.golden["posterior"].scalars
        for (row, target) in own.targets.enumerated() where target != Vocabulary.pad {
            let found = chosen(row, target), own = expected[row * source..<(row + 1) * source]
            #expect(agree(found, Array(own), of: 1), "posterior of a word that was chosen")
        }
        try own.checkGradients(ExactWords.loss(own.seen(), targets: own.targets, dividingBy: nil).crossEntropy)
    }

    @Test("without top the scores learn prior less posterior") func priorLessPosterior() throws {
        let own = try Case("marginal"), lengths = try own.golden["lengths"].integers
        let parameters = own.model.parameters
        var builder = ParameterBuilder(parameters, seed: 1)
        let count = own.targets.count, source = try own.golden["inputs"]["states"].shape[1]
        let scores = builder.uniform("scores", [count, source], bound: 1)
        let rowLengths = (0..<count).map { lengths[$0 % lengths.count] }
        let weights = try scores.maskedSoftmax(lengths: rowLengths)
        let seen = try own.seen(), reading = seen.reading
        let other = own.model.used(
            DecoderReading(
                words: [], decoder: reading.decoder, readout: reading.readout, state: reading.state,
                context: reading.context, weights: weights, source: reading.source))
        let posterior = try #require(try ExactWords.reading(other, targets: own.targets).posterior).values
        try parameters.tape.backward(
            from: ExactWords.loss(other, targets: own.targets, dividingBy: nil).crossEntropy)
        let expected = weights.values.enumerated().map { index, weight in
            own.targets[index / source] == Vocabulary.pad ? 0 : (weight - posterior[index]) / Scalar(own.words)
        }
        own.check("gradient of the scores", scores.gradient, expected, of: 1)
    }

    /// With the baseline and the weights of the two terms as the case has them.
    private func reinforced(
        _ own: Case, _ choices: [Int], baseline: Double, gain: Double, entropy: Double
    ) throws
        -> (loss: Tensor, rewards: [Double])
    {
        let seen = try own.seen(), weights = try seen.weights(), words = own.words
        let chosen = try seen.values().gathered(choices.enumerated().map { seen.value(row: $0, place: $1) })
        let scores = try seen.scores(ofReadouts: seen.reading.readout(context: chosen, state: seen.state()))
        let rewards = try scores.logProbabilities(of: own.targets)
        let term = try weights.choiceLoss(
            zip(choices, own.targets).map { $1 == Vocabulary.pad ? nil : $0 },
            gains: rewards.map { gain * ($0 - baseline) }, entropy: entropy)
        let loss =
            try scores.crossEntropy(targets: own.targets, ignoring: Vocabulary.pad)
            + term.scaled(by: 1 / Scalar(words))
        return (loss, rewards)
    }

    @Test("REINFORCE for given samples") func reinforce() throws {
        let own = try Case("reinforce"), golden = own.golden
        let (loss, rewards) = try reinforced(
            own, golden["sampled"].integers, baseline: golden["baseline"].number,
            gain: golden["reward_weight"].number, entropy: golden["entropy_weight"].number)
        try own.check("loss", [loss.item()], "loss")
        let expected = try golden["rewards"].numbers
        for (row, target) in own.targets.enumerated() where target != Vocabulary.pad {
            #expect(agree(rewards[row], expected[row], of: 5))
        }
        try own.checkGradients(loss)
    }

    @Test(
        "over all samples REINFORCE is the gradient of the expected reward, whatever the baseline",
        arguments: [0, -1.7])
    func unbiased(baseline: Double) throws {
        let own = try Case("expected-reward"), golden = own.golden, parameters = own.model.parameters
        let lengths = try golden["lengths"].integers, weights = try own.seen().weights().values
        let source = weights.count / own.targets.count, batch = lengths.count
        // Rows do not touch each other, so the mean over all samples can be taken place by place: sample i has word i
        // of every sentence that is so long, and counts as much as that word weighs.
        var sum = parameters.names.reduce(into: [String: [Double]]()) { sums, name in
            sums[name] = parameters[name].map { [Double](repeating: 0, count: $0.count) }
        }
        for place in 0..<source {
            let choices = own.targets.indices.map { place < lengths[$0 % batch] ? place : 0 }
            for row in own.targets.indices where own.targets[row] != Vocabulary.pad && place < lengths[row % batch] {
                parameters.clearGradients()
                let seen = try own.seen()
                let chosen = try seen.values().gathered(choices.enumerated().map { seen.value(row: $0, place: $1) })
                let scores = try seen.scores(ofReadouts: seen.reading.readout(context: chosen, state: seen.state()))
                let alone = own.targets.indices.map { $0 == row ? own.targets[row] : Vocabulary.pad }
                let reward = try scores.logProbabilities(of: alone)[row]
                let term = try seen.weights().choiceLoss(
                    alone.enumerated().map { $1 == Vocabulary.pad ? nil : choices[$0] },
                    gains: alone.map { $0 == Vocabulary.pad ? 0 : reward - baseline },
                    entropy: golden["entropy_weight"].number)
                let loss =
                    try scores.crossEntropy(targets: alone, ignoring: Vocabulary.pad, dividingBy: own.words)
                    + term.scaled(by: 1 / Scalar(own.words))
                try parameters.tape.backward(from: loss)
                for name in parameters.names {
                    let gradient = try #require(parameters[name]).gradient
                    for (index, value) in gradient.enumerated() {
                        sum[name]?[index] += Double(value) * Double(weights[row * source + place])
                    }
                }
            }
        }
        let gradients = try golden["gradients"]
        let size = GradientSize(try gradients.keys.map { try gradients[$0].scalars })
        for name in gradients.keys {
            let values = try gradients[name], isInput = name == "queries" || name == "states"
            let expected = !isInput && values.shape.count == 2 ? values.transposed : values.scalars
            let got = try #require(sum[isInput ? name : "decoder.\(name)"]).map { Scalar($0) }
            own.check("mean gradient of \(name)", got, expected, of: 4 * size.of(expected))
        }
    }

    @Test("straight through: forward one word, backward the soft choice") func straightThrough() throws {
        let own = try Case("gumbel-straight-through"), golden = own.golden
        let seen = try own.seen(), weights = try seen.weights(), memory = seen.reading.source.memory
        try own.check("prior", weights.values, "prior")
        let choices = try weights.straightThrough(
            adding: golden["gumbel"].numbers, temperature: golden["temperature"].number)
        try own.check("weights", choices.values, "weights")
        let steps = weights.shape[0] / memory.batch
        let stepwise = try choices.reshaped([steps, memory.batch, memory.source])
        let contexts = try Tensor.stack((0..<steps).map { try stepwise.slice($0).weightedSum(of: memory.values) })
        try own.check("context", contexts.values, "context")
        let loss = try (contexts * golden["probe"].tensor).sum()
        own.check("loss", [try loss.item()], [Scalar(try golden["loss"].number)], of: 5)
        try own.checkGradients(loss)
    }

    @Test("the words of the sampled use are those of its stream, and its term is REINFORCE with the soft baseline")
    func sampled() throws {
        let own = try Case("reinforce"), progress = TrainingProgress(step: 9, steps: 10)
        let noise = Noise(seed: 3, step: 9, shard: 0), seen = try own.seen(progress)
        let choices = try seen.weights().chosen(
            by: Noise(seed: 3, step: 9, shard: 0).uniform(own.targets.count, "words"))
        let given = try SampledWords.loss(seen, choices, targets: own.targets, dividingBy: nil)
        let reading = seen.reading
        let source = EncodedSource(
            memory: reading.source.memory, copies: [], attention: own.model.attention.with(noise),
            tape: own.model.parameters.tape)
        let drawn = try SampledWords.loss(
            own.model.used(
                DecoderReading(
                    words: [], decoder: reading.decoder, readout: reading.readout, state: reading.state,
                    context: reading.context, weights: reading.weights, source: source), progress),
            targets: own.targets, dividingBy: nil)
        #expect(try drawn.crossEntropy.item() == given.crossEntropy.item())
        #expect(try drawn.terms.map { try $0.sum.item() } == given.terms.map { try $0.sum.item() })
        let soft = try seen.scores(ofReadouts: reading.readout).logProbabilities(of: own.targets)
        let (_, rewards) = try reinforced(own, choices, baseline: 0, gain: 1, entropy: 0)
        let weights = try seen.weights()
        let expected = try weights.choiceLoss(
            zip(choices, own.targets).map { $1 == Vocabulary.pad ? nil : $0 },
            gains: zip(rewards, soft).map { $0 - $1 }, entropy: 0.01)
        #expect(try agree(given.terms[0].sum.item(), expected.item(), of: 5))
    }
}
