// How what aligns is learnt by gradients: the steps, how large they are, and what each leaves out.

import Corpora
import Foundation
import Randomness
import TensorCore

/// Adam whose rate rises, and falls to a tenth along a line.
struct Descent {
    /// Times over the pairs, and steps at least: few pairs are gone over more often.
    static let passes = 7, leastSteps = 150
    static let batchSize = 64
    private static let rate = 1e-2, leastRate = 1e-3
    private static let warmUp = 30, clip = 2.0

    let steps: Int
    private var step = 0
    private var optimizer = Adam(learningRate: rate, beta1: 0.9, beta2: 0.98)

    /// - Parameter passes: as was asked for; nil: as measured.
    init(passes: Int?, batchesPerPass: Int) {
        steps = max(1, passes.map { $0 * batchesPerPass } ?? max(Self.passes * batchesPerPass, Self.leastSteps))
    }

    /// Where it stands, 0 to 1.
    var done: Double { Double(step) / Double(steps) }
    /// Whether every step was made.
    var isOver: Bool { step == steps }

    /// One step down the gradient of a loss, which is then forgotten.
    ///
    /// - Throws: `RunError` where the loss is no number.
    mutating func follow(_ loss: Tensor, _ parameters: Parameters) throws {
        guard try loss.item().isFinite else {
            throw RunError("learning to align: the loss became \(try loss.item()) at step \(step + 1) of \(steps)")
        }
        optimizer.learningRate =
            (Self.rate + (Self.leastRate - Self.rate) * done) * min(1, Double(step + 1) / Double(Self.warmUp))
        parameters.clearGradients()
        try parameters.tape.backward(from: loss)
        parameters.clipGradients(toNorm: Self.clip)
        optimizer.step(parameters)
        step += 1
    }
}

/// Which units of each state stay, as much greater as there are fewer (Srivastava et al. 2014).
struct StateDropout {
    private var random: RandomSource
    private static let share = 0.1

    init(seed: UInt64) { random = RandomSource(seed: seed, purpose: "aligner dropout") }

    /// For the different words of a batch [U,E]: none of what stands before the first word, so that its state is the null
    /// word's.
    mutating func kept(_ batch: AlignmentBatch) throws -> Tensor {
        let greater = Scalar(1 / (1 - Self.share))
        return try Self.kept(batch) { random.chance(Self.share) ? 0 : greater }
    }

    /// Where nothing is learnt and all units stay.
    static func all(_ batch: AlignmentBatch) throws -> Tensor { try kept(batch) { 1 } }

    private static func kept(_ batch: AlignmentBatch, _ unit: () -> Scalar) throws -> Tensor {
        let width = LatentAttention.width
        let units = (0..<batch.words.count * width).map { $0 < width ? 0 : unit() }
        return try Tensor(units, shape: [batch.words.count, width])
    }
}
