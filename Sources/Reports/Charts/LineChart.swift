// Curves over a common axis: how something grows. As text in LineChartText.swift, as SVG in LineChartPicture.swift.

/// Named series of points, with axes that are linear or logarithmic.
public struct LineChart: Sendable {
    public struct Point: Sendable, Equatable {
        public let x: Double, y: Double

        public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
    }

    public struct Series: Sendable, Equatable {
        public let name: String
        /// In the order of their x.
        public fileprivate(set) var points: [Point]

        public init(_ name: String, _ points: [Point]) { (self.name, self.points) = (name, points) }
    }

    public enum Scale: Sendable { case linear, logarithmic }

    public struct Axis: Sendable {
        /// What the numbers are, with their unit.
        public let label: String
        public let scale: Scale
        /// Where ticks stand; empty for round numbers.
        public let ticks: [Double]

        public init(_ label: String, _ scale: Scale = .linear, ticks: [Double] = []) {
            (self.label, self.scale, self.ticks) = (label, scale, ticks)
        }
    }

    public let title: String
    public let x: Axis, y: Axis
    /// Without the points that cannot be drawn.
    public let series: [Series]
    /// What stands under the chart: what was given, and for each series from which points were left out a sentence that
    /// says why.
    public let notes: [String]

    public init(title: String, x: Axis, y: Axis, _ series: [Series], notes: [String] = []) {
        (self.title, self.x, self.y) = (title, x, y)
        var notes = notes
        self.series = series.map { one in
            var kept = one
            kept.points = one.points.filter { Self.hasPlace($0.x, x) && Self.hasPlace($0.y, y) }.sorted { $0.x < $1.x }
            let isFinite = one.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }
            let lost = one.points.count - kept.points.count
            if lost > 0 {
                notes.append(
                    "\(one.name): \(NumberText.count(lost, "point")) left out; "
                        + (isFinite
                            ? "a logarithmic axis has no place for zero and below"
                            : "not every coordinate is a number that has a place on its axis"))
            }
            return kept
        }
        self.notes = notes
    }

    private static func hasPlace(_ value: Double, _ axis: Axis) -> Bool {
        value.isFinite && (axis.scale == .linear || value > 0)
    }

    var points: [Point] { series.flatMap(\.points) }

    /// Indices of the series that have points, the one that ends highest first: a legend in this order is read beside
    /// the curves.
    var order: [Int] {
        series.indices.filter { !series[$0].points.isEmpty }.sorted { first, second in
            let ends = (series[first].points.last?.y ?? 0, series[second].points.last?.y ?? 0)
            return ends.0 == ends.1 ? first < second : ends.0 > ends.1
        }
    }
}

/// How the curve with a number is drawn: no two of the first thirty alike, in colour or in grey.
struct CurveStyle {
    /// As SVG writes it, and in the 256 colours of terminals.
    let colour: String, terminalColour: Int
    let marker: Marker
    /// Lengths of dashes and gaps; empty for a whole line.
    let dash: String

    enum Marker: CaseIterable { case circle, square, triangle, diamond, invertedTriangle, cross }

    /// Okabe & Ito 2008, "Color universal design": told apart with every kind of colour vision. Without their yellow,
    /// which is lost on white.
    private static let colours = [
        ("#0072B2", 32), ("#D55E00", 166), ("#009E73", 36), ("#CC79A7", 175), ("#E69F00", 214), ("#56B4E9", 117),
        ("#000000", 244),
    ]
    private static let dashes = ["", "8 4", "2 3", "10 3 2 3", "5 5"]

    init(_ index: Int) {
        (colour, terminalColour) = Self.colours[index % Self.colours.count]
        marker = Marker.allCases[index % Marker.allCases.count]
        dash = Self.dashes[index % Self.dashes.count]
    }
}
