// The main job as a whole command: a table, a results file, going on after Ctrl-C, and the same figures on any number
// of threads.

import Foundation
import TestSupport
import Testing

/// A comparison of a second or two.
private let small = [
    "compare", "--tasks", "copy", "--scorers", "luong-dot,location,none", "--seeds", "2", "--steps", "60",
    "--train-pairs", "400", "--test-pairs", "60", "--hidden", "12", "--embedding", "16", "--attention", "16",
]

private func lines(_ folder: URL, _ name: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name + "/results.json"))
    let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    return try #require(file["rows"] as? [[String: Any]])
}

/// Rows without what depends on the clock.
private func quality(_ folder: URL, _ name: String) throws -> Data {
    let rows = try lines(folder, name).map { $0.filter { $0.key != "speed" && $0.key != "machine" } }
    return try JSONSerialization.data(withJSONObject: rows, options: .sortedKeys)
}

@Suite("attention compare") struct CompareCommandTests {
    @Test("a table on standard output, remarks on standard error, results on disk") func whole() throws {
        try withFolder { folder in
            let result = try Command.run(small + ["--output", "a"], in: folder)
            #expect(result.status == 0, Comment(rawValue: result.errors))
            for word in [
                "copy", "luong-dot", "location", "none", "(diagonal)", "BLEU", "AER", "at most 60 steps", "H 12",
                "seeds 1 to 2", "400 training pairs",
            ] {
                #expect(result.output.contains(word), "no “\(word)” in the table")
            }
            #expect(!result.output.contains("\u{1B}") && !result.errors.contains("\r"))
            #expect(result.errors.contains("6 of 6") || result.errors.contains("left"))
            try #expect(lines(folder, "a").count == 6)
        }
    }

    @Test("in pieces: figures of words, the setting above the table, the same on any number of threads") func subwords()
        throws
    {
        try withFolder { folder in
            for threads in ["1", "2"] {
                let result = try Command.run(
                    small + ["--subwords", "40", "--output", threads, "--threads", threads], in: folder)
                #expect(result.status == 0, Comment(rawValue: result.errors))
                #expect(result.output.replacing("\n  ", with: " ").contains("words in pieces of 40 merges"))
            }
            try #expect(quality(folder, "1") == quality(folder, "2"))
            let pieces = try #require(lines(folder, "1").first), model = pieces["model"] as? [String: Any]
            #expect(model?["subwords"] as? Int == 40)
            // Of whole words: as many as the references have.
            #expect(try Command.run(small + ["--output", "words", "--quiet"], in: folder).status == 0)
            func referenceWords(_ row: [String: Any]) -> Int? {
                let test = row["test"] as? [String: Any], translation = test?["translation"] as? [String: Any]
                let all = translation?["all"] as? [String: Any], bleu = all?["bleu"] as? [String: Any]
                return bleu?["referenceLength"] as? Int
            }
            let whole = try #require(lines(folder, "words").first)
            #expect(referenceWords(whole) != nil && referenceWords(whole) == referenceWords(pieces))
            let asked = try Command.run(small + ["--subwords", "40", "--print-experiment"], in: folder)
            #expect(asked.output.contains("\"subwords\": 40"), Comment(rawValue: asked.output))
        }
    }

    @Test("one and two threads give identical quality figures") func threads() throws {
        try withFolder { folder in
            for threads in ["1", "2"] {
                try #expect(
                    Command.run(small + ["--output", threads, "--threads", threads, "--quiet"], in: folder).status == 0)
            }
            try #expect(quality(folder, "1") == quality(folder, "2"))
        }
    }

    @Test("Ctrl-C: exit 130, nothing lost, and --resume ends with the figures of a run that never stopped")
    func interrupt() throws {
        try withFolder { folder in
            // Long enough to be caught in the middle.
            let long = small.map { $0 == "60" ? "600" : $0 }
            let (process, result) = try Command.process(long + ["--output", "cut", "--threads", "1"], in: folder)
            try process.run()
            // After the first row has been written.
            for _ in 0..<600 where process.isRunning {
                if let rows = try? lines(folder, "cut"), !rows.isEmpty { break }
                Thread.sleep(forTimeInterval: 0.02)
            }
            process.interrupt()
            process.waitUntilExit()
            let stopped = try result()
            #expect(stopped.status == 130)
            #expect(stopped.errors.contains("--resume"))
            let kept = try lines(folder, "cut").count
            #expect((1..<6).contains(kept))
            try #expect(Command.run(["compare", "--output", "cut", "--resume", "--quiet"], in: folder).status == 0)
            try #expect(Command.run(long + ["--output", "whole", "--quiet"], in: folder).status == 0)
            try #expect(quality(folder, "cut") == quality(folder, "whole"))
        }
    }

    @Test("results are never overwritten, and never mixed with those of other settings") func refusals() throws {
        try withFolder { folder in
            try #expect(Command.run(small + ["--output", "a", "--quiet"], in: folder).status == 0)
            let before = try quality(folder, "a")
            for (arguments, part) in [
                (small + ["--output", "a"], "exists"),
                (["compare", "--output", "a", "--resume", "--steps", "61"], "made with --steps 60, but 61"),
                (["compare", "--output", "a", "--resume", "--seeds", "1"], "--seeds 2, but 1"),
                (["compare", "--output", "b", "--resume"], "there is no b/results.json"),
                (["compare", "--resume"], "--output"),
            ] {
                let result = try Command.run(arguments, in: folder)
                #expect(result.status == 2)
                #expect(result.errors.contains(part), "\(result.errors) lacks “\(part)”")
            }
            try #expect(quality(folder, "a") == before)
            // More scorers may be added to what is there.
            let more = try Command.run(
                [
                    "compare", "--output", "a", "--resume", "--scorers", "luong-dot,location,none,uniform", "--format",
                    "csv",
                ], in: folder)
            #expect(more.status == 0)
            // A head, a line a scorer, and the three that align without attention.
            #expect(more.output.split(separator: "\n").count == 1 + 4 + 3)
            #expect(more.output.split(separator: "\n")[4].hasPrefix("copy,uniform,2,"))
        }
    }

    @Test("JSON has a null where a figure is undefined") func json() throws {
        try withFolder { folder in
            let result = try Command.run(small + ["--output", "a", "--format", "json", "--quiet"], in: folder)
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
            let lines = try #require(object["lines"] as? [[String: Any]])
            let none = try #require(lines.first { $0["scorer"] as? String == "none" })
            #expect(none["best_shift"] is NSNull)
            #expect((none["aer"] as? [String: Any])?["mean"] is NSNull)
            #expect(result.errors == "")
        }
    }

    @Test("a loss that is no number is a sentence and exit code 1; finished rows stay") func notANumber() throws {
        try withFolder { folder in
            let result = try Command.run(
                small + ["--output", "a", "--learning-rate", "1e37", "--threads", "1"], in: folder)
            #expect(result.status == 1)
            #expect(result.errors.contains("learning rate"), Comment(rawValue: result.errors))
        }
    }
}
