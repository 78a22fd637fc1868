// The plain objective: the cross-entropy of the reference, and nothing beside it. The cross-entropy itself belongs to
// the output layer: `Generator.loss`, and `Tensor.crossEntropy` under it.

public import AttentionScorers

public enum CrossEntropy: Objective {
    public static let card = PartCard(
        name: "cross-entropy", equation: "−Σ_t log P(y_t | y_<t, x) / T", source: "Bahdanau et al. 2015, §2.1")

    public static func terms(_ seen: TaughtBatch) -> [LossTerm] { [] }
}
