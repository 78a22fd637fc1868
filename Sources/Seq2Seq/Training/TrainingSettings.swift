// How a model is trained. Printed with every result, stored in every checkpoint.

/// Teacher forcing with Adam; see `Trainer`.
public struct TrainingSettings: Sendable, Codable, Equatable {
    /// Optimiser steps at most.
    public var steps = 1200
    /// Pairs a step.
    public var batchSize = 32
    /// Parts of a batch whose gradients are computed apart, so that threads can share one training. The parts, not the
    /// threads, decide how sums are rounded. nil: one part for every 32 pairs.
    public var shards: Int?
    public var learningRate = 1e-2
    /// The learning rate falls linearly to this share of itself at the last step; 1 keeps it.
    public var finalLearningRate = 0.1
    /// β₂ of Adam, as Vaswani et al. 2017, §5.3, chose it: a mean over the last fifty squares and not the last
    /// thousand, which is as long as these trainings are. On the toy languages 1200 steps so reach what 1600 reach with
    /// 0.999.
    public var beta2 = 0.98
    /// Largest norm of the whole gradient.
    public var clip = 1.0
    /// Steps between two looks at the dev loss.
    public var evaluationInterval = 200
    /// Looks without improvement before the training stops early.
    public var patience = 5
    /// Draws the first parameters and the order of the batches.
    public var seed: UInt64 = 1

    public init() {}

    /// Parts of a full batch.
    public var shardCount: Int { max(1, shards ?? batchSize / 32) }
}
