// The plot as SVG: 380 wide, read on a telephone as it is; the legend below.

extension PointChart {
    private static let width = 380.0, size = 11.0

    /// How wide a text of this chart is.
    private static func width(_ text: String) -> Double { SVG.width(text) * size / 14 * 0.86 }

    /// White ground; each point tells its numbers when the pointer rests on it. The marks of a system form a group of
    /// the class "series" with its number.
    public var svg: String {
        let points = series.flatMap(\.points)
        let x = PointAxis(self.x, points.flatMap { [$0.x] + Self.ends($0.xRange) }),
            y = PointAxis(self.y, points.flatMap { [$0.y] + Self.ends($0.yRange) })
        let titles = TextWidth.wrapped(title, to: 52)
        let left = min(160, 30 + (y.ticks.map { Self.width($0.label) }.max() ?? 0) + (self.y.label.isEmpty ? -16 : 0))
        let isCrowded = self.x.names.contains {
            Self.width($0) > (Self.width - left - 12) / Double(max(1, self.x.names.count))
        }
        let frame = Frame(
            left: left, top: 16 + Double(titles.count) * 16, right: Self.width - 12,
            height: self.y.names.isEmpty ? 220 : max(60, Double(self.y.names.count) * 20 + 8))
        let notes = notes.flatMap { TextWidth.wrapped($0, to: 66) }
        let legend = hasLegend ? Legend(series, width: Self.width - 20) : Legend([], width: 1)
        let axisHeight = isCrowded ? 84.0 : 40
        // A long word is not broken: the picture is as wide as its lines, at least.
        let texts =
            (titles.map { SVG.width($0, size: 13, isBold: true) } + notes.map { SVG.width($0, size: 10) }).max() ?? 0
        var svg = SVG(
            width: max(Self.width, texts + 20),
            height: frame.bottom + axisHeight + legend.height + Double(notes.count) * 14 + 8)
        for (line, text) in titles.enumerated() {
            svg.text(text, x: 10, y: 18 + Double(line) * 16, size: 13, isBold: true)
        }
        drawAxes(x, y, frame, isCrowded, &svg)
        if front.count > 1 {
            svg.line(
                through: front.map { (frame.x(x.position($0.x)), frame.y(y.position($0.y))) }, stroke: "#57606a",
                strokeWidth: 1.2, dash: "3 3")
        }
        if points.isEmpty {
            svg.text(
                "no figures to draw", x: (frame.left + frame.right) / 2, y: frame.top + frame.height / 2,
                size: Self.size, anchor: "middle")
        }
        for one in series { draw(one, { frame.x(x.position($0)) }, { frame.y(y.position($0)) }, &svg) }
        legend.draw(x: 10, y: frame.bottom + axisHeight + 10, size: Self.size, &svg)
        for (line, note) in notes.enumerated() {
            svg.text(note, x: 10, y: frame.bottom + axisHeight + legend.height + 10 + Double(line) * 14, size: 10)
        }
        return svg.document
    }

    private static func ends(_ range: ClosedRange<Double>?) -> [Double] {
        range.map { [$0.lowerBound, $0.upperBound] } ?? []
    }

    private struct Frame {
        let left: Double, top: Double, right: Double, height: Double

        var bottom: Double { top + height }

        func x(_ position: Double) -> Double { left + 8 + position * (right - left - 16) }
        func y(_ position: Double) -> Double { bottom - 7 - position * (height - 14) }
    }

    private func drawAxes(_ x: PointAxis, _ y: PointAxis, _ frame: Frame, _ isCrowded: Bool, _ svg: inout SVG) {
        var used = -Double.infinity
        for tick in x.ticks {
            let place = frame.x(tick.position), width = Self.width(tick.label)
            svg.line(from: (place, frame.top), to: (place, frame.bottom), stroke: "#e3e6ea")
            if isCrowded {
                svg.text(
                    TextWidth.cut(tick.label, to: 14), x: place + 4, y: frame.bottom + 12, size: Self.size,
                    anchor: "end", slant: -45)
            } else if place - width / 2 > used + 4 {
                svg.text(tick.label, x: place, y: frame.bottom + 14, size: Self.size, anchor: "middle")
                used = place + width / 2
            }
        }
        for tick in y.ticks {
            let place = frame.y(tick.position)
            svg.line(from: (frame.left, place), to: (frame.right, place), stroke: "#e3e6ea")
            svg.text(TextWidth.cut(tick.label, to: 24), x: frame.left - 6, y: place + 4, size: Self.size, anchor: "end")
        }
        svg.rectangle(
            x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.height, fill: "none",
            stroke: "#57606a")
        svg.text(
            self.x.label, x: (frame.left + frame.right) / 2, y: frame.bottom + (isCrowded ? 76 : 32), size: Self.size,
            anchor: "middle")
        if !self.y.label.isEmpty {
            svg.text(
                self.y.label, x: 16, y: frame.top + frame.height / 2, size: Self.size, anchor: "middle", slant: -90)
        }
    }

