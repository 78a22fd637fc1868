// Where a scorer is right and where it is not: the figures of a comparison by phenomenon, and by length of the source.

import Evaluation
public import Reports

/// Tables with one column a scorer, or a scorer and condition; the counts of all seeds are added up.
public struct Breakdown: Sendable {
    public enum Key: String, Sendable, CaseIterable {
        case phenomenon, words, length, bleu, seeds

        /// Whether it says anything of a task of which these are measured.
        public func applies(to metrics: [Metric]) -> Bool {
            switch self {
            // Who tells content words from others knows what made each word.
            case .phenomenon: metrics.contains(.pointing) && metrics.contains(.contentAER)
            case .words: metrics.contains(.tokenAccuracy)
            case .length: metrics.contains(.testAccuracy)
            case .bleu: metrics.contains(.bleu)
            case .seeds: true
            }
        }
    }

    public let title: String
    public let table: Table
    /// What the table shows rounded, for programs.
    public let figures: [Figure]

    /// One cell: a scorer's figure in one row of the table.
    public struct Figure: Sendable, Encodable {
        public let task: String
        /// With its condition, where the table has several.
        public let scorer: String
        /// The phenomenon, the length or the name of a column.
        public let row: String
        /// Words, sentences or seeds that it is of.
        public let count: Int
        /// "pointing %", "s.d.".
        public let measure: String
        @ExplicitNull public var value: Double?
    }

    /// By phenomenon: share of target words whose largest weight is on a sure link. By length: share of right
    /// sentences; bleu: BLEU, by length too.
    /// Words: share of reference words that the translation has in their place, by phenomenon. Seeds: how far those of
    /// a line lie apart.
    public static func of(_ results: ResultsFile, _ section: ResultSection, by key: Key) -> Breakdown {
        let scorers = section.groups(of: results).map { (name: section.name(of: $0.system), rows: $0.rows) }
        switch key {
        case .seeds: return seeds(scorers, section.task, results.experiment.metrics(of: section.task).tested)
        case .phenomenon:
            let aligned = scorers.filter { $0.rows.contains { $0.test.alignment != nil } }
            let groups = aligned.map { scorer in
                scorer.rows.compactMap(\.test.alignment).reduce(into: [String: PointingCounts]()) { sums, report in
                    for (name, measures) in report.byPhenomenon {
                        sums[name, default: PointingCounts()] += measures.pointing
                    }
                }
            }
            // A phenomenon whose words have no sure link says nothing here.
            let names = Set(groups.flatMap { $0.filter { $1.words > 0 }.keys }).sorted()
            return Breakdown(
                title: "pointing % by phenomenon (target words with a sure link whose largest weight is on one)",
                "phenomenon",
                names.map { name in
                    (
                        name, (groups.first?[name]?.words ?? 0) / max(1, aligned.first?.rows.count ?? 1),
                        groups.map { $0[name]?.accuracy }
                    )
                },
                aligned.map(\.name), "words", section.task, "pointing %")
        case .length:
            return byLength(
                "sentence accuracy % by source words (test and long together)", scorers, section.task,
                "right sentences %"
            ) { $0.accuracy.sentenceAccuracy }
        case .bleu:
            // A cell is a percentage of this share.
            return byLength("BLEU by source words (test and long together)", scorers, section.task, "BLEU") {
                $0.bleuScore.map { $0 / 100 }
            }
        case .words:
            let groups = scorers.map { scorer in
                scorer.rows.map(\.test.translation).reduce(into: [String: PhenomenonMeasures]()) { sums, report in
                    for (name, measures) in report.byPhenomenon {
                        sums[name, default: PhenomenonMeasures()] += measures
                    }
                }
            }
            return Breakdown(
                title: "right words % by phenomenon (reference words that the translation has in their place)",
                "phenomenon",
                Set(groups.flatMap(\.keys)).sorted().map { name in
                    let words = groups.lazy.compactMap { $0[name]?.words }.max() ?? 0
                    return (name, words / max(1, scorers.first?.rows.count ?? 1), groups.map { $0[name]?.wordAccuracy })
                }, scorers.map(\.name), "words", section.task, "right words %")
        }
    }

