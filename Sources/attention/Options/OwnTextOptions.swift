// The user's own text: the files that options name, and how they are read. `train` trains on it, `compare` compares on
// it as on a toy language.

import AttentionLab
import Terminal

enum OwnTextOptions {
    private static let files = [
        Option(
            "--train", "FILE",
            "Your own text instead: source, tab, target on each line; or two files with as many lines each, "
                + "by giving the option twice (source first). UTF-8, words between spaces; - reads standard input.",
            repeats: true),
        Option(
            "--dev", "FILE",
            "Text to choose the best parameters by, in the same form; without it a tenth is held out, at most 500 pairs.",
            repeats: true),
        Option(
            "--test", "FILE", "Text to measure on, in the same form; compare holds out as much again without it.",
            repeats: true),
        Option(
            "--gold", "FILE",
            "Links of the test pairs (without --test, of the training text), Pharaoh or NAACL as `attention aer` reads them."
        ),
        Option(
            "--gold-base", "N", "What the first word is called in the gold file: 0 or 1.",
            standard: "0 for Pharaoh, 1 for NAACL"),
        Option("--gold-reversed", "The gold file writes the target word first."),
        Option(
            "--maximum-length", "N", "Leave out pairs of your own text with more words than that on a side.",
            standard: "any length"),
    ]

    static let documents = Option(
        "--documents",
        "Your own text has a label, a tab and a document on each line; a sentence ends with . ! ? or before the word |||."
    )
    static let lowerCase = Option("--lower-case", "Read capitals of your own text as small letters.")

    private static let name = Option(
        "--name", "NAME", "What tables call your own text.", standard: "the name of its first file")

    /// Of `train` and `translate`.
    static let trained = files + [lowerCase, documents]
    static let compared = trained + [name]

    // MARK: reading them

    /// Puts what was given in the place of what is there.
    private static func apply(_ arguments: Arguments, to text: inout OwnText) throws {
        func files(_ option: String) throws -> [NamedFile]? {
            let paths = arguments.texts(option)
            guard paths.count <= 2 else {
                throw UsageError(
                    "\(option) was given \(paths.count) times; give it once (source, tab, target) or twice (source file, target file)"
                )
            }
            return paths.isEmpty ? nil : paths.map { NamedFile(NamedFile.absolute($0)) }
        }
        if let given = try files("--train") { text.train = given }
        if let given = try files("--dev") { text.dev = given }
        if let given = try files("--test") { text.test = given }
        if let given = arguments.text("--gold") { text.gold = NamedFile(NamedFile.absolute(given)) }
        if let given = try arguments.integer("--gold-base", 0...1) { text.goldBase = given }
        if let given = try arguments.integer("--maximum-length", 1...1_000_000) { text.maximumLength = given }
        if arguments.has("--gold-reversed") { text.goldReversed = true }
        if arguments.has(lowerCase.name) { text.lowerCase = true }
        if arguments.has(documents.name) { text.documents = true }
        if text.gold == nil, let stray = ["--gold-base", "--gold-reversed"].first(where: arguments.has) {
            throw UsageError("\(stray) says how a gold file is read, and there is none; name it with --gold")
        }
    }

    /// The text that one model is trained on; nil where it is a toy language.
    static func reading(_ arguments: Arguments, _ console: Console) throws -> OwnTextReading? {
        let files = arguments.texts("--train")
        guard !files.isEmpty else {
            let instead = [
                "--dev": "dev split", "--test": "test split", "--maximum-length": "lengths (--lengths)",
                lowerCase.name: "words", documents.name: "kind",
            ]
            if let stray = trained.map(\.name).first(where: arguments.has) {
                throw UsageError(
                    "\(stray) belongs to --train; a toy language has its own \(instead[stray] ?? "gold links")")
            }
            return nil
        }
        guard !arguments.has("--task") else {
            throw UsageError("--task and --train name two sources of data; give one of them")
        }
        var text = OwnText(files.joined(separator: " and "), train: [])
        try apply(arguments, to: &text)
        let reading = try OwnTextReading(text, isComparison: false)
        tell(reading.remarks, console)
        return reading
    }

    /// The text of a comparison, new or in the place of what its description has.
    static func apply(_ arguments: Arguments, to experiment: inout Experiment) throws {
        guard let flag = compared.map(\.name).first(where: arguments.has) else { return }
        if experiment.texts.isEmpty {
            guard arguments.has("--train") else {
                throw UsageError("\(flag) is of a text of your own; name its files with --train")
            }
            var text = OwnText("", train: [])
            try apply(arguments, to: &text)
            text.name = try name(of: text, arguments)
            experiment.tasks = (arguments.has("--tasks") ? experiment.tasks : []) + [text.name]
            experiment.texts = [try text.read()]
        } else {
            let names = experiment.texts.map(\.name), wanted = arguments.text(name.name)
            let index = names.firstIndex { $0 == wanted } ?? (wanted == nil && names.count == 1 ? 0 : nil)
            guard let index else {
                throw UsageError(
                    wanted.map { "there is no text “\($0)” in it. \(Suggestion.orList(for: $0, among: names))" }
                        ?? "\(flag) is of one of several texts; say which one with --name: \(names.joined(separator: ", "))"
                )
            }
            try apply(arguments, to: &experiment.texts[index])
            experiment.texts[index] = try experiment.texts[index].read()
        }
    }

