// Somebody's own text as a task of `compare`, through whole commands: a few dozen pairs that a toy language wrote.

import Foundation
import TestSupport
import Testing

private let tiny = [
    "--scorers", "luong-dot,none", "--seeds", "2", "--steps", "12", "--hidden", "8", "--embedding", "8", "--attention",
    "8", "--threads", "1",
]
private let files = [
    "--train", "copy.train.source", "--train", "copy.train.target", "--test", "copy.test.source", "--test",
    "copy.test.target",
]

private func withText<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try withFolder { folder in
        let options = ["--train-pairs", "60", "--test-pairs", "14", "--dev-pairs", "6", "--long-pairs", "1"]
        let made = try Command.run(
            ["data", "copy", "--export", ".", "--lengths", "3-6", "--quiet"] + options, in: folder)
        #expect(made.status == 0, Comment(rawValue: made.errors))
        return try body(folder)
    }
}

private func results(_ folder: URL, _ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: folder.appendingPathComponent(name + "/results.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
}

/// Without what depends on the clock, and on where the files lie.
private func quality(_ folder: URL, _ name: String) throws -> Data {
    let rows = try #require(try results(folder, name)["rows"] as? [[String: Any]])
    let kept = rows.map { $0.filter { $0.key != "speed" && $0.key != "machine" } }
    return try JSONSerialization.data(withJSONObject: kept, options: .sortedKeys)
}

private func change(_ name: String, in folder: URL, _ change: (String) -> String) throws {
    let file = folder.appendingPathComponent(name)
    try Data(change(String(decoding: Data(contentsOf: file), as: UTF8.self)).utf8).write(to: file)
}

/// - Returns: what it said on standard error.
@discardableResult
private func compare(_ arguments: [String], in folder: URL, status: Int32 = 0) throws -> CommandResult {
    let result = try Command.run(["compare"] + arguments, in: folder)
    #expect(result.status == status, Comment(rawValue: result.errors))
    return result
}

@Suite("Own text in compare") struct OwnTextCompareTests {
    @Test("with gold links, in either format: a table with alignment, its files, and the same figures")
    func gold() throws {
        try withText { folder in
            let pharaoh = try compare(files + tiny + ["--gold", "copy.test.pharaoh", "--output", "a"], in: folder)
            try compare(files + tiny + ["--gold", "copy.test.naacl", "--output", "b", "--quiet"], in: folder)
            for part in [
                "54 training pairs, 6 dev, 14 test", "tested on copy.test.source and copy.test.target",
                "gold links copy.test.pharaoh", "BLEU", "chrF2", "AER", "(ibm-1)", "(diagonal)", "(random)",
            ] {
                #expect(
                    pharaoh.output.replacing("\n  ", with: " ").contains(part), "no “\(part)” in \(pharaoh.output)")
            }
            for part in ["long %", "content AER"] { #expect(!pharaoh.output.contains(part)) }
            #expect(try quality(folder, "a") == quality(folder, "b"))
            let csv = try compare(["--output", "a", "--resume", "--format", "csv", "--quiet"], in: folder).output
            let lines = csv.split(separator: "\n")
            #expect(
                lines.count == 1 + 2 + 3 && lines[1].hasPrefix("copy.train,luong-dot,2,"))
            for format in ["json", "latex", "markdown"] {
                let shown = try compare(["--output", "a", "--resume", "--format", format, "--quiet"], in: folder)
                #expect(shown.output.contains("luong-dot"))
            }
            let page = try Command.run(["report", "a", "--quiet"], in: folder)
            #expect(page.status == 0, Comment(rawValue: page.errors))
            let html = try String(contentsOf: folder.appendingPathComponent("a/report.html"), encoding: .utf8)
            #expect(html.contains("BLEU") && html.contains("luong-dot"))
        }
    }

    @Test("without gold and without a test text: dashes with a word why, and the same pairs held out every time")
    func heldOut() throws {
        try withText { folder in
            let options = ["--train", "copy.train.tsv", "--name", "mine"] + tiny
            let first = try compare(options + ["--output", "a"], in: folder)
            #expect(
                first.errors.contains("of 60 pairs 6 for test and 5 for dev are held out"),
                Comment(rawValue: first.errors))
            #expect(first.output.contains("AER: – because the test pairs have no gold links"))
            #expect(first.output.contains("no gold links") && !first.output.contains("(ibm-1)"))
            try compare(options + ["--output", "b", "--quiet"], in: folder)
            #expect(try quality(folder, "a") == quality(folder, "b"))
            let few = try compare(options + ["--output", "c", "--test-pairs", "3", "--train-pairs", "20"], in: folder)
            #expect(few.output.contains("20 training pairs, 5 dev, 3 test"), Comment(rawValue: few.output))
            // What stands above a table are pairs that there are, whatever was asked for.
            let many = try compare(options + ["--output", "d", "--train-pairs", "5000"], in: folder)
            #expect(many.output.contains("49 training pairs, 5 dev, 6 test"), Comment(rawValue: many.output))
            #expect(
                try compare(options + ["--output", "a", "--resume", "--by", "phenomenon"], in: folder, status: 2)
                    .errors.contains("--by can be"))
        }
    }

    @Test("gold links of the training text are those of what is held out of it") func goldOfTraining() throws {
        try withText { folder in
            let options = ["--train", "copy.train.tsv", "--gold", "copy.train.pharaoh"] + tiny
            try change("copy.train.pharaoh", in: folder) { text in
                text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
                    .map { $0 < 40 ? "" : String($1) }.joined(separator: "\n")
            }
            let result = try compare(options + ["--output", "a"], in: folder)
            #expect(result.output.contains("(ibm-1)"), Comment(rawValue: result.output))
            #expect(result.output.contains("6 test"))
        }
    }

    @Test("what was begun is gone on with; a text that changed or is gone is named") func resume() throws {
        try withText { folder in
            let options = files + tiny + ["--gold", "copy.test.naacl", "--output", "a", "--quiet"]
            try compare(options, in: folder)
            let go = ["--output", "a", "--resume", "--quiet"]
            #expect(
                try compare(go + ["--lower-case"], in: folder, status: 2).errors.contains(
                    "--lower-case nothing, but true"))
            #expect(
                try compare(go + ["--maximum-length", "9"], in: folder, status: 2).errors.contains("--maximum-length"))
            try compare(go + ["--seeds", "3"], in: folder)
            let whole = try quality(folder, "a")
            try change("copy.train.source", in: folder) { $0.replacing("b", with: "d") }
            // What is finished is drawn without its text.
            try compare(go, in: folder)
            let changed = try compare(go + ["--seeds", "4"], in: folder, status: 2)
            #expect(changed.errors.contains("copy.train.source") && changed.errors.contains("has changed"))
            let again = try compare(files + go, in: folder, status: 2)
            #expect(again.errors.contains("copy.train.source, has another content"), Comment(rawValue: again.errors))
            let place = folder.appendingPathComponent("copy.test.naacl").path
            try FileManager.default.moveItem(atPath: place, toPath: place + "2")
            let gone = try compare(go + ["--seeds", "4"], in: folder, status: 2)
            #expect(gone.errors.contains("changed") || gone.errors.contains("copy.test.naacl"))
            #expect(try quality(folder, "a") == whole)
        }
    }

    @Test("a file that lies elsewhere is the same text where its content is") func moved() throws {
        try withText { folder in
            try compare(files + tiny + ["--output", "a", "--quiet"], in: folder)
            let place = folder.appendingPathComponent("copy.test.source").path
            try FileManager.default.moveItem(atPath: place, toPath: place + "2")
            let go = ["--output", "a", "--resume", "--seeds", "3", "--quiet"]
            let gone = try compare(go, in: folder, status: 2)
            #expect(
                gone.errors.contains("copy.test.source: the source of the test text"), Comment(rawValue: gone.errors))
            try compare(go + ["--test", "copy.test.source2", "--test", "copy.test.target"], in: folder)
        }
    }

    @Test("parts are joined where their texts are the same, wherever they lie; others are refused by the file's name")
    func merge() throws {
        try withText { folder in
            let options = files + tiny + ["--gold", "copy.test.naacl", "--name", "mine", "--quiet"]
            try compare(options + ["--shard", "1/2", "--output", "a"], in: folder)
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasPrefix("copy.") {
                try FileManager.default.createDirectory(
                    at: folder.appendingPathComponent("other"), withIntermediateDirectories: true)
                try FileManager.default.copyItem(
                    at: folder.appendingPathComponent(file), to: folder.appendingPathComponent("other/" + file))
            }
            let elsewhere = options.map { $0.hasPrefix("copy.") ? "other/" + $0 : $0 }
            try compare(elsewhere + ["--shard", "2/2", "--output", "b"], in: folder)
            let joined = try Command.run(["merge", "a", "b", "--output", "c", "--quiet"], in: folder)
            #expect(joined.status == 0, Comment(rawValue: joined.errors))
            try compare(options + ["--output", "whole"], in: folder)
            #expect(try quality(folder, "c") == quality(folder, "whole"))
            try change("other/copy.test.target", in: folder) { $0 + "x\n" }
            try change("other/copy.test.source", in: folder) { $0 + "x\n" }
            try change("other/copy.test.naacl", in: folder) { $0 + "15 1 1\n" }
            try compare(elsewhere + ["--shard", "2/2", "--output", "d"], in: folder)
            let refused = try Command.run(["merge", "a", "d", "--output", "e", "--quiet"], in: folder)
            #expect(
                refused.status == 2 && refused.errors.contains("other/copy.test.source, has another content"),
                Comment(rawValue: refused.errors))
        }
    }

    @Test("an experiment file names texts beside toy languages, with paths from its own folder") func experiment()
        throws
    {
        try withText { folder in
            let printed = try compare(
                files + tiny + [
                    "--gold", "copy.test.naacl", "--name", "mine", "--tasks", "copy", "--print-experiment",
                ],
                in: folder)
            #expect(!printed.output.contains("digest") && printed.output.contains("\"train\": [\"copy.train.source\""))
            try Data(printed.output.utf8).write(to: folder.appendingPathComponent("e.json"))
            #expect(try compare(["--experiment", "e.json", "--print-experiment"], in: folder).output == printed.output)
            let below = folder.appendingPathComponent("below")
            try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
            let small = ["--seeds", "1", "--train-pairs", "20", "--test-pairs", "5", "--quiet"]
            let result = try compare(["--experiment", "../e.json", "--output", "a"] + small, in: below)
            #expect(
                result.output.contains("\ncopy\n") && result.output.contains("\nmine\n")
                    && result.output.contains("content AER") && result.output.contains("chrF2"),
                Comment(rawValue: result.output))
        }
    }

    @Test("conditions vary the size of a text") func conditions() throws {
        try withText { folder in
            let text = """
                {"tasks": [{"name": "mine", "train": "copy.train.tsv", "test": "copy.test.tsv"}], "scorers": ["luong-dot"],
                 "seeds": 1, "training": {"steps": 4}, "model": {"hidden": 8},
                 "conditions": [{"name": "half", "data": {"mine": {"trainPairs": 25}}}, {"name": "all"}]}
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent("e.json"))
            let result = try compare(["--experiment", "e.json", "--output", "a", "--quiet"], in: folder)
            #expect(result.output.contains("data.trainPairs 25") || result.output.contains("trainPairs 25"))
            #expect(result.output.contains("half") && result.output.contains("all"))
        }
    }

    @Test("in an experiment file, what is wrong is named with its place") func wrongFiles() throws {
        try withText { folder in
            for (task, part) in [
                ("{\"name\": \"mine\"}", "tasks[0] has no \"train\""),
                ("{\"train\": \"copy.train.tsv\"}", "tasks[0] has no \"name\""),
                ("{\"name\": \"mine\", \"train\": \"none.tsv\"}", "none.tsv"),
                ("{\"name\": \"mine\", \"train\": 3}", "tasks[0].train is 3; it must be a file"),
                ("{\"name\": \"mine\", \"train\": [\"a\", \"b\", \"c\"]}", "a list of two"),
                ("{\"name\": \"copy\", \"train\": \"copy.train.tsv\"}", "that is a task already"),
                (
                    "{\"name\": \"mine\", \"train\": \"copy.train.tsv\", \"lowerCase\": 1}",
                    "lowerCase is 1; it must be true or false"
                ),
                (
                    "{\"name\": \"mine\", \"train\": \"copy.train.tsv\", \"goldBase\": 2}",
                    "goldBase is 2; it must be a whole number, 0 to 1"
                ),
                (
                    "{\"name\": \"mine\", \"train\": \"copy.train.tsv\", \"longest\": 2}",
                    "no setting \"longest\" in tasks[0]"
                ),
                ("\"mine\"", "tasks[0] is \"mine\""),
            ] {
                try Data("{\"tasks\": [\(task)]}".utf8).write(to: folder.appendingPathComponent("e.json"))
                let result = try compare(["--experiment", "e.json", "--output", "a"], in: folder, status: 2)
                #expect(result.errors.contains(part), "\(result.errors) lacks “\(part)”")
            }
        }
    }

    @Test("bad texts and stray options are sentences with file and line") func refusals() throws {
        try withText { folder in
            func write(_ name: String, _ bytes: [UInt8]) throws {
                try Data(bytes).write(to: folder.appendingPathComponent(name))
            }
            try write("latin", Array("a b\n".utf8) + [0xE9, 0x20, 0x62, 0x0A])
            try write("empty", [])
            try write("wide.pharaoh", Array(String(repeating: "0-0 9-9\n", count: 14).utf8))
            try write("short.pharaoh", Array("0-0\n".utf8))
            try write("blank.pharaoh", Array(String(repeating: "\n", count: 14).utf8))
            let text = ["--train", "copy.train.tsv"], test = ["--test", "copy.test.tsv"]
            for (arguments, part) in [
                (["--dev", "copy.dev.tsv"], "--dev is of a text of your own; name its files with --train"),
                (["--lower-case"], "--lower-case is of a text of your own"),
                (text + ["--gold-base", "1"], "--gold-base says how a gold file is read, and there is none"),
                (
                    ["--train", "copy.train.source", "--train", "copy.test.source"],
                    "copy.train.source has 60 lines, but copy.test.source has 14"
                ),
                (["--train", "latin", "--train", "latin"], "latin:2: this is not UTF-8"),
                (["--train", "empty"], "empty: there is no sentence in it"),
                (["--train", "-"], "can be read only once"),
                (text + test + ["--gold", "wide.pharaoh"], "wide.pharaoh:1: the link 9-9 names source word 9"),
                (text + test + ["--gold", "short.pharaoh"], "it has 1 line of links, but the text has 14 sentences"),
                (text + test + ["--gold", "blank.pharaoh"], "has no link at all"),
                (text + test + ["--gold", "copy.test.naacl", "--gold-base", "0"], "say base 1"),
                (text + ["--maximum-length", "1"], "there is no pair of sentences in it"),
                (text + ["--test", "copy.train.tsv"], "nothing is left to train on"),
                (text + test + ["--dev", "copy.test.tsv"], "nothing is left of the dev text"),
                (text + ["--name", "copy"], "--name is “copy”: that is a task already"),
                (text + ["--vocabulary", "0"], "--vocabulary is “0”"),
            ] {
                let result = try compare(arguments + tiny + ["--output", "a"], in: folder, status: 2)
                #expect(result.errors.contains(part), "\(result.errors) lacks “\(part)”")
            }
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("a").path))
        }
    }

    @Test("what is left out is counted: too long, blank, in the test too, without gold; rare words are unknown")
    func leftOut() throws {
        try withText { folder in
            let known = try String(contentsOf: folder.appendingPathComponent("copy.test.tsv"), encoding: .utf8)
                .split(separator: "\n").prefix(2).joined(separator: "\n")
            try change("copy.train.tsv", in: folder) {
                $0 + known + "\n\t\n" + String(repeating: "x ", count: 30) + "\ty\nCA BE\tca be\n"
            }
            try change("copy.test.pharaoh", in: folder) { "\n" + $0.drop { $0 != "\n" }.dropFirst() }
            let result = try compare(
                [
                    "--train", "copy.train.tsv", "--test", "copy.test.tsv", "--gold", "copy.test.pharaoh", "--output",
                    "a",
                    "--maximum-length", "20", "--lower-case", "--vocabulary", "9",
                ] + tiny, in: folder)
            for part in [
                "copy.train.tsv:63: this pair is left out: a side has no words",
                "copy.train.tsv:64: this pair is left out: a side has more words than --maximum-length allows",
                "2 of 63 training pairs have a source sentence that stands in the test text too",
                "1 of 14 test pairs have no gold link", "9 of ",
                "source words are kept, the most frequent ones; the others",
            ] {
                #expect(result.errors.contains(part), "\(result.errors) lacks “\(part)”")
            }
            for part in [
                "lower case", "pairs of up to 20 words", "of 13 test pairs", "the 9 most frequent words known",
            ] {
                #expect(
                    result.output.replacing("\n  ", with: " ").contains(part), "\(result.output) lacks “\(part)”")
            }
        }
    }

    @Test("a pair that does not fit the memory is named with its line") func memory() throws {
        try withText { folder in
            let long = (0..<60_000).map { "w\($0 % 50)" }.joined(separator: " ")
            try change("copy.train.tsv", in: folder) { $0 + long + "\t" + long + "\n" }
            let refused = try compare(
                ["--train", "copy.train.tsv", "--output", "a", "--test", "copy.test.tsv", "--scorers", "bahdanau"]
                    + tiny.dropFirst(2), in: folder, status: 2)
            #expect(
                refused.errors.contains("copy.train.tsv:61: this pair has 60000 source words")
                    && refused.errors.contains(" GB"), Comment(rawValue: refused.errors))
        }
    }

    @Test("train takes a test text, its gold and lower case, and translate reads capitals as it did") func train()
        throws
    {
        try withText { folder in
            try change("copy.train.source", in: folder) { $0.uppercased() }
            try change("copy.test.source", in: folder) { $0.uppercased() }
            let trained = try Command.run(
                ["train"] + files + [
                    "--gold", "copy.test.naacl", "--lower-case", "--steps", "20", "--hidden", "8", "--output", "m",
                    "--format", "json", "--quiet",
                ], in: folder)
            #expect(trained.status == 0, Comment(rawValue: trained.errors))
            let figures = try #require(
                try JSONSerialization.jsonObject(with: Data(trained.output.utf8)) as? [String: Any])
            #expect(figures["split"] as? String == "test" && figures["aer"] is Double)
            let lines = ["translate", "--model", "m", "--file", "copy.test.source"]
            #expect(try Command.run(lines, in: folder).errors.contains("has never seen"))
            #expect(try !Command.run(lines + ["--lower-case"], in: folder).errors.contains("has never seen"))
        }
    }
}

/// Text that does not come with the project, where somebody has it beside it.
private let shared = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data/europarl-en-es").path

@Suite("Real text", .enabled(if: FileManager.default.fileExists(atPath: shared + "/dev.key")))
struct RealTextCompareTests {
    @Test("Europarl: gold counted from 1, dev pairs out of the training text") func europarl() throws {
        try withFolder { folder in
            let result = try compare(
                [
                    "--train", shared + "/corpus.en", "--train", shared + "/corpus.es", "--test", shared + "/dev.en",
                    "--test", shared + "/dev.es", "--gold", shared + "/dev.key", "--name", "europarl", "--lower-case",
                    "--maximum-length", "12", "--vocabulary", "500", "--output", "a",
                ] + tiny, in: folder)
            #expect(result.output.contains("(ibm-1)") && result.errors.contains("stands in the test text too"))
        }
    }
}
