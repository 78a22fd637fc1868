// Files of version 0.1 are read, and say what they said then (Stored-0.1/README.md).

import AttentionScorers
import Corpora
import Foundation
import Seq2Seq
import Testing

@testable import Experiments

@Suite("Files of version 0.1") struct StoredFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
        "Stored-0.1")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    private static func results() throws -> ResultsFile {
        try ResultsFile.read(folder.appendingPathComponent("results/results.json").path)
    }

    /// Each line by the names of its columns.
    private static func lines(_ csv: String) -> [[String: String]] {
        let all = csv.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return all.dropFirst().map { Dictionary(zip(all[0], $0)) { first, _ in first } }
    }

    @Test("a table of old results has the figures that it had, to the last digit") func table() throws {
        let old = try Self.lines(Self.text("table.csv"))
        let new = try Self.lines(ComparisonTable.csv(Summary(Self.results()), groups: []))
        // Columns were renamed since; the lines of the baselines are new; and where every seed has the same figure at
        // the end of a scale there is no interval any more.
        let names = [
            "test_sentence_accuracy": "test_accuracy", "long_sentence_accuracy": "long_accuracy",
            "test_token_accuracy": "token_accuracy",
        ]
        #expect(old.count == 2 && new.count == 5)
        for (before, after) in zip(old, new) {
            for (column, figure) in before {
                let name = names.reduce(column) { $0.hasPrefix($1.key) ? $1.value + $0.dropFirst($1.key.count) : $0 }
                let now = try #require(after[name], "the column \(column) is gone")
                if now.isEmpty, name.hasSuffix("_lower") || name.hasSuffix("_upper") { continue }
                #expect(now == figure, "\(before["scorer"] ?? "?"), \(name)")
            }
        }
    }

    @Test("old results can be gone on with: nothing is missing, and the scorers are those of then") func goOn() throws {
        let results = try Self.results()
        #expect(results.missing.isEmpty && results.rows.count == 4 && results.changed(Catalog.scorers).isEmpty)
        try results.checkScorers(Catalog.scorers, file: "results.json")
    }

    @Test("without any setting, each has its default") func settings() throws {
        let keys = Set(
            ModelSettings.settings(.standard).map(\.key) + TrainingSettings.settings(.standard).map(\.key) + ["seed"]
                + ToyOptions.settings.map(\.key))
        var whole = try JSONValue(encoding: Self.results())
        var experiment = try #require(whole["experiment"])
        for key in ["model", "training"] { experiment[key] = experiment[key]?.without(keys) }
        whole["experiment"] = experiment.without(Set(Experiment.settings.map(\.key)))
        guard case .list(let rows)? = whole["rows"] else { return }
        whole["rows"] = .list(
            rows.map { row in
                var row = row
                for key in ["model", "training", "data"] { row[key] = row[key]?.without(keys) }
                return row
            })
        let read = try whole.decoded(as: ResultsFile.self)
        #expect(read.experiment.model == ModelSettings(scorer: "") && read.experiment.training == TrainingSettings())
        #expect(read.rows.count == 4 && read.rows.allSatisfy { $0.data == ToyOptions() })
        #expect(
            read.rows.allSatisfy { $0.training == TrainingSettings() && $0.model == ModelSettings(scorer: $0.scorer) })
        #expect(read.experiment.seeds == Experiment(tasks: [], scorers: []).seeds && read.experiment.dataSeed == 1)
    }

    @Test("old details belong to their rows") func details() throws {
        let path = Self.folder.appendingPathComponent("results/results.json").path
        let kept = try KeptDetails(Self.results(), DetailsFolder(beside: path))
        #expect(kept.faults.isEmpty && kept.missing == 0 && kept.rows.count == 4)
    }

    // MARK: results of schema 1

    private static let path = folder.appendingPathComponent("results/results.json").path

    private static func tree(_ path: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// The same with names in camel case, `hypothesisLength` for `hypothesis_length`; phenomena have no underscore.
    private static func camel(_ value: JSONValue) -> JSONValue {
        func camel(_ key: String) -> String {
            let words = key.split(separator: "_").map(String.init)
            return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
        return switch value {
        case .object(let members):
            .object(Dictionary(uniqueKeysWithValues: members.map { (camel($0), Self.camel($1)) }))
        case .list(let items): .list(items.map(Self.camel))
        default: value
        }
    }

    /// What was measured of each row, and of each baseline: all of it counts.
    private static func measured(_ tree: JSONValue) -> [JSONValue?] {
        func list(_ value: JSONValue?) -> [JSONValue] { if case .list(let items) = value { items } else { [] } }
        return (list(tree["rows"]) + list(tree["baselines"])).flatMap { [$0["test"], $0["long"]] }
    }

    @Test("old results written again are of the new schema, with the figures that they had, to the last bit")
    func rewritten() throws {
        let place = Place()
        try Self.results().write(to: place.path)
        let old = try Self.tree(Self.path), new = try Self.tree(place.path)
        #expect(old["schema"] == .integer(1) && new["schema"] == .integer(ResultsFile.currentSchema))
        #expect(Self.measured(new) == Self.measured(Self.camel(old)) && Self.measured(new).count == 14)
        #expect(try !String(contentsOfFile: place.path, encoding: .utf8).contains("_"), "one style of keys")
        #expect(try ResultsFile.read(place.path) == Self.results())
    }

    @Test("old results are gone on with: what is added is of the new schema, and nothing of the old is lost")
    func goneOnWith() throws {
        let old = try Self.results(), place = Place()
        var wanted = old.experiment
        wanted.seeds = 3
        var writer = try ResultsWriter(old.extended(to: wanted)), added = old.rows[0]
        added.seed = 3
        try writer.add(added, json: ResultsWriter.json(of: added))
        try writer.write(to: place.path)
        let results = try ResultsFile.read(place.path)
        #expect(try Self.tree(place.path)["schema"] == .integer(ResultsFile.currentSchema))
        #expect(results.rows.filter { $0.seed < 3 } == old.rows && results.rows.contains(added))
        #expect(results.baselines == old.baselines)
    }

    @Test("results of two schemas are merged") func merged() throws {
        let old = try Self.results(), place = Place()
        var half = old
        half.rows.removeFirst(2)
        try half.write(to: place.path)
        let merge = try ResultsMerge([("new", ResultsFile.read(place.path)), ("old", old)])
        #expect(merge.results == old && merge.duplicates == 2)
    }

    @Test(
        "keys of one schema are no keys of another",
        arguments: [
            (#""predicted_sure":"#, #""predictedSure":"#, 1), (#""predictedSure":"#, #""predicted_sure":"#, 2),
        ])
    func otherKeys(key: String, other: String, schema: Int) throws {
        let file = Place(), stored = schema == 1 ? Self.path : Self.second
        var text = try String(contentsOfFile: stored, encoding: .utf8)
        text.replaceSubrange(try #require(text.range(of: key)), with: other)
        try text.write(toFile: file.path, atomically: true, encoding: .utf8)
        let error = try #require(throws: InputError.self) { try ResultsFile.read(file.path) }
        let place = "it cannot be read at baselines[0].long.all.links." + key.dropFirst().dropLast(2)
        #expect(error.message.hasPrefix("this results file is damaged: " + place))
    }

    @Test("a count that cannot be is refused in old results as in new ones") func impossible() throws {
        let place = Place()
        let text = try String(contentsOfFile: Self.path, encoding: .utf8)
            .replacing(#""predicted_sure":"#, with: #""predicted_sure":9"#, maxReplacements: 1)
        try text.write(toFile: place.path, atomically: true, encoding: .utf8)
        let error = try #require(throws: InputError.self) { try ResultsFile.read(place.path) }
        #expect(
            error.message.hasPrefix(
                "this results file is damaged: it cannot be read at baselines[0].long.all.links: "
                    + "“predictedSure” is 91933, more than “sure”, of which it is a part, with 3030"))
    }

    // MARK: results of schema 2

    private static let second = folder.deletingLastPathComponent()
        .appendingPathComponent("Stored-schema-2/results.json").path

    /// Whoever changes counts raises the schema, says since when a new field is there, and stores a file of the new
    /// schema.
    @Test("the counts of schema 2 are read, and written as they were, key for key") func schema2() throws {
        let place = Place(), results = try ResultsFile.read(Self.second)
        try results.write(to: place.path)
        let old = try Self.tree(Self.second), new = try Self.tree(place.path)
        #expect(old["schema"] == .integer(2) && Self.measured(old).count == 8)
        if ResultsFile.currentSchema == 2 { #expect(Self.measured(new) == Self.measured(old)) }
    }

    private struct Translation: Decodable {
        let source: [String], target: [String], weights: [[Double]]
        let logProbability: Double
    }

    @Test("an old checkpoint translates as it did") func checkpoint() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let expected = try decoder.decode([Translation].self, from: Data(Self.text("translations.json").utf8))
        let path = Self.folder.appendingPathComponent("model.checkpoint").path
        let translator = try Checkpoint.load(path, scorers: Catalog.scorers).translator
        #expect(expected.count == 2)
        for (before, after) in try zip(expected, translator.translate(expected.map(\.source))) {
            #expect(translator.words(of: after, source: before.source) == before.target)
            // Another processor rounds otherwise; sums of some ten log-probabilities of the size of 1.
            #expect(abs(after.logProbability - before.logProbability) < 1e-4)
        }
    }
}

extension JSONValue {
    fileprivate func without(_ keys: Set<String>) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !keys.contains($0.key) })
    }
}
