// The chart as SVG.

extension LineChart {
    private static let plotWidth = 620.0, plotHeight = 420.0

    /// A page of its own: white ground, a fine grid, the legend at the right in the order in which the curves end.
    ///
    /// Each point tells its numbers when the pointer rests on it.
    public var svg: String {
        let x = ChartAxis(self.x, holding: points.map(\.x)), y = ChartAxis(self.y, holding: points.map(\.y))
        let frame = Frame(
            left: 16 + 22 + (y.ticks.map { SVG.width(ChartAxis.label($0)) }.max() ?? 0) + 8, top: 48,
            width: Self.plotWidth, height: max(Self.plotHeight, Double(order.count) * 22 + 8))
        let names = order.map { SVG.width(series[$0].name) }.max() ?? 0
        let right = frame.right + (order.isEmpty ? 16 : 24 + 44 + names + 16)
        let texts = ([SVG.width(title, size: 15, isBold: true)] + notes.map { SVG.width($0, size: 12) }).max() ?? 0
        var svg = SVG(width: max(right, texts + 32), height: frame.bottom + 58 + Double(notes.count) * 18)
        svg.text(title, x: 16, y: 26, size: 15, isBold: true)
        draw(x, y, frame, &svg)
        for index in order {
            draw(series[index], CurveStyle(index), { (frame.x(x.position($0.x)), frame.y(y.position($0.y))) }, &svg)
        }
        if order.isEmpty {
            svg.text(
                "no points to draw", x: frame.left + frame.width / 2, y: frame.top + frame.height / 2, anchor: "middle")
        }
        drawLegend(frame, &svg)
        for (line, note) in notes.enumerated() {
            svg.text(note, x: 16, y: frame.bottom + 64 + Double(line) * 18, size: 12)
        }
        return svg.document
    }

    /// Where the plot lies on the page.
    private struct Frame {
        let left: Double, top: Double, width: Double, height: Double

        var right: Double { left + width }
        var bottom: Double { top + height }

        /// A little inside, so that no marker lies on the frame.
        func x(_ position: Double) -> Double { left + 10 + position * (width - 20) }
        func y(_ position: Double) -> Double { bottom - 8 - position * (height - 16) }
    }

    private func draw(_ x: ChartAxis, _ y: ChartAxis, _ frame: Frame, _ svg: inout SVG) {
        var used = -Double.infinity
        for tick in x.ticks {
            let place = frame.x(x.position(tick)), label = ChartAxis.label(tick)
            svg.line(from: (place, frame.top), to: (place, frame.bottom), stroke: "#e3e6ea")
            guard place - SVG.width(label) / 2 > used + 4 else { continue }
            svg.text(label, x: place, y: frame.bottom + 18, size: 12, anchor: "middle")
            used = place + SVG.width(label) / 2
        }
        for tick in y.ticks {
            let place = frame.y(y.position(tick))
            svg.line(from: (frame.left, place), to: (frame.right, place), stroke: "#e3e6ea")
            svg.text(ChartAxis.label(tick), x: frame.left - 8, y: place + 4, size: 12, anchor: "end")
        }
        svg.rectangle(
            x: frame.left, y: frame.top, width: frame.width, height: frame.height, fill: "none", stroke: "#57606a")
        svg.text(self.x.label, x: frame.left + frame.width / 2, y: frame.bottom + 42, size: 13, anchor: "middle")
        svg.text(self.y.label, x: 26, y: frame.top + frame.height / 2, size: 13, anchor: "middle", slant: -90)
    }

    private func draw(
        _ series: Series, _ style: CurveStyle, _ place: (Point) -> (x: Double, y: Double), _ svg: inout SVG
    ) {
        if series.points.count > 1 {
            svg.line(through: series.points.map(place), stroke: style.colour, strokeWidth: 2, dash: style.dash)
        }
        for point in series.points {
            svg.marker(
                style.marker, at: place(point), colour: style.colour,
                tip:
                    "\(series.name): \(NumberText.text(point.y, significant: 4)) \(y.label) at \(NumberText.text(point.x, significant: 6)) \(x.label)"
            )
        }
    }

    private func drawLegend(_ frame: Frame, _ svg: inout SVG) {
        for (rank, index) in order.enumerated() {
            let style = CurveStyle(index), y = frame.top + 14 + Double(rank) * 22, x = frame.right + 24
            svg.line(from: (x, y), to: (x + 36, y), stroke: style.colour, strokeWidth: 2, dash: style.dash)
            svg.marker(style.marker, at: (x + 18, y), colour: style.colour)
            svg.text(series[index].name, x: x + 44, y: y + 4.5)
        }
    }
}
