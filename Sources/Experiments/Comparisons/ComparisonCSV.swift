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
        for column in SummaryLine.Column.allCases where groups.contains(where: { $0.column == column }) {
            let letters = groups.filter { $0.column
                == column }.reduce(into: [Int: String]()) { $0.merge($1.letters) { first, _ in first } }
            table.addColumn(Table.Column(column.name + "_group", .left),
                summary.lines.indices.map { letters[$0] ?? "" })
        }
        return table.csv
    }

    /// A column of figures, and what a baseline has in it.
    private struct Figure {
        let name: String
        let interval: (SummaryLine) -> MeanInterval
        var baseline: (BaselineRow) -> Double? = { _ in nil }

        init(_ name: String, _ interval: @escaping (SummaryLine) -> MeanInterval,
            baseline: @escaping (BaselineRow) -> Double? = { _ in nil }) {
            (self.name, self.interval, self.baseline) = (name, interval, baseline)
        }
    }

    private static var figures: [Figure] {
        [
            Figure("bleu", { $0.bleu }), Figure("chrf2", { $0.chrF }), Figure("test_accuracy", { $0.testAccuracy }),
            Figure("long_accuracy", { $0.longAccuracy }), Figure("token_accuracy", { $0.tokenAccuracy }),
            Figure("aer", { $0.aer }, baseline: \.testAER), Figure("content_aer", { $0.contentAER },
                baseline: \.testContentAER),
            Figure("long_aer", { $0.longAER }, baseline: \.longAER),
                Figure("soft_aer", { $0.softAER }, baseline: { $0.test?.all.soft.aer }),
            Figure("pointing", { $0.pointing }, baseline: { $0.test?.all.pointing.accuracy }),
            Figure("gold_mass", { $0.goldMass }, baseline: { $0.test?.all.pointing.goldMass }),
            Figure("entropy", { $0.entropy }, baseline: { $0.test?.all.entropy.mean }),
            Figure("training_tokens_per_second", { $0.trainingTokensPerSecond }),
                Figure("scoring_microseconds", { $0.scoringMicroseconds }),
        ]
    }

    private static func figures(_ summary: Summary) -> Table {
        func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
        // Results without conditions keep the columns that they always had.
        let hasConditions = summary.lines.contains { $0.condition != nil }
        func row(_ task: String, _ name: String, _ condition: String?, _ cells: [String]) -> [String] {
            [task, name] + (hasConditions ? [condition ?? ""] : []) + cells
        }
        let figures = figures, fixed = ["seeds", "parameters", "best_shift", "leads"]
        var table = Table(row("task", "scorer", "condition", fixed
            + figures.flatMap { [$0.name, $0.name + "_lower", $0.name + "_upper"] })
            .map { Table.Column($0) })
        for line in summary.lines {
            let cells = ["\(line.seeds)", "\(line.parameters)", line.bestShift.map { "\($0)" } ?? "",
                line.leads.map(\.name).joined(separator: " ")]
            table.add(row(line.task, line.scorer, line.condition, cells + figures.map { $0.interval(line) }.flatMap {
                [$0.mean, $0.lower, $0.upper].map(text)
            }))
        }
        for baseline in summary.baselines {
            table.add(row(baseline.task, baseline.title, baseline.condition, fixed.map { _ in "" } + figures.flatMap {
                [text($0.baseline(baseline)), "", ""]
            }))
        }
        return table
    }
}
