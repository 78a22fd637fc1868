// Encoder and decoder that belong together in the papers, under one name.

/// A name for an encoder, a decoder, and the learning rate that such a model is trained at.
public enum Body: String, Sendable, CaseIterable {
    /// Bidirectional GRUs and a GRU, as Bahdanau et al. 2015 and Luong et al. 2015 have them.
    case recurrent
    /// Self-attention on both sides (Vaswani et al. 2017).
    case transformer

    public var encoder: EncoderKind { self == .transformer ? .selfAttention : .bidirectional }
    public var decoder: DecoderKind { self == .transformer ? .transformer : .recurrent }

    /// Adam's at the first step. At the recurrent body's 1e-2 a Transformer of this size learns little; at 3e-3, with
    /// its normalisation before each part, it needs no warm-up.
    public var learningRate: Double { self == .transformer ? 3e-3 : TrainingSettings().learningRate }

    /// A sentence where a Transformer's decoder is to be trained at the recurrent body's learning rate or a higher one,
    /// as it is when only `decoder` was changed; nil where not.
    public static func remark(on model: ModelSettings, _ training: TrainingSettings) -> String? {
        guard model.decoder == transformer.decoder, training.learningRate >= recurrent.learningRate else { return nil }
        return "the \(model.decoder) decoder learns little at a learning rate of \(training.learningRate), which suits "
            + "recurrent ones; --body transformer takes \(transformer.learningRate)"
    }

    /// Puts its choices in the place of what is there.
    public func apply(to model: inout ModelSettings, _ training: inout TrainingSettings) {
        (model.encoder, model.decoder, training.learningRate) = (encoder, decoder, learningRate)
    }
}
