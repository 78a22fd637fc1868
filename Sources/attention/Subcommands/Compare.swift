// `attention compare`: the main job.

import AttentionLab
import Dispatch
import Foundation
import Synchronization
import Terminal

enum Compare: Subcommand {
    static let name = "compare"
    static let summary = "Train scorers in the same model, and compare translation, alignment and speed."
    static let details = """
        Trains tasks × scorers × seeds, and conditions where the experiment has some, one thread each, and prints a table for each
        task. Quality figures do not depend on the number of threads. Results are written to DIR/results.json as trainings finish: a
        run that was interrupted goes on with --resume, a finished one is drawn again without training. One process at a time writes
        into DIR. After a scorer was edited its results are not gone on with.

        Without --scorers a choice of them is compared, which a reader takes in at once and which takes minutes: the scores that courses
        set side by side, one that reads places, two that read the past, and two baselines (`attention scorers` names them). Your own come
        with it. Ask for the others by name, by family (--scorers heads-family,none), or all together (--scorers all).
        """
    static let options =
        ExperimentOptions.all + [
            Option("--threads", "N", "Trainings side by side.", standard: "one a core"),
            Option("--output", "DIR", "Where results.json is written.", standard: "results/DATE-TIME"),
            Option("--resume", "Go on with the results in --output DIR."),
            Option(
                "--shard", "K/N",
                "Train the K-th of N parts only, for `attention merge`; the same parts on every machine."),
            Option(
                "--by", "WHAT",
                "A second table; with --format csv, nothing else. phenomenon: where the weights point, by phenomenon; "
                    + "words: words that are right, by phenomenon; length: sentences that are right, by length of the source; "
                    + "bleu: BLEU by that length; seeds: how far they lie apart.",
                standard: "none"),
            OutputFormat.option,
        ] + OwnTextOptions.compared + CompareStatistics.options + ModelOptions.all + DataOptions.toy
    static let examples = [
        (why: "the usual scorers on English to French, five seeds", command: "attention compare"),
        (
            why: "a quick look at three scorers",
            command: "attention compare --scorers bahdanau,luong-dot,location --seeds 2 --steps 800"
        ),
        (
            why: "a family of scorers beside the usual baseline",
            command: "attention compare --scorers past-family,none --seeds 2"
        ),
        (why: "an experiment of the list, or of a file", command: "attention compare --experiment timing --seeds 3"),
        (why: "a file to begin with", command: "attention compare --experiment timing --print-experiment > mine.json"),
        (
            why: "your own text in two files, with links of the test pairs",
            command:
                "attention compare --train train.en --train train.fr --test test.en --test test.fr --gold test.links --lower-case"
        ),
        (
            why: "one machine of four; `attention merge` joins the parts",
            command: "attention compare --shard 2/4 --output parts/2"
        ),
        (why: "go on after Ctrl-C", command: "attention compare --output results/mine --resume"),
        (
            why: "a finished table once more, as Markdown",
            command: "attention compare --output results/mine --resume --format markdown"
        ),
        (
            why: "which scorers cannot be told apart, and every pair in one column",
            command: "attention compare --output results/mine --resume --groups --pairs test_accuracy"
        ),
        (
            why: "for a paper",
            command: "attention compare --output results/mine --resume --groups --format latex > table.tex"
        ),
    ]

