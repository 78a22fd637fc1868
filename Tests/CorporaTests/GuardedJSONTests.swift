// What is refused in JSON before a parser sees it, and that nothing else is.

import Foundation
import TestSupport
import Testing

@testable import Corpora

@Suite("JSON of unknown origin") struct GuardedJSONTests {
    private func fault(_ text: String, _ limits: GuardedJSON.Limits = .counts) -> String? {
        do {
            try GuardedJSON.check(Data(text.utf8), limits)
            return nil
        } catch let fault as GuardedJSON.Fault { return "\(fault.line): \(fault.what)\(fault.place)" } catch {
            return "\(error)"
        }
    }

    @Test("what goes deeper than anything of ours is refused at its line, in a time that grows with its length")
    func depth() {
        #expect(fault(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) == nil)
        #expect(
            fault("\n" + String(repeating: "[", count: 65))?.hasPrefix(
                "2: lists and objects stand inside one another more than 64 deep") == true)
        #expect(fault(String(repeating: "{\"a\":", count: 1_000_000)) != nil)
        #expect(fault("[\"" + String(repeating: "[", count: 100) + "\\\"[\"]") == nil, "brackets of a text are text")
    }

    @Test("a key that stands twice is named with its line, however it is written") func twice() {
        #expect(fault("{\"a\": 1,\n\"\\u0061\": 2}") == "2: “a” stands twice in one object")
        #expect(fault("{\"a\": {\"a\": [{\"a\": 1}, {\"a\": 2}]}, \"b\": \"a\"}") == nil)
        let deep = "{\"rows\": [1, [2, 3], {\"x,\": {\"a\": [5, 6], \"a\": \"]\"}}]}"
        #expect(fault(deep) == "1: “a” stands twice in one object at rows[2].x,")
        #expect(
            fault("[{\"b\": 1}, {\"b\": [0, 1e400]}]")
                == "1: \"b\" is 1e400, larger than anything that is counted here at [1].b[1]")
    }

    @Test("numbers that could not be added are refused, seeds apart") func numbers() {
        #expect(fault("{\"count\": 9223372036854775807}")?.contains("\"count\" is 9223372036854775807") == true)
        #expect(
            fault("{\"count\": [1, -1e300]}")?.contains("-1e300") == true
                && fault("[1e400]", .init())?.contains("1e400") == true)
        #expect(
            fault(
                "{\"seed\": 9223372036854775807, \"s0\": 18446744073709551615, \"count\": 1000000000000, \"x\": -0.5e-300}"
            ) == nil)
    }

    @Test(
        "a comma that nothing follows is no JSON, whatever a parser makes of it",
        arguments: ["{\"a\":1,}", "[1, ]", "[{\"a\":\",\"},\n]"])
    func lastComma(text: String) {
        #expect(throws: GuardedJSON.Fault.self) { try GuardedJSON.check(Data(text.utf8), GuardedJSON.Limits()) }
        let good = text.replacing(/,\s*([\]}])/) { "\($0.output.1)" }
        #expect(throws: Never.self) { try GuardedJSON.check(Data(good.utf8), GuardedJSON.Limits()) }
    }

    @Test("no mutant of a file makes it trap") func mutants() throws {
        let good = Array("{\"a\": [1, -2.5e3, \"x\\\"y\", {\"seed\": 18446744073709551615}], \"b\\n\": null}\n".utf8)
        var mutator = Mutator(seed: 1), refused = 0
        for _ in 0..<Mutator.count(5000) {
            do { try GuardedJSON.check(Data(mutator.mutant(of: good, with: good)), .counts) } catch { refused += 1 }
        }
        #expect(refused > 100)
    }
}
