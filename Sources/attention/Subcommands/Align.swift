// `attention align`: which word of a sentence is the translation of which, for every pair of a text.

import AttentionLab
import Foundation
import Terminal

enum Align: Subcommand {
    static let name = "align"
    static let summary = "Word alignments of your own text: learnt from it, or read from a trained model."
    static let details = """
        Learns from the pairs of --train which words go together, and writes the links of each of them, or of --pairs. With --model
        the links are where a model of `attention train` looks while it reads each translation: its weights, or the posterior where
        it was trained with --use words. Line n of the output has the links of line n of the text; a pair that is left out has an
        empty one. Links are read from the probabilities of both directions; --symmetrise says how.

        \(aligners)
        """
    static let options =
        [
            Option(
                "--train", "FILE",
                "Text to learn from: source, tab, target on each line; or two files with as many lines each, by giving the option twice "
                    + "(source first). UTF-8, words between spaces; - reads standard input.", repeats: true),
            Option("--pairs", "FILE", "Text to align in place of that, in the same form.", repeats: true),
            Option("--aligner", "NAME", "What learns.", standard: AlignerList.preferred.name),
            Option(
                "--model", "CHECKPOINT", "Read the weights of this model of `attention train` instead; needs --pairs."),
            Option("--reverse-model", "CHECKPOINT", "A model of the other direction, target to source, beside it."),
            Option(
                "--maximum-length", "N", "Leave out pairs with more words than that on a side.", standard: "any length"),
            Option("--lower-case", "Read capitals as small letters."),
            Option("--output", "FILE", "Write the links there.", standard: "standard output"),
        ] + LinkOptions.all + LinkWriter.options + LadderTable.options
        + Option.all(AlignerSettings.settings, AlignerSettings())
    static let examples = [
        (
            why: "learn links, and judge them",
            command: "attention align --train pairs.tsv | attention aer --gold gold.pharaoh --hypothesis -"
        ),
        (
            why: "two files, as other aligners write links",
            command:
                "attention align --train train.en --train train.fr --symmetrise grow-diag-final-and --output train.links"
        ),
        (
            why: "learn from one text, align another",
            command: "attention align --train pairs.tsv --pairs test.tsv --lower-case"
        ),
        (
            why: "what lies between a translator's attention and the aligner, step by step",
            command: "attention align --train pairs.tsv --ladder gold.pharaoh"
        ),
        (
            why: "where a translator looks, with all weights",
            command: "attention align --model mine.checkpoint --pairs test.tsv --format json"
        ),
    ]

    private static var aligners: String {
        let width = AlignerList.standard.map { $0.name.count }.max() ?? 0
        return "Aligners:\n"
            + AlignerList.standard.map {
                "  \($0.name.padding(toLength: width, withPad: " ", startingAt: 0))   \($0.summary)"
            }
            .joined(separator: "\n")
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let hasModel = arguments.has("--model")
        try refuseUnread(arguments, hasModel: hasModel)
        if let gold = arguments.text("--ladder") {
            try LadderTable.checkOptions(arguments)
            return try LadderTable.write(judgedBy: gold, arguments, console)
        }
        let reading = try LinkOptions.reading(arguments, hasBothWays: !hasModel || arguments.has("--reverse-model"))
        let writer = try LinkWriter(arguments, reading), output = try OutputPlace(arguments, console)
        Platform.watchInterrupts()
        if hasModel {
            let source = try ForcedLinks(
                model: arguments.required("--model", "CHECKPOINT"), reverse: arguments.text("--reverse-model"))
            try write(text("--pairs", arguments, console), source, writer, output, console)
        } else {
            let train = try text("--train", arguments, console)
            let others = arguments.has("--pairs") ? try text("--pairs", arguments, console) : train
            let source = try learn(from: train, arguments, console)
            try write(others, source, writer, output, console)
        }
    }

    /// What says nothing beside the others that were given.
    private static func refuseUnread(_ arguments: Arguments, hasModel: Bool) throws {
        let learning = ["--train", "--aligner"] + AlignerSettings.settings.map(\.flag)
        if hasModel, let other = learning.first(where: arguments.has) {
            throw UsageError(
                "\(other) is for learning links, but --model names a model that is trained; leave one of them out")
        }
        if !hasModel, arguments.has("--reverse-model") {
            throw UsageError("--reverse-model stands beside --model, the model from source to target; give that too")
        }
        if !arguments.has("--ladder"), let other = LadderTable.steps.map(\.name).first(where: arguments.has) {
            throw UsageError(
                "\(other) is for the translator of --ladder; leave it out, or judge all steps with --ladder GOLD")
        }
        guard arguments.has(hasModel ? "--pairs" : "--train") else {
            throw UsageError(
                hasModel
                    ? "there is nothing to align; give the pairs with --pairs FILE (source, tab, target)"
                    : "there is nothing to learn links from; give a text with --train FILE (source, tab, target), or a trained model with --model. "
                        + "Try `attention align --help`")
        }
    }

    // MARK: steps

