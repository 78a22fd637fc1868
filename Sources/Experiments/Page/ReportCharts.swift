// The charts of a comparison: from rows and their summary to points. The same for the page and for single files.

import Evaluation
import Reports

struct ReportCharts {
    /// The table's, for the names of files.
    let section: String
    let systems: [ReportSystem]
    /// Whether the baselines are left out: then axes fit what is there, and need not begin at zero.
    private let isRest: Bool

    init(section: String, systems: [ReportSystem]) { self.init(section, systems, isRest: false) }

    private init(_ section: String, _ systems: [ReportSystem], isRest: Bool) {
        (self.section, self.systems, self.isRest) = (section, systems, isRest)
    }

    /// Charts that are read together.
    struct Group {
        let title: String
        fileprivate(set) var charts: [ReportChart]
    }

    /// Those that have something to show, each with its picture without baselines where that is another.
    var groups: [Group] {
        let others = systems.filter { !$0.isBaseline }, whole = drawn
        guard !others.isEmpty, others.count < systems.count else { return whole }
        let rest = ReportCharts(
            section, others,
            isRest: true
        ).drawn.flatMap(\.charts).reduce(into: [String: String]()) { $0[$1.name] = $1.svg }
        return whole.map { group in
            var group = group
            for index in group.charts.indices {
                let chart = group.charts[index]
                group.charts[index].withoutBaselines = rest[chart.name].flatMap { $0 == chart.svg ? nil : $0 }
            }
            return group
        }
    }

    private var drawn: [Group] {
        func points(_ charts: [PointChart?]) -> [ReportChart] { charts.compactMap { $0.map(ReportChart.init) } }
        return [
            Group(
                title: "Quality by length, and learning",
                charts: points(
                    amounts
                        + [bleuByLength, accuracyByLength, aerByLength, learning])),
            Group(
                title: "Quality against speed",
                charts: points(
                    leading.map { tradeOff($0, .stepTime) }
                        + leading.prefix(1).map { tradeOff($0, .trainingSpeed) } + [speed])),
            Group(title: "Every seed", charts: points(seeds)),
            Group(title: "By phenomenon", charts: [phenomena].compactMap { $0.map(ReportChart.init) }),
        ].filter { !$0.charts.isEmpty }
    }

    /// What is measured of the task.
    private var metrics: [Metric] { systems.first?.line.metrics ?? [] }
    /// What quality is, where a chart can show one figure.
    var leading: [Metric] { metrics.leading }

    /// What an axis of quality must hold beside its points.
    var floor: [Double] { isRest ? [] : [0] }

    // MARK: curves

    private var labels: [String] {
        LengthBuckets().labels.filter { label in
            systems.contains {
                $0.rows.contains {
                    $0.test.translation.byLength[label] != nil || $0.long.translation.byLength[label] != nil
                }
            }
        }
    }

    private var bleuByLength: PointChart? {
        byLength("bleu-by-length", "BLEU by length of the source", .bleu) { row, label in
            translation(row, label).bleuScore
        }
    }

    private var accuracyByLength: PointChart? {
        byLength("right-by-length", "Sentences that are right to the last word", .testAccuracy) { row, label in
            translation(row, label).accuracy.sentenceAccuracy
        }
    }

    private var aerByLength: PointChart? {
        byLength("aer-by-length", "Alignment error rate by length of the source", .aer) { row, label in
            var counts = AlignmentCounts()
            for report in [row.test.alignment, row.long.alignment] {
                counts += report?.byLength[label]?.links ?? AlignmentCounts()
            }
            return counts.aer
        }
    }

    private func translation(_ row: ResultRow, _ label: String) -> TranslationMeasures {
        var measures = TranslationMeasures()
        for report in [row.test.translation, row.long.translation] {
            measures += report.byLength[label] ?? TranslationMeasures()
        }
        return measures
    }

