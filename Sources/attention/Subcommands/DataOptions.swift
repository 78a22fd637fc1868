// Which sentences: the options of the toy languages, and the user's own text.

import AttentionLab

enum DataOptions {
    static let toy = [
        Option("--data-seed", "N", "Draws the sentences.", standard: "1"),
        Option("--train-pairs", "N", "Training pairs of a toy language.", standard: "as the task says"),
        Option("--test-pairs", "N", "Test pairs.", standard: "as the task says"),
        Option("--lengths", "A-B", "Source words of train, dev and test.", standard: "as the task says"),
        Option("--long-lengths", "A-B", "Source words of the long split.", standard: "as the task says"),
        Option("--lexicon", "X", "Share of the words that the languages use, above 0 and up to 1.", standard: "as the task says"),
        Option("--symbols", "N", "Different symbols of copy, reverse and sort.", standard: "as the task says"),
        Option("--rate", "NAME=X", "How often a phenomenon happens where it can, 0 to 1; may be repeated. "
            + "`attention data TASK --rates` shows them.", repeats: true),
    ]

    static let ownText = [
        Option("--task", "NAME", "A toy language; `attention data` lists them.", standard: ToyTasks.all[0].name),
        Option("--train", "FILE", "Your own text instead: source, tab, target on each line; or two files with as many lines each, "
            + "by giving the option twice (source first). UTF-8, words between spaces.", repeats: true),
        Option("--dev", "FILE",
            "Text to choose the best parameters by, in the same form; without it a tenth is held out, at most 500 pairs.", repeats: true),
    ]

    static func seed(_ arguments: Arguments) throws -> UInt64? {
        try arguments.integer("--data-seed", 0...Int.max).map(UInt64.init)
    }

    /// Puts what was given in the place of what is there.
    static func apply(_ arguments: Arguments, _ options: inout ToyOptions) throws {
        options.trainPairs = try arguments.integer("--train-pairs", ToyOptions.Ranges.pairs) ?? options.trainPairs
        options.testPairs = try arguments.integer("--test-pairs", ToyOptions.Ranges.pairs) ?? options.testPairs
        options.lengths = try range("--lengths", arguments) ?? options.lengths
        options.longLengths = try range("--long-lengths", arguments) ?? options.longLengths
        options.lexiconShare = try arguments.number("--lexicon", above: 0) ?? options.lexiconShare
        options.symbols = try arguments.integer("--symbols", ToyOptions.Ranges.symbols) ?? options.symbols
        for text in arguments.texts("--rate") {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let rate = Double(parts[1]), (0...1).contains(rate) else {
                throw Misuse("--rate is “\(text)”; write the name of a phenomenon, an equals sign and a number from 0 to 1: --rate negation=0.5")
            }
            options.rates[String(parts[0])] = rate
        }
    }

    private static func range(_ name: String, _ arguments: Arguments) throws -> ClosedRange<Int>? {
        guard let text = arguments.text(name) else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let lower = parts[0], let upper = parts[1], lower <= upper,
            ToyOptions.Ranges.length.contains(lower), ToyOptions.Ranges.length.contains(upper) else {
            throw Misuse("\(name) is “\(text)”; write the shortest and the longest length, 1 to \(ToyOptions.Ranges.length.upperBound), with a "
                + "hyphen: \(name) 5-20")
        }
        return lower...upper
    }

    static func task(named name: String) throws -> any ToyTask {
        guard let task = ToyTasks.named(name) else {
            throw Misuse("there is no task “\(name)”. \(Suggestion.orList(for: name, among: ToyTasks.all.map { $0.name }))")
        }
        return task
    }

    static func scorer(named name: String) throws -> any AttentionScorer.Type {
        guard let scorer = Main.scorers.first(where: { $0.card.name == name }) else {
            throw Misuse("there is no scorer “\(name)”. \(Suggestion.orList(for: name, among: Main.scorers.map { $0.card.name }))")
        }
        return scorer
    }

    /// The data of a toy language or of the user's files.
    static func dataset(_ arguments: Arguments) throws -> Dataset {
        let files = arguments.texts("--train")
        guard !files.isEmpty else {
            guard arguments.texts("--dev").isEmpty else { throw Misuse("--dev belongs to --train; a toy language has its own dev split") }
            let task = try task(named: arguments.text("--task") ?? ToyTasks.all[0].name)
            var options = task.defaults
            try apply(arguments, &options)
            return try task.dataset(seed: seed(arguments) ?? 1, options: options)
        }
        guard !arguments.has("--task") else { throw Misuse("--task and --train name two sources of data; give one of them") }
        let pairs = try pairs(files, "--train")
        let name = files.joined(separator: " and ")
        guard !arguments.texts("--dev").isEmpty else { return try Dataset(name: name, pairs: pairs) }
        return Dataset(name: name, train: pairs, dev: try self.pairs(arguments.texts("--dev"), "--dev"), test: [])
    }

    private static func pairs(_ files: [String], _ option: String) throws -> [SentencePair] {
        let pairs = switch files.count {
        case 1: try TabSeparated.read(files[0])
        case 2: try TwoFiles.read(source: files[0], target: files[1])
        default: throw Misuse("\(option) was given \(files.count) times; give it once (source, tab, target) or twice (source file, target "
            + "file)")
        }
        guard !pairs.isEmpty else { throw InputError("there is no sentence in it; give at least a few hundred pairs", file: files[0]) }
        return pairs
    }
}
