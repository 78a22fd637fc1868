// What difference the seeds of a table could have seen, for each column that is tested.

public import Evaluation
import Reports

/// The detectable difference of one column, in the unit of the results.
public struct ColumnPower: Sendable, Equatable, Codable {
    public let task: String
    /// Of the lines; nil where the experiment has none.
    public let conditions: [String]?
    public let column: SummaryLine.Column
    public let detectable: DetectableDifference

    /// Of these lines, all of one section, the fewest seeds counting; columns that have no spread are left out.
    public static func all(_ lines: [SummaryLine]) -> [ColumnPower] {
        guard let task = lines.first?.task else { return [] }
        let conditions = conditions(lines)
        return SummaryLine.Column.allCases.compactMap { column in
            let figures = lines.map(column.interval).filter { $0.count > 0 }
            guard figures.count > 1, let seeds = figures.map(\.count).min(),
                  let deviation = DetectableDifference.pooledDeviation(figures), deviation > 0,
                  let detectable = DetectableDifference(seeds: seeds, standardDeviation: deviation) else { return nil }
            return ColumnPower(task: task, conditions: conditions.isEmpty ? nil : conditions, column: column, detectable: detectable)
        }
    }

    /// Each once.
    private static func conditions(_ lines: [SummaryLine]) -> [String] {
        lines.compactMap(\.condition).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The line below a table; nil where there is nothing to say.
    static func note(_ lines: [SummaryLine]) -> String? {
        let all = all(lines)
        guard let seeds = all.map(\.detectable.seeds).min() else { return nil }
        let list = all.map { power in
            let column = power.column, size = NumberText.text(power.detectable.difference * column.scale, digits: column.digits)
            return column.scale == 1 ? "\(size) \(column.title)" : "\(size) points of \(column.title)"
        }
        let text = list.count > 1 ? list.dropLast().joined(separator: ", ") + " or " + (list.last ?? "") : list.joined()
        let rows = conditions(lines).count > 1 ? "rows" : "scorers"
        return "power: \(seeds) seeds find a true difference of \(text) between two \(rows) four times in five (t-test, 5 %, one pair; "
            + "the spread over seeds pooled over the column). Smaller ones may be there unseen, and the correction for many pairs asks "
            + "for more."
    }
}
