// Metrics: each is declared once and whole, and stars, letters, power, CSV, JSON and tables have the same ones.

import Evaluation
import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite("Metrics") struct MetricTests {
    @Test("each has an id of its own, a title, and a sentence that says what it is", arguments: Metric.all)
    func declared(metric: Metric) throws {
        let names = Metric.all.flatMap { [$0.id] + $0.aliases }
        #expect(
            names.count { $0 == metric.id } == 1
                && metric.aliases.allSatisfy { alias in names.count { $0 == alias } == 1 })
        #expect(Metric.all.count { $0.title == metric.title } == 1)
        #expect(metric.note.text.split(separator: " ").count >= 4 && !metric.note.text.hasSuffix("."))
        #expect(metric.id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
        #expect(
            metric.note.joins.map { other in Metric.named(other)?.note.joins == nil && Metric.named(other) != nil }
                ?? true)
        #expect(
            metric.test.map { $0.higherIsBetter == (metric.direction == .higher) && metric.direction != .neither }
                ?? true)
    }

    @Test("every metric that the file declares is in the list") func listed() throws {
        let text = try SourceFile.text("Experiments/Comparisons/Metrics.swift")
        #expect(text.matches(of: /public static let [A-Za-z]+ = Metric\(/).count == Metric.all.count)
    }

    @Test("the names that files and flags have had, in their order") func names() {
        #expect(
            Metric.all.map(\.id) == [
                "bleu", "chrf2", "test_accuracy", "long_accuracy", "token_accuracy", "aer", "content_aer",
                "long_aer", "soft_aer", "best_head_aer", "pointing", "gold_mass", "entropy",
                "training_tokens_per_second", "scoring_microseconds",
            ])
        #expect(Metric.tested.map(\.id) == ["bleu", "test_accuracy", "long_accuracy", "aer", "content_aer"])
        #expect(
            Metric.named("content-aer") == .contentAER && Metric.named("test") == .testAccuracy
                && Metric.named("tests") == nil)
        #expect(Metric.earlierNames["long_sentence_accuracy"] == "long_accuracy" && Metric.earlierNames["bleu"] == nil)
    }

    @Test("stars, letters, power, CSV, JSON and tables have the same metrics, and every column a sentence") func same()
        throws
    {
        let results = try run(tinyExperiment { $0.tasks = ["copy"] }, path: Place().path),
            summary = try Summary(results)
        let groups = try ColumnGroups.all(results, summary.lines), tested = Metric.tested.map(\.id)
        #expect(groups.map(\.column.id) == tested)
        #expect(summary.lines.flatMap(\.leads).allSatisfy { tested.contains($0.id) })
        #expect(ColumnPower.all(summary.lines).allSatisfy { tested.contains($0.column.id) })

        let head = try #require(ComparisonTable.csv(summary, groups: groups).split(separator: "\n").first).split(
            separator: ","
        ).map(String.init)
        let fixed = ["task", "scorer", "seeds", "parameters", "best_shift", "leads"]
        #expect(
            head == fixed + Metric.all.flatMap { [$0.id, $0.id + "_lower", $0.id + "_upper"] }
                + tested.map { $0 + "_group" })
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(summary.lines[0])) as? [String: Any]
        #expect(
            Set(try #require(object).keys)
                == Set(
                    ["task", "scorer", "seeds", "parameters", "bestShift", "bestShiftAER", "leads"]
                        + Metric.all.map(\.id)))

        let table = try #require(ComparisonTable.all(results).first)
        let shown = Metric.all.filter { $0.place != .files }
        #expect(
            table.table.columns.map(\.name).filter { name in Metric.all.contains { $0.title == name } }
                == shown.map(\.title))
        // What names the row needs no sentence.
        for column in table.table.columns.map(\.name) where !["scorer", "condition"].contains(column) {
            let name = Metric.all.first { $0.title == column }?.note.name ?? column
            #expect(
                table.notes.contains { " \($0)".contains(" \(name): ") || $0.hasPrefix("\(name), ") },
                "no sentence about \(column)")
        }
    }

    @Test(
        "one that is tested has stars where a scorer is clearly better, and letters that keep it apart",
        arguments: Metric.tested)
    func tests(metric: Metric) throws {
        try withFolder { folder in
            var results = try SyntheticResults(
                in: folder, scorers: ["good", "bad"], pairs: SyntheticResults.pairs(60), seeds: 3,
                right: [1, 0.2]
            ).results
            for index in results.rows.indices {
                let isBad = results.rows[index].scorer == "bad"
                results.rows[index].long.translation = results.rows[index].test.translation
                results.rows[index].test.alignment = try Self.whole(
                    #require(results.rows[index].test.alignment), isBad: isBad)
            }
            let summary = try Summary(results),
                group = try #require(try ColumnGroups.all(results, summary.lines, columns: [metric]).first)
            #expect(summary.lines.filter { $0.leads.contains(metric) }.map(\.scorer) == ["good"])
            #expect(
                group.lettered.map(\.letters) == ["a", "b"] && group.lettered.map(\.system.scorer) == ["good", "bad"])
        }
    }

    /// As if every word were one of content, and a bad aligner missed every link.
    private static func whole(_ report: AlignmentReport, isBad: Bool) -> AlignmentReport {
        var report = report
        if isBad {
            for index in report.perSentence.indices {
                (report.perSentence[index].predictedSure, report.perSentence[index].predictedPossible) = (0, 0)
            }
        }
        report.perSentenceContent = report.perSentence
        return report
    }

    @Test("a figure that there is not is refused by name") func unknown() throws {
        #expect(try JSONDecoder().decode([Metric].self, from: Data(#"["aer", "test"]"#.utf8)) == [.aer, .testAccuracy])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Metric].self, from: Data(#"["are"]"#.utf8)) }
        #expect(String(decoding: try JSONEncoder().encode([Metric.contentAER]), as: UTF8.self) == #"["content_aer"]"#)
    }
}
