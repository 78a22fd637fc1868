// Texts as people have them, through whole commands: what is read is what stands there, and what happened is said.

import Foundation
import TestSupport
import Testing

private let tiny = ["--hidden", "16", "--embedding", "16", "--attention", "16", "--threads", "1"]

@Suite("Own text: train, translate, aer, bleu") struct OwnTextCommandTests {
    private func write(_ name: String, _ text: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private func pairs(_ count: Int, _ pair: (Int) -> String) -> String { (0..<count).map { pair($0) + "\n" }.joined() }

    private func json(_ result: CommandResult) throws -> Any {
        #expect(result.status == 0, Comment(rawValue: result.errors))
        return try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    }

    @Test(
        "words that are spelt like the program's own marks are learnt as words",
        arguments: [[], ["--copying", "pointer", "--minimum-count", "2"]])
    func marks(options: [String]) throws {
        try withFolder { folder in
            try write(
                "p.tsv",
                pairs(400) {
                    "<begin> w\($0 % 5) w\($0 % 7) <end> <pad> <unknown>\t<begin> W\($0 % 5) W\($0 % 7) <end> <pad> <unknown>"
                }, in: folder)
            let trained = try Command.run(
                [
                    "train", "--train", "p.tsv", "--dev", "p.tsv", "--output", "m", "--steps", "1000", "--batch", "16",
                    "--quiet", "--format", "json",
                ] + tiny + options,
                in: folder)
            let figures = try #require(json(trained) as? [String: Any])
            #expect(figures["sentence_accuracy"] as? Double ?? 0 > 0.9, Comment(rawValue: trained.output))
            let one = try Command.run(
                ["translate", "--model", "m", "--quiet", "<begin> w1 w2 <end> <pad> <unknown>"], in: folder)
            #expect(one.output.hasPrefix("<begin> W1 W2 <end> <pad> <unknown>\n"), Comment(rawValue: one.output))
        }
    }

    @Test("a file is read as train reads it, line by line: capitals, blank and long lines, what was cut off")
    func file() throws {
        try withFolder { folder in
            try write("p.tsv", pairs(120) { "a b\($0 % 4) .\tA B\($0 % 4) ." }, in: folder)
            let train =
                [
                    "train", "--train", "p.tsv", "--scorer", "location", "--maximum-source", "6", "--output", "m",
                    "--steps", "60", "--quiet",
                ] + tiny
            #expect(try Command.run(train, in: folder).status == 0)
            let lines = ["a b1 .", "", "A B1.", "a b2 b2 b2 b2 b2 b2 b2", "\t", "a b3 ."]
            try write("in", lines.map { $0 + "\n" }.joined(), in: folder)
            let result = try Command.run(["translate", "--model", "m", "--file", "in"], in: folder)
            let output = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(
                result.status == 0 && output.count == lines.count + 1 && output[0] != "" && output[1] == ""
                    && output[3] == "" && output[4] == "")
            for part in [
                "in:2: the line is blank", "in:3: the model has never seen “A”, “B1.”",
                "in:4: location cannot look at a sentence of 8 words", "--maximum-source", "in:5: ",
            ] {
                #expect(result.errors.contains(part), Comment(rawValue: result.errors))
            }
            #expect(
                try Command.run(["translate", "--model", "m", "--file", "in", "--quiet"], in: folder).errors.contains(
                    "in:4:"), "a lost line is told in any case")
            let shown = try #require(
                json(
                    Command.run(
                        ["translate", "--model", "m", "--file", "-", "--format", "json"], in: folder,
                        input: lines.joined(separator: "\n")))
                    as? [[String: Any]])
            #expect(
                shown.map { ($0["source"] as? [String] ?? []).joined(separator: " ") } == [
                    "a b1 .", "", "A B1.", lines[3], "", "a b3 .",
                ])
            #expect(shown[3]["problem"] is String && shown[0]["problem"] == nil)
            let typed = try Command.run(["translate", "--model", "m", "A B1."], in: folder)
            #expect(typed.errors.contains("read “A” as “a”, “B1.” as “b1 .”"), Comment(rawValue: typed.errors))
        }
    }

    @Test("an empty translation, one that did not end, a picture of neither") func endings() throws {
        try withFolder { folder in
            let options = [
                "translate", "--task", "copy", "--train-pairs", "50", "--steps", "1", "--hidden", "4", "--embedding",
                "4", "--attention", "4",
            ]
            let cut = try Command.run(options + ["gu bi ka be da ge bo no ba"], in: folder)
            #expect(cut.errors.contains("did not end within 28 words and was cut off"), Comment(rawValue: cut.errors))
            try write("in", "gu bi\nka be da\n", in: folder)
            #expect(
                try Command.run(options + ["--file", "in"], in: folder).errors.contains(
                    "in:2: the translation did not end within 16 words"))
            try write("p.tsv", pairs(60) { "w\($0)\tv\($0)" }, in: folder)
            let train = [
                "train", "--train", "p.tsv", "--output", "m", "--steps", "30", "--hidden", "8", "--embedding", "8",
                "--attention", "8", "--batch", "16", "--quiet",
            ]
            #expect(try Command.run(train, in: folder).status == 0)
            let empty = try Command.run(["translate", "--model", "m", "--file", "in", "--svg", "y.svg"], in: folder)
            #expect(
                empty.status == 0 && empty.output == "\n\n"
                    && empty.errors.contains("line 2: the translation is empty, so there is no picture"),
                Comment(rawValue: empty.errors + empty.output))
            #expect(
                try Command.run(["translate", "--model", "m", "w5"], in: folder).output.contains(
                    "the translation is empty, so there is no heatmap"))
            let nowhere = try Command.run(
                ["translate", "--task", "copy", "--scorer", "none", "--svg", "y.svg", "be"], in: folder)
            #expect(
                nowhere.status == 2 && nowhere.errors.contains("none looks nowhere")
                    && !nowhere.errors.contains("training"))
        }
    }

    @Test("early stop, and a finished training that is resumed, are told") func ends() throws {
        try withFolder { folder in
            try write("p.tsv", pairs(100) { "a\($0)\tb\(($0 * 37) % 100)" }, in: folder)
            let train = ["train", "--train", "p.tsv", "--output", "m", "--steps", "4000"] + tiny
            let first = try Command.run(train, in: folder)
            #expect(
                first.status == 0
                    && first.output.contains(" of 4000 steps: no lower dev loss in 5 looks; the parameters of step "),
                Comment(rawValue: first.output))
            let again = try Command.run(train + ["--resume"], in: folder)
            #expect(
                again.errors.contains("this training is finished: stopped after") && !again.output.contains("tokens/s"),
                Comment(rawValue: again.errors))
        }
    }

    @Test("a loss that is no number leaves no file where there was no look, and the advice works when typed")
    func notANumber() throws {
        try withFolder { folder in
            try write("p.tsv", pairs(60) { "a\($0 % 9) b\tc\($0 % 9)" }, in: folder)
            let train = ["train", "--train", "p.tsv", "--output", "m", "--quiet", "--steps", "5"] + tiny
            let wild = try Command.run(train + ["--learning-rate", "1e30"], in: folder)
            #expect(
                wild.status == 1 && wild.errors.contains("Try a lower learning rate than 1e+30")
                    && wild.errors.contains("No file was left"), Comment(rawValue: wild.errors))
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("m").path))
            #expect(try Command.run(train + ["--learning-rate", "0.01"], in: folder).status == 0)
        }
    }

    @Test("no word known is refused by train and by compare; some unknown is counted") func unknown() throws {
        try withFolder { folder in
            try write("p.tsv", pairs(60) { "a b\($0)\tc d" }, in: folder)
            let none = try Command.run(
                ["train", "--train", "p.tsv", "--output", "m", "--minimum-count", "1000"], in: folder)
            #expect(
                none.status == 2 && none.errors.contains("no source word occurs 1000 times"),
                Comment(rawValue: none.errors))
            let some = try Command.run(
                ["train", "--train", "p.tsv", "--output", "m", "--minimum-count", "2", "--steps", "2"] + tiny,
                in: folder)
            #expect(
                some.status == 0
                    && some.errors.contains(
                        "1 of 55 source words occur at least 2 times; the others, 50.0 % of the text"),
                Comment(rawValue: some.errors))
            let compared = try Command.run(
                [
                    "compare", "--tasks", "copy", "--scorers", "luong-dot", "--train-pairs", "20", "--minimum-count",
                    "1000",
                ], in: folder)
            #expect(
                compared.status == 2 && compared.errors.contains("no source word occurs 1000 times"),
                Comment(rawValue: compared.errors))
        }
    }

    @Test("a pair that does not fit the memory is named with its line, and the option that leaves it out works")
    func memory() throws {
        try withFolder { folder in
            let long = (0..<60_000).map { "w\($0 % 50)" }.joined(separator: " ")
            try write("p.tsv", pairs(40) { "a b\($0)\tc d" } + long + "\t" + long + "\n", in: folder)
            let train = ["train", "--train", "p.tsv", "--output", "m", "--steps", "1"] + tiny
            let refused = try Command.run(train, in: folder)
            #expect(
                refused.status == 2
                    && refused.errors.contains("p.tsv:41: this pair has 60000 source words and 60000 target words")
                    && refused.errors.contains(" GB"),
                Comment(rawValue: refused.errors))
            let fits = try Command.run(train + ["--maximum-length", "100"], in: folder)
            #expect(
                fits.status == 0 && fits.errors.contains("p.tsv:41: this pair is left out"),
                Comment(rawValue: fits.errors))
        }
    }

    @Test("pipes and standard input are read once, by name or as -; twice is refused") func pipes() throws {
        try withFolder { folder in
            try write("gold", "0-0 1-1\n\n", in: folder)
            for name in ["-", "/dev/stdin"] {
                let aer = try Command.run(
                    ["aer", "--gold", "gold", "--hypothesis", name], in: folder, input: "0-0 1-1\n\n")
                #expect(aer.status == 0 && aer.output.contains("0.0000"), Comment(rawValue: aer.errors))
                #expect(
                    try Command.run(
                        ["bleu", "--reference", name, "--hypothesis", "gold"], in: folder, input: "0-0 1-1\n\n"
                    ).status == 0)
            }
            let twice = try Command.run(["aer", "--gold", "-", "--hypothesis", "-"], in: folder, input: "0-0\n")
            #expect(
                twice.status == 2 && twice.errors.contains("standard input was asked for twice"),
                Comment(rawValue: twice.errors))
            #expect(mkfifo(folder.appendingPathComponent("pipe").path, 0o600) == 0)
            let shell = Process()
            shell.executableURL = URL(fileURLWithPath: "/bin/sh")
            shell.arguments = ["-c", "cat gold > pipe"]
            shell.currentDirectoryURL = folder
            try shell.run()
            let same = try Command.run(["aer", "--gold", "pipe", "--hypothesis", "pipe"], in: folder)
            shell.waitUntilExit()
            #expect(
                same.status == 2 && same.errors.contains("the pipe pipe was asked for twice"),
                Comment(rawValue: same.errors))
            let bad = try Command.run(
                ["aer", "--gold", "gold", "--hypothesis", "-"], in: folder, input: "0-0 x\u{1B}[31m\n")
            #expect(bad.errors.contains("standard input:1: “x\\u{1B}[31m” is no link"), Comment(rawValue: bad.errors))
        }
    }

    @Test("aer: a pair without words is a pair, and links with end tokens can be left out") func aer() throws {
        try withFolder { folder in
            try write("s", "the cat\n\na dog\n", in: folder)
            try write("gold", "0-0 1-1\n\n0-0\n", in: folder)
            try write("ends", "0-0 1-1 2-2\n\n0-0\n", in: folder)
            let text = ["--source", "s", "--target", "s"]
            #expect(
                try Command.run(["aer", "--gold", "gold", "--hypothesis", "gold"] + text, in: folder).output.contains(
                    "0.0000"))
            let refused = try Command.run(["aer", "--gold", "gold", "--hypothesis", "ends"] + text, in: folder)
            #expect(
                refused.status == 2 && refused.errors.contains("ends:1:") && refused.errors.contains("--without-end"),
                Comment(rawValue: refused.errors))
            #expect(
                try Command.run(["aer", "--gold", "gold", "--hypothesis", "ends", "--without-end"] + text, in: folder)
                    .output.contains("0.0000"))
            #expect(
                try Command.run(["aer", "--gold", "gold", "--hypothesis", "ends", "--without-end"], in: folder).status
                    == 2)
        }
    }

    @Test("two spellings of a word are two words in training and in BLEU, and the mixture is told") func accents()
        throws
    {
        try withFolder { folder in
            let words = ["\u{E9}t\u{E9}", "c\u{F4}t\u{E9}", "fen\u{EA}tre"]
            func text(_ form: (String) -> String) -> String {
                pairs(90) { "a\($0 % 3) b\($0 % 5)\t\(form(words[$0 % 3])) B\($0 % 5)" }
            }
            try write("train.tsv", text { $0 }, in: folder)
            try write("dev.tsv", text { $0.decomposedStringWithCanonicalMapping }, in: folder)
            let trained = try Command.run(
                [
                    "train", "--train", "train.tsv", "--dev", "dev.tsv", "--output", "m", "--steps", "200", "--format",
                    "json",
                ] + tiny, in: folder)
            let figures = try #require(json(trained) as? [String: Any])
            #expect(
                figures["dev_loss"] as? Double ?? 0 > 0.5 && figures["sentence_accuracy"] as? Double == 0,
                Comment(rawValue: trained.output))
            #expect(trained.errors.contains("is spelt in two ways"), Comment(rawValue: trained.errors))
            try write("h", "\u{E9}t\u{E9} a b c\n", in: folder)
            try write("r", "e\u{301}te\u{301} a b c\n", in: folder)
            let bleu = try Command.run(["bleu", "--reference", "r", "--hypothesis", "h"], in: folder)
            #expect(
                !bleu.output.hasPrefix("BLEU 100") && bleu.errors.contains("as they are for BLEU"),
                Comment(rawValue: bleu.errors))
        }
    }
}
