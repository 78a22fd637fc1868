// What stands between a translator's attention and `LatentAttention`: weights from a decoder's state, over the same
// lexical states. For the comparison of one with the other, step by step; not an aligner to be used.
//
//   query        q_t = GRU(y_1 … y_{t−1})
//   weights      α_t = softmax_i(q_t · K h_i),  or  α_t(i) ∝ exp(q_t · K h_i) Σ_k ρ_{t−1}(k) p(i | k) with jumps
//   of states    p(y_t) = softmax(O Σ_i α_t(i) h_i + o)         the mean of states: soft attention (Bahdanau et al. 2015)
//   of words     p(y_t) = Σ_i α_t(i) softmax(O h_i + o)         the mean of probabilities: exact (Wu et al. 2018)
//   posterior    ρ_t(i) ∝ α_t(i) softmax(O h_i + o)_{y_t}       after the word is known; α is before
//
// What is said sees the words before it through the weights alone: of the states, no history. B pairs, S source words, T
// target words, E width, V words.

import Corpora
import TensorCore

struct ContentAttention {
    /// What is averaged under the weights.
    enum Mean: Sendable { case states, words }

    private let mean: Mean
    private let source: WordEmbedding, target: WordEmbedding, history: WordEmbedding
    private let states: StateLayer
    private let o: Tensor, keys: Tensor
    private let inputWeight: Tensor, inputBias: Tensor, stateWeight: Tensor, stateBias: Tensor
    private let jumps: JumpScores?

    init(_ builder: inout ParameterBuilder, _ text: AlignmentText, mean: Mean, jumps: Bool) throws {
        let width = LatentAttention.width, bound = LatentAttention.bound
        self.mean = mean
        source = WordEmbedding(own: builder.uniform("E", [text.source.count, width], bound: bound), grams: nil)
        target = WordEmbedding(own: builder.uniform("O", [text.target.count, width], bound: bound), grams: nil)
        history = WordEmbedding(own: builder.uniform("H", [text.target.count, width], bound: bound), grams: nil)
        states = try StateLayer(&builder, width: width)
        o = LatentAttention.logShares(&builder, text.targetCounts)
        keys = builder.matrix("K", width, width)
        (inputWeight, inputBias) = (builder.matrix("Wx", width, 3 * width), builder.bias("bx", 3 * width))
        (stateWeight, stateBias) = (builder.matrix("Wh", width, 3 * width), builder.bias("bh", 3 * width))
        self.jumps = jumps ? try JumpScores(&builder, width: nil) : nil
    }

    /// The weights of each step before and after its word is known, and what the batch costs.
    struct Reading {
        /// α and ρ, T × [B,S].
        var prior: [Tensor] = [], posterior: [Tensor] = []
        /// Mean of −log p over the target words [1].
        var loss: Tensor
    }

    /// - Parameter kept: as for `LatentAttention`.
    func read(_ batch: AlignmentBatch, _ pairs: [(source: [Int], target: [Int])], kept: Tensor) throws -> Reading {
        let lengths = batch.lengths, real = 1..<lengths.places
        let embedded = try source.rows(of: batch.words), states = try self.states.states(embedded) * kept
        let ofPlaces = batch.places.enumerated().filter { $0.offset % lengths.places > 0 }.map(\.element)
        let all = try states.gathered(ofPlaces).reshaped([lengths.count, lengths.sourceWidth, LatentAttention.width])
        let keyed = try all.matmul(keys), queries = try queries(pairs, lengths)
        let emissions = try emissions(states, batch).columns(real).exponential()
        let steps = try jumps?.weights(embedded, places: batch.places, lengths: lengths.source)
        var arrived = try steps.map { _ in try Self.beginning(lengths) }
        var reading = Reading(loss: Tensor([0])), totals: [Tensor] = []
        for t in 0..<lengths.targetWidth {
            var scores = try keyed.dot(queries.slice(t))
            if let steps, let place = arrived {
                scores = try scores + place.weightedSum(of: steps).columns(real).logarithm(floor: 1e-30)
            }
            let prior = try scores.maskedSoftmax(lengths: lengths.source)
            let joint = try prior * emissions.slice(t), total = try joint.rowSums().adding(1e-30)
            let posterior = try joint / total.repeated(lengths.sourceWidth)
            reading.prior.append(prior)
            reading.posterior.append(posterior)
            totals.append(total)
            if arrived != nil {
                arrived = try Tensor.zeros([lengths.count, 1], near: posterior).concatenated(with: posterior)
            }
        }
        reading.loss = try mean == .words ? wordsLoss(totals, batch) : statesLoss(reading.prior, all, pairs, lengths)
        return reading
    }

    /// At place 0 [B,S+1].
    private static func beginning(_ lengths: PairLengths) throws -> Tensor {
        try Tensor(
            (0..<lengths.count * lengths.places).map { $0 % lengths.places == 0 ? 1 : 0 },
            shape: [lengths.count, lengths.places])
    }

    /// q [T,B,E].
    private func queries(_ pairs: [(source: [Int], target: [Int])], _ lengths: PairLengths) throws -> Tensor {
        let before = (0..<lengths.targetWidth).flatMap { t in
            pairs.map { t == 0 ? Vocabulary.begin : t <= $0.target.count ? $0.target[t - 1] : Vocabulary.pad }
        }
        return try history.rows(of: before).matmul(inputWeight, adding: inputBias)
            .reshaped([lengths.targetWidth, lengths.count, 3 * LatentAttention.width])
            .gruLayer(weight: stateWeight, bias: stateBias, lengths: lengths.target, reversed: false)
    }

    /// log softmax(O h_i + o)_{y_t} [T,B,S+1]; read alone, and no gradient reaches it, where it is in no loss.
    private func emissions(_ states: Tensor, _ batch: AlignmentBatch) throws -> Tensor {
        let isLearnt = mean == .words || jumps != nil, O = try target.all()
        let own = isLearnt ? states : states.detached()
        return try own.logProbabilities(
            of: batch.choices, weights: isLearnt ? O : O.detached(), bias: isLearnt ? o : o.detached()
        ).reshaped([batch.lengths.targetWidth, batch.lengths.count, batch.lengths.places])
    }

    private func wordsLoss(_ totals: [Tensor], _ batch: AlignmentBatch) throws -> Tensor {
        let lengths = batch.lengths, count = lengths.targetWidth * lengths.count
        let isReal = (0..<count).map { Scalar($0 / lengths.count < lengths.target[$0 % lengths.count] ? 1 : 0) }
        let logs = try Tensor.stack(totals).reshaped([count]).logarithm(floor: .leastNormalMagnitude)
        return try (logs * Tensor(isReal)).sum().scaled(by: -1 / Scalar(batch.targetWords))
    }

    private func statesLoss(
        _ weights: [Tensor], _ states: Tensor, _ pairs: [(source: [Int], target: [Int])], _ lengths: PairLengths
    ) throws -> Tensor {
        let contexts = try Tensor.stack(weights.map { try $0.weightedSum(of: states) })
            .reshaped([lengths.targetWidth * lengths.count, LatentAttention.width])
        let words = (0..<lengths.targetWidth).flatMap { t in
            pairs.map { t < $0.target.count ? $0.target[t] : -1 }
        }
        let choices = words.enumerated().map { $1 < 0 ? .none : ChosenWord(state: $0, word: $1) }
        let logs = try contexts.logProbabilities(of: choices, weights: target.all(), bias: o)
        let isReal = Tensor(words.map { $0 < 0 ? 0 : 1 })
        return try (logs * isReal).sum().scaled(by: -1 / Scalar(lengths.target.reduce(0, +)))
    }
}
