// The results that claims are judged by: found in folders, or trained.

import AttentionLab
import Claims
import Foundation
import Terminal

enum ClaimResults {
    /// Adds the results of a folder; of a folder of folders, those that a claim is judged by.
    static func read(_ place: String, _ evidence: inout ClaimEvidence, _ console: Console) throws {
        let folders = try folders(place)
        for folder in folders {
            let path = folder + "/results.json", file = try ResultsFile.read(path, parts: Main.parts, tasks: Main.tasks)
            file.tellUnknownParts(console)
            if folders.count > 1, evidence.name(of: file.experiment) == nil {
                console.remark("\(path): of no experiment that a claim is judged by\n")
            } else {
                try evidence.add(file, path: path)
            }
        }
    }

    /// The folder itself, or those in it that hold results.
    private static func folders(_ place: String) throws -> [String] {
        let folder =
            place.hasSuffix("/results.json")
            ? String(place.dropLast("/results.json".count))
            : place.hasSuffix("/") ? String(place.dropLast()) : place
        func holds(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/results.json") }
        if holds(folder) { return [folder] }
        let inside = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map {
            folder + "/" + $0
        }.filter(holds)
        guard !inside.isEmpty else {
            throw InputError(
                "there is no results.json in it, nor in a folder of it; give a folder that `attention compare --output` "
                    + "wrote, "
                    + "or leave --results out and train", file: folder)
        }
        return inside
    }

    /// Trains the experiments of these claims as far as they are missing, and adds them.
    static func train(
        _ claims: [Claim], _ evidence: inout ClaimEvidence, _ arguments: Arguments, _ console: Console
    ) throws {
        let output = arguments.text("--output") ?? "results/claims", given = Set(evidence.results.keys)
        let names = ClaimEvidence.used.filter { name in
            claims.contains { $0.experiment == name } && !given.contains(name)
        }
        let plans = try names.map { name in
            try Plan(
                name, seeds: claims.filter { $0.experiment == name }.compactMap(\.seeds).max(), in: output, arguments)
        }
        if let text = try announcement(plans, output, arguments) { console.remark(text) }
        for plan in plans {
            console.remark("experiment “\(plan.name)” in \(plan.folder)\n")
            let (results, path) = try Compare.finish(plan.arguments, console)
            try evidence.add(results, path: path)
        }
    }

    /// An experiment to train. `compare` itself trains: flags, progress, Ctrl-C and resuming are then the same.
    private struct Plan {
        let name: String, folder: String
        let arguments: Arguments
        let trainings: Int
        /// On one core.
        let seconds: Double

        /// - Parameter seeds: at least, where the flags do not say how many; results that have more keep them.
        init(_ name: String, seeds: Int?, in output: String, _ given: Arguments) throws {
            (self.name, folder) = (name, output + "/" + name)
            let path = folder + "/results.json", exists = FileManager.default.fileExists(atPath: path)
            var flags = ["--experiment", name, "--output", folder] + (exists ? ["--resume"] : []) + passed(given)
            if let seeds, !given.has("--seeds") {
                let old = exists ? try ResultsFile.read(path, tasks: Main.tasks).experiment.seeds : 0
                flags += ["--seeds", "\(max(seeds, old))"]
            }
            arguments = try Arguments(flags, Compare.allOptions, allowsOperands: false, of: Compare.name)
            let results = try Compare.planned(arguments), missing = results.missing
            (trainings, seconds) = (missing.count, results.experiment.estimatedSeconds(of: missing))
            // Refuses now what it would refuse after the experiments before it.
            if trainings > 0 { _ = try Comparison(results.experiment, scorers: Main.scorers) }
        }
    }

    /// What is going to be run, for how long, and how to stop it; nil where nothing is.
    private static func announcement(_ plans: [Plan], _ output: String, _ arguments: Arguments) throws -> String? {
        let plans = plans.filter { $0.trainings > 0 }, total = plans.map(\.trainings).reduce(0, +)
        guard total > 0 else { return nil }
        let threads = min(try Compare.threads(arguments), total),
            seconds = plans.map(\.seconds).reduce(0, +) / Double(threads)
        let time =
            seconds < 10
            ? "a few seconds"
            : seconds < 100
                ? "about \(Int(seconds / 10) * 10) seconds"
                : "about \(Int((seconds / 60).rounded(.up))) minutes"
        let list = plans.map { "\($0.name) \($0.trainings)" }.joined(separator: ", ")
        let others = Claim.all.filter { $0.experiment == nil }.map(\.name).joined(separator: " ")
        return """
            First \(NumberText.count(total, "training")) (\(list)) on \(NumberText.count(threads, "thread")), \(time), in \(output).
            Ctrl-C stops; finished trainings stay, and the same command goes on. Claims that need none of them: attention claims \(others)

            """
    }

    /// The flags that `compare` has too, as they were given.
    private static func passed(_ arguments: Arguments) -> [String] {
        let shared = [Option("--threads", "N", ""), Option("--seeds", "N", "")] + ModelOptions.all + DataOptions.toy
        return shared.flatMap { option in arguments.texts(option.name).flatMap { [option.name, $0] } }
    }
}
