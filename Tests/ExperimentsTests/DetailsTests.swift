// What is kept beside the results: exact where links are read, whole or refused, and of the row it is said to be of.

import AttentionScorers
import Corpora
import Evaluation
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Experiments

@Suite("Quantised weights") struct QuantisedWeightsTests {
    @Test("the largest weight keeps its place, ties and rounding or not; no weight moves by more than 1.5 bytes")
    func places() throws {
        var random = RandomSource(seed: 4, purpose: "weights")
        for round in 0..<300 {
            let source = 1 + random.below(round < 290 ? 12 : 900), target = random.below(4)
            // Few different values: many ties, and many that differ by less than a byte.
            let matrix = AttentionMatrix(
                rows: (0..<target).map { _ in
                    let row = (0..<source).map { _ in 1 + Double(random.below(3)) * 0.001 }
                    let sum = row.reduce(0, +)
                    return row.map { $0 / sum }
                }, sourceCount: source)
            let kept = QuantisedWeights(matrix, targetCount: target),
                again = try #require(QuantisedWeights(base64: kept.base64, sourceCount: source, targetCount: target))
            #expect(again == kept)
            #expect(LinkExtraction.argmax.links(again.matrix) == LinkExtraction.argmax.links(matrix))
            for (a, b) in zip(matrix.rows.joined(), again.matrix.rows.joined()) {
                #expect(abs(a - b) <= 1.5 / 255 + 1e-9)
            }
        }
    }

    @Test("a word without weights has none afterwards; what is no number is no trap") func none() {
        let kept = QuantisedWeights(
            AttentionMatrix(rows: [[0, 0], [.nan, 1], [0.25, 0.75]], sourceCount: 2), targetCount: 4)
        #expect(kept.bytes == [0, 0, 0, 0, 64, 191, 0, 0])
        #expect(kept.matrix.argmax(of: 0) == nil && kept.matrix.argmax(of: 2) == 1 && kept.matrix.argmax(of: 3) == nil)
        #expect(
            QuantisedWeights(base64: "AAA=", sourceCount: 1, targetCount: 1) == nil
                && QuantisedWeights(base64: "?", sourceCount: 1, targetCount: 0) == nil)
    }
}

@Suite("Details beside the results") struct DetailsTests {
    @Test("a comparison keeps every row's translations, weights and times, and they are those it measured") func whole()
        throws
    {
        try withFolder { folder in
            let path = folder.appendingPathComponent("results.json").path, details = DetailsFolder(beside: path),
                experiment = tinyExperiment()
            let comparison = try Comparison(experiment, scorers: Catalog.scorers)
            let results = try comparison.run(
                continuing: ResultsFile(experiment: experiment), path: path, details: details, threads: 2,
                isCancelled: { false }, event: { _ in })
            let kept = KeptDetails(results, details)
            #expect(kept.faults.isEmpty && kept.missing == 0 && kept.rows.count == experiment.runs.count)
            for row in kept.rows {
                #expect((row.details.weights == nil) == (row.details.scorer == "none") && row.sentences.count == 12)
                #expect(
                    row.details.speed.map(\.source) == [8, 16, 32, 64]
                        && row.details.speed.allSatisfy { $0.microseconds > 0 })
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: details.path)
            #expect(
                files.count == experiment.runs.count + 2,
                "one file a row and one of sentences a task, and nothing half written")

