// Everything measured about the attention weights of one system on one test set, gathered sentence by sentence.

import Corpora

/// The metrics of one group of target words; additive.
public struct AlignmentMeasures: Counts {
    public var links = AlignmentCounts()
    public var soft = SoftAlignmentCounts()
    public var pointing = PointingCounts()
    public var entropy = EntropyCounts()
    public var patterns = PatternCounts()

    public init() {}

    public static let fields: [CountField<Self>] = [
        .counts("links", \.links), .counts("soft", \.soft), .counts("pointing", \.pointing),
        .counts("entropy", \.entropy), .counts("patterns", \.patterns),
    ]
}

/// Where the weights of a report come from; printed with it, because the figures are not comparable across the two.
public enum Decoding: String, Sendable, Codable {
    /// The decoder was fed the reference: row j belongs to reference word j (Luong et al. 2015, §4.4).
    case forced
    /// The decoder was fed its own output: only words that equal the reference word in their place can be judged.
    case free
}

/// Additive over sentences. Reports to be added must have been made with the same settings.
public struct AlignmentReport: Counts {
    public private(set) var decoding: Decoding
    public private(set) var extraction: LinkExtraction
    public private(set) var thresholds: AttentionPattern.Thresholds
    public private(set) var buckets: LengthBuckets

    public var sentences = 0
    /// Reference words, and those among them that were judged: all in forced decoding.
    public var referenceWords = 0
    public var judgedWords = 0

    public var all = AlignmentMeasures()
    /// Content words only; empty where the corpus does not tell them.
    public var content = AlignmentMeasures()
    public var byPhenomenon: [String: AlignmentMeasures] = [:]
    /// By bucket of source length; `buckets.labels` has their order.
    public var byLength: [String: AlignmentMeasures] = [:]
    public var shifts = ShiftCounts()
    /// Of every row produced, judged or not.
    public var coverage = CoverageCounts()

    /// Each sentence's link counts in the order added, for paired tests between systems.
    public var perSentence: [AlignmentCounts] = []
    public var perSentenceContent: [AlignmentCounts] = []

    public init() { self.init(decoding: .forced) }

    public init(
        decoding: Decoding = .forced, extraction: LinkExtraction = .argmax,
        thresholds: AttentionPattern.Thresholds = .init(), buckets: LengthBuckets = .init()
    ) {
        self.decoding = decoding
        self.extraction = extraction
        self.thresholds = thresholds
        self.buckets = buckets
    }

    /// Share of reference words that could be judged, from 0 to 1: 1 in forced decoding.
    public var judgedShare: Double? { ratio(judgedWords, referenceWords) }

    /// Adds one sentence.
    /// - Parameter output: what free decoding produced, a word for each row; leave it out for forced decoding.
    public mutating func add(_ matrix: AttentionMatrix, _ pair: SentencePair, output: [String]? = nil) {
        let count = pair.target.count
        let judged = pair.target.indices.filter { j in
            guard let output else { return true }
            return j < output.count && output[j].utf8.elementsEqual(pair.target[j].utf8)
        }
        let words = observations(matrix, count, pair.gold)
        let label = buckets.label(of: pair.source.count)
        var sentence = AlignmentCounts(), sentenceContent = AlignmentCounts()
        for j in judged {
            all += words[j]
            byLength[label, default: .init()] += words[j]
            sentence += words[j].links
            if pair.isContent.indices.contains(j), pair.isContent[j] {
                content += words[j]
                sentenceContent += words[j].links
            }
            if pair.phenomena.indices.contains(j), !pair.phenomena[j].isEmpty {
                byPhenomenon[pair.phenomena[j], default: .init()] += words[j]
            }
        }
        shifts.same += sentence
        let earlier = observations(matrix.shifted(by: -1), count, pair.gold)
        let later = observations(matrix.shifted(by: 1), count, pair.gold)
        for j in judged {
            shifts.earlier += earlier[j].links
            shifts.later += later[j].links
        }
        coverage += CoverageCounts(matrix, gold: output == nil ? pair.gold : nil)
        sentences += 1
        referenceWords += count
        judgedWords += judged.count
        perSentence.append(sentence)
        perSentenceContent.append(sentenceContent)
    }

    private func observations(_ matrix: AttentionMatrix, _ count: Int, _ gold: GoldAlignment?) -> [AlignmentMeasures] {
        AlignmentMeasures.ofWords(
            matrix, targetCount: count, gold: gold, extraction: extraction, thresholds: thresholds)
    }

    public static let fields: [CountField<Self>] = [
        .setting("decoding", \.decoding),
        .setting("extraction", \.extraction),
        .setting("thresholds", \.thresholds),
        .setting("buckets", \.buckets),
        .number("sentences", \.sentences),
        .number("referenceWords", \.referenceWords),
        .number("judgedWords", \.judgedWords),
        .counts("all", \.all),
        .counts("content", \.content),
        .groups("byPhenomenon", \.byPhenomenon),
        .groups("byLength", \.byLength),
        .counts("shifts", \.shifts),
        .counts("coverage", \.coverage),
        .perSentence("perSentence", \.perSentence),
        .perSentence("perSentenceContent", \.perSentenceContent),
    ]
}
