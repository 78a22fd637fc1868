// Results of another program: of a build that rounds otherwise, or with parts of models that this one does not have.

import Corpora
public import Seq2Seq

extension ResultsFile {
    /// Models and trainings with the parts that there are; a part that is not there keeps its name, and nothing can be
    /// trained with it.
    func resolved(among parts: PartList) -> ResultsFile {
        var results = self
        results.experiment = experiment.changed(
            { $0.resolved(among: parts) { _, _, _ in } }, { $0.resolved(among: parts) { _, _, _ in } })
        for index in rows.indices {
            results.rows[index].model = rows[index].model.resolved(among: parts) { _, _, _ in }
            results.rows[index].training = rows[index].training.resolved(among: parts) { _, _, _ in }
        }
        return results
    }

    /// A sentence for each part of a model that the results name and this program does not have.
    public func unknownParts(among parts: PartList) -> [String] {
        var sentences: [String] = []
        func tell(_ noun: String, _ name: String, _ known: [String]) {
            let sentence =
                "these results name the \(noun) \(TerminalText.quoted(name)), which this program does not have "
                + "(there are: \(known.joined(separator: ", "))). Their figures are shown as they are; nothing can be "
                + "trained with it"
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        let models = [experiment.model] + experiment.conditions.compactMap(\.model) + rows.map(\.model)
        for model in models { _ = model.resolved(among: parts, unknown: tell) }
        let trainings = [experiment.training] + experiment.conditions.compactMap(\.training) + rows.map(\.training)
        for training in trainings { _ = training.resolved(among: parts, unknown: tell) }
        return sentences
    }

    /// What to say before rows of this build join those of another one; nil where all round alike.
    public func remarkOnBuild(_ build: String = Machine.current.build) -> String? {
        let others = Set(rows.map(\.machine.build)).subtracting([build]).sorted()
        guard !others.isEmpty else { return nil }
        let count = rows.count { $0.machine.build != build }
        return
            "\(count) of the \(Counted.text(rows.count, "training")) in these results "
            + "\(count == 1 ? "was" : "were") made by a build with \(others.joined(separator: " and ")), and this one has "
            + "\(build): the same seed rounds otherwise in each, and the table will mix them; for one rounding, go on with "
            + "that build (ATTENTIONLAB_VECTORS), or begin a new folder with --output"
    }
}
