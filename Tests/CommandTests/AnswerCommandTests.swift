// `attention answer` as whole commands: a model that a test trains on one-fact questions is asked, in words, in a file and
// as JSON, and what it cannot answer is refused.

import Foundation
import TestSupport
import Testing

@Suite("attention answer") struct AnswerCommandTests {
    private static let passage = "mary took the key . john sat in the garden ."

    /// A small model of one-fact questions, as `m`.
    private static func trained(in folder: URL) throws {
        let trained = try Command.run(
            ["train", "--task", "reading", "--rates", "two facts=0", "--lengths", "11-16", "--train-pairs", "300"]
                + [
                    "--dev-pairs", "10", "--test-pairs", "10", "--long-pairs", "2", "--steps", "60", "--batch-size",
                    "16",
                ]
                + ["--hidden", "8", "--embedding", "8", "--scorer", "luong-general", "--quiet", "--output", "m"],
            in: folder)
        #expect(trained.status == 0, Comment(rawValue: trained.errors))
    }

    @Test("an answer is a word of the passage, with its probability, where it was looked for, and a picture")
    func answers() throws {
        try withFolder { folder in
            try Self.trained(in: folder)
            let asked = ["answer", "--model", "m", "--passage", Self.passage, "--question", "where is john ?"]
            let text = try Command.run(asked + ["--svg", "look.svg"], in: folder)
            #expect(text.status == 0, Comment(rawValue: text.errors))
            let answer = text.output.split(separator: " ").first.map(String.init) ?? ""
            #expect(
                Self.passage.split(separator: " ").map(String.init).contains(answer), Comment(rawValue: text.output))
            #expect(text.output.contains("(probability 0.") && text.output.contains("\(answer) looked at "))
            #expect(try String(contentsOf: folder.appendingPathComponent("look.svg"), encoding: .utf8).contains("john"))
            let json = try Command.run(asked + ["--format", "json"], in: folder)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
            #expect(found.count == 1 && found[0]["answer"] as? [String] == [answer])
            let weights = try #require((found[0]["weights"] as? [[Double]])?.first)
            #expect(weights.count == 11 && abs(weights.reduce(0, +) - 1) < 1e-4)
            try Self.file(in: folder)
            try Self.refusals(in: folder)
        }
    }

    private static func file(in folder: URL) throws {
        let lines = [
            #"{"passage": "\#(passage)", "question": "who has the key ?", "answer": "mary"}"#, "",
            #"{"passage": "mary took the key .", "question": "who has the zork ?"}"#,
        ]
        try Data(lines.joined(separator: "\n").utf8).write(to: folder.appendingPathComponent("q.jsonl"))
        let result = try Command.run(["answer", "--model", "m", "--input", "q.jsonl"], in: folder)
        let rows = result.output.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        #expect(result.status == 0 && rows.map(\.first) == ["1", "3"], Comment(rawValue: result.output))
        let verdict = try #require(rows.first?.last)
        #expect(rows[0][1] == "mary" ? verdict == "right" : verdict == "not mary")
        #expect(result.errors.contains("q.jsonl:3: the model has never seen “zork”"))
        #expect(result.errors.contains(" of 1 answer right"))
    }

    /// What this model cannot answer.
    private static func refusals(in folder: URL) throws {
        for (input, message) in [
            (
                #"{"passage": "mary ran .", "question": "who ?", "answer": "zork"}"#,
                "“zork” does not stand in the passage"
            ),
            (#"{"passage": "mary ran ."}"#, "nothing is asked of this passage"),
            (#"{"frames": [[1, 2], [2, 3]]}"#, "m reads words, and this source has frames of 2 numbers"),
            ("mary ran .", "nothing is asked of this document"),
            (#"{"passage": "mary ran .", "document": "it is old ."}"#, "passage and document"),
            ("", "there is nothing in it"),
        ] {
            let result = try Command.run(["answer", "--model", "m", "--input", "-"], in: folder, input: input)
            #expect(
                result.status == 2 && result.output == "" && result.errors.contains(message),
                Comment(rawValue: "\(input): \(result.errors)"))
        }
    }

    @Test(
        "what cannot be asked is refused with a sentence",
        arguments: [
            (["answer", "--passage", "a", "--question", "b"], "--model names the checkpoint"),
            (["answer", "--model", "m"], "there is nothing to answer"),
            (["answer", "--model", "m", "--passage", "a"], "give --question too"),
            (["answer", "--model", "m", "--question", "b"], "give --passage too"),
            (["answer", "--model", "m", "--document", "a", "--question", "b"], "--document stands alone"),
            (["answer", "--model", "m", "--document", "a", "--input", "f"], "name two sources"),
            (["answer", "--model", "nowhere", "--document", "a"], "nowhere"),
        ])
    func unusable(arguments: [String], message: String) throws {
        try withFolder { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(
                result.status == 2 && result.output == "" && result.errors.contains(message),
                Comment(rawValue: result.errors))
        }
    }
}
