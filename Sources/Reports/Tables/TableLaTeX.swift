// A table as LaTeX: rules of the booktabs package, nothing else beyond LaTeX itself.

extension Table {
    /// Floats with a caption above and notes below the last. A wide table becomes several, one below the other, as in a
    /// terminal, unless its columns are running text; what is longer than a page is continued in a float of its own.
    ///
    /// - Parameters:
    ///   - label: what \ref names, without its "tab:".
    ///   - comments: stand above it, where only who reads the source sees them.
    ///   - width: characters that fit on a line of the page, some 84 in \footnotesize on A4.
    ///   - keepsRows: a row stays on one line: what is too wide is set smaller, and reaches into both margins.
    public func latex(
        caption: String, label: String, notes: [String] = [], comments: [String] = [], width: Int? = 84,
        keepsRows: Bool = false
    ) -> String {
        let noteLines = notes.reduce(0) { $0 + 1 + TextWidth.of($1) / 84 }
        let isWide = keepsRows && panels(width).count > 1
        var floats: [[[String]]] = [[]], used = 0
        for piece in panels(hasParagraphs || keepsRows ? nil : width).flatMap(pieces) {
            if used > 0, used + piece.height > Self.pageLines {
                floats.append([])
                used = 0
            }
            floats[floats.count - 1].append(piece.lines)
            used += piece.height
        }
        // Notes that do not fit below the last table have the place to themselves.
        if used + noteLines > Self.pageLines { floats.append([]) }
        var lines = comments.map(LaTeXText.comment)
        for (index, float) in floats.enumerated() {
            lines += [
                "\\begin{table}[htbp]", "\\centering", "\\footnotesize",
                "\\setlength{\\tabcolsep}{\(isWide ? 3 : 4)pt}",
                "\\caption{\(LaTeXText.escaped(caption + (index > 0 ? " (continued)" : "")))}",
            ]
            if index == 0 { lines.append("\\label{tab:\(LaTeXText.label(label))}") }
            for (place, piece) in float.enumerated() {
                lines +=
                    (place > 0 ? ["\\par\\medskip"] : [])
                    + (isWide ? Self.centred(piece) : piece)
            }
            if index == floats.count - 1, !notes.isEmpty {
                lines +=
                    ["\\par\\medskip", "\\begin{minipage}{\\linewidth}\\raggedright"]
                    + notes.map { LaTeXText.escaped($0) + "\\par" } + ["\\end{minipage}"]
            }
            lines.append("\\end{table}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Wider than the text, by as much on the left as on the right.
    private static func centred(_ piece: [String]) -> [String] {
        ["{\\scriptsize\\makebox[\\linewidth][c]{%"] + piece
            + ["}\\par}"]
    }

    /// Lines of \footnotesize on a page of the article class, with room for a caption.
    private static let pageLines = 54

    private var hasParagraphs: Bool { columns.contains(where: \.alignment.isParagraph) }

    /// One panel, in parts that fit on a page.
    private func pieces(_ chosen: [Int]) -> [(lines: [String], height: Int)] {
        let around = 8, most = Self.pageLines - around
        var pieces: [(lines: [String], height: Int)] = [], start = 0, used = 0
        for row in rows.indices {
            if row > start, used + height(row) > most {
                pieces.append((tabular(chosen, start..<row), used + around))
                (start, used) = (row, 0)
            }
            used += height(row)
        }
        return pieces + [(tabular(chosen, start..<rows.count), used + around)]
    }

    /// Lines on the page.
    private func height(_ row: Int) -> Int {
        columns.indices.map { column in
            guard case .paragraph(let share) = columns[column].alignment else { return 1 }
            return 1 + TextWidth.of(rows[row][column]) / max(1, Int(share * 84))
        }.max() ?? 1
    }

    private func tabular(_ chosen: [Int], _ part: Range<Int>) -> [String] {
        func line(_ cells: [String]) -> String { cells.joined(separator: " & ") + " \\\\" }
        var lines = [
            "\\begin{tabular}{@{}" + chosen.map { Self.column(columns[$0].alignment) }.joined() + "@{}}", "\\toprule",
            line(chosen.map { LaTeXText.escaped(columns[$0].name) }), "\\midrule",
        ]
        var isRuleDue = false
        for index in part {
            let row = rows[index]
            if rules.contains(index), index > part.lowerBound { isRuleDue = true }
            if chosen.count > names, chosen.count < columns.count,
                chosen.dropFirst(names).allSatisfy({ row[$0].isEmpty })
            {
                continue
            }
            if isRuleDue { lines.append("\\midrule") }
            isRuleDue = false
            lines.append(
                line(chosen.map { columns[$0].alignment.isParagraph ? Self.paragraph(row[$0]) : Self.cell(row[$0]) }))
        }
        return lines + ["\\bottomrule", "\\end{tabular}"]
    }

    private static func column(_ alignment: Alignment) -> String {
        switch alignment {
        case .left: "l"
        case .right: "r"
        case .paragraph(let share): "p{\(NumberText.text(share, digits: 2))\\linewidth}"
        }
    }

    /// In a group: what \raggedright makes of the end of a line is not the end of a row.
    private static func paragraph(_ text: String) -> String {
        text.isEmpty ? "" : "{\\raggedright \(LaTeXText.escaped(text))\\par}"
    }

    /// Spaces that keep a figure in line where it has no mark are as wide as the mark.
    private static func cell(_ text: String) -> String {
        let spaces = text.reversed().prefix { $0 == " " }.count
        guard spaces < text.count else { return "" }
        let shown = LaTeXText.escaped(String(text.dropLast(spaces)))
        // "[" after the end of a row would be taken for its optional argument.
        return (shown.hasPrefix("[") || shown.hasPrefix("*") ? "{}" + shown : shown)
            + (spaces > 0 ? "\\phantom{\(String(repeating: "*", count: spaces))}" : "")
    }
}
