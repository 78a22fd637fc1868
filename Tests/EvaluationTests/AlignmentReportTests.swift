import Corpora
import Testing

@testable import Evaluation

@Suite struct AlignmentReportTests {
    /// "the red car" → "la voiture rouge": the adjective moves behind the noun.
    let pair = SentencePair(
        source: words("the red car"), target: words("la voiture rouge"), gold: gold("0-0 2-1 1-2"),
        phenomena: ["article", "noun", "adjective after noun"], isContent: [false, true, true])
    let right = pointing(at: [0, 2, 1], of: 3, end: 2)
    let monotone = pointing(at: [0, 1, 2], of: 3, end: 2)

    @Test func allGroups() {
        var report = AlignmentReport(buckets: LengthBuckets(upperBounds: [2, 4]))
        report.add(right, pair)
        report.add(monotone, pair)
        #expect(near(report.all.links.aer, 1 - 8.0 / 12))
        #expect(near(report.content.links.aer, 0.5))
        #expect(report.byPhenomenon["article"]?.links.aer == 0)
        #expect(near(report.byPhenomenon["adjective after noun"]?.links.aer, 0.5))
        #expect(Array(report.byLength.keys) == ["3-4"] && report.byLength["3-4"] == report.all)
        #expect(near(report.all.pointing.accuracy, 4.0 / 6) && near(report.all.pointing.goldMass, 4.0 / 6))
        #expect(report.all.entropy.mean == 0)
        #expect(
            report.all.patterns.diagonal == 2 && report.all.patterns.reordering == 2
                && report.all.patterns.spurious == 2)
        #expect(
            report.perSentence.count == 2 && report.perSentence[0].aer == 0 && report.perSentenceContent[1].aer == 1)
        #expect(report.coverage.omissionRate == 0 && report.judgedShare == 1)
    }

    /// What the report counts word by word is what the definition counts over sets, target words without weights too.
    @Test func agreesWithTheDefinition() throws {
        let attention = AttentionMatrix(rows: [[0.2, 0.5, 0.3], [], [0.1, 0.1, 0.8]], sourceCount: 3)
        var report = AlignmentReport(extraction: .threshold(0.3))
        report.add(attention, pair)
        let expected = AlignmentCounts(
            predicted: LinkExtraction.threshold(0.3).links(attention), gold: try #require(pair.gold))
        #expect(report.all.links == expected && report.perSentence == [expected] && report.shifts.same == expected)
        let soft = SoftAlignmentCounts(attention, gold: try #require(pair.gold))
        #expect(near(report.all.soft.aer, try #require(soft.aer)))
    }

    /// A decoder that attends one step early is found out: its own offset has AER 0.
    @Test func bestShift() {
        var report = AlignmentReport()
        report.add(
            AttentionMatrix(rows: [[0, 1, 0]] + right.rows.prefix(2), endRow: right.rows[2], sourceCount: 3), pair)
        #expect(report.shifts.later.aer == 0 && report.shifts.best == 1)
        #expect((report.shifts.same.aer ?? 0) > 0.5)

        var straight = AlignmentReport()
        straight.add(right, pair)
        #expect(straight.shifts.best == 0)
        #expect(ShiftCounts().best == nil)
    }

    /// Only output words equal to the reference word in their place are judged, prediction and gold links alike.
    @Test func freeDecoding() {
        var report = AlignmentReport(decoding: .free)
        report.add(right, pair, output: words("la auto rouge"))
        #expect(near(report.judgedShare, 2.0 / 3))
        #expect(report.all.links.sure == 2 && report.all.links.predicted == 2 && report.all.links.aer == 0)
        #expect(report.coverage.meanFertilityError == nil && report.coverage.words == 3)

        var short = AlignmentReport(decoding: .free)
        short.add(AttentionMatrix(rows: [], endRow: [1, 0, 0], sourceCount: 3), pair, output: [])
        #expect(short.judgedShare == 0 && short.all.links.aer == nil)
    }

    /// A user's own text has no gold links: what cannot be judged is undefined, and entropy is still measured.
    @Test func withoutGold() {
        var report = AlignmentReport()
        report.add(right, SentencePair(source: pair.source, target: pair.target))
        #expect(report.all.links == AlignmentCounts() && report.all.links.aer == nil)
        #expect(report.all.pointing.accuracy == nil && report.content.links.aer == nil)
        #expect(report.all.entropy.mean == 0 && report.coverage.words == 3)
    }

    /// A target word with only a possible link, and one with none: neither points, the second is unlinked.
    @Test func possibleAndUnlinkedWords() {
        var report = AlignmentReport()
        report.add(
            pointing(at: [0, 1], of: 2),
            SentencePair(source: words("a b"), target: words("x y"), gold: gold("", possible: "0-0")))
        #expect(report.all.pointing.words == 0 && report.all.pointing.unlinkedWords == 1)
        #expect(report.all.patterns.words == 1 && report.all.links.recall == nil)
    }

    /// Pointing at a possible link is not wrong for AER's precision, but no hit either.
    @Test func pointingWantsSureLinks() {
        var report = AlignmentReport()
        report.add(
            matrix([[0.3, 0.7]]),
            SentencePair(source: words("a b"), target: words("x"), gold: gold("0-0", possible: "1-0")))
        #expect(report.all.pointing.accuracy == 0 && near(report.all.pointing.goldMass, 0.3))
        #expect(report.all.links.precision == 1 && report.all.links.recall == 0 && report.all.patterns.spurious == 0)
    }

    /// Parts added up are the whole, and a file holds all of it.
    @Test func additiveAndCodable() throws {
        var first = AlignmentReport(), second = AlignmentReport(), whole = AlignmentReport()
        first.add(right, pair)
        second.add(monotone, pair)
        whole.add(right, pair)
        whole.add(monotone, pair)
        first += second
        #expect(first == whole)
        #expect(try survivesJSON(whole))
        #expect(try json(AlignmentReport()).contains(#""perSentence":[]"#))
    }
}

@Suite struct LengthBucketsTests {
    @Test func labels() {
        let buckets = LengthBuckets(upperBounds: [5, 1, 10, 5, -3])
        #expect(buckets.labels == ["1", "2-5", "6-10", "11+"])
        #expect(
            [0, 1, 2, 5, 6, 10, 11, 900].map(buckets.label) == ["1", "1", "2-5", "2-5", "6-10", "6-10", "11+", "11+"])
        #expect(LengthBuckets(upperBounds: []).label(of: 7) == "1+")
    }
}
