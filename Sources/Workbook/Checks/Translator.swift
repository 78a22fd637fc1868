// Project A: a translator with the student's own scorer, trained within a budget and measured on sentences it has not
// seen.

public import AttentionLab
import Foundation

public protocol TranslatorAnswers: Answers {
    associatedtype Scorer: AttentionScorer
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset
    static func trainer(_ data: Dataset) throws -> Trainer
    static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]]
    static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double
    static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome
}

/// What a whole run hands over, so that another person can measure it again.
public struct TranslatorOutcome {
    /// The parts that the pairs were divided into.
    public let data: Dataset
    /// Finished, with the best parameters put back.
    public let trainer: Trainer
    /// Translations of `data.test`, in its order.
    public let outputs: [[String]]
    /// Of those, in percent.
    public let bleu: Double

    public init(data: Dataset, trainer: Trainer, outputs: [[String]], bleu: Double) {
        (self.data, self.trainer, self.outputs, self.bleu) = (data, trainer, outputs, bleu)
    }
}

extension TranslatorAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.project, 1), "a translator with your own scorer", topic: "Translator",
            lesson: "07_ContextFeedingTiming",
            hints: [
                "Fill the gaps in order; each is short. What the library has: Dataset, ModelSettings, TrainingSettings, Translator(_:scorer:words:seed:), Trainer(_:_:train:dev:), Translator.translate, BLEU.corpus. `attention train` does the same job: Sources/attention/Subcommands/Train.swift.",
                "Hold out whole groups of pairs with the same source, after a shuffle with a seed. Build the vocabulary from train only. If BLEU stays low: are all the steps used, is the learning rate the default 0.01, are the best parameters put back with restoreBest()?",
                "Group by source in order of first appearance, shuffle with RandomSource, take groups for test and then dev until each has enough. trainer: Translator(ModelSettings(scorer: Scorer.card.name), scorer: Scorer.self, words: data.train, seed: 1), then Trainer with steps 600. run: holdOut, trainer, run(), restoreBest(), translations of test, bleu.",
            ],
            gaps: [
                Gap("holding sentences out", function: "holdOut", checkHoldOut),
                Gap("model and trainer", function: "trainer", checkTrainer),
                Gap("translating", function: "translations", checkTranslations),
                Gap("BLEU", function: "bleu", checkBLEU),
                Gap("the whole run", function: "run", checkRun),
            ])
    }

    // MARK: the parts

    /// Each source word once; so that a part can be told by what is in it.
    private static func pair(_ number: Int, words: Int, variant: Int = 0) -> SentencePair {
        SentencePair(
            source: (0..<words).map { "s\(number)w\($0)" }, target: (0..<words).map { "t\(number)w\($0)v\(variant)" })
    }

    /// That every pair is in one part and no source in two.
    private static func expectParts(_ data: Dataset, of pairs: [SentencePair], _ what: String) throws {
        let parts = [("train", data.train), ("dev", data.dev), ("test", data.test)]
        let total = parts.reduce(0) { $0 + $1.1.count }
        for (a, b) in [(0, 2), (0, 1), (1, 2)] {
            let sources = Set(parts[a].1.map(\.source))
            if let leak = parts[b].1.first(where: { sources.contains($0.source) }) {
                let same = parts[a].1.contains(leak)
                throw CheckFailure(
                    "\(what): the source “\(leak.source.joined(separator: " "))” stands in \(parts[a].0) and in \(parts[b].0), expected it in one part",
                    cause: same
                        ? "a pair was put into two parts: what is held out must be taken away from the rest"
                        : "pairs with the same source were divided; hold out whole groups of them, or the test measures what training has seen"
                )
            }
        }
        try require(
            total == pairs.count, "\(what): the parts have \(total) pairs together, expected \(pairs.count)",
            cause: total < pairs.count
                ? "pairs were lost, perhaps those with a source that was seen already: they belong into the part of the first"
                : "a pair stands twice in a part")
    }

    @Sendable private static func checkHoldOut() throws {
        // Sorted by length, as a corpus often is; every fifth source has two translations, which do not stand side by
        // side.
        let once = (0..<240).map { pair($0, words: 2 + $0 / 30) }
        let pairs = once + stride(from: 0, to: 240, by: 5).map { pair($0, words: 2 + $0 / 30, variant: 1) }
        let data = try holdOut(pairs, dev: 30, test: 40)
        let what = "holdOut of \(pairs.count) pairs with dev: 30, test: 40"
        try expectParts(data, of: pairs, what)
        for (name, part, wanted) in [("dev", data.dev, 30), ("test", data.test, 40)] {
            try require(
                (wanted...wanted + 1).contains(part.count),
                "\(what) gives \(part.count) \(name) pairs, expected \(wanted), or \(wanted + 1) where the last group has two",
                cause: part.isEmpty
                    ? "nothing was held out" : "count pairs, not groups, and stop as soon as there are enough")
        }
        func meanLength(_ pairs: [SentencePair]) -> Double {
            Double(pairs.reduce(0) { $0 + $1.source.count }) / Double(pairs.count)
        }
        let all = meanLength(pairs)
        for (name, part) in [("test", data.test), ("dev", data.dev)] {
            try require(
                abs(meanLength(part) - all) < 1.5,
                "\(what): the sources in \(name) have \(short(meanLength(part))) words on average, those of all pairs \(short(all))",
                cause: "the pairs came sorted by length and were cut where they stood; shuffle the groups first")
        }
        let again = try holdOut(pairs, dev: 30, test: 40)
        try require(
            again == data, "\(what) gives other parts when it is called again",
            cause:
                "the order of a dictionary, or shuffled() without a seed, differs from call to call; shuffle with RandomSource(seed:)"
        )
        try expectError(
            "holdOut of 3 pairs with dev: 2, test: 2", cause: "nothing is left to train on; throw an error that says so"
        ) {
            _ = try holdOut((0..<3).map { pair($0, words: 2) }, dev: 2, test: 2)
        }
    }

    // MARK: model and trainer

    private static var budget: (steps: Int, batch: Int, hidden: Int) { (600, 32, 32) }

    private static func expectBudget(_ trainer: Trainer, _ what: String) throws {
        let training = trainer.settings, model = trainer.translator.model.settings
        for (name, got, most) in [
            ("steps", training.steps, budget.steps), ("pairs a step (batchSize)", training.batchSize, budget.batch),
            ("encoder units (hidden)", model.hidden, budget.hidden),
        ] {
            try require(
                (1...most).contains(got), "\(what) has \(got) \(name), the budget is 1 to \(most)",
                cause: "TrainingSettings() allows 1200 steps, and ModelSettings any size; set what you choose")
        }
        let name = trainer.translator.model.scorerCard.name
        try require(
            name == Scorer.card.name,
            "the model of \(what) scores with “\(name)”, expected your own scorer, “\(Scorer.card.name)”",
            cause:
                "Translator takes the scorer as a type: scorer: Scorer.self; the name in ModelSettings chooses nothing")
        try require(
            model.scorer == name,
            "the settings of \(what) name the scorer “\(model.scorer)”, but the model has “\(name)”",
            cause: "a checkpoint finds its scorer by that name: ModelSettings(scorer: Scorer.card.name)")
    }

    @Sendable private static func checkTrainer() throws {
        // One batch or two of training pairs and many others: the number of epochs tells on which of them it trains.
        let symbols = ["ba", "du", "ki", "lo"]
        func tiny(_ number: Int, _ part: String) -> SentencePair {
            let words = [symbols[number % 4], symbols[number / 4 % 4], number == 0 ? "only-in-\(part)" : "ba"]
            return SentencePair(source: words, target: words)
        }
        let data = Dataset(
            name: "tiny", train: (0..<64).map { tiny($0, "train") }, dev: (0..<320).map { tiny($0, "dev") },
            test: (0..<640).map { tiny($0, "test") })
        let trainer = try trainer(data)
        try expectBudget(trainer, "the trainer")
        try require(
            trainer.step == 0, "the trainer has made \(trainer.step) steps already, expected a fresh one",
            cause: "run() belongs into the last gap")
        for (side, words) in [("source", trainer.translator.source), ("target", trainer.translator.target)] {
            try require(
                words.id(of: "only-in-train") != Vocabulary.unknown, "the \(side) vocabulary lacks a word of train",
                cause: "words: data.train, with every word that occurs")
            for part in ["dev", "test"] where words.id(of: "only-in-\(part)") != Vocabulary.unknown {
                throw CheckFailure(
                    "the \(side) vocabulary knows a word that stands only in \(part)",
                    cause:
                        "the words were taken from more than train: what is held out was looked at before it was measured on"
                )
            }
        }
        do {
            try trainer.run(progress: { $0.history.isEmpty && $0.step < 250 })
        } catch let unfinished as Unfinished { throw scorerIsMissing(unfinished) }
        if let report = trainer.history.last {
            let epoch = (report.step - 1) / ((64 + trainer.settings.batchSize - 1) / trainer.settings.batchSize)
            try require(
                report.epoch == epoch,
                "with 64 training pairs, step \(report.step) of the trainer is in epoch \(report.epoch), expected \(epoch)",
                cause: "it trains on other pairs than data.train; whatever is measured on those says nothing")
        }
    }

    /// A scorer that is not written says so from another place than the gap that is being asked for.
    private static func scorerIsMissing(_ unfinished: Unfinished) -> any Error {
        unfinished.file.contains("ProjectA") && !unfinished.what.contains("scorer")
            ? unfinished
            : CheckFailure(
                "the model cannot score yet (\(unfinished.what))",
                cause: "Scorer still has its gaps; fill them, or take the scorer of exercise 7")
    }

    // MARK: translations and their figure

    @Sendable private static func checkTranslations() throws {
        // The longest first: sentences are decoded by length, and must come back in their own order.
        let sentences = [["c", "a", "b", "b", "a"], ["a"], ["b", "c", "a"], ["new", "a"]]
        let words = [SentencePair(source: ["a", "b", "c"], target: ["x", "y", "z"])]
        var settings = ModelSettings(scorer: BahdanauScorer.card.name)
        (settings.embedding, settings.hidden, settings.attention) = (8, 8, 8)
        let translator = Translator(settings, scorer: BahdanauScorer.self, words: words, seed: 3)
        let expected = try translator.translate(sentences).map { translator.target.words(of: $0.tokens) }
        let got = try translations(translator, of: sentences)
        let what = "translations of \(sentences.count) sentences by an untrained model"
        try require(got.count == expected.count, "\(what): \(got.count) came back, expected as many as sentences")
        for (i, (a, b)) in zip(got, expected).enumerated() where a != b {
            let asSource = try translator.translate(sentences).map { translator.source.words(of: $0.tokens) }
            let cause =
                a == asSource[i]
                ? "the ids were turned into words by the source vocabulary; they are of the target"
                : expected.contains(a)
                    ? "the order was changed; translate() gives it back as it came"
                    : a.contains { Vocabulary.specials.contains($0) }
                        ? "begin and end are no words of a translation"
                        : "translate(_:) without a beam is the greedy search"
            throw CheckFailure(
                "\(what): number \(i) is “\(a.joined(separator: " "))”, expected “\(b.joined(separator: " "))”",
                cause: cause)
        }
        try require(translations(translator, of: []).isEmpty, "translations of no sentences are not empty")
    }

    @Sendable private static func checkBLEU() throws {
        let references = [
            "the red house sleeps today".split(separator: " ").map(String.init),
            "a small boat sings and we all hear it".split(separator: " ").map(String.init),
        ]
        let outputs = [
            "the red house sleeps now".split(separator: " ").map(String.init),
            "a boat sings and we all hear".split(separator: " ").map(String.init),
        ]
        func text(_ sentences: [[String]]) -> [String] { sentences.map { $0.joined(separator: " ") } }
        func score(_ a: [[String]], _ b: [[String]]) throws -> Double {
            try BLEU.corpus(hypotheses: text(a), references: [text(b)]).score
        }
        let expected = try score(outputs, references)
        try expect(
            bleu(outputs, references: references), equals: expected, within: 1e-6, "bleu of two sentences",
            mistakes: [
                Mistake(
                    "the mean of BLEU over sentences is another figure: corpus BLEU adds the counts first",
                    gives: [
                        zip(text(outputs), text(references)).map { BLEU.sentence($0, references: [$1]).score }.reduce(
                            0, +) / 2
                    ]),
                Mistake(
                    "outputs and references are swapped: the brevity penalty then falls on the wrong side",
                    gives: [try score(references, outputs)]),
                Mistake("a share, not percent", gives: [expected / 100]),
            ], otherwise: "BLEU.corpus(hypotheses:references:) takes lines, with one list of references in a list")
        try expect(
            bleu(references, references: references), equals: 100, within: 1e-6, "bleu of the references themselves")
    }

    // MARK: the run

    /// Measured with the solution: 93 on either; without attention 27. A dot product reaches 89.
    private static var wantedBLEU: Double { 75 }

    @Sendable private static func checkRun() throws {
        let options = ToyOptions(
            trainPairs: 3400, devPairs: 0, testPairs: 200, longPairs: 0, lengths: 6...14, lexiconShare: 0.15)
        let language = try EnglishFrench().dataset(seed: 7, options: options)
        let outcome: TranslatorOutcome
        do { outcome = try run(language.train) } catch let unfinished as Unfinished {
            throw scorerIsMissing(unfinished)
        }
        let data = outcome.data, trainer = outcome.trainer, translator = trainer.translator
        try expectParts(data, of: language.train, "the parts of the run")
        try require(
            data.test.count >= 200,
            "the run measures on \(data.test.count) pairs, expected 200: a figure of few sentences is chance")
        try expectBudget(trainer, "the run")
        try require(
            trainer.isFinished, "the training of the run stands at step \(trainer.step) of \(trainer.settings.steps)",
            cause: "run() trains to the end; without it the parameters are what chance drew")
        try require(trainer.step <= budget.steps, "the run made \(trainer.step) steps, the budget is \(budget.steps)")

        func greedy(_ pairs: [SentencePair]) throws -> [[String]] {
            try translator.translate(pairs.map(\.source)).map { translator.target.words(of: $0.tokens) }
        }
        func score(_ outputs: [[String]], _ pairs: [SentencePair]) throws -> Double {
            try BLEU.corpus(
                hypotheses: outputs.map { $0.joined(separator: " ") },
                references: [pairs.map { $0.target.joined(separator: " ") }]
            ).score
        }
        try require(
            outcome.outputs.count == data.test.count,
            "the run has \(outcome.outputs.count) translations for \(data.test.count) test sentences")
        let again = try greedy(data.test)
        if let i = again.indices.first(where: { again[$0] != outcome.outputs[$0] }) {
            throw CheckFailure(
                "translation \(i) of the run is “\(outcome.outputs[i].joined(separator: " "))”, but the model it handed over says “\(again[i].joined(separator: " "))”",
                cause:
                    "the translations are of other parameters, from before restoreBest(), or of other sentences than data.test"
            )
        }
        let recomputed = try score(again, data.test)
        try require(
            abs(outcome.bleu - recomputed) < 1e-6,
            "the run reports BLEU \(short(outcome.bleu)), but its translations of data.test have \(short(recomputed))",
            cause: "the figure is of other sentences, such as dev, or of another score")
        let own = try score(greedy(language.test), language.test)
        for (figure, whose) in [(recomputed, "your test part"), (own, "200 sentences that only the check has")] {
            try require(
                figure >= wantedBLEU, "BLEU on \(whose) is \(short(figure)), expected \(short(wantedBLEU)) or more",
                cause: figure < 50
                    ? "a model without attention reaches about 30 here; either the scores do not depend on query and keys, or the training is much too short"
                    : "the budget is not used well: 600 steps at the default learning rate of 0.01 are enough")
        }
    }
}
