// How often somebody who points from every word at another one finds the head of a relation.

public import Corpora

/// Of each relation its words, and those whose head was found. Additive.
public struct RelationCounts: Sendable, Equatable {
    private var found: [SyntaxRelation: Int] = [:], words: [SyntaxRelation: Int] = [:]

    public init() {}

    /// One sentence.
    /// - Parameter pointing: the word that a word points at; nil for none.
    public init(_ dependencies: [Dependency], pointing: (_ word: Int) -> Int?) {
        for one in dependencies {
            words[one.relation, default: 0] += 1
            if pointing(one.dependent) == one.head { found[one.relation, default: 0] += 1 }
        }
    }

    /// Words of a relation.
    public func count(_ relation: SyntaxRelation) -> Int { words[relation] ?? 0 }

    /// Share of them whose head was found; nil where there are none.
    public func share(_ relation: SyntaxRelation) -> Double? {
        words[relation].map { Double(found[relation] ?? 0) / Double($0) }
    }

    public static func += (a: inout Self, b: Self) {
        a.found.merge(b.found, uniquingKeysWith: +)
        a.words.merge(b.words, uniquingKeysWith: +)
    }
}

extension ResampledStatistic where Sentence == RelationCounts {
    /// The share of a relation, for tests over sentences.
    public static func share(of relation: SyntaxRelation) -> Self {
        Self(
            name: relation.name, higherIsBetter: true,
            components: { [Double($0.found(relation)), Double($0.count(relation))] },
            value: { $0[1] > 0 ? $0[0] / $0[1] : nil })
    }
}

extension RelationCounts {
    fileprivate func found(_ relation: SyntaxRelation) -> Int { found[relation] ?? 0 }
}