    static func text(_ option: String, _ arguments: Arguments, _ console: Console) throws -> ParallelText {
        let files = arguments.texts(option)
        guard files.count <= 2 else {
            throw UsageError(
                "\(option) was given \(files.count) times; give it once (source, tab, target) or twice (source file, target file)"
            )
        }
        let text = try ParallelText(
            files, limit: arguments.integer("--maximum-length", 1...1_000_000), lowerCase: arguments.has("--lower-case")
        )
        guard !text.pairs.isEmpty else {
            throw InputError(
                text.lengths.isEmpty
                    ? "there is no sentence in it; give a pair a line"
                    : "there is no pair of sentences in it: \(NumberText.count(text.blankLines.count, "line")) without words on a side"
                        + (text.longLines.isEmpty ? "" : " and \(text.longLines.count) longer than --maximum-length"),
                file: files[0])
        }
        OwnTextOptions.tell(OwnTextReading.remarks(of: [text]), console)
        return text
    }

    private static func learn(
        from text: ParallelText, _ arguments: Arguments, _ console: Console
    ) throws -> LearntLinks {
        let aligner = try aligner(arguments)
        var settings = AlignerSettings()
        try arguments.apply(AlignerSettings.settings, to: &settings)
        console.remark("\(aligner.name) learns from \(NumberText.count(text.pairs.count, "pair"))\n")
        var progress = Stage("learning", console)
        do {
            let learnt = try aligner.learnt(from: text.pairs, settings) { progress.show($0) }
            progress.end()
            return LearntLinks(aligner: learnt)
        } catch is CancellationError {
            progress.end()
            throw Interrupted()
        }
    }

    private static func aligner(_ arguments: Arguments) throws -> any WordAligner.Type {
        let name = arguments.text("--aligner") ?? AlignerList.preferred.name
        guard let aligner = AlignerList.named(name) else {
            let names = AlignerList.standard.map { $0.name }
            throw UsageError("there is no aligner “\(name)”. \(Suggestion.orList(for: name, among: names))")
        }
        let unread = AlignerSettings.settings.filter { setting in !aligner.settings.contains { $0.key == setting.key } }
        if let flag = unread.map(\.flag).first(where: arguments.has) {
            let readers = AlignerList.standard.filter { $0.settings.contains { $0.flag == flag } }.map { $0.name }
            throw UsageError(
                "\(flag) changes nothing in \(name)"
                    + (readers.isEmpty ? "" : "; it is read by \(readers.joined(separator: ", "))") + ". Leave it out")
        }
        return aligner
    }

    /// Pairs between two looks at the clock; their probabilities are in memory at once.
    private static let chunk = 500

    /// The links of all lines, those that were left out among them.
    private static func write(
        _ text: ParallelText, _ source: some LinkSource, _ writer: LinkWriter, _ output: OutputPlace, _ console: Console
    ) throws {
        var progress = Stage("aligning", console),
            remarks = LineRemarks(file: text.files.joined(separator: " and "), console)
        try output.write(writer.beginning)
        var next = 0
        func leaveOut(before line: Int) throws {
            while next + 1 < line {
                next += 1
                let problem = LinkedPair(problem: "the pair was left out")
                try output.write(writer.text(SentencePair(source: [], target: []), problem, source.reading, line: next))
            }
        }
        for start in stride(from: 0, to: text.pairs.count, by: chunk) {
            guard progress.show(Double(start) / Double(text.pairs.count)) else { throw Interrupted() }
            let pairs = Array(text.pairs[start..<min(start + chunk, text.pairs.count)])
            for (index, linked) in try source.links(of: pairs).enumerated() {
                let line = text.lines[start + index]
                try leaveOut(before: line)
                if let problem = linked.problem {
                    remarks.add(.failed, "\(problem); its line is left empty", line: line)
                }
                try output.write(writer.text(pairs[index], linked, source.reading, line: line))
                next = line
            }
        }
        try leaveOut(before: text.lengths.count + 1)
        progress.end()
        remarks.end()
        try output.end(writer.end)
        let left = text.lengths.count - text.pairs.count
        if left > 0 {
            console.remark(
                "attention: \(left) of \(NumberText.count(text.lengths.count, "line")) \(left == 1 ? "has" : "have") no links, because the pair was left out\n"
            )
        }
    }
}

/// A part of the work, with the time left.
struct Stage {
    private let name: String, console: Console
    private var line: ProgressLine

    init(_ name: String, _ console: Console) {
        (self.name, self.console) = (name, console)
        line = ProgressLine(isTerminal: console.errorsAreTerminal)
    }

    /// - Returns: whether to go on.
    mutating func show(_ share: Double) -> Bool {
        if let text = line.update(share, name) { console.progress(text) }
        return !Platform.isInterrupted
    }

    func end() { console.progress(line.clear) }
}

/// Standard output as the links come, or a file when all of them are there.
private final class OutputPlace {
    private let path: String?, console: Console
    private var text = ""

    init(_ arguments: Arguments, _ console: Console) throws {
        (path, self.console) = (arguments.text("--output"), console)
        guard path != TextFile.standardInput else {
            throw UsageError("--output is “-”; leave it out to write to standard output")
        }
        let inputs = ["--train", "--pairs", "--model", "--reverse-model"].flatMap { arguments.texts($0) }
        if let path { try OutputFile.check(path, "--output", isNoneOf: inputs) }
    }

    func write(_ part: String) throws {
        text += part
        if path == nil, text.utf8.count > 1 << 16 { try flush() }
    }

    func end(_ part: String) throws {
        text += part
        guard let path else { return try flush() }
        try AtomicFile.write(text, to: path)
    }

    private func flush() throws {
        try console.print(text)
        text = ""
    }
}
