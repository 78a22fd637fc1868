// The pointer of a pointer-generator: a switch between writing a word and copying one from the source.
// See et al. 2017, "Get to the point: summarization with pointer-generator networks", §2.2, eq. 8–9.
//
//   p_gen = σ(w_cᵀ c_t + w_sᵀ s_t + w_xᵀ x_t + b)
//   P(w)  = p_gen P_vocab(w) + (1 − p_gen) Σ_{i: xᵢ = w} α_tᵢ
//
// x_t is the embedding of the word that the decoder has just read, s_t and c_t are its state and context. The sum over
// the source words is over an extended vocabulary (Corpora): words that the output layer does not have can be copied
// all the same.

import Corpora
import TensorCore

struct Pointer {
    /// [D,1], [D,1], [E,1] and [1].
    private let wc, ws, wx, b: Tensor

    init(_ settings: ModelSettings, _ parameters: inout ParameterBuilder) {
        wc = parameters.matrix("wc", settings.state, 1)
        ws = parameters.matrix("ws", settings.state, 1)
        wx = parameters.matrix("wx", settings.embedding, 1)
        b = parameters.bias("b", 1)
    }

    /// z, of which p_gen is the sigmoid: n words, [n,D], [n,D] → [n,1].
    func gate(_ words: [Int], embedding: Tensor, context: Tensor, state: Tensor) throws -> Tensor {
        try state.matmul(ws, adding: context.matmul(wc, adding: embedding.gatheredMatmul(words, wx, adding: b)))
    }
}

extension Decoder {
    /// What is fed back of a copied word that the vocabulary does not have: all that the decoder can read of it.
    func known(_ words: [Int]) -> [Int] {
        let count = embedding.shape[0]
        return words.map { $0 < count ? $0 : Vocabulary.unknown }
    }

    /// Scores of the next word, of which softmax gives the probabilities: logits [B,V], or log P [B,V + new words]
    /// where it copies.
    ///
    /// - Parameters:
    ///   - last: the word that each row has just read.
    ///   - copies: extended ids of the source words, [B,S], or [1,S] where all rows have the same sentence.
    func scores(_ state: State, after last: [Int], copies: [Int]) throws -> Tensor {
        let logits = try logits(state)
        guard let pointer else { return logits }
        guard let context = state.context, let weights = state.weights else { throw Self.nothingToCopyBy }
        let gate = try pointer.gate(known(last), embedding: embedding, context: context, state: state.cell.state)
        return try logits.pointerLogProbabilities(gate: gate, weights: weights, copies: copies)
    }

    /// −log P of teacher-forced words, as a mean.
    ///
    /// - Parameters:
    ///   - targets: what should have been produced, time first, as `forced`.
    func loss(_ forced: Forced, targets: [Int], copies: [Int], dividingBy total: Int?) throws -> Tensor {
        guard let pointer else {
            return try forced.logits.crossEntropy(targets: targets, ignoring: Vocabulary.pad, dividingBy: total)
        }
        let (gate, weights) = try forced.switched(pointer, embedding)
        return try forced.logits.pointerCrossEntropy(
            gate: gate, copied: weights.mass(on: targets, among: copies), targets: targets,
            ignoring: Vocabulary.pad, dividingBy: total)
    }

    /// As `scores`, of all steps at once: [T·B,·], time first.
    func scores(_ forced: Forced, copies: [Int]) throws -> Tensor {
        guard let pointer else { return forced.logits }
        let (gate, weights) = try forced.switched(pointer, embedding)
        return try forced.logits.pointerLogProbabilities(gate: gate, weights: weights, copies: copies)
    }

    static var nothingToCopyBy: ShapeError {
        ShapeError("a scorer without weights has nothing to copy by; take another, or copying none")
    }
}

extension Decoder.Forced {
    /// z [T·B,1] and α [T·B,S].
    fileprivate func switched(_ pointer: Pointer, _ embedding: Tensor) throws -> (gate: Tensor, weights: Tensor) {
        guard let state, let context, let first = weights.first else { throw Decoder.nothingToCopyBy }
        return try (
            pointer.gate(words, embedding: embedding, context: context, state: state),
            Tensor.stack(weights).reshaped([words.count, first.shape[1]])
        )
    }
}
