// Line charts: round ticks, points where they belong, and nothing a name or a number contains can break the picture.

import Foundation
import Testing

@testable import Reports

#if canImport(FoundationXML)
import FoundationXML
#endif

private func series(_ name: String, _ points: [(Double, Double)]) -> LineChart.Series {
    LineChart.Series(name, points.map { LineChart.Point(x: $0.0, y: $0.1) })
}

private func chart(
    _ series: [LineChart.Series], x: LineChart.Scale = .linear, y: LineChart.Scale = .linear
) -> LineChart {
    LineChart(title: "Title", x: LineChart.Axis("length", x), y: LineChart.Axis("time", y), series)
}

/// Whether a document is well-formed XML.
private func isXML(_ text: String) -> Bool { XMLParser(data: Data(text.utf8)).parse() }

private let numbers: [Double] = [
    0, -0.0, 1, -1, 0.1, .leastNonzeroMagnitude, .leastNormalMagnitude / 8, 1e308, -1e308, 1e16, 1e16 + 2, .nan,
    .infinity, -.infinity,
]

@Suite("Line charts") struct LineChartTests {
    @Test(
        "linear ticks are round and hold the values",
        arguments: [
            ([0.0, 97], [0.0, 20, 40, 60, 80, 100]), ([-1e-14, 100.00000000000003], [0.0, 20, 40, 60, 80, 100]),
            ([3, 4.2], [3, 3.5, 4, 4.5]), ([-7, 12], [-10, -5, 0, 5, 10, 15]), ([5, 5], [0, 1, 2, 3, 4, 5]),
            ([-2, -2], [-2, -1.5, -1, -0.5, 0]),
            ([0, 0], [0, 0.2, 0.4, 0.6, 0.8, 1]), ([-0.0], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ])
    func linear(values: [Double], ticks: [Double]) {
        let axis = ChartAxis(LineChart.Axis("x"), holding: values)
        #expect(
            axis.ticks.count == ticks.count && zip(axis.ticks, ticks).allSatisfy { abs($0 - $1) < 1e-9 },
            "\(axis.ticks)")
        #expect(values.allSatisfy { (0...1).contains(axis.position($0)) })
    }

