// Exact hard attention: a word is written from one source word, and its probability is the sum over all of them.
//
//   L = −log Σᵢ αᵢ p(y | i)     p(y | i) = softmax(W r(hᵢ, s) + b)_y     ρᵢ = αᵢ p(y | i) / Σⱼ αⱼ p(y | j)
//   dL/deᵢ = αᵢ − ρᵢ            dL/dlogitsᵢ = ρᵢ (softmaxᵢ − onehot)
//
// The scores learn from prior less posterior: the E-step of EM, inside back-propagation. The word itself says where it
// came from, so ρ is the alignment where the word is known. With --top only the k largest α take part, and what is
// left of their sum is not made 1 again: the cost is then an upper bound.

public import AttentionScorers
import Corpora

public enum ExactWords: WeightUse {
    public static let card = PartCard(
        name: "words", equation: "P(y) = Σᵢ αᵢ softmax(W r(hᵢ, s))",
        source: "Deng et al. 2018; Wu et al. 2018; with --top Shankar et al. 2018")
    /// Measured with the default settings.
    public static let timeFactor = 2.8
}

extension WeightUse {
    public static var readsWords: Bool { true }
    public static var takesSamples: Bool { false }
    public static var timeFactor: Double { 1 }

    // The exact sum: what every use that reads words is measured by, however it is trained.

    public static func loss(_ seen: UsedWeights, targets: [Int], dividingBy total: Int?) throws -> UsedLoss {
        try exactLoss(seen, targets: targets, dividingBy: total)
    }

    static func exactLoss(_ seen: UsedWeights, targets: [Int], dividingBy total: Int?) throws -> UsedLoss {
        try UsedLoss(
            seen.mixture { targets[$0] != Vocabulary.pad }.crossEntropy(
                targets: targets, ignoring: Vocabulary.pad, dividingBy: total))
    }

    public static func scores(_ seen: UsedWeights) throws -> WordScores {
        let mixture = try seen.mixture(), found = mixture.scores()
        return WordScores(found.mixture) { row, word in mixture.posterior(row: row, word: word, found) }
    }

    public static func reading(_ seen: UsedWeights, targets: [Int]) throws -> WordReading {
        let found = try seen.mixture { targets[$0] != Vocabulary.pad }.reading(
            targets: targets, ignoring: Vocabulary.pad)
        return WordReading(logProbabilities: found.logProbabilities, posterior: found.posterior)
    }
}
