// The rows of one line of a table, and which lines were measured on the same sentences.

/// The rows of one line of a table: one scorer (in one condition), one row a seed.
public struct RowGroup: Sendable {
    public let name: String
    public let rows: [ResultRow]

    public init(name: String, rows: [ResultRow]) {
        self.name = name
        self.rows = rows
    }

    /// Lines that were measured on the same sentences, and the rows of each: only these may be paired.
    struct Block: Sendable {
        let section: ResultSection
        /// By index of the lines; a system's name says its condition where the section has several.
        let members: [(line: Int, system: ResultSection.System, group: RowGroup)]
    }

    /// One a section that has any of these lines.
    static func blocks(_ results: ResultsFile, _ lines: [SummaryLine]) -> [Block] {
        results.experiment.sections.compactMap { section in
            let rows = Dictionary(section.groups(of: results).map { ($0.system, $0.rows) }) { first, _ in first }
            let members = lines.indices.filter { section.has(lines[$0]) }.map { index in
                let system = ResultSection.System(scorer: lines[index].scorer, condition: lines[index].condition)
                return (index, system, RowGroup(name: section.name(of: system), rows: rows[system] ?? []))
            }
            return members.isEmpty ? nil : Block(section: section, members: members)
        }
    }
}
