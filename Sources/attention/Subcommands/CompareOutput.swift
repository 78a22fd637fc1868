// What `attention compare` prints of its results: tables, their files, and JSON.

import AttentionLab
import Foundation
import Terminal

extension Compare {
    /// What `--format json` prints.
    private struct JSONResult: Encodable {
        let experiment: Experiment
        let machines: [String]
        let lines: [SummaryLine]
        let baselines: [BaselineFigures]
        let power: [ColumnPower]
        let groups: [CompareStatistics.Groups]?
        let pairs: [CompareStatistics.Pairs]?
        let by: [Breakdown.Figure]?
    }

    static func draw(
        _ results: ResultsFile, _ format: OutputFormat, _ breakdown: Breakdown.Key?, _ statistics: CompareStatistics,
        _ console: Console
    ) throws {
        switch format {
        case .json:
            let summary = try Summary(results), (groups, pairs) = try statistics.json(results, summary)
            let power = results.experiment.sections.flatMap { section in
                ColumnPower.all(summary.lines.filter(section.has))
            }
            try console.print(
                json: JSONResult(
                    experiment: results.experiment, machines: Set(results.rows.map(\.machine.text)).sorted(),
                    lines: summary.lines, baselines: summary.baselines.map(BaselineFigures.init), power: power,
                    groups: groups, pairs: pairs,
                    by: breakdown.map { all(results, $0).flatMap(\.figures) }))
        case .csv:
            try console.print(words: breakdown.map { Breakdown.csv(all(results, $0)) } ?? statistics.csv(results))
        case .latex:
            try console.print("% \\usepackage{booktabs}\n")
            for table in try statistics.tables(results) {
                let title = table.section.title
                try console.print(
                    words: "\n"
                        + table.table.latex(
                            caption: "Attention scorers on \(title)", label: title, notes: table.notes,
                            comments: table.header))
                for part in try parts(results, table.section, breakdown, statistics) {
                    try console.print(
                        words: "\n"
                            + part.table.latex(
                                caption: "\(title): \(part.title)", label: "\(title) \(part.label)",
                                notes: part.notes, keepsRows: part.keepsRows))
                }
            }
        case .terminal, .markdown: try write(results, format, breakdown, statistics, console)
        }
    }

    /// For people: each table with its settings above and its notes below.
    static func write(
        _ results: ResultsFile, _ format: OutputFormat, _ breakdown: Breakdown.Key?, _ statistics: CompareStatistics,
        _ console: Console
    ) throws {
        for table in try statistics.tables(results) {
            let title = line(table.section.title, console, format)
            let heading = format == .markdown ? "## \(title)\n\n" : title + "\n"
            let bullet = format == .markdown ? "- " : "  "
            func list(_ lines: [String]) -> String { lines.map { bullet + line($0, console, format) + "\n" }.joined() }
            try console.print(words: "\n" + heading + list(table.header) + "\n")
            try console.print(table.table, as: format)
            let speed = LearnerSpeed.note(results.experiment.scorers)
            try console.print(words: "\n" + list(table.notes + (speed.map { [$0] } ?? [])))
            for part in try parts(results, table.section, breakdown, statistics) {
                try console.print(
                    words: "\n\(format == .markdown ? "### " : "")\(line(part.title, console, format))\n\n")
                try console.print(part.table, as: format)
                if !part.notes.isEmpty { try console.print(words: "\n" + list(part.notes)) }
            }
        }
    }

    /// One a section.
    private static func all(_ results: ResultsFile, _ key: Breakdown.Key) -> [Breakdown] {
        results.experiment.sections.filter { key.applies(to: results.experiment.metrics(of: $0.task)) }
            .map { Breakdown.of(results, $0, by: key) }
    }

    /// A table below the main one.
    private struct Part {
        let title: String, label: String
        let table: Table
        let notes: [String]
        /// Whether a row stays on one line, however wide it is.
        var keepsRows = false
    }

    private static func parts(
        _ results: ResultsFile, _ section: ResultSection, _ breakdown: Breakdown.Key?,
        _ statistics: CompareStatistics
    ) throws -> [Part] {
        let pairs = try statistics.pairTables(results, section).map {
            Part(title: $0.title, label: $0.title, table: $0.table, notes: $0.notes, keepsRows: true)
        }
        let metrics = results.experiment.metrics(of: section.task)
        return pairs
            + (breakdown.flatMap { $0.applies(to: metrics) ? $0 : nil }.map { key in
                let more = Breakdown.of(results, section, by: key)
                return [Part(title: more.title, label: key.rawValue, table: more.table, notes: [])]
            } ?? [])
    }

    /// Long lines break between words, except in Markdown, where the reader's program does it, and a name may look like
    /// markup.
    static func line(_ text: String, _ console: Console, _ format: OutputFormat) -> String {
        guard format == .terminal else { return MarkdownText.line(text) }
        var lines = [""]
        for word in TerminalText.harmless(text).split(separator: " ") {
            if TextWidth.of(lines[lines.count - 1]) + word.count > console.width - 3 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n  ")
    }
}
