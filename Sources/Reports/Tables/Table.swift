// A table of text, drawn for a terminal, as Markdown or as CSV (TableLaTeX.swift has LaTeX). What stands in it is not
// its business.

import Corpora

/// Rows of cells under named columns.
public struct Table: Sendable, Equatable {
    public enum Alignment: Sendable, Equatable {
        case left, right
        /// Running text; where lines are broken (LaTeX), in this share of the page's width.
        case paragraph(Double)

        var isLeft: Bool { self != .right }
        var isParagraph: Bool { if case .paragraph = self { true } else { false } }
    }

    public struct Column: Sendable, Equatable {
        public var name: String
        public var alignment: Alignment
        /// Which numbers a page puts on top first.
        public var best: Best

        public init(_ name: String, _ alignment: Alignment = .right, best: Best = .greatest) {
            (self.name, self.alignment, self.best) = (name, alignment, best)
        }
    }

    /// The better end of a column of numbers.
    public enum Best: Sendable, Equatable { case greatest, least }

    /// The first ones name the row; they are repeated where a table is drawn in several panels.
    public var columns: [Column]
    /// How many columns name the row.
    let names: Int
    public private(set) var rows: [[String]] = []
    /// Of each cell the number that it shows rounded, where there is one: a page sorts by it.
    private(set) var exact: [[Double?]] = []
    /// Before these rows a line is drawn.
    private(set) var rules: Set<Int> = []

    /// - Parameter names: how many columns name the row, at least one.
    public init(_ columns: [Column], names: Int = 1) {
        self.columns = columns
        self.names = max(1, min(names, columns.count))
    }

    /// - Parameters:
    ///   - cells: one a column; missing ones stay empty.
    ///   - exact: the numbers that the cells show rounded; nil for text, for missing figures, and for numbers that are
    ///     shown whole.
    public mutating func add(_ cells: [String], exact: [Double?] = []) {
        rows.append(Array((cells + Array(repeating: "", count: columns.count)).prefix(columns.count)))
        self.exact.append(Array((exact + Array(repeating: nil, count: columns.count)).prefix(columns.count)))
    }

    /// Puts another text into a cell; nothing happens where there is none.
    public mutating func replace(row: Int, column: Int, with text: String) {
        if rows.indices.contains(row), columns.indices.contains(column) { rows[row][column] = text }
    }

    /// One more column, to the right.
    /// - Parameter cells: one a row; missing ones stay empty.
    public mutating func addColumn(_ column: Column, _ cells: [String]) {
        columns.append(column)
        for row in rows.indices {
            rows[row].append(row < cells.count ? cells[row] : "")
            exact[row].append(nil)
        }
    }

    /// Sets what follows apart from what came before.
    public mutating func addRule() { rules.insert(rows.count) }

    // MARK: terminal

    /// Aligned columns. A table wider than `width` becomes several, each with the columns that name its rows.
    ///
    /// - Parameter width: characters a line may have; nil for any number.
    public func text(width: Int? = nil) -> String {
        panels(width).map { panel(Array($0)) }.joined(separator: "\n")
    }

    /// The aligned rows alone, without names over them.
    public var body: String {
        panel(Array(columns.indices)).split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).joined(
            separator: "\n")
    }

    private static let gap = "  "

    private func width(_ column: Int) -> Int {
        max(
            TextWidth.of(TerminalText.harmless(columns[column].name)),
            rows.map { TextWidth.of(TerminalText.harmless($0[column])) }.max() ?? 0)
    }

    /// Groups of columns that fit beside those that name the row.
    func panels(_ width: Int?) -> [[Int]] {
        guard let width, !columns.isEmpty else { return [Array(columns.indices)] }
        let first = Array(0..<names), start = first.map(self.width).reduce(Table.gap.count * (names - 1), +)
        var panels: [[Int]] = [], panel = first, used = start
        for column in columns.indices.dropFirst(names) {
            let needed = Table.gap.count + self.width(column)
            if used + needed > width, panel.count > names {
                panels.append(panel)
                (panel, used) = (first, start)
            }
            panel.append(column)
            used += needed
        }
        return panels + [panel]
    }

    private func panel(_ chosen: [Int]) -> String {
        let widths = chosen.map(width)
        func line(_ cells: [String]) -> String {
            var text = zip(zip(chosen, widths), cells.map { TerminalText.harmless($0) }).map { place, cell in
                let space = String(repeating: " ", count: place.1 - TextWidth.of(cell))
                return columns[place.0].alignment.isLeft ? cell + space : space + cell
            }.joined(separator: Table.gap)
            while text.last == " " { text.removeLast() }
            return text
        }
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Table.gap)
        var lines = [line(chosen.map { columns[$0].name }), rule]
        var isRuleDue = false
        for (index, row) in rows.enumerated() {
            if rules.contains(index), index > 0 { isRuleDue = true }
            // Rows that have nothing to say in this panel are left out of it.
            if chosen.count > names, chosen.count < columns.count,
                chosen.dropFirst(names).allSatisfy({ row[$0].isEmpty })
            {
                continue
            }
            if isRuleDue { lines.append(rule) }
            isRuleDue = false
            lines.append(line(chosen.map { row[$0] }))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: files

    /// A table of GitHub's Markdown. What stands in a cell stays text: no HTML, no markup, no cell of its own.
    public var markdown: String {
        func line(_ cells: [String]) -> String {
            "| " + cells.map { PlainText.markdown($0) }.joined(separator: " | ") + " |"
        }
        let rule = "|" + columns.map { $0.alignment.isLeft ? " :-- |" : " --: |" }.joined()
        return ([line(columns.map(\.name)), rule] + rows.map(line)).joined(separator: "\n") + "\n"
    }

    /// RFC 4180, but with line feeds. Text that a spreadsheet would take for a formula has an apostrophe before it;
    /// numbers are left alone.
    public var csv: String {
        ([columns.map(\.name)] + rows).map { $0.map(PlainText.csv).joined(separator: ",") }.joined(separator: "\n")
            + "\n"
    }
}
