// `attention align --ladder`: what each step from a translator's weights to an aligner is worth, as a table.

import AttentionLab
import Terminal

enum LadderTable {
    static let option = Option(
        "--ladder", "GOLD",
        "Write no links: learn eight models, from a translator's attention to the aligner, a change at a time, and judge each by these "
            + "links (Pharaoh or NAACL) of --pairs, or of --train. With --seed, --passes and --format json.")
    /// What it reads of the settings, and what else may stand beside it.
    private static let settings = [AlignerSettings.seed, AlignerSettings.passes]
    private static let others = ["--train", "--pairs", "--maximum-length", "--lower-case", "--format", "--ladder"]

    static func checkOptions(_ arguments: Arguments) throws {
        let read = others + settings.map(\.flag)
        let unread = Align.options.map(\.name).filter { !read.contains($0) }
        if let flag = unread.first(where: arguments.has) {
            throw UsageError(
                "\(flag) changes nothing in --ladder, which learns a model of its own for each step. Leave it out")
        }
    }

    /// - Parameter judged: the text that the gold links are of.
    static func write(
        learning text: ParallelText, judging judged: ParallelText, by gold: String, _ arguments: Arguments,
        _ console: Console
    ) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        var chosen = AlignerSettings()
        try arguments.apply(settings, to: &chosen)
        let pairs = try pairs(of: judged, linkedBy: gold)
        var rows: [AlignmentLadder.Row] = [], progress = Stage("learning", console)
        do {
            try AlignmentLadder.climb(
                text.pairs, judged: pairs, chosen, watch: { progress.show(share(of: $0, $1)) },
                each: { rows.append($0) })
            progress.end()
        } catch is CancellationError {
            progress.end()
            throw Interrupted()
        }
        switch format {
        case .json: try console.print(json: rows)
        case .text: try console.print(table(rows))
        }
    }

    /// Each step that learns takes about as long.
    private static func share(of step: AlignmentLadder.Step, _ done: Double) -> Double {
        let steps = AlignmentLadder.Step.allCases
        return (Double(steps.firstIndex(of: step) ?? 0) + done) / Double(steps.count)
    }

    private static func pairs(of text: ParallelText, linkedBy file: String) throws -> [SentencePair] {
        let links = try AlignmentFile(file), counting = try LinkCounting(base: links.format.usualBase)
        let gold = try links.alignments(counting: counting, lengths: text.lengths, count: text.lengths.count)
        guard gold.count == text.lengths.count else {
            throw InputError(
                "it has links of \(NumberText.count(gold.count, "sentence")), but the text has \(text.lengths.count); give one line a "
                    + "sentence in both, in the same order", file: file)
        }
        return zip(text.pairs, text.lines).map { pair, line in
            var linked = pair
            linked.gold = gold[line - 1]
            return linked
        }
    }

    private static func table(_ rows: [AlignmentLadder.Row]) -> String {
        var table = Table([
            Table.Column("step", .left), Table.Column("before"), Table.Column("a word later"), Table.Column("after"),
            Table.Column("seconds"), Table.Column("what is changed", .left),
        ])
        func figure(_ value: Double?, digits: Int) -> String {
            value.map { NumberText.text($0, digits: digits) } ?? "–"
        }
        for row in rows {
            table.add([
                row.step.rawValue, figure(row.prior, digits: 3), figure(row.later, digits: 3),
                figure(row.posterior, digits: 3), figure(row.seconds, digits: 0), row.step.change,
            ])
        }
        return table.body
            + "\nAER by the weights before the word is known, by those of the next word, and by the posterior after it is known.\n"
    }
}
