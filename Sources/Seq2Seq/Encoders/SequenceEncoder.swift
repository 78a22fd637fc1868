// Source words → states: the contract of every encoder.

public import AttentionScorers
public import TensorCore

/// Reads the source sentences of a batch, once, before the decoder begins.
///
/// It keeps nothing between batches. The same settings must make the same parameters whenever the model is built.
public protocol SequenceEncoder: SendableMetatype {
    static var card: PartCard { get }

    /// The settings of parts that it reads; others are refused beside it, and not told above a table. Default: those of
    /// recurrent layers.
    static var reads: [ModelSettings.PartSetting] { get }

    /// Takes its parameters from the builder, so that the optimiser and the checkpoints know all of them.
    /// - Parameter vocabulary: number of source words.
    init(_ settings: ModelSettings, vocabulary: Int, _ parameters: inout ParameterBuilder)

    /// - Parameters:
    ///   - source: ids, row-major [B,S], padded.
    ///   - lengths: real words of each sentence, 1 to S.
    func encode(_ source: [Int], lengths: [Int]) throws -> SourceReading

    /// The same with what the sources have beside their words. Default: the words alone.
    func encode(_ source: SourceSentences) throws -> SourceReading

    /// Whether it can read vectors in the place of words (`ModelSettings.vectorWidth`). Default: it cannot.
    static var readsVectors: Bool { get }

    /// Whether it reads what is asked about a source (`SourceExtras.question`). Default: it does not.
    static var readsQuestions: Bool { get }

    /// Numbers that a training keeps for each pair of positions of a source sentence: how its memory grows with the
    /// square of the length. Default: none.
    static func numbersPerPair(_ settings: ModelSettings) -> Int

    /// Gives up kernels of its own for what they are made of; tests compare both. Default: it has none.
    mutating func useComposedTwins()
}

extension SequenceEncoder {
    public static var reads: [ModelSettings.PartSetting] { ModelSettings.recurrentLayerSettings }

    public func encode(_ source: SourceSentences) throws -> SourceReading {
        try encode(source.ids, lengths: source.lengths)
    }

    public static var readsVectors: Bool { false }
    public static var readsQuestions: Bool { false }

    public static func numbersPerPair(_ settings: ModelSettings) -> Int { 0 }

    public mutating func useComposedTwins() {}
}

/// What an encoder has read.
public struct SourceReading {
    /// h [B,S,D], D = `ModelSettings.state`.
    public let states: Tensor
    /// [B,D]: of which the decoder's first state is made.
    public let summary: Tensor

    public init(states: Tensor, summary: Tensor) { (self.states, self.summary) = (states, summary) }

    /// The summary is the mean of the states of each sentence's real words.
    init(meanOf states: Tensor, lengths: [Int]) throws {
        try self.init(states: states, summary: states.mean(lengths: lengths))
    }
}

extension Tensor {
    /// The mean of the states of real words: [B,S,D] → [B,D].
    func mean(lengths: [Int]) throws -> Tensor {
        let steps = shape[1]
        let shares = lengths.flatMap { length in (0..<steps).map { $0 < length ? 1 / Scalar(length) : 0 } }
        return try Tensor.constant(shares, shape: [lengths.count, steps], near: self).weightedSum(of: self)
    }
}

/// Where encoders stand. Adding one means a file in Encoders/ and a line here.
public enum Encoders: Seam {
    public static var noun: String { "encoder" }
    public static var parts: [any SequenceEncoder.Type] {
        [
            BidirectionalEncoder.self,
            ForwardEncoder.self,
            SelfAttentionEncoder.self,
            QuestionEncoder.self,
            CellEncoder.self,
            WindowEncoder.self,
        ]
    }
    public static func card(of part: any SequenceEncoder.Type) -> PartCard { part.card }
}

public typealias EncoderKind = PartChoice<Encoders>

extension PartChoice where Place == Encoders {
    /// H units in each direction.
    public static var bidirectional: EncoderKind { EncoderKind(BidirectionalEncoder.self) }
    /// One direction with 2H units, so that the states are as wide.
    public static var forward: EncoderKind { EncoderKind(ForwardEncoder.self) }
    /// Layers of self-attention, D wide.
    public static var selfAttention: EncoderKind { EncoderKind(SelfAttentionEncoder.self) }
    /// A passage with a question in mind.
    public static var question: EncoderKind { EncoderKind(QuestionEncoder.self) }
    /// Cells of a grid, each by itself.
    public static var cells: EncoderKind { EncoderKind(CellEncoder.self) }
    /// Each word with its neighbours, D wide.
    public static var window: EncoderKind { EncoderKind(WindowEncoder.self) }
}
