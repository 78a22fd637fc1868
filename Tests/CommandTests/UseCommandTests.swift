// `--use` from end to end: a comparison of uses, a training, a translation of it, and the page; each says which
// alignment it shows.

import Foundation
import TestSupport
import Testing

private let sizes = [
    "--train-pairs", "300", "--test-pairs", "30", "--steps", "60", "--hidden", "12", "--embedding", "12",
    "--attention", "12", "--quiet",
]

@Suite("attention with other uses of the weights") struct UseCommandTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("an experiment compares uses; table, details and page say what the alignment is") func compare() throws {
        try withFolder { folder in
            let experiment = """
                {"tasks": ["copy"], "scorers": ["luong-dot"], "seeds": 1, "conditions": [
                  {"name": "mean"},
                  {"name": "words", "model": {"use": "words", "top": 3}},
                  {"name": "sampled", "model": {"use": "sampled", "softStart": 0.2}},
                  {"name": "straight", "model": {"use": "straight-through"}}]}
                """
            try experiment.write(to: folder.appendingPathComponent("uses.json"), atomically: true, encoding: .utf8)
            let compared = try Command.run(
                ["compare", "--experiment", "uses.json", "--output", "c"] + sizes, in: folder)
            #expect(compared.status == 0, Comment(rawValue: compared.errors))
            let text = compared.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(
                text.contains("it is the posterior, which knows the word of the reference; elsewhere it is the weights")
            )
            #expect(text.contains("(luong-dot, words)") && !text.contains("(luong-dot, mean)"))
            let results = try object(
                String(contentsOf: folder.appendingPathComponent("c/results.json"), encoding: .utf8))
            let rows = try #require(results["rows"] as? [[String: Any]])
            let uses = rows.compactMap { ($0["model"] as? [String: Any])?["use"] as? String }
            #expect(Set(uses) == ["mean", "words", "sampled", "straight-through"])
            for (row, use) in zip(rows, uses) {
                let test = try #require(row["test"] as? [String: Any])
                #expect((test["prior"] == nil) == (use == "mean"))
            }
            let page = try Command.run(["report", "c", "--output", "p.html", "--quiet"], in: folder)
            #expect(page.status == 0, Comment(rawValue: page.errors))
            let html = try String(contentsOf: folder.appendingPathComponent("p.html"), encoding: .utf8)
            #expect(html.contains("luong-dot, words (posterior)") && !html.contains("luong-dot, mean (posterior)"))
            let again = try Command.run(
                ["compare", "--output", "c", "--experiment", "uses.json", "--resume", "--format", "json"] + sizes,
                in: folder)
            #expect(again.status == 0, "what is there is gone on with: \(again.errors)")
        }
    }

    @Test("a training, its checkpoint, and a translation whose heatmap says that it is the posterior") func train()
        throws
    {
        try withFolder { folder in
            let given = ["--task", "copy", "--scorer", "luong-dot"] + sizes
            let trained = try Command.run(
                ["train", "--output", "m", "--format", "json", "--use", "words"] + given, in: folder)
            #expect(trained.status == 0, Comment(rawValue: trained.errors))
            #expect(try object(trained.output)["prior_aer"] is Double)
            let shown = try Command.run(["translate", "--model", "m", "be da be", "--quiet"], in: folder)
            #expect(shown.output.contains("The heatmap is of the posterior"), "\(shown.output)\(shown.errors)")
            let json = try Command.run(
                ["translate", "--model", "m", "be da be", "--quiet", "--format", "json", "--beam", "2"], in: folder)
            #expect(json.output.contains("\"alignment\" : \"posterior\""))
            let soft = try Command.run(["train", "--output", "s", "--format", "json"] + given, in: folder)
            #expect(try object(soft.output)["prior_aer"] == nil)
            let plain = try Command.run(["translate", "--model", "s", "be da be", "--quiet"], in: folder)
            #expect(!plain.output.contains("posterior"))
        }
    }

    @Test(
        "what cannot be is refused before anything is trained",
        arguments: [
            (["--use", "words", "--timing", "before"], "query before the cell"),
            (["--use", "sampled", "--copying", "pointer"], "this is copying pointer"),
            (["--use", "words", "--scorer", "none"], "none looks at no word in particular"),
            (["--top", "3"], "give the use words, or leave top out"),
            (["--use", "words", "--soft-start", "0.2"], "--soft-start changes nothing with the use words"),
            (["--heads", "2"], "--heads changes nothing in a model with the bidirectional encoder"),
            (["--body", "transformer", "--heads", "7"], "self-attention cuts states of D ="),
            (["--use", "words", "--label-smoothing", "0.1"], "leave the label smoothing at 0"),
            (["--scorer", "heads-family"], "“heads-family” means several scorers, and a model has one"),
            (["--use", "word"], "Did you mean “words”?"),
            (["--use", "words", "--top", "0"], "--top is “0”"),
        ])
    func refusals(given: [String], word: String) throws {
        try withFolder { folder in
            let result = try Command.run(["train", "--output", "m", "--task", "copy"] + sizes + given, in: folder)
            #expect(result.status == 2 && result.output.isEmpty)
            let said = result.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(said.contains(word), "\(result.errors)")
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("m").path))
        }
    }
}
