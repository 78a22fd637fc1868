// A small chart of measured points: curves, dots with intervals, names along an axis. As SVG in
// PointChartPicture.swift.
//
// For curves over orders of magnitude, in the terminal too, there is LineChart.

/// Points of several systems, small enough for a telephone.
public struct PointChart: Sendable {
    public struct Point: Sendable, Equatable {
        public let x: Double, y: Double
        /// Where the interval of the figure lies; nil for none.
        public let xRange: ClosedRange<Double>?, yRange: ClosedRange<Double>?

        public init(x: Double, y: Double, xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil) {
            (self.x, self.y, self.xRange, self.yRange) = (x, y, xRange, yRange)
        }

        var isFinite: Bool {
            ([x, y] + [xRange, yRange].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }).allSatisfy(
                \.isFinite)
        }
    }

    public enum Kind: Sendable {
        /// Joined by a line, a marker on each.
        case curve
        /// A marker alone.
        case figure
        /// A small dot: one of many.
        case dots
    }

    public struct Series: Sendable {
        public let name: String
        /// The number of its colour and marker: the same system looks the same in every chart.
        public let style: Int
        public let kind: Kind
        public fileprivate(set) var points: [Point]

        public init(_ name: String, style: Int, _ kind: Kind, _ points: [Point]) {
            (self.name, self.style, self.kind, self.points) = (name, style, kind, points)
        }
    }

    public struct Axis: Sendable {
        public let label: String
        public let scale: LineChart.Scale
        /// Of the places 0, 1, 2 …; empty on an axis of numbers.
        public let names: [String]
        /// Values that the axis must hold beside those of the points.
        public let including: [Double]

        public init(_ label: String, _ scale: LineChart.Scale = .linear, names: [String] = [], including: [Double] = [])
        {
            (self.label, self.scale, self.names, self.including) = (label, scale, names, including)
        }
    }

    /// A file name without its ending.
    public let name: String
    public let title: String
    public let x: Axis, y: Axis
    /// Without the points that cannot be drawn.
    public let series: [Series]
    /// The corners of a line behind the points; empty for none.
    public let front: [Point]
    public let hasLegend: Bool
    public let notes: [String]
    /// The figures of the chart.
    public let table: Table

    public init(
        name: String, title: String, x: Axis, y: Axis, _ series: [Series], front: [Point] = [], hasLegend: Bool = true,
        notes: [String] = [], table: Table
    ) {
        (self.name, self.title, self.x, self.y, self.front, self.hasLegend, self.notes, self.table) = (
            name, title, x, y, front, hasLegend, notes, table
        )
        self.series = series.map { one in
            var kept = one
            kept.points = one.points.filter { point in
                point.isFinite && (x.scale == .linear || point.x > 0) && (y.scale == .linear || point.y > 0)
            }
            return kept
        }
    }

    public var hasPoints: Bool { series.contains { !$0.points.isEmpty } }
}
