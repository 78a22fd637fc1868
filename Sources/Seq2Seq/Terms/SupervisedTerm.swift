// Weights are to be those of the gold alignment (Liu et al. 2016, "Neural machine translation with supervised
// attention", eq. 9; Mi et al. 2016, "Supervised attentions for neural machine translation").

public import AttentionScorers
public import TensorCore

/// The cross-entropy of the weights to the gold links of a word, each link the same share. Words without a link are in
/// neither the sum nor the mean: nothing says where they should look.
public enum SupervisedTerm: WeightTerm {
    public static let card = PartCard(
        name: "supervised", equation: "−Σ_t Σᵢ gᵢ log α_tᵢ / linked words, gᵢ = 1/links of the word",
        source: "Liu et al. 2016; Mi et al. 2016")
    public static let unit = LossTerm.Unit.linkedWord
    public static let readsGold = true

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        guard let first = seen.weights.first else { throw seen.nothingSeen }
        return try seen.weights.enumerated().reduce(Tensor.zeros([1], near: first)) { sum, step in
            guard let shares = try seen.linkShares(step.offset) else { return sum }
            return try sum - (step.element.logarithm(floor: TaughtBatch.least) * shares).sum()
        }
    }
}
