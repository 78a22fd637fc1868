// A picture of things in a grid, drawn once a word with the weights over it.

import Corpora
import Foundation

struct GridView {
    private let picture: SourcePicture
    private let grid: Grid

    init(_ picture: SourcePicture, _ grid: Grid) { (self.picture, self.grid) = (picture, grid) }

    private func thing(_ place: Int) -> String { picture.things.flatMap { place < $0.count ? $0[place] : nil } ?? "" }

    private func named(_ place: Int) -> String {
        let cell = "row \(place / grid.columns + 1), column \(place % grid.columns + 1)"
        return thing(place).isEmpty ? cell : "\(thing(place)) (\(cell))"
    }

    // MARK: terminal

    /// Columns of a cell: frame, thing, shade, frame.
    private static let cell = 6

    func text(_ colours: TerminalColours, width: Int) -> String {
        guard picture.weights != nil else {
            return SourcePicture.text(of: rows(word: nil, colours).map { "  " + $0 }) + "  " + legend(hasWeights: false)
                + "\n"
                + Words.join(picture.target) + "\n" + picture.goldTable(named)
        }
        let wide = grid.columns * Self.cell, across = max(1, width / (wide + 3))
        let words = Array(picture.target.indices)
        let blocks = stride(from: 0, to: words.count, by: across).map { start in
            let chosen = words[start..<min(start + across, words.count)]
            let heads = chosen.map { word in
                let text = TextWidth.cut(TerminalText.harmless(picture.target[word]), to: wide)
                return text + String(repeating: " ", count: max(0, wide - TextWidth.of(text)))
            }
            let drawn = chosen.map { rows(word: $0, colours) }
            let lines = (0..<grid.rows).map { row in drawn.map { $0[row] }.joined(separator: "   ") }
            return SourcePicture.text(of: [heads.joined(separator: "   ")] + lines)
        }
        return blocks.joined(separator: "\n") + "\n" + legend(hasWeights: true) + "\n"
    }

    /// One line for each row of the grid.
    private func rows(word: Int?, _ colours: TerminalColours) -> [String] {
        (0..<grid.rows).map { row in
            (0..<grid.columns).map { column in
                let place = row * grid.columns + column
                let isGold = word.map { picture.gold[$0].contains(place) } ?? false
                let shade = word.map { colours.dot(picture.weight($0, place), isMarked: false) } ?? " "
                return (isGold ? "[" : " ") + code(thing(place)) + shade + (isGold ? "]" : " ")
            }.joined()
        }
    }

    /// "2rS": two large red squares; small ones have small letters, and an empty cell a dot.
    private func code(_ thing: String) -> String {
        let words = Words.split(thing)
        guard words.count > 2, let colour = words.dropLast().last?.first, let shape = words.last?.first else {
            return thing.isEmpty ? " · " : TextWidth.cut(thing + "  ", to: 3)
        }
        let isTwo = words[0] == "two", isStar = words.last?.hasPrefix("st") == true
        let text = "\(colour)" + (isStar ? "*" : "\(shape)")
        return (isTwo ? "2" : " ") + (words.contains("large") ? text.uppercased() : text)
    }

    private func legend(hasWeights: Bool) -> String {
        "rc small red circle, RC a large one, * star, 2 two of them"
            + (hasWeights ? "; darker: more weight; [ ]: gold" : "")
    }

    // MARK: SVG

    func svg(title: String) -> String {
        let cell = 26.0, words = picture.target.indices, across = min(4, max(1, words.count))
        let wide = Double(grid.columns) * cell + 20, tall = Double(grid.rows) * cell + 34
        let rows = (words.count + across - 1) / across
        var svg = SVG(
            width: max(Double(across) * wide + 24, SVG.width(title) + 32), height: 44 + Double(rows) * tall)
        svg.text(title, x: 16, y: 26, size: 15, isBold: true)
        for word in words {
            let left = 16 + Double(word % across) * wide, top = 64 + Double(word / across) * tall
            svg.text(picture.target[word], x: left, y: top - 6)
            for place in picture.source.indices {
                draw(
                    &svg, word, place, x: left + Double(place % grid.columns) * cell,
                    y: top + Double(place / grid.columns) * cell, cell)
            }
        }
        return svg.document
    }

    private func draw(_ svg: inout SVG, _ word: Int, _ place: Int, x: Double, y: Double, _ cell: Double) {
        let weight = picture.weight(word, place)
        svg.rectangle(
            x: x, y: y, width: cell, height: cell, fill: WeightColour.svg(weight), stroke: "#e3e6ea",
            tip: "\(named(place)) → \(picture.target[word]): \(SVG.number(weight, 3))")
        ThingShape(thing(place))?.draw(&svg, x: x + cell / 2, y: y + cell / 2, cell: cell)
        guard picture.gold[word].contains(place) else { return }
        svg.rectangle(
            x: x + 2, y: y + 2, width: cell - 4, height: cell - 4, fill: "none", stroke: "#c2410c", strokeWidth: 2)
    }
}

/// What "two small blue stars" look like.
private struct ThingShape {
    private let marker: CurveStyle.Marker
    private let colour: String, isLarge: Bool, isPair: Bool

    private static let colours = ["red": "#d1242f", "yellow": "#e8b500", "green": "#1a8f3c", "blue": "#2f6fdd"]
    private static let markers: [(String, CurveStyle.Marker)] = [
        ("circle", .circle), ("square", .square), ("triangle", .triangle), ("star", .cross),
    ]

    init?(_ text: String) {
        let words = Words.split(text)
        guard let shape = words.last, let marker = Self.markers.first(where: { shape.hasPrefix($0.0) })?.1,
            let colour = words.compactMap({ Self.colours[$0] }).first
        else { return nil }
        (self.marker, self.colour) = (marker, colour)
        (isLarge, isPair) = (words.contains("large"), words.first == "two")
    }

    func draw(_ svg: inout SVG, x: Double, y: Double, cell: Double) {
        let scale = (isLarge ? 1.7 : 1) * (isPair ? 0.75 : 1)
        for aside in isPair ? [-0.22, 0.22] : [0] {
            svg.marker(marker, at: (x + aside * cell, y), colour: colour, scale: scale)
        }
    }
}
