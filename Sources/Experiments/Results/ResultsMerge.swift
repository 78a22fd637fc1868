// Result files of several machines → one, where they fit together.

import Corpora

/// Joins results of the same settings. Tasks, scorers, conditions and numbers of seeds may differ: the whole has all of
/// them.
public struct ResultsMerge: Sendable {
    public private(set) var results: ResultsFile
    /// Rows that stood in more than one file.
    public private(set) var duplicates = 0
    /// Where each row came from.
    private var origin: [Experiment.Run: String]

    /// The rows with the folders that may have their details, the best one first.
    public func details(
        of files: [(path: String, results: ResultsFile)]
    ) -> [(row: ResultRow, folders: [DetailsFolder])] {
        results.rows.map { row in
            let holders = files.filter { file in file.results.rows.contains { $0.run == row.run } }.map(\.path)
            let first = holders.filter { $0 == origin[row.run] } + holders.filter { $0 != origin[row.run] }
            return (row, first.map { DetailsFolder(beside: $0) })
        }
    }

    /// - Throws: `InputError` where settings differ (naming the setting), or where two files hold the same training
    ///   with different figures.
    public init(_ files: [(path: String, results: ResultsFile)]) throws {
        guard let first = files.first else {
            throw InputError("there is nothing to merge; name the folders of the results")
        }
        results = first.results
        origin = Dictionary(first.results.rows.map { ($0.run, first.path) }) { one, _ in one }
        for (path, more) in files.dropFirst() { try add(more, path, first.path) }
    }

    private mutating func add(_ more: ResultsFile, _ path: String, _ first: String) throws {
        let experiment = try Self.union(results.experiment, more.experiment, path, first)
        try checkScorers(of: more, path)
        try checkBaselines(of: more, path, first)
        let known = Dictionary(results.rows.map { ($0.run, $0) }) { one, _ in one }
        var rows = results.rows
        for row in more.rows {
            guard let old = known[row.run] else {
                rows.append(row)
                origin[row.run] = path
                continue
            }
            if let one = SettingDifference.first(old.quality, row.quality) {
                throw InputError(
                    "\(row.run.text) also stands in \(origin[row.run] ?? first), with other figures: \(one.what) is "
                        + "\(one.new) here and \(one.old) there; "
                        + "the same settings give the same figures on one machine and build, so leave out one of the two",
                    file: path)
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

    /// Rows of one scorer are of one formula.
    private func checkScorers(of more: ResultsFile, _ path: String) throws {
        for row in more.rows {
            guard let known = row.fingerprint,
                let other = results.rows.first(where: { $0.hasScorer(of: row) && $0.fingerprint != nil }),
                let changed = other.fingerprint?.difference(from: known)
            else { continue }
            throw InputError(
                "the scorer \(row.scorer) was changed between these results and those in \(origin[other.run] ?? "the others"): \(changed). "
                    + "Two formulas do not belong in one row of a table; leave out one of the two", file: path)
        }
    }

    /// Those of the same data are the same everywhere.
    private func checkBaselines(of more: ResultsFile, _ path: String, _ first: String) throws {
        for baseline in more.baselines {
            guard let old = results.baselines.first(where: { $0.key == baseline.key }),
                let one = SettingDifference.all(old, baseline).first(where: \.isMoreThanRounding)
            else { continue }
            throw InputError(
                "the baseline \(baseline.name) of \(baseline.task) has other figures than in \(first): \(one.what) is \(one.new) here and "
                    + "\(one.old) there; one of the two files is damaged: use another copy, or leave it out", file: path
            )
        }
    }

    /// An experiment that holds the runs of both.
    private static func union(_ a: Experiment, _ b: Experiment, _ path: String, _ first: String) throws -> Experiment {
        func refused(_ what: String, _ here: String, _ there: String) -> InputError {
            InputError(
                "these results do not fit those in \(first): \(what) is \(here) here and \(there) there; merge only results of the "
                    + "same settings", file: path)
        }
        if let changed = b.changedFile(since: a) {
            throw InputError(
                "these results do not fit those in \(first): \(changed); merge only results of the same texts",
                file: path)
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
        whole.texts += b.texts.filter { text in !a.texts.contains { $0.name == text.name } }
        whole.tasks += b.tasks.filter { !a.tasks.contains($0) }
        whole.scorers += b.scorers.filter { !a.scorers.contains($0) }
        whole.seeds = max(a.seeds, b.seeds)
        whole.data.merge(b.data) { one, _ in one }
        whole.conditions = a.conditions.map { old in
            guard let other = b.condition(old.name) else { return old }
            var condition = old
            if let data = other.data { condition.data = (old.data ?? [:]).merging(data) { one, _ in one } }
            let scorers = Set(a.scorers(in: old.name)).union(b.scorers(in: old.name))
            condition.scorers =
                old.scorers == nil && other.scorers == nil ? nil : whole.scorers.filter(scorers.contains)
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
        row.speed = SpeedFigures(
            trainingTokensPerSecond: 0, trainingSeconds: 0, scoringMicroseconds: 0, decodingTokensPerSecond: 0)
        row.machine = Machine(processor: "", cores: 0, system: "", swift: "", build: "")
        // Fingerprints are compared within a tolerance, and a row of before there were any fits one of after.
        (row.fingerprint, row.details) = (nil, nil)
        return row
    }
}

extension ResultRow {
    /// Whether two rows are of one scorer in models of one shape, so that their fingerprints can be compared.
    func hasScorer(of other: ResultRow) -> Bool {
        scorer == other.scorer && model.scorerSizes == other.model.scorerSizes
    }
}

extension SettingDifference {
    /// Sums of another order of additions differ in the last digits.
    fileprivate var isMoreThanRounding: Bool {
        guard let a = Double(old), let b = Double(new) else { return true }
        return !(abs(a - b) <= 1e-6 * max(1, abs(a), abs(b)))
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
