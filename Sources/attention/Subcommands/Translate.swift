// `attention translate`: a sentence, its translation, and where the model looked.

import AttentionLab
import Foundation
import Terminal

enum Translate: Subcommand {
    static let name = "translate"
    static let summary = "Translate a sentence or a file, and see where the model looks."
    static let details = """
        With --model, the model of `attention train`. Without it, one is trained first on a toy language or on your own text,
        which takes a few seconds. A sentence is shown with a heatmap: target words down, source words across, dots where the
        gold alignment is known. On a terminal it has 256 colours, or 24 bits where COLORTERM is truecolor; NO_COLOR=1 gives
        characters; one that is wider than the terminal is drawn in blocks. A file gives one translation a line and nothing else, ready for
        `attention bleu`; its words are read as `attention train` reads them, a typed sentence more kindly.
        """
    static let operand = "[SENTENCE]"
    static let options =
        [
            Option(
                "--model", "FILE",
                "A checkpoint of `attention train`; several, by giving the option again, write one translation together: "
                    + "the mean of their log-probabilities, word by word.", repeats: true),
            Option(
                "--file", "FILE", "Sentences to translate, one a line, words between spaces; - reads standard input."),
            Option("--svg", "FILE", "Write the heatmap as a picture; of several sentences FILE-1.svg, FILE-2.svg …"),
            Option(
                "--alignments", "FILE",
                "Write where each translation looked there: Pharaoh links, a line a translation, one link a word."),
            Option(
                "--replace-unknown",
                "Write the source word with the largest weight in the place of each unknown word (Luong et al. 2015)."),
            Option("--beam", "N", "Beginnings kept by beam search; 1 is greedy.", standard: "1"),
            Option("--best", "N", "How many translations of each sentence to show.", standard: "1"),
            Option(
                "--length-penalty", "X", "Exponent of beam search's length penalty (Wu et al. 2016).", standard: "0.6"),
            Option("--scorer", "NAME", "What to train without --model.", standard: Train.standardScorer),
            Option(TrainingSettings.seed, standard: TrainingSettings.seed.text(TrainingSettings())),
            TextFormat.option,
        ] + DataOptions.ownText + ModelOptions.all + DataOptions.toy
    static let examples = [
        (why: "the example of the toy language", command: "attention translate \"the cat sat on the mat\""),
        (
            why: "another scorer, with a picture",
            command: "attention translate --scorer location --svg cat.svg \"the cat sat on the mat\""
        ),
        (
            why: "a file with a trained model",
            command: "attention translate --model mine.checkpoint --file test.en > output.fr"
        ),
        (
            why: "names and numbers that the model does not know, and the links of every word",
            command:
                "attention translate --model mine.checkpoint --file test.en --replace-unknown --alignments output.links > output.fr"
        ),
        (
            why: "two seeds together",
            command: "attention translate --model one.checkpoint --model two.checkpoint --beam 4 --file test.en"
        ),
    ]

    /// What there is to translate.
    private enum Input {
        case typed(String)
        /// The lines of a file, blank ones too: line n of the output is of line n.
        case lines([String], file: String)
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let beam = BeamSettings(
            width: try arguments.integer("--beam", 1...1000) ?? 1, best: try arguments.integer("--best", 1...1000) ?? 1,
            lengthPenalty: try arguments.number("--length-penalty", above: 0, orEqual: true) ?? 0.6)
        let input = try input(arguments)
        let inputs = ["--file", "--model", "--train", "--dev"].flatMap { arguments.texts($0) }
        for option in ["--svg", "--alignments"] {
            if let path = arguments.text(option), path != TextFile.standardInput {
                try OutputFile.check(path, option, isNoneOf: inputs)
            }
        }
        let (ensemble, dataset) = try ensemble(arguments, console)
        try checkWeights(ensemble.first.model.scorerCard, arguments)
        let search = Search(
            ensemble: ensemble, dataset: dataset, beam: beam, replacesUnknown: arguments.has("--replace-unknown"))
        let shown =
            switch input {
            case .typed(let sentence): try typed(sentence, search, console)
            case .lines(let lines, let file): try translations(of: lines, file, search, console)
            }
        switch (format, input) {
        case (.json, _): try console.print(json: shown)
        case (.text, .lines):
            for one in shown {
                try console.print(words: (beam.best > 1 ? "\(one.line + 1)\t" : "") + Words.join(one.target) + "\n")
            }
        case (.text, .typed): for one in shown { try print(one, showsScore: beam.best > 1, console) }
        }
        if search.replacesUnknown { tellReplaced(shown, console) }
        try writePictures(shown, arguments.text("--svg"), console)
        if let path = arguments.text("--alignments") {
            try Pharaoh.write(shown.map { GoldAlignment(sure: $0.links) }, to: path)
        }
    }

