// What a page calls a system: one scorer on one task, under one condition, with the rows it was measured in.

import AttentionScorers

/// One line of a comparison with everything the charts need.
struct ReportSystem {
    /// With its condition, where the table has several.
    let name: String
    /// The number of its colour and marker, the same in all charts of a table.
    let style: Int
    let line: SummaryLine
    /// One a seed.
    let rows: [ResultRow]
    /// Of some of the rows, or of none.
    let details: [RowDetails]
    /// What the scorer says of itself; nil where the program does not know it.
    let card: ScorerCard?

    /// Whether it looks nowhere, and is there to be compared with.
    var isBaseline: Bool { card.map { !$0.hasAlignment } ?? rows.allSatisfy { $0.test.alignment == nil } }

    /// The systems of a table, in its order.
    static func all(
        _ results: ResultsFile, _ section: ResultSection, _ summary: Summary, _ details: [RowDetails],
        cards: [ScorerCard]
    ) -> [ReportSystem] {
        let systems = section.systems(of: results.experiment)
        return section.groups(of: results).compactMap { system, rows in
            let line = summary.lines.first {
                $0.task == section.task && $0.scorer == system.scorer && $0.condition == system.condition
            }
            guard let line else { return nil }
            let runs = Set(rows.map(\.run))
            return ReportSystem(
                name: section.showsConditions ? system.name : system.scorer, style: systems.firstIndex(of: system) ?? 0,
                line: line, rows: rows,
                details: details.filter { runs.contains($0.run) },
                card: cards.first { $0.name == system.scorer })
        }
    }
}
