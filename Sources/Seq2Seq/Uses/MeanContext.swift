// Soft attention: a word is written from the mean of the states, c = Σᵢ αᵢ hᵢ. All of it is in the output layer.

public import AttentionScorers
import Corpora

public enum MeanContext: WeightUse {
    public static let card = PartCard(
        name: "mean", equation: "P(y) = softmax(W r(Σᵢ αᵢ hᵢ, s))", source: "Bahdanau et al. 2015, §3.1, eq. 5")
    public static let readsWords = false

    public static func loss(_ seen: UsedWeights, targets: [Int], dividingBy total: Int?) throws -> UsedLoss {
        try UsedLoss(seen.output.loss(seen.reading, targets: targets, dividingBy: total))
    }

    public static func scores(_ seen: UsedWeights) throws -> WordScores {
        try WordScores(seen.output.scores(seen.reading))
    }

    public static func reading(_ seen: UsedWeights, targets: [Int]) throws -> WordReading {
        try WordReading(logProbabilities: seen.output.scores(seen.reading).logProbabilities(of: targets))
    }
}
