// The shared harness: encoder, scorer, decoder, output layer. One model for every scorer, so that tables compare
// scorers and nothing else.

public import AttentionScorers
public import Corpora
public import TensorCore

/// An encoder-decoder with attention. Belongs to one thread.
public final class TranslationModel {
    public let settings: ModelSettings
    public let parameters: Parameters
    public let sourceVocabularySize, targetVocabularySize: Int
    private(set) var encoder: any SequenceEncoder
    /// Weights and context, by the scorer.
    var attention: Attention
    private(set) var decoder: any StepDecoder
    let output: any OutputLayer
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
    /// - Parameter use: of the weights, where it is another one.
    convenience init(sharing other: TranslationModel, use: UseOfWeights? = nil) {
        var settings = other.settings
        if let use { settings.use = use }
        self.init(
            settings, other.scorerType, other.sourceVocabularySize, other.targetVocabularySize,
            0, other.usesFusedKernels, Parameters(sharing: other.parameters))
    }

    init(
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
        attention = Attention(
            scorer.init(settings.scorerSizes, &scope),
            Weighting(
                normalisation: settings.normalisation, decision: settings.decision, usesFusedKernels: usesFusedKernels))
        scope = builder.scope("decoder")
        decoder = (settings.decoder.part ?? RecurrentDecoder.self).init(
            settings, scorer: scorer, vocabulary: targetVocabulary, &scope)
        if !usesFusedKernels { decoder.useComposedTwins() }
        let layer = settings.copying.part ?? Generator.self
        // Stored models know the parameters of the toolkit's own layers by names beside the decoder's.
        if !OutputLayers.parts.contains(where: { $0 == layer }) { scope = builder.scope("output") }
        output = layer.init(settings, vocabulary: targetVocabulary, &scope)
    }

    /// The scorer that the model was built with; `settings` only name one.
    var scorerType: any AttentionScorer.Type { type(of: attention.scorer) }

    /// Its card.
    public var scorerCard: ScorerCard { scorerType.card }

    /// What the scorer computes; nil where it cannot be tried.
    private(set) lazy var scorerFingerprint = try? ScorerFingerprint(scorerType, settings)

    /// - Throws: where a part asked for parameters that cannot be, or is none of this program's.
    func checkParts() throws {
        try parameters.check()
        _ = try settings.resolved(among: .standard)
    }

    /// Runs the encoder and computes the keys.
    /// - Parameter noise: of a training step; nil outside training.
    func encode(_ source: SourceSentences, _ noise: Noise? = nil) throws -> EncodedSource {
        try checkParts()
        try check(source)
        let encoded = try parameters.tape.phase(Phase.encoder) {
            try encoder.encode(source)
        }
        try expect(
            encoded.states.shape,
            is: [source.lengths.count, source.ids.count / max(source.lengths.count, 1), settings.state],
            "the states of the encoder \(settings.encoder)", axes: "B,S,D")
        // The summary is left whole: a decoder begins with it once, and looks at states at every word.
        let states = try noise?.dropping(encoded.states, "encoder states") ?? encoded.states
        let memory = try parameters.tape.phase(Phase.scorer) {
            try attention.memory(states: states, summary: encoded.summary, lengths: source.lengths)
        }
        return EncodedSource(
            memory: memory, copies: source.copies, extras: source.extras, attention: attention.with(noise),
            tape: parameters.tape)
    }

    func check(_ source: SourceSentences) throws {
        if let bad = source.ids.first(where: { $0 < 0 || $0 >= sourceVocabularySize }) {
            throw ShapeError(
                "source id \(bad) is outside the vocabulary of \(sourceVocabularySize); was the text encoded with another vocabulary?"
            )
        }
        if let b = source.lengths.firstIndex(where: { $0 < 1 }) {
            throw ShapeError("sentence \(b) of the batch has no word; leave empty sentences out")
        }
        try check(source.extras)
        // A model that copies must know what.
        let batch = source.lengths.count, width = source.ids.count / max(batch, 1)
        try expect(
            !settings.copying.copies || source.copies.count == source.ids.count,
            "this model copies source words, and was given \(source.copies.count) ids to copy \(batch) sentences of up to \(width) words by; "
                + "encode the sentences with the model's translator")
    }

    private func check(_ extras: BatchExtras?) throws {
        let width = settings.vectorWidth ?? 0
        if let other = ([extras?.width ?? 0] + (extras?.pairs.map(\.width) ?? [])).first(where: { $0 != width }) {
            throw ShapeError(
                "this model reads \(width == 0 ? "words" : "vectors of \(Counted.text(width, "number"))"), and was given "
                    + (other == 0 ? "words" : "vectors of \(Counted.text(other, "number"))"))
        }
        guard width > 0, let part = settings.encoder.part, !part.readsVectors else { return }
        throw ShapeError("the encoder \(settings.encoder) reads words, and was given vectors; take one that reads them")
    }

    /// Mean cross-entropy over the real target tokens of a batch, in nats, as a tensor of one number.
    /// - Parameter total: what the sum is divided by where the batch is a part of a larger one.
    public func loss(_ batch: Batch, dividingBy total: Int? = nil) throws -> Tensor {
        try taught(batch, dividingBy: total).loss.crossEntropy
    }

    /// The cross-entropy and the terms of a training, of a batch or of a part of one.
    func loss(
        _ batch: Batch, of totals: BatchTotals, _ settings: TrainingSettings, _ progress: TrainingProgress,
        _ noise: Noise? = nil
    ) throws -> TaughtLoss {
        let (loss, weights) = try taught(
            batch, dividingBy: totals.targetWords, noise, progress, smoothing: settings.labelSmoothing)
        let seen = TaughtBatch(batch: batch, weights: weights, progress: progress)
        let terms = try parameters.tape.phase(Phase.output) {
            try loss.terms + settings.terms.computed(seen) + ((scorerType as? any LossTerms.Type)?.terms(seen) ?? [])
        }
        for term in terms where term.sum.count != 1 {
            throw ShapeError(
                "the term \"\(term.name)\" of the loss has shape \(term.sum.shape); it must be one number, the sum over the "
                    + "sentences"
            )
        }
        return TaughtLoss(crossEntropy: loss.crossEntropy, terms: terms, totals: totals)
    }

    /// Reads the references of a batch.
    /// - Parameter progress: nil outside training.
    private func taught(
        _ batch: Batch, dividingBy total: Int?, _ noise: Noise? = nil, _ progress: TrainingProgress? = nil,
        smoothing: Double = 0
    ) throws -> (loss: UsedLoss, weights: [Tensor]) {
        let source = try encode(SourceSentences(batch), noise)
        let forced = try teacherForce(batch.targetInput, steps: batch.targetWidth, source)
        let loss = try parameters.tape.phase(Phase.output) {
            try use.loss(
                used(forced.reading.training(noise, smoothing: smoothing), progress), targets: batch.targetsTimeFirst,
                dividingBy: total)
        }
        return (loss, forced.weights)
    }
}
