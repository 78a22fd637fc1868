// States and contexts → the next word: the contract of every output layer.

public import AttentionScorers
public import TensorCore

/// Scores every word that could come next, and says what a word that should have come costs.
///
/// It keeps nothing between steps. The same settings must make the same parameters whenever the model is built.
public protocol OutputLayer: SendableMetatype {
    static var card: PartCard { get }

    /// Whether it produces source words by their extended ids, which it is then given. Default false.
    static var copies: Bool { get }

    /// Whether it reads s, c and α beside the readout; where none does, they are not put together. Default: where it
    /// copies.
    static var readsAttention: Bool { get }

    /// Whether its loss is of `smoothing`; a training with smoothed labels is refused where it is not. Default false.
    static var smoothsLabels: Bool { get }

    /// Takes its parameters from the builder.
    /// - Parameter vocabulary: number of target words.
    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder)

    /// Scores of which softmax gives the probabilities: [n,V], or [n, V + new words] of one that copies.
    func scores(_ seen: DecoderReading) throws -> Tensor

    /// Mean of −log P of the words that should have come, in nats.
    /// - Parameters:
    ///   - targets: n ids, `Vocabulary.pad` where there is none.
    ///   - total: what the sum is divided by where these rows are a part of a larger batch.
    func loss(_ seen: DecoderReading, targets: [Int], dividingBy total: Int?) throws -> Tensor
}

extension OutputLayer {
    public static var copies: Bool { false }
    public static var readsAttention: Bool { copies }
    public static var smoothsLabels: Bool { false }
}

/// What an output layer can look at: n rows, the sentences of one step, or those of all steps, time first.
public struct DecoderReading {
    /// The word that each row has read; one that the vocabulary does not have is unknown here.
    public let words: [Int]
    let decoder: any StepDecoder
    /// r [n,D].
    public private(set) var readout: Tensor
    /// s and c [n,D], and α [n,S]; where the output layer does not say that it reads them, they may be nil.
    public let state, context, weights: Tensor?
    /// The states of its words, and what can be copied. Row t·B + b of these n is about sentence b.
    public let source: EncodedSource
    /// ε, the share of a target's probability that the loss spreads over all words; 0 outside training.
    public private(set) var smoothing = 0.0

    /// Eₜ [V,·], of the words.
    public var embedding: Tensor { decoder.embedding }

    /// The same in a training step: with smoothed labels, and without what the step leaves out.
    func training(_ noise: Noise?, smoothing: Double) throws -> DecoderReading {
        var reading = self
        reading.smoothing = smoothing
        if let noise { reading.readout = try noise.dropping(readout, "readouts") }
        return reading
    }

    /// r of another context, such as the state of one source word alone: [n,D], [n,D] → [n,D].
    public func readout(context: Tensor, state: Tensor) throws -> Tensor {
        try decoder.readout(context: context, state: state)
    }
}

/// Where output layers stand. Adding one means a file in Output/ and a line here.
public enum OutputLayers: Seam {
    public static var noun: String { "copying" }
    public static var parts: [any OutputLayer.Type] {
        [
            Generator.self,
            PointerGenerator.self,
            AttentionSum.self,
        ]
    }
    public static func card(of part: any OutputLayer.Type) -> PartCard { part.card }
}

/// Where a word can come from. Settings call it copying, because that is what the first two differ in.
public typealias Copying = PartChoice<OutputLayers>

extension PartChoice where Place == OutputLayers {
    /// From the vocabulary alone.
    public static var none: Copying { Copying(Generator.self) }
    /// Source words can be copied too.
    public static var pointer: Copying { Copying(PointerGenerator.self) }
    /// Source words are all there is.
    public static var attentionSum: Copying { Copying(AttentionSum.self) }

    /// Whether source words are produced by their extended ids.
    public var copies: Bool { part?.copies == true }
}