    @Test(
        "logarithmic ticks: powers of ten, with 2 and 5 where they are few",
        arguments: [
            ([3.0, 40], [2.0, 5, 10, 20, 50]), ([1, 1000], [1, 10, 100, 1000]),
            ([0.02, 9000], [0.1, 1, 10, 100, 1000, 10_000]), ([10, 10], [10, 20]),
        ])
    func logarithmic(values: [Double], ticks: [Double]) {
        let axis = ChartAxis(LineChart.Axis("x", .logarithmic), holding: values)
        #expect(
            axis.ticks.count == ticks.count && zip(axis.ticks, ticks).allSatisfy { abs($0 / $1 - 1) < 1e-9 },
            "\(axis.ticks)")
    }

    @Test("equal ratios take equal room on a logarithmic axis, and given ticks stay") func ratios() {
        let axis = ChartAxis(LineChart.Axis("x", .logarithmic, ticks: [16, 64, 256]), holding: [16, 256])
        #expect(axis.ticks == [16, 64, 256])
        #expect(zip(axis.ticks.map(axis.position), [0, 0.5, 1]).allSatisfy { abs($0 - $1) < 1e-12 })
    }

    @Test(
        "labels",
        arguments: [
            (0, "0"), (0.001, "0.001"), (250, "250"), (-2.5, "−2.5"), (4096, "4096"), (1e6, "10⁶"),
            (2.5e-7, "2.5·10⁻⁷"), (-3e12, "−3·10¹²"),
        ])
    func label(value: Double, text: String) {
        #expect(ChartAxis.label(value) == text)
    }

    @Test("what has no place on an axis is left out, and a note says so") func leftOut() {
        let drawn = chart(
            [
                series("a", [(1, 1), (2, 0), (3, -1), (4, 2)]), series("b", [(1, .nan), (2, 3)]), series("c", [(1, 2)]),
            ], y: .logarithmic)
        #expect(drawn.series.map(\.points.count) == [2, 1, 1])
        #expect(drawn.notes.count == 2)
        #expect(drawn.notes[0].hasPrefix("a: 2 points left out") && drawn.notes[0].contains("logarithmic"))
        #expect(drawn.notes[1].hasPrefix("b: 1 point left out") && !drawn.notes[1].contains("zero"))
        for note in drawn.notes { #expect(drawn.text(colour: false).contains(note) && drawn.svg.contains(note)) }
        // Zero and below belong on a linear axis.
        #expect(chart([series("a", [(0, 0), (-1, -1)])]).notes.isEmpty)
    }

    @Test("in the terminal: letters on the points, at the ends, and in the legend") func text() {
        let text = chart([series("rising", [(0, 0), (10, 10)]), series("level", [(0, 5), (10, 5)])]).text(
            width: 34, height: 5, colour: false)
        #expect(
            text == """
                Title
                time
                10 ┤                      ⢀⣀⠤⠔⠒a a
                 8 ┤                 ⣀⡠⠤⠒⠉⠁
                 4 ┤b⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⣤⡤⠤⠶⠮⠭⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤b b
                 2 ┤     ⢀⣀⠤⠒⠊⠉
                 0 ┤a⠤⠔⠒⠉⠁
                   └┬────┬─────┬────┬─────┬────┬
                    0    2     4    6     8   10
                               length
                a rising   b level

                """)
    }

    @Test("curves that end together are named together") func together() {
        let text = chart([series("one", [(0, 0), (1, 1)]), series("two", [(0, 0), (1, 1)])]).text(
            width: 40, height: 6, colour: false)
        #expect(text.contains("a ab\n"))
    }

    @Test("no line is wider than asked for, with and without colour", arguments: [30, 57, 80, 120]) func width(
        width: Int
    ) {
        let many = (0..<60).map { index in
            series("scorer-\(index)", (4...12).map { (Double(1 << $0), Double(index + 1) * Double($0)) })
        }
        let chart = chart(
            Array(many.prefix(12)) + [series(String(repeating: "long", count: 50), [(1, 1)])], x: .logarithmic,
            y: .logarithmic)
        let plain = chart.text(width: width, colour: false), coloured = chart.text(width: width, colour: true)
        #expect(!plain.contains("\u{1B}") && coloured.contains("\u{1B}[38;5;"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
        for line in plain.split(separator: "\n") { #expect(TextWidth.of(String(line)) <= width, "\(line)") }
        // More curves than letters are no crash.
        _ = LineChart(title: "", x: chart.x, y: chart.y, many).text(width: width, colour: true)
    }

    @Test(
        "no series, no points, and numbers at the edge of what there is do not trap",
        arguments: [LineChart.Scale.linear, .logarithmic])
    func wild(scale: LineChart.Scale) {
        #expect(chart([]).text(colour: false).contains("no points"))
        #expect(chart([series("a", [])]).svg.contains("no points"))
        for first in numbers {
            for second in numbers {
                let drawn = chart([series("a", [(first, second), (second, first)])], x: scale, y: scale)
                _ = drawn.text(colour: true)
                #expect(isXML(drawn.svg))
            }
        }
        #expect(isXML(chart([]).svg))
    }

    @Test("SVG escapes names, dashes lines, and each point tells its numbers") func svg() {
        let drawn = LineChart(
            title: "a < b & c", x: LineChart.Axis("\"words\""), y: LineChart.Axis("<µs>"),
            [
                series("<&>\u{1}", [(16, 2.5), (32, 5)]), series("other", [(16, 1), (32, 2)]),
            ])
        let svg = drawn.svg
        #expect(isXML(svg))
        #expect(svg.contains("<title>&lt;&amp;&gt;\u{FFFD}: 2.5 &lt;µs&gt; at 16 &quot;words&quot;</title>"))
        #expect(svg.contains(">a &lt; b &amp; c<"))
        #expect(svg.components(separatedBy: "<title>").count == 5)
        #expect(svg.components(separatedBy: "stroke-dasharray").count == 3)
    }

    @Test("thirty curves are all drawn differently, even without colour") func styles() {
        let styles = (0..<30).map { CurveStyle($0) }
        #expect(Set(styles.map { "\($0.marker) \($0.dash)" }).count == 30)
    }
}
