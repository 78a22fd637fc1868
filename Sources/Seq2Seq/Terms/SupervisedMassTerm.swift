// Weights are to lie on the gold links, in whatever shares (Liu et al. 2016, eq. 10, for each word).

public import AttentionScorers
public import TensorCore

/// The better question where a word has several links: it does not ask for equal shares.
public enum SupervisedMassTerm: WeightTerm {
    public static let card = PartCard(
        name: "supervised-mass", equation: "−Σ_t log Σ_{i linked} α_tᵢ / linked words", source: "Liu et al. 2016")
    public static let unit = LossTerm.Unit.linkedWord
    public static let readsGold = true

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        guard let first = seen.weights.first else { throw seen.nothingSeen }
        return try seen.weights.enumerated().reduce(Tensor.zeros([1], near: first)) { sum, step in
            let links = seen.isLinked(step.offset)
            guard links.contains(true) else { return sum }
            let weights = step.element
            let mass = try (weights * Tensor.constant(links.map { $0 ? 1 : 0 }, shape: weights.shape, near: weights))
                .rowSums()
            let isLinked = (0..<seen.batch.count).map { b in
                links[b * seen.batch.sourceWidth..<(b + 1) * seen.batch.sourceWidth].contains(true)
            }
            return try sum - mass.logarithm(floor: TaughtBatch.least).keepingRows(isLinked).sum()
        }
    }
}
