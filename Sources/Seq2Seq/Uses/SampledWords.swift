// Hard attention by samples: in training each word is written from one source word that was drawn by its weight.
//
//   a ~ α     L = −[ℓ_a + (ℓ_a − b)° λ log α_a + λ_H H(α)]     ℓ_a = log p(y | a), ° lets no gradient through
//
// Over all samples this is the gradient of Σᵢ αᵢ ℓᵢ + λ_H H, a lower bound of the exact log Σᵢ αᵢ p(y | i), whatever
// b is (Williams 1992). The baseline b is what soft attention gives the word, log p(y | Σᵢ αᵢ hᵢ): no parameters, and
// near ℓ_a once the weights are sharp (Deng et al. 2018); Xu et al. 2015 take a running mean, which varies more.
//
// Drawn from weights that know nothing, samples teach them little: so a training begins with the mean context
// (--soft-start). Measured with luong-dot on english-french, seed 1: from nothing AER .21 and 76 % of sentences right,
// after a soft half .07 and 81 %. Searches, forced decoding and the dev loss take no samples but the exact sum of
// `ExactWords`: uses then differ in how they are trained, and in nothing else.

public import AttentionScorers
import Corpora
import TensorCore

public enum SampledWords: WeightUse {
    public static let card = PartCard(
        name: "sampled", equation: "a ~ α, P(y | a) = softmax(W r(h_a, s)), evaluated as words",
        source: "Xu et al. 2015, §4.1; baseline of Deng et al. 2018")
    /// Measured with the default settings.
    public static let timeFactor = 1.3

    public static let takesSamples = true

    /// λ and λ_H.
    static let gain = 1.0, entropy = 0.01

    /// The name of the term that the weights learn from: its gradient means something, its value little.
    static let term = "reinforce"

    public static func loss(_ seen: UsedWeights, targets: [Int], dividingBy total: Int?) throws -> UsedLoss {
        guard seen.progress != nil, let noise = seen.reading.source.noise else {
            return try exactLoss(seen, targets: targets, dividingBy: total)
        }
        let weights = try seen.weights()
        if seen.isSoft {
            let none = Tensor.zeros([1], near: weights)
            return try UsedLoss(
                MeanContext.loss(seen, targets: targets, dividingBy: total).crossEntropy,
                terms: [LossTerm(term, sum: none, per: .targetWord)])
        }
        let choices = try weights.chosen(by: noise.uniform(targets.count, "words"))
        return try loss(seen, choices, targets: targets, dividingBy: total)
    }

    /// - Parameter choices: a, a place of each row.
    static func loss(
        _ seen: UsedWeights, _ choices: [Int], targets: [Int], dividingBy total: Int?
    ) throws -> UsedLoss {
        let weights = try seen.weights(), isReal = targets.map { $0 != Vocabulary.pad }
        let chosen = try seen.values().gathered(choices.enumerated().map { seen.value(row: $0, place: $1) })
        let scores = try seen.scores(
            ofReadouts: seen.dropping(seen.reading.readout(context: chosen, state: seen.state())))
        let baseline = try seen.reading.source.tape.withoutRecording {
            try seen.scores(ofReadouts: seen.reading.readout).logProbabilities(of: targets)
        }
        let rewards = try scores.logProbabilities(of: targets)
        let sum = try weights.choiceLoss(
            zip(choices, isReal).map { $1 ? $0 : nil }, gains: zip(rewards, baseline).map { gain * ($0 - $1) },
            entropy: entropy)
        return try UsedLoss(
            scores.crossEntropy(targets: targets, ignoring: Vocabulary.pad, dividingBy: total),
            terms: [LossTerm(term, sum: sum, per: .targetWord)])
    }
}

extension Tensor {
    /// log softmax of the target of each row; 0 where there is none.
    func logProbabilities(of targets: [Int]) throws -> [Double] {
        let normalisers = try logSumExp()
        return try targets.enumerated().map { row, target in
            target == Vocabulary.pad ? 0 : try Double(at(row, target)) - normalisers[row]
        }
    }
}
