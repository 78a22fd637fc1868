// Training: batches, gradients, Adam, the dev score, early stopping, the best parameters kept.

public import Corpora
import Dispatch
import Foundation
import Randomness
import TensorCore

/// What a training has seen at one look at the dev set.
public struct TrainingReport: Sendable, Codable, Equatable {
    /// Optimiser steps made.
    public let step: Int
    public let epoch: Int
    /// Mean training loss since the last report, nats a token.
    public let trainLoss: Double
    /// Dev loss, nats a token.
    public let devLoss: Double
    /// What the terms of the loss were since the last report, as means; nil where it has none.
    public var terms: [TermValue]?
}

/// Trains one translator, on one thread or on as many as its batches have parts.
///
/// A run that was saved and resumed goes on bit for bit as if it had never stopped.
public final class Trainer {
    public let translator: Translator
    public let settings: TrainingSettings
    public internal(set) var step = 0
    public internal(set) var history: [TrainingReport] = []
    /// Lowest dev loss so far, and the parameters that reached it.
    public internal(set) var bestDevLoss = Double.infinity
    var bestParameters: [[Scalar]] = []
    /// Of the looks before the next one, as many as are averaged with it.
    var recent: [ParameterValues] = []
    var looksWithoutImprovement = 0
    /// Since the last look at dev: summed losses and number of steps.
    var lossSinceLook = BatchLoss(crossEntropy: 0), stepsSinceLook = 0
    var optimizer: Adam
    var batches: Batches
    public let dev: [EncodedPair]
    /// As they are trained on.
    public var training: [EncodedPair] { batches.pairs }
    /// Of the pairs trained on and chosen by.
    let fingerprint: String
    private let gradient: ShardedGradient
    /// Seconds spent in training steps, looks at dev left out, and the tokens they read and wrote. Not part of a
    /// checkpoint.
    public private(set) var seconds = 0.0
    public private(set) var targetTokens = 0
    /// Target tokens of the training steps a second; nil before the first.
    public var tokensPerSecond: Double? { seconds > 0 ? Double(targetTokens) / seconds : nil }

    /// - Parameter threads: share the parts of each batch; see `TrainingSettings.shards`. The numbers are the same on
    ///   any.
    /// - Throws: `InputError` for settings that cannot be, no training pairs, or an empty source sentence; `ShapeError`
    ///   for a model whose scorer asked for parameters that cannot be.
    public init(
        _ translator: Translator, _ settings: TrainingSettings, train: [SentencePair], dev: [SentencePair],
        threads: Int = 1
    ) throws {
        guard settings.evaluationInterval >= 1, settings.patience >= 1 else {
            throw InputError(
                "a training cannot look at dev every \(settings.evaluationInterval) steps with a patience of \(settings.patience) looks; both are at least 1"
            )
        }
        try translator.model.checkParts()
        _ = try settings.resolved(among: .standard)
        try settings.check(translator.model.settings, translator.model.scorerCard, pairs: train)
        self.translator = translator
        self.settings = settings
        gradient = ShardedGradient(
            translator.model, shards: settings.shardCount, threads: threads, settings: settings)
        optimizer = Adam(learningRate: settings.learningRate, beta2: settings.beta2)
        batches = try Batches(
            translator.encoded(train), settings.batchLimit,
            random: RandomSource(seed: settings.seed, purpose: "batches"))
        self.dev = try translator.encoded(dev)
        fingerprint = Checkpoint.fingerprint(train, dev)
    }

    /// Of the look at dev whose parameters are kept; nil before the first.
    public var bestStep: Int? { history.first { $0.devLoss == bestDevLoss }?.step }

    public var isFinished: Bool {
        step >= settings.steps || looksWithoutImprovement >= settings.patience
    }

    /// Trains until finished, or until `progress` says to stop.
    ///
    /// - Parameters:
    ///   - save: called after each look at dev, when the trainer stands at a point it can be resumed from.
    ///   - progress: called after each step; returns whether to go on.
    /// - Throws: `RunError` where the loss is no longer a number. The checkpoint saved last is still good.
    public func run(save: (Trainer) throws -> Void = { _ in }, progress: (Trainer) -> Bool = { _ in true }) throws {
        while !isFinished {
            try trainStep()
            if step % settings.evaluationInterval == 0 || step == settings.steps {
                try evaluate()
                try save(self)
            }
            if !progress(self) { return }
        }
    }

