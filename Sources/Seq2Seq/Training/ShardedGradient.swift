// One training on several threads: the batch in parts, a tape for each, and their gradients added in a fixed order.
// Of one part, as most trainings are, it is the forward and the backward pass.

import AttentionScorers
public import Corpora
import Dispatch
import Synchronization
import TensorCore

/// Computes the gradient of a batch in parts that threads can share.
///
/// How many parts there are does not depend on how many threads, and they are added one after the other: the sums,
/// rounding included, are the same on any number of threads.
public final class ShardedGradient {
    /// One for each part; the first is the model that is trained, the others read its numbers.
    private let models: [TranslationModel]
    private let settings: TrainingSettings
    private let threads: Int

    /// - Parameters:
    ///   - shards: parts of a batch.
    ///   - threads: no more than there are parts are used.
    ///   - settings: what is lowered, what is left out, and the seed of the random numbers; see `Noise`.
    public init(
        _ model: TranslationModel, shards: Int, threads: Int, settings: TrainingSettings = TrainingSettings()
    ) {
        self.settings = settings
        models = [model] + (1..<max(1, shards)).map { _ in TranslationModel(sharing: model) }
        self.threads = max(1, min(threads, models.count))
    }

    /// Blocks of numbers that all parts have allocated so far. Stands still in the steady state of a training.
    public var blocksAllocated: Int { models.reduce(0) { $0 + $1.parameters.tape.blocksAllocated } }

    /// Leaves the gradient of the mean loss in the trained model's parameters.
    /// - Returns: the means over the batch.
    public func compute(
        _ batch: Batch, _ progress: TrainingProgress = TrainingProgress(step: 0, steps: 1)
    ) throws -> BatchLoss {
        let parts = batch.shards(models.count), totals = BatchTotals(batch), settings = self.settings
        let gradient: Gradient = { model, index in
            let noise = Noise(
                seed: settings.seed, step: progress.step, shard: index, dropout: settings.dropoutRates)
            return try model.gradient(parts[index], of: totals, settings, progress, noise)
        }
        var losses = [Loss](repeating: Self.none, count: parts.count)
        if threads == 1 || parts.count == 1 {
            for index in parts.indices { losses[index] = Result { try gradient(models[index], index) } }
        } else {
            losses = onThreads(parts.count, gradient)
        }
        let loss = try losses.reduce(BatchLoss(crossEntropy: 0)) { try $0 + $1.get() }
        for model in models.prefix(parts.count).dropFirst() {
            try models[0].parameters.addGradients(of: model.parameters)
        }
        return loss
    }

    private typealias Loss = Result<BatchLoss, any Error>
    /// Of the part of this index, by the model that has it.
    private typealias Gradient = @Sendable (TranslationModel, Int) throws -> BatchLoss

    private static var none: Loss { .success(BatchLoss(crossEntropy: 0)) }

    private func onThreads(_ parts: Int, _ gradient: @escaping Gradient) -> [Loss] {
        let losses = Mutex([Loss](repeating: Self.none, count: parts))
        // A model belongs to one thread. Each part has a model of its own, which no other part touches; the numbers
        // that they share are only read until all threads are done.
        nonisolated(unsafe) let models = self.models
        let threads = self.threads
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: parts, by: threads) {
                let loss = Result { try gradient(models[index], index) }
                losses.withLock { $0[index] = loss }
            }
        }
        return losses.withLock { $0 }
    }
}

extension TranslationModel {
    /// Leaves the gradient of a part's share of the loss in the parameters, and returns that share.
    fileprivate func gradient(
        _ part: Batch, of totals: BatchTotals, _ settings: TrainingSettings, _ progress: TrainingProgress,
        _ noise: Noise
    ) throws -> BatchLoss {
        parameters.clearGradients()
        parameters.tape.reset()
        let loss = try loss(part, of: totals, settings, progress, noise)
        let values = try loss.values()
        if values.whole.isFinite { try parameters.tape.backward(from: loss.whole()) }
        return values
    }
}