    /// What one training can miss by chance: a line for every scorer and tested column.
    private static func seeds(
        _ scorers: [(name: String, rows: [ResultRow])], _ task: String,
        _ tested: [Metric]
    ) -> Breakdown {
        var kept: [Figure] = []
        var table = Table(
            [
                Table.Column("scorer", .left), Table.Column("figure", .left), Table.Column("seeds"),
                Table.Column("mean"),
                Table.Column("s.d."), Table.Column("least"), Table.Column("greatest"),
            ], names: 2)
        for (name, rows) in scorers {
            for column in tested {
                let figures = rows.compactMap(column.figure)
                guard !figures.isEmpty else { continue }
                let interval = MeanInterval(figures)
                // For programs under the name and in the unit that the column has everywhere.
                kept += [
                    ("mean", interval.mean), ("s.d.", interval.standardDeviation), ("least", figures.min()),
                    ("greatest", figures.max()),
                ].map {
                    Figure(task: task, scorer: name, row: column.id, count: figures.count, measure: $0, value: $1)
                }
                func text(
                    _ value: Double?,
                    more: Int = 0
                ) -> String {
                    ComparisonTable.number(
                        value.map { $0 * column.scale },
                        column.digits
                            + more)
                }
                table.add([
                    name, column.title, "\(figures.count)", text(interval.mean),
                    text(interval.standardDeviation, more: 1),
                    text(figures.min()), text(figures.max()),
                ])
            }
        }
        return Breakdown(title: "spread over seeds", table, kept)
    }

    private init(title: String, _ table: Table, _ figures: [Figure]) {
        (self.title, self.table, self.figures) = (title, table, figures)
    }

    /// A line a figure, unrounded.
    public static func csv(_ breakdowns: [Breakdown]) -> String {
        var table = Table(["task", "scorer", "row", "count", "measure", "value"].map { Table.Column($0, .left) })
        for one in breakdowns.flatMap(\.figures) {
            table.add([one.task, one.scorer, one.row, "\(one.count)", one.measure, one.value.map { "\($0)" } ?? ""])
        }
        return table.csv
    }

    private static func byLength(
        _ title: String, _ scorers: [(name: String, rows: [ResultRow])], _ task: String, _ measure: String,
        _ share: (TranslationMeasures) -> Double?
    ) -> Breakdown {
        let groups = scorers.map { scorer in
            let reports = scorer.rows.flatMap { [$0.test.translation, $0.long.translation] }
            return reports.reduce(into: [String: TranslationMeasures]()) { sums, report in
                for (label, measures) in report.byLength { sums[label, default: TranslationMeasures()] += measures }
            }
        }
        let labels = LengthBuckets().labels.filter { label in groups.contains { $0[label] != nil } }
        return Breakdown(
            title: title, "source words",
            labels.map { label in
                (
                    label, (groups.first?[label]?.accuracy.sentences ?? 0) / max(1, scorers.first?.rows.count ?? 1),
                    groups.map { $0[label].flatMap(share) }
                )
            }, scorers.map(\.name), "sentences", task, measure)
    }

    /// - Parameter rows: each with its size, and a share for every scorer; shown in percent.
    private init(
        title: String, _ first: String, _ rows: [(name: String, size: Int, shares: [Double?])], _ scorers: [String],
        _ count: String,
        _ task: String, _ measure: String
    ) {
        var table = Table([Table.Column(first, .left), Table.Column(count)] + scorers.map { Table.Column($0) })
        for row in rows {
            table.add([row.name, "\(row.size)"] + row.shares.map { ComparisonTable.number($0.map { $0 * 100 }, 1) })
        }
        self.init(
            title: title, table,
            rows.flatMap { row in
                zip(scorers, row.shares).map {
                    Figure(
                        task: task, scorer: $0, row: row.name, count: row.size, measure: measure,
                        value: $1.map { $0 * 100 })
                }
            })
    }
}
