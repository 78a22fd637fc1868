import Corpora
import Foundation
import Testing

@testable import Evaluation

@Suite struct AccuracyCountsTests {
    /// Too short and too long both cost: 2 of 3 and 2 of 4 positions.
    @Test func tokenAccuracy() {
        var counts = AccuracyCounts(output: words("a b"), reference: words("a b c"))
        #expect(near(counts.tokenAccuracy, 2.0 / 3) && counts.sentenceAccuracy == 0)
        counts += AccuracyCounts(output: words("a x c d"), reference: words("a b c"))
        #expect(near(counts.tokenAccuracy, 4.0 / 7))
        counts += AccuracyCounts(output: words("a"), reference: words("a"))
        #expect(near(counts.sentenceAccuracy, 1.0 / 3))
    }

    /// Empty against empty is a right sentence without words.
    @Test func empty() throws {
        let counts = AccuracyCounts(output: [], reference: [])
        #expect(counts.tokenAccuracy == nil && counts.sentenceAccuracy == 1)
        #expect(AccuracyCounts().sentenceAccuracy == nil)
        #expect(try json(AccuracyCounts()).contains(#""sentence_accuracy":null"#))
    }

    /// "é" in one scalar and in two are different tokens to a vocabulary, though == says otherwise.
    @Test func scalarsNotGraphemes() {
        #expect(AccuracyCounts(output: ["\u{E9}"], reference: ["e\u{301}"]).correctWords == 0)
    }

    @Test func repetition() {
        let counts = AccuracyCounts(output: words("a a a b"), reference: words("a b"))
        #expect(counts.repetitionRate == 0.5 && counts.referenceRepetitionRate == 0)
    }
}

@Suite struct TranslationReportTests {
    let pair = SentencePair(source: words("1 2 3 4"), target: words("a b c d"), phenomena: ["p", "q", "q", ""])

    @Test func groups() {
        var report = TranslationReport(buckets: LengthBuckets(upperBounds: [4]))
        report.add(output: words("a b c d"), pair)
        report.add(output: words("a x c"), pair)
        #expect(report.all.accuracy.sentenceAccuracy == 0.5)
        #expect(report.byPhenomenon["p"]?.wordAccuracy == 1)
        #expect(
            report.byPhenomenon["q"]?.wordAccuracy == 0.75
                && report.byPhenomenon["q"]?.sentences.accuracy.sentences == 2)
        #expect(report.byPhenomenon[""] == nil)
        #expect(report.byLength == ["1-4": report.all])
        #expect(report.perSentenceExact == [1, 0])
    }

    /// Words that the system could not choose are counted beside their phenomenon.
    @Test func newWords() {
        var report = TranslationReport()
        let vocabulary = Vocabulary(sentences: [words("a b")])
        report.add(output: words("a b c x"), pair, knows: vocabulary)
        report.add(output: words("a b"), SentencePair(source: words("1 2"), target: words("a b")), knows: vocabulary)
        #expect(
            report.byPhenomenon[TranslationReport.newWord]?.words == 2
                && report.byPhenomenon[TranslationReport.newWord]?.wordAccuracy == 0.5)
        #expect(report.byPhenomenon["q"]?.words == 2 && report.byPhenomenon["q"]?.wordAccuracy == 1)
        #expect(report.byPhenomenon[TranslationReport.newWord]?.sentences.accuracy.sentences == 1)
    }

    /// The score of the sums is the score of the files.
    @Test func sameAsCorpusScores() throws {
        let outputs = ["a b c d", "a b d c", "a b c", ""]
        var report = TranslationReport()
        for output in outputs { report.add(output: words(output), pair) }
        let references = [outputs.map { _ in "a b c d" }]
        let bleu = try BLEU.corpus(hypotheses: outputs, references: references)
        let chrF = try ChrF.chrF2.corpus(hypotheses: outputs, references: references)
        #expect(report.all.bleuScore == bleu.score && report.all.chrFScore == chrF.score)
    }

    @Test func additiveAndCodable() throws {
        var first = TranslationReport(), second = TranslationReport(), whole = TranslationReport()
        first.add(output: words("a b"), pair)
        second.add(output: words("a b c d"), pair)
        whole.add(output: words("a b"), pair)
        whole.add(output: words("a b c d"), pair)
        first += second
        #expect(first == whole)
        #expect(try survivesJSON(whole))
        #expect(try json(TranslationMeasures()).contains(#""bleu_score":null"#))
    }
}

@Suite struct BLEUTests {
    /// Papineni's own example of clipping: "the" seven times matches twice.
    @Test func clipping() {
        let s = BLEUStatistics(
            hypothesis: "the the the the the the the",
            references: ["the cat is on the mat", "there is a cat on the mat"])
        #expect(s.correct == [2, 0, 0, 0] && s.total == [7, 6, 5, 4])
    }

    /// Of two references equally close in length the shorter counts.
    @Test func closestReference() {
        #expect(BLEUStatistics(hypothesis: "a b c", references: ["a b c d", "a b"]).referenceLength == 2)
    }

    @Test func sentencesAddUp() throws {
        let hypotheses = ["the cat sat on the mat", "a dog , red", ""],
            references = [["the cat is on the mat", "a red dog", "x"]]
        var sum = BLEUStatistics()
        for s in try BLEU.statistics(hypotheses: hypotheses, references: references) { sum += s }
        let corpus = try BLEU.corpus(hypotheses: hypotheses, references: references)
        #expect(BLEU.score(sum) == corpus)
    }

    /// sacreBLEU's library pairs lines until the shorter file ends, and says nothing.
    @Test func unequalFilesAreRefused() {
        let error = #expect(throws: InputError.self) {
            try BLEU.corpus(hypotheses: ["a", "b"], references: [["a", "b"], ["a"]])
        }
        #expect(error?.message.contains("reference 2 has 1") == true)
        #expect(throws: InputError.self) { try BLEU.corpus(hypotheses: ["a"], references: []) }
        #expect(throws: InputError.self) { try BLEU.corpus(hypotheses: [], references: [[]]) }
        #expect(throws: InputError.self) { try ChrF.chrF2.corpus(hypotheses: ["a"], references: [["a", "b"]]) }
    }

    /// Field names other tools read; and a damaged file is refused instead of read past its end.
    @Test func jsonFields() throws {
        let text = try json(BLEU.corpus(hypotheses: ["a b c d e"], references: [["a b c d f"]]))
        for key in ["score", "precisions", "brevity_penalty", "hypothesis_length", "reference_length", "signature"] {
            #expect(text.contains("\"\(key)\":"))
        }
        let damaged = Data(
            #"{"sentences":1,"hypothesis_length":1,"reference_length":1,"correct":[1],"total":[1]}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(BLEUStatistics.self, from: damaged) }
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(CompactCounts<AlignmentCounts>.self, from: Data("[1,2,3]".utf8))
        }
    }
}
