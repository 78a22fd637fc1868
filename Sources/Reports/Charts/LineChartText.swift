// The chart in a terminal: curves in braille, 2 × 4 dots a character, and a letter at every point.

extension LineChart {
    /// Title, plot, axes and legend. Letters tell the curves apart, so that nothing depends on colour; where several
    /// curves meet, one letter is seen in the plot, and all of those that end in a row stand at its right.
    ///
    /// - Parameters:
    ///   - width: characters a line may have; at least 30 are taken.
    ///   - height: lines of the plot.
    ///   - colour: a colour for each curve, by escape codes.
    public func text(width: Int = 80, height: Int = 20, colour: Bool) -> String {
        guard !points.isEmpty else { return "\(title)\n(no points to draw)\n" + notes.map { $0 + "\n" }.joined() }
        return Plot(self, width: max(30, width), height: max(4, height), colour: colour).text
    }
}

/// One drawing.
private struct Plot {
    private let chart: LineChart
    private let x: ChartAxis, y: ChartAxis
    private let order: [Int]
    private let width: Int, rows: Int, left: Int
    private var columns = 1
    private let colour: Bool
    private var cells: [[Cell]]

    /// Dots as braille numbers them, a letter over them, and whose it is.
    private struct Cell {
        var dots: UInt8 = 0
        var letter: Character?
        var owner = 0
    }

    init(_ chart: LineChart, width: Int, height: Int, colour: Bool) {
        (self.chart, self.width, rows, self.colour) = (chart, width, height, colour)
        x = ChartAxis(chart.x, holding: chart.points.map(\.x))
        y = ChartAxis(chart.y, holding: chart.points.map(\.y))
        order = chart.order
        left = y.ticks.map { TextWidth.of(ChartAxis.label($0)) }.max() ?? 0
        cells = []
        // So many letters stand at the right of the row where most curves end.
        let ends =
            Dictionary(grouping: order) { row(chart.series[$0].points.last?.y ?? 0) }.map(\.value.count).max() ?? 0
        columns = max(10, width - left - 2 - ends - 1)
        cells = [[Cell]](repeating: [Cell](repeating: Cell(), count: columns), count: rows)
        draw()
    }

    // MARK: places

    private func dotRow(_ value: Double) -> Int { Int(((1 - y.position(value)) * Double(rows * 4 - 1)).rounded()) }
    private func dotColumn(_ value: Double) -> Int { Int((x.position(value) * Double(columns * 2 - 1)).rounded()) }
    private func row(_ value: Double) -> Int { dotRow(value) / 4 }
    private func column(_ value: Double) -> Int { dotColumn(value) / 2 }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

    private func letter(_ rank: Int) -> Character { rank < Plot.letters.count ? Plot.letters[rank] : "•" }

    // MARK: drawing

    private mutating func draw() {
        // From the lowest curve up, so that the one named first lies on top.
        for series in order.reversed() {
            let points = chart.series[series].points
            for (from, to) in zip(points, points.dropFirst()) { line(from, to, series) }
        }
        for (rank, series) in order.enumerated() {
            for point in chart.series[series].points where cells[row(point.y)][column(point.x)].letter == nil {
                cells[row(point.y)][column(point.x)].letter = letter(rank)
                cells[row(point.y)][column(point.x)].owner = series
            }
        }
    }

    /// Dots between two points, one for each step of the longer side.
    private mutating func line(_ from: LineChart.Point, _ to: LineChart.Point, _ series: Int) {
        let start = (x: dotColumn(from.x), y: dotRow(from.y)), end = (x: dotColumn(to.x), y: dotRow(to.y))
        let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            dot(
                start.x + Int((Double(end.x - start.x) * share).rounded()),
                start.y + Int((Double(end.y - start.y) * share).rounded()), series)
        }
    }

    /// Bits of the braille patterns: rows 1 to 3 of the left column, then of the right one, then row 4 of both.
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    private mutating func dot(_ x: Int, _ y: Int, _ series: Int) {
        cells[y / 4][x / 2].dots |= Plot.bits[y % 4][x % 2]
        cells[y / 4][x / 2].owner = series
    }

    // MARK: text

    var text: String {
        var lines = TextWidth.wrapped(chart.title, to: width) + [chart.y.label]
        let tickRows = Dictionary(y.ticks.map { (row($0), ChartAxis.label($0)) }) { first, _ in first }
        let ends = Dictionary(grouping: order.indices) { row(chart.series[order[$0]].points.last?.y ?? 0) }
        for row in 0..<rows {
            let label = tickRows[row] ?? ""
            let edge = String(repeating: " ", count: left - TextWidth.of(label)) + label + (label.isEmpty ? " │" : " ┤")
            let names = (ends[row] ?? []).map { painted(String(letter($0)), order[$0]) }.joined()
            lines.append(edge + plotLine(cells[row]) + (names.isEmpty ? "" : " " + names))
        }
        lines += axis + legend + chart.notes
        return lines.map { line in
            var line = Substring(line)
            while line.last == " " { line = line.dropLast() }
            return line + "\n"
        }.joined()
    }

    /// Neighbours of one colour are painted together.
    private func plotLine(_ cells: [Cell]) -> String {
        var line = "", run = "", owner: Int?
        for cell in cells {
            let isEmpty = cell.letter == nil && cell.dots == 0
            if owner != (isEmpty ? nil : cell.owner) {
                line += owner.map { painted(run, $0) } ?? run
                (run, owner) = ("", isEmpty ? nil : cell.owner)
            }
            run.append(cell.letter ?? Plot.braille(cell.dots))
        }
        return line + (owner.map { painted(run, $0) } ?? run)
    }

    private static func braille(_ dots: UInt8) -> Character {
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots)) else { return " " }
        return Character(scalar)
    }

    private func painted(_ text: String, _ series: Int) -> String {
        colour ? "\u{1B}[38;5;\(CurveStyle(series).terminalColour)m\(text)\u{1B}[0m" : text
    }

    /// The line under the plot with its ticks, their numbers, and what they are.
    private var axis: [String] {
        var line = [Character](repeating: "─", count: columns), numbers = "", used = 0
        for tick in x.ticks {
            let place = column(tick), label = ChartAxis.label(tick)
            guard line.indices.contains(place) else { continue }
            let start = max(0, min(place - TextWidth.of(label) / 2, columns - TextWidth.of(label)))
            guard used == 0 || start > used else { continue }
            line[place] = "┬"
            numbers += String(repeating: " ", count: start - used) + label
            used = start + TextWidth.of(label)
        }
        let indent = String(repeating: " ", count: left + 2)
        let middle = String(repeating: " ", count: max(0, (columns - TextWidth.of(chart.x.label)) / 2))
        return [
            String(repeating: " ", count: left + 1) + "└" + String(line), indent + numbers,
            indent + middle + chart.x.label,
        ]
    }

    private var legend: [String] {
        var lines = [""], used = 0
        for (rank, series) in order.enumerated() {
            let name = TextWidth.cut(chart.series[series].name, to: max(8, width - 6))
            let needed = TextWidth.of(name) + 2
            if used > 0, used + 3 + needed > width {
                lines.append("")
                used = 0
            }
            lines[lines.count - 1] += (used > 0 ? "   " : "") + painted(String(letter(rank)), series) + " " + name
            used += (used > 0 ? 3 : 0) + needed
        }
        return lines
    }
}
