// Both directions of latent attention, learnt together: what is tried in which order.

import Corpora
import TensorCore

/// The parameters of both directions on one tape, and the steps that change them.
struct LatentAttentionTraining {
    /// Source → target, and target → source.
    let forward: LatentAttention, backward: LatentAttention
    private(set) var text: AlignmentText
    private let parameters = Parameters()
    private var descent: Descent
    private var dropout: StateDropout
    private let agrees: Bool

    private static let defaultNullProbability = 0.2

    /// - Throws: `InputError` where there is nothing to learn from.
    init(_ pairs: [SentencePair], _ settings: AlignerSettings) throws {
        let text = try AlignmentText(pairs, settings)
        let nullProbability = settings.nullProbability ?? Self.defaultNullProbability
        guard 0 < nullProbability, nullProbability < 1 else {
            throw InputError(
                "the null word's probability is \(nullProbability); expected a number between 0 and 1, such as 0.2")
        }
        self.text = text
        dropout = StateDropout(seed: settings.seed)
        agrees = settings.agreement == .product
        descent = Descent(passes: settings.passes, batchesPerPass: text.batches.batchesPerEpoch)
        let builder = ParameterBuilder(parameters, seed: settings.seed)
        forward = try Self.direction(
            builder.scope("forward"), text.source, text.target, text.targetCounts, nullProbability, settings)
        backward = try Self.direction(
            builder.scope("backward"), text.target, text.source, text.sourceCounts, nullProbability, settings)
        try parameters.check()
    }

    private static func direction(
        _ scope: ParameterBuilder, _ source: Vocabulary, _ target: Vocabulary, _ counts: [Int],
        _ nullProbability: Double, _ settings: AlignerSettings
    ) throws -> LatentAttention {
        var builder = scope
        let size: Shape = [CharacterNGrams.rows, LatentAttention.width]
        let grams =
            settings.letters == .ngrams ? builder.uniform("grams", size, bound: LatentAttention.bound) : nil
        return try LatentAttention(
            &builder, source: source, target: target, grams: grams, counts: counts,
            lexicalJumps: settings.jumps == .byWord, nullProbability: nullProbability)
    }

    /// - Throws: `CancellationError` where `watch` gives false, `RunError` where the loss is no number.
    mutating func run(watch: (Double) -> Bool) throws {
        while !descent.isOver {
            guard watch(descent.done) else { throw CancellationError() }
            lastPrior = prior
            try descent.follow(loss(text.next(), lastPrior), parameters)
        }
        _ = watch(1)
    }

    /// What the last step was learnt with.
    private(set) var lastPrior = PriorKind.uniform

    /// A seventh of the steps with the uniform prior, a seventh with the diagonal, and the rest with jumps: each begins
    /// with the emissions that the one before has found.
    private var prior: PriorKind {
        switch Int(descent.done * 7) {
        case 0: .uniform
        case 1: .diagonal
        default: .jumps
        }
    }

    /// The mean of −log p over the words of a direction, both directions added.
    private mutating func loss(_ pairs: [(source: [Int], target: [Int])], _ prior: PriorKind) throws -> Tensor {
        let there = AlignmentBatch(pairs), back = AlignmentBatch(pairs.map { ($0.target, $0.source) })
        var scoresThere = try forward.scores(there, kept: dropout.kept(there))
        var scoresBack = try backward.scores(back, kept: dropout.kept(back))
        if agrees, prior == .jumps {
            (scoresThere.emissions, scoresBack.emissions) = try Agreement.joined(
                scoresThere.emissions, scoresBack.emissions)
        }
        let likelihoodThere = try forward.logLikelihood(there, scoresThere, prior: prior)
        let likelihoodBack = try backward.logLikelihood(back, scoresBack, prior: prior)
        return try likelihoodThere.scaled(by: -1 / Scalar(there.targetWords))
            + likelihoodBack.scaled(by: -1 / Scalar(back.targetWords))
    }
}
