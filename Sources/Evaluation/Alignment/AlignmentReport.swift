// Everything measured about the attention weights of one system on one test set, gathered sentence by sentence.

import Corpora

/// The metrics of one group of target words; additive.
public struct AlignmentMeasures: Sendable, Codable, Equatable {
    public var links = AlignmentCounts()
    public var soft = SoftAlignmentCounts()
    public var pointing = PointingCounts()
    public var entropy = EntropyCounts()
    public var patterns = PatternCounts()

    public init() {}

    mutating func add(_ word: WordObservation) {
        links += word.hard
        soft += word.soft
        pointing += word.pointing
        entropy += word.entropy
        patterns += word.patterns
    }

    public static func += (a: inout Self, b: Self) {
        a.links += b.links
        a.soft += b.soft
        a.pointing += b.pointing
        a.entropy += b.entropy
        a.patterns += b.patterns
    }
}

/// Where the weights of a report come from; printed with it, because the figures are not comparable across the two.
public enum Decoding: String, Sendable, Codable {
    /// The decoder was fed the reference: row j belongs to reference word j (Luong et al. 2015, §4.4).
    case forced
    /// The decoder was fed its own output: only words that equal the reference word in their place can be judged.
    case free
}

/// Additive over sentences. Reports to be added must have been made with the same settings.
public struct AlignmentReport: Sendable, Codable, Equatable {
    public let decoding: Decoding
    public let extraction: LinkExtraction
    public let thresholds: AttentionPattern.Thresholds
    public let buckets: LengthBuckets

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
    @CompactCounts public var perSentence: [AlignmentCounts] = []
    @CompactCounts public var perSentenceContent: [AlignmentCounts] = []

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
            all.add(words[j])
            byLength[label, default: .init()].add(words[j])
            sentence += words[j].hard
            if pair.isContent.indices.contains(j), pair.isContent[j] {
                content.add(words[j])
                sentenceContent += words[j].hard
            }
            if pair.phenomena.indices.contains(j), !pair.phenomena[j].isEmpty {
                byPhenomenon[pair.phenomena[j], default: .init()].add(words[j])
            }
        }
        shifts.same += sentence
        let earlier = observations(matrix.shifted(by: -1), count, pair.gold)
        let later = observations(matrix.shifted(by: 1), count, pair.gold)
        for j in judged {
            shifts.earlier += earlier[j].hard
            shifts.later += later[j].hard
        }
        coverage += CoverageCounts(matrix, gold: output == nil ? pair.gold : nil)
        sentences += 1
        referenceWords += count
        judgedWords += judged.count
        perSentence.append(sentence)
        perSentenceContent.append(sentenceContent)
    }

    private func observations(_ matrix: AttentionMatrix, _ count: Int, _ gold: GoldAlignment?) -> [WordObservation] {
        WordObservation.all(matrix, targetCount: count, gold: gold, extraction: extraction, thresholds: thresholds)
    }

    public static func += (a: inout Self, b: Self) {
        a.sentences += b.sentences
        a.referenceWords += b.referenceWords
        a.judgedWords += b.judgedWords
        a.all += b.all
        a.content += b.content
        a.byPhenomenon.merge(b.byPhenomenon) {
            var sum = $0
            sum += $1
            return sum
        }
        a.byLength.merge(b.byLength) {
            var sum = $0
            sum += $1
            return sum
        }
        a.shifts += b.shifts
        a.coverage += b.coverage
        a.perSentence += b.perSentence
        a.perSentenceContent += b.perSentenceContent
    }
}
