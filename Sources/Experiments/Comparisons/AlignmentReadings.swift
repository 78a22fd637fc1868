// Which alignment the figures of a table are of, where it is not the weights themselves: a note under the table.

import Evaluation
import Reports
import Seq2Seq

extension ComparisonTable {
    /// nil where every alignment is of the weights.
    static func readings(_ rows: [ResultRow]) -> String? {
        let posterior = rows.filter { $0.test.alignment != nil && $0.model.use.alignment == .posterior }
        guard !posterior.isEmpty else { return nil }
        var order: [String] = [], links: [String: AlignmentCounts] = [:]
        for row in posterior {
            let system = row.scorer + (row.condition.map { ", \($0)" } ?? "")
            if links[system] == nil { order.append(system) }
            if let prior = row.test.prior { links[system, default: AlignmentCounts()] += prior }
        }
        let figures = order.map { system in
            "\(number(links[system]?.aer, 3)) (\(system))"
        }
        let others = rows.contains { $0.test.alignment != nil && $0.model.use.alignment == .prior }
        return
            "alignment: where words are written from single source words it is the posterior, which knows the word of the "
            + "reference\(others ? "; elsewhere it is the weights, which do not" : ""). By the weights alone AER would be "
            + figures.joined(separator: ", ") + "."
    }
}
