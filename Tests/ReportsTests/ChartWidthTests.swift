// A picture is as wide as its title and its notes, however little there is to draw.

import Foundation
import Reports
import Testing

@Suite("Widths of charts") struct ChartWidthTests {
    private let long = String(repeating: "a-name-without-a-space", count: 8)

    /// About what a sans-serif font takes, in pixels: half its size a letter.
    private func needed(_ svg: String) throws -> Double {
        try svg.matches(of: /<text x="([0-9.]+)" y="[^"]*" font-size="([0-9.]+)" text-anchor="start"([^>]*)>([^<]*)</)
            .map { match in
                guard !match.3.contains("transform") else { return 0 }
                return try #require(Double(match.1)) + Double(match.4.count) * #require(Double(match.2)) * 0.5
            }.max() ?? 0
    }

    private func width(_ svg: String) throws -> Double {
        try #require(svg.firstMatch(of: /<svg [^>]*width="([0-9.]+)"/).flatMap { Double($0.1) })
    }

    @Test("one scorer and one phenomenon") func matrix() throws {
        let note = "0 is perfect; mean over seeds; links of the largest weight of each word"
        let chart = MatrixChart(
            name: "m", title: "AER by phenomenon", rows: ["x"], columns: ["y"], values: [[0.5]], notes: [note])
        let svg = chart.svg
        #expect(try width(svg) >= 160 && width(svg) >= needed(svg))
        let wide = MatrixChart(name: "m", title: long, rows: ["x"], columns: ["y"], values: [[0.5]], notes: [long]).svg
        #expect(try width(wide) >= needed(wide))
    }

    @Test("curves and points, with a note that cannot be broken") func others() throws {
        let line = LineChart(
            title: long, x: LineChart.Axis("x"), y: LineChart.Axis("y"),
            [LineChart.Series("s", [LineChart.Point(x: 1, y: 1)])], notes: [long + long]
        ).svg
        #expect(try width(line) >= needed(line))
        let series = PointChart.Series("s", style: 0, .curve, [PointChart.Point(x: 1, y: 1)])
        let points = PointChart(
            name: "p", title: long, x: PointChart.Axis("x"), y: PointChart.Axis("y"), [series], notes: [long],
            table: Table([])
        ).svg
        #expect(try width(points) >= needed(points))
    }
}
