// Result files of several machines → one, where they fit together.

import Corpora

/// Joins results of the same settings. Tasks, scorers, conditions and numbers of seeds may differ: the whole has all of them.
public struct ResultsMerge: Sendable {
    public private(set) var results: ResultsFile
    /// Rows that stood in more than one file.
    public private(set) var duplicates = 0
    /// Where each row came from.
    private var origin: [Experiment.Run: String]

    /// - Throws: `InputError` where settings differ (naming the setting), or where two files hold the same training with different figures.
    public init(_ files: [(path: String, results: ResultsFile)]) throws {
        guard let first = files.first else { throw InputError("there is nothing to merge; name the folders of the results") }
        results = first.results
        origin = Dictionary(first.results.rows.map { ($0.run, first.path) }) { one, _ in one }
        for (path, more) in files.dropFirst() { try add(more, path, first.path) }
    }

    private mutating func add(_ more: ResultsFile, _ path: String, _ first: String) throws {
        let experiment = try Self.union(results.experiment, more.experiment, path, first)
        let known = Dictionary(results.rows.map { ($0.run, $0) }) { one, _ in one }
        var rows = results.rows
        for row in more.rows {
            guard let old = known[row.run] else {
                rows.append(row)
                origin[row.run] = path
                continue
            }
            if let one = SettingDifference.first(old.quality, row.quality) {
                throw InputError("\(row.run.text) also stands in \(origin[row.run] ?? first), with other figures: \(one.what) is "
                    + "\(one.new) here and \(one.old) there; "
                    + "the same settings give the same figures on one machine and build, so leave out one of the two", file: path)
            }
            duplicates += 1
        }
        for baseline in more.baselines where !results.baselines.contains(where: { $0.key == baseline.key }) {
            results.baselines.append(baseline)
        }
        results.experiment = experiment
        let place = Dictionary(experiment.runs.enumerated().map { ($1, $0) }) { one, _ in one }
        results.rows = rows.sorted { (place[$0.run] ?? .max) < (place[$1.run] ?? .max) }
        let tasks = Dictionary(experiment.tasks.enumerated().map { ($1, $0) }) { one, _ in one }
        // Sorting in Swift is stable: the three of a task stay in their order.
        results.baselines.sort { (tasks[$0.task] ?? .max) < (tasks[$1.task] ?? .max) }
    }

    /// An experiment that holds the runs of both.
    private static func union(_ a: Experiment, _ b: Experiment, _ path: String, _ first: String) throws -> Experiment {
        func refused(_ what: String, _ here: String, _ there: String) -> InputError {
            InputError("these results do not fit those in \(first): \(what) is \(here) here and \(there) there; merge only results of the "
                + "same settings", file: path)
        }
        // Which scorers a condition is run with is no setting of a training: the whole has those of both.
        if let one = SettingDifference.first(a.withoutRestrictions, b.restricted(to: a).withoutRestrictions) {
            throw refused(one.what, one.new, one.old)
        }
        if a.conditions.isEmpty != b.conditions.isEmpty {
            func names(_ experiment: Experiment) -> String {
                experiment.conditions.isEmpty ? "none" : experiment.conditions.map(\.name).joined(separator: ",")
            }
            throw refused("the conditions", names(b), names(a))
        }
        var whole = a
        whole.tasks += b.tasks.filter { !a.tasks.contains($0) }
        whole.scorers += b.scorers.filter { !a.scorers.contains($0) }
        whole.seeds = max(a.seeds, b.seeds)
        whole.data.merge(b.data) { one, _ in one }
        whole.conditions = a.conditions.map { old in
            guard let other = b.condition(old.name) else { return old }
            var condition = old
            if let data = other.data { condition.data = (old.data ?? [:]).merging(data) { one, _ in one } }
            let scorers = Set(a.scorers(in: old.name)).union(b.scorers(in: old.name))
            condition.scorers = old.scorers == nil && other.scorers == nil ? nil : whole.scorers.filter(scorers.contains)
            return condition
        }
        whole.conditions += b.conditions.filter { a.condition($0.name) == nil }
        return whole
    }
}

extension ResultRow {
    /// The row without what depends on the machine and its mood: what must be the same wherever it was trained.
    var quality: ResultRow {
        var row = self
        row.speed = SpeedFigures(trainingTokensPerSecond: 0, trainingSeconds: 0, scoringMicroseconds: 0, decodingTokensPerSecond: 0)
        row.machine = Machine(processor: "", cores: 0, system: "", swift: "", build: "")
        return row
    }
}

extension Experiment {
    fileprivate var withoutRestrictions: Experiment {
        var all = self
        for index in all.conditions.indices { all.conditions[index].scorers = nil }
        return all
    }
}

extension BaselineRow {
    fileprivate var key: [String] { [task, condition ?? "", name] }
}
