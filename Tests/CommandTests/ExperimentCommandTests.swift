// Experiments as files, in parts and joined again, and what a killed run leaves behind: as whole commands.

import Foundation
import TestSupport
import Testing

/// A comparison of a second or two, in two conditions.
private let experiment = """
    {"tasks": ["copy"], "scorers": ["luong-dot", "none"], "seeds": 2,
     "model": {"embedding": 16, "hidden": 12, "attention": 16}, "training": {"steps": 60},
     "data": {"copy": {"trainPairs": 400, "devPairs": 40, "testPairs": 60, "longPairs": 20}},
     "conditions": [{"name": "after"}, {"name": "before", "model": {"timing": "before"}}]}
    """

private func rows(_ folder: URL, _ name: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name + "/results.json"))
    let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(file["rows"] as? [[String: Any]])
}

/// Everything but what depends on the clock and the machine.
private func quality(_ folder: URL, _ name: String) throws -> Data {
    let data = try Data(contentsOf: folder.appendingPathComponent(name + "/results.json"))
    var file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    file["rows"] = try rows(folder, name).map { $0.filter { $0.key != "speed" && $0.key != "machine" } }
    return try JSONSerialization.data(withJSONObject: file, options: .sortedKeys)
}

private func withExperiment(_ text: String = experiment, _ body: (URL) throws -> Void) throws {
    try withFolder { folder in
        try Data(text.utf8).write(to: folder.appendingPathComponent("mine.json"))
        try body(folder)
    }
}

@Suite("attention compare --experiment") struct ExperimentFileCommandTests {
    @Test("printed and read back it is the same experiment, and flags beside it win") func printing() throws {
        try withExperiment { folder in
            let printed = try Command.run(
                ["compare", "--experiment", "mine.json", "--hidden", "10", "--print-experiment"], in: folder)
            #expect(printed.status == 0 && printed.errors == "", Comment(rawValue: printed.errors))
            try Data(printed.output.utf8).write(to: folder.appendingPathComponent("again.json"))
            let again = try Command.run(["compare", "--experiment", "again.json", "--print-experiment"], in: folder)
            #expect(again.output == printed.output && again.output.contains("\"hidden\": 10"))
            #expect(
                try !FileManager.default.contentsOfDirectory(atPath: folder.path).contains("results"),
                "nothing is trained")
            // A condition whose data are of another task is none.
            let other = try Command.run(
                ["compare", "--experiment", "length", "--tasks", "copy", "--print-experiment"], in: folder)
            #expect(
                other.status == 2 && other.errors.contains("nothing is varied between them"),
                Comment(rawValue: other.errors))
            let same = try Command.run(["compare", "--experiment", "mine.json", "--query", "before"], in: folder)
            #expect(
                same.status == 2 && same.errors.contains("the conditions \"after\" and \"before\" are the same"),
                Comment(rawValue: same.errors))
        }
    }

    @Test(
        "what is wrong with a name or a file is said",
        arguments: [
            (["compare", "--experiment", "timming"], "Did you mean “timing”?"),
            (["compare", "--experiment", "other.json"], "other.json"),
            (["compare", "--experiment", "scale"], "attention experiments scale"),
            (
                ["compare", "--copying", "pointer", "--steps", "3"],
                "looks at no word in particular, so it has no weights to copy"
            ),
            (
                ["compare", "--scorers", "location", "--long-lengths", "70-80", "--steps", "3"],
                "(--maximum-source, now 64)"
            ),
            (["compare", "--shard", "5/4"], "--shard 3/16"), (["compare", "--shards", "3/16"], "--shard 3/16"),
            (["experiments", "timming"], "Did you mean “timing”?"),
            (["experiments", "--chart", "a.svg"], "experiments scale"),
            (["compare", "--experiment", "real-text"], "attention experiments real-text"),
            (["experiments", "real-text", "--chart", "a.svg"], "is a table"),
            (["experiments", "real-text", "--gold", "g"], "name its files with --train"),
            (["experiments", "real-text", "--train", "mine.json"], "--gold FILE"),
            (["experiments", "real-text", "--steps", "0"], "--steps"),
            (["experiments", "scale", "--steps", "3"], "attention experiments real-text"),
            (["merge"], "DIR"), (["merge", "a"], "--output"), (["merge", "a", "--output", "b"], "a/results.json"),
            (
                ["compare", "--experiment", "mine.json"],
                "mine.json: there is no setting \"sedes\". Did you mean “seeds”?"
            ),
        ])
    func refusals(arguments: [String], part: String) throws {
        try withExperiment("{\"sedes\": 3}") { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(
                result.status == 2 && result.errors.contains(part) && result.output == "",
                Comment(rawValue: result.errors))
        }
    }

    @Test("threads that there cannot be leave no folder") func threads() throws {
        try withFolder { folder in
            let result = try Command.run(["compare", "--tasks", "copy", "--threads", "0", "--output", "x"], in: folder)
            #expect(result.status == 2 && result.errors.contains("--threads"))
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("x").path))
        }
    }

    @Test(
        "a condition whose name cannot be seen is refused",
        arguments: ["\u{0}", "\u{1B}", "\u{200E}", "\u{202E} \u{200B}"])
    func unseen(name: String) throws {
        let text = try String(decoding: JSONEncoder().encode(["name": name]), as: UTF8.self)
        try withExperiment("{\"tasks\": [\"copy\"], \"scorers\": [\"none\"], \"conditions\": [\(text)]}") { folder in
            let result = try Command.run(["compare", "--experiment", "mine.json", "--output", "x"], in: folder)
            #expect(
                result.status == 2 && result.errors.contains("can be seen; name it after what it changes"),
                Comment(rawValue: result.errors))
        }
    }

    @Test("the list, a description, a measurement") func experiments() throws {
        try withFolder { folder in
            let list = try Command.run(["experiments"], in: folder)
            for name in [
                "default", "length", "timing", "feeding", "encoder", "data-size", "scale", "masking", "keys", "seeds",
                "copying", "budget", "local", "hard", "monotonic", "normalisers", "heads", "terms", "body", "depth",
                "real-text",
            ] {
                #expect(list.output.contains("\n\(name) "), "no \(name)")
            }
            let json = try #require(
                try JSONSerialization.jsonObject(
                    with: Data(Command.run(["experiments", "--format", "json"], in: folder).output.utf8))
                    as? [[String: Any]])
            #expect(json.count > 20 && json.first?["trainings"] is Int)
            #expect(
                try Command.run(["experiments", "length"], in: folder).output.contains(
                    "attention compare --experiment length --by bleu"))
            #expect(
                try Command.run(["experiments", "copying"], in: folder).output.contains(
                    "compare --experiment copying --by words"))
            let scale = try Command.run(
                ["experiments", "scale", "--format", "csv", "--chart", "scale.svg"], in: folder)
            #expect(scale.output.split(separator: "\n").count == 11 && scale.output.hasPrefix("scorer,D,"))
            #expect(
                try String(contentsOf: folder.appendingPathComponent("scale.svg"), encoding: .utf8).contains("<svg"))
        }
    }
}

