// The terms of a training's loss, as a note under a table: they are no figures of quality, and no scorer is
// better for them.

import Reports
import Seq2Seq

extension ComparisonTable {
    /// "terms of the loss: spread .5 (bahdanau), .4 (bahdanau, new)": means over seeds; nil where no training had one.
    static func terms(_ rows: [ResultRow]) -> String? {
        struct Place: Hashable { let name: String, system: String }
        var order: [Place] = [], values: [Place: [Double]] = [:]
        for row in rows {
            for term in row.terms {
                let place = Place(name: term.name, system: row.scorer + (row.condition.map { ", \($0)" } ?? ""))
                if values[place] == nil { order.append(place) }
                values[place, default: []].append(term.value)
            }
        }
        guard !order.isEmpty else { return nil }
        let names = order.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let parts = names.map { name in
            let figures = order.filter { $0.name == name }.map { place in
                let all = values[place] ?? []
                return "\(NumberText.text(all.reduce(0, +) / Double(all.count), digits: 3)) (\(place.system))"
            }
            return "\(name) " + figures.joined(separator: ", ")
        }
        return "terms of the loss, on training pairs before the step that is kept: " + parts.joined(separator: "; ")
            + "."
    }
}
