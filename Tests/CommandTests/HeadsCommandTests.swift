// `attention heads` as whole commands: trained in small, of a checkpoint, as a table, as JSON, as a picture, refused.

import Foundation
import TestSupport
import Testing

@Suite("attention heads") struct HeadsCommandTests {
    private static let data = [
        "--train-pairs", "40", "--dev-pairs", "10", "--test-pairs", "12", "--lengths", "5-8",
    ]
    private static let tiny =
        ["--steps", "3", "--batch-size", "8", "--hidden", "4", "--embedding", "4", "--layers", "2", "--heads", "2"]
        + data

    /// Running text stands in lines.
    private static func words(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }

    @Test("models that are trained: a row for each head, JSON with every relation, a picture") func trained() throws {
        try withFolder { folder in
            let text = try Command.run(["heads", "--seeds", "2", "--quiet", "--svg", "h.svg"] + Self.tiny, in: folder)
            #expect(text.status == 0 && text.errors == "", Comment(rawValue: text.errors))
            #expect(text.output.contains("article → noun") && Self.words(text.output).contains("interval over seeds"))
            let svg = try String(contentsOf: folder.appendingPathComponent("h.svg"), encoding: .utf8)
            #expect(svg.contains("layer 2 head 2") && svg.contains("best fixed distance"))
            let json = try Command.run(
                ["heads", "--seeds", "2", "--quiet", "--format", "json"] + Self.tiny, in: folder)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
            #expect((found["heads"] as? [Any])?.count == 4 && found["models"] as? Int == 2)
            let readings = try #require(found["readings"] as? [[String: Any]])
            #expect(readings.map { ($0["shares"] as? [Any])?.count ?? 0 }.allSatisfy { $0 >= 4 * 4 })
        }
    }

    @Test("a checkpoint is read, with intervals over sentences; one without heads is refused") func checkpoint() throws
    {
        try withFolder { folder in
            for body in ["transformer", "recurrent"] {
                let trained = try Command.run(
                    ["train", "--output", "\(body).checkpoint", "--body", body, "--quiet", "--steps", "3"]
                        + ["--hidden", "4", "--embedding", "4", "--long-pairs", "1"] + Self.data, in: folder)
                #expect(trained.status == 0, Comment(rawValue: trained.errors))
            }
            let read = try Command.run(["heads", "--model", "transformer.checkpoint"] + Self.data, in: folder)
            #expect(
                read.status == 0 && Self.words(read.output).contains("interval over sentences"),
                Comment(rawValue: read.errors))
            let refused = try Command.run(["heads", "--model", "recurrent.checkpoint"] + Self.data, in: folder)
            #expect(refused.status == 2 && refused.output == "" && refused.errors.contains("encoder bidirectional"))
        }
    }

    @Test(
        "what cannot be asked is refused with a sentence",
        arguments: [
            (["heads", "--task", "copy"], "no relations of grammar"),
            (["heads", "--task", "coppy"], "there is no task"),
            (["heads", "--body", "recurrent"], "take --encoder self-attention"),
            (["heads", "--model", "m", "--steps", "3"], "leave one of them out"),
            (["heads", "--model", "nowhere"], "nowhere"),
        ])
    func refusals(arguments: [String], message: String) throws {
        try withFolder { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(
                result.status == 2 && result.output == "" && result.errors.contains(message),
                Comment(rawValue: result.errors))
        }
    }
}
