// A summary for programs: every figure unrounded, in the units of the results (shares from 0 to 1), under the names
// that JSON has too.

import Evaluation
import Reports

extension ComparisonTable {
    /// A line a scorer (and condition), then one for each of those that align without attention, in brackets as in
    /// the tables.
    ///
    /// For every figure its mean and the ends of its interval; empty where undefined.
    /// - Parameter groups: of the summary's lines; each adds a column of letters.
    public static func csv(_ summary: Summary, groups: [ColumnGroups] = []) -> String {
        var table = figures(summary)
        for column in metrics(summary).tested where groups.contains(where: { $0.column == column }) {
            let letters = groups.filter { $0.column == column }
                .reduce(into: [Int: String]()) { $0.merge($1.letters) { first, _ in first } }
            table.addColumn(
                Table.Column(column.id + "_group", .left),
                summary.lines.indices.map { letters[$0] ?? "" })
        }
        return table.csv
    }

    /// Those of all tasks; where there is no line yet, those of the toolkit.
    private static func metrics(_ summary: Summary) -> [Metric] {
        summary.lines.isEmpty ? Metric.all : Metric.distinct(summary.lines.flatMap(\.metrics))
    }

    private static func figures(_ summary: Summary) -> Table {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        // Results without conditions keep the columns that they always had.
        let hasConditions = summary.lines.contains { $0.condition != nil }
        func row(_ task: String, _ name: String, _ condition: String?, _ cells: [String]) -> [String] {
            [task, name] + (hasConditions ? [condition ?? ""] : []) + cells
        }
        let metrics = metrics(summary), hasShift = metrics.contains(.aer)
        let fixed = ["seeds", "parameters"] + (hasShift ? ["best_shift"] : []) + ["leads"]
        var table = Table(
            row(
                "task", "scorer", "condition",
                fixed
                    + metrics.flatMap { [$0.id, $0.id + "_lower", $0.id + "_upper"] }
            )
            .map { Table.Column($0) })
        for line in summary.lines {
            let shift = hasShift ? [line.bestShift.map { "\($0)" } ?? ""] : []
            let cells =
                ["\(line.seeds)", "\(line.parameters)"] + shift
                + [line.leads.map(\.id).joined(separator: " ")]
            let intervals = metrics.map { line.metrics.contains($0) ? line[$0] : MeanInterval([]) }
            table.add(
                row(
                    line.task, line.scorer, line.condition,
                    cells
                        + intervals.flatMap {
                            [$0.mean, $0.lower, $0.upper].map(text)
                        }))
        }
        for baseline in summary.baselines {
            table.add(
                row(
                    baseline.task, baseline.title, baseline.condition,
                    fixed.map { _ in "" }
                        + metrics.flatMap {
                            [text($0.baseline?.figure(baseline)), "", ""]
                        }))
        }
        return table
    }
}
