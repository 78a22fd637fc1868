// Decoding under way, whatever the decoder: what searches step through.

import AttentionScorers
import Corpora
import TensorCore

/// A decoder and its state over one source, with the output layer of the model.
protocol DecodingRun {
    /// Reads a word in each row.
    ///
    /// - Parameters:
    ///   - words: ids; those past the vocabulary are copied words.
    ///   - replaced: weights [B,S] that stand in for the scorer's at this step.
    mutating func read(_ words: [Int], replacing replaced: Tensor?) throws

    /// Of the word after those that were read last; softmax gives the probabilities: see `WeightUse`.
    mutating func scores() throws -> Tensor

    /// α of the last step in one row, without the padding.
    func weightRow(_ row: Int, length: Int) -> [Double]

    /// Where a word came from that was chosen by the last `scores`: the posterior or α, as `AlignmentReading` says.
    func alignmentRow(_ row: Int, word: Int, length: Int) -> [Double]

    /// Goes on with a choice of rows, repeats allowed. For a run over one sentence.
    mutating func gather(_ rows: [Int]) throws
}

extension DecodingRun {
    mutating func read(_ words: [Int]) throws { try read(words, replacing: nil) }
}

private struct RunOf<Body: StepDecoder>: DecodingRun {
    private let model: TranslationModel, decoder: Body, whole: EncodedSource
    private var source: EncodedSource, state: Body.State
    private var words: [Int] = [], weights: [Scalar] = []
    private let use: any WeightUse.Type
    private var posterior: ((_ row: Int, _ word: Int) -> [Scalar])?

    init(_ model: TranslationModel, _ decoder: Body, _ source: EncodedSource) throws {
        (self.model, self.decoder, whole, self.source) = (model, decoder, source, source)
        use = model.use
        state = try decoder.begin(source)
    }

    mutating func read(_ words: [Int], replacing replaced: Tensor?) throws {
        self.words = model.replacingUnknown(words)
        state = try decoder.step(state, reading: self.words, source.replacing(replaced))
        weights = try state.last(of: decoder).weights.values
    }

    mutating func scores() throws -> Tensor {
        let step = try state.last(of: decoder)
        let found = try use.scores(
            model.used(
                DecoderReading(
                    words: words, decoder: decoder,
                    readout: step.readout ?? decoder.readout(context: step.context, state: step.state),
                    state: step.state, context: step.context, weights: step.weights, source: source)))
        posterior = found.posterior
        return found.scores
    }

    func weightRow(_ row: Int, length: Int) -> [Double] { source.weightRow(weights, row, length: length) }

    func alignmentRow(_ row: Int, word: Int, length: Int) -> [Double] {
        posterior.map { $0(row, word).prefix(length).map { Double($0) } } ?? weightRow(row, length: length)
    }

    mutating func gather(_ rows: [Int]) throws {
        state = try state.gathered(rows)
        if source.memory.batch != rows.count { source = try whole.repeated(rows.count) }
    }
}

extension TranslationModel {
    /// Before the first word.
    func beginDecoding(_ source: EncodedSource) throws -> any DecodingRun {
        func run(_ decoder: some StepDecoder) throws -> any DecodingRun { try RunOf(self, decoder, source) }
        return try run(decoder)
    }

    /// What it makes of its weights.
    var use: any WeightUse.Type { settings.use.part ?? MeanContext.self }

    func used(_ reading: DecoderReading, _ progress: TrainingProgress? = nil) -> UsedWeights {
        UsedWeights(reading: reading, output: output, settings: settings, progress: progress)
    }

    /// What is fed back of a copied word that the vocabulary does not have: all that a decoder can read of it.
    func replacingUnknown(_ words: [Int]) -> [Int] { words.map { $0 < targetVocabularySize ? $0 : Vocabulary.unknown } }
}
