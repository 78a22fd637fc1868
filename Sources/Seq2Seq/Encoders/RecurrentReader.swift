// Source words → what a recurrent layer makes of them, from the left or from the right: what recurrent encoders are
// made of. Equations in the reference model: x = Eₛ[source].

import TensorCore

struct RecurrentReader {
    /// Eₛ [V,E].
    let embedding: Tensor
    /// Off in tests, to run the step-by-step twin.
    var usesFusedKernels = true

    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        embedding = parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound)
    }

    /// Sentences time first: then each step of the recurrence is one contiguous block.
    struct Sentences {
        let words: [Int], lengths: [Int], steps: Int

        /// - Parameter source: row-major [B,S].
        init(_ source: [Int], lengths: [Int]) {
            let batch = lengths.count, steps = batch == 0 ? 0 : source.count / batch
            words = (0..<steps).flatMap { t in (0..<batch).map { b in source[b * steps + t] } }
            (self.lengths, self.steps) = (lengths, steps)
        }
    }

    /// [S,B,H], zero in the padding.
    func layer(_ cell: RecurrentCell, _ sentences: Sentences, reversed: Bool) throws -> Tensor {
        let gates = try embedding.gatheredMatmul(sentences.words, cell.Wi, adding: cell.bi)
        return try cell.layer(
            inputGates: gates.reshaped([sentences.steps, sentences.lengths.count, gates.shape[1]]),
            lengths: sentences.lengths, reversed: reversed, fused: usesFusedKernels)
    }

    /// The same over what the layers below made: [S,B,X] → [S,B,H].
    func layer(_ cell: RecurrentCell, over below: Tensor, _ sentences: Sentences, reversed: Bool) throws -> Tensor {
        try cell.layer(
            inputGates: below.matmul(cell.Wi, adding: cell.bi), lengths: sentences.lengths, reversed: reversed,
            fused: usesFusedKernels)
    }

    /// The state of each sentence's last real word, [B,H]: it stands in row (length − 1)·B + b.
    func last(_ layer: Tensor, _ sentences: Sentences) throws -> Tensor {
        let batch = sentences.lengths.count
        return try layer.reshaped([sentences.steps * batch, layer.shape[2]])
            .gathered(sentences.lengths.enumerated().map { ($1 - 1) * batch + $0 })
    }
}

/// Embeddings start uniform in ±0.1, small beside the weights: rare words should not shout.
let embeddingBound = 0.1
