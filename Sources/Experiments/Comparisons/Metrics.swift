// The figures of a comparison. Adding one means its counts and an entry here; nothing else in the tree lists them.

import Evaluation

extension Metric {
    /// In the order of tables, CSV and JSON.
    public static let all: [Metric] = [
        bleu, chrF, testAccuracy, longAccuracy, tokenAccuracy,
        aer, contentAER, longAER, softAER, bestHeadAER, pointing, goldMass, entropy,
        trainingSpeed, scoringTime,
    ]

    // MARK: translation

    public static let bleu = Metric(
        "bleu", title: "BLEU",
        note: "of the greedy translations of the test sentences, in percent, as sacreBLEU computes it",
        unit: Unit("BLEU", 0...100), digits: 1, direction: .higher, place: .quality,
        seedChart: SeedChart(name: "seeds-bleu", title: "BLEU of each seed"),
        test: SentenceTest(.bleu) { $0.test.translation.perSentence }
    ) { $0.test.translation.all.bleuScore }

    public static let chrF = Metric(
        "chrf2", title: "chrF2",
        note: "F-score of the character n-grams of the same translations, in percent, as sacreBLEU computes it",
        unit: Unit("chrF2", 0...100), digits: 1, direction: .higher, place: .files
    ) { $0.test.translation.all.chrFScore }

    private static let rightSentences: Note =
        "sentences that are right to the last word, at the lengths of training and beyond them (greedy search)"

    public static let testAccuracy = Metric(
        "test_accuracy", aliases: ["test", "test-accuracy", "test_sentence_accuracy"], title: "test %",
        note: rightSentences,
        phrase: "right sentences", unit: .percent, digits: 1, direction: .higher, place: .quality,
        seedChart: SeedChart(name: "seeds-right", title: "Right sentences of each seed, test"),
        test: SentenceTest(.mean("sentence accuracy")) { $0.test.translation.perSentenceExact }
    ) { $0.test.translation.all.accuracy.sentenceAccuracy }

    public static let longAccuracy = Metric(
        "long_accuracy", aliases: ["long", "long-accuracy", "long_sentence_accuracy"], title: "long %",
        note: rightSentences,
        phrase: "right long sentences", unit: .percent, digits: 1, direction: .higher, place: .quality,
        seedChart: SeedChart(name: "seeds-right-long", title: "Right sentences of each seed, long"),
        test: SentenceTest(.mean("sentence accuracy")) { $0.long.translation.perSentenceExact }
    ) { $0.long.translation.all.accuracy.sentenceAccuracy }

    public static let tokenAccuracy = Metric(
        "token_accuracy", title: "words %",
        note:
            "share of places of the test sentences, of output or reference, whichever is longer, at which both have the same word",
        unit: .percent, digits: 1, direction: .higher, place: .files
    ) { $0.test.translation.all.accuracy.tokenAccuracy }

    // MARK: alignment

    public static let aer = Metric(
        "aer", title: "AER",
        note:
            "alignment error rate of the largest weight of each target word while the decoder reads the reference; 0 is perfect",
        unit: .aer, digits: 3, direction: .lower, place: .quality,
        seedChart: SeedChart(name: "seeds-aer", title: "AER of each seed"),
        baseline: .expected(\.testAER), test: SentenceTest(.aer) { $0.test.alignment?.perSentence }
    ) { $0.test.alignment?.all.links.aer }

    public static let contentAER = Metric(
        "content_aer", aliases: ["content-aer"], title: "content AER",
        note: """
            AER of the reference's content words alone (nouns, verbs, adjectives, adverbs, names, numbers; digits in dates; \
            every word where the task has nothing else): articles, pronouns, prepositions and the like are left out
            """,
        phrase: "AER of content words", unit: .aer, digits: 3, direction: .lower, place: .quality,
        baseline: .expected(\.testContentAER), test: SentenceTest(.aer) { $0.test.alignment?.perSentenceContent }
    ) { $0.test.alignment?.content.links.aer }

    public static let longAER = Metric(
        "long_aer", title: "long AER", note: "AER of the sentences beyond the lengths of training",
        unit: .aer, digits: 3, direction: .lower, place: .files, baseline: .expected(isShown: false, \.longAER)
    ) { $0.long.alignment?.all.links.aer }

    public static let softAER = Metric(
        "soft_aer", title: "soft AER",
        note: "AER that counts every weight as so much of a link, and not the largest as a whole one",
        unit: .aer, digits: 3, direction: .lower, place: .files, baseline: .measured { $0.soft.aer }
    ) { $0.test.alignment?.all.soft.aer }

    public static let bestHeadAER = Metric(
        "best_head_aer", title: "best head's AER",
        note: "AER of one of several heads, that which is best on dev", unit: .aer, digits: 3, direction: .lower,
        place: .files
    ) { $0.bestHeadAER }

    public static let pointing = Metric(
        "pointing", title: "pointing %", note: Note("largest weight on a sure link", called: "pointing", joins: "aer"),
        unit: .percent, digits: 1, direction: .higher, place: .quality,
        baseline: .measured(isShown: true) { $0.pointing.accuracy }
    ) { $0.test.alignment?.all.pointing.accuracy }

    public static let goldMass = Metric(
        "gold_mass", title: "gold mass %", note: Note("weight on sure links", called: "gold mass", joins: "aer"),
        unit: .percent, digits: 1, direction: .higher, place: .quality, baseline: .measured { $0.pointing.goldMass }
    ) { $0.test.alignment?.all.pointing.goldMass }

    public static let entropy = Metric(
        "entropy", title: "entropy", note: Note("0 on one word, 1 spread evenly", joins: "aer"),
        unit: Unit("", 0...1), digits: 2, direction: .neither, place: .quality, baseline: .measured { $0.entropy.mean }
    ) { $0.test.alignment?.all.entropy.mean }

    // MARK: speed

    public static let trainingSpeed = Metric(
        "training_tokens_per_second", title: "train tokens/s",
        note: "target tokens a second in training steps, looks at dev left out",
        unit: Unit("tokens/s", nil), digits: 0, direction: .higher, place: .speed
    ) { $0.speed.trainingTokensPerSecond }

    public static let scoringTime = Metric(
        "scoring_microseconds", title: "step µs",
        note: """
            scores, weights and context for 32 sentences of 16 words. Speed is of this machine, beside whatever else ran on it
            """,
        unit: Unit("µs", nil), digits: 1, direction: .lower, place: .speed
    ) { $0.speed.scoringMicroseconds }
}
