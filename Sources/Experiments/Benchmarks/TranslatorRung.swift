// The first rung of `AlignmentLadder`: the soft attention of a translator as it is usually read, and as it could be.

public import Aligners
import AttentionScorers
public import Corpora
import Evaluation
import Seq2Seq

/// A model of the toolkit with its own history and an encoder in both directions, trained on the pairs of the ladder.
public struct TranslatorRung: Sendable, Equatable {
    public var steps = 1200
    /// On text, models of this size hardly learn by the usual 0.01.
    static let learningRate = 0.003
    /// Each reads as many softmaxes as it has places in pairs, so few stand side by side.
    private static let pairsRead = 8

    public init() {}

    public static let steps = Setting<TranslatorRung>.whole(
        "steps", \.steps, 1...1_000_000_000, "Steps that the translator of the ladder is trained for, 32 pairs each."
    ) { Counted.text($0.steps, "step") }

    /// - Parameter watch: told of the share of the training that is done; all stops where it gives false.
    public func row(
        _ pairs: [SentencePair], judged: [SentencePair], seed: UInt64, watch: (Double) -> Bool
    ) throws -> AlignmentLadder.Row {
        let (translator, seconds) = try trained(on: pairs, seed: seed, watch: watch)
        let answers = try Answers(translating: judged, with: translator)
        // What it would say from one state alone, by the same parameters: p(y | c = h_i).
        let read = try translator.reading(.words).align(judged, batchSize: Self.pairsRead)
        var translations = TranslationReport()
        for (pair, output) in zip(judged, answers.outputs) {
            translations.add(output: output, pair) { translator.knows($0, .target) }
        }
        return AlignmentLadder.Row(
            .translator, of: judged, prior: answers.weights,
            posterior: zip(judged, read).map { AttentionMatrix(rows: $1.weights, sourceCount: $0.source.count) },
            bleu: translations.all.bleuScore, seconds: seconds)
    }

    private func trained(
        on pairs: [SentencePair], seed: UInt64, watch: (Double) -> Bool
    ) throws -> (translator: Translator, seconds: Double) {
        var training = TrainingSettings()
        (training.steps, training.seed, training.learningRate) = (steps, seed, Self.learningRate)
        // There is no dev set to look at: every pair is learnt from, as by the aligners.
        training.evaluationInterval = steps
        let scorer = LuongDotScorer.self
        let translator = Translator(
            ModelSettings(scorer: scorer.card.name), scorer: scorer, words: pairs, seed: seed)
        let trainer = try Trainer(translator, training, train: pairs, dev: [])
        var goesOn = true
        try trainer.run(progress: { trainer in
            goesOn = watch(Double(trainer.step) / Double(training.steps))
            return goesOn
        })
        guard goesOn else { throw CancellationError() }
        return (translator, trainer.seconds)
    }
}
