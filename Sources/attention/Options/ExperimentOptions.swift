// Which experiment a set of flags means: the default, one that comes with the toolkit, or one in a file, with whatever
// is given beside it.

import AttentionLab
import Foundation
import Terminal

enum ExperimentOptions {
    static let all =
        [
            Option(
                "--experiment", "WHAT",
                "A file of all settings (FILE.json), or one of those that `attention experiments` lists; flags given beside it win.",
                standard: "default"),
            Option(
                "--print-experiment", "Write the experiment that these flags mean, for --experiment, and train nothing."
            ),
            Option(
                "--tasks", "A,B", "What to compare on; `attention data` lists them.", standard: ToyTasks.all[0].name),
            scorers,
        ] + Option.all([Experiment.seedCount], Experiment(tasks: [], scorers: []))

    /// Of `compare` and of `bench`.
    static let scorers = Option(
        "--scorers", "A,B",
        "Scorers, a family of them (content-family), or all; `attention scorers` lists them.",
        standard: "those of the default comparison")

    /// The scorers that are named, alone or as a group; nil where none are.
    static func scorers(_ arguments: Arguments) throws -> [String]? {
        try arguments.names("--scorers", of: "scorer", among: Main.names.known).map(Main.names.expanded)
    }

    /// - Parameter old: that of results that are gone on with.
    static func experiment(from old: Experiment?, _ arguments: Arguments) throws -> Experiment {
        let names = Main.names
        var experiment =
            try arguments.text("--experiment").map { try named($0, names) } ?? old
            ?? Experiment(tasks: [Main.tasks.names[0]], scorers: names.standard)
        experiment.taskList = Main.tasks
        let tasks = experiment.taskList.names
        if let scorers = try scorers(arguments) { choose(scorers, &experiment) }
        if let wanted = try arguments.names("--tasks", of: "task", among: tasks) { experiment.tasks = wanted }
        experiment.texts = experiment.texts.filter { experiment.tasks.contains($0.name) }
        try arguments.apply(Experiment.settings, to: &experiment)
        try OwnTextOptions.apply(arguments, to: &experiment)
        try ModelOptions.apply(arguments, &experiment.model, &experiment.training)
        let chosen = experiment.taskList.all.filter { experiment.tasks.contains($0.name) }
        try DataOptions.checkRates(arguments, chosen)
        for task in chosen {
            let options = try DataOptions.applied(
                arguments, to: experiment.data[task.name] ?? task.defaults, of: task.name)
            experiment.data[task.name] = try OwnTextOptions.counted(
                options, of: task, seed: experiment.dataSeed, arguments)
        }
        experiment.data = experiment.data.filter { experiment.tasks.contains($0.key) }
        for index in experiment.conditions.indices {
            try apply(arguments, to: &experiment.conditions[index], of: experiment)
        }
        try ModelOptions.refuseUnread(
            arguments, [experiment.model] + experiment.conditions.map { experiment.settings(in: $0.name).model },
            scorers: experiment.scorers)
        // Finished results are drawn even where a scorer of theirs is gone; `Comparison` checks before it trains.
        if old == nil || arguments.has("--experiment") { try experiment.check(scorers: names.names) }
        return experiment
    }

    /// A flag means every condition: what it sets, they no longer vary.
    private static func apply(_ arguments: Arguments, to condition: inout Condition, of experiment: Experiment) throws {
        var (model, training) = experiment.settings(in: condition.name)
        try ModelOptions.apply(arguments, &model, &training)
        if condition.model != nil { condition.model = model }
        if condition.training != nil { condition.training = training }
        for (task, options) in condition.data ?? [:] {
            let isWanted = experiment.tasks.contains(task)
            condition.data?[task] = isWanted ? try DataOptions.applied(arguments, to: options, of: task) : nil
        }
    }

    /// Conditions that are run with some scorers only keep those that are still wanted.
    private static func choose(_ scorers: [String], _ experiment: inout Experiment) {
        experiment.scorers = scorers
        for index in experiment.conditions.indices {
            experiment.conditions[index].scorers = experiment.conditions[index].scorers?.filter(scorers.contains)
        }
    }

    /// A file, or a name of the list.
    private static func named(_ what: String, _ scorers: ScorerNames) throws -> Experiment {
        let all = BuiltInExperiment.all(scorers: scorers.standard)
        guard let found = all.first(where: { $0.name == what }) else {
            if what.hasSuffix(".json") || what.contains("/") || FileManager.default.fileExists(atPath: what) {
                return try ExperimentFile.read(what, scorers: scorers, parts: Main.parts, tasks: Main.tasks)
            }
            throw UsageError(
                "there is no experiment “\(what)”, and no file of that name. "
                    + "\(Suggestion.orList(for: what, among: all.map(\.name)))")
        }
        switch found.kind {
        case .comparison(let experiment, _): return experiment
        case .measurement:
            throw UsageError(
                "the experiment “\(what)” compares no scorers: run it with `attention experiments \(what)`")
        }
    }
}
