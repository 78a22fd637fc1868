// Every setting that changes the result, in words: what stands above a table.

import Corpora
import Reports
import Seq2Seq

struct SettingsText {
    let lines: [String]

    /// A section of one condition has that condition's settings; one of several has the experiment's, and what each
    /// condition changes.
    init(_ results: ResultsFile, _ section: ResultSection) {
        let experiment = results.experiment, task = section.task
        let alone = section.showsConditions ? nil : section.conditions.first ?? nil
        let (model, training) = experiment.settings(in: alone, task: task)
        var lines: [String] = []
        // Rows say what was run; the experiment, what is going to be.
        let row = results.rows.first {
            section.has($0) && (alone != nil || experiment.dataCondition(task, in: $0.condition) == nil)
        }
        let data = row?.data ?? experiment.options(task, in: alone)
        let known = experiment.taskList[task]
        let read = known?.settings ?? ToyOptions.settings
        lines.append(
            "data: " + read.heading(data, standard: known?.defaults ?? ToyOptions())
                + "; " + [Experiment.dataSeed].heading(experiment, standard: experiment))
        lines += known?.about ?? []
        if let row {
            lines.append("vocabulary: \(row.sourceVocabulary) source and \(row.targetVocabulary) target words")
        }
        lines.append("model: " + ModelSettings.settings(.standard).heading(model, standard: ModelSettings(scorer: "")))
        lines.append(
            "training: " + TrainingSettings.settings(.standard).heading(training, standard: TrainingSettings())
                + ", " + [Experiment.seedCount].heading(experiment, standard: experiment))
        if section.showsConditions {
            let conditions = section.conditions.compactMap { $0 }.map { Self.condition($0, task, experiment) }
            lines.append("conditions: " + conditions.joined(separator: "; "))
        }
        let machines = Set(results.rows.map(\.machine.text)).sorted()
        if !machines.isEmpty { lines.append("machine: " + machines.joined(separator: "; ")) }
        self.lines = lines
    }

    /// What a condition changes: "before: query before the cell" would need a phrase for every setting, so it is the
    /// settings' own names.
    private static func condition(_ name: String, _ task: String, _ experiment: Experiment) -> String {
        let (model, training) = experiment.settings(in: name, task: task)
        let usual = experiment.settings(in: nil, task: task)
        let changes =
            SettingDifference.all(usual.model, model) + SettingDifference.all(usual.training, training)
            + SettingDifference.all(experiment.options(task, in: nil), experiment.options(task, in: name))
        return
            "\(name) (\(changes.isEmpty ? "as above" : changes.map { "\($0.what) \($0.new)" }.joined(separator: ", ")))"
    }
}

extension Machine {
    /// In one line.
    public var text: String { "\(processor), \(cores) cores, \(system), Swift \(swift), \(build)" }
}
