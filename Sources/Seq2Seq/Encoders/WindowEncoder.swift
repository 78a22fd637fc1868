// Each word with its neighbours, and nothing from farther away: a convolution over the sentence.

public import AttentionScorers
import Corpora
public import TensorCore

/// What a state knows is what stands within four words of it, so that whoever wants to know what stands elsewhere has to
/// look there. Beyond the ends of a sentence is padding, which is a word of its own.
public struct WindowEncoder: SequenceEncoder {
    public static let card = PartCard(
        name: "window", equation: "hᵢ = tanh(Σ_d E[x_{i+d}] W_d + b), |d| ≤ 4; summary mean h",
        source: "Kim 2014, §2; Gehring et al. 2017, §3")
    public static let reads: [ModelSettings.PartSetting] = []

    private static let reach = 4

    /// Eₛ [V,E].
    private let embedding: Tensor
    /// W_d [E,D], from the left to the right, and b [D].
    private let weights: [Tensor]
    private let b: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        let count = 2 * Self.reach + 1
        // As large together as one matrix of so many inputs.
        let bound = (6 / Double(count * settings.embedding + settings.state)).squareRoot()
        var drawn: [Tensor] = []
        for d in 0..<count {
            drawn.append(parameters.uniform("W\(d)", [settings.embedding, settings.state], bound: bound))
        }
        weights = drawn
        b = parameters.bias("b", settings.state)
    }

    public func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading {
        let steps = lengths.isEmpty ? 0 : source.count / lengths.count
        func neighbours(_ d: Int) -> [Int] {
            source.indices.map { i in
                let place = i % steps + d
                return place >= 0 && place < lengths[i / steps] ? source[i + d] : Vocabulary.pad
            }
        }
        var sum: Tensor?
        for (index, weight) in weights.enumerated() {
            let part = try embedding.gatheredMatmul(neighbours(index - Self.reach), weight)
            sum = try sum.map { try $0 + part } ?? part + b
        }
        let states = try (sum ?? b).tanh().reshaped([lengths.count, steps, b.count])
        return try SourceReading(states: states, summary: states.mean(lengths: lengths))
    }
}