    /// - Parameter figure: in the unit of the metric, of the sentences of one length.
    private func byLength(
        _ name: String, _ title: String, _ metric: Metric, _ figure: (ResultRow, String) -> Double?
    ) -> PointChart? {
        guard metrics.contains(metric) else { return nil }
        let labels = labels
        let counts = labels.map { label in
            systems.first?.rows.first.map { translation($0, label).accuracy.sentences } ?? 0
        }
        let note =
            "Test and long sentences together: "
            + zip(labels, counts).map { "\($1) of \($0) words" }.joined(separator: ", ") + ". Means over seeds."
        return curves(
            name, title, x: .init("source words", names: labels), y: .init(metric.unit.label, including: floor),
            labels.enumerated().map { ($1, Double($0)) }, notes: [note], digits: metric.digits, best: metric.best
        ) { system, place in
            MeanInterval(system.rows.compactMap { figure($0, labels[place]).map { $0 * metric.scale } })
        }
    }

    private var learning: PointChart? {
        // Only looks that all seeds of a system had: where one has stopped, a mean over the others would be of another
        // training.
        let steps = Set(systems.flatMap { $0.rows.flatMap { $0.history.map(\.step) } }).sorted()
        return curves(
            "learning", "Dev loss by training steps", x: .init("optimiser steps"),
            y: .init("nats a token", .logarithmic),
            steps.map { ("\($0)", Double($0)) },
            notes: ["Means over seeds; a curve ends where the first of its seeds stopped."], digits: 3,
            best: .least
        ) { system, place in
            let losses = system.rows.compactMap { row in row.history.first { $0.step == steps[place] }?.devLoss }
            return MeanInterval(losses.count == system.rows.count ? losses : [])
        }
    }

    /// By length where the details of the rows have it, at one length otherwise.
    private var speed: PointChart? {
        let lengths = Set(systems.flatMap { $0.details.flatMap { $0.speed.map(\.source) } }).sorted()
        if lengths.count > 1, let batch = systems.lazy.flatMap(\.details).flatMap(\.speed).first?.batch {
            return curves(
                "speed-by-length", "Time of one attention step by length of the source",
                x: .init("source words", .logarithmic), y: .init("µs", .logarithmic),
                lengths.map { ("\($0)", Double($0)) },
                notes: [
                    "Scores, weights and context for \(batch) sentences, forward, keys computed before; beside the other trainings."
                ],
                digits: 1, best: .least
            ) { system, place in
                MeanInterval(
                    system.details.flatMap { $0.speed.filter { $0.source == lengths[place] }.map(\.microseconds) })
            }
        }
        return strip(.scoringTime, Metric.SeedChart(name: "speed", title: "Time of one attention step"))
    }

    /// - Parameter places: the name and the x of each column of figures.
    private func curves(
        _ name: String, _ title: String, x: PointChart.Axis, y: PointChart.Axis, _ places: [(label: String, x: Double)],
        notes: [String],
        digits: Int, best: Table.Best, figure: (ReportSystem, Int) -> MeanInterval
    ) -> PointChart? {
        var table = Table([Table.Column("scorer", .left)] + places.map { Table.Column($0.label, best: best) }),
            series: [PointChart.Series] = []
        for system in systems {
            let figures = places.indices.map { figure(system, $0) }
            let points = zip(places, figures).compactMap { place, figure in
                figure.mean.map { PointChart.Point(x: place.x, y: $0) }
            }
            guard !points.isEmpty else { continue }
            series.append(PointChart.Series(system.name, style: system.style, .curve, points))
            table.add([system.name] + figures.map { Self.text($0, digits) }, exact: [nil] + figures.map(\.mean))
        }
        let chart = PointChart(
            name: "\(Self.fileName(section))-\(name)", title: title, x: x, y: y, series, notes: notes, table: table)
        return chart.hasPoints ? chart : nil
    }

    // MARK: points

    /// A figure of speed that quality is set against.
    private struct Cost {
        let name: String, axis: String, unit: String
        let scale: LineChart.Scale
        let metric: Metric

        /// How far down a bar reaches, as a share of its figure: a logarithmic axis has no place for zero.
        var shortest: Double { scale == .logarithmic ? 0.25 : 0 }

        static let stepTime = Cost(
            name: "step-time", axis: "µs of one attention step", unit: "step µs", scale: .logarithmic,
            metric: .scoringTime)
        static let trainingSpeed = Cost(
            name: "training-speed", axis: "target tokens a second in training", unit: "tokens/s",
            scale: .linear, metric: .trainingSpeed)
    }

