// Source words, or vectors in their place → what a recurrent layer makes of them, from the left or from the right: what
// recurrent encoders are made of. Equations in the reference model: x = Eₛ[source]; of vectors v, x = v V + b.

import Corpora
import TensorCore

struct RecurrentReader {
    /// What the lowest layer reads.
    enum Input {
        /// Eₛ [V,E].
        case words(embedding: Tensor)
        /// V [F,E] and b [E].
        case vectors(V: Tensor, b: Tensor)
    }

    let input: Input
    /// Off in tests, to run the step-by-step twin.
    var usesFusedKernels = true

    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder) {
        if let width = settings.vectorWidth, width > 0 {
            input = .vectors(
                V: parameters.matrix("vectors", width, settings.embedding),
                b: parameters.bias("vectorBias", settings.embedding))
        } else {
            input = .words(
                embedding: parameters.uniform("embedding", [vocabulary, settings.embedding], bound: embeddingBound))
        }
    }

    /// Sentences time first: then each step of the recurrence is one contiguous block.
    struct Sentences {
        let words: [Int], lengths: [Int], steps: Int
        /// S·B rows of F numbers; empty where there are words.
        let vectors: [Scalar]

        init(_ source: SourceSentences) {
            let batch = source.lengths.count, steps = batch == 0 ? 0 : source.ids.count / batch
            words = (0..<steps).flatMap { t in (0..<batch).map { b in source.ids[b * steps + t] } }
            vectors = source.extras.map { Self.timeFirst($0, steps: steps) } ?? []
            (lengths, self.steps) = (source.lengths, steps)
        }

        private static func timeFirst(_ extras: BatchExtras, steps: Int) -> [Scalar] {
            let numbers = extras.vectors, width = extras.width
            var rows: [Scalar] = []
            rows.reserveCapacity(numbers.count)
            for t in 0..<steps {
                for b in extras.pairs.indices {
                    let first = (b * steps + t) * width
                    for number in numbers[first..<first + width] { rows.append(Scalar(number)) }
                }
            }
            return rows
        }
    }

    /// [S,B,H], zero in the padding.
    func layer(_ cell: RecurrentCell, _ sentences: Sentences, reversed: Bool) throws -> Tensor {
        let gates = try gates(cell, sentences)
        return try cell.layer(
            inputGates: gates.reshaped([sentences.steps, sentences.lengths.count, gates.shape[1]]),
            lengths: sentences.lengths, reversed: reversed, fused: usesFusedKernels)
    }

    /// x Wi + bi of every position, [S·B,G].
    func gates(_ cell: RecurrentCell, _ sentences: Sentences) throws -> Tensor {
        switch input {
        case .words(let embedding):
            return try embedding.gatheredMatmul(sentences.words, cell.Wi, adding: cell.bi)
        case .vectors(let V, let b):
            let v = try Tensor.constant(sentences.vectors, shape: [sentences.words.count, V.shape[0]], near: V)
            return try v.matmul(V, adding: b).matmul(cell.Wi, adding: cell.bi)
        }
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
