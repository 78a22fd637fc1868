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
    /// Which reading of the weights these are, where it is not the weights themselves; the key is missing elsewhere.
    let alignment: AlignmentReading?
    let isFinished: Bool
    /// Which target words were unknown and are the source words now that they looked at; the key is missing where nobody
    /// asked for it.
    private(set) var replaced: [Int]?
    /// Why there is no translation, where there is none; the key is missing elsewhere.
    let problem: String?
    private let gold: GoldAlignment?
    private let scorer: ScorerCard?

    private enum CodingKeys: String, CodingKey {
        case line, rank, source, target, score, logProbability, weights, alignment, isFinished, replaced,
            problem
    }

    init(
        line: Int, rank: Int, _ source: [String], _ hypothesis: Hypothesis, _ translator: Translator,
        _ dataset: Dataset?, replacesUnknown: Bool = false
    ) {
        (self.line, self.rank, self.source) = (line, rank, source)
        let written = translator.words(of: hypothesis, source: source)
        let known = replacesUnknown ? UnknownReplacement(written, hypothesis, source: source) : nil
        (target, replaced) = (known?.words ?? written, known?.replaced)
        (score, logProbability, weights, isFinished) = (
            hypothesis.score, hypothesis.logProbability, hypothesis.weights, hypothesis.isFinished
        )
        scorer = translator.model.scorerCard
        let reading = translator.model.settings.use.alignment
        alignment = reading == .prior ? nil : reading
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
        alignment = nil
    }

    var heatmap: Heatmap {
        Heatmap(
            source: source, target: target, weights: weights,
            marks: Set((gold?.sure ?? []).map { Heatmap.Mark(source: $0.source, target: $0.target) }))
    }

    /// One link for each word: where its weight is largest. None for a line without a translation.
    var links: Set<Link> {
        LinkExtraction.argmax.links(AttentionMatrix(rows: weights, sourceCount: source.count))
    }

    /// What is to be said of a heatmap that does not show the weights themselves.
    var remark: String? {
        alignment == .posterior
            ? "The heatmap is of the posterior: which source word each word was written from, now that it is known."
            : nil
    }

    /// Why there is no heatmap; nil where there is one.
    var withoutPicture: String? {
        if target.isEmpty { return "the translation is empty" }
        return scorer?.hasAlignment == true && !weights.isEmpty ? nil : "\(scorer?.name ?? "the scorer") looks nowhere"
    }

    /// Why some of the translations of a sentence end where they do, where the model did not end them.
    static func cutOff(_ shown: [ShownTranslation]) -> String? {
        let cut = shown.filter { !$0.isFinished }
        guard let longest = cut.map(\.target.count).max() else { return nil }
        return (shown.count == 1 ? "the translation" : "\(cut.count) of the \(shown.count) translations")
            + " did not end within \(NumberText.count(longest, "word")) and \(cut.count == 1 ? "was" : "were") cut off there "
            + "(a model that repeats itself is the usual cause)"
    }
}
