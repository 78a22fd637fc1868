// A model together with the words it knows: what can be saved, loaded and asked to translate.

public import AttentionScorers
public import Corpora
import TensorCore

/// A translation model and its two vocabularies. Belongs to one thread.
public final class Translator {
    public let model: TranslationModel
    public let source, target: Vocabulary

    public init(model: TranslationModel, source: Vocabulary, target: Vocabulary) {
        self.model = model
        self.source = source
        self.target = target
    }

    /// A fresh model for the words of some training pairs.
    public convenience init(
        _ settings: ModelSettings, scorer: any AttentionScorer.Type, words: [SentencePair], seed: UInt64
    ) {
        let source = settings.vocabulary(of: words.map(\.source)), target = settings.vocabulary(of: words.map(\.target))
        self.init(
            model: TranslationModel(
                settings, scorer: scorer, sourceVocabulary: source.count, targetVocabulary: target.count, seed: seed),
            source: source, target: target)
    }

    public func encoded(_ pairs: [SentencePair]) throws -> [EncodedPair] {
        try pairs.map { try EncodedPair($0, source: source, target: target, copying: copies) }
    }

    private var copies: Bool { model.settings.copying.copies }

    /// The words of a translation: those of the target vocabulary, and the source words that were copied.
    public func words(of hypothesis: Hypothesis, source sentence: [String]) -> [String] {
        copies
            ? ExtendedVocabulary(target, source: sentence).words(of: hypothesis.tokens)
            : target.words(of: hypothesis.tokens)
    }

    /// Greedy translations, in the order of the sentences.
    ///
    /// - Parameter batchSize: sentences decoded side by side; only speed depends on it.
    public func translate(
        _ sentences: [[String]], batchSize: Int = 64, limit: LengthLimit = LengthLimit()
    ) throws -> [Hypothesis] {
        let pairs = try encoded(sentences.map { SentencePair(source: $0, target: []) })
        if pairs.isEmpty { return [] }
        var results = [Hypothesis?](repeating: nil, count: sentences.count)
        for batch in try Batches.inOrder(pairs, batchSize: batchSize) {
            let found = try model.greedy(SourceSentences(batch), limit: limit)
            for (index, hypothesis) in zip(batch.indices, found) { results[index] = hypothesis }
        }
        return results.compactMap { $0 }
    }

    /// The best translations of one sentence by beam search, best first.
    public func translate(_ sentence: [String], beam: BeamSettings) throws -> [Hypothesis] {
        let pair = try EncodedPair(
            SentencePair(source: sentence, target: []), source: source, target: target, copying: copies)
        return try model.beam(SourceSentences(pair), beam)
    }

    /// Where the model looks while it reads the reference, in the order of the pairs.
    public func align(_ pairs: [SentencePair], batchSize: Int = 64) throws -> [ForcedAlignment] {
        if pairs.isEmpty { return [] }
        var results = [ForcedAlignment?](repeating: nil, count: pairs.count)
        for batch in try Batches.inOrder(encoded(pairs), batchSize: batchSize) {
            for (index, alignment) in zip(batch.indices, try model.forced(batch)) { results[index] = alignment }
        }
        return results.compactMap { $0 }
    }

    /// Mean cross-entropy a target token, in nats, without recording.
    public func loss(_ pairs: [EncodedPair], batchSize: Int = 64) throws -> Double {
        var total = 0.0, tokens = 0
        for batch in try Batches.inOrder(pairs, batchSize: batchSize) {
            let mean = try model.parameters.tape.withoutRecording { try Double(model.loss(batch).item()) }
            total += mean * Double(batch.targetTokenCount)
            tokens += batch.targetTokenCount
        }
        return total / Double(max(tokens, 1))
    }
}
