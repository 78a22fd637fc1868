// Shares and fixed distances by hand.

import Corpora
import Testing

@testable import Evaluation

@Suite("Relations that are pointed at") struct RelationCountsTests {
    /// the small dog sees a cat: two articles, an adjective, a verb.
    private let sentence = [
        Dependency(.article, 0, 2), Dependency(.adjective, 1, 2), Dependency(.subject, 3, 2),
        Dependency(.article, 4, 5),
    ]

    @Test("a share is that of the relation's own words") func shares() {
        // Always the next word: right for "small" and "a", wrong for "the" and "sees".
        var counts = RelationCounts(sentence) { $0 + 1 }
        #expect(counts.share(.article) == 0.5 && counts.share(.adjective) == 1 && counts.share(.subject) == 0)
        #expect(counts.share(.relative) == nil && counts.count(.article) == 2)
        counts += RelationCounts([Dependency(.article, 0, 1), Dependency(.article, 3, 4)]) { $0 + 1 }
        #expect(counts.share(.article) == 0.75 && counts.count(.article) == 4)
        #expect(RelationCounts(sentence) { _ in nil }.share(.adjective) == 0)
    }

    @Test("the distance that is most frequent; of two the nearer one, then the one to the left") func offsets() {
        let others = [Dependency(.article, 0, 1), Dependency(.subject, 2, 4), Dependency(.relative, 3, 2)]
        let offsets = FixedOffsets(countedOn: [sentence, others])
        #expect(offsets[.article] == 1 && offsets[.adjective] == 1 && offsets[.relative] == -1)
        #expect(offsets[.subject] == -1, "−1 and +2 are as frequent")
        #expect(FixedOffsets(countedOn: [[Dependency(.subject, 1, 2), Dependency(.subject, 1, 0)]])[.subject] == -1)
        #expect(offsets[.next] == nil && offsets.counts([Dependency(.next, 0, 1)]).share(.next) == 0)
        let counts = offsets.counts(sentence)
        #expect(counts.share(.article) == 0.5 && counts.share(.adjective) == 1 && counts.share(.subject) == 1)
    }
}
