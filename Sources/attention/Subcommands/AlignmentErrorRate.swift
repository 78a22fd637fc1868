// `attention aer`: the alignment metrics on any system's output.

import AttentionLab
import Terminal

enum AlignmentErrorRate: Subcommand {
    static let name = "aer"
    static let summary = "Alignment error rate, precision and recall of any aligner's output."
    static let details = """
        Reads Pharaoh (0-0 1-2 2p3, one sentence a line, counted from 0) and NAACL (sentence source target S|P, counted from 1);
        which of the two a file is, it tells itself. AER = 1 − (|A∩S| + |A∩P|) / (|A| + |S|), with sure links S ⊆ possible
        links P (Och and Ney 2003). With --source and --target every link is checked against the text. The
        file - is standard input.
        """
    static let options = [
        Option("--gold", "FILE", "Gold alignment, with sure and possible links."),
        Option("--hypothesis", "FILE", "Alignment to be judged; a possible link counts as a link."),
        Option("--source", "FILE", "Source sentences, one a line."),
        Option("--target", "FILE", "Target sentences, one a line."),
        Option(
            "--gold-base", "N", "What the first word is called in the gold file: 0 or 1.",
            standard: "0 for Pharaoh, 1 for NAACL"),
        Option("--hypothesis-base", "N", "The same for the hypothesis.", standard: "0 for Pharaoh, 1 for NAACL"),
        Option("--gold-reversed", "The gold file writes the target word first."),
        Option("--hypothesis-reversed", "The hypothesis file writes the target word first."),
        Option(
            "--without-end",
            "Leave out links with the place after the last word: end tokens that a system aligns; needs --source and --target."
        ),
        TextFormat.option,
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
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let goldFile = try arguments.required("--gold", "FILE"),
            hypothesisFile = try arguments.required("--hypothesis", "FILE")
        let lengths = try lengths(arguments)
        // Each file is read once: it may be a pipe.
        let goldText = try AlignmentFile(goldFile), hypothesisText = try AlignmentFile(hypothesisFile)
        func read(_ text: AlignmentFile, _ side: String, count: Int?) throws -> [GoldAlignment] {
            let counting = try LinkCounting(
                base: arguments.integer("--\(side)-base", 0...1) ?? text.format.usualBase,
                targetFirst: arguments.has("--\(side)-reversed"), leavesOutEnd: arguments.has("--without-end"))
            return try text.alignments(counting: counting, lengths: lengths, count: count)
        }
        // A NAACL file does not tell how many sentences it is about, if the last ones have no links: the other file
        // must.
        var hypothesis = try read(hypothesisText, "hypothesis", count: nil)
        let gold = try read(goldText, "gold", count: hypothesisText.format == .naacl ? nil : hypothesis.count)
        if hypothesisText.format == .naacl, hypothesis.count < gold.count {
            hypothesis = try read(hypothesisText, "hypothesis", count: gold.count)
        }
        guard gold.count == hypothesis.count else {
            throw InputError(
                "\(goldFile) has \(NumberText.count(gold.count, "sentence")), but \(hypothesisFile) has \(hypothesis.count); give one line a "
                    + "sentence in both, in the same order")
        }
        guard gold.contains(where: { !$0.possible.isEmpty }) else {
            throw InputError("the gold alignment has no link at all, so there is nothing to measure", file: goldFile)
        }
        if lengths == nil, hypothesis.neverLinkFirstWords != gold.neverLinkFirstWords {
            let file = hypothesis.neverLinkFirstWords ? hypothesisFile : goldFile
            console.remark(
                "attention: \(file) never links a first word, the other file does: is it counted from another base? "
                    + "(--hypothesis-base, --gold-base; --source and --target check it)\n")
        }
        var counts = AlignmentCounts()
        for (system, reference) in zip(hypothesis, gold) {
            counts += AlignmentCounts(predicted: system.possible, gold: reference)
        }
        switch format {
        case .json: try console.print(json: counts)
        case .text: try console.print(text(counts, sentences: gold.count))
        }
    }

    private static func lengths(_ arguments: Arguments) throws -> [SentenceLengths]? {
        if arguments.has("--without-end"), !arguments.has("--source") {
            throw UsageError(
                "--without-end needs --source and --target: only the text tells which word is the last one")
        }
        return switch (arguments.text("--source"), arguments.text("--target")) {
        case (nil, nil): nil
        case (let source?, let target?): try SentenceLengths.read(source: source, target: target)
        default: throw UsageError("--source and --target belong together; give both, or neither")
        }
    }

    private static func text(_ counts: AlignmentCounts, sentences: Int) -> String {
        var table = Table([Table.Column("", .left), Table.Column("")])
        for (name, value) in [
            ("AER", counts.aer), ("precision", counts.precision), ("recall", counts.recall), ("F1", counts.f1),
        ] {
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
