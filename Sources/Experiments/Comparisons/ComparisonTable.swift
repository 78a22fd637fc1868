// A summary as a table that people read: one a section, with everything above it that changed the figures.

import Evaluation
public import Reports

/// The lines above a table, the table, and the lines below it.
public struct ComparisonTable: Sendable {
    public let section: ResultSection
    public let header: [String]
    public internal(set) var table: Table
    /// The first of the notes: what intervals and marks mean, and what the seeds could have seen.
    public internal(set) var statistics: [String]
    /// Every pair of each tested column, where the table has letters.
    public internal(set) var groups: [ColumnGroups] = []
    /// One for each of the first rows of the table.
    let lines: [SummaryLine]
    /// What is measured of its task.
    let metrics: [Metric]

    /// The lines below the table.
    public var notes: [String] { statistics + columnNotes }

    /// One for each section of the results, in their order.
    /// - Parameter summary: of these results, where it is at hand: its tests take a second.
    public static func all(_ results: ResultsFile, summary: Summary? = nil) throws -> [ComparisonTable] {
        let summary = try summary ?? Summary(results)
        return results.experiment.sections.map { section in
            let datasets = Set(section.conditions.map { results.experiment.dataCondition(section.task, in: $0) })
            return ComparisonTable(
                section, results, summary.lines.filter(section.has),
                summary.baselines.filter { $0.task == section.task && datasets.contains($0.condition) })
        }
    }

    private init(_ section: ResultSection, _ results: ResultsFile, _ lines: [SummaryLine], _ baselines: [BaselineRow]) {
        self.section = section
        self.lines = lines
        metrics = results.experiment.metrics(of: section.task)
        header = SettingsText(results, section).lines
        let columns = Self.columns(metrics).filter { $0.name != "condition" || section.showsConditions }
        var table = Table(
            columns.map {
                Table.Column(
                    $0.name,
                    ["scorer", "condition"].contains($0.name)
                        ? .left
                        : .right, best: $0.best)
            },
            names: section.showsConditions ? 2 : 1)
        for (index, line) in lines.enumerated() {
            if section.showsConditions, index > 0, lines[index - 1].scorer != line.scorer { table.addRule() }
            table.add(columns.map { $0.cell(line) }, exact: columns.map { $0.exact(line) })
        }
        if metrics.showBaselines { table.addRule() }
        for baseline in Self.distinct(baselines) {
            let cells = columns.map { $0.baseline(baseline) }
            table.add(cells.map(\.cell), exact: cells.map(\.exact))
        }
        self.table = table
        let rows = results.rows.filter { section.has($0.run) }
        statistics =
            Self.statistics(lines, seeds: results.experiment.seeds)
            + [Self.stillLearning(rows), Self.terms(rows), Self.heads(rows), Self.readings(rows)].compactMap { $0 }
    }

    /// An aligner that learns nothing is the same in all conditions of a table: it stands there once, without a
    /// condition.
    private static func distinct(_ baselines: [BaselineRow]) -> [BaselineRow] {
        var names: [String] = []
        for one in baselines where !names.contains(one.name) { names.append(one.name) }
        return names.flatMap { name in
            let rows = baselines.filter { $0.name == name }
            var alone = rows[0]
            alone.condition = nil
            let areEqual = rows.allSatisfy {
                var other = $0
                other.condition = nil
                return other == alone
            }
            return areEqual ? [alone] : rows
        }
    }

    // MARK: columns

    private struct Column: Sendable {
        let name: String
        let cell: @Sendable (SummaryLine) -> String
        /// What the cell shows rounded; nil for text and for what is shown whole.
        var exact: @Sendable (SummaryLine) -> Double? = { _ in nil }
        /// Of a baseline.
        var baseline: @Sendable (BaselineRow) -> (cell: String, exact: Double?) = { _ in ("", nil) }
        var best = Table.Best.greatest
    }

    private static func columns(_ all: [Metric]) -> [Column] {
        [
            Column(name: "scorer", cell: { $0.scorer }, baseline: { ($0.title, nil) }),
            Column(name: "condition", cell: { $0.condition ?? "" }, baseline: { ($0.condition ?? "", nil) }),
            Column(name: "parameters", cell: { String($0.parameters) }),
        ] + columns(all, .quality) + (all.contains(.aer) ? [shift] : []) + columns(all, .speed)
    }

