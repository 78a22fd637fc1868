// Each source word is to be looked at once in all (Xu et al. 2015, "Show, attend and tell", eq. 14).

public import AttentionScorers
public import TensorCore

/// Once, because that is the paper's; a word that is translated by two, or by none, is asked for what is wrong.
public enum DoublyStochasticTerm: WeightTerm {
    public static let card = PartCard(
        name: "doubly-stochastic", equation: "Σᵢ (1 − Σ_t α_tᵢ)² / sentences, i over the real words",
        source: "Xu et al. 2015, eq. 14")
    public static let unit = LossTerm.Unit.pair

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        let weights = try seen.realWeights()
        guard let first = weights.first else { throw seen.nothingSeen }
        let looks = try weights.dropFirst().reduce(first) { try $0 + $1 }
        let batch = seen.batch
        let isReal = batch.sourceLengths.flatMap { length in
            (0..<batch.sourceWidth).map { $0 < length ? 1 : 0 as Scalar }
        }
        let missing = try (-looks).adding(1) * Tensor.constant(isReal, shape: looks.shape, near: looks)
        return try (missing * missing).sum()
    }
}
