// `attention claims` as whole commands: trained in small, read again, missing and damaged.

import Foundation
import TestSupport
import Testing

private struct Judged: Decodable {
    let name: String, status: String, command: String, sentence: String
    let verdict: String?
}

private func claims(_ result: CommandResult) throws -> [Judged] {
    #expect(result.status == 0, Comment(rawValue: result.errors))
    return try JSONDecoder().decode([Judged].self, from: Data(result.output.utf8))
}

@Suite("attention claims") struct ClaimsCommandTests {
    static let tiny = [
        "--seeds", "2", "--steps", "3", "--batch", "8", "--hidden", "4", "--embedding", "4", "--attention", "4",
        "--train-pairs", "40",
        "--test-pairs", "8", "--lengths", "5-8", "--long-lengths", "9-10",
    ]

    @Test("trains what is missing, goes on with it, reads it again, and has no verdict without it") func whole() throws
    {
        try withFolder { folder in
            let first = try Command.run(
                ["claims", "gain", "coverage", "scaling", "--output", "out", "--format", "json"] + Self.tiny, in: folder
            )
            let trained = try claims(first)
            #expect(
                trained.map(\.name) == ["gain", "coverage", "scaling"]
                    && trained.allSatisfy { $0.status == "judged" && $0.verdict != nil })
            #expect(
                first.errors.hasPrefix("First 22 trainings (default 22) on ")
                    && first.errors.contains("a few seconds, in out.\nCtrl-C stops;"), Comment(rawValue: first.errors))
            let again = try Command.run(
                ["claims", "gain", "coverage", "scaling", "--output", "out", "--format", "json"] + Self.tiny, in: folder
            )
            #expect(again.output == first.output && !again.errors.contains("trainings"), "nothing is trained twice")

            let read = try claims(
                Command.run(["claims", "gain", "feeding", "--results", "out", "--format", "json"], in: folder))
            #expect(
                read[0].verdict == trained[0].verdict
                    && read[0].command == "attention claims gain --results out/default")
            #expect(
                read[1].verdict == nil && read[1].status == "not run"
                    && read[1].command == "attention claims feeding --run")

            let text = try Command.run(["claims", "gain", "--results", "out/default", "--quiet"], in: folder)
            #expect(
                text.status == 0 && text.errors == "" && text.output.contains("10–20 %")
                    && text.output.contains("other settings"))
            // All of them are a table, which knows no markup, and in LaTeX one of running text.
            let page = try Command.run(
                ["claims", "--results", "out", "--format", "latex", "--quiet"] + Self.tiny, in: folder
            ).output
            #expect(
                page.contains("p{0.50\\linewidth}") && page.contains("{\\raggedright Attention improves BLEU")
                    && page.contains("\\label{tab:claims}"))
            let table = try Command.run(["claims", "feeding", "--results", "out", "--format", "csv"], in: folder)
            #expect(table.output.split(separator: "\n").count == 2 && table.output.contains("not run"))

            try Data("{\"schema\": 1, \"rows\": [".utf8).write(
                to: folder.appendingPathComponent("out/default/results.json"))
            let damaged = try Command.run(["claims", "gain", "--results", "out"], in: folder)
            #expect(
                damaged.status == 2
                    && damaged.errors.hasPrefix("attention: out/default/results.json: this is not a results file"),
                Comment(rawValue: damaged.errors))
        }
    }

    @Test("all claims: every experiment is announced before any is trained, and commands quote a folder with spaces")
    func announced() throws {
        try withFolder { folder in
            let all = try Command.run(
                ["claims", "gain", "feeding", "--output", "my claims", "--format", "csv"] + Self.tiny, in: folder)
            #expect(
                all.status == 0 && all.errors.hasPrefix("First 40 trainings (default 22, feeding 18) on "),
                Comment(rawValue: all.errors))
            #expect(
                all.output.contains("attention claims gain --results 'my claims/default'"),
                Comment(rawValue: all.output))
            let detail = try Command.run(["claims", "pointing", "--results", "my claims"], in: folder)
            // It stands in lines.
            let text = detail.output.split { $0.isWhitespace }.joined(separator: " ")
            #expect(text.contains("--output 'my claims/default' --resume"), Comment(rawValue: text))
            #expect(
                text.contains(
                    "An answer counts only where all of them give it, the odd ones alone, and the even ones alone"),
                Comment(rawValue: text))
        }
    }

    @Test(
        "what cannot be asked is refused with a sentence",
        arguments: [
            (["claims", "gian"], "Did you mean “gain”?"), (["claims", "gain", "gain"], "named twice"),
            (["claims", "--results", "nowhere"], "nowhere: there is no results.json"),
            (["claims", "--format", "xml"], "--format is “xml”"),
        ])
    func refusals(arguments: [String], message: String) throws {
        try withFolder { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(
                result.status == 2 && result.output == "" && result.errors.contains(message),
                Comment(rawValue: result.errors))
        }
    }

    @Test("a measurement in Markdown, with its rule") func measurement() throws {
        try withFolder { folder in
            let result = try Command.run(["claims", "masking", "--format", "markdown"], in: folder)
            #expect(
                result.status == 0 && result.output.contains("## Masking after")
                    && result.output.contains("DOES NOT HOLD") && result.output.contains("*rule*"))
        }
    }
}
