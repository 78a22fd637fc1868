import Corpora
import Foundation
import Testing

@testable import Evaluation

@Suite struct EntropyTests {
    /// The two ends of the scale, the two special cases, and one value by hand.
    @Test func values() {
        #expect(near(normalisedEntropy([0.25, 0.25, 0.25, 0.25], sourceCount: 4), 1))
        #expect(normalisedEntropy([0, 1, 0], sourceCount: 3) == 0)
        #expect(normalisedEntropy([1], sourceCount: 1) == 0)
        #expect(near(normalisedEntropy([0.5, 0.5, 0, 0], sourceCount: 4), 0.5))
    }

    @Test func undefinedWithoutWords() throws {
        #expect(EntropyCounts().mean == nil)
        #expect(try json(EntropyCounts()).contains(#""mean":null"#))
    }
}

@Suite struct CoverageTests {
    /// c = [2, 0.4, 0.6]: one word repeated, one omitted; |c − fertility| with fertilities 1, 1, 1 is 1 + 0.6 + 0.4.
    @Test func byHand() {
        let coverage = CoverageCounts(
            matrix([[1, 0, 0], [0.5, 0.2, 0.3], [0.5, 0.2, 0.3]]), gold: gold("0-0 1-1 2-2"))
        #expect(near(coverage.repetitionRate, 1.0 / 3) && near(coverage.omissionRate, 1.0 / 3))
        #expect(near(coverage.meanFertilityError, 2.0 / 3))
        #expect(near(coverage.meanPenalty, log(0.4) + log(0.6)))
    }

    /// A word that gets nothing costs much but not −∞, which JSON cannot hold.
    @Test func penaltyIsFinite() throws {
        let coverage = CoverageCounts(pointing(at: [0, 0], of: 2), gold: nil)
        #expect(near(coverage.meanPenalty, log(1e-9)))
        #expect(coverage.meanFertilityError == nil)
        #expect(try survivesJSON(coverage))
    }

    /// A model without attention omits nothing: there is nothing to measure.
    @Test func noWeights() {
        let coverage = CoverageCounts(AttentionMatrix(rows: [[], []], sourceCount: 3), gold: gold("0-0"))
        #expect(coverage == CoverageCounts() && coverage.omissionRate == nil)
    }
}

@Suite struct PatternTests {
    private func pattern(
        _ source: Int, _ target: Int, _ sourceCount: Int, _ targetCount: Int, right: Bool = true,
        entropy: Double = 0
    ) -> AttentionPattern {
        AttentionPattern(
            entropy: entropy, isRight: right, source: source, target: target, sourceCount: sourceCount,
            targetCount: targetCount)
    }

    /// Adjective and noun change places in sentences of one length: both are reordered, the rest is not.
    @Test func swap() {
        #expect(pattern(1, 1, 4, 4) == .diagonal)
        #expect(pattern(1, 2, 4, 4) == .reordering)
        #expect(pattern(2, 1, 4, 4) == .reordering)
    }

    /// Word for word with one extra word at one end is still monotone; so are the corners of unequal lengths.
    @Test func lengthsDiffer() {
        for i in 0..<6 { #expect(pattern(i, i + 1, 6, 7) == .diagonal) }
        for i in 0..<6 { #expect(pattern(i, i, 6, 7) == .diagonal) }
        #expect(pattern(0, 0, 6, 2) == .diagonal && pattern(5, 1, 6, 2) == .diagonal)
        #expect(pattern(5, 0, 6, 2) == .reordering)
    }

    /// Spread is asked first: a flat row that happens to be right has found nothing.
    @Test func order() {
        #expect(pattern(0, 0, 3, 3, right: false) == .spurious)
        #expect(pattern(0, 0, 3, 3, entropy: 0.9) == .spread)
        #expect(pattern(0, 0, 3, 3, right: false, entropy: 0.9) == .spread)
    }

    @Test func shares() {
        var counts = PatternCounts()
        #expect(counts.share(.spread) == nil)
        counts.add(.spread)
        counts.add(.diagonal)
        #expect(counts.share(.spread) == 0.5 && counts.share(.spurious) == 0)
    }
}

@Suite struct AlignmentBaselineTests {
    @Test func diagonal() {
        func pointers(_ s: Int, _ t: Int) -> [Int?] {
            let m = AlignmentBaseline.diagonal(sourceCount: s, targetCount: t)
            return m.rows.indices.map { m.argmax(of: $0) }
        }
        #expect(pointers(3, 3) == [0, 1, 2])
        #expect(pointers(2, 4) == [0, 0, 1, 1])
        #expect(pointers(4, 2) == [1, 3])
        #expect(pointers(5, 1) == [2])
        #expect(pointers(0, 2) == [nil, nil])
    }

    /// The closed form against the mean over all 3³ ways to pick a source word for each target word.
    @Test func expectedRandom() throws {
        let pair = SentencePair(
            source: words("a b c"), target: words("x y z"),
            gold: gold("0-0 1-1 2-1", possible: "2-2"))
        let alignment = try #require(pair.gold)
        var mean = 0.0
        for choice in 0..<27 {
            let picked: Set = [Link(choice % 3, 0), Link(choice / 3 % 3, 1), Link(choice / 9, 2)]
            mean += try #require(AlignmentCounts(predicted: picked, gold: alignment).aer) / 27
        }
        #expect(near(AlignmentBaseline.expectedRandom([pair]).aer, mean))
    }
}

@Suite struct IBMModel1Tests {
    /// The example every introduction uses: co-occurrence alone sorts out the house from the book.
    @Test func learnsCooccurrence() {
        let pairs = [("das haus", "the house"), ("das buch", "the book"), ("ein buch", "a book")]
            .map { SentencePair(source: words($0.0), target: words($0.1)) }
        let model = IBMModel1(trainedOn: pairs, iterations: 10)
        #expect(model.probability(of: "the", given: "das") > 0.8)
        #expect(model.probability(of: "house", given: "das") < 0.2)
        for pair in pairs { #expect(model.links(pair) == links("0-0 1-1")) }
        #expect(model.links(SentencePair(source: words("buch ein"), target: words("a book"))) == links("1-0 0-1"))
    }

    /// One iteration by hand, the empty word taking its part: "das" gets a third of the first "the", and half of each
    /// word of the second sentence, so t(the | das) = (1/3 + 1/2) / (1/3 + 1/2 + 1/2).
    @Test func oneIterationByHand() {
        let pairs = [("das haus", "the"), ("das", "the house")].map {
            SentencePair(source: words($0.0), target: words($0.1))
        }
        let model = IBMModel1(trainedOn: pairs, iterations: 1)
        #expect(near(model.probability(of: "the", given: "das"), 5.0 / 8))
        #expect(near(model.probability(of: "house", given: "das"), 3.0 / 8))
        #expect(near(model.probability(of: "the", given: "haus"), 1))
        #expect(model.probability(of: "house", given: "haus") == 0)
    }

    /// Words it has never seen get uniform weights; nothing is divided by zero.
    @Test func unknownWords() {
        let model = IBMModel1(trainedOn: [SentencePair](), iterations: 3)
        #expect(model.weights(SentencePair(source: words("a b"), target: words("x"))).rows == [[0.5, 0.5]])
        #expect(model.weights(SentencePair(source: [], target: words("x"))).rows == [[]])
    }
}
