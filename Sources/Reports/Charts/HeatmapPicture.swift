// The heatmap as SVG.

extension Heatmap {
    /// A page of its own: white ground, source words slanted above, target words at the left, gold links framed, a
    /// scale below.
    ///
    /// Each cell tells its weight when the pointer rests on it.
    public func svg(title: String) -> String {
        let cell = 28.0
        let left = 16 + (target.map(SVG.width).max() ?? 0) + 8,
            top = 44 + (source.map(SVG.width).max() ?? 0) * 0.71 + 14
        // Slanted words reach beyond the last column.
        let reach = source.indices.map { Double($0) * cell + SVG.width(source[$0]) * 0.71 + 24 }.max() ?? 0
        let right = left + max(Double(source.count) * cell, reach, SVG.width(title), 220) + 16
        let below = top + Double(target.count) * cell
        let height = below + (marks.isEmpty ? 52 : 74)
        var svg = SVG(width: right, height: height)
        svg.text(title, x: 16, y: 26, size: 15, isBold: true)
        for (index, word) in source.enumerated() {
            svg.text(word, x: left + (Double(index) + 0.5) * cell + 4, y: top - 6, slant: -45)
        }
        for (row, word) in target.enumerated() {
            let y = top + Double(row) * cell
            svg.text(word, x: left - 8, y: y + cell / 2 + 4.5, anchor: "end")
            for (column, from) in source.enumerated() {
                let x = left + Double(column) * cell, weight = weights[row][column]
                svg.rectangle(
                    x: x, y: y, width: cell, height: cell, fill: WeightColour.svg(weight), stroke: "#e3e6ea",
                    tip: "\(from) → \(word): \(SVG.number(weight, 3))")
                if marks.contains(Mark(source: column, target: row)) {
                    svg.rectangle(
                        x: x + 2, y: y + 2, width: cell - 4, height: cell - 4, fill: "none", stroke: "#c2410c",
                        strokeWidth: 2)
                }
            }
        }
        drawScale(&svg, x: left, y: below + 16)
        if !marks.isEmpty {
            svg.rectangle(
                x: left + 1, y: below + 49, width: 14, height: 14, fill: "none", stroke: "#c2410c", strokeWidth: 2)
            svg.text("gold alignment (sure)", x: left + 24, y: below + 61, size: 12)
        }
        return svg.document
    }

    private func drawScale(_ svg: inout SVG, x: Double, y: Double) {
        for step in 0..<10 {
            svg.rectangle(
                x: x + Double(step) * 12, y: y, width: 12, height: 12, fill: WeightColour.svg(Double(step) / 9),
                stroke: "#e3e6ea")
        }
        svg.text("weight 0 to 1", x: x + 130, y: y + 11, size: 12)
    }
}
