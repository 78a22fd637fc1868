// The shared harness: encoder, scorer, decoder. One model for every scorer, so that tables compare scorers and nothing
// else.

public import AttentionScorers
public import Corpora
public import TensorCore

/// An encoder-decoder with attention. Belongs to one thread.
public final class TranslationModel {
    public let settings: ModelSettings
    public let parameters: Parameters
    public let sourceVocabularySize, targetVocabularySize: Int
    private var encoder: any SequenceEncoder
    var decoder: Decoder
    private let usesFusedKernels: Bool

    /// - Parameters:
    ///   - seed: draws the first values of the parameters.
    ///   - usesFusedKernels: off in tests, to run the composed twins.
    public convenience init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, sourceVocabulary: Int, targetVocabulary: Int,
        seed: UInt64, usesFusedKernels: Bool = true
    ) {
        self.init(settings, scorer, sourceVocabulary, targetVocabulary, seed, usesFusedKernels, Parameters())
    }

    /// The same model on a tape of its own: it reads the numbers of the other's parameters, and has gradients of its
    /// own.
    convenience init(sharing other: TranslationModel) {
        self.init(
            other.settings, other.scorerType, other.sourceVocabularySize, other.targetVocabularySize,
            0, other.usesFusedKernels, Parameters(sharing: other.parameters))
    }

    private init(
        _ settings: ModelSettings, _ scorer: any AttentionScorer.Type, _ sourceVocabulary: Int, _ targetVocabulary: Int,
        _ seed: UInt64, _ usesFusedKernels: Bool, _ parameters: Parameters
    ) {
        self.settings = settings
        self.parameters = parameters
        sourceVocabularySize = sourceVocabulary
        targetVocabularySize = targetVocabulary
        let builder = ParameterBuilder(parameters, seed: seed)
        var scope = builder.scope("encoder")
        // What the program does not have is said where the model is used: `checkParts`.
        encoder = (settings.encoder.part ?? BidirectionalEncoder.self).init(
            settings, vocabulary: sourceVocabulary, &scope)
        if !usesFusedKernels { encoder.useComposedTwins() }
        self.usesFusedKernels = usesFusedKernels
        scope = builder.scope("scorer")
        var attention = Attention(scorer.init(settings.scorerSizes, &scope), normalisation: settings.normalisation)
        attention.usesFusedKernels = usesFusedKernels
        scope = builder.scope("decoder")
        decoder = Decoder(settings, attention: attention, vocabulary: targetVocabulary, &scope)
    }

    /// The scorer that the model was built with; `settings` only name one.
    var scorerType: any AttentionScorer.Type { type(of: decoder.attention.scorer) }

    /// Its card.
    public var scorerCard: ScorerCard { scorerType.card }

    /// What the scorer computes; nil where it cannot be tried.
    private(set) lazy var scorerFingerprint = try? ScorerFingerprint(type(of: decoder.attention.scorer), settings)

    /// - Throws: where a part asked for parameters that cannot be, or is none of this program's.
    func checkParts() throws {
        try parameters.check()
        _ = try settings.resolved(among: .standard)
    }

    /// Runs the encoder and computes the keys.
    func remember(_ source: [Int], lengths: [Int]) throws -> Memory {
        try checkParts()
        if let bad = source.first(where: { $0 < 0 || $0 >= sourceVocabularySize }) {
            throw ShapeError(
                "source id \(bad) is outside the vocabulary of \(sourceVocabularySize); was the text encoded with another vocabulary?"
            )
        }
        if let b = lengths.firstIndex(where: { $0 < 1 }) {
            throw ShapeError("sentence \(b) of the batch has no word; leave empty sentences out")
        }
        let encoded = try parameters.tape.phase(Phase.encoder) { try encoder.encode(source, lengths: lengths) }
        try expect(
            encoded.states.shape, is: [lengths.count, source.count / max(lengths.count, 1), settings.state],
            "the states of the encoder \(settings.encoder)", axes: "B,S,D")
        return try parameters.tape.phase(Phase.scorer) {
            try decoder.attention.memory(states: encoded.states, summary: encoded.summary, lengths: lengths)
        }
    }

    /// Mean cross-entropy over the real target tokens of a batch, in nats, as a tensor of one number.
    /// - Parameter total: what the sum is divided by where the batch is a part of a larger one.
    public func loss(_ batch: Batch, dividingBy total: Int? = nil) throws -> Tensor {
        let memory = try remember(batch.source, lengths: batch.sourceLengths)
        let steps = batch.targetWidth
        let forced = try decoder.force(batch.targetInput, steps: steps, memory)
        try checkCopies(batch.copies, memory)
        let targets = (0..<steps).flatMap { t in (0..<batch.count).map { b in batch.targetOutput[b * steps + t] } }
        return try parameters.tape.phase(Phase.output) {
            try decoder.loss(forced, targets: targets, copies: batch.copies, dividingBy: total)
        }
    }

    /// A model that copies must know what.
    func checkCopies(_ copies: [Int], _ memory: Memory) throws {
        guard settings.copying == .pointer else { return }
        try expect(
            copies.count == memory.source || copies.count == memory.batch * memory.source,
            "this model copies source words, and was given \(copies.count) ids to copy \(memory.batch) sentences of up to \(memory.source) words by; "
                + "encode the sentences with the model's translator")
    }
}

/// The parts of a training step that a `PhaseClock` tells apart.
public enum Phase {
    /// Source embeddings and the recurrent layers over them.
    public static let encoder = "encoder"
    /// Target embeddings, what is fed, and the decoder's cell.
    public static let decoder = "decoder"
    /// Keys, scores, softmax and context.
    public static let scorer = "scorer"
    /// Readout, word scores and their cross-entropy.
    public static let output = "output"
    /// Clipping and Adam.
    public static let optimiser = "optimiser"

    public static let all = [encoder, decoder, scorer, output, optimiser]
}
