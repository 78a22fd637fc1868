// Files made from tables: LaTeX that compiles, CSV that no spreadsheet runs, Markdown and terminals that show text as
// text.

import Foundation
import Reports
import Testing

/// Everything that has a meaning somewhere.
private let hostile = [
    "a & b % $ # _ { } ~ ^ \\ < > | \" ' `", "\\input{secret}", "<script>alert(1)</script>", "=1+1",
    "x ± 2 × µ − β₂ → …", "café ñandú Łódź", "注意 👍🏽", "--- ?` ''",
    "line\nbreak", "[t] * 5",
]

private func table(_ cells: [String]) -> Table {
    var table = Table([Table.Column("name & more", .left), Table.Column("value %")])
    for (index, cell) in cells.enumerated() { table.add([cell, "\(index).5"]) }
    return table
}

/// Braces and environments closed as they were opened, nothing beyond ASCII, every special character escaped or part of
/// the table.
private func complaint(_ latex: String) -> String? {
    guard latex.utf8.allSatisfy({ $0 == 10 || (32...126).contains($0) }) else { return "a character beyond ASCII" }
    var depth = 0, open: [String] = []
    for line in latex.split(separator: "\n") where !line.hasPrefix("%") {
        var text = String(line)
        // Escaped characters and commands away; what is left must be harmless.
        while let match = text.firstMatch(of: /\\(begin|end)\{([a-z]+)\}/) {
            if match.1 == "begin" {
                open.append(String(match.2))
            } else if open.popLast() != String(match.2) {
                return "\\end{\(match.2)} ends nothing"
            }
            text.removeSubrange(match.range)
        }
        text = text.replacing(/\\[&%$#_{}\\]/, with: "").replacing(
            /\\ensuremath\{(_[0-9]|\^\\circ|\^[0-9]|[^{}]*)\}/, with: ""
        ).replacing(/\\tabcolsep/, with: "")
        for character in text {
            if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
            if depth < 0 { return "a } too many: \(line)" }
        }
        let rest = text.replacing(/\\(['`^"~=.]|[a-zA-Z]+)/, with: "")
        if let bad = rest.first(where: { "%$#_^~\\<>".contains($0) }) { return "“\(bad)” in \(line)" }
    }
    return depth == 0 && open.isEmpty ? nil : "not closed: \(depth) braces, \(open)"
}

@Suite("LaTeX tables") struct LaTeXTableTests {
    @Test("columns of running text are as wide as they say, never split into panels, and count as the lines they take")
    func paragraphs() throws {
        var text = Table([
            Table.Column("claim", .paragraph(0.3)), Table.Column("verdict", .left),
            Table.Column("why", .paragraph(0.5)),
        ])
        for _ in 0..<12 { text.add(["a \\ b", "holds", String(repeating: "word ", count: 60)]) }
        let latex = text.latex(caption: "c", label: "l")
        #expect(latex.contains("\\begin{tabular}{@{}p{0.30\\linewidth}lp{0.50\\linewidth}@{}}"))
        #expect(latex.contains("{\\raggedright a \\textbackslash{} b\\par} & holds & {\\raggedright word word"))
        // Eight lines a row: six rows would be 48, and no more than 46 fit between the rules of a page.
        let floats = latex.components(separatedBy: "\\begin{table}").dropFirst()
        #expect(floats.count == 3 && floats.map { $0.components(separatedBy: "holds").count - 1 } == [5, 5, 2])
        #expect(complaint(latex) == nil, Comment(rawValue: complaint(latex) ?? ""))
        #expect(text.text().contains("verdict") && text.markdown.contains("| :-- | :-- | :-- |"))
    }

    @Test("booktabs, aligned columns, a caption and a label") func whole() {
        var small = Table([Table.Column("scorer", .left), Table.Column("BLEU")])
        small.add(["dot", "97.0 ±0.9*"])
        small.addRule()
        small.add(["none", "– "])
        #expect(
            small.latex(caption: "50 % of it", label: "Copy & more", notes: ["± half"], comments: ["data: β\n2"]) == """
                % data: β 2
                \\begin{table}[htbp]
                \\centering
                \\footnotesize
                \\setlength{\\tabcolsep}{4pt}
                \\caption{50 \\% of it}
                \\label{tab:copy-more}
                \\begin{tabular}{@{}lr@{}}
                \\toprule
                scorer & BLEU \\\\
                \\midrule
                dot & 97.0 \\ensuremath{\\pm}0.9* \\\\
                \\midrule
                none & --\\phantom{*} \\\\
                \\bottomrule
                \\end{tabular}
                \\par\\medskip
                \\begin{minipage}{\\linewidth}\\raggedright
                \\ensuremath{\\pm} half\\par
                \\end{minipage}
                \\end{table}

                """)
    }

    @Test("hostile text is well-formed LaTeX and stays text") func wellFormed() {
        let latex = table(hostile).latex(caption: hostile.joined(separator: " "), label: hostile[0], notes: hostile)
        #expect(complaint(latex) == nil)
        #expect(
            latex.contains("\\textbackslash{}input\\{secret\\}")
                && latex.contains("caf\\'{e} \\~{n}and\\'{u} \\L{}\\'{o}d\\'{z}"))
        #expect(latex.contains("-{}-{}-") && latex.contains("[U+6CE8]"))
        // The checker is no rubber stamp.
        #expect(complaint("a_b") != nil && complaint("\\begin{table}\n{") != nil && complaint("é") != nil)
    }

    @Test("pdfLaTeX compiles it, where there is one") func compiles() throws {
        guard
            let program = ["/usr/bin/pdflatex", "/Library/TeX/texbin/pdflatex"].first(
                where: FileManager.default.isExecutableFile)
        else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attentionlab-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let document =
            "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n"
            + table(hostile + (0..<70).map { "row \($0)" }).latex(
                caption: hostile.joined(separator: " "), label: hostile[0], notes: hostile) + "\\end{document}\n"
        try Data(document.utf8).write(to: folder.appendingPathComponent("a.tex"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "a.tex"]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let log = (try? String(contentsOf: folder.appendingPathComponent("a.log"), encoding: .isoLatin1)) ?? ""
        // An installation without booktabs says nothing about the table.
        if log.contains("booktabs.sty' not found") { return }
        #expect(process.terminationStatus == 0, Comment(rawValue: String(log.suffix(600))))
    }

    @Test("wide tables become several, long ones are continued, and no row is lost") func large() {
        var wide = Table([Table.Column("scorer", .left)] + (0..<20).map { Table.Column("column \($0)") })
        for row in 0..<100 { wide.add(["row-\(row)"] + (0..<20).map { "\(row).\($0)" }) }
        let latex = wide.latex(caption: "c", label: "l")
        #expect(complaint(latex) == nil)
        let cells = latex.split(separator: " ").filter {
            $0.contains(".") && $0.allSatisfy { $0.isNumber || $0 == "." }
        }.map(String.init)
        #expect(cells.sorted() == (0..<100).flatMap { row in (0..<20).map { "\(row).\($0)" } }.sorted())
        #expect(latex.components(separatedBy: "\\label{").count == 2 && latex.contains("(continued)"))
    }
}

@Suite("Text in tables") struct TextInTables {
    @Test(
        "CSV: formulas get an apostrophe, numbers are left alone",
        arguments: [
            ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("-", "'-"),
            ("=a,b", "\"'=a,b\""), ("-1", "-1"), ("+1", "+1"), ("-0.5", "-0.5"), ("-1e-09", "-1e-09"), ("−0.1", "−0.1"),
            ("1=1", "1=1"), ("", ""),
        ])
    func formulas(cell: String, written: String) {
        var table = Table([Table.Column("a"), Table.Column("=b")])
        table.add([cell, "x"])
        #expect(table.csv == "a,'=b\n\(written),x\n")
    }

    @Test("Markdown: no tag, link or code begins") func markdown() {
        #expect(table(["<script>[x](y)`z`\\|"]).markdown.contains("| &lt;script>\\[x](y)\\`z\\`\\\\\\| |"))
    }

    @Test("Markdown: no mathematics begins") func dollars() {
        #expect(table(["$x_1$"]).markdown.contains("| \\$x\\_1\\$ |"))
    }

    @Test("a terminal is not told anything") func terminal() {
        let text = table(["\u{1B}[2Jgone\r\n\u{7}"]).text()
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" } && text.contains("[2Jgone"))
        #expect(text.split(separator: "\n").count == 3)
    }

    @Test("a column more, and another text in a cell") func change() {
        var table = table(["x", "y"])
        table.addColumn(Table.Column("z"), ["1"])
        table.replace(row: 1, column: 0, with: "w")
        table.replace(row: 9, column: 0, with: "nowhere")
        #expect(table.rows == [["x", "0.5", "1"], ["w", "1.5", ""]])
    }
}
