// How spread the weights are, in nats: a weight above 0 asks for sharp weights, one below 0 for spread ones.

public import AttentionScorers
public import TensorCore

/// Not divided by the logarithm of the sentence's length, as the figure of the tables is.
public enum EntropyTerm: WeightTerm {
    public static let card = PartCard(name: "entropy", equation: "−Σ_t Σᵢ α_tᵢ log α_tᵢ / T", source: "Shannon 1948")
    public static let unit = LossTerm.Unit.targetWord

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        guard let first = seen.weights.first else { throw seen.nothingSeen }
        return try seen.realWeights().reduce(Tensor.zeros([1], near: first)) { sum, weights in
            // 0 log 0 is 0.
            try sum - (weights * weights.logarithm(floor: TaughtBatch.least)).sum()
        }
    }
}