    /// A translation with its heatmap.
    private static func print(_ one: ShownTranslation, showsScore: Bool, _ console: Console) throws {
        try console.print(
            (one.rank > 0 ? "\n" : "") + TerminalText.harmless(Words.join(one.target))
                + (showsScore ? "   (score \(NumberText.text(one.score, digits: 3)))" : "") + "\n\n")
        if let why = one.withoutPicture { return try console.print("\(why), so there is no heatmap.\n") }
        try console.print(one.heatmap.text(console.colours, width: Platform.terminalWidth))
        if let remark = one.remark { try console.print("\n\(remark)\n") }
    }

    private static func typed(_ sentence: String, _ search: Search, _ console: Console) throws -> [ShownTranslation] {
        let reader = WordReader(translator: search.translator), reading = reader.read(sentence)
        if !reading.changes.isEmpty {
            let changes = reading.changes.prefix(8).map {
                "\(TerminalText.quoted($0.typed)) as \(TerminalText.quoted($0.read))"
            }
            console.remark(
                "attention: read \(changes.joined(separator: ", "))\(reading.changes.count > 8 ? " and others" : "")\n")
        }
        let unknown = reader.unknown(reading.words)
        if !unknown.isEmpty {
            console.remark("attention: the model has never seen \(list(unknown)) and reads <unknown>\n")
        }
        let shown = try search.translations(of: reading.words, line: 0)
        if let cut = ShownTranslation.cutOff(shown) { console.remark("attention: \(cut)\n") }
        return shown
    }

    /// One translation a line, whatever the line is: a blank one has an empty translation, and one that cannot be
    /// translated costs itself.
    private static func translations(
        of lines: [String], _ file: String, _ search: Search, _ console: Console
    ) throws -> [ShownTranslation] {
        var remarks = LineRemarks(file: file, console), oddities = TextOddities()
        // A piece may begin with an accent whose letter another one ends with.
        if search.translator.merges == nil { oddities.add(search.translator.source.words, at: "the model") }
        let reader = WordReader(translator: search.translator)
        var shown: [ShownTranslation] = []
        for (index, line) in lines.enumerated() {
            let words = Words.split(line)
            guard !words.isEmpty else {
                remarks.add(.blank, "the line is blank, and so is its translation", line: index + 1)
                shown.append(ShownTranslation(line: index, words))
                continue
            }
            oddities.add(words, at: "\(file):\(index + 1)")
            let unknown = reader.unknown(words)
            if !unknown.isEmpty {
                remarks.add(.unknown, "the model has never seen \(list(unknown)) and reads <unknown>", line: index + 1)
            }
            do {
                let found = try search.translations(of: words, line: index)
                if let cut = ShownTranslation.cutOff(found) { remarks.add(.cutOff, cut, line: index + 1) }
                shown += found
            } catch let error as InputError {
                remarks.add(.failed, "\(error.message); its translation is left empty", line: index + 1)
                shown.append(ShownTranslation(line: index, words, problem: error.message))
            }
        }
        remarks.end()
        for remark in oddities.remarks { console.remark("attention: \(remark)\n") }
        return shown
    }

    /// No more than anybody reads, and nothing that moves the cursor.
    private static func list(_ all: [String]) -> String {
        var seen: Set<Spelling> = []
        let words = all.filter { seen.insert(Spelling($0)).inserted }
        let shown = words.prefix(8).map { TerminalText.quoted($0, to: 40) }
        return shown.joined(separator: ", ")
            + (words.count > shown.count ? " and \(NumberText.count(words.count - shown.count, "other word"))" : "")
    }

    private static func input(_ arguments: Arguments) throws -> Input {
        switch (arguments.operands.isEmpty, arguments.text("--file")) {
        case (false, nil):
            let sentence = arguments.operands.joined(separator: " ")
            guard !Words.split(sentence).isEmpty else {
                throw UsageError("the sentence is empty; give at least one word")
            }
            return .typed(sentence)
        case (true, let file?):
            let text = try TextFile.lines(file)
            let lines = arguments.has(OwnTextOptions.lowerCase.name) ? text.map { $0.lowercased() } : text
            guard !lines.isEmpty else { throw InputError("there is no sentence in it; give one a line", file: file) }
            return .lines(lines, file: file)
        case (false, _?): throw UsageError("a sentence and --file were given; give one of them")
        case (true, nil):
            throw UsageError(
                "there is nothing to translate; give a sentence in quotes, or --file. Try `attention translate "
                    + "--help`")
        }
    }