    /// A point a system, and the line of those that none exceeds in both.
    private func tradeOff(_ column: Metric, _ cost: Cost) -> PointChart? {
        var table = Table([
            Table.Column("scorer", .left), Table.Column(cost.unit, best: cost.metric.best),
            Table.Column(column.title, best: column.best),
        ])
        var series: [PointChart.Series] = [], points: [(x: Double, y: Double)] = []
        for system in systems {
            let speed = system.line[cost.metric], quality = system.line[column]
            guard let x = speed.mean, let y = quality.mean, x.isFinite, x > 0 else { continue }
            points.append((x, y))
            series.append(
                PointChart.Series(
                    system.name, style: system.style, .figure,
                    [
                        PointChart.Point(
                            x: x, y: y, xRange: Self.range(speed, within: cost.shortest * x...(.infinity)),
                            yRange: Self.range(quality, within: column.unit.bounds ?? 0...(.infinity)))
                    ]))
            table.add(
                [system.name, Self.text(speed, cost.metric.digits), Self.text(quality, column.digits)],
                exact: [nil, x, y])
        }
        // One alone is not against anything.
        guard points.count > (isRest ? 0 : 1) else { return nil }
        let front = ParetoFront.steps(points, leastX: cost.metric.best == .least, leastY: column.best == .least)
            .map { PointChart.Point(x: $0.x, y: $0.y) }
        let better =
            (column.best == .least ? "Downwards" : "Upwards") + " and to the "
            + (cost.metric.best == .least ? "left" : "right")
        let chart = PointChart(
            name: "\(Self.fileName(section))-\(column.id)-by-\(cost.name)",
            title: "\(column.title) against \(cost.metric.best == .least ? "step time" : "training speed")",
            x: .init(cost.axis, cost.scale), y: .init(column.title), series,
            front: front,
            notes: [
                "\(better) is better. The line joins those that none exceeds in both; bars are "
                    + "95 % intervals over seeds, as far as the figures and the axis can reach."
            ],
            table: table)
        return chart.hasPoints ? chart : nil
    }

    private var seeds: [PointChart] { metrics.compactMap { metric in metric.seedChart.flatMap { strip(metric, $0) } } }

    /// A line a system: the mean with its interval, and below it a dot for each seed.
    private func strip(_ metric: Metric, _ names: Metric.SeedChart) -> PointChart? {
        let (scale, digits, best) = (metric.scale, metric.digits, metric.best)
        let shown = systems.filter { $0.line[metric].mean?.isFinite == true }
        let seeds = Set(shown.flatMap { $0.rows.map(\.seed) }).sorted()
        var table = Table(
            [
                Table.Column("scorer", .left), Table.Column("mean", best: best),
                Table.Column("s.d.", best: .least),
            ]
                + seeds.map { Table.Column("seed \($0)", best: best) })
        var series: [PointChart.Series] = []
        for (index, system) in shown.enumerated() {
            // The first one on top.
            let y = Double(shown.count - 1 - index), interval = system.line[metric]
            let dots = system.rows.compactMap { row in
                metric.figure(row).map { PointChart.Point(x: $0 * scale, y: y - 0.27) }
            }
            series.append(PointChart.Series(system.name, style: system.style, .dots, dots))
            if let mean = interval.mean {
                let range = Self.range(interval, within: metric.unit.bounds ?? 0...(.infinity)).map {
                    $0.lowerBound * scale...$0.upperBound * scale
                }
                series.append(
                    PointChart.Series(
                        system.name, style: system.style, .figure, [.init(x: mean * scale, y: y, xRange: range)]))
            }
            let figures = seeds.map { seed in
                system.rows.first { $0.seed == seed }.flatMap(metric.figure).map { $0 * scale }
            }
            let deviation = interval.standardDeviation.map { $0 * scale }
            let cells = [
                system.name, Self.text(interval, digits, times: scale), ComparisonTable.number(deviation, digits + 1),
            ]
            table.add(
                cells + figures.map { ComparisonTable.number($0, digits) },
                exact: [nil, interval.mean.map { $0 * scale }, deviation] + figures)
        }
        let chart = PointChart(
            name: "\(Self.fileName(section))-\(names.name)", title: names.title, x: .init(metric.unit.label),
            y: .init("", names: shown.reversed().map(\.name)), series, hasLegend: false,
            notes: [
                "Small: one seed. Large: the mean, with its 95 % interval over seeds, as far as the figure can reach."
            ]
                + Self.spread(shown, metric),
            table: table)
        return chart.hasPoints ? chart : nil
    }