    /// The numbers of pairs that there are, where options ask for some: more cannot be had than a text has, and what is
    /// held out for one split is not in another.
    static func counted(
        _ options: ToyOptions, of task: any MeasuredTask, seed: UInt64, _ arguments: Arguments
    ) throws -> ToyOptions {
        func isAsked(_ path: Setting<ToyOptions>.Path<Int>) -> Bool {
            ToyOptions.settings.contains { $0.isAt(path) && arguments.has($0.flag) }
        }
        guard let task = task as? FileTask, [\.trainPairs, \.devPairs, \.testPairs].contains(where: isAsked) else {
            return options
        }
        var wanted = options
        // What nobody asked for is all that is left.
        if !isAsked(\.trainPairs) { wanted.trainPairs = .max }
        let found = try task.reading(seed: seed, options: wanted).dataset
        (wanted.trainPairs, wanted.devPairs, wanted.testPairs) = (found.train.count, found.dev.count, found.test.count)
        return wanted
    }

    /// After its first file, without the ending: "pairs" of pairs.tsv.
    private static func name(of text: OwnText, _ arguments: Arguments) throws -> String {
        if let given = arguments.text(name.name) {
            guard let fault = Main.tasks.fault(ofText: given) else { return given }
            throw UsageError("--name is “\(given)”: \(fault)")
        }
        let file = text.train[0].name, parts = file.split(separator: ".")
        let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : file
        let found = String(stem.map { $0.isWhitespace || $0 == "," ? "-" : $0 })
        if Main.tasks.fault(ofText: found) == nil { return found }
        let other = "text-" + found
        guard let fault = Main.tasks.fault(ofText: other) else { return other }
        throw UsageError("this text would be called “\(other)” after its file: \(fault), with --name")
    }

    // MARK: what is said

    static func tell(_ remarks: [String], _ console: Console) {
        for remark in remarks { console.remark("attention: \(remark)\n") }
    }

    /// What was left out of the texts of a comparison, which words its models will know, and whether its trainings fit
    /// the memory side by side.
    static func check(_ experiment: Experiment, threads: Int, _ console: Console) throws {
        for text in experiment.texts {
            try FileTask(text).checkFiles()
            for (index, condition) in experiment.conditionNames.enumerated() {
                let reading = try FileTask(text).reading(
                    seed: experiment.dataSeed, options: experiment.options(text.name, in: condition))
                if index == 0 { tell(reading.remarks, console) }
                let (settings, training) = experiment.settings(in: condition, task: text.name),
                    vocabularies = settings.vocabularies(of: reading.dataset.train)
                if index == 0 { try tellWords(vocabularies, settings, reading.dataset, console) }
                for scorer in Main.scorers.filter({ experiment.scorers.contains($0.card.name) }) {
                    var model = settings
                    model.scorer = scorer.card.name
                    let translator = Translator(model, scorer: scorer, vocabularies: vocabularies, seed: 1)
                    try MemoryCheck.check(
                        translator, training, TrainingText(dataset: reading.dataset, reading: reading),
                        sideBySide: threads)
                }
            }
        }
    }

    /// Which words the model will know, where it will not know all of them.
    static func tellWords(
        _ vocabularies: Vocabularies, _ model: ModelSettings, _ dataset: Dataset, _ console: Console
    ) throws {
        let noun = vocabularies.merges == nil ? "words" : "pieces"
        let why =
            model.vocabulary == nil
            ? "occur at least \(NumberText.count(model.minimumCount, "time"))" : "are kept, the most frequent ones"
        for side in Vocabularies.Side.allCases {
            let known = WordCoverage(vocabularies, dataset.train, side)
            try known.check(side: side.rawValue, minimumCount: model.minimumCount)
            if vocabularies.merges != nil { tellPieces(known, dataset, side, console) }
            guard known.unknownTokens > 0 else { continue }
            console.remark(
                "attention: \(known.knownWords) of \(known.words) \(side) \(noun) \(why); "
                    + "the others, \(NumberText.text(100 * known.unknownShare, digits: 1)) % of the text, are read as <unknown>\n"
            )
        }
    }

    /// In how many parts the words are read.
    private static func tellPieces(
        _ pieces: WordCoverage, _ dataset: Dataset, _ side: Vocabularies.Side, _ console: Console
    ) {
        let sentences = dataset.train.map { side == .source ? $0.source : $0.target }
        let words = sentences.reduce(0) { $0 + $1.count }
        guard words > 0 else { return }
        console.remark(
            "\(side) words are read in \(NumberText.count(pieces.words, "different piece")), "
                + "\(NumberText.text(Double(pieces.tokens) / Double(words), digits: 2)) a word\n")
    }
}

/// What a model is trained on, and the files it stands in.
struct TrainingText {
    let dataset: Dataset
    /// nil for a toy language.
    let reading: OwnTextReading?
    /// nil for a text of one's own.
    var task: (any MeasuredTask)?
}
