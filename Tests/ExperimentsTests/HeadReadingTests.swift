// What heads follow, of made-up weights whose answer is known: chosen on dev, judged on test.

import AttentionScorers
import Testing

@testable import Claims
@testable import Corpora
@testable import Experiments
@testable import Seq2Seq

/// Sentences of six words: the small dog sees a cat, and the dog sees the cat there.
private let long = ParsedPair(
    pair: SentencePair(source: ["the", "small", "dog", "sees", "a", "cat"], target: []),
    dependencies: [
        Dependency(.article, 0, 2), Dependency(.adjective, 1, 2), Dependency(.subject, 3, 2),
        Dependency(.article, 4, 5),
        Dependency(.previous, 3, 2), Dependency(.next, 0, 1),
    ])
private let short = ParsedPair(
    pair: SentencePair(source: ["the", "dog", "sees", "the", "cat", "there"], target: []),
    dependencies: [
        Dependency(.article, 0, 1), Dependency(.subject, 2, 1), Dependency(.article, 3, 4), Dependency(.previous, 2, 1),
        Dependency(.next, 0, 1),
    ])

/// One layer of heads, each of which looks at one word from every word.
private func looks(_ heads: [(Int) -> Int]) -> EncoderHeads {
    EncoderHeads(weights: [
        heads.map { head in
            (0..<6).map { word in (0..<6).map { $0 == max(0, min(5, head(word))) ? 0.5 : 0.1 } }
        }
    ])
}

@Suite("What heads follow") struct HeadReadingTests {
    /// The first head finds the noun of every article, the second looks at the word after.
    private let reading = HeadReading(
        dev: (
            [long, short, short],
            [looks([{ $0 == 0 ? 2 : $0 + 1 }, { $0 + 1 }])]
                + Array(repeating: looks([{ $0 + 1 }, { $0 + 1 }]), count: 2)
        ),
        test: ([long], [looks([{ $0 == 0 ? 2 : $0 + 1 }, { $0 + 1 }])]))

    @Test("a head that finds what the best distance misses gains; one that looks at the next word is called so")
    func followed() throws {
        #expect(reading.heads.map(\.head) == [1, 2])
        let first = try #require(reading.followed(by: reading.heads[0]))
        #expect(first.relation == .article && first.share == 1 && first.offset == 1 && first.offsetShare == 0.5)
        #expect(first.difference == 0.5)
        let second = try #require(reading.followed(by: reading.heads[1]))
        #expect(second.relation == .next && second.share == 1 && second.difference == 0)
        #expect(reading.words(.article) == 2)
    }

    @Test("the head of a relation is the best of dev, also where another is better on test") func chosenOnDev() throws {
        let best = try #require(reading.best(at: .article))
        #expect(best.head == 1 && best.share == 1)
        let turned = HeadReading(
            dev: ([short], [looks([{ $0 }, { $0 + 1 }])]), test: ([long], [looks([{ $0 == 0 ? 2 : 5 }, { $0 + 1 }])]))
        let chosen = try #require(turned.best(at: .article))
        #expect(chosen.head == 2 && chosen.share == 0.5 && turned.best(at: .adjective) == nil, "dev has no adjective")
    }

    @Test("rows: of one model with an interval over sentences, of several over seeds, in the order of dev") func rows()
        throws
    {
        let one = try HeadStudy(reading, seed: 1).headRows()
        #expect(one.map(\.head) == [1, 2] && one[0].interval != nil && one[0].difference.mean == 0.5)
        let several = HeadStudy(readings: [(1, reading), (2, reading)])
        let rows = try several.headRows()
        #expect(rows.count == 2 && rows[0].relations.map(\.models) == [2] && rows[0].followings.count == 2)
        #expect(rows[0].followings[0].differenceOnDev >= rows[1].followings[0].differenceOnDev)
        let relations = try several.relationRows()
        #expect(relations.map(\.relation) == [.article, .adjective, .subject, .previous, .next])
    }

    @Test("tasks without a tree are refused") func refused() throws {
        let error = try #require(throws: InputError.self) { try HeadStudy.parsedTask("copy") }
        #expect(error.message.contains("english-french and english-german"))
    }

    @Test("trained in small: every head has a row, and the same seeds give the same figures") func trained() throws {
        var settings = HeadStudy.Settings()
        var data = EnglishFrench().defaults
        (data.trainPairs, data.devPairs, data.testPairs, data.longPairs) = (40, 10, 10, 0)
        settings.data = data
        (settings.seeds, settings.training.steps, settings.training.batchSize) = (2, 3, 8)
        (settings.model.embedding, settings.model.hidden, settings.model.heads, settings.model.layers) = (4, 4, 2, 2)
        func shares() throws -> [Double?] {
            try HeadStudy(settings, scorer: ScaledDotScorer.self).headRows().map(\.share.mean)
        }
        let once = try shares(), again = try shares()
        #expect(once.count == 4 && once == again)
        #expect(throws: CancellationError.self) { try HeadStudy(settings, scorer: ScaledDotScorer.self) { _ in false } }
    }

    @Test("the claim: all gain, none gains by the margin, and some do") func claim() {
        func judged(_ gains: [Double]) -> Verdict {
            let relations: [SyntaxRelation] = [.article, .adjective, .subject, .relative]
            return Claim.headsJudgement(
                zip(relations, gains).map { relation, gain in
                    let around = HalvedInterval([-1, -1, 0, 0, 1, 1].map { gain + 0.1 * $0 })
                    return Claim.headsFigure("english-french", relation, around)
                }
            ).verdict
        }
        #expect(judged([10, 10, 10, -50]) == .holds && judged([-10, -1, 0, 50]) == .doesNotHold)
        #expect(judged([10, -10, 10, 0]) == .mixed && judged([10, 10, 0, 0]) == .mixed)
        #expect(judged([10, 10, 5, 5]) == .holds && judged([5, 5, -0.1, 0]) == .mixed)
    }
}
