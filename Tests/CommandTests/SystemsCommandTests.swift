// `bleu` and `aer` with several systems: letters, pairs, every format, and what they refuse.

import AttentionLab
import Foundation
import TestSupport
import Testing

@testable import attention

@Suite("aer and bleu of several systems") struct SystemsCommandTests {
    /// Forty sentences of which one system gets nearly all right, and two others as many as each other.
    private func write(_ folder: URL) throws {
        func write(_ name: String, _ lines: [String]) throws {
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: folder.appendingPathComponent(name))
        }
        let words = ["the", "cat", "sat", "on", "mat", "dog", "saw", "big", "red", "house"]
        func text(_ k: Int, _ spoilt: (Int) -> Bool) -> String {
            let all: [String] = (0..<8).map { place in
                let number: Int = 3 * k + place * (k % 3 + 1)
                return spoilt(place) ? "wrong" : words[number % 10]
            }
            return all.joined(separator: " ")
        }
        func links(_ k: Int, _ spoilt: (Int) -> Bool) -> String {
            let all: [String] = (0..<8).map { place in "\(place)-\(spoilt(place) ? (place + 1) % 8 : place)" }
            return all.joined(separator: " ")
        }
        func each(_ make: (Int, (Int) -> Bool) -> String, every: Int, from: Int) -> [String] {
            (0..<40).map { k in make(k) { place in (place + k + from) % every == 0 } }
        }
        func all(_ make: (Int, (Int) -> Bool) -> String) -> [String] { (0..<40).map { make($0) { _ in false } } }
        try write("ref", all(text))
        try write("good", each(text, every: 39, from: 0))
        try write("bad", each(text, every: 3, from: 0))
        try write("bad2", each(text, every: 3, from: 1))
        try write("gold", all(links).map { $0 + " 0p1" })
        try write("align", each(links, every: 39, from: 0))
        try write("misaligned", each(links, every: 3, from: 0))
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private let three = [
        "bleu", "--reference", "ref", "--hypothesis", "good", "--hypothesis", "bad", "--hypothesis", "bad2", "--name",
        "fine", "--name", "poor", "--name", "poor|2",
    ]

    @Test("bleu: letters say who can be told apart, and the figures are those of each alone") func bleu() throws {
        try withFolder { folder in
            try write(folder)
            let whole = try json(Command.run(three + ["--chrf", "--format", "json"], in: folder).output)
            let systems = try #require(whole["systems"] as? [[String: Any]])
            #expect(systems.map { $0["name"] as? String } == ["fine", "poor", "poor|2"])
            let alone = try json(
                Command.run(["bleu", "--reference", "ref", "--hypothesis", "bad", "--format", "json"], in: folder)
                    .output)
            #expect(alone["score"] as? Double == systems[1]["score"] as? Double && alone["name"] == nil)
            let columns = try #require(whole["pairs"] as? [[String: Any]])
            #expect(columns.map { $0["column"] as? String } == ["bleu", "chrf2"])
            let letters = try #require(columns[0]["letters"] as? [[String: String]])
            #expect(letters.first?["system"] == "fine" && letters.map { $0["letters"] } == ["a", "b", "b"])
            #expect((columns[0]["pairs"] as? [[String: Any]])?.count == 3)
            let randomised = try json(
                Command.run(three + ["--test", "randomisation", "--format", "json"], in: folder).output)
            let column = try #require((randomised["pairs"] as? [[String: Any]])?.first)
            #expect(column["test"] as? String == "approximate randomisation")
            #expect((column["letters"] as? [[String: String]])?.map { $0["letters"] } == ["a", "b", "b"])
        }
    }

