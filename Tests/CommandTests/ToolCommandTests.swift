// The small tools and the manners of the command line: figures, help, suggestions, exit codes.

import AttentionLab
import Foundation
import TestSupport
import Testing

@testable import attention

@Suite("attention aer, bleu, data, scorers, bench, help") struct ToolCommandTests {
    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("aer: a case by hand, in both formats") func aer() throws {
        try withFolder { folder in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            try write("gold", "0-0 1p2\n\n1-1\n")
            try write("gold.naacl", "1 1 1 S\n1 2 3 P\n3 2 2\n")
            try write("system", "0-0 1-2\n\n1-0\n")
            for gold in ["gold", "gold.naacl"] {
                let figures = try json(
                    Command.run(["aer", "--gold", gold, "--hypothesis", "system", "--format", "json"], in: folder)
                        .output)
                // A = 3, |A∩S| = 1, |A∩P| = 2, S = 2: 1 − 3/5.
                #expect(figures["aer"] as? Double == 1 - 3.0 / 5)
                #expect(figures["precision"] as? Double == 2.0 / 3)
                #expect(figures["recall"] as? Double == 0.5)
                #expect(
                    figures["sure"] as? Int == 2 && figures["possible"] as? Int == 3
                        && figures["predicted"] as? Int == 3)
                #expect(figures["f1"] as? Double == 4.0 / 7)
            }
            try write("source", "a b\nc\nd e\n")
            try write("target", "a b\nc\nd e\n")
            let outside = try Command.run(
                ["aer", "--gold", "gold", "--hypothesis", "system", "--source", "source", "--target", "target"],
                in: folder)
            #expect(outside.status == 2)
            // The file names word 0, so that it cannot count from 1: its word 2 of a sentence of two is the place after
            // the last.
            #expect(
                outside.errors.contains("system:1:") && outside.errors.contains("perhaps the end token"),
                Comment(rawValue: outside.errors))
            try write("short", "0-0\n")
            try #expect(
                Command.run(["aer", "--gold", "gold", "--hypothesis", "short"], in: folder).errors.contains(
                    "3 sentences, but short has 1"))
        }
    }

    @Test("bleu: keys, several references, and lines that do not fit") func bleu() throws {
        try withFolder { folder in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            try write("r1", "the cat sat on the mat .\nhello there my friend\n")
            try write("r2", "a cat sat on a mat .\nhello my dear friend\n")
            try write("h", "the cat sat on a mat .\nhello my friend\n")
            let figures = try json(
                Command.run(
                    ["bleu", "--reference", "r1", "--reference", "r2", "--hypothesis", "h", "--format", "json"],
                    in: folder
                ).output)
            #expect(figures["hypothesis_length"] as? Int == 10 && figures["reference_length"] as? Int == 11)
            #expect((figures["precisions"] as? [Double])?.count == 4)
            #expect(
                (figures["signature"] as? String)?.hasPrefix("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp") == true)
            #expect(figures["score"] is Double && figures["brevity_penalty"] is Double)
            try write("short", "one\n")
            let result = try Command.run(["bleu", "--reference", "short", "--hypothesis", "h"], in: folder)
            #expect(result.status == 2 && result.errors.contains("short has 1 line, but h has 2"))
            try Data([0x61, 0xFF, 0x0A]).write(to: folder.appendingPathComponent("bad"))
            try #expect(
                Command.run(["bleu", "--reference", "bad", "--hypothesis", "h"], in: folder).errors.contains(
                    "bad:1: this is not UTF-8"))
        }
    }

    @Test("data: exports what aer reads, and the gold agrees with itself") func data() throws {
        try withFolder { folder in
            let result = try Command.run(
                ["data", "english-german", "--export", "d", "--train-pairs", "50", "--test-pairs", "20"], in: folder)
            #expect(result.status == 0)
            for format in ["pharaoh", "naacl"] {
                let figures = try json(
                    Command.run(
                        [
                            "aer", "--gold", "d/english-german.test.pharaoh", "--hypothesis",
                            "d/english-german.test.\(format)",
                            "--source", "d/english-german.test.source", "--target", "d/english-german.test.target",
                            "--format", "json",
                        ], in: folder
                    ).output)
                #expect(figures["aer"] as? Double == 0)
            }
            try #expect(
                Command.run(["data", "english-german"], in: folder).output.contains("die Katze ist auf der Matte"))
        }
    }

    @Test(
        "every subcommand explains itself with examples",
        arguments: ["compare", "train", "translate", "bench", "aer", "bleu", "data", "scorers"])
    func help(name: String) throws {
        try withFolder { folder in
            let help = try Command.run([name, "--help"], in: folder)
            #expect(help.status == 0 && help.errors == "")
            #expect(
                help.output.contains("Usage: attention \(name)") && help.output.contains("Examples")
                    && help.output.contains("attention \(name)"))
            #expect(help.output.split(separator: "\n").allSatisfy { $0.count <= 150 })
            try #expect(Command.run(["help", name], in: folder).output == help.output)
        }
    }

    @Test("families mean their scorers wherever scorers are named") func families() throws {
        try withFolder { folder in
            func compared(_ names: String) throws -> String {
                try Command.run(["compare", "--scorers", names, "--print-experiment"], in: folder).output
            }
            let past = "\"scorers\": [\"location-sensitive\", \"coverage\", \"none\"]"
            try #expect(compared("past-family,none").contains(past))
            try #expect(compared("past-family,coverage,none").contains(past), "each once")
            let usual = try Command.run(["compare", "--print-experiment"], in: folder).output
            try #expect(compared("default") == usual)
            let all = try compared("all")
            for name in Main.names.names { #expect(all.contains("\"\(name)\"")) }
            let cards = try Command.run(["scorers", "past-family", "none", "--format", "json"], in: folder).output
            let read = try JSONSerialization.jsonObject(with: Data(cards.utf8)) as? [[String: Any]]
            #expect(read?.map { $0["name"] as? String } == ["location-sensitive", "coverage", "none"])
            #expect(read?.map { $0["family"] as? String } == ["past", "past", "baseline"])
            #expect(read?.last?["family_summary"] as? String == ScorerFamily.baseline.summary)
        }
    }

    @Test("the cards are listed family by family, and what the default comparison has") func cards() throws {
        try withFolder { folder in
            let text = try Command.run(["scorers"], in: folder).output
            var rest = text[...]
            let families = ScorerNames.byFamily(Catalog.scorers.map { $0.card })
            for (family, cards) in families {
                let names = cards.map { "\n\($0.name)\n" }
                for line in ["── \(family.group): \(family.summary)\n"] + names {
                    let place = try #require(rest.range(of: line), "\(line) comes later, or not at all")
                    rest = rest[place.lowerBound...].dropFirst()
                }
            }
            let words = rest.split { $0.isWhitespace || $0 == "," }.map(String.init)
            #expect(words.suffix(Main.names.standard.count) == Main.names.standard[...])
            try #expect(!Command.run(["scorers", "none"], in: folder).output.contains("bahdanau"))
        }
    }

    @Test(
        "misuse is one sentence and exit code 2",
        arguments: [
            (["compre"], "“compare”"), (["compare", "--seedz", "3"], "“--seeds”"),
            (["compare", "--scorers", "bahdanu"], "“bahdanau”"),
            (["compare", "--tasks", "cpoy"], "“copy”"), (["compare", "--format", "xml"], "terminal, markdown"),
            (["compare", "--steps", "many"], "whole number"),
            (["compare", "--steps"], "needs a value"), (["compare", "--quiet=yes"], "takes no value"),
            (["compare", "extra"], "extra"),
            (["compare", "--scorers", "none,none"], "twice"),
            (["compare", "--scorers", "content-family,content-family"], "twice"),
            (["compare", "--scorers", "past-famly"], "“past-family”"),
            (["bench", "--scorers", "past"], "“past-family”"),
            (["scorers", "baselin-family"], "“baseline-family”"),
            (["compare", "--rate", "negation"], "--rate negation=0.5"),
            (["compare", "--tasks", "copy", "--rate", "negation=0.5"], "no rate"), (["data", "klingon"], "There are:"),
            (["translate"], "nothing to translate"),
            (["translate", "  "], "empty"), (["aer", "--gold", "x"], "--hypothesis"),
            (["bleu", "--reference", "nowhere", "--hypothesis", "nowhere"], "nowhere"),
            (["bench", "--lengths", "0"], "--lengths"), (["bench", "--what", "grwoth"], "“growth”"),
            (["bench", "--what", "keys", "--chart", "x.svg"], "--what keys,growth"),
            (["bench", "--repeats", "0"], "whole number"), (["bench", "--threads", "100000"], "whole number"),
            (["compare", "--lengths", "9-3"], "--lengths"), (["compare", "--seeds", "-1"], "1"),
        ])
    func misuse(arguments: [String], part: String) throws {
        try withFolder { folder in
            let result = try Command.run(arguments, in: folder)
            #expect(result.status == 2)
            #expect(result.output == "")
            #expect(result.errors.contains(part), Comment(rawValue: result.errors))
            #expect(
                result.errors.hasPrefix("attention: ") && result.errors.filter { $0 == "\n" }.count == 1,
                Comment(rawValue: result.errors))
            try #expect(FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { $0.hasPrefix(".") })
        }
    }

    @Test("bench gives every figure as JSON") func bench() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--scorers", "luong-dot", "--sizes", "small", "--lengths", "16", "--repeats", "2",
                    "--format", "json", "--quiet",
                ], in: folder)
            let figures = try json(result.output)
            #expect(
                ((figures["peak"] as? [String: Any])?["one_core_gflop_per_second"] as? Double).map { $0 > 0 } == true)
            let alone = try #require((figures["scorers"] as? [[String: Any]])?.first),
                model = try #require((figures["models"] as? [[String: Any]])?.first)
            for key in [
                "forward_microseconds", "forward_with_keys_microseconds", "forward_backward_microseconds",
                "forward_gflop_per_second",
                "forward_tokens_per_second", "forward_share_of_peak", "forward_backward_share_of_peak",
            ] {
                #expect((alone[key] as? Double).map { $0 > 0 } == true, "\(key)")
            }
            for key in [
                "training_step_milliseconds", "training_tokens_per_second", "training_gflop_per_second",
                "decoding_tokens_per_second",
                "decoding_gflop_per_second", "training_share_of_peak", "decoding_share_of_peak",
            ] {
                #expect((model[key] as? Double).map { $0 > 0 } == true, "\(key)")
            }
        }
    }

    @Test("a folder that was made for what then could not be written is gone again; one that was there stays")
    func emptyFolders() throws {
        try withFolder { folder in
            func exists(_ name: String) -> Bool {
                FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
            }
            func fails(_ name: String) {
                #expect(throws: RunError.self) {
                    try Folder.make(folder.appendingPathComponent(name).path) { throw RunError("no room") }
                }
            }
            fails("a/b/c")
            #expect(!exists("a"))
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("a"), withIntermediateDirectories: false)
            fails("a/b/c")
            fails("a")
            #expect(exists("a") && !exists("a/b"))
            #expect(throws: RunError.self) {
                try Folder.makeNew(folder.appendingPathComponent("n/x").path) { path in
                    try Data().write(to: URL(fileURLWithPath: path + "/kept"))
                    throw RunError("no room")
                }
            }
            #expect(exists("n/x/kept"), "nothing is lost")
            #expect(
                ["a/b", "a", "/a", "a//b/", "/", "", "é", "//a//b//"].map(Folder.above) == [
                    "a", "", "/", "a", "", "", "", "//a",
                ])
            // A name so long that no file can have it.
            let long = String(repeating: "x", count: 300)
            let data = try Command.run(["data", "copy", "--export", "e/\(long)"], in: folder)
            #expect(data.status == 1 && !exists("e"), Comment(rawValue: data.errors))
        }
    }

    @Test(
        "a full disk is a sentence and exit code 1", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func diskFull() throws {
        try withFolder { folder in
            let (process, result) = try Command.process(["scorers"], in: folder)
            process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
            try process.run()
            process.waitUntilExit()
            try #expect(result().status == 1)
            try #expect(result().errors.contains("No space left on device"))
        }
    }
}
