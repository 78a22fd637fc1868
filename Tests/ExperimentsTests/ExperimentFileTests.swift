// Experiment files: written and read back they are the same; what cannot be is said with its place.

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import TestSupport
import Testing

@testable import Experiments

private let known = Catalog.scorers.map { $0.card.name }

private func read(_ text: String) throws -> Experiment {
    try ExperimentFile.experiment(Data(text.utf8), file: "mine.json", scorers: ScorerNames(Catalog.scorers))
}

@Suite("Experiment files") struct ExperimentFileTests {
    @Test(
        "every built-in experiment, written and read back, is the same",
        arguments: BuiltInExperiment.all(scorers: Catalog.standard.map { $0.card.name }).compactMap(\.experiment))
    func roundTrip(experiment: Experiment) throws {
        let text = try ExperimentFile.text(experiment)
        #expect(try read(text) == experiment)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 140 })
    }

    @Test("so is one whose conditions change everything, and one whose condition takes a setting away") func hardCases()
        throws
    {
        let experiment = timingExperiment {
            $0.training.shards = 2
            var training = $0.training, options = $0.data["copy"] ?? ToyOptions()
            (training.shards, training.clip) = (nil, 0.1 + 0.2)
            options.lengths = 3...4
            $0.conditions.append(Condition("a \"quoted\" / näme \u{7}", training: training, data: ["copy": options]))
            $0.conditions.append(Condition("the same model", model: $0.model, scorers: []))
        }
        #expect(try read(ExperimentFile.text(experiment)) == experiment)
    }

