// A throw-away part for each seam of the model, written as a learner writes one: in a module of its own, by what is
// public.

public import AttentionScorers
import Corpora
import Foundation
public import Seq2Seq
public import TensorCore

/// Softmax at another temperature: a function of a row, and its derivative.
public enum CoolSoftmax: Normaliser {
    public static let card = PartCard(
        name: "cool-softmax", equation: "αᵢ = exp(eᵢ/4) / Σⱼ exp(eⱼ/4)", source: "none: a test")
    public static let risk: String? = "spreads the weights"
    private static let temperature: Scalar = 4

    public static func weights(from scores: Tensor, lengths: [Int]) throws -> Tensor {
        try scores.mappingRows("coolSoftmax", lengths: lengths) { row in
            let largest = row.max() ?? 0, powers = row.map { exp(($0 - largest) / temperature) },
                sum = powers.reduce(0, +)
            return powers.map { $0 / sum }
        } backward: { y, dy in
            let mean = zip(y, dy).reduce(0) { $0 + $1.0 * $1.1 }
            return zip(y, dy).map { $0 * ($1 - mean) / temperature }
        }
    }
}

/// The embeddings themselves, in no order: what a bag of words is.
public struct BagOfWords: SequenceEncoder {
    public static let card = PartCard(
        name: "bag-of-words", equation: "hᵢ = E[xᵢ], summary the mean", source: "none: a test")
    private let embedding: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.state], bound: 0.5)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        let width = source.count / lengths.count
        let states = try embedding.gathered(source).reshaped([lengths.count, width, embedding.shape[1]])
        let shares = lengths.flatMap { length in (0..<width).map { $0 < length ? 1 / Scalar(length) : 0 } }
        let mean = try Tensor.constant(shares, shape: [lengths.count, width], near: embedding)
        return try SourceReading(states: states, summary: mean.weightedSum(of: states))
    }
}

/// Asks for weights that are spread: Σ α² is 1 where one word has all, and 1/S where all have the same.
public enum Spread: WeightTerm {
    public static let card = PartCard(name: "spread", equation: "Σ_t Σᵢ α_tᵢ² / T", source: "none: a test")
    public static let unit = LossTerm.Unit.targetWord

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        let squares = try seen.realWeights().map { try ($0 * $0).sum() }
        return try squares.dropFirst().reduce(squares[0]) { try $0 + $1 }
    }
}

/// The weight on links of the gold alignment, as a mean over linked words.
public enum LinkedMass: WeightTerm {
    public static let card = PartCard(
        name: "linked-mass", equation: "Σ_t Σ_{i linked} α_tᵢ / linked words", source: "none: a test")
    public static let unit = LossTerm.Unit.linkedWord
    public static let readsGold = true

    public static func sum(_ seen: TaughtBatch) throws -> Tensor {
        let masses = try seen.realWeights().enumerated().map { t, weights in
            let linked = seen.isLinked(t).map { $0 ? 1 : 0 as Scalar }
            return try (weights * Tensor.constant(linked, shape: weights.shape, near: weights)).sum()
        }
        return try masses.dropFirst().reduce(masses[0]) { try $0 + $1 }
    }
}

/// Asks by the last word alone, and knows how many there were: no recurrence.
public struct LastWord: StepDecoder {
    public static let card = PartCard(
        name: "last-word", equation: "s_t = tanh(E[y_{t−1}] W + p_t), r_t = tanh(c_t + s_t)", source: "none: a test")
    public let embedding: Tensor
    /// p of the first sixteen words, as rows.
    private let W, places: Tensor
    private static let placeCount = 16

    public init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder
    ) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: 0.5)
        W = parameters.matrix("W", settings.embedding, settings.state)
        places = parameters.uniform("places", [Self.placeCount, settings.state], bound: 0.5)
    }

    public struct State: DecoderState {
        var past: Past
        public var reached: ReachedStep?

        public func gathered(_ rows: [Int]) throws -> State {
            try State(past: past.gathered(rows), reached: reached?.gathered(rows))
        }
    }

    public func begin(_ source: EncodedSource) -> State { State(past: Past(before: source.memory)) }

    public func step(_ before: State, reading words: [Int], _ source: EncodedSource) throws -> State {
        let place = [Int](repeating: min(before.past.steps, Self.placeCount - 1), count: words.count)
        let query = try embedding.gathered(words).matmul(W, adding: places.gathered(place)).tanh()
        let seen = try source.look(query: query, past: before.past)
        return State(past: seen.past, reached: ReachedStep(state: query, context: seen.context, weights: seen.weights))
    }

    public func readout(context: Tensor, state: Tensor) throws -> Tensor { try (context + state).tanh() }
}

/// The context once more beside the readout, and half the scores: a softmax at twice the temperature, over words.
public struct CoolGenerator: OutputLayer {
    public static let card = PartCard(
        name: "cool-generator", equation: "P(w) = softmax((r + c) W / 2)", source: "none: a test")
    public static let readsAttention = true
    private let W: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", settings.state, vocabulary)
    }

    public func scores(_ seen: DecoderReading) throws -> Tensor {
        try (seen.context.map { try seen.readout + $0 } ?? seen.readout).matmul(W).scaled(by: 0.5)
    }

    public func loss(_ seen: DecoderReading, targets: [Int], dividingBy total: Int?) throws -> Tensor {
        try scores(seen).crossEntropy(targets: targets, ignoring: Vocabulary.pad, dividingBy: total)
    }
}
