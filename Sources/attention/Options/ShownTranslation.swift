// One translation of one sentence, as `attention translate` shows it.

import AttentionLab
import Terminal

struct ShownTranslation: Encodable {
    let line: Int, rank: Int
    let source: [String], target: [String]
    let score: Double
    let logProbability: Double
    /// [target words, source words].
    let weights: [[Double]]
    let isFinished: Bool
    /// Why there is no translation, where there is none; the key is missing elsewhere.
    let problem: String?
    private let gold: GoldAlignment?
    private let scorer: ScorerCard?

    private enum CodingKeys: String, CodingKey {
        case line, rank, source, target, score, logProbability, weights, isFinished, problem
    }

    init(
        line: Int, rank: Int, _ source: [String], _ hypothesis: Hypothesis, _ translator: Translator,
        _ dataset: Dataset?
    ) {
        (self.line, self.rank, self.source) = (line, rank, source)
        target = translator.words(of: hypothesis, source: source)
        (score, logProbability, weights, isFinished) = (
            hypothesis.score, hypothesis.logProbability, hypothesis.weights, hypothesis.isFinished
        )
        scorer = translator.model.scorerCard
        problem = nil
        let words = target
        gold = dataset?.test.first { $0.source == source && $0.target == words }?.gold
    }

    /// Of a line that has no translation: a blank one, or one with a problem.
    init(line: Int, _ source: [String], problem: String? = nil) {
        (self.line, self.source, self.problem) = (line, source, problem)
        (rank, target, weights, score, logProbability, isFinished, scorer, gold) = (
            0, [], [], 0, 0, problem == nil, nil, nil
        )
    }

    var heatmap: Heatmap {
        Heatmap(
            source: source, target: target, weights: weights,
            marks: Set((gold?.sure ?? []).map { Heatmap.Mark(source: $0.source, target: $0.target) }))
    }

    /// Why there is no heatmap; nil where there is one.
    var withoutPicture: String? {
        if target.isEmpty { return "the translation is empty" }
        return scorer?.hasAlignment == true && !weights.isEmpty ? nil : "\(scorer?.name ?? "the scorer") looks nowhere"
    }

    /// Why the translation ends where it does, where the model did not end it.
    var cutOff: String? {
        isFinished
            ? nil
            : "the translation did not end within \(NumberText.count(target.count, "word")) and was cut off there "
                + "(a model that repeats itself is the usual cause)"
    }
}