    @Test("what is left out has its default, and a condition's is the experiment's") func partial() throws {
        #expect(try read("{}") == Experiment(tasks: [ToyTasks.all[0].name], scorers: known))
        let experiment = try read(
            """
            {"tasks": ["copy"], "seeds": 3, "model": {"hidden": 12}, "data": {"copy": {"trainPairs": 90}},
             "conditions": [{"name": "base"}, {"name": "before", "model": {"timing": "before"}, "data": {"copy": {"lengths": [2, 4]}}}]}
            """)
        #expect(
            experiment.model.hidden == 12 && experiment.model.embedding == ModelSettings(scorer: "").embedding
                && experiment.seeds == 3)
        let before = experiment.settings(in: "before").model
        #expect(
            before.hidden == 12 && before.timing == .before && experiment.settings(in: "base").model == experiment.model
        )
        let data = experiment.options("copy", in: "before")
        #expect(
            data.trainPairs == 90 && data.lengths == 2...4
                && data.testPairs == ToyTasks.named("copy")?.defaults.testPairs)
    }

    @Test("the experiment in the manual is one") func readme() throws {
        let blocks = try Manual.text("\(Manual.folder)/Experiments.md").components(separatedBy: "```json\n").dropFirst()
        let texts = blocks.compactMap { $0.components(separatedBy: "```").first }
        #expect(texts.count == 1)
        for text in texts { #expect(try read(text).conditions.map(\.name) == ["after", "before"]) }
    }

    @Test("every setting there is can be written in a file") func complete() throws {
        func keys(_ value: some Encodable) throws -> Set<String> {
            guard case .object(let members) = try JSONValue(encoding: value) else { return [] }
            return Set(members.keys)
        }
        let whole = SettingShape.experiment(.standard)
        func shape(_ path: String...) throws -> Set<String> {
            try Set(
                path.reduce(whole) { shape, key in try #require(shape.members.first { $0.key == key }).shape }.members
                    .map(\.key))
        }
        var training = TrainingSettings(), model = ModelSettings(scorer: "")
        (training.shards, training.batchTokens) = (1, 1)
        (model.top, model.layers, model.feedForward, model.vocabulary) = (1, 1, 1, 1)
        #expect(try keys(model) == shape("model").union(["scorer"]))
        #expect(try keys(training) == shape("training").union(["seed"]))
        #expect(try keys(timingExperiment()) == shape())
        for task in ToyTasks.all { #expect(try keys(task.defaults) == shape("data", task.name)) }
    }

    @Test("the names of earlier versions and those of flags are understood, and two names of one setting are refused")
    func names() throws {
        let new = try read(
            """
            {"dataSeed": 3, "model": {"timing": "before", "minimumCount": 2}, "training": {"batchSize": 8},
             "data": {"english-french": {"lexiconShare": 0.5, "rates": {"negation": 0.5}}}, "conditions": [{"name": "a", "model": {"timing": "after"}}]}
            """)
        let old = try read(
            """
            {"data-seed": 3, "model": {"query": "before", "minimum-count": 2}, "training": {"batch": 8},
             "data": {"english-french": {"lexicon": 0.5, "rate": {"negation": 0.5}}}, "conditions": [{"name": "a", "model": {"query": "after"}}]}
            """)
        #expect(new == old && new.model.timing == .before && new.training.batchSize == 8)
        let error = try #require(throws: InputError.self) {
            try read("{\"model\": {\"query\": \"before\", \"timing\": \"after\"}}")
        }
        #expect(
            error.message == "model.timing stands there twice, as \"query\" and as \"timing\"; give it once",
            Comment(rawValue: error.message))
    }

    @Test(
        "what cannot be is refused with its place",
        arguments: [
            ("{\"sedes\": 3}", "there is no setting \"sedes\". Did you mean “seeds”?"),
            (
                "{\"model\": {\"timming\": \"before\"}}",
                "there is no setting \"timming\" in model. Did you mean “timing”?"
            ),
            ("{\"model\": {\"timing\": \"bfore\"}}", "model.timing is \"bfore\". Did you mean “before”?"),
            (
                "{\"model\": {\"hidden\": \"12\"}}",
                "model.hidden is the text \"12\"; it must be a whole number, 1 to 8192"
            ),
            ("{\"model\": {\"hidden\": true}}", "model.hidden is true; it must be a whole number"),
            ("{\"model\": {\"hidden\": 0}}", "model.hidden is 0; it must be a whole number, 1 to 8192"),
            ("{\"model\": {\"hidden\": 1.5}}", "model.hidden is 1.5; it must be a whole number"),
            (
                "{\"model\": {\"scorer\": \"none\"}}",
                "there is no setting \"scorer\" in model. The scorers are named at the top"
            ),
            ("{\"training\": {\"learningRate\": 0}}", "training.learningRate is 0; it must be a number, above 0"),
            ("{\"training\": null}", "training is null; it must be an object in braces"),
            ("{\"tasks\": \"copy\"}", "tasks is the text \"copy\"; it must be a list"),
            ("{\"tasks\": [\"copy\", \"klingon\"]}", "tasks[1] is \"klingon\". There are: english-french"),
            (
                "{\"data\": {\"copy\": {\"lengths\": [9, 3]}}}",
                "data.copy.lengths is [9, 3]; it must be the shortest and the longest length, 1 to 10000"
            ),
            (
                "{\"data\": {\"english-french\": {\"rates\": {\"negations\": 1}}}}",
                "there is no setting \"negations\" in data.english-french.rates. Did you mean “negation”?"
            ),
            (
                "{\"conditions\": [{\"name\": \"a\"}, {\"nam\": \"b\"}]}",
                "there is no setting \"nam\" in conditions[1]. Did you mean “name”?"
            ),
            ("{\"conditions\": [{\"model\": {}}]}", "conditions[0] has no name"),
            (
                "{\"data\": {\"copy\": {\"longLengths\": [1, 9223372036854775807]}}}",
                "data.copy.longLengths is [1, 9223372036854775807]; it must be"
            ),
            ("{\"seeds\": 3,\n\"seeds\": 4}", "“seeds” stands twice in one object; mend that"),
            (
                "{\"data\":" + String(repeating: "[", count: 500),
                "lists and objects stand inside one another more than 64 deep"
            ),
            ("[1]", "the experiment is a list; it must be an object"), ("the cat", "this is not JSON"),
            ("", "this is not JSON"),
        ])
    func refusals(text: String, message: String) throws {
        let error = try #require(throws: InputError.self) { try read(text) }
        #expect(error.file == "mine.json" && error.message.hasPrefix(message), Comment(rawValue: error.message))
    }

    @Test("a family, all and the default's mean their scorers, in conditions too") func groups() throws {
        let text = """
            {"tasks": ["copy"], "scorers": ["past-family", "none"],
             "conditions": [{"name": "a"}, {"name": "b", "scorers": ["past-family"], "model": {"timing": "before"}}]}
            """
        let experiment = try read(text), past = ["location-sensitive", "coverage"]
        #expect(experiment.scorers == past + ["none"] && experiment.conditions[1].scorers == past)
        try experiment.check(scorers: known)
        #expect(try read("{\"scorers\": [\"all\"]}").scorers == known)
        #expect(try read("{\"scorers\": [\"default\"]}") == read("{}"))
        let error = try #require(throws: InputError.self) { try read("{\"scorers\": [\"past-famly\"]}") }
        #expect(error.message.contains("\"past-famly\". Did you mean “past-family”?"))
        #expect(throws: InputError.self) { try read("{\"scorers\": [\"none\", \"none\"]}").check(scorers: known) }
    }

    @Test(
        "a setting that was changed says something to one of the models",
        arguments: [
            ("\"norm\": \"post\"", "model.norm changes nothing in a model with the bidirectional encoder"),
            ("\"softStart\": 0.1", "model.softStart changes nothing with the use mean"),
            ("\"heads\": 2", "model.heads changes nothing"),
            (
                "\"cell\": \"lstm\", \"encoder\": \"self-attention\", \"decoder\": \"transformer\"",
                "model.cell changes nothing in a model with the self-attention encoder"
            ),
        ])
    func unread(model: String, message: String) throws {
        let text = "{\"scorers\": [\"luong-dot\"], \"model\": {\(model)}}"
        let error = try #require(throws: InputError.self) { try read(text).check(scorers: known) }
        #expect(error.message.hasPrefix(message), Comment(rawValue: error.message))
    }

    @Test("a setting that one of the conditions reads is none that says nothing") func readSomewhere() throws {
        try read(
            """
            {"scorers": ["multi-head-scaled-dot"], "model": {"softStart": 0.1, "heads": 2}, "conditions":
             [{"name": "mean"}, {"name": "sampled", "model": {"use": "sampled"}}]}
            """
        ).check(scorers: known)
    }

    @Test("broken JSON is refused with its line") func line() throws {
        let error = try #require(throws: InputError.self) { try read("{\n  \"seeds\": 3,\n  \"model\": {,}\n}") }
        #expect(error.line == 3, Comment(rawValue: error.description))
    }

    @Test("the built-in experiments can be run, and each trains for a few minutes") func builtIn() throws {
        for one in BuiltInExperiment.all(scorers: Catalog.standard.map { $0.card.name }) {
            guard let experiment = one.experiment else { continue }
            try experiment.check(scorers: known)
            #expect(experiment.estimatedSeconds < 3 * 330, "\(one.name) takes too long: \(experiment.estimatedSeconds)")
            let varies = experiment.conditions.count > 1 || experiment.tasks.count > 1
            // Of a task of its own the scorers are what is varied.
            let isOther = experiment.tasks.allSatisfy { ToyTasks.named($0) == nil }
            #expect(one.name == "default" || one.name == "seeds" || varies || isOther)
            for task in experiment.tasks {
                for condition in experiment.conditionNames {
                    var options = experiment.options(task, in: condition)
                    // The training pairs are the slow part.
                    options.trainPairs = 10
                    #expect(throws: Never.self) { try ToyTasks.named(task)?.dataset(seed: 1, options: options) }
                }
            }
        }
    }
}

