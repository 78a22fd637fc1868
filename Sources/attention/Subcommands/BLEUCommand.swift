// `attention bleu`: BLEU of any systems' output, and who can be told apart.

import AttentionLab
import Terminal

enum BLEUCommand: Subcommand {
    static let name = "bleu"
    static let summary = "BLEU of any systems' output, exactly as sacreBLEU computes it."
    static let details = """
        Tokeniser 13a, exponential smoothing (Post 2018; the signature says so). One segment a line; for several reference
        translations repeat --reference, for several systems --hypothesis: their table says by letters which of them can be told
        apart. The file - is standard input. Words are what their characters are: é as one character and as e
        with an accent of its own differ, as they do for sacreBLEU; a remark says so where a text has both.
        """
    static let options =
        [
            Option("--reference", "FILE", "Reference translation; may be repeated.", repeats: true),
            Option("--hypothesis", "FILE", "Translation to be judged; once for each system.", repeats: true),
        ] + Systems.options + [
            Option(
                "--tokenize", "NAME",
                "13a, none (words stand apart already), char, intl (punctuation of all scripts) or zh (Chinese).",
                standard: "13a"),
            Option("--smooth", "NAME", "Where an order has no hit: exp, floor, add-k or none.", standard: "exp"),
            Option("--smooth-value", "X", "Of floor and add-k.", standard: "0.1 for floor, 1 for add-k"),
            Option("--lowercase", "Ignore case."),
            Option("--chrf", "chrF2 as well (Popović 2015)."),
            Option(
                "--sentence-level", "The score of each segment, one a line, of the orders that it is long enough for."),
            OutputFormat.option,
        ]
    static let examples = [
        (why: "one reference", command: "attention bleu --reference test.fr --hypothesis output.fr"),
        (
            why: "two references, for a program",
            command: "attention bleu --reference a.fr --reference b.fr --hypothesis output.fr --format json"
        ),
        (
            why: "two systems, with names: can they be told apart?",
            command:
                "attention bleu --reference test.fr --hypothesis a.fr --name ours --hypothesis b.fr --name theirs --pairs"
        ),
    ]

