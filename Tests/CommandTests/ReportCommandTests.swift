// The page as a whole command: from a comparison to a file, and refusals that say what to do.

import Foundation
import TestSupport
import Testing

private let small = [
    "compare", "--tasks", "copy", "--scorers", "luong-dot,location,none", "--seeds", "2", "--steps", "40", "--quiet",
    "--train-pairs", "200", "--test-pairs", "30", "--hidden", "8", "--embedding", "8", "--attention", "8", "--output",
    "a",
]

@Suite("attention report") struct ReportCommandTests {
    @Test("a page beside the results, charts in a folder, the same figures as the table") func whole() throws {
        try withFolder { folder in
            let table = try Command.run(small + ["--format", "csv"], in: folder)
            #expect(table.status == 0, Comment(rawValue: table.errors))
            let result = try Command.run(["report", "a", "--charts", "charts"], in: folder)
            #expect(result.status == 0 && result.errors == "", Comment(rawValue: result.errors))
            let files = result.output.split(separator: "\n").map(String.init)
            #expect(
                files.first == "a/report.html" && files.count > 8
                    && files.dropFirst().allSatisfy { $0.hasPrefix("charts/copy-") && $0.hasSuffix(".svg") })
            for file in files {
                #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path))
            }
            let page = try String(contentsOf: folder.appendingPathComponent("a/report.html"), encoding: .utf8)
            #expect(page.contains("at most 40 steps") && page.contains("id=\"browser-data\""))
            // The unrounded figures of the CSV stand in the page's data.
            let rows = table.output.split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let column = try #require(rows[0].firstIndex(of: "bleu"))
            for row in rows.dropFirst() {
                #expect(page.contains("\"mean\" : \(row[column])"), "\(row[1]): \(row[column])")
            }

            #expect(
                try Command.run(["report", "a", "--sentences", "0", "--output", "none.html"], in: folder).status == 0)
            #expect(
                try String(contentsOf: folder.appendingPathComponent("none.html"), encoding: .utf8).contains(
                    "no sentences were asked for"))

            // Without the details, and as JSON.
            try FileManager.default.removeItem(at: folder.appendingPathComponent("a/details"))
            let without = try Command.run(
                ["report", "a/results.json", "--output", "b.html", "--format", "json"], in: folder)
            #expect(without.status == 0 && without.errors.contains("no weights were kept"))
            let json = try #require(try JSONSerialization.jsonObject(with: Data(without.output.utf8)) as? [String: Any])
            #expect(json["page"] as? String == "b.html" && json["sentences"] as? Int == 0)
            #expect(json["bytes"] as? Int == (try Data(contentsOf: folder.appendingPathComponent("b.html")).count))
        }
    }

    @Test(
        "a damaged file is told with --quiet too, since its alignments are left out; what is merely worth knowing is not"
    ) func quiet() throws {
        try withFolder { folder in
            #expect(
                try Command.run(
                    [
                        "compare", "--output", "r", "--tasks", "copy", "--scorers", "luong-dot,none", "--seeds", "1",
                        "--train-pairs", "60",
                        "--test-pairs", "6", "--steps", "2", "--hidden", "4", "--embedding", "4", "--attention", "4",
                        "--threads", "1",
                        "--quiet",
                    ], in: folder
                ).status == 0)
            let quiet = ["report", "r", "--quiet"]
            #expect(try Command.run(quiet + ["--sentences", "2"], in: folder).errors == "")
            let file = folder.appendingPathComponent("r/details/copy-luong-dot-1.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("\"schema\":1", with: "\"schema\":1,\"schema\":1").utf8).write(to: file)
            let result = try Command.run(quiet, in: folder)
            #expect(
                result.status == 0
                    && result.errors.contains("copy-luong-dot-1.json:1: in it “schema” stands twice in one object"),
                Comment(rawValue: result.errors))
        }
    }

    @Test("what cannot be used is a sentence and exit code 2, and no page is left behind") func refusals() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("empty"), withIntermediateDirectories: true)
            try Data("{\"schema\":1".utf8).write(to: folder.appendingPathComponent("bad.json"))
            for (arguments, status, part) in [
                ([String](), 2, "needs a folder"), (["a", "b"], 2, "one folder, but 2 were given"),
                (["empty"], 2, "empty/results.json: this file cannot be read"),
                (["bad.json"], 2, "bad.json: this is not a results file"),
                (["a", "--sentences", "-1"], 2, "--sentences"), (["a", "--chart", "x"], 2, "--charts"),
            ] {
                let result = try Command.run(["report"] + arguments, in: folder)
                #expect(
                    Int(result.status) == status && result.output == "" && result.errors.contains(part),
                    "\(result.errors) lacks “\(part)”")
            }
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("empty/report.html").path))
        }
    }
}
