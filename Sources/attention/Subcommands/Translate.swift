// `attention translate`: a sentence, its translation, and where the model looked.

import AttentionLab
import Foundation

enum Translate: Subcommand {
    static let name = "translate"
    static let summary = "Translate a sentence or a file, and see where the model looks."
    static let details = """
        With --model, the model of `attention train`. Without it, one is trained first on a toy language or on your own text,
        which takes a few seconds. A sentence is shown with a heatmap: target words down, source words across, dots where the
        gold alignment is known. On a terminal it has 256 colours, or 24 bits where COLORTERM is truecolor; NO_COLOR=1 gives
        characters. A file gives one translation a line and nothing else, ready for `attention bleu`.
        """
    static let operand = "[SENTENCE]"
    static let options = [
        Option("--model", "FILE", "A checkpoint of `attention train`."),
        Option("--file", "FILE", "Sentences to translate, one a line; /dev/stdin reads a pipe."),
        Option("--svg", "FILE", "Write the heatmap as a picture; of several sentences FILE-1.svg, FILE-2.svg …"),
        Option("--beam", "N", "Beginnings kept by beam search; 1 is greedy.", standard: "1"),
        Option("--best", "N", "How many translations of each sentence to show.", standard: "1"),
        Option("--length-penalty", "X", "Exponent of beam search's length penalty (Wu et al. 2016).", standard: "0.6"),
        Option("--scorer", "NAME", "What to train without --model.", standard: Train.standardScorer),
        Option("--seed", "N", "Draws the first parameters and the order of the batches.", standard: "1"),
        TextFormat.option,
    ] + DataOptions.ownText + ModelOptions.all + DataOptions.toy
    static let examples = [
        (why: "the example of the toy language", command: "attention translate \"the cat sat on the mat\""),
        (why: "another scorer, with a picture", command: "attention translate --scorer location --svg cat.svg \"the cat sat on the mat\""),
        (why: "a file with a trained model", command: "attention translate --model mine.checkpoint --file test.en > output.fr"),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let beam = BeamSettings(width: try arguments.integer("--beam", 1...1000) ?? 1, best: try arguments.integer("--best", 1...1000) ?? 1,
                                lengthPenalty: try arguments.number("--length-penalty", above: 0, orEqual: true) ?? 0.6)
        let sentences = try sentences(arguments)
        let (translator, dataset) = try translator(arguments, console)
        let reader = WordReader(vocabulary: translator.source)
        var shown: [Shown] = []
        for (line, sentence) in sentences.enumerated() {
            let (words, unknown) = reader.words(sentence)
            if !unknown.isEmpty {
                let place = sentences.count > 1 ? "line \(line + 1): " : ""
                console.remark("attention: \(place)the model has never seen \(list(unknown)) and reads <unknown>\n")
            }
            let found = try beam.width == 1 && beam.best == 1 ? translator.translate([words]) : translator.translate(words, beam: beam)
            for (rank, hypothesis) in found.enumerated() {
                shown.append(Shown(line: line, rank: rank, words, hypothesis, translator, dataset))
            }
        }
        try writePictures(shown, arguments.text("--svg"), console)
        switch (format, arguments.has("--file")) {
        case (.json, _): try console.print(json: shown)
        case (.text, true): for one in shown {
            try console.print((beam.best > 1 ? "\(one.line + 1)\t" : "") + Words.join(one.target) + "\n")
        }
        case (.text, false):
            for one in shown {
                try console.print((one.rank > 0 ? "\n" : "") + TerminalText.harmless(Words.join(one.target))
                    + (beam.best > 1 ? "   (score \(NumberText.text(one.score, digits: 3)))" : "") + "\n\n")
                guard !one.weights.isEmpty, one.scorerLooks else {
                    try console.print("\(translator.model.settings.scorer) looks nowhere: there is no heatmap.\n")
                    continue
                }
                try console.print(one.heatmap.text(console.colours))
            }
        }
    }

    /// No more than anybody reads, and nothing that moves the cursor.
    private static func list(_ words: [String]) -> String {
        let shown = words.prefix(8).map { "“\(TextWidth.cut(TerminalText.harmless($0), to: 40))”" }
        return shown.joined(separator: ", ") + (words.count > shown.count ? " and \(NumberText.count(words.count - shown.count, "other word"))" : "")
    }

