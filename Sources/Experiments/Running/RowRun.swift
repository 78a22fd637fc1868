// One run of a comparison: train, answer, measure.

import AttentionScorers
import Corpora
import Seq2Seq
import TensorCore

/// Trains one scorer once and measures it. Everything it makes stays on the calling thread.
struct RowRun {
    let experiment: Experiment
    let run: Experiment.Run
    let task: any MeasuredTask
    let dataset: Dataset
    let options: ToyOptions
    let scorer: any AttentionScorer.Type
    /// Those of the training pairs, in words or in pieces.
    let vocabularies: Vocabularies
    /// Where the sentences' translations and weights are kept; nil for nowhere.
    var details: DetailsFolder?

    /// - Parameter progress: is told the share that is done; returns whether to go on.
    /// - Returns: nil where `progress` said to stop.
    func result(progress: (Double) -> Bool) throws -> ResultRow? {
        let (model, training) = experiment.settings(run)
        let translator = Translator(model, scorer: scorer, vocabularies: vocabularies, seed: training.seed)
        let trainer = try Trainer(translator, training, train: dataset.train, dev: dataset.dev)
        var goesOn = true
        try trainer.run(progress: { trainer in
            goesOn = progress(0.95 * Double(trainer.step) / Double(training.steps))
            return goesOn
        })
        guard goesOn else { return nil }
        try trainer.restoreBest()

        let answers = try task.answers(of: translator, to: dataset.test)
        let test = try SplitResult(answers, dataset.test, of: task, by: translator)
        guard progress(0.97) else { return nil }
        let longAnswers = try task.answers(of: translator, to: dataset.long)
        let long = try SplitResult(longAnswers, dataset.long, of: task, by: translator)
        // Before the row: a row that is on disk has its details.
        let digest = try details?.write(
            run, dataset.test, answers, of: task,
            speed: RowDetails.ScoringTime.measure(scorer, model.scorerSizes))
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
                decodingTokensPerSecond: Double(answers.tokens) / answers.seconds),
            machine: .current, fingerprint: try? ScorerFingerprint(scorer, model),
            bestHead: HeadLinks(translator, dataset.dev)?.best, details: digest)
    }
}
