// Which sentences: the options of the toy languages, and the user's own text.

import AttentionLab
import Terminal

enum DataOptions {
    static let toy =
        Option.all([Experiment.dataSeed], Experiment(tasks: [], scorers: []))
        + ToyOptions.settings.map { Option($0, standard: standard($0)) }

    /// The default: of the first task that reads the option, and of the others where theirs are different.
    private static func standard(_ setting: Setting<ToyOptions>) -> String {
        let readers = Main.tasks.all.filter { task in task.settings.contains { $0.key == setting.key } }
        let values = readers.map { setting.text($0.defaults) }
        let others = values.indices.filter { !values[..<$0].contains(values[$0]) }.dropFirst().map { index in
            let same = readers.indices.filter { values[$0] == values[index] }.map { readers[$0].name }
            return same.joined(separator: ", ") + " \(values[index])"
        }
        return ([values.first ?? setting.text(ToyOptions())] + others).joined(separator: "; ")
    }

    static let ownText = [
        Option("--task", "NAME", "What to train on; `attention data` lists them.", standard: ToyTasks.all[0].name),
        Option(
            "--train", "FILE",
            "Your own text instead: source, tab, target on each line; or two files with as many lines each, "
                + "by giving the option twice (source first). UTF-8, words between spaces; - reads standard input.",
            repeats: true),
        Option(
            "--dev", "FILE",
            "Text to choose the best parameters by, in the same form; without it a tenth is held out, at most 500 pairs.",
            repeats: true),
        Option(
            "--maximum-length", "N", "Leave out pairs of your own text with more words than that on a side.",
            standard: "any length"),
    ]

    /// Draws the sentences; nil where none was given.
    static func seed(_ arguments: Arguments) throws -> UInt64? {
        guard arguments.has(Experiment.dataSeed.flag) else { return nil }
        var experiment = Experiment(tasks: [], scorers: [])
        try arguments.apply([Experiment.dataSeed], to: &experiment)
        return experiment.dataSeed
    }

    /// Puts what was given in the place of what is there.
    static func apply(_ arguments: Arguments, _ options: inout ToyOptions) throws {
        try arguments.apply(ToyOptions.settings, to: &options)
    }

    /// The options of one of several tasks: a rate that only another one has is left out.
    static func applied(_ arguments: Arguments, to old: ToyOptions, of task: String) throws -> ToyOptions {
        var options = old
        try apply(arguments, &options)
        let known = Main.tasks[task]?.defaults.rates ?? [:]
        options.rates = options.rates.filter { old.rates[$0.key] != nil || known[$0.key] != nil }
        return options
    }

    /// - Throws: `UsageError` for a rate that none of the tasks has.
    static func checkRates(_ arguments: Arguments, _ tasks: [any MeasuredTask]) throws {
        let known = Set(tasks.flatMap { $0.defaults.rates.keys }).sorted()
        for name in arguments.texts("--rates").map({ String($0.prefix { $0 != "=" }) }) where !known.contains(name) {
            let names = tasks.map(\.name).joined(separator: ", ")
            throw UsageError(
                "\(arguments.given("--rates")) names “\(name)”, which is no rate of \(names). "
                    + (known.isEmpty ? "Leave it out: there are none" : Suggestion.orList(for: name, among: known)))
        }
    }

    /// A flag that means nothing to these tasks is most likely a mistake.
    static func tellUnread(_ arguments: Arguments, _ tasks: [any MeasuredTask], _ console: Console) {
        // A rate that a task does not have is refused.
        for setting in ToyOptions.settings where arguments.has(setting.flag) && !setting.form.repeats {
            func reads(_ task: any MeasuredTask) -> Bool { task.settings.contains { $0.key == setting.key } }
            guard !tasks.contains(where: reads) else { continue }
            func names(_ tasks: [any MeasuredTask]) -> String { tasks.map { $0.name }.joined(separator: ", ") }
            console.remark(
                "attention: \(arguments.given(setting.flag)) changes nothing in \(names(tasks)); "
                    + "it is read by \(names(Main.tasks.all.filter(reads)))\n")
        }
    }

