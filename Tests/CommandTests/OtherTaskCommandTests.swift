// The tasks beside translation as whole commands: tables with columns of their own, and what a task takes by itself.

import TestSupport
import Testing

@Suite("Tasks beside translation") struct OtherTaskCommandTests {
    private static let tiny = [
        "--seeds", "1", "--steps", "2", "--batch-size", "4", "--hidden", "4", "--train-pairs", "20", "--dev-pairs", "4",
        "--test-pairs", "6", "--long-pairs", "2", "--quiet",
    ]

    @Test("each has a table with columns of its own") func tables() throws {
        try withFolder { folder in
            let result = try Command.run(
                ["compare", "--tasks", "documents,reading,captions,speech", "--scorers", "luong-dot,none"] + Self.tiny,
                in: folder)
            #expect(result.status == 0 && result.errors == "", Comment(rawValue: result.errors))
            for column in ["gap %", "2 far %", "cell mass %", "long LER %"] {
                #expect(result.output.contains(column), "there is no column \(column)")
            }
        }
    }

    @Test("a default that is asked for and not taken is told") func replaced() throws {
        try withFolder { folder in
            let small = [
                "--steps", "2", "--batch-size", "4", "--hidden", "4", "--train-pairs", "20", "--test-pairs", "4",
            ]
            let told = try Command.run(
                ["train", "--task", "documents", "--encoder", "bidirectional"] + small, in: folder)
            #expect(
                told.status == 0 && told.errors.contains("--encoder bidirectional is what is taken"), "\(told.errors)")
            let taken = try Command.run(
                ["train", "--task", "documents", "--encoder", "forward", "--output", "f"] + small, in: folder)
            #expect(taken.status == 0 && !taken.errors.contains("--encoder"), "\(taken.errors)")
        }
    }
}
