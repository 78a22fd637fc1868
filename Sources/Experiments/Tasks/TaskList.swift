// The tasks that a program knows: those of the toolkit, and a learner's own.

import AttentionScorers
public import Corpora

/// Hand it to whatever reads a name: an experiment, a file of results.
///
/// It stands beside a description and is no part of it: what was run is told by names, and any two lists are equal.
public struct TaskList: Sendable, Equatable {
    /// The default first.
    public let all: [any MeasuredTask]

    /// Those of the toolkit that are no toy language: a new one is a line here, a new toy language one in `ToyTasks`.
    private static let others: [any MeasuredTask] = [
        DocumentsTask(), ReadingTask(), CaptionsTask(), SpeechTask(),
    ]

    /// - Parameter own: a learner's, behind those of the toolkit.
    public init(own: [any MeasuredTask] = []) { all = ToyTasks.all.map { TranslationTask($0) } + Self.others + own }

    private init(all: [any MeasuredTask]) { self.all = all }

    /// With texts of one's own behind them.
    public func with(_ texts: [OwnText]) -> TaskList {
        guard !texts.isEmpty else { return self }
        let others = all.filter { task in !(task is FileTask) && !texts.contains { $0.name == task.name } }
        return TaskList(all: others + texts.map(FileTask.init))
    }

    /// Those that come with the toolkit.
    public static let standard = TaskList()

    /// nil where there is none of that name.
    public subscript(name: String) -> (any MeasuredTask)? { all.first { $0.name == name } }

    public var names: [String] { all.map { $0.name } }

    /// Everything that one of them measures, each once; the toolkit's figures first.
    public var metrics: [Metric] { Metric.distinct(Metric.all + all.flatMap { $0.metrics }) }

    public static func == (a: Self, b: Self) -> Bool { true }

    /// Why these tasks cannot stand side by side, as a sentence says it; nil where they can.
    public var fault: String? {
        for (index, task) in all.enumerated() {
            if let fault = ScorerCard.fault(ofName: task.name) {
                return "\(type(of: task)) is called “\(task.name)”: \(fault). Give it another name"
            }
            if all[..<index].contains(where: { $0.name == task.name }) {
                return "two tasks are called “\(task.name)”; give the one in Exercises/Scorers another name"
            }
            for metric in task.metrics {
                let others = Metric.all + all[..<index].flatMap { $0.metrics }
                guard let other = others.first(where: { $0.answers(to: metric.id) && $0.title != metric.title }) else {
                    continue
                }
                return
                    "the task \(task.name) has a metric “\(metric.id)”, and “\(other.title)” bears that name already; "
                    + "give one of the two another id"
            }
        }
        return nil
    }
}

extension Experiment {
    /// What is measured of a task, in the order of its tables; of one that this program does not have, all of the
    /// toolkit's figures.
    public func metrics(of task: String) -> [Metric] { taskList[task]?.metrics ?? Metric.all }
}
