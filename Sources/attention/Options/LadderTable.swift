// What each step from a translator's weights to an aligner is worth, as a table: `attention align --ladder`, and the
// experiment `real-text`.

import AttentionLab
import Terminal

enum LadderTable {
    static let steps = Option.all([TranslatorRung.steps], TranslatorRung())
    static let options =
        [
            Option(
                "--ladder", "GOLD",
                "Write no links: learn nine models, from a translator to the aligner, a change at a time, and judge each by these "
                    + "links (Pharaoh or NAACL) of --pairs, or of --train. With --seed, --passes, --steps and --format json."
            )
        ] + steps
    /// What it reads of the settings, and what else may stand beside it.
    private static let settings = [AlignerSettings.seed, AlignerSettings.passes]
    private static let texts = ["--train", "--pairs", "--maximum-length", "--lower-case"]

    /// The same as options of an experiment.
    static let experiment =
        [
            Option("--gold", "FILE", "Links of the text of --train, or of --pairs: Pharaoh or NAACL."),
            Option("--pairs", "FILE", "The text that has links, where it is another one.", repeats: true),
        ] + Align.options.filter { (texts + settings.map(\.flag)).contains($0.name) && $0.name != "--pairs" } + steps

    static func checkOptions(_ arguments: Arguments) throws {
        let read = texts + ["--format"] + options.map(\.name) + settings.map(\.flag)
        let unread = Align.options.map(\.name).filter { !read.contains($0) }
        if let flag = unread.first(where: arguments.has) {
            throw UsageError(
                "\(flag) changes nothing in --ladder, which learns a model of its own for each step. Leave it out")
        }
    }

    // MARK: the texts

    /// `attention align --ladder`.
    static func write(judgedBy gold: String, _ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let rows = try rows(of: ownTexts(judgedBy: gold, arguments, console), arguments, console)
        switch format {
        case .json: try console.print(json: rows)
        case .text: try console.print(table(rows).text(width: console.width) + "\n\(note)\n")
        }
    }

    /// The experiment `real-text`.
    static func measure(_ arguments: Arguments, _ console: Console) throws -> [AlignmentLadder.Row] {
        guard arguments.has("--train") else {
            if let stray = (texts + ["--gold"]).first(where: arguments.has) {
                throw UsageError("\(stray) is of a text of your own; name its files with --train")
            }
            return try rows(of: RealText.toy(), arguments, console)
        }
        let gold = try arguments.required("--gold", "FILE")
        return try rows(of: ownTexts(judgedBy: gold, arguments, console), arguments, console)
    }

    private typealias Texts = (pairs: [SentencePair], judged: [SentencePair])

    private static func ownTexts(judgedBy gold: String, _ arguments: Arguments, _ console: Console) throws -> Texts {
        let train = try Align.text("--train", arguments, console)
        let judged = arguments.has("--pairs") ? try Align.text("--pairs", arguments, console) : train
        return try (train.pairs, pairs(of: judged, linkedBy: gold))
    }

    private static func pairs(of text: ParallelText, linkedBy file: String) throws -> [SentencePair] {
        let links = try AlignmentFile(file), counting = try LinkCounting(base: links.format.usualBase)
        let gold = try links.alignments(counting: counting, lengths: text.lengths, count: text.lengths.count)
        return zip(text.pairs, text.lines).map { pair, line in
            var linked = pair
            linked.gold = gold[line - 1]
            return linked
        }
    }

    // MARK: the rows

    private static func rows(
        of texts: Texts, _ arguments: Arguments, _ console: Console
    ) throws -> [AlignmentLadder.Row] {
        var chosen = AlignerSettings(), translator = TranslatorRung()
        try arguments.apply(settings, to: &chosen)
        try arguments.apply([TranslatorRung.steps], to: &translator)
        Platform.watchInterrupts()
        var rows: [AlignmentLadder.Row] = [], progress = Stage("learning", console)
        do {
            try RealText.climb(
                texts.pairs, judged: texts.judged, translator, chosen, watch: { progress.show(share(of: $0, $1)) },
                each: { rows.append($0) })
            progress.end()
        } catch is CancellationError {
            progress.end()
            throw Interrupted()
        }
        return rows
    }

    /// Each step that learns takes about as long.
    private static func share(of step: AlignmentLadder.Step, _ done: Double) -> Double {
        let steps = AlignmentLadder.Step.allCases
        return (Double(steps.firstIndex(of: step) ?? 0) + done) / Double(steps.count)
    }

    static let note =
        "AER by the weights before the word is known, by those of the next word, and by the posterior after it is known; "
        + "BLEU of greedy translations of the judged pairs, where a model translates."

    static func table(_ rows: [AlignmentLadder.Row]) -> Table {
        var table = Table([
            Table.Column("step", .left), Table.Column("before"), Table.Column("a word later"), Table.Column("after"),
            Table.Column("BLEU"), Table.Column("seconds"), Table.Column("what is changed", .left),
        ])
        func figure(_ value: Double?, digits: Int) -> String {
            value.map { NumberText.text($0, digits: digits) } ?? "–"
        }
        for row in rows {
            table.add([
                row.step.rawValue, figure(row.prior, digits: 3), figure(row.later, digits: 3),
                figure(row.posterior, digits: 3), figure(row.bleu, digits: 1), figure(row.seconds, digits: 0),
                row.step.change,
            ])
        }
        return table
    }
}
