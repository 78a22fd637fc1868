// Whether an experiment can be run at all: asked before anything is trained.

import Corpora
import Seq2Seq

extension Experiment {
    /// - Parameter scorers: the names that there are.
    /// - Throws: `InputError` for a task, scorer or condition that does not exist, is named twice, or is the same as
    ///   another; for no training steps.
    public func check(scorers known: [String]) throws {
        let named = [("task", tasks), ("scorer", scorers), ("condition", conditions.map(\.name))]
        for (kind, names) in named where Set(names).count < names.count {
            throw InputError("a \(kind) is named twice (\(names.joined(separator: ", "))); name each one once")
        }
        for name in tasks where taskList[name] == nil {
            throw InputError("there is no task \"\(name)\"; there are \(taskList.names.joined(separator: ", "))")
        }
        for name in scorers where !known.contains(name) {
            throw InputError("there is no scorer \"\(name)\"; there are \(known.joined(separator: ", "))")
        }
        guard !tasks.isEmpty, !scorers.isEmpty else {
            throw InputError(
                "an experiment needs at least one task and one scorer; \(tasks.isEmpty ? "no task" : "no scorer") was named"
            )
        }
        for condition in conditionNames where settings(in: condition).training.steps < 1 {
            let place = condition.map { " in the condition \"\($0)\"" } ?? ""
            throw InputError(
                "\(settings(in: condition).training.steps) training steps were asked for\(place); there is nothing to "
                    + "compare without at least 1")
        }
        for condition in conditions { try check(condition) }
        try checkRead()
        for (index, condition) in conditions.enumerated() {
            for earlier in conditions[..<index] where isSame(earlier, condition) {
                throw InputError(
                    "the conditions \"\(earlier.name)\" and \"\(condition.name)\" are the same with these settings: nothing "
                        + "is varied between them; "
                        + "leave out one of them, or the setting that made them equal")
            }
        }
    }

    /// A file may hold every setting, as `--print-experiment` writes them; one that was changed must say something.
    private func checkRead() throws {
        let models = conditionNames.map { settings(in: $0).model }, standard = ModelSettings(scorer: "")
        let all = ModelSettings.settings(.standard)
        for setting in ModelSettings.unread(all, in: models, scorers: scorers) {
            guard let model = models.first(where: { setting.text($0) != setting.text(standard) }) else { continue }
            throw InputError("model.\(setting.key) changes nothing \(model.remedy(unread: setting))")
        }
    }

    private func check(_ condition: Condition) throws {
        guard condition.name.contains(where: { !$0.isWhitespace }), !condition.name.contains(where: \.isNewline) else {
            throw InputError(
                "a condition has no name on one line; name it after what it changes, such as \"before\" or \"500 pairs\""
            )
        }
        guard
            condition.name.unicodeScalars.contains(where: { TerminalText.quoted(String($0)) == "“\($0)”" && $0 != " " })
        else {
            throw InputError(
                "nothing of the name of the condition \(TerminalText.quoted(condition.name)) can be seen; name it after what it changes"
            )
        }
        if let stranger = condition.scorers?.first(where: { !scorers.contains($0) }) {
            throw InputError(
                "the condition \"\(condition.name)\" names the scorer \"\(stranger)\", "
                    + "which is not among the experiment's: \(scorers.joined(separator: ", "))")
        }
        guard !scorers(in: condition.name).isEmpty else {
            throw InputError(
                "the condition \"\(condition.name)\" has no scorer; leave out its scorers, and it has those of the experiment"
            )
        }
        if let stranger = condition.data?.keys.sorted().first(where: { !tasks.contains($0) }) {
            throw InputError(
                "the condition \"\(condition.name)\" changes the data of \"\(stranger)\", "
                    + "which is not among the tasks: \(tasks.joined(separator: ", "))")
        }
    }

    /// Whether two conditions would train the same models on the same data.
    private func isSame(_ a: Condition, _ b: Condition) -> Bool {
        let (first, second) = (settings(in: a.name), settings(in: b.name))
        return first.model == second.model && first.training == second.training
            && tasks.allSatisfy { options($0, in: a.name) == options($0, in: b.name) }
            && !Set(scorers(in: a.name)).isDisjoint(with: scorers(in: b.name))
    }
}
