// Attention weights as a picture: target words down, source words across. In the terminal here, as SVG below it.

import Corpora

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

    /// - Parameters:
    ///   - colours: shades of blue by escape codes, or characters of growing darkness.
    ///   - width: columns that the terminal has; a heatmap that is wider is drawn in blocks of source words. nil for
    ///     any number.
    public func text(_ colours: TerminalColours, width: Int? = nil) -> String {
        // On a narrow terminal the words at the left leave room for at least some cells.
        let labels = target.map {
            label($0, to: width.map { max(4, min(Self.longestLabel, $0 / 2)) } ?? Self.longestLabel)
        }
        let left = labels.map(TextWidth.of).max() ?? 0
        let columns = max(1, width.map { ($0 - left - 1) / 2 } ?? max(1, source.count))
        return stride(from: 0, to: source.count, by: columns)
            .map { block($0..<min($0 + columns, source.count), labels, left, colours) }.joined(separator: "\n")
    }

    /// Some of the source words, with all target words at the left.
    private func block(_ places: Range<Int>, _ labels: [String], _ left: Int, _ colours: TerminalColours) -> String {
        let indent = String(repeating: " ", count: left + 1)
        // Wide characters cannot stand under one another in the same column width: two columns a cell are enough for
        // them.
        let columns = places.map { Array(label(source[$0], to: Self.longestLabel)) }
        let height = columns.map(\.count).max() ?? 0
        var lines = (0..<height).map { level in
            indent
                + columns.map { column in
                    let place = level - (height - column.count)
                    let character = place >= 0 ? String(column[place]) : " "
                    return character + String(repeating: " ", count: max(0, 2 - TextWidth.of(character)))
                }.joined()
        }
        for (row, label) in labels.enumerated() {
            let space = String(repeating: " ", count: left - TextWidth.of(label))
            lines.append(
                space + label + " "
                    + places.map { column in
                        colours.cell(weights[row][column], isMarked: marks.contains(Mark(source: column, target: row)))
                    }.joined())
        }
        // Trailing spaces would be cut by editors and then differ from what was printed.
        return lines.map { line in
            var line = Substring(line)
            while line.last == " " { line = line.dropLast() }
            return line + "\n"
        }.joined()
    }

    /// A word as the terminal may show it.
    private func label(_ word: String, to length: Int) -> String {
        TextWidth.cut(TerminalText.harmless(word), to: length)
    }
}
