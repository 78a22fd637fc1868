// The words so far → where the next one comes from, a step at a time: the contract of every decoder.

public import AttentionScorers
public import TensorCore

/// Writes a translation word by word. Greedy search, beam search, forced decoding and the question for the next word
/// are written over it.
///
/// It keeps nothing between steps but its state. The same settings must make the same parameters whenever the model
/// is built.
public protocol StepDecoder: SendableMetatype {
    /// Where it stands after some words: the state of a cell, or what is kept of the words before.
    associatedtype State: DecoderState

    static var card: PartCard { get }

    /// The settings of parts that it reads; others are refused beside it, and not told above a table. Default: those of
    /// recurrent parts.
    static var reads: [ModelSettings.PartSetting] { get }

    /// Takes its parameters from the builder, so that the optimiser and the checkpoints know all of them.
    /// - Parameters:
    ///   - scorer: of the model. `EncodedSource.look` asks the one that the model has; a decoder that attends in
    ///     several layers makes one of its own for each layer below the last.
    ///   - vocabulary: number of target words.
    init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabulary: Int,
        _ parameters: inout ParameterBuilder)

    /// Eₜ: the embeddings of the target words, [V,·]. An output layer may read that of the last word.
    var embedding: Tensor { get }

    func begin(_ source: EncodedSource) throws -> State

    /// One more word in each row.
    /// - Parameter words: B ids of the vocabulary, the last word of each row; the begin token at first.
    /// - Returns: a state that has reached a step.
    func step(_ before: State, reading words: [Int], _ source: EncodedSource) throws -> State

    /// Teacher forcing: every step reads the reference's last word. Default: step by step; what can be computed for
    /// all words at once may be, but must come to the same.
    /// - Parameters:
    ///   - words: time first: row t·B + b is what sentence b reads at step t.
    ///   - steps: T.
    /// - Returns: T steps.
    func teacherForce(_ words: [Int], steps: Int, _ source: EncodedSource) throws -> [ReachedStep]

    /// r = f(c, s), of which the output layer makes scores: [n,D], [n,D] → [n,D], for one step or for all at once.
    func readout(context: Tensor, state: Tensor) throws -> Tensor

    /// r of many contexts with many states, a row for each pair of their rows: [m,D], [n,D] → [pairs,D]. Default:
    /// `readout` of the rows side by side; what can be computed once for a context or a state may be, but must come to
    /// the same.
    func readouts(contexts: Tensor, states: Tensor, pairs: [(context: Int, state: Int)]) throws -> Tensor

    /// Why a model of these settings cannot have this scorer beside it, as a sentence that says what to do; nil where it
    /// can. Default nil.
    static func fault(_ settings: ModelSettings, _ scorer: ScorerCard) -> String?

    /// Numbers that a training keeps for each pair of positions of a target sentence: how its memory grows with the
    /// square of the length. Default: none.
    static func numbersPerPair(_ settings: ModelSettings) -> Int

    /// How long a training takes, the encoder's part with it, against one of a single recurrent layer: for estimates of
    /// time. Default: as long.
    static func timeFactor(_ settings: ModelSettings) -> Double

    /// Gives up kernels of its own for what they are made of; tests compare both. Default: it has none.
    mutating func useComposedTwins()
}

extension StepDecoder {
    public static var reads: [ModelSettings.PartSetting] { ModelSettings.recurrentSettings }

    public static func fault(_ settings: ModelSettings, _ scorer: ScorerCard) -> String? { nil }

    public static func numbersPerPair(_ settings: ModelSettings) -> Int { 0 }

    public static func timeFactor(_ settings: ModelSettings) -> Double { 1 }

    public mutating func useComposedTwins() {}

    // `RecurrentDecoder` has a faster one of its own.
    public func teacherForce(_ words: [Int], steps: Int, _ source: EncodedSource) throws -> [ReachedStep] {
        let batch = source.memory.batch
        var state = try begin(source)
        return try (0..<steps).map { t in
            state = try step(state, reading: Array(words[t * batch..<(t + 1) * batch]), source)
            return try state.last(of: self)
        }
    }

    public func readouts(contexts: Tensor, states: Tensor, pairs: [(context: Int, state: Int)]) throws -> Tensor {
        try readout(context: contexts.gathered(pairs.map(\.context)), state: states.gathered(pairs.map(\.state)))
    }
}

/// Where a decoder stands.
public protocol DecoderState {
    /// What the last step came to; nil before the first.
    var reached: ReachedStep? { get }

    /// The states of a choice of rows, repeats allowed: how a beam forks.
    func gathered(_ rows: [Int]) throws -> Self
}

extension DecoderState {
    func last(of decoder: some StepDecoder) throws -> ReachedStep {
        guard let reached else {
            throw ShapeError("the decoder \(type(of: decoder).card.name) made a step, and its state has reached none")
        }
        return reached
    }
}

/// What one step came to.
public struct ReachedStep {
    /// s [B,D]: what it attended with; of a pre-norm Transformer, before the normalisation.
    public let state: Tensor
    /// c [B,D], and α [B,S] that it was made of.
    public let context: Tensor, weights: Tensor
    /// r [B,D], where the decoder has computed it on the way.
    public let readout: Tensor?
    /// α of each head [B·N,S], where there are several: `past.heads?.previous` of the look.
    public let heads: Tensor?

    public init(state: Tensor, context: Tensor, weights: Tensor, readout: Tensor? = nil, heads: Tensor? = nil) {
        (self.state, self.context, self.weights) = (state, context, weights)
        (self.readout, self.heads) = (readout, heads)
    }

    /// The same of a choice of rows, repeats allowed.
    public func gathered(_ rows: [Int]) throws -> ReachedStep {
        try ReachedStep(
            state: state.gathered(rows), context: context.gathered(rows), weights: weights.gathered(rows),
            readout: readout?.gathered(rows),
            heads: heads.map { try $0.gathered(headRows(rows, of: $0.shape[0] / max(weights.shape[0], 1))) })
    }
}

/// Where decoders stand. Adding one means a file in Decoders/ and a line here.
public enum Decoders: Seam {
    public static var noun: String { "decoder" }
    public static var parts: [any StepDecoder.Type] {
        [
            RecurrentDecoder.self,
            TransformerDecoder.self,
            LabelDecoder.self,
            HierarchicalDecoder.self,
        ]
    }
    public static func card(of part: any StepDecoder.Type) -> PartCard { part.card }
}

public typealias DecoderKind = PartChoice<Decoders>

extension PartChoice where Place == Decoders {
    public static var recurrent: DecoderKind { DecoderKind(RecurrentDecoder.self) }
    public static var transformer: DecoderKind { DecoderKind(TransformerDecoder.self) }
    /// One look at all words of a document.
    public static var label: DecoderKind { DecoderKind(LabelDecoder.self) }
    /// A look at the words of each sentence, and one at the sentences.
    public static var hierarchical: DecoderKind { DecoderKind(HierarchicalDecoder.self) }
}