    /// Puts the parameters of the best look at dev back into the model.
    public func restoreBest() throws {
        for (name, values) in zip(translator.model.parameters.names, bestParameters) {
            try translator.model.parameters.set(name, to: values)
        }
    }

    /// One batch forward and backward, and one step of the optimiser.
    func trainStep() throws {
        let batch = batches.next()
        let start = DispatchTime.now().uptimeNanoseconds
        let parameters = translator.model.parameters
        let value = try gradient.compute(batch, TrainingProgress(step: step, steps: settings.steps))
        try checkFinite(value.crossEntropy, "loss", batch)
        for term in value.terms { try checkFinite(term.value, "term \"\(term.name)\" of the loss", batch) }
        try checkFinite(parameters.clipGradients(toNorm: settings.clip), "norm of the gradient", batch)
        let progress = Double(step) / Double(max(settings.steps, 1))
        optimizer.learningRate = settings.learningRate * (1 - (1 - settings.finalLearningRate) * progress)
        optimizer.step(parameters)
        step += 1
        lossSinceLook = lossSinceLook + value
        stepsSinceLook += 1
        seconds += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        targetTokens += batch.targetTokenCount
    }

    /// Looks at the dev loss and keeps the parameters if it is the lowest so far.
    func evaluate() throws {
        let seen = lossSinceLook.divided(by: stepsSinceLook)
        let looked = try lookedAt(),
            devLoss = dev.isEmpty ? seen.crossEntropy : try translator.loss(dev, settings.lookLimit)
        guard devLoss.isFinite else { throw try notFinite(devLoss, "dev loss", step: step, where: "", firstBadBatch()) }
        history.append(
            TrainingReport(
                step: step, epoch: batches.position.epoch, trainLoss: seen.crossEntropy, devLoss: devLoss,
                terms: seen.terms.isEmpty ? nil : seen.terms))
        (lossSinceLook, stepsSinceLook) = (BatchLoss(crossEntropy: 0), 0)
        if devLoss < bestDevLoss {
            bestDevLoss = devLoss
            bestParameters = translator.model.parameters.tensors.map(\.values)
            looksWithoutImprovement = 0
        } else {
            looksWithoutImprovement += 1
        }
        if let looked { try translator.model.parameters.set(looked) }
    }

    /// Puts the mean over the last looks into the model, where one is asked for.
    /// - Returns: what stood there, with which the training goes on; nil where nothing was changed.
    private func lookedAt() throws -> ParameterValues? {
        guard settings.average > 1 else { return nil }
        let parameters = translator.model.parameters, present = ParameterValues(parameters)
        try parameters.set(.mean(recent + [present]))
        recent = (recent + [present]).suffix(settings.average - 1)
        return present
    }

    /// The first batch of dev with a loss that is no number.
    private func firstBadBatch() throws -> Batch? {
        try Batches.inOrder(dev, settings.lookLimit).first { batch in
            try translator.model.parameters.tape.withoutRecording { try !translator.model.loss(batch).item().isFinite }
        }
    }

    private func checkFinite(_ value: Double, _ what: String, _ batch: Batch) throws {
        if value.isFinite { return }
        let pairs = batch.indices.prefix(8).map(String.init).joined(separator: ", ")
        throw notFinite(value, what, step: step + 1, where: ", in the batch of training pairs \(pairs)…", batch)
    }

    private func notFinite(_ value: Double, _ what: String, step: Int, where place: String, _ batch: Batch?) -> RunError
    {
        let saved =
            history.last.map { "the parameters of step \($0.step), dev loss \($0.devLoss), are the last good ones" }
            ?? "there was no look at dev before"
        let model = translator.model
        let explanation = batch.flatMap {
            NumberFault(in: model, $0, settings, TrainingProgress(step: step, steps: settings.steps))
        }?
        .explanation(
            scorer: model.settings.scorer, normalisation: model.settings.normalisation,
            learningRate: settings.learningRate)
        return RunError(
            "the \(what) became \(value.isNaN ? "NaN" : "infinite") at step \(step)\(place); \(saved); "
                + (explanation
                    ?? "where it began cannot be told, because the batch computes well when it is computed again. Try a lower learning rate than "
                    + "\(settings.learningRate)"))
    }
}
