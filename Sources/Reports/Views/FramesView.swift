// Frames of numbers as a picture of greys, and under each of them where every word looks.

import Corpora

struct FramesView {
    private let picture: SourcePicture
    /// [frames][numbers], 0 to 1.
    private let shades: [[Double]]

    init(_ picture: SourcePicture, _ vectors: [[Float]]) {
        self.picture = picture
        shades = Shades(vectors).bytes.map { $0.map { Double($0) / 255 } }
    }

    private var numbers: Int { shades.first?.count ?? 0 }

    // MARK: terminal

    /// A column a frame; more frames than fit are drawn in blocks.
    func text(_ colours: TerminalColours, width: Int) -> String {
        let labels = picture.target.map { TextWidth.cut(TerminalText.harmless($0), to: 12) }
        let left = (labels.map(TextWidth.of).max() ?? 0) + 3, columns = max(8, width - left)
        let indent = String(repeating: " ", count: left)
        let blocks = stride(from: 0, to: shades.count, by: columns).map { start in
            let frames = start..<min(start + columns, shades.count)
            var lines = (0..<numbers).map { number in
                indent + frames.map { colours.dot(shades[$0][number], isMarked: false) }.joined()
            }
            lines.append("")
            if picture.weights == nil {
                lines.append(indent + frames.map(letter).joined())
            } else {
                for (word, label) in labels.enumerated() {
                    let space = String(repeating: " ", count: left - 1 - TextWidth.of(label))
                    lines.append(
                        space + label + " "
                            + frames.map {
                                colours.dot(picture.weight(word, $0), isMarked: picture.gold[word].contains($0))
                            }.joined())
                }
            }
            return SourcePicture.text(of: lines)
        }
        return blocks.joined(separator: "\n") + "= " + picture.target.joined(separator: " ") + "\n"
    }

    /// The word that a frame belongs to.
    private func letter(_ frame: Int) -> String {
        guard let word = picture.gold.firstIndex(where: { $0.contains(frame) }) else { return " " }
        return String(picture.target[word].prefix(1))
    }

    // MARK: SVG

    func svg(title: String) -> String {
        let cell = max(4.0, min(14, 900 / Double(max(1, shades.count)))), thin = 6.0, tall = 20.0
        let left = 16 + (picture.target.map(SVG.width).max() ?? 0) + 8, top = 44.0
        let matrix = top + Double(numbers) * thin + 10
        var svg = SVG(
            width: max(left + Double(shades.count) * cell + 16, SVG.width(title) + 32),
            height: matrix + Double(picture.target.count) * tall + 16)
        svg.text(title, x: 16, y: 26, size: 15, isBold: true)
        for (frame, row) in shades.enumerated() {
            for (number, shade) in row.enumerated() {
                let grey = Int(((1 - shade) * 255).rounded())
                svg.rectangle(
                    x: left + Double(frame) * cell, y: top + Double(number) * thin, width: cell, height: thin,
                    fill: "rgb(\(grey),\(grey),\(grey))", stroke: "none", strokeWidth: 0)
            }
        }
        for (word, text) in picture.target.enumerated() {
            let y = matrix + Double(word) * tall
            svg.text(text, x: left - 8, y: y + tall / 2 + 5, anchor: "end")
            for frame in shades.indices {
                let x = left + Double(frame) * cell, weight = picture.weight(word, frame)
                let isGold = picture.gold[word].contains(frame)
                svg.rectangle(
                    x: x, y: y, width: cell, height: tall, fill: WeightColour.svg(weight), stroke: "#e3e6ea",
                    tip: "frame \(frame + 1) → \(text): \(SVG.number(weight, 3))")
                guard isGold else { continue }
                for edge in [y + 1.5, y + tall - 1.5] {
                    svg.line(from: (x, edge), to: (x + cell, edge), stroke: "#c2410c", strokeWidth: 2)
                }
            }
        }
        return svg.document
    }
}
