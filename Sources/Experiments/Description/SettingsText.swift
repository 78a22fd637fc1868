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
        let (model, training) = experiment.settings(in: alone)
        var lines: [String] = []
        // Rows say what was run; the experiment, what is going to be.
        let row = results.rows.first {
            section.has($0) && (alone != nil || experiment.dataCondition(task, in: $0.condition) == nil)
        }
        let data = row?.data ?? experiment.options(task, in: alone)
        let lexicon = Self.lexicon(data, experiment.taskList[task])
        lines.append(
            "data: \(data.trainPairs) training pairs of \(Self.range(data.lengths)) words, \(data.devPairs) dev, "
                + "\(data.testPairs) test, "
                + "\(data.longPairs) long (\(Self.range(data.longLengths)) words); \(lexicon); data seed "
                + "\(experiment.dataSeed)")
        if let row {
            lines.append("vocabulary: \(row.sourceVocabulary) source and \(row.targetVocabulary) target words")
        }
        lines.append(
            "model: \(model.encoder.rawValue) encoder, \(model.cell.rawValue.uppercased()) cells, query \(model.timing.rawValue) "
                + "the cell, "
                + "feeding \(model.feeding.rawValue), bridge \(model.bridge.rawValue), \(model.normalisation.rawValue) softmax\(Self.copying(model)); "
                + "E \(model.embedding), H \(model.hidden), D \(model.state), A \(model.attention), sources up to \(model.maximumSource) "
                + "words for location scorers")
        let final = NumberText.text(training.learningRate * training.finalLearningRate, significant: 3)
        lines.append(
            "training: at most \(NumberText.count(training.steps, "step")) of \(training.batchSize) "
                + "pairs\(training.shardCount > 1 ? " in \(training.shardCount) parts" : ""), Adam "
                + "\(NumberText.text(training.learningRate, significant: 3)) "
                + "falling to \(final), β₂ \(NumberText.text(training.beta2, significant: 3)), gradient norm at most "
                + "\(NumberText.text(training.clip, significant: 3)), a look at dev every \(training.evaluationInterval) steps, "
                + "patience \(training.patience), \(experiment.seeds == 1 ? "seed 1" : "seeds 1 to \(experiment.seeds)")"
        )
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
        let (model, training) = experiment.settings(in: name)
        let changes =
            SettingDifference.all(experiment.model, model) + SettingDifference.all(experiment.training, training)
            + SettingDifference.all(experiment.options(task, in: nil), experiment.options(task, in: name))
        return
            "\(name) (\(changes.isEmpty ? "as above" : changes.map { "\($0.what) \($0.new)" }.joined(separator: ", ")))"
    }

    /// What most models do not do.
    private static func copying(_ model: ModelSettings) -> String {
        (model.copying == .none ? "" : ", copying by \(model.copying.rawValue)")
            + (model.minimumCount > 1 ? ", words seen less than \(model.minimumCount) times unknown" : "")
    }

    private static func range(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

    /// What the task makes of its options, where they differ from nothing.
    private static func lexicon(_ data: ToyOptions, _ task: (any MeasuredTask)?) -> String {
        let standard = task?.defaults.rates ?? [:]
        let changed = data.rates.filter { standard[$0.key] != $0.value }.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value)"
        }
        let words =
            standard.isEmpty
            ? "\(data.symbols) symbols"
            : "\(NumberText.text(data.lexiconShare * 100, significant: 3)) % of the lexicon"
        return ([words] + changed).joined(separator: ", ")
    }
}

extension Machine {
    /// In one line.
    public var text: String { "\(processor), \(cores) cores, \(system), Swift \(swift), \(build)" }
}