    static func renamed(_ words: [String]) -> [String] { Systems.renamed(words) }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", OutputFormat.self) ?? .terminal
        _ = try arguments.required("--reference", "FILE")
        let systems = try Systems(arguments), options = try options(arguments)
        guard !options.effectiveOrder || (!arguments.has("--pairs") && !arguments.has("--test")) else {
            throw UsageError(
                "--sentence-level prints the scores of segments, and no pairs are tested; leave out --pairs and --test")
        }
        var chrF: ChrF? = arguments.has("--chrf") ? .chrF2 : nil
        chrF?.lowercase = options.lowercase
        let texts = try ReferenceTexts(arguments.texts("--reference")), tool = Tool(options: options, chrF: chrF)
        if options.effectiveOrder { return try SegmentScores(texts, systems, tool, console).print(format, console) }
        let measured = try systems.all.map { try tool.measure(texts, $0.file, console) }
        if format == .json {
            let table = try table(systems, measured, tool, texts.references.count)
            return try console.print(
                json: SystemsJSON(names: systems.names, systems: measured.map(\.scores), pairs: table.pairsJSON))
        }
        var table = try table(systems, measured, tool, texts.references.count)
        if format == .csv, systems.hasPairs { return try console.print(words: table.pairsCSV) }
        if systems.hasPairs { table.parts = table.pairTables }
        try table.print(format, text: systems.isOne ? measured.first?.scores.text : nil, console)
    }

    private enum Smoothing: String, CaseIterable { case exp, floor, addK = "add-k", none }

    /// With effective order for single segments, as sacreBLEU has them.
    private static func options(_ arguments: Arguments) throws -> BLEUOptions {
        let value = try arguments.number("--smooth-value", above: 0, orEqual: true)
        let name = try arguments.choice("--smooth", Smoothing.self) ?? .exp
        guard value == nil || name == .floor || name == .addK else {
            throw UsageError(
                "--smooth-value is of --smooth floor and --smooth add-k, but the smoothing is \(name.rawValue); leave it out"
            )
        }
        let smoothing: BLEUSmoothing =
            switch name {
            case .exp: .exponential
            case .floor: value.map { .floor($0) } ?? .floor()
            case .addK: value.map { .addK($0) } ?? .addK()
            case .none: .none
            }
        return BLEUOptions(
            smoothing: smoothing, lowercase: arguments.has("--lowercase"),
            tokenizer: try arguments.choice("--tokenize", BLEUTokenizer.self) ?? .v13a,
            effectiveOrder: arguments.has("--sentence-level"))
    }

    // MARK: measuring

    /// The scores of one system; chrF only where it was asked for.
    struct Scores: Encodable {
        let bleu: BLEUScore, chrF: ChrFScore?

        func encode(to encoder: any Encoder) throws {
            try bleu.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encodeIfPresent(chrF, forKey: .chrF)
        }

        private enum Key: String, CodingKey { case chrF = "chrf2" }
    }

    /// What one pass over a system's segments leaves.
    struct Measured {
        let scores: Scores
        let bleu: SentenceBundles<BLEUStatistics>, chrF: SentenceBundles<ChrFStatistics>?
    }

    struct Tool {
        let options: BLEUOptions, chrF: ChrF?

        /// Nothing of a system's text is kept.
        func measure(_ texts: ReferenceTexts, _ file: String, _ console: Console) throws -> Measured {
            let lines = try texts.hypotheses(file, console), count = texts.references.count
            var bleu = SentenceBundles(sentences: lines.count, empty: BLEUStatistics())
            try BLEU.count(hypotheses: lines, references: texts.references, options: options) { bleu.add($0) }
            let score = BLEU.score(bleu.sum, references: count, options: options)
            guard let chrF else { return Measured(scores: Scores(bleu: score, chrF: nil), bleu: bleu, chrF: nil) }
            var bundles = SentenceBundles(sentences: lines.count, empty: ChrFStatistics(chrF))
            try chrF.count(hypotheses: lines, references: texts.references) { bundles.add($0) }
            return Measured(
                scores: Scores(bleu: score, chrF: chrF.corpus(bundles.sum, references: count)), bleu: bleu,
                chrF: bundles)
        }
    }

    // MARK: several systems

    private static func table(
        _ systems: Systems, _ measured: [Measured], _ tool: Tool, _ references: Int
    ) throws -> SystemTable {
        let scores = measured.map(\.scores), first = measured[0]
        var columns = [
            SystemTable.Column(
                title: "BLEU", id: "bleu", digits: 2, values: scores.map(\.bleu.score),
                tests: try systems.pairs(measured.map(\.bleu), by: .bleu(tool.options)))
        ]
        if let chrF = tool.chrF {
            columns.append(
                .init(
                    title: chrF.name, id: "chrf2", digits: 2, values: scores.map { $0.chrF?.score },
                    tests: try systems.pairs(measured.compactMap(\.chrF), by: .chrF(chrF))))
        }
        columns += parts(scores.map(\.bleu))
        let signatures = ([first.scores.bleu.signature] + [first.scores.chrF?.signature].compactMap { $0 })
        return SystemTable(
            title: "BLEU", names: systems.names, columns: columns,
            draws: Systems.draws(first.bleu.sum.sentences, first.bleu.bundles.count, "segment"),
            notes: [
                "1- to 4-grams: precision in percent. penalty: for brevity. length: tokens for each of the reference."
            ] + signatures)
    }

    /// What a score is made of.
    private static func parts(_ scores: [BLEUScore]) -> [SystemTable.Column] {
        let precisions = (0..<BLEUStatistics.orders).map { n in
            SystemTable.Column(
                title: "\(n + 1)-grams", id: "precision_\(n + 1)", digits: 1, values: scores.map { $0.precisions[n] })
        }
        return precisions + [
            .init(title: "penalty", id: "brevity_penalty", digits: 3, values: scores.map(\.brevityPenalty)),
            .init(title: "length", id: "length_ratio", digits: 3, values: scores.map(\.lengthRatio)),
        ]
    }
}

extension BLEUScore {
    /// nil where the reference has no token.
    fileprivate var lengthRatio: Double? {
        referenceLength > 0 ? Double(hypothesisLength) / Double(referenceLength) : nil
    }
}

extension BLEUCommand.Scores {
    /// Of one system, for people.
    fileprivate var text: String {
        let precisions = bleu.precisions.map { NumberText.text($0, digits: 1) }.joined(separator: "/")
        return "BLEU \(NumberText.text(bleu.score, digits: 2))  \(precisions)  "
            + "(brevity penalty \(NumberText.text(bleu.brevityPenalty, digits: 3)), length ratio "
            + "\(bleu.lengthRatio.map { NumberText.text($0, digits: 3) } ?? "–"), "
            + "\(bleu.hypothesisLength) of \(bleu.referenceLength) tokens)\n"
            + (chrF.map { "chrF2 \(NumberText.text($0.score, digits: 2))\n" } ?? "")
            + "\(bleu.signature)\n" + (chrF.map { "\($0.signature)\n" } ?? "")
    }
}
