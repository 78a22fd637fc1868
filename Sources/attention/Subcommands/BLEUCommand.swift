// `attention bleu`: corpus BLEU on any system's output.

import AttentionLab
import Terminal

enum BLEUCommand: Subcommand {
    static let name = "bleu"
    static let summary = "Corpus BLEU of any system's output, exactly as sacreBLEU computes it."
    static let details = """
        Tokeniser 13a, exponential smoothing (Post 2018; the signature says so). One segment a line; for several reference
        translations repeat --reference. The file - is standard input. Words are what their characters are: é as one character and as e
        with an accent of its own differ, as they do for sacreBLEU; a remark says so where a text has both.
        """
    static let options = [
        Option("--reference", "FILE", "Reference translation; may be repeated.", repeats: true),
        Option("--hypothesis", "FILE", "Translation to be judged."),
        Option("--lowercase", "Ignore case."),
        Option("--chrf", "chrF2 as well (Popović 2015)."),
        TextFormat.option,
    ]
    static let examples = [
        (why: "one reference", command: "attention bleu --reference test.fr --hypothesis output.fr"),
        (
            why: "two references, for a program",
            command: "attention bleu --reference a.fr --reference b.fr --hypothesis output.fr --format json"
        ),
    ]

    private struct Both: Encodable {
        let bleu: BLEUScore
        let chrF: ChrFScore

        func encode(to encoder: any Encoder) throws {
            try bleu.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(chrF, forKey: .chrF)
        }

        private enum Key: String, CodingKey { case chrF = "chrf2" }
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        _ = try arguments.required("--reference", "FILE")
        let hypothesisFile = try arguments.required("--hypothesis", "FILE")
        let hypotheses = try segments(hypothesisFile)
        let references = try arguments.texts("--reference").map { file in
            let lines = try segments(file)
            guard lines.count == hypotheses.count else {
                throw InputError(
                    "\(file) has \(NumberText.count(lines.count, "line")), but \(hypothesisFile) has \(hypotheses.count); give one segment a "
                        + "line in both, in the same order")
            }
            return lines
        }
        tellSpellings([(hypothesisFile, hypotheses)] + zip(arguments.texts("--reference"), references), console)
        guard !hypotheses.isEmpty else {
            throw InputError("this file is empty; give one segment a line", file: hypothesisFile)
        }
        let lowercase = arguments.has("--lowercase")
        let bleu = try BLEU.corpus(
            hypotheses: hypotheses, references: references, options: BLEUOptions(lowercase: lowercase))
        var metric = ChrF.chrF2
        metric.lowercase = lowercase
        let chrF = arguments.has("--chrf") ? try metric.corpus(hypotheses: hypotheses, references: references) : nil
        switch (format, chrF) {
        case (.json, let chrF?): try console.print(json: Both(bleu: bleu, chrF: chrF))
        case (.json, nil): try console.print(json: bleu)
        case (.text, _): try console.print(text(bleu, chrF))
        }
    }

    /// What makes words differ that look the same.
    private static func tellSpellings(_ files: [(file: String, lines: [String])], _ console: Console) {
        var oddities = TextOddities()
        for (file, lines) in files {
            for (index, line) in lines.enumerated() { oddities.add(Words.split(line), at: "\(file):\(index + 1)") }
        }
        for remark in oddities.remarks { console.remark("attention: \(remark)\n") }
    }

    /// A byte order mark belongs to the first segment, as sacreBLEU has it.
    private static func segments(_ file: String) throws -> [String] {
        TextFile.lines(of: try TextFile.read(file, keepingMark: true))
    }

    private static func text(_ bleu: BLEUScore, _ chrF: ChrFScore?) -> String {
        let precisions = bleu.precisions.map { NumberText.text($0, digits: 1) }.joined(separator: "/")
        let ratio =
            bleu.referenceLength > 0
            ? NumberText.text(Double(bleu.hypothesisLength) / Double(bleu.referenceLength), digits: 3)
            : "–"
        return "BLEU \(NumberText.text(bleu.score, digits: 2))  \(precisions)  "
            + "(brevity penalty \(NumberText.text(bleu.brevityPenalty, digits: 3)), length ratio \(ratio), "
            + "\(bleu.hypothesisLength) of \(bleu.referenceLength) tokens)\n"
            + (chrF.map { "chrF2 \(NumberText.text($0.score, digits: 2))\n" } ?? "")
            + "\(bleu.signature)\n" + (chrF.map { "\($0.signature)\n" } ?? "")
    }
}
