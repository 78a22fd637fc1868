// `attention merge`: the results of several machines in one file.

import AttentionLab
import Foundation
import Terminal

enum Merge: Subcommand {
    static let name = "merge"
    static let summary = "Join results of several runs or machines into one."
    static let details = """
        Each DIR holds the results.json of an `attention compare`, most often of one part (--shard 3/16). Settings must be the same; which
        one is not is said. Tasks, scorers, conditions and numbers of seeds may differ: the whole has all of them. A training that stands
        in several files is kept once, if its figures agree.
        """
    static let operand = "DIR…"
    static let options = [
        Option("--output", "DIR", "Where the joined results.json is written."),
        TextFormat.option,
    ]
    static let examples = [
        (
            why: "four parts, trained anywhere",
            command: "attention merge parts/1 parts/2 parts/3 parts/4 --output results/whole"
        ),
        (
            why: "the table of the whole; what is still missing is trained first",
            command: "attention compare --output results/whole --resume"
        ),
    ]

    private struct JSONResult: Encodable {
        let results: String
        let files: Int, trainings: Int, missing: Int, duplicates: Int
    }

    static func run(_ arguments: Arguments, _ console: Console) throws {
        let format = try arguments.choice("--format", TextFormat.self) ?? .text
        guard !arguments.operands.isEmpty else {
            throw UsageError("`attention merge` needs the folders of the results: attention merge DIR… --output DIR")
        }
        let folder = try arguments.required("--output", "DIR")
        let path = folder + "/results.json"
        try refuse(path)
        let parts = try arguments.operands.map(read), merged = try ResultsMerge(parts)
        try Folder.make(folder) {
            try FolderLock.during(folder, and: [DetailsFolder.name]) {
                try refuse(path)
                // A page without some of its alignments is better than no results.
                for fault in try DetailsFolder(beside: path).copy(merged.details(of: parts)) {
                    console.note(
                        "attention: \(fault); its alignments are left out, unless another of these folders has them whole\n"
                    )
                }
                try merged.results.write(to: path)
            }
        }
        merged.results.tellUnknownParts(console)
        let missing = merged.results.missing.count
        switch format {
        case .json:
            try console.print(
                json: JSONResult(
                    results: path, files: arguments.operands.count, trainings: merged.results.rows.count,
                    missing: missing, duplicates: merged.duplicates))
        case .text:
            let kept = merged.duplicates > 0 ? "; \(NumberText.count(merged.duplicates, "duplicate")) kept once" : ""
            try console.print(
                words: "\(path): \(merged.results.rows.count) of "
                    + "\(NumberText.count(merged.results.experiment.runs.count, "training")) "
                    + "from \(NumberText.count(arguments.operands.count, "file"))\(kept)\n")
            console.remark(
                missing > 0
                    ? "\(NumberText.count(missing, "training")) still missing; train and draw: attention compare --output "
                        + "\(Shell.word(folder)) --resume\n"
                    : "the table: attention compare --output \(Shell.word(folder)) --resume\n")
        }
    }

    private static func refuse(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        throw UsageError("\(path) exists; give another --output folder. Nothing was changed")
    }

    /// A folder, or the file in it.
    private static func read(_ place: String) throws -> (path: String, results: ResultsFile) {
        let path =
            place.hasSuffix(".json")
            ? place : (place.hasSuffix("/") ? String(place.dropLast()) : place) + "/results.json"
        return (path, try ResultsFile.read(path, parts: Main.parts, tasks: Main.tasks))
    }
}
