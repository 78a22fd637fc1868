// One comparison in every format: the same figures, with letters and with pairs.

import Foundation
import TestSupport
import Testing

@Suite("attention compare, formats") struct CompareFormatsTests {
    private let small = [
        "compare", "--tasks", "copy", "--scorers", "luong-dot,location,none", "--seeds", "2", "--steps", "40",
        "--output", "a", "--quiet",
        "--train-pairs", "200", "--test-pairs", "30", "--hidden", "8", "--embedding", "8", "--attention", "8",
    ]

    /// What `--format json` prints, as far as it is compared here. (JSONSerialization would read the last digit
    /// otherwise than it was written.)
    private struct Result: Decodable {
        struct Mean: Decodable { let mean: Double? }
        struct Line: Decodable { let scorer: String, bleu: Mean, test_accuracy: Mean, aer: Mean }
        struct Effect: Decodable { let g: Double }
        struct Pair: Decodable {
            let a: String, difference: Double, p_seeds: Double?, p_seeds_holm: Double?,
                hedges_g: Effect?, different: Bool
        }
        struct Pairs: Decodable { let pairs: [Pair] }
        struct Letters: Decodable { let scorer: String, letters: String }
        struct Groups: Decodable { let column: String, letters: [Letters] }
        struct Baseline: Decodable { let name: String, aer: Double?, content_aer: Double?, long_aer: Double? }
        let lines: [Line], baselines: [Baseline], pairs: [Pairs], groups: [Groups]
    }

    /// The numbers of each scorer's row, whatever stands between them.
    private func numbers(_ text: String, _ separator: String) -> [String: [String]] {
        let clean = text.replacing("\\ensuremath{\\pm}", with: "±").replacing("\\ensuremath{-}", with: "−").replacing(
            "\\phantom{*}", with: ""
        ).replacing("\\\\", with: "")
        return clean.split(separator: "\n").reduce(into: [:]) { rows, line in
            let cells =
                separator.isEmpty
                ? line.split(separator: " ").map(String.init)
                : line.components(separatedBy: separator).map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = cells.first(where: { !$0.isEmpty }), ["luong-dot", "location", "none"].contains(name)
            else { return }
            rows[name, default: []] += line.matches(of: /[−]?[0-9]+(\.[0-9]+)?/).map { String($0.output.0) }
        }
    }

