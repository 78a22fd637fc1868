// Figures of several systems in several groups, each a cell whose darkness tells it and whose number says it.

/// Rows of groups, columns of systems.
public struct MatrixChart: Sendable {
    /// A file name without its ending.
    public let name: String
    public let title: String
    public let rows: [String], columns: [String]
    /// [row][column], 0 to 1; nil where nothing was measured.
    public let values: [[Double?]]
    public let digits: Int
    public let notes: [String]
    /// The better end of the values.
    public let best: Table.Best

    public init(
        name: String, title: String, rows: [String], columns: [String], values: [[Double?]], digits: Int = 2,
        notes: [String] = [],
        best: Table.Best = .greatest
    ) {
        self.best = best
        (self.name, self.title, self.rows, self.columns, self.values, self.digits, self.notes) = (
            name, title, rows, columns, values, digits, notes
        )
    }

    /// The figures of the chart.
    public var table: Table {
        var table = Table([Table.Column("", .left)] + columns.map { Table.Column($0, best: best) })
        for (row, name) in rows.enumerated() {
            table.add(
                [name] + values[row].map { $0.map { NumberText.text($0, digits: digits + 1) } ?? "–" },
                exact: [nil] + values[row])
        }
        return table
    }

    /// White ground; darker is more.
    public var svg: String {
        let size = 11.0, cell = (width: 36.0, height: 20.0)
        func width(_ text: String) -> Double { SVG.width(text) * size / 14 * 0.86 }
        let left = 16 + (rows.map(width).max() ?? 0)
        let top = 36 + (columns.map(width).max() ?? 0) * 0.71 + 8
        // Slanted names reach beyond the last column.
        let reach: Double =
            columns.enumerated().map { index, name in (Double(index) + 0.5) * cell.width + width(name) * 0.71 + 14 }
            .max() ?? 0
        let drawn = max(left + reach, left + Double(columns.count) * cell.width + 10)
        let notes = notes.flatMap { TextWidth.wrapped($0, to: max(40, Int(drawn / 5.6))) }
        let whole = max(
            drawn, SVG.width(title, size: 13, isBold: true) + 20,
            (notes.map { SVG.width($0, size: 10) }.max() ?? 0) + 20)
        let bottom = top + Double(rows.count) * cell.height
        var svg = SVG(width: whole, height: bottom + 14 + Double(notes.count) * 14)
        svg.text(title, x: 10, y: 18, size: 13, isBold: true)
        for (index, name) in columns.enumerated() {
            svg.text(name, x: left + (Double(index) + 0.5) * cell.width, y: top - 6, size: size, slant: -45)
        }
        for (row, name) in rows.enumerated() {
            let y = top + Double(row) * cell.height
            svg.text(name, x: left - 6, y: y + 14, size: size, anchor: "end")
            for (column, value) in values[row].enumerated() {
                let x = left + Double(column) * cell.width
                let exact = value.map { NumberText.text($0, digits: digits + 1) } ?? "not measured"
                let short = value.map { NumberText.text($0, digits: digits) } ?? "–"
                svg.shade(
                    value ?? 0, x: x, y: y, width: cell.width, height: cell.height,
                    tip: "\(columns[column]), \(name): \(exact)")
                svg.text(
                    short, x: x + cell.width / 2, y: y + 14, size: 10, anchor: "middle",
                    style: (value ?? 0) > 0.62 ? "on-dark" : "")
            }
        }
        for (line, note) in notes.enumerated() { svg.text(note, x: 10, y: bottom + 16 + Double(line) * 14, size: 10) }
        return svg.document
    }
}
