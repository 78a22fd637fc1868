// What a page calls a system: one scorer on one task, with the rows it was measured in.

/// One line of a comparison with everything the charts need.
struct ReportSystem {
    let name: String
    /// The number of its colour and marker, the same in all charts of a page.
    let style: Int
    let line: SummaryLine
    /// One a seed.
    let rows: [ResultRow]
    /// Of some of the rows, or of none.
    let details: [RowDetails]

    /// The systems of a task, in the order of its table.
    static func all(_ results: ResultsFile, _ task: String, _ summary: Summary, _ details: [RowDetails]) -> [ReportSystem] {
        summary.lines.filter { $0.task == task }.map { line in
            ReportSystem(name: line.scorer, style: results.experiment.scorers.firstIndex(of: line.scorer) ?? 0, line: line,
                         rows: results.rows.filter { $0.task == task && $0.scorer == line.scorer },
                         details: details.filter { $0.task == task && $0.scorer == line.scorer })
        }
    }
}
