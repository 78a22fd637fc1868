// The results that claims are judged by: found in folders, or trained.

import AttentionLab
import Foundation

enum ClaimResults {
    /// Adds the results of a folder; of a folder of folders, those that a claim is judged by.
    static func read(_ place: String, _ evidence: inout ClaimEvidence, _ console: Console) throws {
        let folders = try folders(place)
        for folder in folders {
            let path = folder + "/results.json", file = try ResultsFile.read(path)
            if folders.count > 1, evidence.name(of: file.experiment) == nil {
                console.remark("\(path): of no experiment that a claim is judged by\n")
            } else {
                try evidence.add(file, path: path)
            }
        }
    }

    /// The folder itself, or those in it that hold results.
    private static func folders(_ place: String) throws -> [String] {
        let folder = place.hasSuffix("/results.json") ? String(place.dropLast("/results.json".count)) : place.hasSuffix("/") ? String(place.dropLast()) : place
        func holds(_ folder: String) -> Bool { FileManager.default.fileExists(atPath: folder + "/results.json") }
        if holds(folder) { return [folder] }
        let inside = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted().map { folder + "/" + $0 }.filter(holds)
        guard !inside.isEmpty else {
            throw InputError("there is no results.json in it, nor in a folder of it; give a folder that `attention compare --output` wrote, "
                + "or leave --results out and train", file: folder)
        }
        return inside
    }

    /// Trains the experiments of these claims as far as they are missing, and adds them.
    static func train(_ claims: [Claim], _ evidence: inout ClaimEvidence, _ arguments: Arguments, _ console: Console) throws {
        let output = arguments.text("--output") ?? "results/claims"
        let given = evidence
        for name in ClaimEvidence.used where claims.contains(where: { $0.experiment == name }) && given.results[name] == nil {
            let folder = output + "/" + name, path = folder + "/results.json"
            // `compare` itself trains: flags, progress, Ctrl-C and resuming are then the same.
            var words = ["--experiment", name, "--output", folder] + passed(arguments)
            if FileManager.default.fileExists(atPath: path) { words.append("--resume") }
            console.remark("experiment “\(name)” in \(folder)\n")
            let compare = try Arguments(words, Compare.allOptions, allowsOperands: false, of: Compare.name)
            try evidence.add(Compare.finish(compare, console), path: path)
        }
    }

    /// The flags that `compare` has too, as they were given.
    private static func passed(_ arguments: Arguments) -> [String] {
        let shared = [Option("--threads", "N", ""), Option("--seeds", "N", "")] + ModelOptions.all + DataOptions.toy
        return shared.flatMap { option in arguments.texts(option.name).flatMap { [option.name, $0] } }
    }
}