    @Test("terminal, Markdown and LaTeX show the same digits; they are the rounded ones of CSV and JSON") func same()
        throws
    {
        try withFolder { folder in
            func run(_ format: String, _ more: [String] = []) throws -> String {
                let isFirst = !FileManager.default.fileExists(atPath: folder.path + "/a/results.json")
                let result = try Command.run(
                    (isFirst ? small : ["compare", "--output", "a", "--resume", "--quiet"]) + ["--format", format]
                        + more, in: folder)
                #expect(result.status == 0, Comment(rawValue: result.errors))
                return result.output
            }
            let terminal = numbers(try run("terminal", ["--groups"]), ""),
                markdown = numbers(try run("markdown", ["--groups"]), "|"),
                latex = numbers(try run("latex", ["--groups"]), "&")
            #expect(terminal.count == 3 && terminal == markdown && terminal == latex)
            let report = try Command.run(["report", "a"], in: folder)
            #expect(report.status == 0, Comment(rawValue: report.errors))
            let html = try String(contentsOf: folder.appendingPathComponent("a/report.html"), encoding: .utf8)
            // The first table alone; a row is a line.
            let table = try #require(html.components(separatedBy: "</table>").first)
            let page = numbers(table.replacing(#/<\/t[dh]>/#, with: "|").replacing(#/<[^>]*>/#, with: ""), "|")
            #expect(page == markdown)

            let csv = try run("csv", ["--groups"]).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let object = try JSONDecoder().decode(
                Result.self, from: Data(run("json", ["--groups", "--pairs", "bleu"]).utf8))
            for row in csv[1...3] {
                let line = try #require(object.lines.first { $0.scorer == row[1] }),
                    shown = try #require(terminal[row[1]])
                for (column, mean, scale, digits) in [
                    ("bleu", line.bleu.mean, 1.0, 1),
                    ("test_accuracy", line.test_accuracy.mean, 100, 1), ("aer", line.aer.mean, 1, 3),
                ] {
                    let place = try #require(csv[0].firstIndex(of: column))
                    #expect(Double(row[place]) == mean)
                    #expect(
                        mean.map { shown.contains(String(format: "%.\(digits)f", $0 * scale)) } ?? true,
                        "\(row[1]) \(column) \(mean ?? .nan): \(shown)")
                    // The page sorts by the unrounded figure, which its cell has where it shows another.
                    let line = table.split(separator: "\n").first { $0.contains("</svg>\(row[1])<") }
                    #expect(
                        mean.map {
                            line?.contains("data-value=\"\($0 * scale)\"") == true || shown.contains("\($0 * scale)")
                        } ?? true, "\(line ?? "")")
                }
                let letters = object.groups.first { $0.column == "bleu" }?.letters.first { $0.scorer == row[1] }?
                    .letters
                #expect(csv[0].firstIndex(of: "bleu_group").map { row[$0] } == letters)
            }
            #expect(
                csv[0].suffix(5).allSatisfy { $0.hasSuffix("_group") }
                    && csv[1...3].allSatisfy { !$0[csv[0].count - 5].isEmpty })
            // What aligns without attention: the same figures under the same names, and none that it cannot have.
            #expect(csv.count == 7 && object.baselines.map { "(\($0.name))" } == csv[4...].map { $0[1] })
            for (row, baseline) in zip(csv[4...], object.baselines) {
                for (column, value) in [
                    ("aer", baseline.aer), ("content_aer", baseline.content_aer),
                    ("long_aer", baseline.long_aer),
                ] {
                    let place = try #require(csv[0].firstIndex(of: column))
                    #expect(Double(row[place]) == value && row[place + 1].isEmpty, "\(baseline.name) \(column)")
                }
                for column in [
                    "seeds", "parameters", "bleu",
                    "scoring_microseconds",
                ] { #expect(csv[0].firstIndex(of: column).map { row[$0] } == "") }
            }
            #expect(csv[4][try #require(csv[0].firstIndex(of: "aer"))] != "")

            // Pairs: a figure a pair, the same in CSV and JSON.
            let pairs = try #require(object.pairs.first?.pairs)
            let rows = try run("csv", ["--pairs", "bleu"]).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            #expect(pairs.count == 3 && rows.count == 4)
            for (pair, row) in zip(pairs, rows.dropFirst()) {
                #expect(pair.a == row[2] && pair.difference == Double(row[6]) && pair.p_seeds == Double(row[12]))
                #expect(
                    pair.hedges_g?.g == Double(row[14]) && pair.p_seeds_holm == Double(row[13])
                        && "\(pair.different)" == row[17])
            }
        }
    }

    @Test("a second table is in every format; a CSV file has one") func second() throws {
        try withFolder { folder in
            func run(_ more: [String]) throws -> CommandResult {
                let isFirst = !FileManager.default.fileExists(atPath: folder.path + "/a/results.json")
                return try Command.run(
                    (isFirst ? small : ["compare", "--output", "a", "--resume", "--quiet"]) + more, in: folder)
            }
            struct Figures: Decodable {
                struct One: Decodable {
                    let task: String, scorer: String, row: String, count: Int, measure: String, value: Double?
                }
                let by: [One]
            }
            for (key, row) in [
                ("phenomenon", "copy"), ("words", "copy"), ("length", "6-10"), ("bleu", "6-10"),
                ("seeds", "test_accuracy"),
            ] {
                let json = try JSONDecoder().decode(
                    Figures.self, from: Data(run(["--by", key, "--format", "json"]).output.utf8)
                ).by
                let csv = try run(["--by", key, "--format", "csv"]).output.split(separator: "\n").map(String.init)
                #expect(csv[0] == "task,scorer,row,count,measure,value" && csv.count == json.count + 1)
                #expect(
                    json.contains { $0.row == row && $0.scorer == "luong-dot" && $0.task == "copy" && $0.count > 0 })
                for (one, line) in zip(json, csv.dropFirst()) {
                    #expect(
                        line
                            == "\(one.task),\(one.scorer),\(one.row),\(one.count),\(one.measure),\(one.value.map { "\($0)" } ?? "")"
                    )
                }
            }
            let both = try run(["--by", "words", "--pairs", "test", "--format", "csv"])
            #expect(both.status == 2 && both.errors.contains("a CSV file has one"))
            // Whatever a line of a Markdown list begins with, it stays text.
            let markdown = try run(["--format", "markdown"]).output
            #expect(
                markdown.contains("\n- \\* the best of its column")
                    && markdown.contains("nothing in it can be told from the best"))
        }
    }

    private struct Conditions: Decodable {
        struct Pair: Decodable {
            let a: String, condition_a: String?, b: String, condition_b: String?, difference: Double
        }
        struct Pairs: Decodable { let pairs: [Pair] }
        struct Letters: Decodable { let scorer: String, condition: String?, letters: String }
        struct Groups: Decodable { let column: String, letters: [Letters] }
        struct Power: Decodable { let conditions: [String]? }
        let pairs: [Pairs], groups: [Groups], power: [Power]
    }

    @Test("a study with conditions: tables name scorer and condition, programs read them apart") func conditions()
        throws
    {
        try withFolder { folder in
            let start =
                ["compare", "--experiment", "timing", "--scorers", "luong-dot", "--tasks", "copy"] + small.dropFirst(5)
            func run(_ format: String, _ more: [String]) throws -> String {
                let isFirst = !FileManager.default.fileExists(atPath: folder.path + "/a/results.json")
                let result = try Command.run(
                    (isFirst ? start : ["compare", "--output", "a", "--resume", "--quiet"]) + ["--format", format]
                        + more, in: folder)
                #expect(result.status == 0, Comment(rawValue: result.errors))
                return result.output
            }
            let names = ["luong-dot, after", "luong-dot, before"]
            for format in ["terminal", "markdown", "latex"] {
                let text = try run(format, ["--groups", "--pairs", "bleu"])
                #expect(
                    names.allSatisfy(text.contains) && text.contains("rows of a column that share a letter"),
                    Comment(rawValue: text))
            }
            let rows = try run("csv", ["--pairs", "bleu"]).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let object = try JSONDecoder().decode(
                Conditions.self, from: Data(run("json", ["--groups", "--pairs", "bleu"]).utf8))
            let pair = try #require(object.pairs.first?.pairs.first), row = try #require(rows.dropFirst().first)
            #expect(object.pairs.count == 1 && object.pairs[0].pairs.count == 1 && rows.count == 2)
            #expect(
                [pair.a, pair.condition_a, pair.b, pair.condition_b] == row[2..<6].map { $0 }
                    && pair.difference == Double(row[8]))
            #expect(
                Set([pair.condition_a, pair.condition_b]) == ["after", "before"] && pair.a == "luong-dot"
                    && pair.b == "luong-dot")
            #expect(
                object.groups.allSatisfy {
                    Set($0.letters.map(\.condition)) == ["after", "before"]
                        && $0.letters.allSatisfy { !$0.letters.isEmpty }
                })
            #expect(object.power.allSatisfy { $0.conditions == ["after", "before"] })
            // The letters of the CSV are in the lines of their condition.
            let table = try run("csv", ["--groups"]).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            .filter { !$0[1].hasPrefix("(") }
            let place = try #require(table[0].firstIndex(of: "bleu_group")),
                letters = try #require(object.groups.first { $0.column == "bleu" }).letters
            #expect(
                table.count == 3
                    && table.dropFirst().allSatisfy { row in
                        letters.contains { $0.condition == row[2] && $0.letters == row[place] }
                    })
        }
    }

    /// The names of all keys in a JSON, at any depth.
    private func keys(_ object: Any) -> Set<String> {
        if let members = object as? [String: Any] {
            return members.values.map(keys).reduce(into: Set(members.keys)) { $0.formUnion($1) }
        }
        return (object as? [Any] ?? []).map(keys).reduce(into: []) { $0.formUnion($1) }
    }

    @Test("a column has one name: in the flag, in CSV and in JSON; its earlier names are still taken") func names()
        throws
    {
        try withFolder { folder in
            func run(_ more: [String]) throws -> CommandResult {
                let isFirst = !FileManager.default.fileExists(atPath: folder.path + "/a/results.json")
                return try Command.run(
                    (isFirst ? small : ["compare", "--output", "a", "--resume", "--quiet"]) + more,
                    in: folder)
            }
            let csv =
                try run([
                    "--format",
                    "csv",
                ]).output.split(separator: "\n").first.map { $0.split(separator: ",").map(String.init) } ?? []
            let columns = ["bleu", "test_accuracy", "long_accuracy", "aer", "content_aer"]
            let json = try run(["--format", "json", "--groups", "--pairs", columns.joined(separator: ",")])
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]),
                names = keys(object)
            let shares = ["task", "scorer", "seeds", "parameters", "best_shift", "leads"]
            // Ends of intervals are "lower" and "upper" in JSON, within their figure.
            #expect(
                csv.filter { !$0.hasSuffix("_lower") && !$0.hasSuffix("_upper") }.allSatisfy(names.contains),
                "\(csv)")
            #expect(Set(shares + columns + ["chrf2", "token_accuracy"]).isSubset(of: csv))
            #expect((object["pairs"] as? [[String: Any]])?.compactMap { $0["column"] as? String } == columns)
            #expect((object["groups"] as? [[String: Any]])?.compactMap { $0["column"] as? String } == columns)
            let pairs = try run(["--format", "csv", "--pairs", "test_accuracy"])
            let head = pairs.output.split(separator: "\n").first.map { $0.split(separator: ",").map(String.init) } ?? []
            #expect(head.filter { !$0.hasPrefix("hedges_g_") }.allSatisfy(names.contains), "\(head)")
            for earlier in ["test", "test_sentence_accuracy", "test-accuracy"] {
                #expect(try run(["--format", "csv", "--pairs", earlier]).output == pairs.output)
            }
            #expect(try run(["--pairs", "test,test_accuracy"]).errors.contains("names test_accuracy twice"))
            #expect(try run(["--pairs", "content_ear"]).errors.contains("content_aer"))
        }
    }

    @Test("LaTeX: every test of two scorers stands on one line") func latex() throws {
        try withFolder { folder in
            let text = try Command.run(small + ["--format", "latex", "--pairs", "bleu"], in: folder).output
            let part = try #require(text.components(separatedBy: "all pairs}").dropFirst().first)
            let rows = part.split(separator: "\n").filter { $0.hasSuffix("\\\\") }.map {
                $0.components(separatedBy: " & ")
            }
            // The head and three pairs, each with its names, tests and effect.
            #expect(rows.count == 4 && rows.allSatisfy { $0.count == 10 }, "\(part)")
            #expect(
                part.contains("\\makebox[\\linewidth][c]")
                    && part.components(separatedBy: "\\begin{tabular}").count == 2)
        }
    }

    @Test("misuse of --pairs and --sentence-test is a sentence") func misuse() throws {
        try withFolder { folder in
            for (arguments, part) in [
                (["--pairs", "blue"], "bleu"), (["--sentence-test", "randomisation"], "--pairs"),
                (["--test", "randomisation"], "--pairs"),
                (["--groups", "--sentence-test", "t"], "bootstrap"), (["--groups", "--test", "t"], "--train"),
            ] {
                let result = try Command.run(["compare"] + arguments, in: folder)
                #expect(result.status == 2 && result.errors.contains(part), Comment(rawValue: result.errors))
            }
        }
    }
}
