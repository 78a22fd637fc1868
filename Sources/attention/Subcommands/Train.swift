// `attention train`: one model, kept in a file.

import AttentionLab
import Dispatch
import Foundation
import Synchronization
import Terminal

enum Train: Subcommand {
    static let name = "train"
    static let summary = "Train one scorer on a toy language or on your own text, and keep the model."
    static let details = """
        The checkpoint is written at every look at dev. A training ends after --steps, or earlier where the dev loss has
        not fallen for --patience looks, and keeps the parameters with the lowest. After Ctrl-C, the same command with
        --resume goes on from the last look, and ends with the same numbers as if it had never stopped. A batch can be
        computed in parts (--shards), on as many threads as there are (--threads); the numbers are the same on any.
        """
    static let options =
        [
            Option("--scorer", "NAME", "`attention scorers` lists them.", standard: standardScorer),
            Option("--output", "FILE", "The checkpoint.", standard: "model.checkpoint"),
            Option("--resume", "Go on with the training in --output FILE."),
            Option(
                "--threads", "N", "Share the parts of each batch (--shards).",
                standard: "one a part, at most one a core"),
            Option(TrainingSettings.seed, standard: TrainingSettings.seed.text(TrainingSettings())),
            TextFormat.option,
        ] + DataOptions.ownText + ModelOptions.all + DataOptions.toy
    static let examples = [
        (why: "Bahdanau's scorer on English to French", command: "attention train"),
        (
            why: "your own text, tab separated",
            command: "attention train --train pairs.tsv --scorer luong-general --hidden 64 --output mine.checkpoint"
        ),
        (why: "one training on two threads", command: "attention train --batch-size 64 --threads 2"),
        (
            why: "your own text in two files",
            command: "attention train --train train.en --train train.fr --steps 4000 --minimum-count 2"
        ),
    ]

