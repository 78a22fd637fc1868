// One run of a comparison: train, translate, align, measure.

import AttentionScorers
import Corpora
import Dispatch
import Evaluation
import Randomness
import Seq2Seq
import TensorCore

/// Trains one scorer once and measures it. Everything it makes stays on the calling thread.
struct RowRun {
    let experiment: Experiment
    let run: Experiment.Run
    let dataset: Dataset
    let options: ToyOptions
    let scorer: any AttentionScorer.Type
    /// Where the sentences' translations and weights are kept; nil for nowhere.
    var details: DetailsFolder?

    /// - Parameter progress: is told the share that is done; returns whether to go on.
    /// - Returns: nil where `progress` said to stop.
    func result(progress: (Double) -> Bool) throws -> ResultRow? {
        let (model, training) = experiment.settings(run)
        let translator = Translator(model, scorer: scorer, words: dataset.train, seed: training.seed)
        let trainer = try Trainer(translator, training, train: dataset.train, dev: dataset.dev)
        var goesOn = true
        try trainer.run(progress: { trainer in
            goesOn = progress(0.95 * Double(trainer.step) / Double(training.steps))
            return goesOn
        })
        guard goesOn else { return nil }
        try trainer.restoreBest()

        let start = DispatchTime.now().uptimeNanoseconds
        let translations = try translator.translate(dataset.test.map(\.source))
        let decodingSeconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        let weights = try forcedWeights(dataset.test, translator)
        let test = split(dataset.test, translations, weights, translator)
        guard progress(0.97) else { return nil }
        let long = try split(
            dataset.long, translator.translate(dataset.long.map(\.source)), forcedWeights(dataset.long, translator),
            translator)
        // Before the row: a row that is on disk has its details.
        let digest = try details?.write(
            run, dataset.test,
            outputs: zip(dataset.test, translations).map { translator.words(of: $1, source: $0.source) },
            weights: weights, speed: RowDetails.ScoringTime.measure(scorer, model.scorerSizes))
        let tokens = translations.reduce(0) { $0 + $1.tokens.count + 1 }
        return try ResultRow(
            task: run.task, scorer: run.scorer, seed: run.seed, condition: run.condition, model: model,
            training: training,
            dataSeed: experiment.dataSeed, data: options,
            sourceVocabulary: translator.source.count, targetVocabulary: translator.target.count,
            parameters: translator.model.parameters.count, steps: trainer.step, devLoss: trainer.bestDevLoss,
            history: trainer.history,
            test: test, long: long,
            speed: SpeedFigures(
                trainingTokensPerSecond: Double(trainer.targetTokens) / trainer.seconds,
                trainingSeconds: trainer.seconds,
                scoringMicroseconds: ScoringSpeed(scorer, model.scorerSizes).forwardSeconds() * 1e6,
                decodingTokensPerSecond: Double(tokens) / decodingSeconds),
            machine: .current, fingerprint: try? ScorerFingerprint(scorer, model), details: digest)
    }

    /// Under the reference (forced decoding); empty where there is nothing to align.
    private func forcedWeights(_ pairs: [SentencePair], _ translator: Translator) throws -> [AttentionMatrix] {
        guard scorer.card.hasAlignment, pairs.contains(where: { $0.gold != nil }) else { return [] }
        return try zip(pairs, translator.align(pairs)).map { pair, forced in
            AttentionMatrix(rows: forced.weights, endRow: forced.endWeights, sourceCount: pair.source.count)
        }
    }

    private func split(
        _ pairs: [SentencePair], _ translations: [Hypothesis], _ weights: [AttentionMatrix],
        _ translator: Translator
    ) -> SplitResult {
        var translation = TranslationReport()
        for (pair, hypothesis) in zip(pairs, translations) {
            translation.add(
                output: translator.words(of: hypothesis, source: pair.source), pair, knows: translator.target)
        }
        guard !weights.isEmpty else { return SplitResult(translation: translation, alignment: nil) }
        var alignment = AlignmentReport(decoding: .forced)
        for (pair, matrix) in zip(pairs, weights) { alignment.add(matrix, pair) }
        return SplitResult(translation: translation, alignment: alignment)
    }
}
