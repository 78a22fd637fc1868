// How well single heads align, as a note under a table whose figures are of their mean.

import Reports

extension ComparisonTable {
    /// "heads: …", a note under a table; nil where no row has several.
    static func heads(_ rows: [ResultRow]) -> String? {
        var order: [String] = [], figures: [String: [(best: Double, all: [Double])]] = [:]
        for row in rows {
            guard let best = row.bestHeadAER, let all = row.test.heads?.aer.compactMap({ $0 }) else { continue }
            let system = row.scorer + (row.condition.map { ", \($0)" } ?? "")
            if figures[system] == nil { order.append(system) }
            figures[system, default: []].append((best, all))
        }
        guard !order.isEmpty else { return nil }
        func mean(_ numbers: [Double]) -> String {
            NumberText.text(numbers.reduce(0, +) / Double(max(numbers.count, 1)), digits: 3)
        }
        let parts = order.map { system in
            let seeds = figures[system] ?? []
            return "\(system) \(mean(seeds.map(\.best))) (of "
                + "\(mean(seeds.compactMap { $0.all.min() })) to \(mean(seeds.compactMap { $0.all.max() })))"
        }
        return
            "heads: the table has the mean of the heads. AER of the head that is best on dev, and of the least and the "
            + "greatest of all: " + parts.joined(separator: "; ") + "."
    }
}
