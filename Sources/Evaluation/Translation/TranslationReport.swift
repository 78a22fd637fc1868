// Everything measured about the translations of one system on one test set, gathered sentence by sentence.

import Corpora

/// The metrics of one group of sentences; additive.
public struct TranslationMeasures: Counts {
    public var accuracy = AccuracyCounts()
    public var bleu = BLEUStatistics()
    public var chrF = ChrFStatistics(.chrF2)

    public init() {}

    /// In percent, as sacreBLEU gives it; nil without a sentence.
    public var bleuScore: Double? { bleu.sentences > 0 ? BLEU.score(bleu).score : nil }
    /// In percent; nil without a sentence.
    public var chrFScore: Double? { chrF.sentences > 0 ? ChrF.chrF2.score(chrF) : nil }

    public static let fields: [CountField<Self>] = [
        .counts("accuracy", \.accuracy), .counts("bleu", \.bleu), .counts("chrf2", \.chrF),
    ]

    public static let figures: [CountFigure<Self>] = [
        .init("bleuScore", \.bleuScore), .init("chrf2Score", \.chrFScore),
    ]
}

/// One phenomenon of a toy language.
public struct PhenomenonMeasures: Counts {
    /// Over the sentences whose reference shows it.
    public var sentences = TranslationMeasures()
    /// Reference words it made, and those the output has in the same place.
    public var words = 0
    public var correctWords = 0

    public init() {}

    /// From 0 to 1; nil where no word was made by it.
    public var wordAccuracy: Double? { ratio(correctWords, words) }

    public static let fields: [CountField<Self>] = [
        .counts("sentences", \.sentences), .number("words", \.words),
        .number("correctWords", \.correctWords).part(of: \.words),
    ]
}

/// Additive over sentences.
public struct TranslationReport: Counts {
    public private(set) var buckets: LengthBuckets
    public var all = TranslationMeasures()
    /// By bucket of source length; `buckets.labels` has their order.
    public var byLength: [String: TranslationMeasures] = [:]
    public var byPhenomenon: [String: PhenomenonMeasures] = [:]

    /// Each sentence in the order added, for paired tests between systems.
    public var perSentence: [BLEUStatistics] = []
    /// Whether each sentence equals its reference: 1 or 0.
    public var perSentenceExact: [Double] = []

    public init() { self.init(buckets: .init()) }
    public init(buckets: LengthBuckets) { self.buckets = buckets }

    /// What reference words that the system's vocabulary does not have are counted as, beside their own phenomenon.
    public static let newWord = "new word"

    /// Adds one sentence. BLEU and chrF see the words joined by single spaces.
    /// - Parameter vocabulary: the words that the system could choose from; nil counts no word as new.
    public mutating func add(output: [String], _ pair: SentencePair, knows vocabulary: Vocabulary? = nil) {
        add(output: output, pair) { word in vocabulary.map { $0.id(of: word) != Vocabulary.unknown } ?? true }
    }

    /// - Parameter isKnown: whether the system could have written a word.
    public mutating func add(output: [String], _ pair: SentencePair, isKnown: (String) -> Bool) {
        let hypothesis = output.joined(separator: " "), reference = pair.target.joined(separator: " ")
        var measures = TranslationMeasures()
        measures.accuracy = AccuracyCounts(output: output, reference: pair.target)
        measures.bleu = BLEUStatistics(hypothesis: hypothesis, references: [reference])
        measures.chrF = ChrF.chrF2.statistics(hypothesis, references: [reference])

        all += measures
        byLength[buckets.label(of: pair.source.count), default: .init()] += measures
        let labels = pair.target.enumerated().map { j, word in
            (j < pair.phenomena.count && !pair.phenomena[j].isEmpty ? [pair.phenomena[j]] : [])
                + (isKnown(word) ? [] : [Self.newWord])
        }
        for label in Set(labels.joined()) { byPhenomenon[label, default: .init()].sentences += measures }
        for (j, label) in labels.enumerated().flatMap({ j, labels in labels.map { (j, $0) } }) {
            byPhenomenon[label, default: .init()].words += 1
            if j < output.count, AccuracyCounts.same(output[j], pair.target[j]) {
                byPhenomenon[label, default: .init()].correctWords += 1
            }
        }
        perSentence.append(measures.bleu)
        perSentenceExact.append(Double(measures.accuracy.exactSentences))
    }

    public static let fields: [CountField<Self>] = [
        .setting("buckets", \.buckets),
        .counts("all", \.all),
        .groups("byLength", \.byLength),
        .groups("byPhenomenon", \.byPhenomenon),
        .perSentence("perSentence", \.perSentence),
        .perSentence("perSentenceExact", \.perSentenceExact),
    ]
}
