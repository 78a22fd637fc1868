// What students hand in for project A.

import AttentionLab
import Solutions
import Workbook

let translatorMistakes = [
    Wrong(CutInOrder.self, "holding sentences out", says: "shuffle the groups first"),
    Wrong(DividedGroups.self, "holding sentences out", says: "pairs with the same source were divided"),
    Wrong(TestStaysInTrain.self, "holding sentences out", says: "must be taken away from the rest"),
    Wrong(RepeatsDropped.self, "holding sentences out", says: "pairs were lost"),
    Wrong(WordsOfEverything.self, "model and trainer", says: "more than train"),
    Wrong(LibraryScorer.self, "model and trainer", says: "scorer: Scorer.self"),
    Wrong(TrainsOnTest.self, "model and trainer", says: "other pairs than data.train"),
    Wrong(OverBudget.self, "model and trainer", says: "the budget is 1 to 600"),
    Wrong(SourceWords.self, "translating", says: "by the source vocabulary"),
    Wrong(Sorted.self, "translating", says: "the order was changed"),
    Wrong(MeanOfSentences.self, "BLEU", says: "corpus BLEU adds the counts first"),
    Wrong(SwappedSides.self, "BLEU", says: "swapped"),
    Wrong(NeverTrained.self, "the whole run", says: "run() trains to the end"),
    Wrong(FigureOfTrain.self, "the whole run", says: "the figure is of other sentences"),
    Wrong(WithoutAttention.self, "the whole run", says: "without attention reaches about 30"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: TranslatorAnswers where Scorer == Solutions.ProjectA.Scorer {}

extension Otherwise {
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        try Solutions.ProjectA.holdOut(pairs, dev: dev, test: test)
    }
    static func trainer(_ data: Dataset) throws -> Trainer { try Solutions.ProjectA.trainer(data) }
    static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        try Solutions.ProjectA.translations(translator, of: sentences)
    }
    static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        try Solutions.ProjectA.bleu(outputs, references: references)
    }
    static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome { try Solutions.ProjectA.run(pairs) }
}

private enum CutInOrder: Otherwise {
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        var groups: [[String]: [SentencePair]] = [:], order: [[String]] = []
        for pair in pairs {
            if groups[pair.source] == nil { order.append(pair.source) }
            groups[pair.source, default: []].append(pair)
        }
        var parts: [[SentencePair]] = [[], [], []]
        for source in order { parts[parts[0].count < test ? 0 : parts[1].count < dev ? 1 : 2] += groups[source] ?? [] }
        return Dataset(name: "", train: parts[2], dev: parts[1], test: parts[0])
    }
}

private enum DividedGroups: Otherwise {
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        var pairs = pairs, random = RandomSource(seed: 1)
        random.shuffle(&pairs)
        return Dataset(
            name: "", train: Array(pairs.dropFirst(dev + test)), dev: Array(pairs[test..<dev + test]),
            test: Array(pairs[..<test]))
    }
}

private enum TestStaysInTrain: Otherwise {
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        var data = try Solutions.ProjectA.holdOut(pairs, dev: dev, test: test)
        data.train = pairs
        return data
    }
}

private enum RepeatsDropped: Otherwise {
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        var seen: Set<[String]> = []
        return try Solutions.ProjectA.holdOut(pairs.filter { seen.insert($0.source).inserted }, dev: dev, test: test)
    }
}

private func trainer(
    _ scorer: any AttentionScorer.Type, words: [SentencePair], train: [SentencePair], dev: [SentencePair],
    steps: Int = 600
) throws -> Trainer {
    var training = TrainingSettings()
    (training.steps, training.evaluationInterval) = (steps, 100)
    return try Trainer(
        Translator(ModelSettings(scorer: scorer.card.name), scorer: scorer, words: words, seed: 1), training,
        train: train, dev: dev)
}

private enum WordsOfEverything: Otherwise {
    static func trainer(_ data: Dataset) throws -> Trainer {
        try ExerciseTests.trainer(
            Scorer.self, words: data.train + data.dev + data.test, train: data.train, dev: data.dev)
    }
}

