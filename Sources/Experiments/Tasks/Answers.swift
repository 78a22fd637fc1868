// What a trained model makes of some pairs, and what is counted of it.

public import Corpora
import Dispatch
public import Evaluation
public import Seq2Seq

/// The answers to pairs, in their order.
public struct Answers: Sendable {
    /// The words that the model chose by itself.
    public var outputs: [[String]]
    /// Where it looked while it read the reference, a row for each target word; empty where there is nothing to align.
    public var weights: [AttentionMatrix]
    /// The same of each of several heads, a list for each pair; empty where there are not several.
    public var heads: [[AttentionMatrix]] = []
    /// Which reading of the weights these are.
    public var reading = AlignmentReading.prior
    /// The weights themselves, where `weights` are the posterior; empty elsewhere.
    public var prior: [AttentionMatrix] = []
    /// What a task has counted of each answer by asking the model once more, beside `MeasuredTask.counts`; empty where it
    /// has not.
    public var counts: [[String: Double]] = []
    /// Words that it chose, ends of sentences with them, and the seconds that it took.
    public var tokens: Int
    public var seconds: Double
    /// How many were cut off before the model had ended the sentence.
    public var cutOff: Int

    public init(outputs: [[String]], weights: [AttentionMatrix], tokens: Int, seconds: Double, cutOff: Int = 0) {
        (self.outputs, self.weights) = (outputs, weights)
        (self.tokens, self.seconds, self.cutOff) = (tokens, seconds, cutOff)
    }

    /// Greedy search, and forced decoding where the pairs have gold and the scorer looks somewhere.
    /// - Parameter withoutGold: whether weights are wanted also where nothing says which are right, to look at.
    public init(
        translating pairs: [SentencePair], with translator: Translator, withoutGold: Bool = false
    ) throws {
        let start = DispatchTime.now().uptimeNanoseconds
        let translations = try translator.translate(sourcesOf: pairs)
        seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        cutOff = translations.count { !$0.isFinished }
        tokens = translations.reduce(0) { $0 + $1.tokens.count + 1 }
        outputs = zip(pairs, translations).map { translator.words(of: $1, source: $0.source) }
        guard translator.model.scorerCard.hasAlignment, pairs.contains(where: { withoutGold || $0.gold != nil }) else {
            weights = []
            return
        }
        let aligned = try translator.align(pairs)
        let sumsToOne = translator.model.scorerCard.mass == .one
        weights = zip(pairs, aligned).map { pair, forced in
            let matrix = AttentionMatrix(
                rows: forced.weights, endRow: forced.endWeights, sourceCount: pair.source.count)
            return sumsToOne ? matrix : matrix.normalised()
        }
        reading = aligned.first?.reading ?? .prior
        prior = zip(pairs, aligned).compactMap { pair, forced in
            forced.prior.map { AttentionMatrix(rows: $0, sourceCount: pair.source.count) }
        }
        heads = Self.heads(pairs, aligned)
    }

    private static func heads(_ pairs: [SentencePair], _ aligned: [ForcedAlignment]) -> [[AttentionMatrix]] {
        guard aligned.contains(where: { !$0.heads.isEmpty }) else { return [] }
        return zip(pairs, aligned).map { pair, forced in
            forced.heads.map { AttentionMatrix(rows: $0, sourceCount: pair.source.count) }
        }
    }
}

extension Answers {
    /// Links of the largest weights, where the alignment is the posterior; nil elsewhere.
    public func priorLinks(_ pairs: [SentencePair]) -> AlignmentCounts? {
        guard !prior.isEmpty else { return nil }
        var report = AlignmentReport(decoding: .forced)
        for (pair, matrix) in zip(pairs, prior) { report.add(matrix, pair) }
        return report.all.links
    }
}

/// The answer to one pair.
public struct Answer: Sendable {
    public let pair: SentencePair
    public let output: [String]
    /// nil where there are none.
    public let weights: AttentionMatrix?
    /// The weights themselves, where `weights` are the posterior; nil elsewhere.
    public let prior: AttentionMatrix?

    public init(pair: SentencePair, output: [String], weights: AttentionMatrix?, prior: AttentionMatrix? = nil) {
        (self.pair, self.output, self.weights, self.prior) = (pair, output, weights, prior)
    }

    /// Where the model looked before it knew the word, whatever the weights are for.
    public var looks: AttentionMatrix? { prior ?? weights }
}

extension SplitResult {
    /// - Parameter translator: the words that it could have written.
    /// - Throws: `InputError` for counts that are none, and for a metric whose counts the task does not give.
    init(_ answers: Answers, _ pairs: [SentencePair], of task: any MeasuredTask, by translator: Translator) throws {
        translation = TranslationReport()
        for (pair, output) in zip(pairs, answers.outputs) {
            translation.add(output: output, pair) { translator.knows($0, .target) }
        }
        if !answers.weights.isEmpty {
            var report = AlignmentReport(decoding: .forced)
            for (pair, matrix) in zip(pairs, answers.weights) { report.add(matrix, pair) }
            alignment = report
        }
        heads = HeadLinks(pairs, answers.heads)
        prior = answers.priorLinks(pairs)
        var counted = NamedCounts()
        for (index, output) in answers.outputs.enumerated() {
            let weights = answers.weights.indices.contains(index) ? answers.weights[index] : nil
            // All pairs have one, or none has.
            let prior = answers.prior.count == pairs.count ? answers.prior[index] : nil
            let beside = answers.counts.indices.contains(index) ? answers.counts[index] : [:]
            let answer = Answer(pair: pairs[index], output: output, weights: weights, prior: prior)
            try counted.add(task.counts(answer).merging(beside) { $1 })
        }
        if !counted.perSentence.isEmpty { counts = counted }
        // A scorer that looks nowhere may well leave out counts of weights.
        if !answers.weights.isEmpty { try checkNames(of: task) }
    }

    private func checkNames(of task: any MeasuredTask) throws {
        let known = counts?.perSentence.keys.sorted() ?? []
        for metric in task.metrics {
            for name in metric.counts where !known.contains(name) {
                throw InputError(
                    "the task \(task.name) counts no “\(name)”, which its metric \(metric.id) is made of. "
                        + Suggestion.orList(for: name, among: known))
            }
        }
    }
}