    private static func sentences(_ arguments: Arguments) throws -> [String] {
        switch (arguments.operands.isEmpty, arguments.text("--file")) {
        case (false, nil):
            let sentence = arguments.operands.joined(separator: " ")
            guard !Words.split(sentence).isEmpty else { throw Misuse("the sentence is empty; give at least one word") }
            return [sentence]
        case (true, let file?):
            let lines = try TextFile.lines(file)
            guard !lines.isEmpty else { throw InputError("there is no sentence in it; give one a line", file: file) }
            if let empty = lines.firstIndex(where: { Words.split($0).isEmpty }) {
                throw InputError("the line is empty, and an empty sentence has no translation; take it out", file: file, line: empty + 1)
            }
            return lines
        case (false, _?): throw Misuse("a sentence and --file were given; give one of them")
        case (true, nil): throw Misuse("there is nothing to translate; give a sentence in quotes, or --file. Try `attention translate "
            + "--help`")
        }
    }

    private static func translator(_ arguments: Arguments, _ console: Console) throws -> (Translator, Dataset?) {
        if let path = arguments.text("--model") {
            let forTraining = ["--scorer", "--seed"] + (DataOptions.ownText + ModelOptions.all + DataOptions.toy).map(\.name)
            if let other = forTraining.first(where: arguments.has) {
                throw Misuse("\(other) is for training a model, but --model names one that is trained; leave one of them out")
            }
            return (try Checkpoint.load(path, scorers: Main.scorers).translator, nil)
        }
        let dataset = try DataOptions.dataset(arguments)
        let trainer = try Train.fresh(arguments, dataset)
        console.remark("training \(trainer.translator.model.settings.scorer) on \(dataset.name); keep a model with `attention train`\n")
        Platform.watchInterrupts()
        try Train.run(trainer, console)
        if Platform.isInterrupted { throw Interrupted() }
        try trainer.restoreBest()
        return (trainer.translator, dataset)
    }

    /// One translation of one sentence.
    private struct Shown: Encodable {
        let line: Int, rank: Int
        let source: [String], target: [String]
        let score: Double
        let logProbability: Double
        /// [target words, source words].
        let weights: [[Double]]
        let isFinished: Bool
        let scorerLooks: Bool
        private let gold: GoldAlignment?

        private enum CodingKeys: String, CodingKey {
            case line, rank, source, target, score, logProbability, weights, isFinished
        }

        init(line: Int, rank: Int, _ source: [String], _ hypothesis: Hypothesis, _ translator: Translator, _ dataset: Dataset?) {
            (self.line, self.rank, self.source) = (line, rank, source)
            target = translator.words(of: hypothesis, source: source)
            (score, logProbability, weights, isFinished) = (hypothesis.score, hypothesis.logProbability, hypothesis.weights,
                hypothesis.isFinished)
            scorerLooks = Main.scorers.first { $0.card.name == translator.model.settings.scorer }?.card.hasAlignment ?? false
            let words = target
            gold = dataset?.test.first { $0.source == source && $0.target == words }?.gold
        }

        var heatmap: Heatmap {
            Heatmap(source: source, target: target, weights: weights,
                    marks: Set((gold?.sure ?? []).map { Heatmap.Mark(source: $0.source, target: $0.target) }))
        }
    }

    private static func writePictures(_ shown: [Shown], _ path: String?, _ console: Console) throws {
        guard let path else { return }
        for (number, one) in shown.enumerated() {
            guard one.scorerLooks, !one.weights.isEmpty else {
                throw Misuse("this scorer looks nowhere, so there is no picture to write; leave out --svg, or take another scorer")
            }
            let stem = path.hasSuffix(".svg") ? String(path.dropLast(4)) : path
            let file = shown.count == 1 ? path : "\(stem)-\(number + 1).svg"
            try AtomicFile.write(one.heatmap.svg(title: Words.join(one.source)), to: file)
            console.remark("\(file)\n")
        }
    }
}

/// Makes words of what a person types: a capital or a full stop without a space shall not be an unknown word.
struct WordReader {
    let vocabulary: Vocabulary

    func words(_ sentence: String) -> (words: [String], unknown: [String]) {
        let words = Words.split(sentence).flatMap(parts)
        return (words, words.filter { !isKnown($0) })
    }

    private func isKnown(_ word: String) -> Bool { vocabulary.id(of: word) != Vocabulary.unknown }

    private func parts(_ word: String) -> [String] {
        if isKnown(word) { return [word] }
        if isKnown(word.lowercased()) { return [word.lowercased()] }
        guard let last = word.last, last.isPunctuation, word.count > 1, isKnown(String(last)) else { return [word] }
        return parts(String(word.dropLast())) + [String(last)]
    }
}
