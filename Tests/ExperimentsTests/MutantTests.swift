// Readers of files that anybody may have changed: experiment, results, details and sentences. Refused or used; no trap,
// no hang.

import AttentionScorers
import Corpora
import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite("Mutants of experiment and result files") struct MutantTests {
    private static let scorers = ScorerNames(Catalog.scorers)

    @Test("experiments") func experiments() throws {
        let text = """
            {"tasks": ["copy", "english-french"], "scorers": ["bahdanau", "luong-dot"], "seeds": 3, "dataSeed": 7, "model": {"hidden": 16, "cell": "lstm"},
             "training": {"steps": 800, "shards": null, "learningRate": 0.01}, "data": {"copy": {"lengths": [5, 15], "symbols": 12, "testPairs": 40},
             "english-french": {"rates": {"negation": 0.5}, "lexiconShare": 0.2}}, "conditions": [{"name": "after"}, {"name": "before", "model": {"timing": "before"},
             "data": {"copy": {"trainPairs": 100}}}]}
            """
        var mutator = Mutator(seed: 3), used = 0
        let part = try Shard("1/2")
        for _ in 0..<Mutator.count(300) {
            let bad = Data(mutator.mutant(of: Array(text.utf8), with: Array(text.utf8)))
            do {
                let experiment = try ExperimentFile.experiment(bad, file: "e.json", scorers: Self.scorers)
                try experiment.check(scorers: Self.scorers.names)
                #expect(experiment.estimatedSeconds(of: part.runs(of: experiment)) >= 0)
                #expect(
                    try ExperimentFile.experiment(
                        Data(ExperimentFile.text(experiment).utf8), file: nil, scorers: Self.scorers) == experiment)
                used += 1
            } catch is InputError {}
        }
        #expect(used > 0 && used < Mutator.count(300))
    }

    @Test("results, and all that is made of them") func results() throws {
        try withFolder { folder in
            let made = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: SyntheticResults.pairs(3))
            let good = try Data(contentsOf: URL(fileURLWithPath: made.path)),
                path = folder.appendingPathComponent("mutant.json")
            var mutator = Mutator(seed: 4), used = 0
            for _ in 0..<Mutator.count(200) {
                try Data(mutator.mutant(of: Array(good), with: Array(good))).write(to: path)
                do {
                    let results = try ResultsFile.read(path.path)
                    _ = try results.missing(in: Shard("2/3")).count
                    _ = try Summary(results)
                    _ = try ReportPage(results, details: made.details)
                    for section in results.experiment.sections {
                        for key in Breakdown.Key.allCases { _ = Breakdown.of(results, section, by: key).table.csv }
                    }
                    _ = try ResultsMerge([("good", made.results), ("mutant", results)])
                    used += 1
                } catch is InputError {}
            }
            #expect(used > 0 && used < Mutator.count(200))
        }
    }

    @Test("details and sentences", arguments: ["copy-b-1.json", "sentences"]) func details(name: String) throws {
        try withFolder { folder in
            let made = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: SyntheticResults.pairs(3))
            let file = try #require(
                try FileManager.default.contentsOfDirectory(atPath: made.details.path).first { $0.hasPrefix(name) })
            let path = URL(fileURLWithPath: made.details.path + "/" + file), good = try Data(contentsOf: path)
            let whole = DetailsFolder(beside: folder.appendingPathComponent("whole/results.json").path)
            var mutator = Mutator(seed: 5), refused = 0
            for _ in 0..<Mutator.count(200) {
                try Data(mutator.mutant(of: Array(good), with: Array(good))).write(to: path)
                let kept = KeptDetails(made.results, made.details)
                _ = BrowserData(made.results, kept)
                refused += kept.rows.count < 2 ? 1 : 0
                _ = try whole.copy(made.results.rows.map { ($0, [made.details]) })
            }
            // A number that is written in another way (1 for 1.0) is the same one.
            #expect(refused > Mutator.count(200) / 2)
        }
    }
}
