// Tables as they are read: aligned, escaped, and broken into panels where the line is too short.

import Reports
import Testing

private func sample() -> Table {
    var table = Table([Table.Column("scorer", .left), Table.Column("BLEU"), Table.Column("AER")])
    table.add(["dot", "9.5", "0.1"])
    table.add(["bahdanau", "97.0*", "0.05"])
    return table
}

@Suite("Tables") struct TableTests {
    @Test("columns stand under one another, and no line ends in a space") func aligned() {
        #expect(
            sample().text() == """
                scorer     BLEU   AER
                ────────  ─────  ────
                dot         9.5   0.1
                bahdanau  97.0*  0.05

                """)
    }

    @Test("accents and Chinese characters are counted as a terminal shows them") func width() {
        var table = Table([Table.Column("word", .left), Table.Column("n")])
        table.add(["e\u{301}te\u{301}", "1"])
        table.add(["注意", "22"])
        let lines = table.text().split(separator: "\n").map(String.init)
        #expect(lines[2] == "e\u{301}te\u{301}    1")
        #expect(lines[3] == "注意  22")
    }

    @Test("a table wider than the line becomes panels, each with the first column") func panels() {
        let text = sample().text(width: 16)
        #expect(text.components(separatedBy: "\n\n").count == 2)
        #expect(text.split(separator: "\n").allSatisfy { TextWidth.of(String($0)) <= 16 })
        #expect(text.components(separatedBy: "bahdanau").count == 3)
    }

    @Test("two columns may name a row; both are in every panel") func twoNames() {
        var table = Table(
            [Table.Column("scorer", .left), Table.Column("S"), Table.Column("forward"), Table.Column("backward")],
            names: 2)
        table.add(["dot", "16", "1.5", "3.0"])
        let panels = table.text(width: 22).components(separatedBy: "\n\n")
        #expect(panels.count == 2)
        #expect(panels.allSatisfy { $0.contains("dot     16  ") })
        #expect(table.text(width: 60) == table.text())
    }

    @Test("a row without figures in a panel is left out of it, and its rule with it") func emptyRows() {
        var table = sample()
        table.addRule()
        table.add(["(random)", "", "0.9"])
        let panels = table.text(width: 16).components(separatedBy: "\n\n")
        #expect(!panels[0].contains("random"))
        #expect(panels[1].contains("(random)   0.9"))
        #expect(panels[0].components(separatedBy: "─  ─").count == 2)
        // Whole, it stays.
        #expect(table.text().contains("(random)"))
    }

    @Test("Markdown escapes what would end a cell") func markdown() {
        var table = Table([Table.Column("a", .left), Table.Column("b")])
        table.add(["x|y", "1"])
        #expect(table.markdown == "| a | b |\n| :-- | --: |\n| x\\|y | 1 |\n")
    }

    @Test("CSV quotes what needs it, and only that") func csv() {
        var table = Table([Table.Column("a"), Table.Column("b")])
        table.add(["one, two", "say \"no\""])
        table.add(["plain"])
        #expect(table.csv == "a,b\n\"one, two\",\"say \"\"no\"\"\"\nplain,\n")
    }

    @Test("text breaks between words; a word that is too long stays whole") func wrapped() {
        #expect(TextWidth.wrapped("one two  three", to: 7) == ["one two", "three"])
        #expect(TextWidth.wrapped("antidisestablishment is long", to: 7) == ["antidisestablishment", "is long"])
        #expect(TextWidth.wrapped("", to: 7) == [""])
    }

    @Test(
        "numbers",
        arguments: [(-0.04, 1, "0.0"), (-0.06, 1, "−0.1"), (97.25, 1, "97.2"), (0.0512, 3, "0.051"), (5, 0, "5")])
    func number(value: Double, digits: Int, text: String) {
        #expect(NumberText.text(value, digits: digits) == text)
    }
}
