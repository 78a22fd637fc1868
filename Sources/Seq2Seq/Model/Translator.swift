// A model together with the words it knows: what can be saved, loaded and asked to translate.

public import AttentionScorers
public import Corpora
import TensorCore

/// A translation model and its two vocabularies. Belongs to one thread.
///
/// What goes in and what comes out are words, also where the model reads and writes pieces of them; ids alone are those
/// of pieces.
public final class Translator {
    public let model: TranslationModel
    private(set) var vocabularies: Vocabularies
    public var source: Vocabulary { vocabularies.source }
    public var target: Vocabulary { vocabularies.target }
    /// nil where the vocabularies are of words.
    public var merges: BytePairs? { vocabularies.merges }

    public init(model: TranslationModel, vocabularies: Vocabularies) {
        (self.model, self.vocabularies) = (model, vocabularies)
    }

    public convenience init(model: TranslationModel, source: Vocabulary, target: Vocabulary) {
        self.init(model: model, vocabularies: Vocabularies(source: source, target: target))
    }

    /// A fresh model for the words of some training pairs.
    public convenience init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, words: [SentencePair], seed: UInt64
    ) {
        self.init(settings, scorer: scorer, vocabularies: settings.vocabularies(of: words), seed: seed)
    }

    /// A fresh model for vocabularies that are there already.
    public convenience init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, vocabularies: Vocabularies, seed: UInt64
    ) {
        self.init(
            model: TranslationModel(
                settings, scorer: scorer, sourceVocabulary: vocabularies.source.count,
                targetVocabulary: vocabularies.target.count, seed: seed),
            vocabularies: vocabularies)
    }

    /// The same numbers with another use of the weights, so that they translate and align as that one does: what a model
    /// of the mean context would write from one word, `words` says, and with it the posterior.
    /// - Throws: `InputError` where a model of these settings cannot use its weights so.
    public func reading(_ use: UseOfWeights) throws -> Translator {
        let other = TranslationModel(sharing: model, use: use)
        try other.settings.checkUse(model.scorerType)
        return Translator(model: other, vocabularies: vocabularies)
    }

    /// The pairs in ids, of pieces where the model reads pieces; gold links are then between pieces.
    public func encoded(_ pairs: [SentencePair]) throws -> [EncodedPair] {
        try pairs.map { try encoded(vocabularies.read($0)) }
    }

    private func encoded(_ read: ReadPair) throws -> EncodedPair {
        try EncodedPair(read.pair, source: source, target: target, copying: copies)
    }

    private var copies: Bool { model.settings.copying.copies }

    /// The words of a translation: those of the target vocabulary, and the source words that were copied.
    public func words(of hypothesis: Hypothesis, source sentence: [String]) -> [String] {
        vocabularies.words(of: parts(of: hypothesis, source: sentence)).filter(isWritten)
    }

    /// The end of a word without a word before it is nothing to read.
    private func isWritten(_ word: String) -> Bool { merges == nil || !word.isEmpty }

    /// Where it looked for each of these words, over the words of the source.
    public func weights(of hypothesis: Hypothesis, source sentence: [String]) -> [[Double]] {
        let parts = parts(of: hypothesis, source: sentence)
        guard let target = vocabularies.pieces(of: parts),
            let source = vocabularies.pieces(of: vocabularies.parts(of: sentence, .source))
        else { return hypothesis.weights }
        let rows = WordPieces.merge(hypothesis.weights, source: source, target: target)
        return zip(vocabularies.words(of: parts), rows).filter { isWritten($0.0) }.map(\.1)
    }

    private func parts(of hypothesis: Hypothesis, source sentence: [String]) -> [String] {
        copies
            ? ExtendedVocabulary(target, source: vocabularies.parts(of: sentence, .source)).words(of: hypothesis.tokens)
            : target.words(of: hypothesis.tokens)
    }

    /// In parts that the model reads, of any split.
    public func longestSource(of data: Dataset) -> Int { vocabularies.longestSource(of: data) }

    /// Whether the model can read a word, or write it, without an unknown part.
    public func knows(_ word: String, _ side: Vocabularies.Side) -> Bool { vocabularies.knows(word, side) }

    /// Whether it has the word as a whole.
    public func hasWhole(_ word: String, _ side: Vocabularies.Side) -> Bool { vocabularies.hasWhole(word, side) }

    /// Greedy translations, in the order of the sentences.
    ///
    /// - Parameters:
    ///   - batchSize: sentences decoded side by side; only speed depends on it.
    ///   - tokens: of a batch at most, padding counted, which bounds its memory; nil for those of 64 usual sentences.
    public func translate(
        _ sentences: [[String]], batchSize: Int = 64, tokens: Int? = nil, limit: LengthLimit = LengthLimit()
    ) throws -> [Hypothesis] {
        try translate(
            sourcesOf: sentences.map { SentencePair(source: $0, target: []) }, batchSize: batchSize, tokens: tokens,
            limit: limit)
    }

    /// The same of the sources of pairs, with what they have beside their words. Their targets are not read.
    public func translate(
        sourcesOf given: [SentencePair], batchSize: Int = 64, tokens: Int? = nil, limit: LengthLimit = LengthLimit()
    ) throws -> [Hypothesis] {
        let pairs = try encoded(given.map { SentencePair(source: $0.source, target: [], extras: $0.extras) })
        if pairs.isEmpty { return [] }
        var results = [Hypothesis?](repeating: nil, count: pairs.count)
        for batch in try Batches.inOrder(pairs, .evaluation(pairs: batchSize, tokens: tokens)) {
            let found = try model.greedy(SourceSentences(batch), limit: limit)
            for (index, hypothesis) in zip(batch.indices, found) { results[index] = hypothesis }
        }
        return results.compactMap { $0 }
    }

    /// The best translations of one sentence by beam search, best first.
    public func translate(_ sentence: [String], beam: BeamSettings) throws -> [Hypothesis] {
        try translate(sourceOf: SentencePair(source: sentence, target: []), beam: beam)
    }

    /// The same of the source of a pair, with what it has beside its words. Its target is not read.
    public func translate(sourceOf pair: SentencePair, beam: BeamSettings) throws -> [Hypothesis] {
        let read = try encoded([SentencePair(source: pair.source, target: [], extras: pair.extras)])
        return try model.beam(SourceSentences(read[0]), beam)
    }

    /// Where the model looks while it reads the reference, in the order of the pairs.
    public func align(_ pairs: [SentencePair], batchSize: Int = 64) throws -> [ForcedAlignment] {
        if pairs.isEmpty { return [] }
        let read = pairs.map { vocabularies.read($0) }
        var results = [ForcedAlignment?](repeating: nil, count: pairs.count)
        for batch in try Batches.inOrder(read.map(encoded), batchSize: batchSize) {
            for (index, alignment) in zip(batch.indices, try model.forced(batch)) {
                results[index] = read[index].pieces.map { alignment.merged($0) } ?? alignment
            }
        }
        return results.compactMap { $0 }
    }

    /// Where the heads of the encoder look, between words; in the order of the pairs. Their targets are not read.
    /// - Throws: `InputError` where the encoder has no heads.
    public func encoderHeads(sourcesOf given: [SentencePair], batchSize: Int = 64) throws -> [EncoderHeads] {
        if given.isEmpty { return [] }
        let read = given.map {
            vocabularies.read(SentencePair(source: $0.source, target: [], extras: $0.extras))
        }
        var results = [EncoderHeads?](repeating: nil, count: given.count)
        for batch in try Batches.inOrder(read.map(encoded), batchSize: batchSize) {
            for (index, heads) in zip(batch.indices, try model.encoderHeads(SourceSentences(batch))) {
                results[index] = read[index].pieces.map { heads.merged($0.source) } ?? heads
            }
        }
        return results.compactMap { $0 }
    }

    /// Mean cross-entropy a target token, in nats, without recording.
    public func loss(_ pairs: [EncodedPair], batchSize: Int = 64) throws -> Double {
        try loss(pairs, .evaluation(pairs: batchSize))
    }

    public func loss(_ pairs: [EncodedPair], _ limit: BatchLimit) throws -> Double {
        var total = 0.0, tokens = 0
        for batch in try Batches.inOrder(pairs, limit) {
            let mean = try model.parameters.tape.withoutRecording { try Double(model.loss(batch).item()) }
            total += mean * Double(batch.targetTokenCount)
            tokens += batch.targetTokenCount
        }
        return total / Double(max(tokens, 1))
    }
}

extension ModelSettings {
    /// The vocabularies that a model of these settings has after these training pairs.
    public func vocabularies(of pairs: [SentencePair]) -> Vocabularies {
        Vocabularies(of: pairs, minimumCount: minimumCount, limit: vocabulary, subwords: subwords)
    }
}
