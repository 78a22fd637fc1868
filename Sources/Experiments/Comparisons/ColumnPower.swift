// What difference the seeds of a table could have seen, for each column that is tested.

public import Evaluation
import Reports

/// The detectable difference of one column, in the unit of the results.
///
/// The spread is that of the scorers with attention: `none` and `uniform` vary several times as much in BLEU, and would
/// say of the others that nothing small can be seen among them.
public struct ColumnPower: Sendable, Equatable, Codable {
    public let task: String
    /// Of the lines; nil where the experiment has none.
    public let conditions: [String]?
    public let column: Metric
    /// Of a single pair.
    public let detectable: DetectableDifference
    /// How many pairs of lines the column has.
    public let pairs: Int
    /// Of a pair that must hold against the correction for all of them.
    public let corrected: DetectableDifference

    /// Of these lines, all of one section, the fewest seeds counting; columns that have no spread are left out.
    public static func all(_ lines: [SummaryLine]) -> [ColumnPower] {
        guard let task = lines.first?.task else { return [] }
        let conditions = conditions(lines), pooled = pooled(lines)
        return lines[0].metrics.tested.compactMap { column in
            let figures = lines.map { $0[column] }.filter { $0.count > 0 },
                pairs = figures.count * (figures.count - 1) / 2
            guard pairs > 0, let seeds = figures.map(\.count).min(),
                let deviation = DetectableDifference.pooledDeviation(
                    pooled.map { $0[column] }.filter { !$0.isAtBound }), deviation > 0,
                let detectable = DetectableDifference(seeds: seeds, standardDeviation: deviation),
                let corrected = DetectableDifference(
                    seeds: seeds, standardDeviation: deviation, level: Significance.level / Double(pairs))
            else { return nil }
            return ColumnPower(
                task: task, conditions: conditions.isEmpty ? nil : conditions, column: column, detectable: detectable,
                pairs: pairs, corrected: corrected)
        }
    }

    /// Those whose spread counts: with attention, and all where fewer than two have it.
    private static func pooled(_ lines: [SummaryLine]) -> [SummaryLine] {
        let attending = lines.filter { $0[.entropy].count > 0 }
        return attending.count > 1 ? attending : lines
    }

    /// Each once.
    private static func conditions(_ lines: [SummaryLine]) -> [String] {
        lines.compactMap(\.condition).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func text(_ detectable: DetectableDifference) -> String {
        let size = NumberText.text(detectable.difference * column.scale, digits: column.digits)
        return column.scale == 1 ? "\(size) \(column.title)" : "\(size) points of \(column.title)"
    }

    private static func list(_ texts: [String], _ last: String) -> String {
        texts.count > 1 ? texts.dropLast().joined(separator: ", ") + last + (texts.last ?? "") : texts.joined()
    }

    /// The line below a table; nil where there is nothing to say.
    static func note(_ lines: [SummaryLine]) -> String? {
        let all = all(lines)
        guard let seeds = all.map(\.detectable.seeds).min(), let most = all.map(\.pairs).max() else { return nil }
        let rows = conditions(lines).count > 1 ? "rows" : "scorers", left = lines.count - pooled(lines).count
        let spread =
            left > 0
            ? "the spread over seeds pooled over the \(rows) with attention"
            : "the spread over seeds pooled over the column"
        let single =
            "power: \(seeds) seeds find a true difference of \(list(all.map { $0.text($0.detectable) }, " or ")) between two "
            + "\(rows)\(left > 0 ? " with attention" : "") four times in five (t-test, 5 %, one pair; \(spread))."
        guard most > 1 else { return single + " Smaller ones may be there unseen." }
        return single + " Against the correction for all pairs of a column (up to \(most)) it takes "
            + "\(list(all.map { $0.text($0.corrected) }, " or ")). Smaller ones may be there unseen."
    }
}