    static let standardScorer = Catalog.scorers[0].card.name

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let (path, exists) = try place(arguments)
        let text = try DataOptions.dataset(arguments, console), file = try OwnedFile(path)
        let threads = try arguments.integer("--threads", 1...1024) ?? ProcessInfo.processInfo.activeProcessorCount
        let trainer =
            try exists
            ? resumed(arguments, text, path, threads: threads) : fresh(arguments, text, console, threads: threads)
        tell(trainer, text.dataset, arguments, threads: threads, console)
        // A place that cannot be written is better known now than after the first look.
        try Checkpoint.save(trainer, to: file)
        Platform.watchInterrupts()
        try run(trainer, keptIn: file, console)
        if Platform.isInterrupted, !trainer.isFinished { throw interrupted(trainer, path, console) }
        try trainer.restoreBest()
        let result = try Result(trainer, text.dataset, file: path)
        switch format {
        case .json: try console.print(json: result)
        case .text: try console.print(words: result.text)
        }
    }

    /// Where the checkpoint is kept, and whether there is one to go on with.
    private static func place(_ arguments: Arguments) throws -> (path: String, exists: Bool) {
        let path = arguments.text("--output") ?? "model.checkpoint"
        guard path != TextFile.standardInput else {
            throw UsageError("--output is “-”, but a checkpoint is a file and not for a pipe; name one")
        }
        let exists = FileManager.default.fileExists(atPath: path)
        if exists, !arguments.has("--resume") {
            throw UsageError("\(path) exists; go on with it (--resume), or give another --output. Nothing was changed")
        }
        if !exists, arguments.has("--resume") {
            throw UsageError("there is no \(path) to go on with; leave out --resume, or give the file with --output")
        }
        return (path, exists)
    }

    /// The training of a checkpoint, with the settings and the text that it was begun with.
    private static func resumed(
        _ arguments: Arguments, _ text: TrainingText, _ path: String, threads: Int
    ) throws -> Trainer {
        let dataset = text.dataset
        let trainer = try Checkpoint.resume(
            path, scorers: Main.scorers, parts: Main.parts, train: dataset.train, dev: dataset.dev, threads: threads)
        try refuseChanges(arguments, trainer, path)
        try MemoryCheck.check(trainer.translator, trainer.settings, text)
        // The scorer may have been edited since.
        let model = trainer.translator.model.settings
        try model.check(
            DataOptions.scorer(named: model.scorer), longestSource: trainer.translator.longestSource(of: dataset))
        return trainer
    }

    /// What is trained, and what of it the user may not expect.
    private static func tell(
        _ trainer: Trainer, _ dataset: Dataset, _ arguments: Arguments, threads: Int, _ console: Console
    ) {
        let model = trainer.translator.model
        console.remark(
            "\(dataset.name): \(NumberText.count(dataset.train.count, "training pair")), \(dataset.dev.count) dev; "
                + "\(model.settings.scorer), \(model.parameters.count) parameters\n")
        if trainer.isFinished {
            console.remark("attention: this training is finished: \(ending(trainer)); there is nothing to go on with\n")
        }
        let parts = trainer.settings.shardCount
        guard arguments.has("--threads"), threads > parts else { return }
        console.remark(
            "attention: a batch of this training has \(NumberText.count(parts, "part")), so that no more threads have work; "
                + "--shards \(threads) makes \(threads) parts (a training that begins so rounds its sums otherwise)\n")
    }

    /// Trains, and leaves no file behind of a training that never came to a look at dev: untrained numbers are no
    /// model.
    private static func run(_ trainer: Trainer, keptIn file: OwnedFile, _ console: Console) throws {
        let path = file.path
        do { try run(trainer, console) { try Checkpoint.save($0, to: file) } } catch let error as RunError {
            if trainer.history.isEmpty {
                try? FileManager.default.removeItem(atPath: path)
                throw RunError(
                    "\(error.description). No file was left of it, so that the command can be given again with other settings"
                )
            }
            throw RunError(
                "\(error.description). \(path) has the training up to step \(trainer.history.last?.step ?? 0), and its best parameters can be used; "
                    + "one with other settings needs another --output, or that file out of its way")
        }
    }

    private static func interrupted(_ trainer: Trainer, _ path: String, _ console: Console) -> Interrupted {
        if let last = trainer.history.last {
            console.note(
                "attention: interrupted; \(path) has the training up to step \(last.step). Go on with the same command and --resume\n"
            )
        } else {
            try? FileManager.default.removeItem(atPath: path)
            console.note(
                "attention: interrupted before the first look at dev (step \(trainer.settings.evaluationInterval)); nothing was kept. "
                    + "Begin again with the same command\n")
        }
        return Interrupted()
    }

    static func fresh(
        _ arguments: Arguments, _ text: TrainingText, _ console: Console, threads: Int = 1
    ) throws -> Trainer {
        let dataset = text.dataset, scorer = try DataOptions.scorer(named: arguments.text("--scorer") ?? standardScorer)
        var model = ModelSettings(scorer: scorer.card.name), training = TrainingSettings()
        try ModelOptions.apply(arguments, &model, &training)
        try ModelOptions.tellReplaced(arguments, [text.task].compactMap { $0 }, console)
        text.task?.fit(&model, &training)
        try ModelOptions.refuseUnread(arguments, [model], scorers: [model.scorer])
        try arguments.apply([TrainingSettings.seed], to: &training)
        if let remark = Body.remark(on: model, training) { console.remark("attention: \(remark)\n") }
        let watch = console.watch()
        watch.sign("a first step of \(scorer.card.name)")
        defer { watch.stop() }
        try training.check(model, scorer.card, pairs: dataset.train)
        let vocabularies = model.vocabularies(of: dataset.train)
        try model.check(scorer, longestSource: vocabularies.longestSource(of: dataset))
        let translator = Translator(model, scorer: scorer, vocabularies: vocabularies, seed: training.seed)
        try OwnTextOptions.tellWords(vocabularies, model, dataset, console)
        let trainer = try Trainer(translator, training, train: dataset.train, dev: dataset.dev, threads: threads)
        try MemoryCheck.check(trainer.translator, trainer.settings, text)
        return trainer
    }

    /// How a finished training came to its end.
    private static func ending(_ trainer: Trainer) -> String {
        let (step, steps) = (trainer.step, trainer.settings.steps)
        guard step < steps, let best = trainer.bestStep else {
            return "\(step) of \(NumberText.count(steps, "step")) \(step == 1 ? "was" : "were") made"
        }
        return
            "stopped after \(step) of \(NumberText.count(steps, "step")): no lower dev loss in \(NumberText.count(trainer.settings.patience, "look")); "
            + "the parameters of step \(best) are kept"
    }

    /// A training goes on with the settings it began with: what is given beside --resume may repeat them, and not
    /// change them.
    private static func refuseChanges(_ arguments: Arguments, _ trainer: Trainer, _ path: String) throws {
        let (model, training) = (trainer.translator.model.settings, trainer.settings)
        var (wantedModel, wantedTraining) = (model, training)
        try ModelOptions.apply(arguments, &wantedModel, &wantedTraining)
        wantedModel.scorer = arguments.text("--scorer") ?? model.scorer
        try arguments.apply([TrainingSettings.seed], to: &wantedTraining)
        guard
            let change = SettingDifference.all(model, wantedModel).first
                ?? SettingDifference.all(training, wantedTraining).first
        else { return }
        throw InputError(
            "this training was begun with \(change.option) \(change.old), but \(change.new) was asked for; leave the option out, or "
                + "give another --output", file: path)
    }

    /// Trains with progress, until the end or Ctrl-C.
    static func run(_ trainer: Trainer, _ console: Console, save: (Trainer) throws -> Void = { _ in }) throws {
        var line = ProgressLine(isTerminal: console.errorsAreTerminal)
        let begin = trainer.step, steps = trainer.settings.steps, start = DispatchTime.now().uptimeNanoseconds
        let watch = console.watch(), name = "the training of \(trainer.translator.model.settings.scorer)"
        watch.sign(name)
        defer { watch.stop() }
        try trainer.run(
            save: { trainer in
                try save(trainer)
                guard let report = trainer.history.last else { return }
                let best = report.devLoss == trainer.bestDevLoss ? ", the best" : ""
                console.progress(line.clear)
                console.remark(
                    "step \(report.step), epoch \(report.epoch + 1): train loss \(NumberText.text(report.trainLoss, digits: 3)), "
                        + (report.terms ?? []).map { "\($0.name) \(NumberText.text($0.value, digits: 3)), " }.joined()
                        + "dev loss \(NumberText.text(report.devLoss, digits: 3))\(best)"
                        + pace(trainer, since: begin, start) + "\n")
            },
            progress: { trainer in
                watch.sign(name)
                let share = Double(trainer.step - begin) / Double(max(steps - begin, 1))
                let speed = trainer.tokensPerSecond.map { ", \(Int($0)) tokens/s" } ?? ""
                if console.errorsAreTerminal, let text = line.update(share, "step \(trainer.step) of \(steps)\(speed)")
                {
                    console.progress(text)
                }
                return !Platform.isInterrupted
            })
        console.progress(line.clear)
        if trainer.isFinished, trainer.step < steps, begin < trainer.step { console.remark("\(ending(trainer))\n") }
    }

    /// How fast it goes, and how long it would go on.
    private static func pace(_ trainer: Trainer, since begin: Int, _ start: UInt64) -> String {
        guard !trainer.isFinished, trainer.step > begin, let speed = trainer.tokensPerSecond else { return "" }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        let left = seconds / Double(trainer.step - begin) * Double(trainer.settings.steps - trainer.step)
        return "; \(Int(speed)) tokens/s, at most \(ProgressLine.duration(left)) left"
    }

    /// What came of it, on the test split of a toy language or on dev of the user's own text.
    private struct Result: Encodable {
        let scorer: String, checkpoint: String, split: String
        let parameters: Int, steps: Int
        /// That were asked for; fewer were made where the dev loss had stopped falling.
        let stepLimit: Int
        /// Whose parameters are kept.
        @ExplicitNull var bestStep: Int?
        let devLoss: Double
        /// Terms of the loss, before the step whose parameters are kept; nil where it has none.
        let terms: [TermValue]?
        @ExplicitNull var bleu: Double?
        @ExplicitNull var sentenceAccuracy: Double?
        @ExplicitNull var aer: Double?
        /// Of the weights themselves, where `aer` is of the posterior; the key is missing elsewhere.
        let priorAER: Double?
        /// Translations that the model did not end itself, and of how many.
        let cutOff: Int, translations: Int
        /// nil where nothing was trained.
        @ExplicitNull var trainingTokensPerSecond: Double?
        private let ending: String

        private enum CodingKeys: String, CodingKey {
            case scorer, checkpoint, split, parameters, steps, stepLimit, bestStep, devLoss, terms, bleu,
                sentenceAccuracy, aer, priorAER, cutOff, translations
            case trainingTokensPerSecond
        }

        init(_ trainer: Trainer, _ dataset: Dataset, file: String) throws {
            let translator = trainer.translator, pairs = dataset.test.isEmpty ? dataset.dev : dataset.test
            (scorer, checkpoint, split) = (
                translator.model.settings.scorer, file, dataset.test.isEmpty ? "dev" : "test"
            )
            (parameters, steps, devLoss) = (translator.model.parameters.count, trainer.step, trainer.bestDevLoss)
            (stepLimit, ending) = (trainer.settings.steps, Train.ending(trainer))
            (bestStep, terms) = (trainer.bestStep, trainer.history.first { $0.step == trainer.bestStep }?.terms)
            let answers = try Answers(translating: pairs, with: translator)
            (cutOff, translations) = (answers.cutOff, pairs.count)
            var report = TranslationReport(), alignment = AlignmentReport(decoding: .forced)
            for (pair, output) in zip(pairs, answers.outputs) { report.add(output: output, pair) }
            for (pair, matrix) in zip(pairs, answers.weights) { alignment.add(matrix, pair) }
            bleu = report.all.bleuScore
            sentenceAccuracy = report.all.accuracy.sentenceAccuracy
            aer = alignment.all.links.aer
            priorAER = answers.priorLinks(pairs)?.aer
            trainingTokensPerSecond = trainer.tokensPerSecond
        }

        var text: String {
            let prior =
                priorAER.map { " of the posterior (of the weights alone \(NumberText.text($0, digits: 3)))" } ?? ""
            let speed = trainingTokensPerSecond.map { "; \(Int($0)) training tokens/s" } ?? ""
            let end = steps < stepLimit ? "\(ending)\n" : ""
            let verbs = cutOff == 1 ? "did not end by itself and was" : "did not end by themselves and were"
            let cut =
                cutOff > 0
                ? "\(cutOff) of \(NumberText.count(translations, "translation")) \(verbs) cut off "
                    + "(a model that repeats itself is the usual cause)\n" : ""
            return "\(scorer) after \(NumberText.count(steps, "step")): dev loss \(NumberText.text(devLoss, digits: 3))"
                + (terms ?? []).map { ", \($0.name) \(NumberText.text($0.value, digits: 3))" }.joined()
                + "; on \(split) BLEU "
                + "\(bleu.map { NumberText.text($0, digits: 1) } ?? "–"), "
                + "\(sentenceAccuracy.map { NumberText.text($0 * 100, digits: 1) } ?? "–") % of sentences right, AER "
                + "\(aer.map { NumberText.text($0, digits: 3) } ?? "–")\(prior)\(speed)\n\(cut)\(end)\(checkpoint)\n"
        }
    }
}