    private static let shift = Column(
        name: "shift",
        cell: {
            $0.bestShift.map { $0 > 0 ? "+\($0)" : $0 < 0 ? "−\(-$0)" : "0" } ?? "–"
        })

    /// With intervals and marks where the figure is tested.
    private static func columns(_ all: [Metric], _ place: Metric.Place) -> [Column] {
        all.filter { $0.place == place }.map { metric in
            Column(
                name: metric.title,
                cell: { line in
                    metric.test == nil
                        ? number(line[metric].mean.map { $0 * metric.scale }, metric.digits)
                        : interval(
                            line[metric], times: metric.scale, digits: metric.digits, mark: line.leads.contains(metric))
                },
                exact: { line in
                    line[metric].mean.map { $0 * metric.scale }
                },
                baseline: { row in
                    guard let baseline = metric.baseline, baseline.isShown else { return ("", nil) }
                    let figure = baseline.figure(row).map { $0 * metric.scale }
                    return (number(figure, metric.digits), figure)
                }, best: metric.best)
        }
    }

    // MARK: numbers

    static func number(_ value: Double?, _ digits: Int) -> String {
        guard let value, value.isFinite else { return "–" }
        return NumberText.text(value, digits: digits)
    }

    /// What stands after a figure without spread at the end of its scale.
    private static let noInterval = "†"

    private static func interval(_ value: MeanInterval, times scale: Double = 1, digits: Int, mark: Bool) -> String {
        guard let mean = value.mean else { return "–" }
        let half =
            value.isAtBound
            ? noInterval : value.halfWidth.map { " ±" + NumberText.text($0 * scale, digits: digits) } ?? ""
        // A space where there is no mark, so that the points stand under one another.
        return NumberText.text(mean * scale, digits: digits) + half + (mark ? "*" : " ")
    }

    // MARK: notes

    private static func statistics(_ lines: [SummaryLine], seeds: Int) -> [String] {
        var notes: [String] = []
        if seeds > 1 {
            notes.append("± half of the 95 % interval of the mean over \(seeds) seeds (Student's t).")
            if lines.contains(where: { line in line.metrics.tested.contains { line[$0].isAtBound } }) {
                notes.append("\(noInterval) the same with every seed, at the end of the scale: there is no interval.")
            }
        } else {
            notes.append("One seed: no intervals, and other seeds may rank otherwise.")
        }
        // One line has nothing to be compared with.
        guard lines.count > 1 else { return notes }
        if seeds > 1 {
            notes.append(
                "* the best of its column, or not significantly worse (5 %): one counts as worse only where the paired bootstrap over sentences "
                    + "and Welch's test over seeds both say so, each with Holm's correction. No star in a column: nothing in it can be told from the best."
            )
            notes.append(Self.stars)
        } else {
            notes.append(
                "* the best of its column, or not significantly worse (5 %) by the paired bootstrap over sentences, with Holm's correction."
            )
            notes.append(Self.stars)
        }
        if let note = ColumnPower.note(lines) { notes.append(note) }
        return notes
    }

    /// What a reader may stumble over who compares stars, or sees letters too.
    static let stars =
        "A star is of one test against the best, which counts spread as well as mean: a smaller mean that varies more "
        + "can have one that a larger, steadier mean lacks. Letters (--groups) are of all pairs, with a stricter correction, and can leave "
        + "together what a star keeps apart."

    /// Where a longer training would have gone on learning, the table is also one of speed; nil where none would.
    private static func stillLearning(_ rows: [ResultRow]) -> String? {
        let looked = rows.filter { $0.history.count > 1 }
        let falling = looked.count { row in
            row.history.dropLast().allSatisfy { $0.devLoss > row.history[row.history.count - 1].devLoss }
        }
        guard falling > 0 else { return nil }
        return
            "dev loss was still falling in \(falling) of \(NumberText.count(looked.count, "training")) when the steps ended: the table "
            + "compares the speed of learning as well. `attention compare --experiment budget` shows what longer training changes."
    }

    /// What the columns are.
    var columnNotes: [String] {
        let shift = "shift: −1 or +1 where the links fit better when the weights of the step before or after are taken."
        let baselines =
            "(…) align without attention: along the diagonal, at random, "
            + "and by IBM Model 1 on the training pairs."
        return ["parameters: trained numbers of the whole model."] + Metric.notes(metrics, .quality)
            + (metrics.contains(.aer) ? [shift] : []) + (metrics.showBaselines ? [baselines] : [])
            + Metric.notes(metrics, .speed)
    }
}
