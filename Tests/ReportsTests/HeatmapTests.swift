// Heatmaps: the right cell is dark, labels survive, and nothing a sentence contains can break the picture.

import Foundation
import Reports
import Testing

private let map = Heatmap(
    source: ["the", "cat"], target: ["le", "chat"], weights: [[0.9, 0.1], [0.3, 0.7]],
    marks: [Heatmap.Mark(source: 1, target: 1)])

@Suite("Heatmaps") struct HeatmapTests {
    @Test("in the terminal: source words upright, target words at the left, a dot on gold") func plain() {
        #expect(
            map.text(colour: false) == """
                     t c
                     h a
                     e t
                  le ██
                chat ░░▓•

                """)
    }

    @Test(
        "wider than the terminal: blocks of source words, each under its column and beside all target words",
        arguments: [5, 9, 20, 60, 200])
    func blocks(width: Int) {
        let words = (0..<40).map { "w\($0)" }
        let map = Heatmap(
            source: words, target: ["first", "zweites"],
            weights: [(0..<40).map { Double($0) / 40 }, (0..<40).map { $0 == 39 ? 1 : 0 }])
        let text = map.text(.none, width: width), blocks = text.components(separatedBy: "\n\n")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= max(width, 7) })
        let columns = max(1, (width - min(7, max(4, width / 2)) - 1) / 2)
        #expect(blocks.count == (40 + columns - 1) / columns)
        #expect(
            blocks.last?.split(separator: "\n").last?.hasSuffix("██") == true,
            "the last word's column is in the last block")
        #expect(map.text(.none, width: 500) == map.text(.none), "one that fits is whole")
    }

    @Test("colour is asked for, never guessed") func colour() {
        #expect(map.text(colour: true).contains("\u{1B}[48;5;"))
        #expect(!map.text(colour: false).contains("\u{1B}"))
    }

    @Test("weights that are no weights do not trap", arguments: [Double.nan, -.infinity, .infinity, -1, 7])
    func wild(weight: Double) {
        let map = Heatmap(source: ["a"], target: ["b"], weights: [[weight]])
        #expect((0...1).contains(map.weights[0][0]))
        _ = map.text(colour: true) + map.svg(title: "")
    }

    @Test("too few and too many weights are no crash") func ragged() {
        #expect(Heatmap(source: ["a", "b"], target: ["c", "d"], weights: [[1, 0, 5]]).weights == [[1, 0], [0, 0]])
        #expect(Heatmap(source: [], target: [], weights: []).text(colour: false) == "")
    }

    @Test("SVG escapes words, and names each weight") func svg() {
        let map = Heatmap(source: ["<&>", "\u{1}"], target: ["\"l'ami\""], weights: [[0.25, 0.75]])
        let svg = map.svg(title: "a < b")
        #expect(svg.contains("&lt;&amp;&gt; → &quot;l'ami&quot;: 0.250"))
        #expect(svg.contains(">a &lt; b<"))
        #expect(!svg.contains("\u{1}"))
        #expect(!svg.contains("gold alignment"))
        #expect(svg.components(separatedBy: "<title>").count == 3)
    }
}
