// A pointer-generator: a switch between writing a word and copying one from the source.
// See et al. 2017, "Get to the point: summarization with pointer-generator networks", §2.2, eq. 8–9.
//
//   p_gen = σ(w_cᵀ c_t + w_sᵀ s_t + w_xᵀ x_t + b)
//   P(w)  = p_gen P_vocab(w) + (1 − p_gen) Σ_{i: xᵢ = w} α_tᵢ
//
// x_t is the embedding of the word that the decoder has just read, s_t and c_t are its state and context. The sum
// over the source words is over an extended vocabulary (Corpora): words that the output layer does not have can be
// copied all the same.

public import AttentionScorers
import Corpora
public import TensorCore

public struct PointerGenerator: OutputLayer {
    public static let card = PartCard(
        name: "pointer", equation: "P(w) = p_gen P_vocab(w) + (1 − p_gen) Σ_{i: xᵢ = w} αᵢ",
        source: "See et al. 2017, §2.2, eq. 8–9")
    public static let copies = true

    private let generator: Generator
    /// [D,1], [D,1], [E,1] and [1].
    private let wc, ws, wx, b: Tensor

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        generator = Generator(settings, vocabulary: vocabulary, &parameters)
        var scope = parameters.scope("pointer")
        wc = scope.matrix("wc", settings.state, 1)
        ws = scope.matrix("ws", settings.state, 1)
        wx = scope.matrix("wx", settings.embedding, 1)
        b = scope.bias("b", 1)
    }

    /// log P.
    public func scores(_ seen: DecoderReading) throws -> Tensor {
        let logits = try generator.scores(seen), (gate, weights) = try gate(seen)
        return try logits.pointerLogProbabilities(gate: gate, weights: weights, copies: seen.source.copies)
    }

    public func loss(_ seen: DecoderReading, targets: [Int], dividingBy total: Int?) throws -> Tensor {
        let logits = try generator.scores(seen), (gate, weights) = try gate(seen)
        return try logits.pointerCrossEntropy(
            gate: gate, copied: weights.mass(on: targets, among: seen.source.copies), targets: targets,
            ignoring: Vocabulary.pad, dividingBy: total)
    }

    /// z [n,1], of which p_gen is the sigmoid, and α [n,S].
    private func gate(_ seen: DecoderReading) throws -> (z: Tensor, weights: Tensor) {
        guard let state = seen.state, let context = seen.context, let weights = seen.weights else {
            throw ShapeError("a scorer without weights has nothing to copy by; take another, or copying none")
        }
        return try (
            state.matmul(
                ws, adding: context.matmul(wc, adding: seen.embedding.gatheredMatmul(seen.words, wx, adding: b))),
            weights
        )
    }
}
