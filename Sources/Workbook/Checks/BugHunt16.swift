// Bug hunt 16: two cells of a picture whose sides were exchanged.

public protocol BugHunt16Answers: BugHuntAnswers {
    static func relation(of first: Int, to other: Int, rows: Int, columns: Int) throws -> String
}

extension BugHunt16Answers {
    public static var exercise: Exercise {
        hunt(
            16, "what lies above", topic: "Cells", lesson: "22_Pictures", function: "relation",
            hints: [
                "Draw two rows of five cells and number them. In which row does the code see cell 5, and in which is it?",
                "Which of the two sides tells after how many cells a row is over?",
                "Divide by columns, and take the remainder by columns, for both cells.",
            ], right: .d,
            others: [
                .a: "If the other one's row is larger, it lies lower, and the first one above it.",
                .b: "The head of the file says that such a case is told by rows, and the code does.",
                .c: "Both cells are counted in the same way, and only differences are used.",
            ], test: test)
    }

    private static func right(_ first: Int, _ other: Int, by columns: Int) -> String {
        let down = other / columns - first / columns, right = other % columns - first % columns
        if abs(down) >= abs(right) { return down > 0 ? "above" : "below" }
        return right > 0 ? "left of" : "right of"
    }

    @Sendable private static func test() throws {
        for (rows, columns) in [(2, 5), (5, 2), (4, 4), (4, 7)] {
            for first in 0..<rows * columns {
                for other in 0..<rows * columns where other != first {
                    let got = try relation(of: first, to: other, rows: rows, columns: columns)
                    let expected = right(first, other, by: columns)
                    let down = other / columns - first / columns, across = other % columns - first % columns
                    try require(
                        got == expected,
                        "relation(of: \(first), to: \(other), rows: \(rows), columns: \(columns)) is “\(got)”; in that picture cell \(first) is in row \(first / columns + 1), column \(first % columns + 1), and cell \(other) in row \(other / columns + 1), column \(other % columns + 1): “\(expected)”",
                        cause: abs(down) == abs(across) && got != expected && ["left of", "right of"].contains(got)
                            && rows == columns
                            ? "cells that are as far apart in rows as in columns are told by rows"
                            : [["above", "below"], ["left of", "right of"]].contains([got, expected].sorted())
                                && rows == columns ? "the two ends are exchanged" : nil)
                }
            }
        }
    }
}
