// What is measured of documents: sentences by the weights of their words, and what is left when words are taken away.

import AttentionScorers
import Corpora
import Evaluation
import Seq2Seq
import TestSupport
import Testing

@testable import Experiments

@Suite("Figures of documents") struct DocumentFiguresTests {
    private let pair = SentencePair(
        source: Words.split("a b . hotel is not bad . c ."), target: ["positive"],
        gold: GoldAlignment(sure: [Link(5, 0), Link(6, 0)]), extras: SourceExtras(sentences: [3, 5, 2]))

    private func counts(_ row: [Double]) -> [String: Double] {
        SentenceWeights.counts(
            Answer(pair: pair, output: [], weights: AttentionMatrix(rows: [row], sourceCount: row.count)))
    }

    @Test("a sentence has the weights of its words together") func sentences() {
        // The largest weight is elsewhere, the heaviest sentence is that of evidence.
        let found = counts([0.3, 0, 0, 0.1, 0.15, 0.1, 0.05, 0.1, 0.15, 0.05])
        #expect(found["sentence_hits"] == 1 && abs((found["sentence_mass"] ?? 0) - 0.5) < 1e-12)
        #expect(counts([0.3, 0.2, 0.1, 0, 0.1, 0.1, 0, 0, 0.1, 0.1])["sentence_hits"] == 0)
        #expect(counts([Double](repeating: 0, count: 10)).isEmpty, "no weights, nothing to count")
        var unknown = pair
        unknown.extras = nil
        #expect(SentenceWeights.counts(Answer(pair: unknown, output: [], weights: nil)).isEmpty)
    }

    @Test("a tenth of the words goes, rounded up, and one stays") func tenth() {
        #expect([1, 2, 10, 11, 60].map(DeletionTest.count) == [0, 1, 1, 2, 6])
        #expect(DeletionTest.attended([0.1, 0.4, 0.1, 0.4, 0, 0, 0, 0, 0, 0]) == [1])
        #expect(DeletionTest.attended([0.1, 0.2, 0.1, 0.4, 0, 0, 0, 0, 0, 0, 0.2]) == [3, 1])
        let words = pair.source + ["d"], places = DeletionTest.random(words)
        #expect(places == DeletionTest.random(words) && Set(places).count == 2)
        let others = (0..<20).map { DeletionTest.random(words + ["\($0)"]) }
        #expect(Set(others).count > 5, "other documents lose other words")
    }

    @Test("a document without some words has their sentences shorter, and none that is empty") func without() {
        let left = DeletionTest.without([0, 3, 8, 9], pair)
        #expect(left.source == Words.split("b . is not bad .") && left.extras?.sentences == [2, 4])
        #expect(left.target == pair.target && left.gold == nil)
        #expect(DeletionTest.without([], pair).source == pair.source)
    }

    @Test("a run of the task has every figure, and no attention has none of weights") func figures() throws {
        let task = DocumentsTask()
        var options = task.defaults
        (options.trainPairs, options.devPairs, options.testPairs, options.longPairs) = (40, 5, 12, 4)
        var experiment = Experiment(tasks: [task.name], scorers: ["bahdanau", "none"])
        experiment.data = [task.name: options]
        (experiment.seeds, experiment.training.steps) = (1, 3)
        (experiment.model.embedding, experiment.model.hidden, experiment.model.attention) = (6, 4, 5)
        let settings = experiment.settings(in: nil, task: task.name).model
        #expect(settings.decoder == .label && settings.encoder == .window)
        let dataset = try task.dataset(seed: 1, options: options)
        for scorer in [BahdanauScorer.self, NoAttentionScorer.self] as [any AttentionScorer.Type] {
            let translator = Translator(settings, scorer: scorer, words: dataset.train, seed: 1)
            let answers = try task.answers(of: translator, to: dataset.test)
            let split = try SplitResult(answers, dataset.test, of: task, by: translator)
            #expect((split.counts == nil) == (scorer.card.name == "none"))
            guard let counts = split.counts else { continue }
            let known = Set(counts.perSentence.keys)
            #expect(task.metrics.allSatisfy { Set($0.counts).isSubset(of: known) })
            #expect(counts.perSentence["deletions"] == [Double](repeating: 1, count: 12))
        }
    }
}
