// What claims are judged by: finished results of built-in experiments, and settings of the measurements.

import AttentionScorers
import Corpora
import Evaluation
public import Experiments
public import Seq2Seq

public struct ClaimEvidence {
    /// By the name of the built-in experiment.
    public var results: [String: (path: String, results: ResultsFile)] = [:]
    public var explanation: ExplanationStudy.Settings
    public var speed = ScoringRatio.Settings()
    /// One for each task.
    public var heads: [HeadStudy.Settings]
    private let scorers: ScorerList

    public init(
        scorers: ScorerList, explanation: ExplanationStudy.Settings = .init(),
        heads: [HeadStudy.Settings] = Claim.studiesOfHeads
    ) {
        (self.scorers, self.explanation, self.heads) = (scorers, explanation, heads)
    }

    /// Adds finished results, from whichever folder.
    ///
    /// - Throws: `InputError` where they are of no experiment that a claim is judged by, or of one that is there
    ///   already.
    public mutating func add(_ file: ResultsFile, path: String) throws {
        guard let name = name(of: file.experiment) else {
            throw InputError(
                "these results are of no built-in experiment that a claim is judged by; those are "
                    + "\(Self.used.joined(separator: ", ")), "
                    + "run with: attention compare --experiment NAME", file: path)
        }
        if let other = results[name] {
            throw InputError(
                "these results are of the experiment “\(name)”, and so are those in \(other.path); give one of them, "
                    + "or join them: attention merge", file: path)
        }
        results[name] = (path, file)
    }

    /// The experiments that claims are judged by.
    public static var used: [String] {
        var seen: Set<String> = []
        return Claim.all.compactMap(\.experiment).filter { seen.insert($0).inserted }
    }

    /// The built-in experiment that it is, or nil: known by its conditions, whatever its sizes; without any, by its
    /// scorers, if there are several: the experiment of fewest scorers that has them all, and the default one where
    /// none has.
    public func name(of experiment: Experiment) -> String? {
        let names = Set(experiment.conditions.map(\.name))
        guard !names.isEmpty || experiment.scorers.count > 1 else { return nil }
        let all = BuiltInExperiment.all(scorers: scorers.map { $0.card.name }).filter { Self.used.contains($0.name) }
        // Scorers on speech say nothing of translation; another toy language is no other experiment.
        let near = all.filter { !Set($0.experiment?.tasks ?? []).isDisjoint(with: experiment.tasks) }
        let languages = all.filter { ($0.experiment?.tasks ?? []).contains { ToyTasks.named($0) != nil } }
        let used = near.isEmpty ? languages : near
        if names.isEmpty {
            func scorers(_ one: BuiltInExperiment) -> Set<String> { Set(one.experiment?.scorers ?? []) }
            let plain = used.filter { $0.experiment?.conditions.isEmpty ?? false }
            let fitting = plain.filter { scorers($0).isSuperset(of: experiment.scorers) }
            return (fitting.min { scorers($0).count < scorers($1).count } ?? plain.first)?.name
        }
        func hasConditions(_ one: BuiltInExperiment) -> Bool {
            let conditions = one.experiment?.conditions ?? []
            return !conditions.isEmpty && names.isSubset(of: conditions.map(\.name))
        }
        // A text of one's own has another name than the task that the experiment has.
        return (used.first(where: hasConditions) ?? all.first(where: hasConditions))?.name
    }

    /// The tasks of an experiment's results, of which there is at least one.
    func tasks(_ experiment: String) throws -> [String] { try file(experiment).experiment.tasks }

    /// The rows of a task; the first task of the results where none is named.
    func rows(_ experiment: String, task: String? = nil) throws -> [ResultRow] {
        let file = try file(experiment), task = task ?? file.experiment.tasks.first
        return file.rows.filter { $0.task == task }
    }

    private func file(_ experiment: String) throws -> ResultsFile {
        guard let file = results[experiment]?.results, !file.experiment.tasks.isEmpty else {
            throw RunError("the experiment “\(experiment)” has not been run")
        }
        return file
    }

    func hasAlignment(_ scorer: String) -> Bool { scorers.first { $0.card.name == scorer }?.card.hasAlignment ?? false }

    func type(_ scorer: String) throws -> any AttentionScorer.Type {
        guard let found = scorers.first(where: { $0.card.name == scorer }) else {
            throw RunError("there is no scorer “\(scorer)”")
        }
        return found
    }
}

extension [ResultRow] {
    func of(_ scorer: String) -> [ResultRow] { filter { $0.scorer == scorer } }

    /// The scorers that have rows, in their order.
    var scorers: [String] {
        var seen: Set<String> = []
        return map(\.scorer).filter { seen.insert($0).inserted }
    }

    /// A figure of each seed that has it.
    func values(_ figure: (ResultRow) -> Double?) -> [(seed: UInt64, value: Double)] {
        compactMap { row in figure(row).map { (row.seed, $0) } }
    }

    /// The interval of a figure over seeds.
    func interval(_ figure: (ResultRow) -> Double?) -> HalvedInterval { HalvedInterval(values(figure)) }

    /// The interval over seeds of what two rows of the same seed make together, such as their difference.
    func paired(with others: [ResultRow], _ figure: (ResultRow, ResultRow) -> Double?) -> HalvedInterval {
        interval { row in others.first { $0.seed == row.seed }.flatMap { figure(row, $0) } }
    }
}

extension ResultRow {
    var bleu: Double? { test.translation.all.bleuScore }
}

extension Experiment {
    /// Whether nothing differs but where options that are the defaults stand.
    public func sameSettings(as other: Experiment) -> Bool {
        func full(_ one: Experiment) -> Experiment {
            var one = one
            for task in one.tasks { one.data[task] = one.options(task, in: nil) }
            return one
        }
        return full(self) == full(other)
    }
}
