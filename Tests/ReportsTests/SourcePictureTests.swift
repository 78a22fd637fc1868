// Sources that are more than sentences, drawn with characters and as SVG: what is dark, what is framed, how wide it is.

import Corpora
import Foundation
import Testing

@testable import Reports

private let document = SentencePair(
    source: ["the", "hotel", "is", "not", "dirty", ".", "it", "is", "big", "."], target: ["positive"],
    gold: GoldAlignment(sure: [Link(3, 0), Link(4, 0)]), extras: SourceExtras(sentences: [6, 4]))
private let passage = SentencePair(
    source: ["mary", "took", "the", "key", "."], target: ["mary"], gold: GoldAlignment(sure: [Link(0, 0)]),
    extras: SourceExtras(sentences: [5], question: ["who", "has", "the", "key", "?"]))
private let caption = SentencePair(
    source: ["r1c1", "r1c2", "r2c1", "r2c2"], target: ["red", "stars"],
    gold: GoldAlignment(sure: [Link(3, 0), Link(3, 1)]),
    extras: SourceExtras(vectors: [[0], [0], [0], [1]], grid: Grid(rows: 2, columns: 2)))
private let things = ["", "small blue circle", "", "two large red stars"]
private let speech = SentencePair(
    source: ["f1", "f2", "f3"], target: ["b", "a"], gold: GoldAlignment(sure: [Link(0, 0), Link(1, 1), Link(2, 1)]),
    extras: SourceExtras(vectors: [[0, 1], [0.5, 0.5], [1, 0]]))

@Suite("Pictures of sources") struct SourcePictureTests {
    @Test("gold alone: brackets in a document, the question above, a grid with names, letters under frames")
    func gold() {
        #expect(
            SourcePicture(gold: document).text(.none)
                == "  the hotel is [not] [dirty] .\n  it is big .\n= positive\n")
        #expect(SourcePicture(gold: passage).text(.none).hasPrefix("? who has the key ?\n  [mary] took the key .\n"))
        let grid = SourcePicture(gold: caption, things: things).text(.none).split(separator: "\n")
        #expect(grid[0] == "    ·     bc" && grid[1] == "    ·    2R*")
        #expect(grid.contains { $0.contains("red") && $0.contains("two large red stars (row 2, column 2)") })
        #expect(
            SourcePicture(gold: speech).text(.none) == "     ▒█\n    █▒\n\n    baa\n= b a\n",
            "the numbers of a frame stand under each other, darker is more")
    }

    @Test("weights: what is looked at is dark, gold stands in brackets, colours are escape codes")
    func weights() {
        var row = [Double](repeating: 0.02, count: 10)
        row[4] = 0.8
        let text = SourcePicture(document, weights: [row]).text(.none)
        #expect(text == "positive ←\n  the hotel is [not] [dirty]█ .\n  it is big .\n", Comment(rawValue: text))
        let coloured = SourcePicture(document, weights: [row]).text(.palette)
        #expect(coloured.contains("m[dirty]\u{1B}[0m") && !coloured.contains("[dirty]█"))
        let grid = SourcePicture(caption, weights: [[0, 0.5, 0, 0.5], [0, 0, 0, 1]], things: things).text(.none)
        let lines = grid.split(separator: "\n")
        #expect(lines[0].hasPrefix("red") && lines[0].contains("stars"))
        #expect(lines[1] == "  ·     bc▒      ·     bc" && lines[2] == "  ·   [2R*▒]     ·   [2R*█]")
        let frames = SourcePicture(speech, weights: [[1, 0, 0], [0, 0.9, 0.1]]).text(.none)
        #expect(frames.contains("  b █\n  a  █·\n"), Comment(rawValue: frames))
    }

    @Test("lines are no longer than the terminal is wide", arguments: [24, 40, 80])
    func width(width: Int) {
        var long = speech
        long.source = (1...90).map { "f\($0)" }
        long.extras = SourceExtras(vectors: (0..<90).map { [Float($0)] })
        let words = SentencePair(
            source: (0..<60).map { "word\($0)" }, target: ["yes"], gold: GoldAlignment(sure: [Link(7, 0)]),
            extras: SourceExtras(sentences: [60]))
        let weights = [[Double](repeating: 0.3, count: 60)]
        for text in [
            SourcePicture(gold: long).text(.none, width: width),
            SourcePicture(words, weights: weights).text(.none, width: width),
        ] {
            for line in text.split(separator: "\n") where !line.hasPrefix("=") {
                #expect(line.count <= width, "\(line)")
            }
        }
    }

    @Test("SVG: well formed, every cell tells its weight, gold is framed, words of the corpus stay text")
    func svg() throws {
        var odd = document
        odd.source[1] = "<b>&\""
        let pictures = [
            SourcePicture(odd, weights: [[Double](repeating: 0.1, count: 10)]),
            SourcePicture(passage, weights: [[1, 0, 0, 0, 0]]),
            SourcePicture(caption, weights: [[0, 0, 0, 1], [0, 1, 0, 0]], things: things),
            SourcePicture(speech, weights: [[1, 0, 0], [0, 1, 0]]),
        ]
        for picture in pictures {
            let svg = picture.svg(title: "a < b")
            let parser = XMLParserProbe(svg)
            #expect(parser.isWellFormed, Comment(rawValue: svg))
            #expect(svg.contains("#c2410c") && svg.contains("<title>") && !svg.contains("<b>"))
        }
        #expect(pictures[2].svg(title: "").contains("two large red stars (row 2, column 2) → red: 1.000"))
    }

    @Test("shades go from the least to the greatest number, whatever they are") func shades() {
        #expect(Shades([[-1, 0], [1, .nan]]).bytes == [[0, 128], [255, 0]])
        #expect(Shades([[3], [3]]).bytes == [[0], [0]] && Shades([]).bytes == [])
    }
}

/// Elements that are opened are closed.
private struct XMLParserProbe {
    let isWellFormed: Bool

    init(_ text: String) {
        var open: [Substring] = [], isGood = true
        for match in text.matches(of: #/<(/?)([A-Za-z]+)[^<>]*?(/?)>/#) {
            if match.1 == "/" {
                isGood = isGood && open.popLast() == match.2
            } else if match.3 != "/" {
                open.append(match.2)
            }
        }
        isWellFormed = isGood && open.isEmpty
    }
}
