// `attention aer`: the alignment metrics on any systems' output, and who can be told apart.

import AttentionLab
import Terminal

enum AlignmentErrorRate: Subcommand {
    static let name = "aer"
    static let summary = "Alignment error rate, precision and recall of any aligners' output."
    static let details = """
        Reads Pharaoh (0-0 1-2 2p3, one sentence a line, counted from 0) and NAACL (sentence source target S|P, counted from 1);
        which of the two a file is, it tells itself. AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|), with sure links S ⊆ possible
        links P (Och and Ney 2003). With --source and --target every link is checked against the text. For several systems repeat
        --hypothesis: their table says by letters which of them can be told apart. The file - is standard input.
        """
    static let options =
        [
            Option("--gold", "FILE", "Gold alignment, with sure and possible links."),
            Option(
                "--hypothesis", "FILE",
                "Alignment to be judged, once for each system; a possible link counts as a link.", repeats: true),
        ] + Systems.options + [
            Option("--source", "FILE", "Source sentences, one a line."),
            Option("--target", "FILE", "Target sentences, one a line."),
            Option(
                "--gold-base", "N", "What the first word is called in the gold file: 0 or 1.",
                standard: "0 for Pharaoh, 1 for NAACL"),
            Option("--hypothesis-base", "N", "The same for hypotheses.", standard: "0 for Pharaoh, 1 for NAACL"),
            Option("--gold-reversed", "The gold file writes the target word first."),
            Option("--hypothesis-reversed", "Hypotheses write the target word first."),
            Option(
                "--without-end",
                "Leave out links with the place after the last word: end tokens that a system aligns; needs --source and --target."
            ),
            Option("--all-sure", "Possible links of the gold count as sure ones."),
            Option(
                "--alpha", "A",
                "Also F with α: 1 / (α / precision + (1 − α) / recall) (Fraser and Marcu 2007); above 0.5 precision counts more.",
                range: "0 to 1"),
            Option(
                "--errors", "N",
                "Also the N most frequent errors, by words; needs --source and --target. With --format csv, nothing else."
            ),
            OutputFormat.option,
        ]
    static let examples = [
        (
            why: "judge fast_align's output",
            command: "attention aer --gold test.wa.nonullalign --hypothesis fast_align.out"
        ),
        (
            why: "for a program, checked against the text",
            command:
                "attention aer --gold gold.pharaoh --hypothesis mine.pharaoh --source test.en --target test.fr --format json"
        ),
        (
            why: "two systems, and what they get wrong",
            command:
                "attention aer --gold gold --hypothesis a --hypothesis b --pairs --errors 20 --source test.en --target test.fr"
        ),
    ]

