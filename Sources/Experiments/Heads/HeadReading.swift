// What the heads of one encoder look at, by the relations of grammar (Clark et al. 2019, "What does BERT look at?",
// §4.2): the word that a head attends to most is what it points at.
//
//   share of a relation = words of it whose most attended word is the right one / words of it
//
// Whatever is chosen, a relation for a head, a head for a relation, an offset, is chosen on dev and judged on test:
// the best of many would flatter itself on the sentences it was chosen by.

public import Corpora
import Evaluation
public import Seq2Seq

public struct HeadReading: Sendable {
    /// From 1 on, the lowest layer first.
    public struct Head: Sendable, Hashable, Encodable {
        public let layer: Int, head: Int
    }

    /// How well a head follows a relation, on test.
    public struct Following: Sendable, Encodable {
        public let layer: Int, head: Int
        public let relation: SyntaxRelation
        /// 0 to 1.
        public let share: Double
        /// Of the best fixed distance, counted on dev: head minus word.
        public let offset: Int, offsetShare: Double
        public var difference: Double { share - offsetShare }
        /// The same on dev, which a head may be chosen by.
        let differenceOnDev: Double

        private enum CodingKeys: CodingKey { case layer, head, relation, share, offset, offsetShare, difference }

        public func encode(to encoder: any Encoder) throws {
            var c = encoder.container(keyedBy: CodingKeys.self)
            try c.encode(layer, forKey: .layer)
            try c.encode(head, forKey: .head)
            try c.encode(relation, forKey: .relation)
            try c.encode(share, forKey: .share)
            try c.encode(offset, forKey: .offset)
            try c.encode(offsetShare, forKey: .offsetShare)
            try c.encode(difference, forKey: .difference)
        }
    }

    /// In the order of layers.
    public let heads: [Head]
    private let dev: Side, test: Side
    private let offsets: FixedOffsets

    /// One sentence after the other: what the heads found in it, and what the offsets did.
    private struct Side: Sendable {
        var heads: [Head: [RelationCounts]] = [:]
        let offsets: [RelationCounts]

        init(_ sentences: [ParsedPair], _ looks: [EncoderHeads], _ fixed: FixedOffsets) {
            offsets = sentences.map { fixed.counts($0.dependencies) }
            for (sentence, look) in zip(sentences, looks) {
                for (layer, heads) in look.weights.enumerated() {
                    for (number, rows) in heads.enumerated() {
                        let counts = RelationCounts(sentence.dependencies) { word in
                            rows[word].indices.max { rows[word][$0] < rows[word][$1] }
                        }
                        self.heads[Head(layer: layer + 1, head: number + 1), default: []].append(counts)
                    }
                }
            }
        }

        func share(_ relation: SyntaxRelation, _ head: Head) -> Double? { Self.share(relation, heads[head] ?? []) }
        func offsetShare(_ relation: SyntaxRelation) -> Double? { Self.share(relation, offsets) }

        private static func share(_ relation: SyntaxRelation, _ counts: [RelationCounts]) -> Double? {
            counts.reduce(into: RelationCounts(), +=).share(relation)
        }
    }

    /// - Throws: `InputError` where the encoder has no heads.
    public init(_ translator: Translator, dev: [ParsedPair], test: [ParsedPair]) throws {
        func looks(_ sentences: [ParsedPair]) throws -> [EncoderHeads] {
            try translator.encoderHeads(sourcesOf: sentences.map(\.pair))
        }
        try self.init(dev: (dev, looks(dev)), test: (test, looks(test)))
    }

    typealias Looks = (sentences: [ParsedPair], looks: [EncoderHeads])

    init(dev: Looks, test: Looks) {
        offsets = FixedOffsets(countedOn: dev.sentences.map(\.dependencies))
        self.dev = Side(dev.sentences, dev.looks, offsets)
        self.test = Side(test.sentences, test.looks, offsets)
        heads = self.test.heads.keys.sorted { ($0.layer, $0.head) < ($1.layer, $1.head) }
    }

    // MARK: chosen on dev, judged on test

    /// The relation that a head follows best; nil where there is none in the sentences.
    ///
    /// A relation of grammar whose offset is always right on dev cannot be told from that offset, and is left to it: a
    /// head that looks at the word before would otherwise be one for relative pronouns, too.
    public func followed(by head: Head) -> Following? {
        let candidates = SyntaxRelation.allCases.filter { $0.isPlace || dev.offsetShare($0) != 1 }
        let best = candidates.compactMap { relation in dev.share(relation, head).map { (relation, $0) } }
            .max { $0.1 < $1.1 }
        return best.flatMap { following($0.0, head) }
    }

    /// The head that follows a relation best.
    public func best(at relation: SyntaxRelation) -> Following? {
        let best = heads.compactMap { head in dev.share(relation, head).map { (head, $0) } }.max { $0.1 < $1.1 }
        return best.flatMap { following(relation, $0.0) }
    }

    /// How well a head follows a relation; nil where there is none in the sentences.
    public func following(_ relation: SyntaxRelation, _ head: Head) -> Following? {
        guard let share = test.share(relation, head), let offset = offsets[relation],
            let offsetShare = test.offsetShare(relation), let devShare = dev.share(relation, head),
            let devOffsetShare = dev.offsetShare(relation)
        else { return nil }
        return Following(
            layer: head.layer, head: head.head, relation: relation, share: share, offset: offset,
            offsetShare: offsetShare, differenceOnDev: devShare - devOffsetShare)
    }

    /// Words of a relation in the sentences of test.
    public func words(_ relation: SyntaxRelation) -> Int { test.offsets.reduce(0) { $0 + $1.count(relation) } }

    /// The 95 % interval of a difference over sentences, by a paired bootstrap; nil where it has none.
    public func interval(_ following: Following) throws -> (lower: Double, upper: Double)? {
        let head = Head(layer: following.layer, head: following.head)
        let compared = try PairedBootstrap().compare(
            test.offsets, test.heads[head] ?? [], by: .share(of: following.relation))
        return compared.lower.flatMap { lower in compared.upper.map { (lower, $0) } }
    }
}
