// Learning curves: quality against the number of training pairs, and of steps.

import Evaluation
import Reports

extension ReportCharts {
    /// Learning curves of a comparison whose conditions vary how much is learnt from: every point is a training of its
    /// own.
    var amounts: [PointChart] {
        func pairs(_ row: ResultRow) -> Int { row.data.trainPairs }
        func steps(_ row: ResultRow) -> Int { row.training.steps }
        let curves =
            leading.map { amount($0, "pairs", "training pairs", of: pairs, at: steps) }
            + leading.map { amount($0, "steps", "optimiser steps", of: steps, at: pairs) }
        return curves.compactMap { $0 }
    }

    /// A curve a scorer; nil where fewer than three amounts were tried with all else the same.
    ///
    /// - Parameters:
    ///   - varied: the amount.
    ///   - fixed: the other one, which is to be the same for all points.
    private func amount(
        _ column: Metric, _ unit: String, _ axis: String, of varied: (ResultRow) -> Int,
        at fixed: (ResultRow) -> Int
    ) -> PointChart? {
        func amounts(_ systems: [ReportSystem]) -> [Int] { Set(systems.map { varied($0.rows[0]) }).sorted() }
        let groups = Dictionary(grouping: systems) { fixed($0.rows[0]) }.sorted { $0.key < $1.key }
        guard let group = groups.max(by: { amounts($0.value).count < amounts($1.value).count }),
            amounts(group.value).count >= 3
        else { return nil }
        let places = amounts(group.value)
        let scorers = group.value.reduce(into: [String]()) {
            if !$0.contains($1.line.scorer) { $0.append($1.line.scorer) }
        }
        var table = Table([Table.Column("scorer", .left)] + places.map { Table.Column("\($0)", best: column.best) }),
            series: [PointChart.Series] = []
        for scorer in scorers {
            let own = group.value.filter { $0.line.scorer == scorer }, style = own.first?.style ?? 0
            let figures = places.map { place in own.filter { varied($0.rows[0]) == place } }
            // Two trainings of the same amount differ in something else, and no curve could say which it is of.
            guard figures.allSatisfy({ $0.count <= 1 }) else { return nil }
            let intervals = figures.map { $0.first.map { $0.line[column] } ?? MeanInterval([]) }
            let points = zip(places, intervals).compactMap { place, interval in
                interval.mean.map { PointChart.Point(x: Double(place), y: $0 * column.scale) }
            }
            guard !points.isEmpty else { continue }
            series.append(PointChart.Series(scorer, style: style, .curve, points))
            table.add(
                [scorer] + intervals.map { Self.text($0, column.digits, times: column.scale) },
                exact: [nil] + intervals.map { $0.mean.map { $0 * column.scale } })
        }
        let other = axis == "training pairs" ? "\(group.key) steps" : "\(group.key) training pairs"
        let name = "\(Self.fileName(section))-\(column.id)-by-\(unit)"
        let chart = PointChart(
            name: name, title: "\(column.title) by \(axis)", x: .init(axis, .logarithmic),
            y: .init(column.title, including: floor), series,
            notes: ["Means over seeds, of trainings with \(other); each point is one of its own, to its end."],
            table: table)
        return chart.hasPoints ? chart : nil
    }
}
