// A chart of a comparison: the picture, and the figures that were drawn.

import Reports

/// A chart of either kind.
public struct ReportChart: Sendable {
    /// A file name without its ending.
    public let name: String
    public let title: String
    public let svg: String
    /// The figures that were drawn.
    public let table: Table
    /// Whether it takes the whole width of a page.
    public let isWide: Bool
    /// The same without the baselines, on axes that fit the others; nil where no baseline is in it, or nothing else.
    public internal(set) var withoutBaselines: String?

    /// Its files, by name: the picture, and the one without baselines where it has baselines.
    public var pictures: [(name: String, svg: String)] {
        [(name, svg)] + (withoutBaselines.map { [(name + "-without-baselines", $0)] } ?? [])
    }

    init(_ chart: PointChart) {
        (name, title, svg, table, isWide) = (chart.name, chart.title, chart.svg, chart.table, false)
    }
    init(_ chart: MatrixChart) {
        (name, title, svg, table, isWide) = (chart.name, chart.title, chart.svg, chart.table, true)
    }
}
