// Own text to checkpoint to translation and picture, as whole commands.

import Foundation
import Terminal
import TestSupport
import Testing

@testable import Experiments
@testable import attention

private let small = [
    "--task", "copy", "--train-pairs", "600", "--test-pairs", "50", "--steps", "120", "--hidden", "16", "--embedding",
    "16", "--attention", "16",
]

@Suite("attention train and translate") struct TrainTranslateCommandTests {
    @Test("train, translate a sentence with a picture, translate a file for bleu") func whole() throws {
        try withFolder { folder in
            let trained = try Command.run(
                ["train", "--output", "m", "--format", "json", "--quiet"] + small, in: folder)
            #expect(trained.status == 0, Comment(rawValue: trained.errors))
            let figures = try #require(
                try JSONSerialization.jsonObject(with: Data(trained.output.utf8)) as? [String: Any])
            #expect(figures["steps"] as? Int == 120)
            #expect(figures["split"] as? String == "test")
            let one = try Command.run(["translate", "--model", "m", "--svg", "p.svg", "be da Xyz be"], in: folder)
            #expect(one.status == 0)
            #expect(one.errors.contains("“Xyz”"))
            try #expect(String(contentsOf: folder.appendingPathComponent("p.svg"), encoding: .utf8).hasPrefix("<svg"))
            let file = try Command.run(
                ["translate", "--model", "m", "--file", "/dev/stdin", "--quiet"], in: folder, input: "be da\nda be\n")
            #expect(file.output.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
            let best = try Command.run(
                ["translate", "--model", "m", "--beam", "3", "--best", "2", "--format", "json", "be da"], in: folder)
            let found = try #require(try JSONSerialization.jsonObject(with: Data(best.output.utf8)) as? [[String: Any]])
            #expect(found.count == 2 && found[0]["rank"] as? Int == 0)
        }
    }

    @Test("in pieces: trained, gone on with, translated alone and together, with words and nothing else")
    func subwords() throws {
        try withFolder { folder in
            let start = ["train", "--subwords", "30", "--average", "2", "--evaluation-interval", "40"] + small
            for (file, seed) in [("one", "1"), ("two", "2")] {
                let trained = try Command.run(start + ["--output", file, "--seed", seed], in: folder)
                #expect(trained.status == 0, Comment(rawValue: trained.errors))
                #expect(
                    trained.errors.contains("source words are read in ")
                        && trained.errors.contains(" tokens/s, at most "))
            }
            let other = try Command.run(start + ["--output", "one", "--resume", "--subwords", "31"], in: folder)
            #expect(other.status == 2 && other.errors.contains("--subwords"), Comment(rawValue: other.errors))
            let together = ["translate", "--model", "one", "--model", "two"]
            let file = try Command.run(
                together + ["--file", "/dev/stdin", "--quiet"], in: folder, input: "be da\nda Xyz be\n")
            #expect(file.status == 0 && file.output.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
            let shown = try Command.run(together + ["--beam", "2", "--format", "json", "be da Xyz"], in: folder)
            let found = try #require(
                try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]])
            let words = try #require(found[0]["target"] as? [String])
            let weights = try #require(found[0]["weights"] as? [[Double]])
            #expect(
                weights.count == words.count && weights.allSatisfy { $0.count == 3 }, "rows of words, not of pieces")
            #expect(shown.errors.contains("has never seen “Xyz”"), Comment(rawValue: shown.errors))
            let whole = try Command.run(["train", "--output", "three"] + small, in: folder)
            #expect(whole.status == 0)
            let refused = try Command.run(["translate", "--model", "one", "--model", "three", "be"], in: folder)
            #expect(
                refused.status == 2 && refused.errors.contains("they do not know the same words"),
                Comment(rawValue: refused.errors))
        }
    }

    @Test("a training that copies, resumed with its own settings and refused with others") func copying() throws {
        try withFolder { folder in
            let start = [
                "train", "--output", "m", "--task", "summary", "--train-pairs", "300", "--copying", "pointer",
                "--minimum-count", "2", "--steps", "20",
                "--hidden", "8", "--embedding", "8", "--attention", "8", "--quiet",
            ]
            #expect(try Command.run(start, in: folder).status == 0)
            let bytes = try Data(contentsOf: folder.appendingPathComponent("m"))
            #expect(try Command.run(start + ["--resume"], in: folder).status == 0)
            let data = ["train", "--output", "m", "--task", "summary", "--train-pairs", "300", "--resume"]
            for (changes, part) in [
                (["--copying", "none"], "--copying pointer, but none"),
                (["--minimum-count", "3"], "begun with --minimum-count 2, but 3"),
                (["--seed", "7"], "--seed 1, but 7"),
                (["--scorer", "luong-dot"], "--scorer bahdanau, but luong-dot"),
                (["--learning-rate", "0.5"], "--learning-rate 0.01, but 0.5"),
            ] {
                let refused = try Command.run(data + changes, in: folder)
                #expect(
                    refused.status == 2 && refused.errors.contains("begun with") && refused.errors.contains(part),
                    Comment(rawValue: refused.errors))
            }
            let other = try Command.run(["train", "--output", "m", "--task", "copy", "--resume"], in: folder)
            #expect(
                other.status == 2 && other.errors.contains("begun with other sentence pairs"),
                Comment(rawValue: other.errors))
            #expect(try Data(contentsOf: folder.appendingPathComponent("m")) == bytes, "nothing was changed")
            let model = try Command.run(["translate", "--model", "m", "--hidden", "8", "a b"], in: folder)
            #expect(model.status == 2 && model.errors.contains("--hidden is for training"))
            let unknown = try Command.run(
                ["translate", "--model", "m", (0..<50).map { "w\($0)" }.joined(separator: " ") + " \u{1B}[31mred"],
                in: folder)
            #expect(
                unknown.status == 0 && unknown.errors.contains("“w7” and 43 other words")
                    && !unknown.output.contains("\u{1B}"), Comment(rawValue: unknown.errors))
        }
    }

    @Test("a setting that differs is named by its option, and no option is forgotten") func options() throws {
        let named = Set(SettingDifference.options.values)
        let there = Set(
            (ModelOptions.all + DataOptions.toy + ExperimentOptions.all + OwnTextOptions.compared + [
                Option("--seed", "", ""), Option("--scorer", "", ""),
            ]).map(\.name)
        )
        .subtracting(["--experiment", "--print-experiment", "--tasks", "--scorers", "--body"])
        let model = Set(ModelOptions.all.map(\.name)).subtracting(["--body"])
        #expect(named.isSubset(of: there) && named.isSuperset(of: model))
        #expect(there.subtracting(named).isEmpty, "\(there.subtracting(named))")
        func option(_ what: String) -> String { SettingDifference(what: what, old: "", new: "").option }
        #expect(
            [
                "learningRate", "model.timing", "data.copy.trainPairs", "data.copy.rates.article",
                "conditions.a.model.timing", "training.beta2",
            ].map(option)
                == ["--learning-rate", "--timing", "--train-pairs", "--rates", "conditions.a.model.timing", "--beta2"])
    }

    @Test("translations that did not end are counted by train, and said for each of several") func cutOff() throws {
        try withFolder { folder in
            let start = [
                "train", "--output", "m", "--task", "copy", "--train-pairs", "50", "--test-pairs", "20", "--steps", "1",
                "--hidden", "4", "--embedding", "4", "--attention", "4", "--quiet",
            ]
            let text = try Command.run(start, in: folder)
            #expect(
                text.output.contains("after 1 step: ")
                    && text.output.contains("20 of 20 translations did not end by themselves and were cut off"),
                Comment(rawValue: text.output))
            let json =
                try JSONSerialization.jsonObject(
                    with: Data(Command.run(start + ["--resume", "--format", "json"], in: folder).output.utf8))
                as? [String: Any]
            #expect(json?["cut_off"] as? Int == 20 && json?["translations"] as? Int == 20)
            let best = try Command.run(
                ["translate", "--model", "m", "--best", "3", "--beam", "3", "gu bi"], in: folder)
            #expect(
                best.errors.contains("3 of the 3 translations did not end within 14 words and were cut off there"),
                Comment(rawValue: best.errors))
        }
    }

    @Test("own text in one file and in two gives the same model") func ownText() throws {
        try withFolder { folder in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            let pairs = (0..<80).map { ("a\($0 % 7) b\($0 % 11) c\($0)", "C\($0) B\($0 % 11)") }
            try write("t.tsv", pairs.map { "\($0.0)\t\($0.1)\n" }.joined())
            try write("t.a", pairs.map { "\($0.0)\r\n" }.joined())
            try write("t.b", pairs.map { "\($0.1)\n" }.joined())
            let options = ["--steps", "20", "--hidden", "8", "--embedding", "8", "--attention", "8", "--quiet"]
            try #expect(
                Command.run(["train", "--train", "t.tsv", "--output", "one"] + options, in: folder).status == 0)
            try #expect(
                Command.run(["train", "--train", "t.a", "--train", "t.b", "--output", "two"] + options, in: folder)
                    .status == 0)
            try #expect(
                Data(contentsOf: folder.appendingPathComponent("one"))
                    == Data(contentsOf: folder.appendingPathComponent("two")))
        }
    }

    @Test(
        "what cannot be read is named with file, line and advice",
        arguments: [
            ("no tab\n", "bad:1:"), ("a\tb\nc\n", "bad:2:"), ("a\tb\tc\n", "bad:1:"), ("", "bad"),
            ("a\tb\n", "2 are needed"),
        ])
    func badText(text: String, part: String) throws {
        try withFolder { folder in
            try Data(text.utf8).write(to: folder.appendingPathComponent("bad"))
            let result = try Command.run(["train", "--train", "bad"], in: folder)
            #expect(result.status == 2)
            #expect(result.errors.contains(part), Comment(rawValue: result.errors))
            #expect(result.errors.hasPrefix("attention: ") && result.errors.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test("a damaged or foreign checkpoint is refused") func checkpoints() throws {
        try withFolder { folder in
            let model = folder.appendingPathComponent("m")
            try #expect(Command.run(["train", "--output", "m", "--quiet"] + small, in: folder).status == 0)
            var bytes = try Data(contentsOf: model)
            try #expect(Command.run(["train", "--output", "m"] + small, in: folder).status == 2)
            for (name, damaged) in [("cut", bytes.dropLast(100)), ("foreign", Data("GIF89a".utf8)), ("empty", Data())] {
                try Data(damaged).write(to: folder.appendingPathComponent(name))
                let result = try Command.run(["translate", "--model", name, "be"], in: folder)
                #expect(result.status == 2)
                #expect(result.errors.contains("\(name): "), Comment(rawValue: result.errors))
            }
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: model)
            try #expect(Command.run(["translate", "--model", "m", "be"], in: folder).errors.contains("damaged"))
        }
    }
}
