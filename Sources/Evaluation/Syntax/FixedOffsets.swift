// The guess that knows nothing of a sentence: the head of a relation stands so many words away (Clark et al. 2019,
// §4.2, measure heads of attention against it).

public import Corpora

/// Of each relation the distance that most of its words have.
public struct FixedOffsets: Sendable, Equatable {
    private let offsets: [SyntaxRelation: Int]

    /// - Parameter sentences: that are counted; judge it on others. Of two that are as frequent the nearer one counts,
    ///   then the one to the left.
    public init(countedOn sentences: some Sequence<[Dependency]>) {
        var counts: [SyntaxRelation: [Int: Int]] = [:]
        for one in sentences.joined() { counts[one.relation, default: [:]][one.head - one.dependent, default: 0] += 1 }
        offsets = counts.compactMapValues { counts in
            counts.min { ($1.value, abs($0.key), $0.key) < ($0.value, abs($1.key), $1.key) }?.key
        }
    }

    /// Head minus word; nil where the relation was not seen.
    public subscript(relation: SyntaxRelation) -> Int? { offsets[relation] }

    /// What each relation's own offset finds in a sentence.
    public func counts(_ dependencies: [Dependency]) -> RelationCounts {
        var counts = RelationCounts()
        for (relation, ones) in Dictionary(grouping: dependencies, by: \.relation) {
            counts += RelationCounts(ones) { word in offsets[relation].map { word + $0 } }
        }
        return counts
    }
}
