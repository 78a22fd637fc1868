// Everything measured about the translations of one system on one test set, gathered sentence by sentence.

import Corpora

/// The metrics of one group of sentences; additive.
public struct TranslationMeasures: Sendable, Codable, Equatable {
    public var accuracy = AccuracyCounts()
    public var bleu = BLEUStatistics()
    public var chrF = ChrFStatistics(.chrF2)

    public init() {}

    /// In percent, as sacreBLEU gives it; nil without a sentence.
    public var bleuScore: Double? { bleu.sentences > 0 ? BLEU.score(bleu).score : nil }
    /// In percent; nil without a sentence.
    public var chrFScore: Double? { chrF.sentences > 0 ? ChrF.chrF2.score(chrF) : nil }

    public static func += (a: inout Self, b: Self) {
        a.accuracy += b.accuracy
        a.bleu += b.bleu
        a.chrF += b.chrF
    }

    private enum CodingKeys: String, CodingKey {
        case bleuScore = "bleu_score", chrFScore = "chrf2_score", accuracy, bleu, chrF = "chrf2"
    }

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        accuracy = try c.decode(AccuracyCounts.self, forKey: .accuracy)
        bleu = try c.decode(BLEUStatistics.self, forKey: .bleu)
        chrF = try c.decode(ChrFStatistics.self, forKey: .chrF)
    }

    public func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: CodingKeys.self)
        try c.encode(bleuScore, forKey: .bleuScore)
        try c.encode(chrFScore, forKey: .chrFScore)
        try c.encode(accuracy, forKey: .accuracy)
        try c.encode(bleu, forKey: .bleu)
        try c.encode(chrF, forKey: .chrF)
    }
}

/// One phenomenon of a toy language.
public struct PhenomenonMeasures: Sendable, Codable, Equatable {
    /// Over the sentences whose reference shows it.
    public var sentences = TranslationMeasures()
    /// Reference words it made, and those the output has in the same place.
    public var words = 0
    public var correctWords = 0

    public init() {}

    public init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: CodingKeys.self)
        sentences = try c.decode(TranslationMeasures.self, forKey: .sentences)
        words = try c.decode(Int.self, forKey: .words)
        correctWords = try c.decode(Int.self, forKey: .correctWords)
        try check(decoder)
    }

    /// From 0 to 1; nil where no word was made by it.
    public var wordAccuracy: Double? { ratio(correctWords, words) }

    public static func += (a: inout Self, b: Self) {
        a.sentences += b.sentences
        a.words += b.words
        a.correctWords += b.correctWords
    }
}

/// Additive over sentences.
public struct TranslationReport: Sendable, Codable, Equatable {
    public let buckets: LengthBuckets
    public var all = TranslationMeasures()
    /// By bucket of source length; `buckets.labels` has their order.
    public var byLength: [String: TranslationMeasures] = [:]
    public var byPhenomenon: [String: PhenomenonMeasures] = [:]

    /// Each sentence in the order added, for paired tests between systems.
    @CompactCounts public var perSentence: [BLEUStatistics] = []
    /// Whether each sentence equals its reference: 1 or 0.
    public var perSentenceExact: [Double] = []

    public init(buckets: LengthBuckets = .init()) { self.buckets = buckets }

    /// What reference words that the system's vocabulary does not have are counted as, beside their own phenomenon.
    public static let newWord = "new word"

    /// Adds one sentence. BLEU and chrF see the words joined by single spaces.
    /// - Parameter vocabulary: the words that the system could choose from; nil counts no word as new.
    public mutating func add(output: [String], _ pair: SentencePair, knows vocabulary: Vocabulary? = nil) {
        let hypothesis = output.joined(separator: " "), reference = pair.target.joined(separator: " ")
        var measures = TranslationMeasures()
        measures.accuracy = AccuracyCounts(output: output, reference: pair.target)
        measures.bleu = BLEUStatistics(hypothesis: hypothesis, references: [reference])
        measures.chrF = ChrF.chrF2.statistics(hypothesis, references: [reference])

        all += measures
        byLength[buckets.label(of: pair.source.count), default: .init()] += measures
        let labels = pair.target.enumerated().map { j, word in
            (j < pair.phenomena.count && !pair.phenomena[j].isEmpty ? [pair.phenomena[j]] : [])
                + (vocabulary.map { $0.id(of: word) == Vocabulary.unknown } == true ? [Self.newWord] : [])
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

    public static func += (a: inout Self, b: Self) {
        a.all += b.all
        a.byLength.merge(b.byLength) {
            var sum = $0
            sum += $1
            return sum
        }
        a.byPhenomenon.merge(b.byPhenomenon) {
            var sum = $0
            sum += $1
            return sum
        }
        a.perSentence += b.perSentence
        a.perSentenceExact += b.perSentenceExact
    }
}