    static func task(named name: String) throws -> any MeasuredTask {
        guard let task = Main.tasks[name] else {
            throw UsageError("there is no task “\(name)”. \(Suggestion.orList(for: name, among: Main.tasks.names))")
        }
        return task
    }

    static func scorer(named name: String) throws -> any AttentionScorer.Type {
        guard let scorer = Main.scorers.first(where: { $0.card.name == name }) else {
            if let group = Main.names.groups.first(where: { $0.name == name }) {
                throw UsageError(
                    "“\(name)” means several scorers, and a model has one; give one of them: "
                        + group.scorers.joined(separator: ", "))
            }
            throw UsageError(
                "there is no scorer “\(name)”. \(Suggestion.orList(for: name, among: Main.scorers.map { $0.card.name }))"
            )
        }
        return scorer
    }

    /// The data of a toy language or of the user's files.
    static func dataset(_ arguments: Arguments, _ console: Console) throws -> TrainingText {
        let files = arguments.texts("--train")
        guard !files.isEmpty else {
            for name in ["--dev", "--maximum-length"] where arguments.has(name) {
                throw UsageError(
                    "\(name) belongs to --train; a toy language has its own \(name == "--dev" ? "dev split" : "lengths (--lengths)")"
                )
            }
            let task = try task(named: arguments.text("--task") ?? ToyTasks.all[0].name)
            var options = task.defaults
            try apply(arguments, &options)
            tellUnread(arguments, [task], console)
            return TrainingText(dataset: try task.dataset(seed: seed(arguments) ?? 1, options: options), files: [])
        }
        guard !arguments.has("--task") else {
            throw UsageError("--task and --train name two sources of data; give one of them")
        }
        let train = try text(files, "--train", arguments)
        let dev = try arguments.texts("--dev").isEmpty ? nil : text(arguments.texts("--dev"), "--dev", arguments)
        tell([train] + (dev.map { [$0] } ?? []), console)
        let name = files.joined(separator: " and ")
        let dataset =
            try dev.map { Dataset(name: name, train: train.pairs, dev: $0.pairs, test: []) }
            ?? Dataset(name: name, pairs: train.pairs)
        return TrainingText(dataset: dataset, files: [train] + (dev.map { [$0] } ?? []))
    }

    private static func text(_ files: [String], _ option: String, _ arguments: Arguments) throws -> ParallelText {
        guard files.count <= 2 else {
            throw UsageError(
                "\(option) was given \(files.count) times; give it once (source, tab, target) or twice (source file, target file)"
            )
        }
        let text = try ParallelText(files, limit: arguments.integer("--maximum-length", 1...1_000_000))
        guard text.pairs.isEmpty else { return text }
        let left = text.blankLines.count + text.longLines.count
        throw InputError(
            left == 0
                ? "there is no sentence in it; give at least a few hundred pairs"
                : "there is no pair of sentences in it: \(NumberText.count(text.blankLines.count, "line")) without words on a side"
                    + (text.longLines.isEmpty ? "" : " and \(text.longLines.count) longer than --maximum-length")
                    + "; give at least a few hundred pairs",
            file: files[0])
    }

    /// What was left out of the texts, and what their owner cannot see in them.
    static func tell(_ texts: [ParallelText], _ console: Console) {
        var oddities = TextOddities()
        for text in texts {
            for remark in text.remarks(limitOption: "--maximum-length") { console.remark("attention: \(remark)\n") }
            for (pair, line) in zip(text.pairs, text.lines) {
                oddities.add(pair.source, at: "\(text.files[0]):\(line)")
                oddities.add(pair.target, at: "\(text.files.last ?? ""):\(line)")
            }
        }
        for remark in oddities.remarks { console.remark("attention: \(remark)\n") }
    }
}

/// What a model is trained on, and the files it stands in.
struct TrainingText {
    let dataset: Dataset
    /// Empty for a toy language.
    let files: [ParallelText]

    /// The file and line of a pair; nil where it is not from a file.
    func place(of pair: SentencePair) -> (file: String, line: Int)? {
        for text in files { if let line = text.line(of: pair) { return (text.files.joined(separator: " and "), line) } }
        return nil
    }
}
