// What decoders of labels share: the question, one look that is kept, and what is read out of it.

import AttentionScorers
import TensorCore

extension ParameterBuilder {
    /// u [1,D], what every document is asked: as large as a state may be.
    mutating func question(_ name: String, width: Int) -> Tensor { uniform(name, [1, width], bound: 1) }
}

/// What a look at a document found.
struct LabelLook {
    /// α [B,S].
    let weights: Tensor
    /// c [B,D].
    let context: Tensor
    /// α of each head [B·N,S], where there are several.
    var heads: Tensor?
}

/// Where a decoder of labels stands.
public struct LabelState: DecoderState {
    public var reached: ReachedStep?
    /// By the scorer, whatever stood in for its weights at the last step; nil before the first.
    var found: ReachedStep?

    public func gathered(_ rows: [Int]) throws -> LabelState {
        try LabelState(reached: reached?.gathered(rows), found: found?.gathered(rows))
    }
}

///     r_t = tanh(c W + s_t + b),  s_t = E[y_{t−1}] V
struct LabelReadout {
    /// Eₜ [V,E].
    let embedding: Tensor
    /// V [E,D], W [D,D] and b [D].
    private let V, W, b: Tensor

    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
        V = parameters.matrix("V", settings.embedding, settings.state)
        W = parameters.matrix("W", settings.state, settings.state)
        b = parameters.bias("b", settings.state)
    }

    /// Looks at the first step alone, and where other weights are to stand in for those that were found.
    func step(
        _ before: LabelState, reading words: [Int], _ source: EncodedSource, look: () throws -> LabelLook
    ) throws -> LabelState {
        let state = try embedding.gatheredMatmul(words, V), isReplaced = source.replaced != nil
        if let found = before.found, !isReplaced {
            let step = ReachedStep(state: state, context: found.context, weights: found.weights, heads: found.heads)
            return LabelState(reached: step, found: step)
        }
        let seen = try look()
        let step = ReachedStep(state: state, context: seen.context, weights: seen.weights, heads: seen.heads)
        return LabelState(reached: step, found: isReplaced ? before.found : step)
    }

    /// [n,D], [n,D] → [n,D].
    func callAsFunction(context: Tensor, state: Tensor) throws -> Tensor {
        try (context.matmul(W, adding: b) + state).tanh()
    }
}
