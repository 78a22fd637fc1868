// `attention heads`: which relations of grammar the heads of an encoder follow.

import AttentionLab
import Synchronization
import Terminal

enum Heads: Subcommand {
    static let name = "heads"
    static let summary = "Which relations of grammar the heads of an encoder follow, against fixed distances."
    static let details = """
        The words of a source look at one another in an encoder of self-attention. The word that a head attends to most is what it
        points at; the share of a relation is that of its words whose head of the relation is pointed at (Clark et al. 2019, §4.2).
        Beside it stands the best fixed distance, such as “always the word after”. The relations come from the tree that a sentence
        of the toy grammar was said from. Relation, head and distance are chosen on dev and judged on test.

        Without --model, a Transformer is trained for each of --seeds. Which number a head has is chance: over several models the
        heads of a layer stand in the order of what they gained on dev. Intervals are 95 %: over seeds, or over the sentences where
        there is one model.
        """
    static let options =
        [
            Option("--model", "CHECKPOINT", "Read this model of `attention train` instead of training."),
            Option(
                "--task", "NAME", "Whose sentences: \(tasks).", standard: HeadStudy.Settings().task),
            Option("--scorer", "NAME", "Of the decoder.", standard: HeadStudy.Settings().model.scorer),
            Option(Experiment.seedCount, standard: "\(HeadStudy.Settings().seeds)"),
            Option(
                "--svg", "FILE", "Write the shares of the first model there as a picture: heads down, relations across."
            ),
            Option(ModelOptions.body, standard: "transformer"),
            TextFormat.option,
        ] + ModelOptions.all.filter { $0.name != ModelOptions.body.name } + DataOptions.toy
    static let examples = [
        (why: "five Transformers on English to French", command: "attention heads"),
        (
            why: "a recurrent decoder over self-attention",
            command: "attention heads --body recurrent --encoder self-attention"
        ),
        (
            why: "one layer of many heads, with a picture",
            command: "attention heads --layers 1 --heads 8 --svg heads.svg"
        ),
        (
            why: "a model of `attention train --body transformer`",
            command: "attention heads --model mine.checkpoint --format json"
        ),
    ]

    private static var tasks: String {
        ToyTasks.all.filter { $0 is any ParsedTask }.map(\.name).joined(separator: " or ")
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        if let path = arguments.text("--svg") {
            try OutputFile.check(path, "--svg", isNoneOf: arguments.texts("--model"))
        }
        let task = try HeadStudy.parsedTask(
            DataOptions.task(named: arguments.text("--task") ?? HeadStudy.Settings().task).name)
        let study =
            try arguments.text("--model").map { try read($0, task, arguments, console) }
            ?? train(task, arguments, console)
        switch format {
        case .json: try console.print(json: HeadTables.Summary(study, task: task.name))
        case .text: try console.print(HeadTables.text(study, task: task.name, width: console.width))
        }
        guard let path = arguments.text("--svg"), let first = study.readings.first else { return }
        try AtomicFile.write(
            HeadTables.picture(first.reading, seed: study.readings.count > 1 ? first.seed : nil), to: path)
        console.remark("\(path)\n")
    }

    private static func data(_ task: any ParsedTask, _ arguments: Arguments, _ console: Console) throws -> ToyOptions {
        var options = task.defaults
        options.longPairs = 0
        try DataOptions.apply(arguments, &options)
        try DataOptions.checkRates(arguments, [DataOptions.task(named: task.name)])
        return options
    }

    // MARK: a model that is there

    private static func read(
        _ path: String, _ task: any ParsedTask, _ arguments: Arguments, _ console: Console
    ) throws -> HeadStudy {
        let training = ["--scorer", Experiment.seedCount.flag] + ModelOptions.all.map(\.name)
        if let other = training.first(where: arguments.has) {
            throw UsageError(
                "\(other) is for training models, but --model names one that is trained; leave one of them out")
        }
        let translator = try TrainedModel.load(path)
        let sentences = try task.treebank(
            seed: DataOptions.seed(arguments) ?? 1, options: data(task, arguments, console))
        tellUnknown(sentences.test.map(\.pair.source), translator, console)
        do {
            return HeadStudy(try HeadReading(translator, dev: sentences.dev, test: sentences.test), seed: 1)
        } catch let error as InputError { throw InputError(error.message, file: path) }
    }

    /// A model of another text reads mere unknown words here.
    private static func tellUnknown(_ sentences: [[String]], _ translator: Translator, _ console: Console) {
        let words = sentences.joined(), unknown = words.count { !translator.knows($0, .source) }
        guard unknown > 0 else { return }
        console.remark(
            "attention: the model has never seen \(unknown) of the \(NumberText.count(words.count, "word")) of these sentences, and "
                + "reads <unknown> for each; was it trained on another task or with another --lexicon-share?\n")
    }

    // MARK: models that are trained here

    private static func train(_ task: any ParsedTask, _ arguments: Arguments, _ console: Console) throws -> HeadStudy {
        var settings = HeadStudy.Settings(), experiment = Experiment(tasks: [], scorers: [])
        experiment.seeds = settings.seeds
        try arguments.apply([Experiment.seedCount], to: &experiment)
        let scorer = try DataOptions.scorer(named: arguments.text("--scorer") ?? settings.model.scorer)
        (settings.task, settings.seeds, settings.model.scorer) = (task.name, experiment.seeds, scorer.card.name)
        (settings.data, settings.dataSeed) = (
            try data(task, arguments, console), try DataOptions.seed(arguments) ?? settings.dataSeed
        )
        try ModelOptions.apply(arguments, &settings.model, &settings.training)
        try ModelOptions.refuseUnread(arguments, [settings.model], scorers: [settings.model.scorer])
        try settings.model.check(scorer, longestSource: settings.data?.lengths.upperBound ?? 0)
        guard settings.model.encoder.part is any LookingEncoder.Type else {
            throw UsageError(
                "the words of a source do not look at each other in the encoder \(settings.model.encoder); take --encoder "
                    + "self-attention, or leave it to --body transformer")
        }
        console.remark(
            "training \(NumberText.count(settings.seeds, "model")) on \(task.name): \(settings.model.encoder) encoder, "
                + "\(settings.model.decoder) decoder, \(NumberText.count(settings.training.steps, "step"))\n")
        Platform.watchInterrupts()
        let progress = Mutex(Stage("training", console))
        defer { progress.withLock { $0.end() } }
        do {
            return try HeadStudy(settings, scorer: scorer) { share in progress.withLock { $0.show(share) } }
        } catch is CancellationError { throw Interrupted() }
    }
}
