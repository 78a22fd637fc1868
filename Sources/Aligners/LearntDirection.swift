// One direction as it was learnt: numbers alone, so that any thread can ask for the alignment of any pair.

import Corpora
import Foundation
import TensorCore

/// A `LatentAttention` whose states and normalisers are worked out for every word that it knows. A word that it does not
/// know is the unknown one, and what its letters say.
struct LearntDirection: Sendable {
    private let source: Vocabulary, target: Vocabulary
    /// h [V_source,E], log Σ exp(O h + o) [V_source], and the scores of steps [V_source,17].
    private let known: WordStates
    /// That of the state 0, which the null word reads.
    private let nullNormaliser: Scalar
    /// O [V,E] and o [V].
    private let O: [Scalar], o: [Scalar]
    private let steepness: Scalar
    private let prior: PriorKind
    private let nullProbability: Double
    private let unseen: LettersAlone

    /// What source words are to the model, row by row.
    private struct WordStates: Sendable {
        var states: [Scalar], normalisers: [Scalar], jumps: [Scalar]
    }

    init(_ model: LatentAttention, source: Vocabulary, target: Vocabulary, prior: PriorKind) throws {
        (self.source, self.target, self.prior) = (source, target, prior)
        nullProbability = model.nullProbability
        let O = try model.target.all(), width = LatentAttention.width
        (self.O, o, steepness) = (O.values, model.o.values, model.steepness.values[0])
        unseen = LettersAlone(model)
        known = try Self.states(model.source.all(), model.states, model.jumps, O, model.o)
        nullNormaliser = try Tensor.zeros([1, width], near: O).logNormalisers(weights: O, bias: model.o)[0]
    }

    private static func states(
        _ embedded: Tensor, _ layer: StateLayer, _ jumps: JumpScores, _ O: Tensor, _ o: Tensor
    ) throws -> WordStates {
        let states = try layer.states(embedded)
        return WordStates(
            states: states.values, normalisers: try states.logNormalisers(weights: O, bias: o),
            jumps: try jumps.scores(embedded).values)
    }

    /// ρ [T][S].
    func posterior(_ source: [String], _ target: [String]) throws -> [[Double]] {
        guard !source.isEmpty, !target.isEmpty else { return target.map { _ in [] } }
        let lengths = PairLengths(source: [source.count], target: [target.count])
        let words = try sourceStates(source)
        let posterior = try ForwardAlgorithm.posterior(
            scores(words, target), prior: positions(words, lengths), nullProbability: nullProbability,
            sourceWidth: source.count, targetLengths: [target.count])
        return target.indices.map { t in
            posterior[t * lengths.places + 1..<(t + 1) * lengths.places].map { Double($0) }
        }
    }

    /// Place 0, and after it the words.
    private func sourceStates(_ words: [String]) throws -> WordStates {
        let width = LatentAttention.width, steps = JumpScores.count
        var all = WordStates(
            states: [Scalar](repeating: 0, count: width), normalisers: [nullNormaliser],
            jumps: Array(known.jumps[Vocabulary.begin * steps..<(Vocabulary.begin + 1) * steps]))
        for word in words {
            let id = source.id(of: word)
            if id == Vocabulary.unknown, let embedded = try unseen.source(word) {
                let own = try Self.states(
                    embedded, unseen.layer(), unseen.jumps(), Tensor(O, shape: [o.count, width]), Tensor(o))
                all.states += own.states
                all.normalisers += own.normalisers
                all.jumps += own.jumps
            } else {
                all.states += known.states[id * width..<(id + 1) * width]
                all.normalisers.append(known.normalisers[id])
                all.jumps += known.jumps[id * steps..<(id + 1) * steps]
            }
        }
        return all
    }

    /// log e [T,S+1].
    private func scores(_ words: WordStates, _ target: [String]) throws -> [Scalar] {
        let width = LatentAttention.width, places = words.normalisers.count
        let ids = self.target.ids(of: target)
        let rows = try zip(ids, target).flatMap { id, word in
            if id == Vocabulary.unknown, let own = try unseen.target(word) { return own }
            return Array(O[id * width..<(id + 1) * width])
        }
        // O hᵀ, with h turned by hand.
        let turned = (0..<width * places).map { words.states[$0 % places * width + $0 / places] }
        let products = try Tensor(rows, shape: [target.count, width])
            .matmul(Tensor(turned, shape: [width, places])).values
        return products.indices.map { products[$0] + o[ids[$0 / places]] - words.normalisers[$0 % places] }
    }

    private func positions(_ words: WordStates, _ lengths: PairLengths) throws -> PositionPrior {
        switch prior {
        case .uniform: return try .uniform(lengths)
        case .diagonal: return try .diagonal(lengths, steepness: Tensor([steepness]))
        case .jumps:
            let scores = try Tensor(words.jumps, shape: [lengths.places, JumpScores.count])
            return .jumps(
                try scores.jumpWeights(rows: Array(0..<lengths.places), lengths: lengths.source, far: JumpScores.far))
        }
    }
}

/// What it takes to read a word by its letters: nothing where words have none.
private struct LettersAlone: Sendable {
    private let grams: [Scalar]?
    /// The unknown word's own rows [E].
    private let ownSource: [Scalar], ownTarget: [Scalar]
    private let M: [Scalar], b: [Scalar], J: [Scalar], R: [Scalar]?

    init(_ model: LatentAttention) {
        let width = LatentAttention.width
        func unknown(_ table: Tensor) -> [Scalar] {
            Array(table.values[Vocabulary.unknown * width..<(Vocabulary.unknown + 1) * width])
        }
        grams = model.source.grams?.table.values
        (ownSource, ownTarget) = (unknown(model.source.own), unknown(model.target.own))
        (M, b) = (model.states.M.values, model.states.b.values)
        (J, R) = (model.jumps.J.values, model.jumps.R?.values)
    }

    /// [1,E].
    func source(_ word: String) throws -> Tensor? {
        try embedded(word, ownSource).map { try Tensor($0, shape: [1, LatentAttention.width]) }
    }

    /// [E].
    func target(_ word: String) throws -> [Scalar]? { try embedded(word, ownTarget) }

    private func embedded(_ word: String, _ own: [Scalar]) throws -> [Scalar]? {
        guard let grams else { return nil }
        let width = LatentAttention.width, rows = CharacterNGrams.rows(of: word)
        let those = try Tensor(rows.flatMap { grams[$0 * width..<($0 + 1) * width] }, shape: [rows.count, width])
        let sum = try those.sums(of: RowBags([Array(rows.indices)])).values
        return zip(own, sum).map { $0 + $1 }
    }

    func layer() throws -> StateLayer {
        let width = LatentAttention.width
        return StateLayer(M: try Tensor(M, shape: [width, width]), b: Tensor(b))
    }

    func jumps() throws -> JumpScores {
        JumpScores(J: Tensor(J), R: try R.map { try Tensor($0, shape: [LatentAttention.width, JumpScores.count]) })
    }
}
