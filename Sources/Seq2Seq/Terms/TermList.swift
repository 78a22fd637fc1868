// The terms of one training with their weights: what settings, files and the option hold.

public import AttentionScorers
public import Corpora

/// Terms with weights, by name: the same terms are the same loss, in whatever order they were written.
public struct TermList: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let kind: TermKind
        /// What the mean is multiplied by in the loss. Below 0 for more of it; 0 to report it and leave it at that.
        public let weight: Double
    }

    /// In the order of their names.
    public let entries: [Entry]

    public init(_ weights: [TermKind: Double] = [:]) {
        entries = weights.map { Entry(kind: $0, weight: $1) }.sorted { $0.kind.rawValue < $1.kind.rawValue }
    }

    /// What an option says for no terms: the word of today, and that of when a training had one objective.
    static let none = ["none", "cross-entropy"]

    public var isEmpty: Bool { entries.isEmpty }

    /// By name, as files have them.
    var weights: [String: Double] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.kind.rawValue, $0.weight) })
    }

    /// Terms that were named, looked for among these.
    init(named weights: [String: Double], among kinds: [TermKind]) {
        let known = Dictionary(kinds.map { ($0.rawValue, $0) }) { first, _ in first }
        self.init(
            Dictionary(uniqueKeysWithValues: weights.map { (known[$0] ?? TermKind(named: $0), $1) }))
    }

    /// The same terms, each made another one.
    func map<Failure: Error>(_ change: (TermKind) throws(Failure) -> TermKind) throws(Failure) -> TermList {
        var changed: [TermKind: Double] = [:]
        for entry in entries { changed[try change(entry.kind)] = entry.weight }
        return TermList(changed)
    }
}

extension TermList {
    /// What they come to for the sentences at hand.
    func computed(_ seen: TaughtBatch) throws -> [LossTerm] {
        try entries.compactMap { entry in
            try entry.kind.part.map {
                try LossTerm(entry.kind.rawValue, sum: $0.sum(seen), per: $0.unit, weight: entry.weight)
            }
        }
    }

    /// Whether a training can have them: asked before anything is trained.
    ///
    /// - Throws: `InputError` for a term that reads gold alignments where no pair has one, and for a scorer that looks
    ///   at no word in particular.
    public func check(_ scorer: ScorerCard, pairs: [SentencePair]) throws {
        guard let first = entries.first else { return }
        guard scorer.hasAlignment else {
            throw InputError(
                "\(scorer.name) looks at no word in particular, so the term \(first.kind) of the loss has no weights to "
                    + "be made of; leave the scorer out, or the terms")
        }
        guard let reader = entries.first(where: { $0.kind.part?.readsGold == true })?.kind,
            !pairs.contains(where: { $0.gold?.sure.isEmpty == false })
        else { return }
        throw InputError(
            "the term \(reader) reads gold alignments, and no training pair has one; take a toy language, or leave "
                + "the term out")
    }
}

extension TermList: ExpressibleByDictionaryLiteral {
    /// `[.coverage: 1]`; of a term that stands there twice, the last weight.
    public init(dictionaryLiteral elements: (TermKind, Double)...) {
        self.init(Dictionary(elements) { _, last in last })
    }
}

extension TermList: Codable {
    /// `{"coverage": 1}`. Before there were weights, a file had the name of an objective: "cross-entropy" for none.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        let objective = try? value.decode(String.self)
        let weights = try objective.map { Self.none.contains($0) ? [:] : [$0: 1] } ?? Self.weights(value)
        self.init(named: weights, among: TermKind.allCases)
    }

    private static func weights(_ value: any SingleValueDecodingContainer) throws -> [String: Double] {
        try value.decode([String: Double?].self).compactMapValues { $0 }
    }

    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(weights)
    }
}

extension TermList: CustomStringConvertible {
    /// As the option has it, "coverage=1,supervised=0.5"; "none" without terms.
    public var description: String { NamedWeights.text(weights, none: Self.none[0]) }
}