            // For results that are put together.
            let other = DetailsFolder(beside: folder.appendingPathComponent("other/results.json").path)
            #expect(try other.copy(results.rows.map { ($0, [details]) }).isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).sorted() == files.sorted())
        }
    }

    @Test("conditions have files of their own, and a browser for each set of sentences they were tested on")
    func conditions() throws {
        try withFolder { folder in
            let path = folder.appendingPathComponent("results.json").path, details = DetailsFolder(beside: path)
            let experiment = tinyExperiment {
                ($0.tasks, $0.scorers, $0.seeds, $0.data["reverse"]) = (["copy"], ["bahdanau", "luong-dot"], 1, nil)
                var before = $0.model, few = $0.data["copy"] ?? ToyOptions()
                before.timing = .before
                few.testPairs = 5
                $0.conditions = [
                    Condition("a/b"), Condition("before", model: before), Condition("few", data: ["copy": few]),
                ]
            }
            let comparison = try Comparison(experiment, scorers: Catalog.scorers)
            let results = try comparison.run(
                continuing: ResultsFile(experiment: experiment), path: path, details: details, threads: 2,
                isCancelled: { false }, event: { _ in })
            let kept = KeptDetails(results, details), browser = BrowserData(results, kept)
            #expect(kept.faults.isEmpty && kept.missing == 0 && kept.rows.count == 6)
            #expect(
                browser.sets.map(\.sentences.count) == [12, 5]
                    && browser.sets.map(\.name) == results.experiment.sections.map(\.title))
            #expect(
                browser.sets[0].systems.map(\.name).sorted() == [
                    "bahdanau, a/b", "bahdanau, before", "luong-dot, a/b", "luong-dot, before",
                ])
            #expect(browser.sets[1].systems.map(\.name) == ["bahdanau", "luong-dot"])
            let page = try ReportPage(results, details: details)
            #expect(
                Set(page.charts.map(\.name)).count == page.charts.count
                    && page.charts.allSatisfy { !$0.name.contains("/") })
            #expect(
                page.html.components(separatedBy: "class=\"system\"").count == 1 + 2 * 6,
                "each row of both tables, and a button above its charts, lights its system")
        }
    }

    @Test("a file that is damaged, of another row or of another training is a sentence, and costs only its row")
    func damage() throws {
        try withFolder { folder in
            let made = try SyntheticResults(in: folder, scorers: ["a", "b", "c"], pairs: SyntheticResults.pairs(6))
            let file = made.details.path + "/copy-b-1.json", good = try Data(contentsOf: URL(fileURLWithPath: file))
            let text = String(decoding: good, as: UTF8.self)
            let c = try String(contentsOfFile: made.details.path + "/copy-c-1.json", encoding: .utf8)
            for (content, part) in [
                ("", "not the JSON"), (String(text.prefix(300)), "not the JSON"),
                (text.replacing("\"schema\":1", with: "\"schema\":9"), "schema 9"),
                (
                    text.replacing("\"schema\":1", with: "\"schema\":1,\"schema\":1"),
                    ":1: in it “schema” stands twice in one object"
                ),
                (c, "details of c"), (c.replacing("\"scorer\":\"c\"", with: "\"scorer\":\"b\""), "another training"),
                (text.replacing("\"weights\":[\"", with: "\"weights\":[\"AAAA"), "a byte for each"),
                (text.replacing("\"sentences\":\"", with: "\"sentences\":\"../"), "no file of this folder"),
                (text.replacing("\"sentences\":\"sentences", with: "\"sentences\":\"sentences-x"), "cannot be read"),
            ] {
                try AtomicFile.write(content, to: file)
                let kept = KeptDetails(made.results, made.details)
                #expect(kept.rows.map(\.details.scorer) == ["a", "c"] && kept.faults.count == 1)
                #expect(
                    kept.faults.first?.contains(part) == true && kept.faults.first?.contains("details/") == true,
                    "\(kept.faults) lacks “\(part)”")
                let page = try ReportPage(made.results, details: made.details)
                #expect(page.sentences == 6 && page.notes == kept.faults)
            }
            try FileManager.default.removeItem(atPath: file)
            #expect(KeptDetails(made.results, made.details).missing == 1)
            #expect(
                try ReportPage(made.results, details: made.details).notes == [
                    "1 of 3 systems have no weights beside the results, and are not in the browser."
                ])
        }
    }

    @Test("sentences whose links lead nowhere are refused") func links() throws {
        try withFolder { folder in
            let made = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: SyntheticResults.pairs(2))
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: made.details.path).first {
                    $0.hasPrefix("sentences")
                })
            let path = made.details.path + "/" + name, text = try String(contentsOfFile: path, encoding: .utf8)
            for (from, to) in [
                ("\"sure\":[0,0", "\"sure\":[0,99"), ("\"sure\":[0,0", "\"sure\":[0"),
                ("\"sure\":[0,0", "\"sure\":[-1,0"),
            ] {
                try AtomicFile.write(text.replacing(from, with: to), to: path)
                #expect(KeptDetails(made.results, made.details).faults.first?.contains("sentence 1 has") == true)
            }
        }
    }

    @Test("words that were changed are told by the digest in the name of their file, and a good copy is taken instead")
    func forged() throws {
        try withFolder { folder in
            func make(_ name: String) throws -> SyntheticResults {
                let place = folder.appendingPathComponent(name)
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                return try SyntheticResults(in: place, scorers: ["a", "b"], pairs: SyntheticResults.pairs(3))
            }
            let good = try make("good"), forged = try make("forged")
            let name = try #require(
                try FileManager.default.contentsOfDirectory(atPath: forged.details.path).first {
                    $0.hasPrefix("sentences")
                })
            let path = forged.details.path + "/" + name
            try AtomicFile.write(
                String(contentsOfFile: path, encoding: .utf8).replacing("\"source\":[\"", with: "\"source\":[\"un"),
                to: path)
            #expect(
                KeptDetails(forged.results, forged.details).faults.first?.contains(
                    "the name of the file holds a digest of its content") == true)

            for (index, folders) in [
                [forged.details, good.details], [good.details, forged.details], [forged.details],
            ].enumerated() {
                let whole = DetailsFolder(beside: folder.appendingPathComponent("whole\(index)/results.json").path)
                let faults = try whole.copy(forged.results.rows.map { ($0, folders) })
                #expect(faults.count == (folders[0].path == forged.details.path ? 1 : 0))
                #expect(KeptDetails(good.results, whole).rows.count == (folders.count == 1 ? 0 : 2))
            }
            // A training that goes on does not take a forged file for its own.
            let row = forged.results.rows[0]
            _ = try forged.details.write(
                row.run, SyntheticResults.pairs(3),
                Answers(outputs: SyntheticResults.pairs(3).map(\.target), weights: [], tokens: 0, seconds: 0), speed: []
            )
            #expect(try TextFile.read(path) == TextFile.read(good.details.path + "/" + name))
        }
    }

    @Test("a translation or a weight that was changed is told by the digest in the row, however it counts")
    func changedDetails() throws {
        try withFolder { folder in
            let made = try SyntheticResults(in: folder, scorers: ["a", "b"], pairs: SyntheticResults.pairs(80)),
                run = made.results.rows[1].run
            var details = try #require(try made.details.details(of: run))
            let wrong = try #require(details.translations.firstIndex { $0 != nil }, "no translation is wrong")
            // As many words in the same places right: every count stays as it was.
            details.translations[wrong]?[0] += "x"
            try AtomicFile.write(
                ResultsFile.encoder.encode(details), to: made.details.path + "/" + DetailsFolder.fileName(run))
            #expect(KeptDetails(made.results, made.details).faults.first?.contains("of another training") == true)
        }
    }

    @Test("a scorer may be called anything: its file stays in the folder") func names() {
        #expect(DetailsFolder.fileName("../é b") == "%2E%2E%2F%C3%A9%20b")
        let long = [String(repeating: "λ", count: 60), String(repeating: "λ", count: 61)].map {
            DetailsFolder.fileName($0)
        }
        #expect(long[0] != long[1] && long.allSatisfy { $0.utf8.count < 80 && $0.hasPrefix("%CE%BB") })
        #expect(
            DetailsFolder(beside: "results.json").path == "./details"
                && DetailsFolder(beside: "a/results.json").path == "a/details")
    }
}