    /// How far the seeds of one system lie apart; of several the chart shows enough.
    private static func spread(_ systems: [ReportSystem], _ metric: Metric) -> [String] {
        let figures = systems.first?.rows.compactMap(metric.figure).map { $0 * metric.scale } ?? [],
            digits = metric.digits
        guard systems.count == 1, let least = figures.min(), let greatest = figures.max(),
            let deviation = MeanInterval(figures).standardDeviation
        else { return [] }
        return [
            "\(figures.count) seeds: from \(NumberText.text(least, digits: digits)) to \(NumberText.text(greatest, digits: digits)), "
                + "standard deviation \(NumberText.text(deviation, digits: digits + 1))."
        ]
    }

    // MARK: phenomena

    /// The counts of all seeds are added up; the hardest phenomenon stands first.
    private var phenomena: MatrixChart? {
        guard metrics.contains(.aer) else { return nil }
        let columns = systems.compactMap { system -> (name: String, counts: [String: AlignmentCounts], seeds: Int)? in
            let reports = system.rows.compactMap(\.test.alignment)
            let counts = reports.reduce(into: [String: AlignmentCounts]()) { sums, report in
                for (name, measures) in report.byPhenomenon { sums[name, default: AlignmentCounts()] += measures.links }
            }
            return counts.isEmpty ? nil : (system.name, counts, reports.count)
        }
        func mean(_ name: String) -> Double {
            let rates = columns.compactMap { $0.counts[name]?.aer }
            return rates.reduce(0, +) / Double(max(1, rates.count))
        }
        // A phenomenon whose words have no sure link says nothing here.
        let linked = Set(columns.flatMap { column in column.counts.filter { $0.value.sure > 0 }.keys }).sorted()
        let rates = linked.map(mean)
        let names = linked.indices.sorted { rates[$0] == rates[$1] ? $0 < $1 : rates[$0] > rates[$1] }.map {
            linked[$0]
        }
        guard let first = columns.first, !names.isEmpty else { return nil }
        let rows = names.map { name in
            let links = (first.counts[name]?.sure ?? 0) / max(1, first.seeds)
            return "\(name) (\(links))"
        }
        let values = names.map { name in columns.map { $0.counts[name]?.aer } }
        return MatrixChart(
            name: "\(Self.fileName(section))-aer-by-phenomenon", title: "AER by phenomenon",
            rows: rows, columns: columns.map(\.name), values: values,
            notes: [
                "In brackets: sure links. Links of the target words of each phenomenon, all seeds together; the stronger "
                    + "the shade, the more is wrong."
            ], best: .least)
    }

    // MARK: numbers

    /// "english-french, up to 10" → "english-french-up-to-10".
    static func fileName(_ title: String) -> String {
        DetailsFolder.fileName(title.split { $0 == " " || $0 == "," }.joined(separator: "-"))
    }

    /// Drawn no farther than the figure can reach: few seeds give intervals that end below zero. The table has the
    /// whole one.
    private static func range(_ interval: MeanInterval, within limits: ClosedRange<Double>) -> ClosedRange<Double>? {
        guard let lower = interval.lower, let upper = interval.upper, lower <= upper, limits.overlaps(lower...upper)
        else { return nil }
        return (lower...upper).clamped(to: limits)
    }

    static func text(_ interval: MeanInterval, _ digits: Int, times scale: Double = 1) -> String {
        guard let mean = interval.mean else { return "–" }
        return ComparisonTable.number(mean * scale, digits)
            + (interval.halfWidth.map { " ±" + NumberText.text($0 * scale, digits: digits) } ?? "")
    }
}
