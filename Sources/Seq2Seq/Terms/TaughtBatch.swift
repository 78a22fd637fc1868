// A batch as teacher forcing has seen it: what the terms of a loss are made of.

public import Corpora
public import TensorCore

/// How far a training has come.
public struct TrainingProgress: Sendable, Equatable {
    /// Optimiser steps made, and how many are to be made at most.
    public let step: Int, steps: Int

    public init(step: Int, steps: Int) { (self.step, self.steps) = (step, steps) }
}

/// The sentences of a batch, or of a part of one, with where the model looked while it read the references.
public struct TaughtBatch {
    /// Ids, lengths, and gold alignments where the corpus has them.
    public let batch: Batch
    /// α of each step [B,S], zero in the source's padding; of target words that are none, it stands there all the
    /// same.
    public let weights: [Tensor]
    public let progress: TrainingProgress

    /// α of each step [B,S], zero for sentences whose target has ended. Step t is about target word t; the last of a
    /// sentence is its end.
    public func realWeights() throws -> [Tensor] {
        try weights.enumerated().map { t, weights in try weights.keepingRows(batch.targetLengths.map { t < $0 }) }
    }

    /// The smallest weight that a logarithm is taken of: a word that a sparse normaliser has dropped would have an
    /// infinite one, and an infinite slope.
    static let least: Scalar = 1e-20

    /// Which source words target word t is linked with by a sure link, row-major [B,S].
    public func isLinked(_ t: Int) -> [Bool] {
        (0..<batch.count).flatMap { b in
            (0..<batch.sourceWidth).map { batch.gold[b]?.sure.contains(Link($0, t)) == true }
        }
    }

    /// Of each source word, its share of the sure links of target word t: rows of [B,S] that sum to 1, or to 0 for words
    /// without a link; nil where no sentence has one.
    func linkShares(_ t: Int) throws -> Tensor? {
        let links = isLinked(t), width = batch.sourceWidth
        guard let weights = weights.first, links.contains(true) else { return nil }
        let counts = (0..<batch.count).map { b in links[b * width..<(b + 1) * width].count { $0 } }
        let shares = links.enumerated().map { $1 ? 1 / Scalar(counts[$0 / width]) : 0 }
        return try Tensor.constant(shares, shape: weights.shape, near: weights)
    }

    var nothingSeen: ShapeError { ShapeError("a term of the loss needs at least one target word, and saw none") }
}
