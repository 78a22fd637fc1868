// A document, or a passage with a question: its words on the ground of their weights, gold framed.

import Corpora

struct DocumentView {
    private let picture: SourcePicture
    /// Where each sentence begins and ends.
    private let sentences: [Range<Int>]

    init(_ picture: SourcePicture) {
        self.picture = picture
        var start = 0
        sentences = (picture.extras.sentences ?? [picture.source.count]).map { count in
            defer { start += count }
            return start..<min(start + count, picture.source.count)
        }
    }

    // MARK: terminal

    func text(_ colours: TerminalColours, width: Int) -> String {
        let question = picture.extras.question.map { "? " + Words.join($0) + "\n" } ?? ""
        guard picture.weights != nil else {
            let all = picture.gold.reduce(into: Set<Int>()) { $0.formUnion($1) }
            return question + body(colours, width, weight: { _ in 0 }, isGold: all.contains)
                + "= " + Words.join(picture.target) + "\n"
        }
        return question
            + picture.target.indices.map { word in
                TerminalText.harmless(picture.target[word]) + " ←\n"
                    + body(
                        colours, width, weight: { picture.weight(word, $0) }, isGold: picture.gold[word].contains)
            }.joined(separator: "\n")
    }

    /// A sentence a line, broken where it is wider.
    private func body(
        _ colours: TerminalColours, _ width: Int, weight: (Int) -> Double, isGold: (Int) -> Bool
    ) -> String {
        sentences.map { places in
            var lines = [""], used = 0
            for place in places {
                let word = TerminalText.harmless(picture.source[place]), isMarked = isGold(place)
                let room = TextWidth.of(word) + (isMarked ? 2 : 0) + 2
                if used > 0, used + room > width - 2 {
                    lines.append("")
                    used = 0
                }
                lines[lines.count - 1] += (used > 0 ? " " : "") + colours.word(word, weight(place), isGold: isMarked)
                used += room
            }
            return lines.map { "  " + $0 + "\n" }.joined()
        }.joined()
    }

    // MARK: SVG

    /// A page of its own, one block for each target word.
    func svg(title: String) -> String {
        let width = 640.0, line = 26.0
        var places: [(word: Int, place: Int, x: Double, y: Double)] = [], headings: [(text: String, y: Double)] = []
        var y = 56.0
        if let question = picture.extras.question {
            headings.append((Words.join(question), y))
            y += line
        }
        for word in picture.target.indices {
            headings.append((picture.target[word] + " ←", y))
            y += line
            for sentence in sentences {
                var x = 24.0
                for place in sentence {
                    let wide = SVG.width(picture.source[place]) + 8
                    if x > 24, x + wide > width - 12 { (x, y) = (36, y + line) }
                    places.append((word, place, x, y))
                    x += wide
                }
                y += line
            }
            y += 8
        }
        var svg = SVG(width: max(width, SVG.width(title) + 32), height: y)
        svg.text(title, x: 16, y: 26, size: 15, isBold: true)
        for heading in headings { svg.text(heading.text, x: 16, y: heading.y, isBold: true) }
        for one in places { draw(&svg, one) }
        return svg.document
    }

    private func draw(_ svg: inout SVG, _ one: (word: Int, place: Int, x: Double, y: Double)) {
        let text = picture.source[one.place], weight = picture.weight(one.word, one.place)
        let isGold = picture.gold[one.word].contains(one.place)
        svg.rectangle(
            x: one.x, y: one.y - 16, width: SVG.width(text) + 4, height: 22, fill: WeightColour.svg(weight),
            stroke: isGold ? "#c2410c" : "none", strokeWidth: isGold ? 2 : 0,
            tip: "\(text) → \(picture.target[one.word]): \(SVG.number(weight, 3))")
        svg.text(text, x: one.x + 2, y: one.y, style: weight > 0.45 ? "on-dark" : "")
    }
}
