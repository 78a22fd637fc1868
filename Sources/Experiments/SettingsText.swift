// Every setting that changes the result, in words: what stands above a table.

import Corpora
import Reports
import Seq2Seq

struct SettingsText {
    let lines: [String]

    init(_ results: ResultsFile, _ task: String) {
        let experiment = results.experiment, model = experiment.model, training = experiment.training
        var lines: [String] = []
        if let data = results.rows.first(where: { $0.task == task }).map(\.data) ?? experiment.data[task] {
            lines.append("data: \(data.trainPairs) training pairs of \(Self.range(data.lengths)) words, \(data.devPairs) dev, \(data.testPairs) test, "
                + "\(data.longPairs) long (\(Self.range(data.longLengths)) words); \(Self.lexicon(data, task)); data seed \(experiment.dataSeed)")
            if let row = results.rows.first(where: { $0.task == task }) {
                lines.append("vocabulary: \(row.sourceVocabulary) source and \(row.targetVocabulary) target words")
            }
        }
        lines.append("model: \(model.encoder.rawValue) encoder, \(model.cell.rawValue.uppercased()) cells, query \(model.timing.rawValue) the cell, "
            + "feeding \(model.feeding.rawValue), bridge \(model.bridge.rawValue), \(model.normalisation.rawValue) softmax; "
            + "E \(model.embedding), H \(model.hidden), D \(model.state), A \(model.attention), sources up to \(model.maximumSource) words for location scorers")
        let final = NumberText.text(training.learningRate * training.finalLearningRate, significant: 3)
        lines.append("training: at most \(training.steps) steps of \(training.batchSize) pairs\(training.shardCount > 1 ? " in \(training.shardCount) parts" : ""), Adam \(NumberText.text(training.learningRate, significant: 3)) "
            + "falling to \(final), β₂ \(NumberText.text(training.beta2, significant: 3)), gradient norm at most \(NumberText.text(training.clip, significant: 3)), a look at dev every \(training.evaluationInterval) steps, "
            + "patience \(training.patience), \(experiment.seeds == 1 ? "seed 1" : "seeds 1 to \(experiment.seeds)")")
        let machines = Set(results.rows.map(\.machine.text)).sorted()
        if !machines.isEmpty { lines.append("machine: " + machines.joined(separator: "; ")) }
        self.lines = lines
    }

    private static func range(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

    /// What the task makes of its options, where they differ from nothing.
    private static func lexicon(_ data: ToyOptions, _ task: String) -> String {
        let standard = ToyTasks.named(task)?.defaults.rates ?? [:]
        let changed = data.rates.filter { standard[$0.key] != $0.value }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        let words = standard.isEmpty ? "\(data.symbols) symbols" : "\(NumberText.text(data.lexiconShare * 100, significant: 3)) % of the lexicon"
        return ([words] + changed).joined(separator: ", ")
    }
}

extension Machine {
    /// In one line.
    public var text: String { "\(processor), \(cores) cores, \(system), Swift \(swift), \(build)" }
}