    static func renamed(_ words: [String]) -> [String] { CompareStatistics.renamed(words) }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", OutputFormat.self) ?? .terminal
        let breakdown = try arguments.choice("--by", Breakdown.Key.self)
        let statistics = try CompareStatistics(arguments)
        if format == .csv, breakdown != nil, !statistics.pairs.isEmpty {
            throw UsageError(
                "--by and --pairs are two tables, and a CSV file has one; ask for them one after the other")
        }
        let shard = try shard(arguments)
        if arguments.has("--print-experiment") { return try printExperiment(arguments, console) }
        try checkTables(breakdown, statistics, arguments)
        let (finished, path) = try finish(arguments, console, shard: shard) { try statistics.tables($0) }
        if let shard, shard.count > 1 {
            // A table of a part would look like one of the whole.
            let done = Set(finished.rows.map(\.run)), mine = shard.runs(of: finished.experiment)
            console.remark(
                "\(path): part \(shard.text), \(mine.filter(done.contains).count) of "
                    + "\(NumberText.count(finished.experiment.runs.count, "training")). "
                    + "Join the parts with: attention merge DIR… --output DIR\n")
            return
        }
        try draw(finished, format, breakdown, statistics, console)
        // Drawing mixes nothing; but the table is not one of what the scorer computes today.
        finished.tellUnknownParts(console)
        for changed in finished.changed(Main.scorers) {
            console.note("attention: \(changed.sentence); the table is of the formula of that time\n")
        }
        let folder = Shell.word(Folder.above(path))
        console.remark("results: \(path)\na page of them, with every alignment: attention report \(folder)\n")
    }

    /// What is asked of no task that is compared is better known before the training than after it.
    private static func checkTables(
        _ breakdown: Breakdown.Key?, _ statistics: CompareStatistics,
        _ arguments: Arguments
    ) throws {
        guard breakdown != nil || !statistics.pairs.isEmpty else { return }
        let experiment = try planned(arguments).experiment
        try statistics.check(experiment)
        guard let breakdown else { return }
        guard !experiment.tasks.contains(where: { breakdown.applies(to: experiment.metrics(of: $0)) }) else { return }
        let others = Breakdown.Key.allCases.filter { key in
            experiment.tasks.contains { key.applies(to: experiment.metrics(of: $0)) }
        }
        let tasks = experiment.tasks.joined(separator: ", ")
        throw UsageError(
            "--by \(breakdown.rawValue) is of figures that are not measured of \(tasks); "
                + "--by can be \(others.map(\.rawValue).joined(separator: ", "))")
    }

    /// Trains what is missing and returns the whole, without drawing it.
    ///
    /// - Parameter early: the tables of what there is so far; nil where nobody waits for one.
    static func finish(
        _ arguments: Arguments, _ console: Console, shard: Shard? = nil, early: EarlyTable.Tables? = nil
    ) throws
        -> (results: ResultsFile, path: String)
    {
        let found = try planned(arguments), threads = try threads(arguments)
        // A part without any training is still written: who joins the parts need not know that there is none.
        guard !found.missing(in: shard).isEmpty || shard != nil else {
            return (found, try Self.path(in: Self.folder(arguments)))
        }
        let tasks = found.experiment.tasks.compactMap { found.experiment.taskList[$0] }
        DataOptions.tellUnread(arguments, tasks, console)
        try ModelOptions.tellReplaced(arguments, tasks, console)
        // What cannot be run leaves no folder behind.
        let watch = console.watch()
        defer { watch.stop() }
        try found.experiment.check(scorers: Main.scorers.map { $0.card.name })
        // Before a scorer is tried on the longest sentence, which may be too long for the memory.
        try OwnTextOptions.check(found.experiment, threads: threads, console)
        let comparison = try Comparison(found.experiment, scorers: Main.scorers, watch: watch)
        try found.checkScorers(Main.scorers, file: Self.path(in: Self.folder(arguments)))
        let folder = try Self.folder(arguments)
        func fill(_ folder: String) throws -> (results: ResultsFile, path: String) {
            let path = Self.path(in: folder)
            return try FolderLock.during(folder, and: [DetailsFolder.name]) {
                // Once more: another process may have written here until a moment ago.
                let table = EarlyTable(shard == nil ? early : nil, console)
                return (
                    try train(results(arguments, path), comparison, shard, path, watch, threads, table, console), path
                )
            }
        }
        return try arguments.text("--output") == nil
            ? Folder.makeNew(folder, for: fill) : Folder.make(folder) { try fill(folder) }
    }

    /// What `finish` would go on with; nothing is trained or written.
    static func planned(_ arguments: Arguments) throws -> ResultsFile {
        try results(arguments, path(in: folder(arguments)))
    }

    static func threads(_ arguments: Arguments) throws -> Int {
        try arguments.integer("--threads", 1...1024) ?? ProcessInfo.processInfo.activeProcessorCount
    }

    // MARK: what to run

    private static func shard(_ arguments: Arguments) throws -> Shard? {
        if let parts = arguments.text("--shards"), parts.contains("/") {
            throw UsageError(
                "--shards is “\(parts)”; a part of the trainings is --shard \(parts), while --shards N cuts each batch into N "
                    + "parts")
        }
        return try arguments.text("--shard").map(Shard.init)
    }

    private static func printExperiment(_ arguments: Arguments, _ console: Console) throws {
        let old =
            try arguments.has("--resume")
            ? ResultsFile.read(
                arguments.required("--output", "DIR with --resume") + "/results.json", parts: Main.parts,
                tasks: Main.tasks
            ).experiment : nil
        try console.print(words: ExperimentFile.text(ExperimentOptions.experiment(from: old, arguments)))
    }

    private static func folder(_ arguments: Arguments) throws -> String {
        try arguments.has("--resume")
            ? arguments.required("--output", "DIR with --resume")
            : arguments.text("--output") ?? newFolder
    }

    /// Two comparisons may begin within a second.
    private static var newFolder: String {
        let name = "results/" + timeStamp
        return ([name] + (2...99).map { "\(name)-\($0)" }).first { !FileManager.default.fileExists(atPath: $0) } ?? name
    }

    private static func path(in folder: String) -> String { folder + "/results.json" }

    /// The results to go on with, new or old.
    private static func results(_ arguments: Arguments, _ path: String) throws -> ResultsFile {
        let exists = FileManager.default.fileExists(atPath: path)
        guard arguments.has("--resume") else {
            guard !exists else {
                throw UsageError(
                    "\(path) exists; go on with it (--resume), or give another --output folder. Nothing was changed")
            }
            return ResultsFile(experiment: try ExperimentOptions.experiment(from: nil, arguments))
        }
        guard exists else {
            throw UsageError(
                "there is no \(path) to go on with; leave out --resume, or give the folder of the earlier run")
        }
        let old = try ResultsFile.read(path, parts: Main.parts, tasks: Main.tasks)
        return try old.extended(to: ExperimentOptions.experiment(from: old.experiment, arguments), file: path)
    }

    private static var timeStamp: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd-HHmmss"
        return formatter.string(from: Date())
    }

    // MARK: training

    private static func train(
        _ results: ResultsFile, _ comparison: Comparison, _ shard: Shard?, _ path: String,
        _ watch: StepWatch, _ threads: Int, _ table: EarlyTable, _ console: Console
    ) throws -> ResultsFile {
        let total = results.missing(in: shard).count, seeds = comparison.experiment.seeds
        var results = results
        if !comparison.hasBaselines(results) { results.baselines = comparison.baselines }
        // An output that cannot be written is better known now than after the first training.
        try results.write(to: path)

        if total > 0, let remark = results.remarkOnBuild() { console.note("attention: \(remark)\n") }
        if total > 0, let remark = comparison.experiment.remarkOnBody() { console.remark("attention: \(remark)\n") }
        Platform.watchInterrupts()
        let line = Mutex((bar: ProgressLine(isTerminal: console.errorsAreTerminal), table: table))
        if total > 0 {
            console.remark(
                "\(NumberText.count(total, "training")) on \(NumberText.count(min(threads, total), "thread"))\n")
        }
        let finished = try comparison.run(
            continuing: results, shard: shard, path: path, details: DetailsFolder(beside: path),
            threads: threads, watch: watch,
            isCancelled: { Platform.isInterrupted }
        ) { event in
            switch event {
            case .progress(let share, let finished, let of):
                line.withLock { line in
                    guard let text = line.bar.update(share, "\(finished) of \(NumberText.count(of, "training"))") else {
                        return
                    }
                    console.progress(text)
                }
            case .wholeSeeds(let results):
                line.withLock { line in
                    console.progress(line.bar.clear)
                    line.table.show(results, of: seeds)
                }
            case .finished: return
            }
        }
        line.withLock { line in
            console.progress(line.bar.clear)
            line.table.clear()
        }
        try checkInterrupt(finished, shard, path, console)
        return finished
    }

    /// After Ctrl-C: what there is, and how to go on.
    private static func checkInterrupt(
        _ results: ResultsFile, _ shard: Shard?, _ path: String, _ console: Console
    ) throws {
        let left = results.missing(in: shard).count
        guard Platform.isInterrupted, left > 0 else { return }
        let folder = String(path.dropLast("/results.json".count))
        let done = results.rows.count, all = NumberText.count(done + left, "training")
        console.note(
            "attention: interrupted; \(done) of \(all) \(done == 1 ? "is" : "are") in \(path). "
                + "Go on with: attention compare --output \(Shell.word(folder)) --resume\(shard.map { " --shard \($0.text)" } ?? "")\n"
        )
        throw Interrupted()
    }
}
