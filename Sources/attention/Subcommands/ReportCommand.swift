// `attention report`: a page of a finished comparison.

import AttentionLab
import Foundation
import Synchronization
import Terminal

enum ReportCommand: Subcommand {
    static let name = "report"
    static let summary = "Make a page of a comparison: table, charts, and every alignment to look at."
    static let details = """
        DIR is the folder that `attention compare --output DIR` wrote. The page is one HTML file that needs no network: what came
        out, in a sentence; a sortable table with letters for what cannot be told apart, and every pair behind them; quality against
        length and against speed, learning curves, seeds, with the baselines or without; and a browser of the alignments of two scorers
        side by side, of any seed, whose heatmaps can be saved. Nothing is trained again. Its path goes to standard output.
        """
    static let operand = "DIR"
    static let options = [
        Option("--output", "FILE", "Where to write the page.", standard: "DIR/report.html"),
        Option("--charts", "FOLDER", "Write each chart as an SVG file too, with the baselines and without."),
        Option(
            "--sentences", "N", "Test sentences of each task in the alignment browser; 0 for a page without.",
            standard: "500, or fewer to stay below 5 MB"),
        TextFormat.option,
    ]
    static let examples = [
        (why: "the page of a comparison", command: "attention report results/mine"),
        (why: "all charts for a paper", command: "attention report results/mine --charts figures"),
    ]

    static func run(_ arguments: Arguments, _ console: Console) throws {
        guard arguments.operands.count == 1, let folder = arguments.operands.first else {
            let what =
                arguments.operands.isEmpty
                ? "needs a folder" : "makes a page of one folder, but \(arguments.operands.count) were given"
            throw UsageError(
                "`attention report` \(what): attention report DIR, where DIR was given to `attention compare --output`")
        }
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        let limit = try arguments.integer("--sentences", 0...1_000_000)
        let file = folder.hasSuffix(".json") ? folder : folder + "/results.json"
        let beside = Folder.above(file)
        let output = arguments.text("--output") ?? (beside.isEmpty ? "." : beside) + "/report.html"
        // Before anything is read: a page of older results must not replace one of newer results.
        let page = try OwnedFile(output)
        let results = try ResultsFile.read(file, parts: Main.parts, tasks: Main.tasks)
        results.tellUnknownParts(console)
        guard !results.rows.isEmpty else {
            throw InputError(
                "there is no finished training in it; go on with `attention compare --output \(Shell.word(folder)) --resume`",
                file: file)
        }
        // A second with a few scorers, half a minute with thirty: worth a line where somebody waits, and none in a log.
        let line = Mutex(ProgressLine(isTerminal: true))
        let made = try ReportPage(
            results, details: limit == 0 ? nil : DetailsFolder(beside: file), limit: limit,
            cards: Main.scorers.map { $0.card }
        ) { share in
            guard console.errorsAreTerminal else { return }
            line.withLock { line in
                if let text = line.update(share, "every scorer against every other") { console.progress(text) }
            }
        }
        if console.errorsAreTerminal { console.progress(line.withLock { $0.clear }) }
        try page.write(Data(made.html.utf8))
        let charts = try write(made.charts, arguments.text("--charts"))
        // A file that cannot be used is an error, though the page can be made without it.
        for fault in made.faults { console.note("attention: \(fault)\n") }
        if limit != 0 {
            for note in made.notes where !made.faults.contains(note) { console.remark("attention: \(note)\n") }
        }
        switch format {
        case .text: try console.print(words: ([output] + charts).map { $0 + "\n" }.joined())
        case .json:
            try console.print(
                json: Written(
                    page: output, bytes: made.html.utf8.count, sentences: made.sentences, charts: charts,
                    notes: made.notes))
        }
    }

    private struct Written: Encodable {
        let page: String, bytes: Int, sentences: Int
        let charts: [String], notes: [String]
    }

    private static func write(_ charts: [ReportChart], _ folder: String?) throws -> [String] {
        guard let folder else { return [] }
        return try Folder.make(folder) {
            try FolderLock.during(folder) {
                try charts.flatMap(\.pictures).map { name, svg in
                    let path = "\(folder)/\(name).svg"
                    try AtomicFile.write(svg, to: path)
                    return path
                }
            }
        }
    }
}
