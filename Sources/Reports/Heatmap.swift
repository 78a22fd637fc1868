// Attention weights as a picture: target words down, source words across. In the terminal here, as SVG below it.

/// The weights of one translated sentence, ready to be drawn.
public struct Heatmap: Sendable {
    public let source: [String]
    public let target: [String]
    /// [target words, source words], each between 0 and 1.
    public let weights: [[Double]]
    /// Gold links to mark, as (source, target); empty for none.
    public let marks: Set<Mark>

    public struct Mark: Hashable, Sendable {
        public let source: Int, target: Int

        public init(source: Int, target: Int) {
            self.source = source
            self.target = target
        }
    }

    /// - Parameter weights: rows and columns that are missing count as 0, surplus ones are left out.
    public init(source: [String], target: [String], weights: [[Double]], marks: Set<Mark> = []) {
        self.source = source
        self.target = target
        self.weights = target.indices.map { row in
            source.indices.map { column in
                let weight = row < weights.count && column < weights[row].count ? weights[row][column] : 0
                return min(max(weight.isFinite ? weight : 0, 0), 1)
            }
        }
        self.marks = marks
    }

    // MARK: terminal

    private static let longestLabel = 20

    /// Source words stand upright over their columns; each weight is a cell of two characters; a dot marks a gold link.
    ///
    /// - Parameter colour: shades of blue of the 256-colour palette, which every terminal of today knows.
    public func text(colour: Bool) -> String { text(colour ? .palette : .none) }

    /// - Parameter colours: shades of blue by escape codes, or characters of growing darkness.
    public func text(_ colours: TerminalColours) -> String {
        let labels = target.map(Heatmap.label)
        let left = labels.map(TextWidth.of).max() ?? 0
        let indent = String(repeating: " ", count: left + 1)
        // Wide characters cannot stand under one another in the same column width: two columns a cell are enough for them.
        let columns = source.map { Array(Heatmap.label($0)) }
        let height = columns.map(\.count).max() ?? 0
        var lines: [String] = []
        for level in 0..<height {
            var line = indent
            for column in columns {
                let place = level - (height - column.count)
                let character = place >= 0 ? String(column[place]) : " "
                line += character + String(repeating: " ", count: max(0, 2 - TextWidth.of(character)))
            }
            lines.append(line)
        }
        for (row, label) in labels.enumerated() {
            var line = String(repeating: " ", count: left - TextWidth.of(label)) + label + " "
            for column in source.indices {
                let isMarked = marks.contains(Mark(source: column, target: row))
                line += colours.cell(weights[row][column], isMarked: isMarked)
            }
            lines.append(line)
        }
        // Trailing spaces would be cut by editors and then differ from what was printed.
        return lines.map { line in
            var line = Substring(line)
            while line.last == " " { line = line.dropLast() }
            return line + "\n"
        }.joined()
    }

    /// A word as the terminal may show it: without the control characters that would move its cursor or change its colours.
    private static func label(_ word: String) -> String {
        let visible = word.map { $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? "\u{FFFD}" : $0 }
        return TextWidth.cut(String(visible), to: longestLabel)
    }
}