@Suite("Scale") struct ScaleStudyTests {
    @Test("scores of random vectors deviate by √D, and by 1 once divided") func deviations() throws {
        let study = try ScaleStudy(widths: [4, 64], source: 16, draws: 100)
        for line in study.lines {
            let expected = line.scorer == "scaled-dot" ? 1 : Double(line.width).squareRoot()
            #expect(abs(line.scoreDeviation / expected - 1) < 0.15, "\(line)")
        }
        #expect(try ScaleStudy(widths: [4, 64], source: 16, draws: 100) == study, "the same seed, the same figures")
        let plain = study.lines.filter { $0.scorer == "luong-dot" },
            scaled = study.lines.filter { $0.scorer == "scaled-dot" }
        #expect(
            plain[1].entropy < plain[0].entropy && plain[1].gradient < plain[0].gradient
                && plain[1].entropy < scaled[1].entropy)
    }

    @Test("the norm of the Jacobian is that of the Jacobian written out") func jacobian() {
        for weights in [[0.2, 0.3, 0.5], [1, 0, 0], [0.5, 0.5], [1]] {
            var sum = 0.0
            for i in weights.indices {
                for j in weights.indices { sum += pow((i == j ? weights[i] : 0) - weights[i] * weights[j], 2) }
            }
            #expect(abs(ScaleStudy.jacobianNorm(weights) - sum.squareRoot()) < 1e-12)
        }
        #expect(ScaleStudy.entropy([0.25, 0.25, 0.25, 0.25]) == 1 && ScaleStudy.entropy([1, 0]) == 0)
    }
}
