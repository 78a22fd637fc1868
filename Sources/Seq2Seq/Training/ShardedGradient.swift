// One training on several threads: the batch in parts, a tape for each, and their gradients added in a fixed order.

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
    private let threads: Int

    /// - Parameters:
    ///   - shards: parts of a batch.
    ///   - threads: no more than there are parts are used.
    public init(_ model: TranslationModel, shards: Int, threads: Int) {
        models = [model] + (1..<max(1, shards)).map { _ in TranslationModel(sharing: model) }
        self.threads = max(1, min(threads, models.count))
    }

    /// Blocks of numbers that all parts have allocated so far. Stands still in the steady state of a training.
    public var blocksAllocated: Int { models.reduce(0) { $0 + $1.parameters.tape.blocksAllocated } }

    /// Leaves the gradient of the mean loss in the trained model's parameters.
    /// - Returns: the mean loss over the batch's real target tokens, in nats.
    public func compute(_ batch: Batch) throws -> Double {
        let parts = batch.shards(models.count), total = batch.targetTokenCount
        var losses = [Result<Double, any Error>](repeating: .success(0), count: parts.count)
        if threads == 1 || parts.count == 1 {
            for (index, part) in parts.enumerated() {
                losses[index] = Result { try models[index].gradient(part, of: total) }
            }
        } else {
            losses = onThreads(parts, total)
        }
        let loss = try losses.reduce(0) { try $0 + $1.get() }
        for model in models.prefix(parts.count).dropFirst() {
            try models[0].parameters.addGradients(of: model.parameters)
        }
        return loss
    }

    private func onThreads(_ parts: [Batch], _ total: Int) -> [Result<Double, any Error>] {
        let losses = Mutex([Result<Double, any Error>](repeating: .success(0), count: parts.count))
        // A model belongs to one thread. Each part has a model of its own, which no other part touches; the numbers
        // that they share are only read until all threads are done.
        nonisolated(unsafe) let models = self.models
        let threads = self.threads
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for index in stride(from: thread, to: parts.count, by: threads) {
                let loss = Result { try models[index].gradient(parts[index], of: total) }
                losses.withLock { $0[index] = loss }
            }
        }
        return losses.withLock { $0 }
    }
}

extension TranslationModel {
    /// Leaves the gradient of a part's share of the loss in the parameters, and returns that share.
    fileprivate func gradient(_ part: Batch, of total: Int) throws -> Double {
        parameters.clearGradients()
        parameters.tape.reset()
        let loss = try loss(part, dividingBy: total)
        let value = try Double(loss.item())
        if value.isFinite { try parameters.tape.backward(from: loss) }
        return value
    }
}
