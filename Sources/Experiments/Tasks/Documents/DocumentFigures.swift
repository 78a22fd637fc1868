// The task `documents` as a comparison runs it: what a model of it is like, and what is measured.

public import Corpora
public import Seq2Seq

extension DocumentsTask: MeasuredTask {
    public var metrics: [Metric] {
        [Metric.testAccuracy, .longAccuracy].map { $0.changed(note: Self.rightLabels) }
            + Self.metrics(hasGold: true).dropFirst()
    }

    /// Of documents in files, which have no split of longer ones.
    /// - Parameter hasGold: whether evidence is known.
    static func metrics(hasGold: Bool) -> [Metric] {
        let label = Metric.testAccuracy.changed(note: "documents with the right label")
        let evidence = [
            Metric.pointing.changed(note: "documents whose largest weight is on a word of evidence"),
            Metric.goldMass.changed(note: "weight on words of evidence"),
            SentenceWeights.pointing, SentenceWeights.mass,
        ]
        return [label] + (hasGold ? evidence : []) + [
            Metric.entropy.changed(note: "0 on one word, 1 spread evenly"),
            DeletionTest.attended, DeletionTest.random, DeletionTest.gap, .trainingSeconds, .scoringTime,
        ]
    }

    private static let rightLabels: Metric.Note =
        "documents with the right label, at the lengths of training and at twice as many words; half are right by chance"

    /// States that know their neighbours alone: who wants to know what stands elsewhere has to look there. In twice as
    /// many steps the mean of all states learns to tell most documents, too; recurrent states, which gather a document
    /// as they go, leave little to look for.
    public func fit(_ model: inout ModelSettings, _ training: inout TrainingSettings) {
        model.prefer(\.encoder, .window)
        model.prefer(\.decoder, .label)
        model.prefer(\.maximumSource, 128)
        training.prefer(\.steps, 300)
        training.prefer(\.evaluationInterval, 50)
    }

    public func answers(of translator: Translator, to pairs: [SentencePair]) throws -> Answers {
        var answers = try Answers(translating: pairs, with: translator, withoutGold: true)
        if !answers.weights.isEmpty { answers.counts = try DeletionTest.counts(answers, pairs, translator) }
        return answers
    }

    public func counts(_ answer: Answer) -> [String: Double] { SentenceWeights.counts(answer) }
}
