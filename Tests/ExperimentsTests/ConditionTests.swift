// Conditions: what they replace, which of them share a table, and that results without any stay what they were.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import Testing

@testable import Experiments

/// The query before and after the cell, on one task.
func timingExperiment(_ change: (inout Experiment) -> Void = { _ in }) -> Experiment {
    tinyExperiment {
        ($0.tasks, $0.data["reverse"]) = (["copy"], nil)
        var before = $0.model
        before.timing = .before
        $0.conditions = [Condition("after"), Condition("before", model: before, scorers: ["bahdanau", "luong-dot"])]
        change(&$0)
    }
}

@Suite("Conditions") struct ConditionTests {
    @Test("runs are conditions × their scorers, each with its settings") func runs() {
        let experiment = timingExperiment()
        #expect(experiment.runs.count == 2 * (3 + 2))
        #expect(
            experiment.runs.prefix(5).map { "\($0.scorer) \($0.condition ?? "")" }
                == ["bahdanau after", "luong-dot after", "none after", "bahdanau before", "luong-dot before"])
        for run in experiment.runs { #expect(experiment.settings(run).model.timing.rawValue == run.condition) }
    }

    @Test("what a condition changes changes the figures, and the first condition is the experiment without any")
    func figures() throws {
        let (place, plain) = (Place(), Place())
        let results = try run(timingExperiment(), path: place.path)
        let alone = try run(timingExperiment { $0.conditions = [] }, path: plain.path)
        #expect(results.rows.map(\.run) == results.experiment.runs)
        try #expect(ResultsFile.read(place.path) == results)
        for row in results.rows {
            let other = try #require(alone.rows.first { $0.scorer == row.scorer && $0.seed == row.seed })
            #expect(
                row.model.timing.rawValue == row.condition
                    && (row.devLoss == other.devLoss) == (row.condition == "after"))
        }
        let summary = try Summary(results)
        #expect(
            summary.lines.map { "\($0.scorer), \($0.condition ?? "")" }
                == ["bahdanau, after", "bahdanau, before", "luong-dot, after", "luong-dot, before", "none, after"])
        let tables = try ComparisonTable.all(results)
        #expect(
            tables.count == 1 && tables[0].table.columns[1].name == "condition" && tables[0].section.title == "copy")
        #expect(tables[0].header.contains { $0 == "conditions: after (as above); before (timing before)" })
        #expect(ComparisonTable.csv(summary).hasPrefix("task,scorer,condition,seeds,"))
        #expect(
            Breakdown.of(results, tables[0].section, by: .length).table.columns.map(\.name).contains(
                "luong-dot, before"))
    }

    @Test("conditions with other test sentences have tables and baselines of their own; more training pairs do not")
    func sections() throws {
        let place = Place()
        let experiment = tinyExperiment {
            ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], ["none"], 1, nil)
            var more = $0.data["copy"] ?? ToyOptions(), longer = more
            more.trainPairs = 60
            longer.lengths = 3...6
            $0.conditions = [
                Condition("as it is"), Condition("60 pairs", data: ["copy": more]),
                Condition("longer", data: ["copy": longer]),
            ]
        }
        #expect(experiment.sections.map(\.title) == ["copy, as it is, 60 pairs", "copy, longer"])
        let results = try run(experiment, path: place.path)
        #expect(
            Set(results.baselines.map(\.condition)) == [nil, "60 pairs", "longer"],
            "IBM Model 1 learns from the training pairs")
        #expect(try Comparison(experiment, scorers: Catalog.scorers).hasBaselines(results))
        let tables = try ComparisonTable.all(results)
        #expect(tables[0].table.rows.map(\.count) == Array(repeating: tables[0].table.columns.count, count: 2 + 4))
        #expect(tables[0].table.rows.map { $0[0] }.suffix(4) == ["(diagonal)", "(random)", "(ibm-1)", "(ibm-1)"])
        #expect(tables[1].table.columns[1].name == "parameters" && tables[1].table.rows.count == 1 + 3)
        #expect(tables[1].header[0].hasPrefix("data: 40 training pairs of 3 to 6 words"))
        let sources = try experiment.conditionNames.map { condition in
            try #require(ToyTasks.named("copy")).dataset(seed: 1, options: experiment.options("copy", in: condition))
                .test.map(\.source)
        }
        #expect(sources[0] == sources[1] && sources[0] != sources[2])
    }

    @Test("BLEU by length: a bucket that holds the whole test split has its BLEU") func bleuByLength() throws {
        let results = try run(timingExperiment { ($0.seeds, $0.training.steps) = (1, 60) }, path: Place().path)
        let lines = try Summary(results).lines
        let table = try Breakdown.of(results, #require(results.experiment.sections.first), by: .bleu).table
        // Test sentences have 2 to 5 words, long ones 7 to 9.
        #expect(table.rows.map { $0[0] } == ["1-5", "6-10"] && table.rows.map { $0[1] } == ["12", "6"])
        #expect(Array(table.rows[0].dropFirst(2)) == lines.map { ComparisonTable.number($0[.bleu].mean, 1) })
        #expect(lines.contains { ($0[.bleu].mean ?? 0) > 1 }, "not all of them are zero")
    }

    @Test(
        "by seeds: mean, spread and ends of every tested column; by words: the share of a phenomenon's words that is right"
    ) func bySeedsAndWords() throws {
        let results = try run(timingExperiment { ($0.seeds, $0.training.steps) = (3, 60) }, path: Place().path)
        let section = try #require(results.experiment.sections.first),
            line = try #require(try Summary(results).lines.first)
        let seeds = Breakdown.of(results, section, by: .seeds).table
        #expect(seeds.columns.map(\.name) == ["scorer", "figure", "seeds", "mean", "s.d.", "least", "greatest"])
        #expect(
            seeds.rows.count
                == section.groups(of: results).map { $0.rows[0].test.alignment == nil ? 3 : 5 }.reduce(0, +),
            "no AER without alignment")
        let figures = results.rows.filter { $0.scorer == line.scorer && $0.condition == line.condition }.compactMap(
            Metric.testAccuracy.figure
        ).map { 100 * $0 }
        let row = try #require(seeds.rows.first { $0[1] == "test %" })
        #expect(row[2] == "3" && row[3] == ComparisonTable.number(figures.reduce(0, +) / 3, 1))
        #expect(
            row[5] == ComparisonTable.number(figures.min(), 1) && row[6] == ComparisonTable.number(figures.max(), 1))
        #expect(row[4] == ComparisonTable.number((line[.testAccuracy].standardDeviation ?? -1) * 100, 2))

        let words = Breakdown.of(results, section, by: .words).table
        let copies = results.rows.filter { $0.scorer == line.scorer && $0.condition == line.condition }.compactMap {
            $0.test.translation.byPhenomenon["copy"]
        }
        let right = copies.map(\.correctWords).reduce(0, +), all = copies.map(\.words).reduce(0, +)
        #expect(words.rows.map { $0[0] } == ["copy"] && words.rows[0][1] == "\(all / 3)")
        #expect(words.rows[0][2] == ComparisonTable.number(100 * Double(right) / Double(all), 1) && right > 0)
    }

    @Test("results without conditions are written as before there were any, and read") func older() throws {
        let experiment = tinyExperiment()
        let text = String(decoding: try ResultsFile(experiment: experiment).json(), as: UTF8.self)
        #expect(!text.contains("condition") && text.contains("\"schema\":1"))
        #expect(try JSONDecoder().decode(ResultsFile.self, from: Data(text.utf8)).experiment == experiment)
    }

    @Test("more conditions may be added; none may change or go") func extended() throws {
        let place = Place()
        let old = try run(timingExperiment { $0.seeds = 1 }, path: place.path)
        var wanted = old.experiment
        var training = wanted.training
        training.steps = 30
        wanted.conditions.append(Condition("longer", training: training))
        wanted.conditions[1].scorers = nil
        #expect(
            try old.extended(to: wanted).missing.map { "\($0.scorer) \($0.condition ?? "")" } == [
                "none before", "bahdanau longer", "luong-dot longer", "none longer",
            ])
        func refusal(_ change: (inout Experiment) -> Void) throws -> String {
            var wanted = old.experiment
            change(&wanted)
            return try #require(throws: InputError.self) { try old.extended(to: wanted) }.message
        }
        #expect(
            try refusal { $0.conditions[1].model?.timing = .after }.contains(
                "conditions.before.model.timing before, but after"))
        #expect(try refusal { $0.conditions.removeLast() }.contains("the conditions after,before, but after"))
        #expect(try refusal { $0.conditions = [] }.contains("the conditions after,before, but none"))
        #expect(try refusal { $0.conditions[0].scorers = ["none"] }.contains("conditions.after.scorers"))
    }

    @Test(
        "conditions that cannot be compared are refused",
        arguments: [
            ("before,before", "a condition is named twice"),
            ("after,again", "the conditions \"after\" and \"again\" are the same"),
            ("after, ", "a condition has no name"),
        ])
    func refusals(names: String, message: String) throws {
        let error = try #require(throws: InputError.self) {
            try timingExperiment { $0.conditions = names.split(separator: ",").map { Condition(String($0)) } }.check(
                scorers: ["bahdanau", "luong-dot", "none"])
        }
        #expect(error.message.hasPrefix(message), Comment(rawValue: error.message))
    }

    @Test("a condition names no strangers") func strangers() throws {
        func refusal(_ condition: Condition) throws -> String {
            let known = Catalog.scorers.map { $0.card.name }
            return try #require(throws: InputError.self) {
                try timingExperiment { $0.conditions = [condition] }.check(scorers: known)
            }.message
        }
        #expect(
            try refusal(Condition("a", scorers: ["uniform"])).contains(
                "names the scorer \"uniform\", which is not among the experiment's"))
        #expect(try refusal(Condition("a", data: ["sort": ToyOptions()])).contains("changes the data of \"sort\""))
        #expect(try refusal(Condition("a", scorers: [])).contains("has no scorer"))
    }
}
