// Text of a user stays text: in HTML, in JSON inside a page, in SVG, Markdown, CSV and on the terminal.

import Foundation
import Testing

@testable import Reports

private let hostile = [
    "<script>alert(1)</script>", "</script><!--", "\"\u{301} onmouseover=alert(1) x=\"", "'&<>\"", "a|b", "=1+1",
    "@sum", "\u{2028}", "|\u{301}",
]

@Suite("Text of a user") struct PlainTextTests {
    @Test("in HTML no character is left that could begin a tag, an entity, or end an attribute", arguments: hostile)
    func html(text: String) {
        let escaped = HTMLEscape.text(text).unicodeScalars
        #expect(!escaped.contains("<") && !escaped.contains(">") && !escaped.contains("\"") && !escaped.contains("'"))
        #expect(HTMLEscape.text("a & b\u{0}") == "a &amp; b\u{FFFD}")
        #expect(HTMLEscape.text("<a>\nb", keepingLines: true) == "&lt;a&gt;\nb")
    }

    @Test("JSON inside a script element cannot end it, and means the same", arguments: hostile) func script(
        text: String
    ) throws {
        let json = HTMLEscape.script(json: try JSONEncoder().encode([text]))
        for part in ["<", ">", "&", "\u{2028}", "\u{2029}"] { #expect(!json.contains(part)) }
        #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
    }

    @Test("a chart keeps hostile names as text, and is well-formed XML") func charts() throws {
        let points = PointChart(
            name: "a", title: hostile[0], x: .init(hostile[3], names: [hostile[1], "b"]), y: .init(hostile[2]),
            [
                .init(
                    hostile[0], style: 0, .curve,
                    [.init(x: 0, y: 1), .init(x: 1, y: 2, yRange: 1...3), .init(x: .nan, y: 1)])
            ],
            notes: hostile, table: Table([.init("x")]))
        let matrix = MatrixChart(
            name: "b", title: hostile[0], rows: hostile, columns: hostile,
            values: hostile.map { _ in hostile.map { _ in 0.7 } }, notes: hostile)
        let heatmap = Heatmap(source: hostile, target: hostile, weights: hostile.map { _ in hostile.map { _ in 0.1 } })
        for svg in [points.svg, matrix.svg, heatmap.svg(title: hostile[2])] {
            #expect(!svg.contains("<script") && svg.contains("&lt;scri"))
            #expect(
                svg.unicodeScalars.split(separator: "<").dropFirst().allSatisfy {
                    ["s", "r", "t", "g", "p", "/"].contains($0.first ?? " ")
                })
            // Every quotation mark belongs to an attribute: each tag has an even number.
            for tag in svg.unicodeScalars.split(separator: "<") {
                #expect(tag.prefix { $0 != ">" }.count { $0 == "\"" }.isMultiple(of: 2))
            }
        }
        #expect(points.series[0].points.count == 2)
    }

    @Test("Markdown: no HTML, no markup, no cell of its own; figures as they are") func markdown() {
        var table = Table([Table.Column("<b>", .left), Table.Column("x")])
        table.add(["<script>alert(1)</script> & [a](b) `c` *d*", "97.0 ±0.9*"])
        table.add(["a|b\r\nc", "|\u{301}"])
        #expect(
            table.markdown == #"""
                | &lt;b> | x |
                | :-- | --: |
                | &lt;script>alert(1)&lt;/script> &amp; \[a](b) \`c\` \*d* | 97.0 ±0.9* |

                """# + "| a\\|b  c | \\|\u{301} |\n")
    }

    @Test("Markdown: no name is a link, and nothing of it is unseen") func names() {
        func cell(_ text: String) -> String { PlainText.markdown(text) }
        #expect(cell("www.example.org WWW.a.b http://c") == "www`.`example.org WWW`.`a.b http&#58;//c")
        #expect(cell("a@b.org @name x @ y @") == "a`@`b.org `@`name x @ y @")
        #expect(cell("@@a #12 a#b #") == "@`@`a `#`12 a#b #")
        #expect(
            cell("a\u{202E}b\u{200B}c\u{FEFF}\u{1B}\u{9B}d\te\nf")
                == #"a\\u{202E}b\\u{200B}c\\u{FEFF}\\u{1B}\\u{9B}d e f"#)
        #expect(cell("क्\u{200D}ष") == "क्\u{200D}ष", "a joiner is part of its letters")
        #expect(MarkdownText.line("`a@b` a@b") == "`a@b` a`@`b")
        #expect(
            HTMLEscape.text("a\u{202E}b\u{200B}") == #"a\u{202E}b\u{200B}"#
                && LaTeXText.comment("a\u{202E}\nb") == #"% a\u{202E} b"#)
        #expect(SVG.width("a\u{202E}") == SVG.width(#"a\u{202E}"#), "a picture has room for what it shows")
        #expect(PlainText.csv("a\u{202E}b\u{200B}") == #"a\u{202E}b\u{200B}"# && PlainText.csv("a\nb") == "\"a\nb\"")
    }

    @Test("CSV: a text that begins like a formula is one no more, a number stays a number") func csv() {
        var table = Table([Table.Column("scorer"), Table.Column("x")])
        table.add(["=cmd|' /C calc'!A0", "-0.25"])
        table.add(["@a,\"b\"", "+1e-3"])
        table.add(["\"\u{301},", "-"])
        table.add(["＝1", "-inf"])
        #expect(
            table.csv
                == "scorer,x\n'=cmd|' /C calc'!A0,-0.25\n\"'@a,\"\"b\"\"\",+1e-3\n\"\"\"\u{301},\",'-\n'＝1,'-inf\n")
    }

    @Test("the terminal: 24 bits, 256 colours or none, and no escape code of a word") func terminal() {
        let map = Heatmap(source: ["a\u{1B}[31m"], target: ["b"], weights: [[1]])
        #expect(map.text(.full).contains("\u{1B}[48;2;8;48;107;") && map.text(.palette).contains("\u{1B}[48;5;18;"))
        #expect(
            !map.text(.none).contains("\u{1B}")
                && Heatmap(source: ["a"], target: ["\u{1B}["], weights: [[1]]).text(.none).contains("\\u{1B}["))
        #expect(!map.text(.full).contains("\u{1B}[31m"))
        for (variable, isFull) in [
            ("truecolor", true), ("24bit", true), ("TrueColor", true), ("yes", false), ("", false),
        ] {
            guard case .full = TerminalColours(colorterm: variable) else {
                #expect(!isFull)
                continue
            }
            #expect(isFull)
        }
    }

    @Test("the colours of weights grow darker evenly: in grey the order is the same") func grey() {
        let light = (0...10).map { step in
            let (red, green, blue) = WeightColour.parts(Double(step) / 10)
            return 0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)
        }
        for (a, b) in zip(light, light.dropFirst()) { #expect((15...30).contains(a - b)) }
    }
}
