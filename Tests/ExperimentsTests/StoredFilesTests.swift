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

    @Test("old details belong to their rows") func details() throws {
        let path = Self.folder.appendingPathComponent("results/results.json").path
        let kept = try KeptDetails(Self.results(), DetailsFolder(beside: path))
        #expect(kept.faults.isEmpty && kept.missing == 0 && kept.rows.count == 4)
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