private enum LibraryScorer: Otherwise {
    static func trainer(_ data: Dataset) throws -> Trainer {
        let translator = Translator(
            ModelSettings(scorer: Scorer.card.name), scorer: BahdanauScorer.self, words: data.train, seed: 1)
        var training = TrainingSettings()
        training.steps = 600
        return try Trainer(translator, training, train: data.train, dev: data.dev)
    }
}

private enum TrainsOnTest: Otherwise {
    static func trainer(_ data: Dataset) throws -> Trainer {
        try ExerciseTests.trainer(Scorer.self, words: data.train, train: data.train + data.test, dev: data.dev)
    }
}

private enum OverBudget: Otherwise {
    static func trainer(_ data: Dataset) throws -> Trainer {
        try ExerciseTests.trainer(Scorer.self, words: data.train, train: data.train, dev: data.dev, steps: 1200)
    }
}

private enum SourceWords: Otherwise {
    static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        try translator.translate(sentences).map { translator.source.words(of: $0.tokens) }
    }
}

private enum Sorted: Otherwise {
    static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        try Solutions.ProjectA.translations(translator, of: sentences.sorted { $0.count < $1.count })
    }
}

private enum MeanOfSentences: Otherwise {
    static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        let scores = zip(outputs, references).map {
            BLEU.sentence($0.joined(separator: " "), references: [$1.joined(separator: " ")]).score
        }
        return scores.reduce(0, +) / Double(scores.count)
    }
}

private enum SwappedSides: Otherwise {
    static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        try Solutions.ProjectA.bleu(references, references: outputs)
    }
}

private enum NeverTrained: Otherwise {
    static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome {
        let data = try holdOut(pairs, dev: 200, test: 200), trainer = try trainer(data)
        let outputs = try translations(trainer.translator, of: data.test.map(\.source))
        return TranslatorOutcome(
            data: data, trainer: trainer, outputs: outputs, bleu: try bleu(outputs, references: data.test.map(\.target))
        )
    }
}

/// Few steps: what is wrong here shows before the quality is asked for.
private enum FigureOfTrain: Otherwise {
    static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome {
        let data = try holdOut(pairs, dev: 200, test: 200)
        let trainer = try ExerciseTests.trainer(
            Scorer.self, words: data.train, train: data.train, dev: data.dev, steps: 100)
        try trainer.run()
        try trainer.restoreBest()
        let some = Array(data.train.prefix(200))
        let seen = try bleu(translations(trainer.translator, of: some.map(\.source)), references: some.map(\.target))
        return try TranslatorOutcome(
            data: data, trainer: trainer, outputs: translations(trainer.translator, of: data.test.map(\.source)),
            bleu: seen)
    }
}

/// The baseline, on the same budget.
private enum WithoutAttention: TranslatorAnswers {
    typealias Scorer = NoAttentionScorer
    static func holdOut(_ pairs: [SentencePair], dev: Int, test: Int) throws -> Dataset {
        try Solutions.ProjectA.holdOut(pairs, dev: dev, test: test)
    }
    static func trainer(_ data: Dataset) throws -> Trainer {
        try ExerciseTests.trainer(Scorer.self, words: data.train, train: data.train, dev: data.dev)
    }
    static func translations(_ translator: Translator, of sentences: [[String]]) throws -> [[String]] {
        try Solutions.ProjectA.translations(translator, of: sentences)
    }
    static func bleu(_ outputs: [[String]], references: [[String]]) throws -> Double {
        try Solutions.ProjectA.bleu(outputs, references: references)
    }

    static func run(_ pairs: [SentencePair]) throws -> TranslatorOutcome {
        let data = try holdOut(pairs, dev: 200, test: 200)
        let trainer = try trainer(data)
        try trainer.run()
        try trainer.restoreBest()
        let outputs = try translations(trainer.translator, of: data.test.map(\.source))
        return TranslatorOutcome(
            data: data, trainer: trainer, outputs: outputs, bleu: try bleu(outputs, references: data.test.map(\.target))
        )
    }
}