@Suite("attention compare --shard, attention merge") struct MergeCommandTests {
    @Test("four parts as four processes, joined, equal one run in quality figures byte for byte") func fourParts()
        throws
    {
        try withExperiment { folder in
            let common = ["compare", "--experiment", "mine.json", "--quiet"]
            let parts = try (1...4).map {
                try Command.process(
                    common + ["--threads", "1", "--shard", "\($0)/4", "--output", "part/\($0)"], in: folder)
            }
            for part in parts { try part.process.run() }
            for part in parts { part.process.waitUntilExit() }
            for part in parts { try #expect(part.result().status == 0 && part.result().output == "") }
            try #expect((1...4).map { try rows(folder, "part/\($0)").count } == [2, 2, 2, 2])
            try #expect(Command.run(common + ["--output", "whole"], in: folder).status == 0)
            let merged = try Command.run(
                ["merge", "part/3", "part/1", "part/4/results.json", "part/2", "part/1/", "--output", "merged"],
                in: folder)
            #expect(
                merged.status == 0 && merged.output.contains("8 of 8 trainings from 5 files; 2 duplicates kept once"),
                Comment(rawValue: merged.errors))
            try #expect(quality(folder, "merged") == quality(folder, "whole"))
            let table = try Command.run(["compare", "--output", "merged", "--resume", "--format", "csv"], in: folder)
            #expect(table.output.contains("\ncopy,luong-dot,before,2,"))
            // Finished results are drawn even where a scorer of theirs is gone since.
            let file = folder.appendingPathComponent("merged/results.json")
            try Data(
                String(contentsOf: file, encoding: .utf8).replacingOccurrences(
                    of: "\"luong-dot\"", with: "\"lost-dot\""
                ).utf8
            ).write(to: file)
            let lost = try Command.run(["compare", "--output", "merged", "--resume", "--format", "csv"], in: folder)
            #expect(
                lost.output == table.output.replacingOccurrences(of: "luong-dot", with: "lost-dot"),
                Comment(rawValue: lost.errors))
            // A part of a part, completed by whoever has it.
            try #expect(
                Command.run(["merge", "part/1", "part/2", "--output", "half", "--format", "json"], in: folder).output
                    .contains("\"missing\" : 4"))
            try #expect(Command.run(["compare", "--output", "half", "--resume", "--quiet"], in: folder).status == 0)
            try #expect(quality(folder, "half") == quality(folder, "whole"))
            let refused = try Command.run(["merge", "part/1", "part/2", "--output", "merged"], in: folder)
            #expect(refused.status == 2 && refused.errors.contains("exists"))
            try #expect(
                Command.run(common + ["--steps", "61", "--shard", "1/4", "--output", "other"], in: folder).status == 0)
            let other = try Command.run(["merge", "part/1", "other", "--output", "mixed"], in: folder)
            #expect(
                other.status == 2 && other.errors.contains("training.steps is 61 here and 60 there"),
                Comment(rawValue: other.errors))
        }
    }

    @Test("killed with SIGKILL, a run loses the row in progress and nothing else") func killed() throws {
        try withExperiment(experiment.replacingOccurrences(of: "60}", with: "400}")) { folder in
            let arguments = ["compare", "--experiment", "mine.json", "--threads", "1"]
            let (process, _) = try Command.process(arguments + ["--output", "cut"], in: folder)
            try process.run()
            var seen = 0
            for _ in 0..<1000 where process.isRunning {
                seen = (try? rows(folder, "cut").count) ?? 0
                if seen >= 2 { break }
                Thread.sleep(forTimeInterval: 0.02)
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal)
            let kept = try rows(folder, "cut")
            #expect(kept.count >= seen && (2..<8).contains(kept.count))
            try #expect(Command.run(["compare", "--output", "cut", "--resume", "--quiet"], in: folder).status == 0)
            // Rows that were there have been kept, to the clock of their speeds.
            let after = try rows(folder, "cut").prefix(kept.count)
            try #expect(
                JSONSerialization.data(withJSONObject: Array(after), options: .sortedKeys)
                    == JSONSerialization.data(withJSONObject: kept, options: .sortedKeys))
            try #expect(Command.run(arguments + ["--output", "whole", "--quiet"], in: folder).status == 0)
            try #expect(quality(folder, "cut") == quality(folder, "whole"))
        }
    }
}
