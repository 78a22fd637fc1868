// A table as LaTeX: rules of the booktabs package, nothing else beyond LaTeX itself.

extension Table {
    /// Floats with a caption above and notes below the last. A wide table becomes several, one below the other, as in a terminal; what is longer than
    /// a page is continued in a float of its own.
    ///
    /// - Parameters:
    ///   - label: what \ref names, without its "tab:".
    ///   - comments: stand above it, where only who reads the source sees them.
    ///   - width: characters that fit on a line of the page, some 84 in \footnotesize on A4.
    public func latex(caption: String, label: String, notes: [String] = [], comments: [String] = [], width: Int? = 84) -> String {
        let noteLines = notes.reduce(0) { $0 + 1 + TextWidth.of($1) / 84 }
        var floats: [[[String]]] = [[]], used = 0
        for piece in panels(width).flatMap(pieces) {
            if used > 0, used + piece.count > Self.pageLines {
                floats.append([])
                used = 0
            }
            floats[floats.count - 1].append(piece)
            used += piece.count
        }
        // Notes that do not fit below the last table have the place to themselves.
        if used + noteLines > Self.pageLines { floats.append([]) }
        var lines = comments.map(LaTeXText.comment)
        for (index, float) in floats.enumerated() {
            lines += ["\\begin{table}[htbp]", "\\centering", "\\footnotesize", "\\setlength{\\tabcolsep}{4pt}",
                      "\\caption{\(LaTeXText.escaped(caption + (index > 0 ? " (continued)" : "")))}"]
            if index == 0 { lines.append("\\label{tab:\(LaTeXText.label(label))}") }
            for (place, piece) in float.enumerated() { lines += (place > 0 ? ["\\par\\medskip"] : []) + piece }
            if index == floats.count - 1, !notes.isEmpty {
                lines += ["\\par\\medskip", "\\begin{minipage}{\\linewidth}\\raggedright"] + notes.map { LaTeXText.escaped($0) + "\\par" } + ["\\end{minipage}"]
            }
            lines.append("\\end{table}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Lines of \footnotesize on a page of the article class, with room for a caption.
    private static let pageLines = 54

    /// One panel, in parts that fit on a page.
    private func pieces(_ chosen: [Int]) -> [[String]] {
        let height = Self.pageLines - 8
        let whole = stride(from: 0, to: max(rows.count, 1), by: height).map { $0..<min($0 + height, rows.count) }
        return whole.map { tabular(chosen, $0) }
    }

    private func tabular(_ chosen: [Int], _ part: Range<Int>) -> [String] {
        func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }
        var lines = ["\\begin{tabular}{@{}" + chosen.map { columns[$0].alignment == .left ? "l" : "r" }.joined() + "@{}}", "\\toprule",
                     line(chosen.map { LaTeXText.escaped(columns[$0].name) }), "\\midrule"]
        var isRuleDue = false
        for index in part {
            let row = rows[index]
            if rules.contains(index), index > part.lowerBound { isRuleDue = true }
            if chosen.count > names, chosen.count < columns.count, chosen.dropFirst(names).allSatisfy({ row[$0].isEmpty }) { continue }
            if isRuleDue { lines.append("\\midrule") }
            isRuleDue = false
            lines.append(line(chosen.map { Self.cell(row[$0]) }))
        }
        return lines + ["\\bottomrule", "\\end{tabular}"]
    }

    /// Spaces that keep a figure in line where it has no mark are as wide as the mark.
    private static func cell(_ text: String) -> String {
        let spaces = text.reversed().prefix { $0 == " " }.count
        guard spaces < text.count else { return "" }
        let shown = LaTeXText.escaped(String(text.dropLast(spaces)))
        // "[" after the end of a row would be taken for its optional argument.
        return (shown.hasPrefix("[") || shown.hasPrefix("*") ? "{}" + shown : shown) + (spaces > 0 ? "\\phantom{\(String(repeating: "*", count: spaces))}" : "")
    }
}
