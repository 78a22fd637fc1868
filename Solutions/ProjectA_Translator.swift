// Project A · a translator with your own scorer
//
//     pairs → held-out parts → a model with your scorer → training → greedy translations → BLEU
//
// You wrote the pieces; here they become a translator of toy English into toy French, and a figure that another person
// can believe: measured on sentences that the training has not seen. Bahdanau et al. 2015, §4 and §5, do the same on
// 348 million words. A model without attention, with the same budget, stays near 30 BLEU; yours has to reach 75.
//
// Before  Exercises/Exercise07_Bahdanau.swift, whose scorer is trained here
// Lesson  Notebooks-md/07_ContextFeedingTiming.md
// Check   swift test --filter ProjectA
// Hints   swift run attention exercises hint A

public import AttentionLab
public import Workbook

public enum ProjectA: TranslatorAnswers {
    /// The scorer that the model is built with: the one you wrote in exercise 7. Any other of yours will do, if it is
    /// good enough.
    public typealias Scorer = Exercise07.Scorer

    /// Three parts of some sentence pairs: to train on, to choose the best parameters by, and to measure on.
    ///
    /// Every pair goes into one part. Pairs with the same source sentence go into the same one: a sentence that was
    /// seen in training measures memory. Which pairs are held out is left to chance (with a seed, so that it can be
    /// repeated), because the pairs may come sorted.
    ///
    /// - Parameters:
    ///   - pairs: sentence pairs; some source sentences stand in several of them.
    ///   - dev: dev gets so many pairs; more only where the last group of equal sources does not fit exactly.
    ///   - test: likewise for test.
    /// - Throws: where nothing would be left to train on.
    public static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        // gap: throw Unfinished("holding sentences out")
        let bySource = Dictionary(grouping: pairs) { $0.source }
        // A dictionary has another order in every run; the order of first appearance is the same, and is shuffled by
        // the seed alone.
        var seen: Set<[String]> = []
        var groups = pairs.filter { seen.insert($0.source).inserted }.map { bySource[$0.source] ?? [] }
        var random = RandomSource(seed: 1, purpose: "project A")
        random.shuffle(&groups)
        func take(_ count: Int) -> [SentencePair] {
            var part: [SentencePair] = []
            while part.count < count, let group = groups.popLast() { part += group }
            return part
        }
        let testPart = take(test), devPart = take(dev), train = take(.max)
        guard !train.isEmpty else {
            throw InputError("\(pairs.count) pairs are too few to hold \(dev) and \(test) out of them")
        }
        return Dataset(name: "project A", train: train, dev: devPart, test: testPart)
        // end of gap
    }

    /// A fresh model with `Scorer`, and what will train it. Choose the settings; the budget is 600 steps of 32 pairs,
    /// and H = 32.
    ///
    /// - Parameter data: the words come from `train` alone: what stands only in dev or test is unknown to a translator
    ///   too.
    /// - Returns: a trainer that has not run yet.
    public static func trainer(_ data: Dataset) throws -> Trainer {
        // gap: throw Unfinished("model and trainer")
        var training = TrainingSettings()
        training.steps = 600
        training.evaluationInterval = 100
        let model = ModelSettings(scorer: Scorer.card.name)
        let translator = Translator(model, scorer: Scorer.self, words: data.train, seed: training.seed)
        return try Trainer(translator, training, train: data.train, dev: data.dev)
        // end of gap
    }

    /// Greedy translations as words, in the order of the sentences.
    public static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        // gap: throw Unfinished("translating")
        try translator.translate(sentences).map { translator.target.words(of: $0.tokens) }
        // end of gap
    }

    /// Corpus BLEU of translations, in percent, with the library's `BLEU`: words joined by spaces, one reference each.
    public static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        // gap: throw Unfinished("BLEU")
        try BLEU.corpus(
            hypotheses: outputs.map { $0.joined(separator: " ") },
            references: [references.map { $0.joined(separator: " ") }]
        ).score
        // end of gap
    }

    /// Everything together, with 200 pairs in dev and 200 in test: hold out, train to the end, put the best parameters
    /// back, translate test, measure.
    ///
    /// - Returns: `TranslatorOutcome(data: data, trainer: trainer, outputs: outputs, bleu: bleu)`.
    public static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome {
        // gap: throw Unfinished("the whole run")
        let data = try holdOut(pairs, dev: 200, test: 200)
        let trainer = try trainer(data)
        try trainer.run()
        try trainer.restoreBest()
        let outputs = try translations(trainer.translator, of: data.test.map(\.source))
        return TranslatorOutcome(
            data: data, trainer: trainer, outputs: outputs, bleu: try bleu(outputs, references: data.test.map(\.target))
        )
        // end of gap
    }
}
