// An answer is a word of the source: its probability is the weight on its places.
// Kadlec et al. 2016, "Text understanding with the attention sum reader network", §3, eq. 2:
//
//   P(w) ∝ Σ_{i: xᵢ = w} αᵢ
//
// There an answer is one word, and nothing else. Here it is a sentence like every other, which ends; so the end has a
// probability of its own, by the decoder's state s, and the words share the rest:
//
//   p_end = σ(vᵀ s + b)
//   P(w)  = (1 − p_end) Σ_{i: xᵢ = w} αᵢ
//
// It is a pointer-generator that can write nothing but the end of a sentence: p_end is its p_gen.

public import AttentionScorers
import Corpora
public import TensorCore

public struct AttentionSum: OutputLayer {
    public static let card = PartCard(
        name: "attention-sum", equation: "P(w) = (1 − p_end) Σ_{i: xᵢ = w} αᵢ, p_end = σ(vᵀ s + b)",
        source: "Kadlec et al. 2016, §3, eq. 2")
    public static let copies = true

    /// [D,1] and [1].
    private let v, b: Tensor
    private let vocabulary: Int

    public init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        var scope = parameters.scope("attentionSum")
        v = scope.matrix("v", settings.state, 1)
        b = scope.bias("b", 1)
        self.vocabulary = vocabulary
    }

    /// log P.
    public func scores(_ seen: DecoderReading) throws -> Tensor {
        let (gate, weights) = try gate(seen)
        return try ending(words: vocabulary, rows: gate.shape[0], near: gate)
            .pointerLogProbabilities(gate: gate, weights: weights, copies: seen.source.copies)
    }

    public func loss(_ seen: DecoderReading, targets: [Int], dividingBy total: Int?) throws -> Tensor {
        let (gate, weights) = try gate(seen)
        // Words behind the end cannot be written, and need no score.
        return try ending(words: Vocabulary.end + 1, rows: gate.shape[0], near: gate)
            .pointerCrossEntropy(
                gate: gate, copied: weights.mass(on: targets, among: seen.source.copies), targets: targets,
                ignoring: Vocabulary.pad, dividingBy: total)
    }

    /// Logits [n,words] of a distribution that has the end alone.
    private func ending(words: Int, rows: Int, near other: Tensor) throws -> Tensor {
        var row = [Scalar](repeating: -.infinity, count: words)
        row[Vocabulary.end] = 0
        return try Tensor.constant((0..<rows).flatMap { _ in row }, shape: [rows, words], near: other)
    }

    /// z [n,1], of which p_end is the sigmoid, and α [n,S].
    private func gate(_ seen: DecoderReading) throws -> (z: Tensor, weights: Tensor) {
        guard let state = seen.state, let weights = seen.weights else {
            throw ShapeError("a scorer without weights has no words to sum by; take another, or copying none")
        }
        return (try state.matmul(v, adding: b), weights)
    }
}
