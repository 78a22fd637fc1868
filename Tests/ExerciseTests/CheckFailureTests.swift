// What complaints say: how their sentences end, and how many digits two numbers need.

import Testing
import Workbook

@Suite("Failures of checks") struct CheckFailureTests {
    private func message(_ body: () throws -> Void) throws -> String {
        let error = #expect(throws: CheckFailure.self) { try body() }
        return try #require(error).description
    }

    @Test(
        "a cause ends as it should",
        arguments: [
            ("the mask was not used", "the mask was not used."), ("is an axis mixed up?", "is an axis mixed up?"),
            ("softmax is missing.", "softmax is missing."), ("dp[i][a] = v[a] …", "dp[i][a] = v[a] …"),
        ])
    func ends(_ cause: String, _ sentence: String) {
        #expect(
            CheckFailure("x is 1, expected 2", cause: cause).description
                == "x is 1, expected 2\n  Likely cause: \(sentence)")
    }

    @Test(
        "numbers that differ are shown as different, with no more digits than that takes",
        arguments: [
            (0.3, 0.4, "0.3", "0.4"), (0.3, 0.30000001, "0.3", "0.30000001"), (1, 1.0000000005, "1", "1.000000001"),
            (2, .nan, "2", "NaN"),
            (0.1, 0.1 + 1e-15, "0.1", "0.100000000000001"),
        ])
    func digits(_ got: Double, _ expected: Double, _ shown: String, _ wanted: String) throws {
        #expect(
            try message { try expect(got, equals: expected, within: 0, "x") }.hasPrefix(
                "x is \(shown), expected \(wanted)"))
        #expect(
            try message { try expect([0, got], equals: [0, expected], within: 0, "x") }.hasPrefix(
                "x is \(shown) at index 1, expected \(wanted)\n"))
        #expect(
            try message { try expect([[0], [got]], equals: [[0], [expected]], within: 0, "x") }
                .hasPrefix("x is \(shown) in row 1, column 0, expected \(wanted)\n"))
    }
}
