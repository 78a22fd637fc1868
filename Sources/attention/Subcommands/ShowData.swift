// `attention data`: the toy languages, to look at and to take away.

import AttentionLab
import Foundation
import Terminal

enum ShowData: Subcommand {
    static let name = "data"
    static let summary = "Show a toy language with its gold alignment, or write it in every format."
    static let details = """
        Without a task: the list of them. With one: some pairs, and for each target word the source words it surely translates,
        those it may be linked with (in brackets), and the phenomenon that made it.
        """
    static let operand = "[TASK]"
    static let options =
        [
            Option("--split", "NAME", "train, dev, test or long.", standard: "test"),
            Option("--count", "N", "How many pairs to show.", standard: "5"),
            Option("--list-rates", "Show the phenomena whose rate can be set."),
            Option(
                "--export", "DIR",
                "Write all splits: tab separated, two files, Moses, Pharaoh and NAACL alignments, and JSON with everything. Other files of "
                    + "these names are left as they are."),
            TextFormat.option,
        ] + DataOptions.toy
    static let examples = [
        (why: "which there are", command: "attention data"),
        (why: "five pairs of the default", command: "attention data english-french"),
        (
            why: "much negation, in files",
            command: "attention data english-french --rates negation=0.8 --export negation"
        ),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        guard let name = arguments.operands.first else { return try list(format, console) }
        guard arguments.operands.count == 1 else {
            throw UsageError("one task at a time; \(arguments.operands.joined(separator: ", ")) were given")
        }
        let task = try DataOptions.task(named: name)
        if arguments.has("--list-rates") { return try rates(task, format, console) }
        var options = task.defaults
        try DataOptions.apply(arguments, &options)
        DataOptions.tellUnread(arguments, [task], console)
        let dataset = try task.dataset(seed: DataOptions.seed(arguments) ?? 1, options: options)
        if let folder = arguments.text("--export") { return try export(dataset, folder, console) }
        let split = arguments.text("--split") ?? "test"
        guard let pairs = dataset.split(split) else {
            throw UsageError(
                "there is no split “\(split)”. \(Suggestion.orList(for: split, among: Dataset.splitNames))")
        }
        let shown = Array(pairs.prefix(try arguments.integer("--count") ?? 5))
        switch format {
        case .json: try console.print(json: shown)
        case .text: try console.print(shown.map(task.text).joined(separator: "\n"))
        }
    }

    /// Until there was `--rates NAME=X`, `--rates` alone showed them.
    static func renamed(_ words: [String]) -> [String] {
        words.enumerated().map { index, word in
            word == "--rates" && !(words.dropFirst(index + 1).first?.contains("=") ?? false) ? "--list-rates" : word
        }
    }

    private struct Task: Encodable {
        let name: String, summary: String
        let defaults: ToyOptions
    }

    private static func list(_ format: TextFormat, _ console: Console) throws {
        if format == .json {
            return try console.print(
                json: Main.tasks.all.map {
                    Task(name: $0.name, summary: $0.summary, defaults: $0.defaults)
                })
        }
        var table = Table([Table.Column("task", .left), Table.Column("what it is for", .left)])
        for task in Main.tasks.all { table.add([task.name, task.summary]) }
        try console.print(table.text())
    }

    private static func rates(_ task: any MeasuredTask, _ format: TextFormat, _ console: Console) throws {
        let rates = task.defaults.rates
        if format == .json { return try console.print(json: rates) }
        guard !rates.isEmpty else {
            return try console.print(
                "\(task.name) has no rates; other options change it: "
                    + task.settings.filter { !$0.form.repeats }.map(\.flag).joined(separator: ", ") + ".\n")
        }
        var table = Table([Table.Column("phenomenon", .left), Table.Column("rate")])
        for (name, rate) in rates.sorted(by: { $0.key < $1.key }) { table.add([name, "\(rate)"]) }
        try console.print(table.text())
    }

    private static func export(_ dataset: Dataset, _ folder: String, _ console: Console) throws {
        try Folder.make(folder) { try FolderLock.during(folder) { try write(dataset, folder, console) } }
    }

    private static func write(_ dataset: Dataset, _ folder: String, _ console: Console) throws {
        let splits = Dataset.splitNames.filter { dataset.split($0)?.isEmpty == false }
        let files = try splits.flatMap { try self.files(dataset, $0) }.map {
            (path: "\(folder)/\($0.name)", data: $0.data)
        }
        for file in files where FileManager.default.fileExists(atPath: file.path) {
            guard Data(try TextFile.bytes(file.path)) != file.data else { continue }
            throw UsageError("\(file.path) exists, and is another one; give another folder. Nothing was changed")
        }
        for file in files { try AtomicFile.write(file.data, to: file.path) }
        for split in splits {
            console.remark(
                "\(folder)/\(dataset.name).\(split).{tsv,source,target,moses,pharaoh,naacl,json}: "
                    + "\(NumberText.count(dataset.split(split)?.count ?? 0, "pair"))\n")
        }
    }

    /// One split in every format.
    private static func files(_ dataset: Dataset, _ split: String) throws -> [(name: String, data: Data)] {
        let pairs = dataset.split(split) ?? [], gold = pairs.map { $0.gold ?? GoldAlignment() },
            texts = TwoFiles.texts(pairs)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let all: [(String, Data)] = [
            ("tsv", Data(TabSeparated.text(pairs).utf8)), ("source", Data(texts.source.utf8)),
            ("target", Data(texts.target.utf8)),
            ("moses", Data(try MosesLines.text(pairs).utf8)), ("pharaoh", Data(Pharaoh.text(gold).utf8)),
            ("naacl", Data(NAACL.text(gold).utf8)),
            ("json", try encoder.encode(pairs)),
        ]
        return all.map { ("\(dataset.name).\(split).\($0)", $1) }
    }
}
