// A table as HTML: sortable by its page, readable without.

extension Table {
    /// - Parameters:
    ///   - caption: said by screen readers, and shown above.
    ///   - style: the number of the curve whose row this is, by its cells; the name of such a row becomes a button.
    public func html(caption: String, style: ([String]) -> Int? = { _ in nil }) -> String {
        let head = columns.enumerated().map { index, column in
            "<th scope=\"col\" data-column=\"\(index)\"\(column.alignment.isLeft ? " class=\"left\"" : "")>\(HTMLEscape.text(column.name))</th>"
        }.joined()
        let marks = columns.indices.map { column in rows.map { Self.parts($0[column]).mark.count }.max() ?? 0 }
        let body = zip(rows, exact).map { row, exact in
            "<tr>" + row.enumerated().map { index, cell in
                index == 0 ? Self.name(cell, style(row)) : Self.cell(cell, exact[index], columns[index].alignment, mark: marks[index])
            }.joined() + "</tr>"
        }.joined(separator: "\n")
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(HTMLEscape.text(caption))"><table class="sortable">
            <caption>\(HTMLEscape.text(caption))</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)
            </tbody></table></div>

            """
    }

    private static func name(_ cell: String, _ style: Int?) -> String {
        guard let style else { return "<th scope=\"row\">\(HTMLEscape.text(cell))</th>" }
        return "<th scope=\"row\"><button type=\"button\" class=\"system\" data-series=\"\(style)\" aria-pressed=\"false\">\(CurveStyle(style).sample)\(HTMLEscape.text(cell))</button></th>"
    }

    /// What follows ± is smaller than the figure, and so is its mark. The page's script sorts by the exact figure, where the text has another.
    /// - Parameter mark: characters of the longest mark of the column: figures stand under one another.
    private static func cell(_ text: String, _ exact: Double?, _ alignment: Alignment, mark width: Int) -> String {
        let value = exact.flatMap { $0.isFinite && Double(text) != $0 ? " data-value=\"\($0)\"" : nil } ?? ""
        let tag = "<td\(alignment.isLeft ? " class=\"left\"" : "")\(value)>"
        guard alignment == .right, !text.isEmpty else { return tag + HTMLEscape.text(text) + "</td>" }
        let parts = parts(text)
        return tag + HTMLEscape.text(parts.figure) + (parts.half.isEmpty ? "" : "<small>\(HTMLEscape.text(parts.half))</small>")
            + (width > 0 ? "<span class=\"mark\" style=\"width:\(width)ch\">\(HTMLEscape.text(parts.mark))</span>" : "") + "</td>"
    }

    /// "97.0 ±0.9 ab" is a figure, half of an interval (or what stands where there is none), and a mark: letters, or a star.
    private static func parts(_ text: String) -> (figure: String, half: String, mark: String) {
        guard let match = text.wholeMatch(of: #/([+−]?[0-9.]+|–)( ±[0-9.]+|†)?\ *([\p{L}′]+|\*)?\ */#) else { return (text, "", "") }
        return (String(match.1), match.2.map(String.init) ?? "", match.3.map(String.init) ?? "")
    }
}

extension CurveStyle {
    /// The marker alone, as it stands in a legend.
    var sample: String {
        "<svg class=\"sample\" viewBox=\"-7 -7 14 14\" width=\"12\" height=\"12\" aria-hidden=\"true\"><path d=\"\(marker.outline)\" fill=\"\(colour)\"/></svg>"
    }
}