    static func renamed(_ words: [String]) -> [String] { Systems.renamed(words) }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", OutputFormat.self) ?? .terminal
        _ = try arguments.required("--gold", "FILE")
        let systems = try Systems(arguments), alpha = try alpha(arguments),
            most = try errors(arguments, systems, format)
        let links = try JudgedLinks(arguments, systems, console)
        let measured = links.systems.map { links.measure($0, errors: most) }
        var table = try table(systems, measured, alpha)
        switch format {
        case .json:
            let figures = measured.map { Figures(counts: $0.bundles.sum, alpha: alpha, errors: $0.errors) }
            try console.print(json: SystemsJSON(names: systems.names, systems: figures, pairs: table.pairsJSON))
        case .csv where most != nil: try console.print(words: errorTable(systems, measured).csv)
        case .csv where systems.hasPairs: try console.print(words: table.pairsCSV)
        default:
            if systems.hasPairs { table.parts = table.pairTables }
            if most != nil {
                let note = "wrong: made, and not possible. missed: sure, and not made."
                table.parts.append(
                    .init(title: "most frequent errors", table: errorTable(systems, measured), notes: [note]))
            }
            let text = systems.isOne ? text(measured[0].bundles.sum, alpha, sentences: links.gold.count) : nil
            try table.print(format, text: text, console)
        }
    }

    private static func alpha(_ arguments: Arguments) throws -> Double? {
        let alpha = try arguments.number("--alpha", above: 0, orEqual: true)
        guard let alpha, alpha > 1 else { return alpha }
        throw UsageError("--alpha is \(alpha); it must be a number from 0 (recall alone) to 1 (precision alone)")
    }

    private static func errors(_ arguments: Arguments, _ systems: Systems, _ format: OutputFormat) throws -> Int? {
        guard let most = try arguments.integer("--errors", 1...1_000_000) else { return nil }
        guard arguments.has("--source"), arguments.has("--target") else {
            throw UsageError("--errors needs --source and --target: only the text tells which words are linked")
        }
        guard format != .csv || !systems.hasPairs else {
            throw UsageError("--format csv is one table: give it --errors or --pairs, not both")
        }
        return most
    }

    /// What JSON has of one system.
    private struct Figures: Encodable {
        let counts: AlignmentCounts, alpha: Double?, errors: [LinkError]?

        private enum Key: String, CodingKey { case alpha, fAlpha = "f_alpha", errors }

        func encode(to encoder: any Encoder) throws {
            try counts.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            if let alpha {
                try container.encode(alpha, forKey: .alpha)
                try container.encode(counts.f(alpha: alpha), forKey: .fAlpha)
            }
            try container.encodeIfPresent(errors, forKey: .errors)
        }
    }

    private static func table(
        _ systems: Systems, _ measured: [AlignmentMeasurement], _ alpha: Double?
    ) throws -> SystemTable {
        let counts = measured.map(\.bundles.sum), bundles = measured.map(\.bundles), first = counts[0]
        var columns = [
            SystemTable.Column(
                title: "AER", id: "aer", digits: 4, values: counts.map(\.aer),
                tests: try systems.pairs(bundles, by: .aer)),
            .init(title: "precision", id: "precision", digits: 4, values: counts.map(\.precision)),
            .init(title: "recall", id: "recall", digits: 4, values: counts.map(\.recall)),
            .init(title: "F1", id: "f1", digits: 4, values: counts.map(\.f1)),
        ]
        if let alpha {
            columns.append(
                .init(
                    title: fName(alpha), id: "f_alpha", digits: 4, values: counts.map { $0.f(alpha: alpha) },
                    tests: try systems.pairs(bundles, by: .alignmentF(alpha: alpha))))
        }
        columns.append(
            .init(title: "links", id: "predicted", digits: 0, values: counts.map { Double($0.predicted) }))
        let sentences = measured[0].sentences
        return SystemTable(
            title: "Alignment", names: systems.names, columns: columns,
            draws: Systems.draws(sentences, measured[0].bundles.bundles.count, "sentence"),
            notes: [
                "\(NumberText.count(sentences, "sentence")), \(NumberText.count(first.sure, "sure link")), "
                    + "\(NumberText.count(first.possible, "possible link")), the sure ones among them."
            ])
    }

    private static func fName(_ alpha: Double) -> String { "F(α = \(NumberText.text(alpha, significant: 3)))" }

    private static func errorTable(_ systems: Systems, _ measured: [AlignmentMeasurement]) -> Table {
        var table = Table(
            (systems.isOne ? [] : [Table.Column("system", .left)])
                + [
                    Table.Column("error", .left), Table.Column("source", .left), Table.Column("target", .left),
                    Table.Column("count"),
                ])
        for (name, one) in zip(systems.names, measured) {
            for error in one.errors ?? [] {
                table.add(
                    (systems.isOne ? [] : [name]) + [error.kind.rawValue, error.source, error.target, "\(error.count)"])
            }
            table.addRule()
        }
        return table
    }

    private static func text(_ counts: AlignmentCounts, _ alpha: Double?, sentences: Int) -> String {
        var table = Table([Table.Column("", .left), Table.Column("")])
        for (name, value) in [
            ("AER", counts.aer), ("precision", counts.precision), ("recall", counts.recall), ("F1", counts.f1),
        ] + (alpha.map { [(fName($0), counts.f(alpha: $0))] } ?? []) {
            table.add([name, value.map { NumberText.text($0, digits: 4) } ?? "–"])
        }
        for (name, value) in [
            ("sentences", sentences), ("sure links", counts.sure), ("possible links", counts.possible),
            ("predicted links", counts.predicted),
        ] {
            table.add([name, "\(value)"])
        }
        return table.body
    }
}
