// Which words an aligner links wrongly, and how often.

import Corpora

/// One kind of mistake about one pair of words.
public struct LinkError: Sendable, Encodable, Equatable {
    public enum Kind: String, Sendable, Encodable {
        /// A link that was made and is not even possible.
        case wrong
        /// A sure link that was not made.
        case missed
    }

    public let kind: Kind
    public let source: String, target: String
    public let count: Int
}

/// Counted by pairs of words as they are written.
public struct LinkErrors: Sendable {
    private struct Pair: Hashable {
        let kind: LinkError.Kind
        let source: Spelling, target: Spelling
    }

    private let allSure: Bool
    private var counts: [Pair: Int] = [:]

    /// - Parameter allSure: whether a possible link of the gold counts as a sure one.
    public init(allSure: Bool = false) { self.allSure = allSure }

    /// One sentence; links in rising order.
    public mutating func add(
        predicted: ArraySlice<PackedLink>, gold: ArraySlice<PackedLink>, source: [String], target: [String]
    ) {
        let made = Set(predicted.map(\.place)), known = Set(gold.map(\.place))
        func count(_ kind: LinkError.Kind, _ link: Link) {
            guard source.indices.contains(link.source), target.indices.contains(link.target) else { return }
            let pair = Pair(
                kind: kind, source: Spelling(source[link.source]), target: Spelling(target[link.target]))
            counts[pair, default: 0] += 1
        }
        for link in predicted where !known.contains(link.place) { count(.wrong, link.link) }
        for link in gold where (allSure || link.isSure) && !made.contains(link.place) { count(.missed, link.link) }
    }

    /// The most frequent first; among equals wrong ones first, then by their words.
    public func most(_ number: Int) -> [LinkError] {
        counts.map { LinkError(kind: $0.kind, source: $0.source.word, target: $0.target.word, count: $1) }
            .sorted { a, b in
                if a.count != b.count { return a.count > b.count }
                if a.kind != b.kind { return a.kind == .wrong }
                return Self.precedes(a.source, b.source) ?? Self.precedes(a.target, b.target) ?? false
            }.prefix(number).map { $0 }
    }

    /// By their bytes; nil where they are the same.
    private static func precedes(_ a: String, _ b: String) -> Bool? {
        a.utf8.elementsEqual(b.utf8) ? nil : a.utf8.lexicographicallyPrecedes(b.utf8)
    }
}