    private func draw(_ series: Series, _ x: (Double) -> Double, _ y: (Double) -> Double, _ svg: inout SVG) {
        guard !series.points.isEmpty else { return }
        let style = CurveStyle(series.style)
        svg.begin(series: series.style)
        if series.kind == .curve, series.points.count > 1 {
            svg.line(
                through: series.points.map { (x($0.x), y($0.y)) }, stroke: style.colour, strokeWidth: 1.6,
                dash: style.dash)
        }
        for point in series.points {
            if let range = point.xRange {
                svg.line(
                    from: (x(range.lowerBound), y(point.y)), to: (x(range.upperBound), y(point.y)),
                    stroke: style.colour, strokeWidth: 1.4)
            }
            if let range = point.yRange {
                svg.line(
                    from: (x(point.x), y(range.lowerBound)), to: (x(point.x), y(range.upperBound)),
                    stroke: style.colour, strokeWidth: 1.4)
            }
            svg.marker(
                style.marker, at: (x(point.x), y(point.y)), colour: style.colour, tip: tip(series, point),
                scale: series.kind == .dots ? 0.45 : 0.7,
                opacity: series.kind == .dots ? 0.6 : 1)
        }
        svg.end()
    }

    private func tip(_ series: Series, _ point: Point) -> String {
        func half(_ range: ClosedRange<Double>?) -> String {
            range.map { " ± " + NumberText.text(($0.upperBound - $0.lowerBound) / 2, significant: 2) } ?? ""
        }
        func text(_ axis: Axis, _ value: Double, _ range: ClosedRange<Double>?) -> String? {
            if axis.names.isEmpty { return "\(axis.label) \(NumberText.text(value, significant: 4))\(half(range))" }
            let place = Int(value.rounded())
            // The name of a row of its own is that of the series.
            return axis.names.indices.contains(place) && axis.names[place] != series.name
                ? "\(axis.label) \(axis.names[place])" : nil
        }
        return ([series.name] + [text(y, point.y, point.yRange), text(x, point.x, point.xRange)].compactMap { $0 })
            .joined(separator: "; ")
    }
}

/// The names below a chart, in columns.
private struct Legend {
    let entries: [(name: String, style: Int, kind: PointChart.Kind)]
    let columns: Int, columnWidth: Double

    init(_ series: [PointChart.Series], width: Double) {
        entries = series.filter { !$0.points.isEmpty && $0.kind != .dots }.map { ($0.name, $0.style, $0.kind) }
        let widest = entries.map { SVG.width(TextWidth.cut($0.name, to: 28)) * 11 / 14 * 0.86 + 40 }.max() ?? width
        columns = max(1, min(3, Int(width / widest)))
        columnWidth = width / Double(columns)
    }

    private var lines: Int { (entries.count + columns - 1) / columns }
    var height: Double { Double(lines) * 16 + (entries.isEmpty ? 0 : 6) }

    func draw(x: Double, y: Double, size: Double, _ svg: inout SVG) {
        for (index, entry) in entries.enumerated() {
            let style = CurveStyle(entry.style)
            let place = (x: x + Double(index / lines) * columnWidth, y: y + Double(index % lines) * 16)
            svg.begin(series: entry.style, isName: true)
            if entry.kind == .curve {
                svg.line(
                    from: (place.x, place.y), to: (place.x + 26, place.y), stroke: style.colour, strokeWidth: 1.6,
                    dash: style.dash)
            }
            svg.marker(style.marker, at: (place.x + 13, place.y), colour: style.colour, scale: 0.7)
            svg.text(TextWidth.cut(entry.name, to: 28), x: place.x + 32, y: place.y + 4, size: size)
            svg.end()
        }
    }
}

/// An axis of numbers, or of names at the places 0, 1, 2 …
private struct PointAxis {
    let ticks: [(label: String, position: Double)]
    private let numbers: ChartAxis?
    private let count: Int

    init(_ axis: PointChart.Axis, _ values: [Double]) {
        count = axis.names.count
        guard axis.names.isEmpty else {
            numbers = nil
            let count = count
            ticks = axis.names.enumerated().map { ($1, Self.place(Double($0), of: count)) }
            return
        }
        let values = (values + axis.including).filter { axis.scale == .linear || $0 > 0 }
        let fitted = ChartAxis(LineChart.Axis("", axis.scale), holding: values)
        numbers = fitted
        ticks = fitted.ticks.map { (ChartAxis.label($0), fitted.position($0)) }
    }

    func position(_ value: Double) -> Double { numbers?.position(value) ?? Self.place(value, of: count) }

    /// Half a place is left free at both ends.
    private static func place(_ value: Double, of count: Int) -> Double { (value + 0.5) / Double(max(1, count)) }
}
