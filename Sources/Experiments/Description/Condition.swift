// A condition: the same experiment with one thing changed, such as when the query is taken or how many pairs there are.

public import Corpora
public import Seq2Seq

/// Settings that stand in the place of the experiment's own, under a name that every row and table shows.
public struct Condition: Sendable, Codable, Equatable {
    /// "before", "500 pairs": no two conditions of an experiment have the same.
    public var name: String
    /// nil: the experiment's.
    public var model: ModelSettings?
    /// nil: the experiment's.
    public var training: TrainingSettings?
    /// Of the tasks whose data the condition changes; the others have the experiment's.
    public var data: [String: ToyOptions]?
    /// The scorers that it is run with, in the experiment's order; nil: all of them.
    public var scorers: [String]?

    public init(
        _ name: String, model: ModelSettings? = nil, training: TrainingSettings? = nil,
        data: [String: ToyOptions]? = nil,
        scorers: [String]? = nil
    ) {
        (self.name, self.model, self.training, self.data, self.scorers) = (name, model, training, data, scorers)
    }
}

extension Experiment {
    func condition(_ name: String?) -> Condition? { name.flatMap { name in conditions.first { $0.name == name } } }

    /// The names of the conditions; nil alone where there are none.
    public var conditionNames: [String?] { conditions.isEmpty ? [nil] : conditions.map(\.name) }

    /// The scorers of a condition, in the order of the experiment.
    func scorers(in condition: String?) -> [String] {
        guard let chosen = self.condition(condition)?.scorers else { return scorers }
        return scorers.filter(chosen.contains)
    }

    /// How a task's data are drawn in a condition; a task without options has its own defaults.
    public func options(_ task: String, in condition: String?) -> ToyOptions {
        self.condition(condition)?.data?[task] ?? data[task] ?? taskList[task]?.defaults ?? ToyOptions()
    }

    /// The condition whose data a task has in this one: nil where they are the experiment's own.
    func dataCondition(_ task: String, in condition: String?) -> String? {
        options(task, in: condition) == options(task, in: nil) ? nil : condition
    }

    /// The model and the training of a condition, whose scorer and seed are still open.
    public func settings(in condition: String?) -> (model: ModelSettings, training: TrainingSettings) {
        let condition = self.condition(condition)
        return (condition?.model ?? model, condition?.training ?? training)
    }

    /// The same as they are for one task, which may need others than the defaults (`MeasuredTask.fit`).
    public func settings(
        in condition: String?, task: String
    ) -> (model: ModelSettings, training: TrainingSettings) {
        var (model, training) = settings(in: condition)
        taskList[task]?.fit(&model, &training)
        return (model, training)
    }

    /// The first sentence that there is to say about a body and how fast it learns (see `Body.remark`); nil for none.
    public func remarkOnBody() -> String? {
        let names: [String?] = conditions.isEmpty ? [nil] : conditions.map(\.name)
        return names.lazy.compactMap { name in
            let (model, training) = settings(in: name)
            return Body.remark(on: model, training)
        }.first
    }
}

extension Experiment {
    /// The first file of a text of both that has another content in this one, as a sentence names it; nil for none.
    func changedFile(since other: Experiment) -> String? {
        texts.lazy.compactMap { text in
            other.texts.first { $0.name == text.name }.flatMap { text.changedFile(since: $0) }
        }.first
    }

    /// This experiment with the tasks, scorers, seeds and conditions of another: what still differs are settings.
    func restricted(to other: Experiment) -> Experiment {
        var same = self
        (same.tasks, same.scorers, same.seeds) = (other.tasks, other.scorers, other.seeds)
        // Where files lie is no setting: what is in them is compared elsewhere.
        same.texts = other.texts.map { old in
            texts.first { $0.name == old.name }.map { $0.changedFile(since: old) == nil ? $0.lying(as: old) : $0 }
                ?? old
        }
        for task in Set(tasks).union(other.tasks) where !(tasks.contains(task) && other.tasks.contains(task)) {
            same.data[task] = other.data[task]
        }
        same.conditions = other.conditions.map { old in
            guard var condition = condition(old.name) else { return old }
            for task in Set(tasks).union(other.tasks) where !(tasks.contains(task) && other.tasks.contains(task)) {
                condition.data = condition.data ?? [:]
                condition.data?[task] = old.data?[task]
            }
            // One that is run with more scorers than before loses no row.
            if Set(old.scorers ?? other.scorers).isSubset(of: condition.scorers ?? scorers) {
                condition.scorers = old.scorers
            }
            return condition
        }
        return same
    }
}
