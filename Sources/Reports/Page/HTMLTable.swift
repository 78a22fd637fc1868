// A table as HTML: sortable by its page, readable without.

extension Table {
    /// - Parameters:
    ///   - caption: said by screen readers, and shown above.
    ///   - system: whose row this is, by its cells; the name of such a row becomes a button.
    public func html(caption: String, system: ([String]) -> SystemMark? = { _ in nil }) -> String {
        let head = columns.enumerated().map { index, column in
            "<th scope=\"col\" data-column=\"\(index)\"\(column.alignment.isLeft ? " class=\"left\"" : "")"
                + "\(column.best == .least ? " data-best=\"least\"" : "")>\(HTMLEscape.text(column.name))</th>"
        }.joined()
        let marks = columns.indices.map { column in rows.map { Self.parts($0[column]).mark.count }.max() ?? 0 }
        let body = zip(rows, exact).map { row, exact in
            "<tr>"
                + row.enumerated().map { index, cell in
                    index == 0
                        ? Self.name(cell, system(row))
                        : Self.cell(
                            cell, exact[index], columns[index].alignment,
                            mark: marks[index])
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

    private static func name(_ cell: String, _ system: SystemMark?) -> String {
        "<th scope=\"row\">\(system.map { $0.button(cell) } ?? HTMLEscape.text(cell))</th>"
    }

    /// What follows ± is smaller than the figure, and so is its mark. The page's script sorts by the exact figure,
    /// where the text has another.
    /// - Parameter mark: characters of the longest mark of the column: figures stand under one another.
    private static func cell(_ text: String, _ exact: Double?, _ alignment: Alignment, mark width: Int) -> String {
        let value = exact.flatMap { $0.isFinite && Double(text) != $0 ? " data-value=\"\($0)\"" : nil } ?? ""
        let tag = "<td\(alignment.isLeft ? " class=\"left\"" : "")\(value)>"
        guard alignment == .right, !text.isEmpty else { return tag + HTMLEscape.text(text) + "</td>" }
        let parts = parts(text)
        return tag + HTMLEscape.text(parts.figure)
            + (parts.half.isEmpty ? "" : "<small>\(HTMLEscape.text(parts.half))</small>")
            + (width > 0 ? "<span class=\"mark\" style=\"width:\(width)ch\">\(HTMLEscape.text(parts.mark))</span>" : "")
            + "</td>"
    }

    /// "97.0 ±0.9 ab" is a figure, half of an interval (or what stands where there is none), and a mark: letters, or a
    /// star.
    private static func parts(_ text: String) -> (figure: String, half: String, mark: String) {
        guard let match = text.wholeMatch(of: #/([+−]?[0-9.]+|–)( ±[0-9.]+|†)?\ *([\p{L}′]+|\*)?\ */#) else {
            return (text, "", "")
        }
        return (String(match.1), match.2.map(String.init) ?? "", match.3.map(String.init) ?? "")
    }
}

/// What lights a system in the charts of a page, and says what it is.
public struct SystemMark: Sendable {
    /// The number of its colour and marker.
    let style: Int
    /// The id of what is said of it; nil for nothing.
    let about: String?

    /// - Parameter about: letters, digits and hyphens.
    public init(style: Int, about: String? = nil) { (self.style, self.about) = (style, about) }

    func button(_ name: String) -> String {
        "<button type=\"button\" class=\"system\" data-series=\"\(style)\" aria-pressed=\"false\""
            + (about.map { " aria-describedby=\"\($0)\"" } ?? "")
            + ">\(CurveStyle(style).sample)\(HTMLEscape.text(name))</button>"
    }
}

extension CurveStyle {
    /// The marker alone, as it stands in a legend.
    var sample: String {
        "<svg class=\"sample\" viewBox=\"-7 -7 14 14\" width=\"12\" height=\"12\" aria-hidden=\"true\"><path d=\"\(marker.outline)\" fill=\"\(colour)\"/></svg>"
    }
}
