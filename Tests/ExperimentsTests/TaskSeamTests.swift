// A task from outside the library that is no translation: in a training, a row, a table, a page and JSON, with its own
// figures and no others. No `@testable`: what these tests use, a learner can.

import AttentionScorers
import Corpora
import Evaluation
import Experiments
import Foundation
import Seq2Seq
import TestSupport
import Testing

private let tasks = TaskList(own: [MoodTask()])

private func moodExperiment(_ change: (inout Experiment) -> Void = { _ in }) -> Experiment {
    var experiment = Experiment(tasks: ["mood"], scorers: ["bahdanau", "luong-general", "none"])
    (experiment.taskList, experiment.seeds) = (tasks, 2)
    (experiment.model.embedding, experiment.model.hidden, experiment.model.attention) = (12, 8, 10)
    (experiment.training.steps, experiment.training.batchSize, experiment.training.evaluationInterval) = (120, 16, 60)
    experiment.training.learningRate = 0.01
    change(&experiment)
    return experiment
}

private func compared(_ experiment: Experiment, in folder: URL, shard: Shard? = nil) throws -> ResultsFile {
    let path = folder.appendingPathComponent("results.json").path
    let comparison = try Comparison(experiment, scorers: Catalog.scorers)
    var results = ResultsFile(experiment: experiment)
    results.baselines = comparison.baselines
    return try comparison.run(
        continuing: results, shard: shard, path: path, details: DetailsFolder(beside: path), threads: 2,
        isCancelled: { false }, event: { _ in })
}

@Suite("A task that is no translation") struct TaskSeamTests {
    private static let columns = ["label %", "decider %", "entropy"]

