// Bug hunt 8: weights that belong to the next word.

public protocol BugHunt8Answers: BugHuntAnswers {
    static func weights(
        of target: [String], start: [Double], states: [[Double]], cell: ([Double], String) -> [Double]
    ) throws -> [[Double]]
}

extension BugHunt8Answers {
    public static var exercise: Exercise {
        hunt(
            8, "which weights belong to which word", topic: "Alignment", lesson: "07_ContextFeedingTiming",
            function: "weights",
            hints: [
                "Write a table with a line for each turn of the loop: the word that is read, the state, the word that is predicted.",
                "There is one row more than there are words. Which word does the first row predict, and which the last?",
                "The first row predicts y₁; the last predicts the end token, which is not in the reference. The last one is the one too many.",
            ], right: .b,
            others: [
                .a:
                    "The first word is predicted from the state that has read the begin token; without it nothing predicts y₁, and every row is still that of the next word.",
                .c:
                    "The end token's state has a weight of its own; it takes a little from each of the others and moves none of them.",
                .d:
                    "That is another model, with other weights. Whenever a model asks, its weights belong to the word that it then predicts.",
            ], test: testWeights)
    }

    @Sendable private static func testWeights() throws {
        let source = ["das", "Haus", "ist", "klein", "</s>"], target = ["the", "house", "is", "small"],
            read = ["<s>"] + target
        let states = source.indices.map { i in source.indices.map { $0 == i ? 1.0 : 0.0 } }
        // A decoder that does its work: having read word t, it looks for word t + 1.
        func cell(_ state: [Double], _ word: String) -> [Double] {
            source.indices.map { $0 == read.firstIndex(of: word) ? 4 : 0 }
        }
        let start = source.map { _ in 0.0 }
        let rows = try weights(of: target, start: start, states: states, cell: cell)
        try require(
            rows.count == target.count && rows.allSatisfy { $0.count == source.count },
            "weights(of: \(target), …) has \(rows.count) rows of \(rows.map(\.count)) numbers, expected \(target.count), one for each word, of \(source.count)"
        )
        let looked = rows.map { row in source[row.indices.max { row[$0] < row[$1] } ?? 0] }
        let shown = zip(target, looked).map { "\($0) – \($1)" }.joined(separator: ", ")
        try require(
            looked == Array(source.dropLast()),
            "weights(of: \(target), …): the largest weights say \(shown); expected the – das, house – Haus, is – ist, small – klein",
            cause: Plain.differ(rows[0], source.map { _ in 0.2 })
                ? nil
                : "the first row is taken before the decoder has read anything; its state must have read the begin token"
        )
        // With a state that really depends on the one before, so that no step may be left out.
        func sum(_ state: [Double], _ word: String) -> [Double] {
            zip(state, cell(state, word)).map { 0.5 * $0 + 0.25 * $1 }
        }
        var state = start.indices.map { 0.1 * Double($0) }, expected: [[Double]] = []
        let first = state
        for word in read.dropLast() {
            state = sum(state, word)
            expected.append(Plain.softmax(state))
        }
        try expect(
            weights(of: target, start: first, states: states, cell: sum), equals: expected,
            "weights(of: \(target), …) with a cell that remembers",
            otherwise: "the decoder must read the begin token and then the reference, one word a step")
    }
}
