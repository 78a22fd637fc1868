// The way from a translator to an aligner: its rungs in their order, and that it leads up.

import Aligners
import AttentionScorers
import Corpora
import Seq2Seq
import TestSupport
import Testing

@testable import Experiments

@Suite("Experiment real-text") struct RealTextTests {
    @Test("the rungs are in their order, and the last aligns better than a translator's weights") func ladder() throws {
        var rows: [AlignmentLadder.Row] = [], translator = TranslatorRung(), told: [AlignmentLadder.Step] = []
        translator.steps = 40
        let pairs = SwappedText.pairs()
        try RealText.climb(
            pairs, judged: pairs, translator, AlignerSettings(),
            watch: { step, _ in
                if told.last != step { told.append(step) }
                return true
            }, each: { rows.append($0) })
        #expect(rows.map(\.step) == AlignmentLadder.Step.allCases)
        #expect(
            told == AlignmentLadder.Step.allCases.filter { $0 != .both }, "one of them reads what is learnt already")
        let first = try #require(rows.first), last = try #require(rows.last?.posterior)
        #expect(
            first.bleu != nil && first.later != nil && first.posterior != nil
                && rows.dropFirst().allSatisfy { $0.bleu == nil })
        #expect(try #require(first.prior) > 0.3 && last < 0.1, "\(rows)")
    }

    @Test("stopping ends all") func stopping() throws {
        let pairs = SwappedText.pairs(20)
        #expect(throws: CancellationError.self) {
            try RealText.climb(
                pairs, judged: pairs, TranslatorRung(), AlignerSettings(), watch: { _, _ in false }, each: { _ in })
        }
    }

    /// The numbers of another model, and not a copy: what is trained on is read as well.
    @Test("a translator that reads with another use has the posterior of that use, and the same weights") func reading()
        throws
    {
        let pairs = SwappedText.pairs(12)
        let translator = Translator(
            ModelSettings(scorer: LuongDotScorer.card.name), scorer: LuongDotScorer.self, words: pairs, seed: 1)
        let read = try translator.reading(.words)
        let own = try translator.align(pairs), other = try read.align(pairs)
        for (one, another) in zip(own, other) {
            #expect(one.reading == .prior && another.reading == .posterior)
            #expect(another.prior == one.weights && another.weights != one.weights)
        }
        var settings = ModelSettings(scorer: LuongDotScorer.card.name)
        settings.timing = .before
        let early = Translator(settings, scorer: LuongDotScorer.self, words: pairs, seed: 1)
        #expect(throws: InputError.self) { try early.reading(.words) }
    }
}
