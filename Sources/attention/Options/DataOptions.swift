// Which sentences: the options of the toy languages, or the user's own text.

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

    static let ownText =
        [
            Option("--task", "NAME", "What to train on; `attention data` lists them.", standard: ToyTasks.all[0].name)
        ] + OwnTextOptions.trained

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
        if let reading = try OwnTextOptions.reading(arguments, console) {
            for option in toy where arguments.has(option.name) {
                console.remark(
                    "attention: \(arguments.given(option.name)) changes nothing in a text of your own, which is trained on "
                        + "whole\n")
            }
            var text = reading.text
            text.sizes = reading.sizes
            return TrainingText(dataset: reading.dataset, reading: reading, task: FileTask(text))
        }
        let task = try task(named: arguments.text("--task") ?? ToyTasks.all[0].name)
        var options = task.defaults
        try apply(arguments, &options)
        tellUnread(arguments, [task], console)
        return TrainingText(
            dataset: try task.dataset(seed: seed(arguments) ?? 1, options: options), reading: nil, task: task)
    }
}
