// Both directions of latent attention, learnt together: what is tried in which order, and how fast.

import Corpora
import Randomness
import TensorCore

/// The parameters of both directions on one tape, and the steps that change them.
struct LatentAttentionTraining {
    /// Source → target, and target → source.
    let forward: LatentAttention, backward: LatentAttention
    let source: Vocabulary, target: Vocabulary
    private let parameters = Parameters()
    private var optimizer = Adam(learningRate: rate, beta1: 0.9, beta2: 0.98)
    private var batches: Batches
    private var noise: RandomSource
    private let steps: Int

    private static let rate = 1e-2, leastRate = 1e-3
    private static let warmUp = 30, batchSize = 64, defaultNullProbability = 0.2
    /// Times over the pairs, and steps at least: few pairs are gone over more often.
    private static let defaultPasses = 7, leastSteps = 150
    private static let clip = 2.0, dropout = 0.1

    /// - Throws: `InputError` where there is nothing to learn from.
    init(_ pairs: [SentencePair], _ settings: AlignerSettings) throws {
        let usable = pairs.filter { pair in
            let lengths = [pair.source.count, pair.target.count]
            return lengths.allSatisfy { 1...max(1, settings.longest) ~= $0 }
        }
        guard !usable.isEmpty else {
            throw InputError(
                "there is nothing to learn alignments from: of \(pairs.count) pairs none has a word on both sides and at "
                    + "most \(settings.longest) words on each; give such pairs, or set the longest sentence higher")
        }
        let nullProbability = settings.nullProbability ?? Self.defaultNullProbability
        guard 0 < nullProbability, nullProbability < 1 else {
            throw InputError(
                "the null word's probability is \(nullProbability); expected a number between 0 and 1, such as 0.1")
        }
        let source = Vocabulary(sentences: usable.lazy.map(\.source), minimumCount: settings.minimumCount)
        let target = Vocabulary(sentences: usable.lazy.map(\.target), minimumCount: settings.minimumCount)
        (self.source, self.target) = (source, target)
        let encoded = try usable.map { try EncodedPair($0, source: source, target: target) }
        batches = try Batches(
            encoded, batchSize: Self.batchSize, random: RandomSource(seed: settings.seed, purpose: "aligner batches"))
        noise = RandomSource(seed: settings.seed, purpose: "aligner dropout")
        let perPass = batches.batchesPerEpoch
        steps = max(1, settings.passes.map { $0 * perPass } ?? max(Self.defaultPasses * perPass, Self.leastSteps))
        let builder = ParameterBuilder(parameters, seed: settings.seed)
        func counts(_ sentences: [[Int]], _ count: Int) -> [Int] {
            sentences.joined().reduce(into: [Int](repeating: 0, count: count)) { $0[$1] += 1 }
        }
        forward = try Self.direction(
            builder.scope("forward"), source, target, counts(encoded.map(\.target), target.count), nullProbability,
            settings)
        backward = try Self.direction(
            builder.scope("backward"), target, source, counts(encoded.map(\.source), source.count), nullProbability,
            settings)
        try parameters.check()
    }

    private static func direction(
        _ scope: ParameterBuilder, _ source: Vocabulary, _ target: Vocabulary, _ counts: [Int],
        _ nullProbability: Double, _ settings: AlignerSettings
    ) throws -> LatentAttention {
        var builder = scope
        let size: Shape = [CharacterNGrams.rows, LatentAttention.width]
        let grams =
            settings.characterNGrams ? builder.uniform("grams", size, bound: LatentAttention.bound) : nil
        return try LatentAttention(
            &builder, source: source, target: target, grams: grams, counts: counts,
            lexicalJumps: settings.lexicalJumps, nullProbability: nullProbability)
    }

    /// - Throws: `CancellationError` where `watch` gives false, `RunError` where the loss is no number.
    mutating func run(watch: (Double) -> Bool) throws {
        for step in 0..<steps {
            guard watch(Double(step) / Double(steps)) else { throw CancellationError() }
            let done = Double(step) / Double(steps)
            optimizer.learningRate =
                (Self.rate + (Self.leastRate - Self.rate) * done) * min(1, Double(step + 1) / Double(Self.warmUp))
            let batch = batches.next()
            let loss = try loss(batch, prior(step: step))
            guard try loss.item().isFinite else {
                throw RunError("latent attention: the loss became \(try loss.item()) at step \(step + 1) of \(steps)")
            }
            parameters.clearGradients()
            try parameters.tape.backward(from: loss)
            parameters.clipGradients(toNorm: Self.clip)
            optimizer.step(parameters)
        }
        _ = watch(1)
    }

    /// A seventh of the steps with the uniform prior, a seventh with the diagonal, and the rest with jumps: each begins
    /// with the emissions that the one before has found.
    private func prior(step: Int) -> PriorKind {
        switch step * Self.defaultPasses / steps {
        case 0: .uniform
        case 1: .diagonal
        default: .jumps
        }
    }

    /// What the last step was learnt with.
    var lastPrior: PriorKind { prior(step: steps - 1) }

    /// The mean of −log p over the words of a direction, both directions added.
    private mutating func loss(_ batch: Batch, _ prior: PriorKind) throws -> Tensor {
        let pairs = batch.indices.map { batches.pairs[$0] }
        let there = AlignmentBatch(pairs.map { ($0.source, $0.target) })
        let back = AlignmentBatch(pairs.map { ($0.target, $0.source) })
        let lossThere = try forward.logLikelihood(there, prior: prior, kept: kept(there))
            .scaled(by: -1 / Scalar(there.targetWords))
        let lossBack = try backward.logLikelihood(back, prior: prior, kept: kept(back))
            .scaled(by: -1 / Scalar(back.targetWords))
        return try lossThere + lossBack
    }

    /// Which units of each state stay, as much greater as there are fewer [U,E]; none of what stands before the first
    /// word, so that its state is the null word's.
    private mutating func kept(_ batch: AlignmentBatch) throws -> Tensor {
        let width = LatentAttention.width, greater = Scalar(1 / (1 - Self.dropout))
        let units = (0..<batch.words.count * width).map { $0 < width || noise.chance(Self.dropout) ? 0 : greater }
        return try Tensor(units, shape: [batch.words.count, width])
    }
}
