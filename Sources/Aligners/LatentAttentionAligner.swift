// Latent attention as an aligner: both directions, learnt and asked.

public import Corpora
import Evaluation

/// Learns by gradients what Model 1, Model 2 and the HMM learn by counting, with words that are vectors; see
/// `LatentAttention` for the model.
public struct LatentAttentionAligner: WordAligner {
    public static let name = "latent"
    public static let summary =
        "attention whose alignment is summed out: an HMM over words that are vectors, with their letters (Deng et al. 2018)"

    public static let settings = [
        AlignerSettings.seed, AlignerSettings.nullProbability, AlignerSettings.passes, AlignerSettings.longest,
        AlignerSettings.minimumCount, AlignerSettings.letters, AlignerSettings.jumps, AlignerSettings.agreement,
    ]

    private let forward: LearntDirection, backward: LearntDirection

    public static func learnt(
        from pairs: [SentencePair], _ settings: AlignerSettings, watch: (Double) -> Bool
    ) throws -> Self {
        var training = try LatentAttentionTraining(pairs, settings)
        try training.run(watch: watch)
        return Self(
            forward: try LearntDirection(
                training.forward, source: training.text.source, target: training.text.target, prior: training.lastPrior),
            backward: try LearntDirection(
                training.backward, source: training.text.target, target: training.text.source, prior: training.lastPrior
            ))
    }

    public func posteriors(of pair: SentencePair) -> TwoWayPosteriors {
        func matrix(_ direction: LearntDirection, _ source: [String], _ target: [String]) -> AttentionMatrix {
            // Every shape is of this pair's lengths, so that nothing is thrown; without rows there would be no links.
            let rows = (try? direction.posterior(source, target)) ?? target.map { _ in [] }
            return AttentionMatrix(rows: rows, sourceCount: source.count)
        }
        return TwoWayPosteriors(
            forward: matrix(forward, pair.source, pair.target), backward: matrix(backward, pair.target, pair.source))
    }
}
