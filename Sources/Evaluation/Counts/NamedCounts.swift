// What a task counts for itself, sentence by sentence, under names of its own.

import Corpora

/// Numbers of 0 or more, one of each name for every sentence. Additive: figures are computed from sums over sentences.
public struct NamedCounts: Sendable, Equatable {
    /// Of each name one number a sentence, in the order added, for paired tests between systems.
    public private(set) var perSentence: [String: [Double]] = [:]
    /// How many were added.
    public private(set) var sentences = 0

    public init() {}

    /// Adds one sentence; a name that it does not have counts 0 there.
    ///
    /// - Throws: `InputError` for what is no count.
    public mutating func add(_ counts: [String: Double]) throws {
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) where !Self.isCount(count) {
            throw InputError(
                "the count “\(name)” of sentence \(sentences + 1) is \(count); a count is a number of 0 or more")
        }
        for name in counts.keys where perSentence[name] == nil { perSentence[name] = zeros(sentences) }
        for name in perSentence.keys { perSentence[name]?.append(counts[name] ?? 0) }
        sentences += 1
    }

    /// The counts of these names, one list a sentence; nil where nobody counted one of them.
    public func sentences(of names: [String]) -> [[Double]]? {
        let lists = names.compactMap { perSentence[$0] }
        guard lists.count == names.count, !lists.isEmpty else { return nil }
        return (0..<sentences).map { sentence in lists.map { $0[sentence] } }
    }

    public static func += (a: inout Self, b: Self) {
        for name in Set(a.perSentence.keys).union(b.perSentence.keys) {
            a.perSentence[name] =
                (a.perSentence[name] ?? a.zeros(a.sentences)) + (b.perSentence[name] ?? b.zeros(b.sentences))
        }
        a.sentences += b.sentences
    }

    private func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
    private static func isCount(_ count: Double) -> Bool { count.isFinite && count >= 0 }
}

/// Its lists alone, by their names.
extension NamedCounts: Codable {
    public init(from decoder: any Decoder) throws {
        perSentence = try decoder.singleValueContainer().decode([String: [Double]].self)
        sentences = perSentence.values.map(\.count).max() ?? 0
        guard perSentence.values.allSatisfy({ $0.count == sentences && $0.allSatisfy(Self.isCount) }) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "a count is below 0, or there are not as many of each name"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(perSentence)
    }
}
