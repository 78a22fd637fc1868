// Looking at the same words again costs (See et al. 2017, "Get to the point", eq. 11–12).

public import AttentionScorers
public import TensorCore

/// c_t is what earlier steps have looked at, α_t not among it: with it the smaller of the two would always be α_t.
public enum CoverageTerm: WeightTerm {
    public static let card = PartCard(
        name: "coverage", equation: "Σ_t Σᵢ min(α_tᵢ, c_tᵢ) / T, c_t = Σ_{t′<t} α_t′", source: "See et al. 2017, eq. 12"
    )
    public static let unit = LossTerm.Unit.targetWord

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        let weights = try seen.realWeights()
        // At the first step nothing is covered.
        guard var covered = weights.first else { throw seen.nothingSeen }
        var sum = Tensor.zeros([1], near: covered)
        for step in weights.dropFirst() {
            sum = try sum + step.minimum(with: covered).sum()
            covered = try covered + step
        }
        return sum
    }
}
