// Encoders whose words look at each other, and where they look.

import Corpora
public import TensorCore

/// An encoder of layers of heads, which can tell its weights.
public protocol LookingEncoder: SequenceEncoder {
    /// Where the words of each sentence look at one another while it is encoded.
    ///
    /// - Returns: α [B·N,S,S] of each layer, the lowest first: head n of sentence b in row b·N + n, a row of S weights
    ///   for each word. What stands in the padding means nothing.
    func looks(_ source: SourceSentences) throws -> [Tensor]
}

/// Where the heads of an encoder look in one sentence.
public struct EncoderHeads: Sendable {
    /// [layers, heads, words, words]: a row for each word, over the words of the sentence. Rows sum to 1.
    public let weights: [[[[Double]]]]

    /// Between words, where the weights at hand are between pieces.
    func merged(_ pieces: WordPieces) -> EncoderHeads {
        EncoderHeads(weights: weights.map { $0.map { WordPieces.merge($0, source: pieces, target: pieces) } })
    }
}

extension TranslationModel {
    /// - Returns: one a sentence, in the batch's order.
    /// - Throws: `InputError` where the encoder has no heads.
    func encoderHeads(_ source: SourceSentences) throws -> [EncoderHeads] {
        guard let encoder = encoder as? any LookingEncoder else {
            throw InputError(
                "the words of a source do not look at each other in the encoder \(settings.encoder); train with "
                    + "--encoder self-attention, or --body transformer")
        }
        try check(source)
        let layers = try parameters.tape.withoutRecording {
            try encoder.looks(source).map { (values: $0.values, shape: $0.shape) }
        }
        return source.lengths.indices.map { b in
            EncoderHeads(
                weights: layers.map { layer in
                    let width = layer.shape[2], heads = layer.shape[0] / source.lengths.count
                    return (0..<heads).map { n in
                        (0..<source.lengths[b]).map { word in
                            let row = (((b * heads + n) * width) + word) * width
                            return layer.values[row..<row + source.lengths[b]].map { Double($0) }
                        }
                    }
                })
        }
    }
}