    /// Options that show where the model looks, and what each makes of it.
    private static let ofWeights = [
        ("--svg", "is no picture to write"), ("--alignments", "are no links to write"),
        ("--replace-unknown", "is no source word to write for an unknown one"),
    ]

    private static func checkWeights(_ card: ScorerCard, _ arguments: Arguments) throws {
        guard arguments.text("--alignments") != TextFile.standardInput else {
            throw UsageError("--alignments is “-”, but standard output has the translations; name a file")
        }
        guard !card.hasAlignment, let (option, what) = ofWeights.first(where: { arguments.has($0.0) }) else { return }
        throw UsageError("\(card.name) looks nowhere, so there \(what); leave out \(option), or take another scorer")
    }

    private static func tellReplaced(_ shown: [ShownTranslation], _ console: Console) {
        let counts = shown.map { $0.replaced?.count ?? 0 }, all = counts.reduce(0, +)
        guard all > 0 else {
            return console.remark(
                "attention: no translation has an unknown word, and none was replaced; a model writes some where it was trained with "
                    + "--minimum-count 2 or more\n")
        }
        let sentences = counts.count { $0 > 0 }
        console.remark(
            "attention: \(NumberText.count(all, "unknown word")) in \(sentences) of \(NumberText.count(shown.count, "translation")) \(all == 1 ? "was" : "were") replaced by "
                + "the source word with the largest weight\n")
    }

    private static func ensemble(_ arguments: Arguments, _ console: Console) throws -> (Ensemble, Dataset?) {
        let files = arguments.texts("--model")
        if !files.isEmpty {
            let forTraining =
                ["--scorer", "--seed"] + (DataOptions.ownText + ModelOptions.all + DataOptions.toy).map(\.name)
            if let other = forTraining.first(where: { $0 != OwnTextOptions.lowerCase.name && arguments.has($0) }) {
                throw UsageError(
                    "\(other) is for training a model, but --model names one that is trained; leave one of them out")
            }
            return (try Ensemble(files.map(TrainedModel.load), names: files), nil)
        }
        try checkWeights(
            DataOptions.scorer(named: arguments.text("--scorer") ?? Train.standardScorer).card, arguments)
        let text = try DataOptions.dataset(arguments, console), dataset = text.dataset
        let trainer = try Train.fresh(arguments, text, console)
        console.remark(
            "training \(trainer.translator.model.settings.scorer) on \(dataset.name); keep a model with `attention train`\n"
        )
        Platform.watchInterrupts()
        try Train.run(trainer, console)
        if Platform.isInterrupted { throw Interrupted() }
        try trainer.restoreBest()
        return (try Ensemble([trainer.translator], names: [dataset.name]), dataset)
    }

    private static func writePictures(_ shown: [ShownTranslation], _ path: String?, _ console: Console) throws {
        guard let path else { return }
        for (number, one) in shown.enumerated() {
            if let why = one.withoutPicture {
                console.remark(
                    "attention: \(shown.count == 1 ? "" : "line \(one.line + 1): ")\(why), so there is no picture of it\n"
                )
                continue
            }
            let file = OutputFile.numbered(path, number, of: shown.count)
            try AtomicFile.write(one.heatmap.svg(title: Words.join(one.source)), to: file)
            console.remark("\(file)\n")
        }
    }
}

/// How sentences are translated, and what the user can be shown of it.
private struct Search {
    let ensemble: Ensemble
    let dataset: Dataset?
    let beam: BeamSettings
    let replacesUnknown: Bool

    /// That has the words, and a scorer that looks somewhere, if there is one.
    var translator: Translator { ensemble.first }

    /// The time and the memory that a sentence takes grow with the square of its length: a file in one line must not
    /// take hours.
    private static let longest = 5000

    /// - Throws: `InputError` where the model cannot read the sentence.
    func translations(of words: [String], line: Int) throws -> [ShownTranslation] {
        guard words.count <= Self.longest else {
            throw InputError(
                "a sentence of \(words.count) words is none; sentences of up to \(Self.longest) words are translated, one a line"
            )
        }
        do {
            let found = try ensemble.translate(words, beam: beam)
            return found.enumerated().map {
                ShownTranslation(
                    line: line, rank: $0, words, $1, translator, dataset, replacesUnknown: replacesUnknown)
            }
        } catch let error as ShapeError {
            throw TrainedModel.fault(error, of: translator, words: words.count)
        }
    }
}
