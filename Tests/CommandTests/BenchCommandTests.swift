// Growth, keys and the chart as whole commands. What they measure is this machine's affair; what they show is not.

import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("attention bench") struct BenchCommandTests {
    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("growth: table, exponents, chart in the terminal and as a picture") func growth() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "growth", "--scorers", "bahdanau,none", "--lengths", "32,16,64", "--repeats",
                    "1", "--chart", "growth.svg",
                ],
                in: folder)
            #expect(result.status == 0, Comment(rawValue: result.errors))
            for part in [
                "peak of one core", "B·S·A tanh + B·D·A", "exponent", "of formula", "16 µs", "64 µs", "source words",
                "a bahdanau   b none",
            ] {
                #expect(result.output.contains(part), "no “\(part)” in\n\(result.output)")
            }
            #expect(!result.output.contains("\u{1B}"))
            #expect(!result.output.contains("One attention step") && !result.output.contains("Training steps"))
            #expect(result.errors.contains("bahdanau, growth") && result.errors.contains("growth.svg"))
            let picture = try Data(contentsOf: folder.appendingPathComponent("growth.svg"))
            #expect(XMLParser(data: picture).parse())
            let text = String(decoding: picture, as: UTF8.self)
            #expect(
                text.contains(">bahdanau<") && text.contains(">source words<")
                    && text.components(separatedBy: "<title>").count == 7)
        }
    }

    @Test("growth and keys as JSON, with null where there is no exponent") func figures() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "growth,keys", "--scorers", "bahdanau,luong-dot,none", "--lengths", "8,16",
                    "--repeats", "1",
                    "--format", "json",
                ], in: folder)
            let figures = try json(result.output)
            let growth = try #require(figures["growth"] as? [[String: Any]])
            #expect(growth.map { $0["scorer"] as? String } == ["bahdanau", "luong-dot", "none"])
            #expect(growth[0]["lengths"] as? [Int] == [8, 16] && (growth[0]["microseconds"] as? [Double])?.count == 2)
            #expect(
                growth[0]["exponent"] is Double && growth[0]["last_exponent"] is Double
                    && growth[0]["last_formula_exponent"] is Double)
            #expect(try abs(#require(growth[1]["formula_exponent"] as? Double) - 1) < 1e-9)
            #expect(growth[2]["formula_exponent"] is NSNull)
            // Only scorers with keys of their own have something to keep.
            let keys = try #require(figures["keys"] as? [[String: Any]])
            #expect(
                keys.map { $0["scorer"] as? String } == ["bahdanau", "bahdanau"]
                    && keys.map { $0["steps"] as? Int } == [8, 16])
            for key in [
                "keys_milliseconds", "projection_milliseconds", "comparison_milliseconds", "once_milliseconds",
                "anew_milliseconds", "ratio", "comparison_share",
            ] {
                #expect((keys[0][key] as? Double).map { $0 >= 0 } == true, "\(key)")
            }
            #expect((figures["scorers"] as? [Any])?.isEmpty == true && (figures["models"] as? [Any])?.isEmpty == true)
        }
    }

    @Test("keys: three terms, and a sentence about the one that is often forgotten") func keys() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "keys", "--scorers", "projected-dot", "--lengths", "5", "--repeats", "1",
                    "--quiet",
                ], in: folder)
            #expect(result.status == 0 && result.errors == "")
            for part in ["N·d²", "T·d²", "T·N·d", "O(N·d² + T·d²)", "projected-dot", "at N = T = 5"] {
                #expect(result.output.contains(part), "no “\(part)”")
            }
            let none = try Command.run(
                ["bench", "--what", "keys", "--scorers", "luong-dot", "--lengths", "5", "--repeats", "1", "--quiet"],
                in: folder)
            #expect(none.status == 0 && none.output.contains("None of these scorers has keys of its own"))
        }
    }

    @Test("a single length has no exponent, and a chart of one point") func oneLength() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "growth", "--scorers", "luong-dot", "--lengths", "16", "--repeats", "1",
                    "--quiet",
                ], in: folder)
            #expect(result.status == 0 && result.output.contains("–") && result.output.contains("a luong-dot"))
        }
    }

    @Test("a chart that cannot be written is a sentence and exit code 1") func noFolder() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "growth", "--scorers", "none", "--lengths", "2", "--repeats", "1", "--chart",
                    "nowhere/x.svg", "--quiet",
                ], in: folder)
            #expect(
                result.status == 1 && result.errors.contains("nowhere/x.svg")
                    && result.errors.contains("create the folder"))
        }
    }

    @Test("the profile of a step names its phases; in JSON as well") func profile() throws {
        try withFolder { folder in
            let options = [
                "bench", "--profile", "--sizes", "small", "--scorers", "luong-dot", "--repeats", "1", "--batch", "2",
                "--quiet",
            ]
            let result = try Command.run(options, in: folder)
            #expect(result.status == 0 && result.errors == "")
            for phase in ["encoder", "decoder", "scorer", "output", "optimiser", "step"] {
                #expect(result.output.contains(phase))
            }
            #expect(result.output.contains("luong-dot  small") && !result.output.contains("Training steps"))
            let json = try Command.run(options + ["--format", "json"], in: folder)
            #expect(json.output.contains("\"backward_milliseconds\"") && json.output.contains("\"step_milliseconds\""))
        }
    }

    @Test("one model on two threads says so") func shards() throws {
        try withFolder { folder in
            let result = try Command.run(
                [
                    "bench", "--what", "models", "--sizes", "small", "--scorers", "none", "--repeats", "1", "--batch",
                    "4", "--shards", "2", "--quiet",
                ], in: folder)
            #expect(result.status == 0)
            #expect(result.output.contains("one model, its batches in 2 parts on 1 thread"))
            #expect(result.output.contains("Blocks of numbers allocated after the first step: none"))
        }
    }
}
