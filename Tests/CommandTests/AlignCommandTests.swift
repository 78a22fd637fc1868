// Text to links, links to figures: `attention align` as whole commands, and what `translate` writes of its links.

import AttentionLab
import Foundation
import TestSupport
import Testing

private let small = ["--hidden", "16", "--embedding", "16", "--attention", "16", "--threads", "1", "--quiet"]

@Suite("attention align, and links of translations") struct AlignCommandTests {
    private static let pairs = SwappedText.pairs()

    private func write(_ name: String, _ lines: [String], in folder: URL) throws {
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: folder.appendingPathComponent(name))
    }

    private func text(in folder: URL) throws {
        let sources = Self.pairs.map { Words.join($0.source) }, targets = Self.pairs.map { Words.join($0.target) }
        try write("p.tsv", zip(sources, targets).map { "\($0)\t\($1)" }, in: folder)
        try write("r.tsv", zip(sources, targets).map { "\($1)\t\($0)" }, in: folder)
        try write("p.a", sources, in: folder)
        try write("p.b", targets, in: folder)
        try Pharaoh.write(Self.pairs.compactMap(\.gold), to: folder.appendingPathComponent("gold").path)
    }

    private func aer(_ file: String, _ options: [String] = [], in folder: URL) throws -> Double? {
        let result = try Command.run(
            [
                "aer", "--gold", "gold", "--hypothesis", file, "--source", "p.a", "--target", "p.b", "--format", "json",
            ] + options, in: folder)
        #expect(result.status == 0, Comment(rawValue: result.errors))
        return (try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])?["aer"] as? Double
    }

    private func entries(_ result: CommandResult) throws -> [[String: Any]] {
        #expect(result.status == 0, Comment(rawValue: result.errors))
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    }

    @Test("every aligner finds the links, in every format, as aer reads them", arguments: ["ibm-1", "ibm-2", "hmm"])
    func formats(aligner: String) throws {
        try withFolder { folder in
            try text(in: folder)
            let align = ["align", "--train", "p.tsv", "--aligner", aligner, "--quiet"]
            for (index, (options, judged)) in [
                ([], []), (["--format", "naacl"], []), (["--base", "1"], ["--hypothesis-base", "1"]),
                (["--reversed"], ["--hypothesis-reversed"]),
                (
                    ["--format", "naacl", "--base", "0", "--reversed"],
                    ["--hypothesis-base", "0", "--hypothesis-reversed"]
                ),
                (["--format", "naacl", "--null-links"], []),
            ].enumerated() {
                let result = try Command.run(align + ["--output", "links\(index)"] + options, in: folder)
                #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
                try #expect(aer("links\(index)", judged, in: folder) == 0, "\(options)")
            }
            let shown = try entries(Command.run(align + ["--format", "json"], in: folder))
            let links = shown.map { entry in
                (entry["links"] as? [[Int]] ?? []).map { "\($0[0])-\($0[1])" }.joined(separator: " ")
            }
            try #expect(
                String(contentsOf: folder.appendingPathComponent("links0"), encoding: .utf8)
                    == links.map { $0 + "\n" }.joined())
            let first = try #require(shown.first)
            #expect(first["alignment"] as? String == "posterior" && first["line"] as? Int == 1)
            #expect((first["source"] as? [String]) == Self.pairs[0].source)
            for (rows, null) in [("forward", "forward_null"), ("backward", "backward_null")] {
                let sums = zip(first[rows] as? [[Double]] ?? [], first[null] as? [Double] ?? []).map {
                    $0.reduce(0, +) + $1
                }
                #expect(sums.count == 3 && sums.allSatisfy { abs($0 - 1) < 0.001 }, "\(first)")
            }
        }
    }

    @Test("every rule, two files, standard input, other pairs") func ways() throws {
        try withFolder { folder in
            try text(in: folder)
            for rule in [
                "forward", "reverse", "intersection", "union", "grow-diag", "grow-diag-final", "grow-diag-final-and",
                "mean",
                "product",
            ] {
                let grow = rule.hasPrefix("grow") ? ["--grow", "both"] : []
                let result = try Command.run(
                    ["align", "--train", "p.a", "--train", "p.b", "--aligner", "ibm-2", "--symmetrise", rule] + grow,
                    in: folder)
                #expect(result.status == 0 && result.errors.contains("ibm-2 learns from 120 pairs"))
                try Data(result.output.utf8).write(to: folder.appendingPathComponent("out"))
                try #expect(aer("out", in: folder) == 0, "\(rule)")
            }
            let typed = try Command.run(
                [
                    "align", "--train", "p.tsv", "--pairs", "-", "--aligner", "hmm", "--lower-case", "--quiet",
                    "--symmetrise", "forward", "--every-word",
                ], in: folder, input: "S3 s1 S2\tt1 T3 t2\nzz zz\tyy yy\n")
            #expect(typed.output.hasPrefix("1-0 0-1 2-2\n"), Comment(rawValue: typed.output + typed.errors))
            #expect(typed.output.split(separator: "\n")[1].split(separator: " ").count == 2)
            let strict = try Command.run(
                ["align", "--train", "p.tsv", "--aligner", "ibm-1", "--threshold", "1", "--quiet"], in: folder)
            #expect(strict.output == String(repeating: "\n", count: 120), "no mean is above 1")
        }
    }

    @Test("a line of the text is a line of the output, also of pairs that are left out") func lines() throws {
        try withFolder { folder in
            try text(in: folder)
            try write(
                "some.tsv", ["", "s1 s2\tT2 T1", "s1\t", "s1 s2 s3 s4\tT1 T2 T3 T4", "s5 s6\tT6 T5", " \t "], in: folder
            )
            let align = [
                "align", "--train", "p.tsv", "--pairs", "some.tsv", "--maximum-length", "3", "--aligner", "ibm-1",
            ]
            let result = try Command.run(align + ["--symmetrise", "forward"], in: folder)
            #expect(
                result.output == "\n1-0 0-1\n\n\n1-0 0-1\n\n", Comment(rawValue: result.output + result.errors))
            for part in [
                "some.tsv:1: 3 pairs are left out: a side has no words", "some.tsv:4: ", "4 of 6 lines have no links",
            ] {
                #expect(result.errors.contains(part), Comment(rawValue: result.errors))
            }
            let shown = try entries(Command.run(align + ["--format", "json", "--quiet"], in: folder))
            #expect(shown.map { $0["line"] as? Int } == [1, 2, 3, 4, 5, 6])
            #expect(shown.map { $0["problem"] != nil } == [true, false, true, true, false, true])
            let naacl = try Command.run(
                align + ["--symmetrise", "forward", "--format", "naacl", "--quiet"], in: folder)
            #expect(naacl.output == "2 2 1 S\n2 1 2 S\n5 2 1 S\n5 1 2 S\n")
        }
    }

    @Test("words that come from none have null links where they are asked for") func nullLinks() throws {
        try withFolder { folder in
            try write("p.tsv", (0..<30).map { "a\($0 % 4)\tA\($0 % 4)" + ($0 % 2 == 0 ? " zu" : "") }, in: folder)
            let result = try Command.run(
                [
                    "align", "--train", "p.tsv", "--aligner", "ibm-2", "--null-probability", "0.4", "--format", "naacl",
                    "--null-links", "--quiet",
                ], in: folder)
            #expect(
                result.output.hasPrefix("1 1 1 S\n1 0 2 S\n2 1 1 S\n3 1 1 S\n3 0 2 S\n"),
                Comment(rawValue: result.output))
        }
    }

    @Test("trained models: weights, posterior, both directions, and what they cannot read") func models() throws {
        try withFolder { folder in
            try text(in: folder)
            for (name, train, options) in [
                ("there", "p.tsv", ["--scorer", "location", "--maximum-source", "6"]),
                ("back", "r.tsv", ["--scorer", "luong-dot", "--use", "words"]),
                ("none", "p.tsv", ["--scorer", "none", "--steps", "20", "--evaluation-interval", "20"]),
            ] {
                let steps = options.contains("--steps") ? [] : ["--steps", "150"]
                let trained = try Command.run(
                    ["train", "--train", train, "--dev", train, "--output", name] + steps + options + small, in: folder)
                #expect(trained.status == 0, Comment(rawValue: trained.errors))
            }
            try write("some.tsv", ["s1 s2\tT2 T1", "s1 s2 s3 s4 s5 s6 s7\tT1 T2 T3 T4", "s5 s6\tT6 T5"], in: folder)
            let align = ["align", "--pairs", "some.tsv", "--model"]
            let soft = try entries(Command.run(align + ["there", "--format", "json"], in: folder))
            #expect(soft.map { $0["alignment"] as? String } == ["prior", "prior", "prior"])
            #expect(soft[0]["backward"] == nil && (soft[0]["links"] as? [[Int]])?.count == 2)
            #expect((soft[1]["problem"] as? String)?.contains("location cannot look") == true, "\(soft[1])")
            let hard = try Command.run(
                ["align", "--pairs", "r.tsv", "--model", "back", "--symmetrise", "forward", "--format", "json"],
                in: folder)
            #expect(try entries(hard).allSatisfy { $0["alignment"] as? String == "posterior" })
            let both = try Command.run(
                align + ["there", "--reverse-model", "back", "--symmetrise", "union"], in: folder)
            #expect(both.status == 0 && both.output.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
            #expect(both.errors.contains("some.tsv:2: location cannot look at a sentence of 7 words"))
            let nowhere = try Command.run(align + ["none"], in: folder)
            #expect(nowhere.status == 2 && nowhere.errors.contains("none looks nowhere"))
            let place = folder.appendingPathComponent("there")
            var bytes = try Data(contentsOf: place)
            bytes[bytes.count / 2] ^= 0x55
            try bytes.write(to: place)
            let damaged = try Command.run(align + ["there"], in: folder)
            #expect(damaged.status == 2 && damaged.errors.contains("damaged") && damaged.output.isEmpty)
        }
    }

    @Test("a ladder of a text is the same by align and by the experiment, as a table and as JSON") func ladder() throws
    {
        try withFolder { folder in
            try text(in: folder)
            let small = ["--train", "p.tsv", "--steps", "3", "--passes", "1", "--seed", "2"]
            let table = try Command.run(["align", "--ladder", "gold"] + small, in: folder)
            #expect(
                table.status == 0 && table.output.hasPrefix("step ") && table.output.contains("\ntranslator "),
                Comment(rawValue: table.errors))
            #expect(table.errors.contains("learning"), "progress is no result")
            let align = try entries(
                Command.run(["align", "--ladder", "gold", "--format", "json", "--quiet"] + small, in: folder))
            let experiment = try entries(
                Command.run(
                    ["experiments", "real-text", "--gold", "gold", "--format", "json", "--quiet"] + small, in: folder))
            #expect(align.map { $0["step"] as? String } == AlignmentLadder.Step.allCases.map(\.rawValue))
            for (one, other) in zip(align, experiment) {
                for figure in ["prior", "later", "posterior", "bleu"] {
                    #expect(one[figure] as? Double == other[figure] as? Double, "\(one), \(other)")
                }
            }
            #expect(align.map { $0["bleu"] != nil } == [true] + Array(repeating: false, count: 8))
        }
    }

    @Test("what cannot be used is refused in one sentence") func refusals() throws {
        try withFolder { folder in
            try text(in: folder)
            try write("short", ["a"], in: folder)
            try write("blank", ["", "\t"], in: folder)
            try write("empty", [], in: folder)
            try write("untabbed", ["s1 s2 T1 T2"], in: folder)
            try write("few", ["0-0", "1-1"], in: folder)
            for (options, part) in [
                ([], "there is nothing to learn links from"), (["--train", "nobody"], "cannot be read"),
                (["--train", "p.a", "--train", "short"], "p.a has 120 lines, but short has 1"),
                (["--train", "p.a", "--train", "p.b", "--train", "p.b"], "was given 3 times"),
                (["--train", "blank"], "2 lines without words"), (["--train", "empty"], "there is no sentence in it"),
                (["--train", "untabbed"], "untabbed:1: there is no tab"),
                (["--train", "p.tsv", "--aligner", "hm"], "Did you mean “hmm”?"),
                (["--train", "p.tsv", "--aligner", "ibm-1", "--dirichlet", "0.1"], "changes nothing in ibm-1"),
                (["--train", "p.tsv", "--passes", "0"], "1 to 1000"),
                (["--train", "p.tsv", "--null-probability", "1"], "above 0"),
                (["--train", "p.tsv", "--symmetrise", "grow"], "grow-diag"),
                (["--train", "p.tsv", "--grow", "both"], "--grow says nothing"),
                (["--train", "p.tsv", "--threshold", "1.5"], "0 to 1"),
                (["--train", "p.tsv", "--every-word"], "--every-word"),
                (["--train", "p.tsv", "--format", "moses"], "pharaoh, naacl"),
                (["--train", "p.tsv", "--base", "2"], "0 to 1"),
                (["--train", "p.tsv", "--format", "json", "--base", "1"], "JSON counts from 0"),
                (["--train", "p.tsv", "--null-links"], "--format naacl"),
                (["--train", "p.tsv", "--output", "-"], "standard output"),
                (["--train", "p.tsv", "--output", "p.tsv"], "would be lost"),
                (["--train", "p.a", "--train", "p.b", "--output", "./p.b"], "would be lost"),
                (["--train", "p.tsv", "--ladder"], "--ladder"),
                (["--train", "p.tsv", "--steps", "9"], "--ladder GOLD"),
                (["--train", "p.tsv", "--ladder", "few"], "it has 2 lines of links, but the text has 120"),
                (["--train", "p.tsv", "--ladder", "gold", "--aligner", "hmm"], "changes nothing in --ladder"),
                (["--train", "p.tsv", "--reverse-model", "m"], "--model"),
                (["--train", "p.tsv", "--model", "m"], "--train is for learning"),
                (["--model", "m"], "--pairs"), (["--model", "p.a", "--pairs", "p.tsv"], "p.a"),
                (["--model", "m", "--pairs", "p.tsv", "--symmetrise", "mean"], "--reverse-model"),
            ] {
                let result = try Command.run(["align", "--quiet"] + options, in: folder)
                #expect(
                    result.status == 2 && result.output.isEmpty && result.errors.contains(part)
                        && result.errors.split(separator: "\n").count == 1,
                    "\(options): \(result.status) \(result.errors)")
            }
            let unwritable = try Command.run(
                ["align", "--train", "p.tsv", "--aligner", "ibm-1", "--quiet", "--output", "no/such"], in: folder)
            #expect(unwritable.status == 1 && unwritable.errors.contains("create the folder"))
        }
    }

    @Test("translate writes the links of its words, and source words for unknown ones") func translations() throws {
        try withFolder { folder in
            // Names stand once each, so that the model reads and writes them as unknown.
            let pairs = (0..<80).map { "a\($0 % 3) name\($0) c\($0 % 4)\tA\($0 % 3) NAME\($0) C\($0 % 4)" }
            try write("p.tsv", pairs, in: folder)
            let trained = try Command.run(
                [
                    "train", "--train", "p.tsv", "--dev", "p.tsv", "--scorer", "location", "--minimum-count", "2",
                    "--steps", "200", "--output", "m",
                ] + small, in: folder)
            #expect(trained.status == 0, Comment(rawValue: trained.errors))
            try write("in", ["a1 Ada c2", "", "a2 c1 Bob"], in: folder)
            let translate = ["translate", "--model", "m", "--file", "in"]
            let plain = try entries(Command.run(translate + ["--quiet", "--format", "json"], in: folder))
            // What stands where, by the weights that are shown.
            var words: [String] = [], links: [String] = [], replaced: [[Int]] = []
            for entry in plain {
                let source = entry["source"] as? [String] ?? [], target = entry["target"] as? [String] ?? []
                let best = (entry["weights"] as? [[Double]] ?? []).map { row in
                    row.firstIndex(of: row.max() ?? 0) ?? 0
                }
                words.append(Words.join(zip(target, best).map { $0 == "<unknown>" ? source[$1] : $0 }))
                links.append(best.enumerated().map { "\($1)-\($0)" }.joined(separator: " "))
                replaced.append(target.indices.filter { target[$0] == "<unknown>" })
            }
            #expect(replaced[0] == [1] && plain.count == 3)
            let result = try Command.run(translate + ["--replace-unknown", "--alignments", "links"], in: folder)
            #expect(result.output == words.map { $0 + "\n" }.joined() && !result.output.contains("<unknown>"))
            #expect(result.errors.contains("replaced by the source word"), Comment(rawValue: result.errors))
            let written = try String(contentsOf: folder.appendingPathComponent("links"), encoding: .utf8)
            #expect(written == links.map { $0 + "\n" }.joined())
            let shown = try entries(Command.run(translate + ["--replace-unknown", "--format", "json"], in: folder))
            #expect(shown[0]["replaced"] as? [Int] == [1] && shown[1]["replaced"] == nil && plain[0]["replaced"] == nil)
            for (options, part) in [
                (["--alignments", "-"], "name a file"),
                (["--train", "x.tsv", "--alignments", "x.tsv"], "would be lost"),
                (["--scorer", "none", "--alignments", "x"], "leave out --alignments"),
                (["--scorer", "none", "--replace-unknown"], "leave out --replace-unknown"),
            ] {
                let refused = try Command.run(
                    ["translate", "a cat", "--steps", "1", "--train-pairs", "20"] + options, in: folder)
                #expect(refused.status == 2 && refused.errors.contains(part), Comment(rawValue: refused.errors))
            }
        }
    }
}
