// Parts of an experiment, and joining them again.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import Testing

@testable import Experiments

@Suite("Shards") struct ExperimentShardTests {
    private static let experiments =
        [tinyExperiment(), timingExperiment()]
        + BuiltInExperiment.all(scorers: Catalog.standard.map { $0.card.name }).compactMap(\.experiment)

    @Test("every run is in exactly one part", arguments: [1, 2, 3, 4, 11, 16, 500]) func partition(count: Int) throws {
        for experiment in Self.experiments {
            let parts = try (1...count).map { try Shard("\($0)/\(count)").runs(of: experiment) }
            #expect(parts.joined().count == experiment.runs.count && Set(parts.joined()) == Set(experiment.runs))
        }
    }

    @Test("parts have as much to do, and none has one scorer only") func balance() throws {
        for experiment in Self.experiments {
            for count in [2, 4, 5] {
                let loads = try (1...count).map {
                    try Shard("\($0)/\(count)").runs(of: experiment).map(experiment.work).reduce(0, +)
                }
                let longest = experiment.runs.map(experiment.work).max() ?? 0
                #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= longest * 1.000001, "\(loads)")
            }
        }
        let whole = Experiment(tasks: ["copy"], scorers: Catalog.standard.map { $0.card.name })
        for number in 1...11 { #expect(try Set(Shard("\(number)/11").runs(of: whole).map(\.scorer)).count == 5) }
    }

    @Test("a training with more layers, or with a word written from each source word, is more work") func factors() {
        func work(_ change: (inout ModelSettings) -> Void) -> Double {
            var experiment = Experiment(tasks: ["copy"], scorers: ["luong-dot"])
            change(&experiment.model)
            return experiment.runs.map(experiment.work).reduce(0, +)
        }
        let plain = work { _ in }
        #expect(work { $0.layers = 1 } == plain && work { $0.use = .mean } == plain)
        #expect(work { $0.layers = 2 } > 1.2 * plain && work { $0.use = .words } > 2 * plain)
        #expect(work { $0.decoder = .transformer } > 1.5 * plain)
    }

    @Test("what is no part is refused", arguments: ["", "3", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/4", "1/"])
    func refusals(text: String) throws {
        let error = try #require(throws: InputError.self) { try Shard(text) }
        #expect(error.message.hasPrefix("--shard is “\(text)”"))
    }
}

@Suite("Merging results") struct ResultsMergeTests {
    private func merge(_ files: ResultsFile...) throws -> ResultsMerge {
        try ResultsMerge(files.enumerated().map { ("file \($0)", $1) })
    }

    @Test("parts joined in any order are the whole, byte for byte in quality") func parts() throws {
        let whole = try run(timingExperiment(), path: Place().path)
        let parts = try (1...3).map { number in
            let place = Place(), comparison = try Comparison(timingExperiment(), scorers: Catalog.scorers)
            var results = ResultsFile(experiment: comparison.experiment)
            results.baselines = comparison.baselines
            return try comparison.run(
                continuing: results, shard: Shard("\(number)/3"), path: place.path, threads: 1, isCancelled: { false },
                event: { _ in })
        }
        let merged = try merge(parts[2], parts[0], parts[1], parts[0])
        #expect(merged.duplicates == parts[0].rows.count && merged.results.missing.isEmpty)
        func quality(_ results: ResultsFile) throws -> Data {
            var results = results
            results.rows = results.rows.map(\.quality)
            return try results.json()
        }
        #expect(try quality(merged.results) == quality(whole))
    }

    @Test("tasks, scorers, seeds and conditions are joined; what was not run is missing") func union() throws {
        let a = try run(
            timingExperiment { ($0.scorers, $0.seeds, $0.conditions[1].scorers) = (["none"], 1, nil) },
            path: Place().path)
        let b = try run(
            timingExperiment {
                ($0.tasks, $0.scorers, $0.seeds) = (["reverse"], ["luong-dot"], 2)
                ($0.data, $0.conditions) = (["reverse": $0.data["copy"] ?? ToyOptions()], [$0.conditions[0]])
            }, path: Place().path)
        let merged = try merge(a, b).results
        #expect(
            merged.experiment.tasks == ["copy", "reverse"] && merged.experiment.scorers == ["none", "luong-dot"]
                && merged.experiment.seeds == 2)
        #expect(
            merged.rows.count == a.rows.count + b.rows.count
                && merged.missing.count == merged.experiment.runs.count - merged.rows.count)
        #expect(Set(merged.baselines.map(\.task)) == ["copy", "reverse"])
    }

    @Test("what does not fit together is refused by the setting that differs") func refusals() throws {
        let base = ResultsFile(experiment: timingExperiment())
        func refusal(_ change: (inout Experiment) -> Void) throws -> String {
            try #require(throws: InputError.self) { try merge(base, ResultsFile(experiment: timingExperiment(change))) }
                .description
        }
        #expect(
            try refusal { $0.training.steps = 21 }.hasPrefix(
                "file 1: these results do not fit those in file 0: training.steps is 21 here and 20 there"))
        #expect(
            try refusal { $0.data["copy"]?.trainPairs = 41 }.contains("data.copy.trainPairs is 41 here and 40 there"))
        #expect(
            try refusal { $0.conditions[1].model?.feeding = .none }.contains(
                "conditions.before.model.feeding is none here and context there"))
        #expect(try refusal { $0.conditions = [] }.contains("the conditions is none here and after,before there"))
        #expect(try refusal { $0.dataSeed = 2 }.contains("dataSeed is 2 here and 1 there"))
        #expect(throws: InputError.self) { try ResultsMerge([]) }
    }

    @Test("a training that stands in two files with other figures is refused") func contradiction() throws {
        let one = try run(
            timingExperiment { ($0.scorers, $0.seeds, $0.conditions) = (["none"], 1, []) }, path: Place().path)
        var other = one
        other.rows[0].speed.trainingSeconds += 1
        #expect(try merge(one, other).duplicates == 1, "speeds may differ")
        other.rows[0].devLoss += 0.5
        let error = try #require(throws: InputError.self) { try merge(one, other) }
        #expect(
            error.file == "file 1"
                && error.message.hasPrefix("none on copy, seed 1 also stands in file 0, with other figures: devLoss is")
        )
    }
}