    @Test("every format has every system, its letters and the signature", arguments: ["terminal", "markdown", "latex"])
    func formats(format: String) throws {
        try withFolder { folder in
            try write(folder)
            let text = try Command.run(three + ["--pairs", "--format", format], in: folder).output
            for part in ["fine", "poor", "tok:13a", "all pairs", "Holm", "bootstrap over segments"] {
                #expect(text.contains(part), "\(part) is not in \(text)")
            }
            #expect(text.contains(" a") && text.contains(" b"))
            if format == "markdown" { #expect(text.contains("poor\\|2") && text.contains("### ")) }
            if format == "latex" { #expect(text.contains("\\toprule") && text.contains("\\usepackage{booktabs}")) }
            let links = try Command.run(
                [
                    "aer", "--gold", "gold", "--hypothesis", "align", "--hypothesis", "misaligned", "--source", "ref",
                    "--target", "ref", "--errors", "3", "--alpha", "0.4", "--pairs", "--format", format,
                ], in: folder
            ).output
            for part in ["misaligned", "frequent errors", "wrong", "all pairs", "40 sentences, 320 sure links"] {
                #expect(links.contains(part), "\(part) is not in \(links)")
            }
        }
    }

    @Test("csv: unrounded figures with letters; pairs or errors alone where they are asked for") func csv() throws {
        try withFolder { folder in
            try write(folder)
            func rows(_ words: [String]) throws -> [[String]] {
                try Command.run(words + ["--format", "csv"], in: folder).output.split(separator: "\n").map {
                    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                }
            }
            let table = try rows(three)
            #expect(table[0].prefix(3) == ["system", "bleu", "bleu_group"] && table.count == 4)
            #expect(table[1].first == "fine" && table[1][2] == "a" && (Double(table[1][1]) ?? 0) > 80)
            let pairs = try rows(three + ["--pairs"])
            #expect(pairs.count == 4 && pairs[0].last == "different" && pairs[3].last == "false")
            let aer = ["aer", "--gold", "gold", "--hypothesis", "align", "--hypothesis", "misaligned"]
            #expect(try rows(aer)[0].prefix(4) == ["system", "aer", "aer_group", "precision"])
            let errors = try rows(aer + ["--errors", "2", "--source", "ref", "--target", "ref"])
            #expect(errors[0] == ["system", "error", "source", "target", "count"] && errors.count == 5)
        }
    }

    @Test("aer: possible links as sure ones, F with α, errors as JSON") func aer() throws {
        try withFolder { folder in
            try write(folder)
            let usual = ["aer", "--gold", "gold", "--hypothesis", "misaligned", "--format", "json"]
            let figures = try json(Command.run(usual, in: folder).output)
            #expect(figures["sure"] as? Int == 320 && figures["f_alpha"] == nil && figures["errors"] == nil)
            let more = try json(
                Command.run(
                    usual + ["--all-sure", "--alpha", "0.5", "--errors", "4", "--source", "ref", "--target", "ref"],
                    in: folder
                ).output)
            #expect(more["sure"] as? Int == 360 && more["possible"] as? Int == 360)
            #expect(more["f_alpha"] as? Double == more["f1"] as? Double)
            let errors = try #require(more["errors"] as? [[String: Any]])
            #expect(errors.count == 4 && errors[0].keys.sorted() == ["count", "kind", "source", "target"])
            let counts = errors.compactMap { $0["count"] as? Int }
            #expect(counts == counts.sorted(by: >))
        }
    }

    @Test("bleu: tokenisers, smoothing and the scores of segments") func choices() throws {
        try withFolder { folder in
            func write(_ name: String, _ text: String) throws {
                try Data(text.utf8).write(to: folder.appendingPathComponent(name))
            }
            try write("r", "我喜欢猫。\nthe cat sat on the mat\nno\n")
            try write("h", "我喜欢狗。\nthe cat sat on a mat\nyes\n")
            let usual = ["bleu", "--reference", "r", "--hypothesis", "h"]
            for (name, length) in [("13a", 8), ("none", 8), ("zh", 12), ("char", 23)] {
                let figures = try json(
                    Command.run(usual + ["--tokenize", name, "--format", "json"], in: folder).output)
                #expect(figures["hypothesis_length"] as? Int == length, "\(name)")
                #expect((figures["signature"] as? String)?.contains("|tok:\(name)|") == true)
            }
            let smoothed = try Command.run(
                usual + ["--smooth", "floor", "--smooth-value", "0.25", "--format=text"], in: folder)
            #expect(smoothed.output.contains("smooth:floor[0.25]") && smoothed.output.hasPrefix("BLEU "))
            let segments = try Command.run(usual + ["--sentence-level", "--chrf"], in: folder)
            let rows = segments.output.split(separator: "\n").map { $0.split(separator: "\t") }
            #expect(rows.count == 3 && rows.allSatisfy { $0.count == 2 } && segments.errors.contains("eff:yes"))
            #expect(rows[2][0] == "0.00")
            let csv = try Command.run(usual + ["--sentence-level", "--format", "csv"], in: folder).output
            #expect(csv.hasPrefix("segment,bleu\n1,"))
        }
    }

    @Test(
        "what does not go together is one sentence and exit code 2",
        arguments: [
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--hypothesis", "good"], "a --name of its own"),
            (
                ["bleu", "--reference", "ref", "--hypothesis", "good", "--name", "a", "--name", "b"],
                "2 times for 1 system"
            ),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--pairs"], "repeat --hypothesis"),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--test", "bootstrap"], "leave out --test"),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--tokenize", "ja"], "zh"),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--smooth-value", "1"], "the smoothing is exp"),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--smooth", "add"], "“add-k”"),
            (["bleu", "--reference", "ref", "--hypothesis", "good", "--hypothesis", "short"], "but short has 1"),
            (
                [
                    "bleu", "--reference", "ref", "--hypothesis", "good", "--hypothesis", "bad", "--sentence-level",
                    "--pairs",
                ],
                "leave out --pairs"
            ),
            (["aer", "--gold", "gold", "--hypothesis", "align", "--errors", "3"], "--source"),
            (["aer", "--gold", "gold", "--hypothesis", "align", "--alpha", "1.5"], "from 0"),
            (["aer", "--gold", "gold", "--hypothesis", "align", "--hypothesis", "short"], "short:1: "),
            (["aer", "--gold", "gold", "--hypothesis", "align", "--hypothesis", "one"], "but one has 1"),
            (
                [
                    "aer", "--gold", "gold", "--hypothesis", "align", "--hypothesis", "misaligned", "--source", "ref",
                    "--target", "ref", "--errors", "3", "--pairs", "--format", "csv",
                ], "not both"
            ),
        ])
    func misuse(arguments: [String], part: String) throws {
        try withFolder { folder in
            try write(folder)
            try Data("one\n".utf8).write(to: folder.appendingPathComponent("short"))
            try Data("0-0\n".utf8).write(to: folder.appendingPathComponent("one"))
            let result = try Command.run(arguments, in: folder)
            #expect(result.status == 2 && result.output == "", Comment(rawValue: result.errors))
            #expect(
                result.errors.contains(part) && result.errors.filter { $0 == "\n" }.count == 1,
                Comment(rawValue: result.errors))
        }
    }
}