    @Test("is trained, stands in rows with its counts, and in tables, page and JSON with its figures alone")
    func lives() throws {
        try withFolder { folder in
            let made = try compared(moodExperiment(), in: folder)
            let path = folder.appendingPathComponent("results.json").path
            let results = try ResultsFile.read(path, tasks: tasks)
            #expect(results == made && results.rows.count == 6)
            try checkRows(results)
            try checkTable(results)
            try checkFiles(results)
            let page = try ReportPage(results, details: DetailsFolder(beside: path))
            for column in Self.columns { #expect(page.html.contains(column)) }
            for foreign in ["BLEU", "chrF", "AER", "aligns without"] {
                #expect(!page.html.contains(">\(foreign)"), "\(foreign)")
            }
            #expect(page.html.contains("In right labels, ") && page.sentences == 60 && page.faults.isEmpty)
            let charts = [
                "seeds-label-accuracy", "label_accuracy-by-step-time", "deciding_weight-by-step-time",
                "learning",
            ]
            #expect(Set(page.charts.map(\.name)).isSuperset(of: charts.map { "mood-" + $0 }))
            #expect(!page.charts.contains { $0.name.contains("bleu") || $0.name.contains("aer") })
        }
    }

    private func checkRows(_ results: ResultsFile) throws {
        for row in results.rows {
            let counts = try #require(row.test.counts)
            #expect(counts.sentences == 60 && counts.perSentence["labels"] == [Double](repeating: 1, count: 60))
            let exact = row.test.translation.perSentenceExact
            #expect(counts.perSentence["right_labels"] == exact, "the label is the whole target")
            #expect(row.long.counts?.sentences == 20)
            guard let alignment = row.test.alignment else {
                #expect(row.scorer == "none" && counts.perSentence["weight"] == nil)
                continue
            }
            // The same weights by another road: the mass on sure links of the only target word.
            let mass = try #require(alignment.all.pointing.goldMass), own = try #require(MoodTask.deciding.figure(row))
            #expect(abs(mass - own) < 1e-9)
        }
        let lines = try Summary(results).lines
        for line in lines where line.scorer != "none" {
            let mean = try #require(line[MoodTask.accuracy].mean)
            #expect(mean > 0.75, "\(line.scorer) learns it: half are right by chance")
        }
        #expect(lines.allSatisfy { $0.metrics == MoodTask().metrics && $0[.trainingSpeed].count == 2 })
        #expect(results.baselines.isEmpty, "there is no column for what aligns without attention")
    }

    private func checkTable(_ results: ResultsFile) throws {
        let table = try #require(try ComparisonTable.grouped(results).first)
        let columns = ["scorer", "parameters"] + Self.columns + ["train tokens/s", "step µs"]
        #expect(table.table.columns.map(\.name) == columns)
        #expect(table.groups.map(\.column) == [MoodTask.accuracy, MoodTask.deciding])
        #expect(!table.groups[0].lettered.isEmpty)
        #expect(table.notes.contains("label %: sentences that get the right label."))
        #expect(table.notes.contains("entropy: 0 on one word, 1 spread evenly."), "what its note joins is not here")
        let foreign = ["AER", "BLEU", "shift: ", "(…)"]
        #expect(!table.notes.contains { note in foreign.contains { note.contains($0) } })
        #expect(table.table.rows.map(\.first) == ["bahdanau", "luong-general", "none"])
        let seeds = Breakdown.of(results, table.section, by: .seeds)
        #expect(Set(seeds.figures.map(\.row)) == ["label_accuracy", "deciding_weight"])
        #expect(Breakdown.Key.allCases.filter { $0.applies(to: MoodTask().metrics) } == [.seeds])
        #expect(Breakdown.Key.allCases.allSatisfy { $0.applies(to: Metric.all) })
    }

    private func checkFiles(_ results: ResultsFile) throws {
        let summary = try Summary(results), ids = MoodTask().metrics.map(\.id)
        let head = try #require(ComparisonTable.csv(summary).split(separator: "\n").first).split(separator: ",")
        let fixed = ["task", "scorer", "seeds", "parameters", "leads"]
        #expect(head.map(String.init) == fixed + ids.flatMap { [$0, $0 + "_lower", $0 + "_upper"] })
        let line = try JSONSerialization.jsonObject(with: JSONEncoder().encode(summary.lines[0])) as? [String: Any]
        let keys = Set(try #require(line).keys)
        #expect(keys.isSuperset(of: ids) && keys.isDisjoint(with: ["bleu", "aer", "bestShift"]))
    }

    @Test("stands beside a translation, whose rows and columns stay what they are") func beside() throws {
        func tiny(_ names: [String]) -> Experiment {
            moodExperiment { experiment in
                experiment.tasks = names
                (experiment.seeds, experiment.training.steps, experiment.scorers) = (1, 10, ["luong-dot"])
                for name in names {
                    experiment.data[name] = ToyOptions(
                        trainPairs: 40, devPairs: 6, testPairs: 12, longPairs: 6,
                        lengths: 3...6, longLengths: 7...9)
                }
            }
        }
        try withFolder { folder in
            let both = try compared(tiny(["copy", "mood"]), in: folder), tables = try ComparisonTable.all(both)
            try withFolder { folder in
                let alone = try compared(tiny(["copy"]), in: folder)
                #expect(alone.rows[0].test == both.rows[0].test && alone.rows[0].history == both.rows[0].history)
                #expect(alone.rows[0].test.counts == nil && alone.baselines == both.baselines)
                let table = try #require(ComparisonTable.all(alone).first)
                #expect(table.table.columns.map(\.name) == tables[0].table.columns.map(\.name))
            }
            let columns = tables.map { $0.table.columns.map(\.name) }
            #expect(columns[0].contains("BLEU") && tables[0].notes.contains { $0.hasPrefix("shift") })
            #expect(columns[1].contains("label %") && !columns[1].contains("BLEU"))
            let csv = try ComparisonTable.csv(Summary(both)).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let bleu = try #require(csv[0].firstIndex(of: "bleu"))
            let label = try #require(csv[0].firstIndex(of: "label_accuracy"))
            #expect(!csv[1][bleu].isEmpty && csv[1][label].isEmpty && csv[2][bleu].isEmpty && !csv[2][label].isEmpty)
        }
    }

    @Test("files of experiments know it by name, and only where the program has it") func file() throws {
        func read(_ text: String, _ tasks: TaskList) throws -> Experiment {
            try withFolder { folder in
                let path = folder.appendingPathComponent("e.json").path
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return try ExperimentFile.read(path, scorers: ScorerNames([BahdanauScorer.self]), tasks: tasks)
            }
        }
        let text = #"{"tasks": ["mood"], "data": {"mood": {"testPairs": 7, "rates": {"praise": 0.25}}}}"#
        let experiment = try read(text, tasks)
        #expect(experiment.data["mood"]?.rates == ["praise": 0.25] && experiment.data["mood"]?.lengths == 4...8)
        #expect(try read(ExperimentFile.text(experiment), tasks) == experiment)
        #expect(experiment.metrics(of: "mood") == MoodTask().metrics)
        let refused = [
            (#"{"tasks": ["mood"]}"#, TaskList.standard, "tasks[0] is \"mood\". There are: english-french"),
            (#"{"tasks": ["moode"]}"#, tasks, "Did you mean “mood”?"),
            (text, .standard, "there is no setting \"mood\" in data"),
            (text.replacingOccurrences(of: "praise", with: "blame"), tasks, "there is no setting \"blame\""),
        ]
        for (text, list, part) in refused {
            let refusal = try #require(throws: InputError.self) { try read(text, list) }
            #expect(refusal.description.contains(part), "\(refusal)")
        }
        let unknown = try #require(throws: InputError.self) {
            try Comparison(moodExperiment { $0.taskList = .standard }, scorers: Catalog.scorers)
        }
        #expect(unknown.description.contains("there is no task \"mood\""))
    }

    @Test("parts of several machines are merged with their counts, and other counts are found out")
    func merge() throws {
        let experiment = moodExperiment { ($0.scorers, $0.training.steps) = (["luong-dot"], 8) }
        try withFolder { folder in
            let whole = try compared(experiment, in: folder)
            var parts = [whole, whole]
            parts[0].rows.removeLast()
            parts[1].rows.removeFirst()
            let merged = try ResultsMerge(parts.enumerated().map { ("\($0)", $1) }).results
            #expect(merged.rows.map(\.test.counts) == whole.rows.map(\.test.counts))
            parts = [whole, whole]
            var other = NamedCounts()
            for _ in 0..<60 { try other.add(["labels": 1, "right_labels": 0, "weight": 1, "weight_on_decider": 0.5]) }
            parts[1].rows[0].test.counts = other
            let refusal = try #require(throws: InputError.self) {
                try ResultsMerge(parts.enumerated().map { ("\($0)", $1) })
            }
            #expect(refusal.description.contains("test.counts."), "\(refusal)")
        }
    }

    @Test("results of a task that this program does not have are read, and show the toolkit's figures")
    func stranger() throws {
        try withFolder { folder in
            let experiment = moodExperiment { ($0.scorers, $0.training.steps, $0.seeds) = (["luong-dot"], 8, 1) }
            _ = try compared(experiment, in: folder)
            let results = try ResultsFile.read(folder.appendingPathComponent("results.json").path)
            #expect(results.experiment.metrics(of: "mood") == Metric.all)
            #expect(try ComparisonTable.all(results)[0].table.columns.contains { $0.name == "BLEU" })
        }
    }

    @Test("an example is shown in words, with the word that decides") func words() throws {
        let pair = SentencePair(
            source: ["a", "dull", "film"], target: ["bad"], gold: GoldAlignment(sure: [Link(1, 0)]),
            phenomena: ["bad"])
        let lines = MoodTask().text(pair).split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        #expect(lines == ["a dull film", "bad", "bad dull bad"])
        let data = try MoodTask().dataset(seed: 1, options: nil)
        #expect(try MoodTask().dataset(seed: 1, options: nil) == data && data.test.count == 60)
        #expect(try MoodTask().dataset(seed: 2, options: nil) != data)
    }

    /// What a task says of itself wrongly, or in its own way.
    private struct Odd: MeasuredTask {
        var name = "odd"
        let summary = "none: a test"
        let defaults = MoodTask().defaults
        var settings: [Setting<ToyOptions>] { MoodTask().settings }
        var metrics = MoodTask().metrics
        var counted: [String: Double] = ["labels": 1, "right_labels": 1, "weight": 1, "weight_on_decider": 1]
        var isSilent = false

        func dataset(seed: UInt64, options: ToyOptions?) throws -> Dataset {
            try MoodTask().dataset(seed: seed, options: options)
        }
        func counts(_ answer: Answer) -> [String: Double] { counted }
        func answers(of translator: Translator, to pairs: [SentencePair]) throws -> Answers {
            var answers = try Answers(translating: pairs, with: translator)
            if isSilent { (answers.outputs, answers.weights) = (pairs.map { _ in [] }, []) }
            return answers
        }
    }

    private func trained(_ task: Odd) throws -> ResultsFile {
        try withFolder { folder in
            try compared(
                moodExperiment {
                    ($0.taskList, $0.tasks, $0.scorers) = (TaskList(own: [task]), [task.name], ["luong-dot"])
                    ($0.training.steps, $0.seeds) = (8, 1)
                }, in: folder)
        }
    }

    @Test("one that answers in its own way is measured by that") func ownAnswers() throws {
        let row = try #require(try trained(Odd(isSilent: true)).rows.first)
        #expect(row.test.translation.perSentenceExact == [Double](repeating: 0, count: 60) && row.test.alignment == nil)
        #expect(MoodTask.accuracy.figure(row) == 1, "its counts are its own")
    }

    @Test("what cannot be counted, and what nobody counts, is said by name")
    func badCounts() throws {
        let negative = try #require(throws: RunError.self) { try trained(Odd(counted: ["labels": -1])) }
        #expect(
            negative.description.contains(
                "luong-dot on odd, seed 1: the count “labels” of sentence 1 is -1.0; "
                    + "a count is a number of 0 or more"))
        let misspelt = try #require(throws: RunError.self) {
            try trained(Odd(counted: ["labels": 1, "right_label": 1, "weight": 1, "weight_on_decider": 1]))
        }
        #expect(
            misspelt.description.contains(
                "the task odd counts no “right_labels”, "
                    + "which its metric label_accuracy is made of. Did you mean “right_label”?"))
    }

    @Test("two of one name, a name that cannot be typed, and an id that means something else are refused")
    func listFaults() {
        #expect(TaskList(own: [MoodTask(), Odd()]).fault == nil, "two tasks may share a metric")
        #expect(TaskList(own: [Odd(name: "copy")]).fault?.hasPrefix("two tasks are called “copy”") == true)
        #expect(TaskList(own: [Odd(name: "two words")]).fault?.contains("“two words”: a name has no spaces") == true)
        let bleu = Metric.share("bleu", title: "my BLEU", note: "none: a test", of: "labels", in: "labels")
        #expect(TaskList(own: [Odd(metrics: [bleu])]).fault?.contains("“BLEU” bears that name already") == true)
        #expect(TaskList.standard.names.starts(with: ToyTasks.all.map { $0.name }))
        #expect(TaskList.standard.metrics.starts(with: Metric.all) && TaskList.standard.fault == nil)
    }
}
