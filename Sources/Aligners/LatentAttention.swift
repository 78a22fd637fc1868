// Attention whose weights are a variable that is summed out, and not an average: an aligner of one direction.
//
// A translator's attention reads a mixture of states and then says a word: the weights are made before the word is
// known, and the states have seen their neighbours, so neither is a link. Here every alignment a₁ … a_T of target words
// with source words is possible, each has a probability, and the loss is that of the sentence, all of them summed:
//
//   state        h_i = tanh(M e(x_i) + b)                    lexical: neither recurrence nor neighbours
//   emission     e_t(i) = softmax(O h_i + o)_{y_t}           neither the words before y_t
//   null         e_t(0) = softmax(o)_{y_t}                   the state 0: a word that comes from no word
//   prior        p(a_t = i | a_{t−1} = k), a_t = 0 with p₀   `PositionPrior`
//   likelihood   p(y | x) = Σ_a Π_t p(a_t | a_{t−1}) e_t(a_t)     `ForwardAlgorithm`
//   alignment    ρ_t(i) = ∂ log p(y | x) / ∂ log e_t(i)      the posterior: made after the word is known
//
// With the uniform prior this is IBM Model 1 whose table is computed from embeddings, with the diagonal one Model 2, with
// jumps the HMM: Brown et al. 1993; Vogel et al. 1996. As attention: Deng et al. 2018, "Latent alignment and variational
// attention". Not a translator: nothing here says a word from the words before it.
//
// B pairs, S source words, T target words, U different source words of a batch, E width, V target words.

import Corpora
import Foundation
import TensorCore

struct LatentAttention {
    static let width = 64

    /// e [V_source,E] and O [V,E].
    let source: WordEmbedding, target: WordEmbedding
    /// M [E,E] and b [E].
    let states: StateLayer
    /// o [V].
    let o: Tensor
    /// J [2R+1], and what each word adds to it: R [E,2R+1], or nothing.
    let jumps: JumpScores
    /// λ [1].
    let steepness: Tensor
    let nullProbability: Double

    /// - Parameters:
    ///   - grams: the table of n-grams [8192,E], if any.
    ///   - counts: how often each target word occurs; o begins as the log of its share.
    init(
        _ builder: inout ParameterBuilder, source: Vocabulary, target: Vocabulary, grams: Tensor?, counts: [Int],
        lexicalJumps: Bool, nullProbability: Double
    ) throws {
        let width = Self.width
        self.source = WordEmbedding(
            own: builder.uniform("E", [source.count, width], bound: Self.bound),
            grams: grams.map { ($0, WordEmbedding.bags(source)) })
        self.target = WordEmbedding(
            own: builder.uniform("O", [target.count, width], bound: Self.bound),
            grams: grams.map { ($0, WordEmbedding.bags(target)) })
        states = try StateLayer(&builder, width: width)
        o = Self.logShares(&builder, counts)
        jumps = try JumpScores(&builder, width: lexicalJumps ? width : nil)
        steepness = builder.scalar("λ", initially: 4)
        self.nullProbability = nullProbability
    }

    /// o [V], which begins as the logarithm of each word's share of the text.
    static func logShares(_ builder: inout ParameterBuilder, _ counts: [Int]) -> Tensor {
        let all = Double(counts.reduce(counts.count, +))
        return builder.bias("o", initially: counts.map { Scalar(log(Double($0 + 1) / all)) })
    }

    /// Of the first numbers of embeddings, which are uniform in ±bound.
    static let bound = 0.17

    /// What a batch's alignments are weighed by.
    struct Scores {
        /// e of its different source words [U,E].
        let embedded: Tensor
        /// log e_t(i) [T,B,S+1], column 0 the null word's.
        var emissions: Tensor
    }

    /// - Parameter kept: of each unit of each state, what it is multiplied with [U,E]: 0 where it is left out.
    func scores(_ batch: AlignmentBatch, kept: Tensor) throws -> Scores {
        let embedded = try source.rows(of: batch.words)
        let states = try self.states.states(embedded) * kept
        let emissions = try states.logProbabilities(of: batch.choices, weights: target.all(), bias: o)
            .reshaped([batch.lengths.targetWidth, batch.lengths.count, batch.lengths.places])
        return Scores(embedded: embedded, emissions: emissions)
    }

    /// Σ log p(y | x) over the pairs of a batch.
    func logLikelihood(_ batch: AlignmentBatch, _ scores: Scores, prior: PriorKind) throws -> Tensor {
        try ForwardAlgorithm.logLikelihood(
            scores.emissions, prior: positions(prior, batch, scores.embedded), nullProbability: nullProbability,
            targetLengths: batch.lengths.target)
    }

    private func positions(
        _ kind: PriorKind, _ batch: AlignmentBatch, _ embedded: Tensor
    ) throws -> PositionPrior {
        switch kind {
        case .uniform: try .uniform(batch.lengths)
        case .diagonal: try .diagonal(batch.lengths, steepness: steepness)
        case .jumps: .jumps(try jumps.weights(embedded, places: batch.places, lengths: batch.lengths.source))
        }
    }
}
