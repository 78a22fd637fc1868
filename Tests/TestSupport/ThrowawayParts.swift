// A throw-away part for each seam of the model, written as a learner writes one: in a module of its own, by what is
// public.

public import AttentionScorers
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
