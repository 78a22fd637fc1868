// Bug hunt 1: the softmax runs over the batch.

public protocol BugHunt1Answers: BugHuntAnswers {
    static func attend(queries: [[Double]], states: [[[Double]]]) throws -> (weights: [[Double]], contexts: [[Double]])
}

extension BugHunt1Answers {
    public static var exercise: Exercise {
        hunt(
            1, "the weights of a batch", topic: "Weights", lesson: "02_SoftSearch", function: "attend",
            hints: [
                "Add up the weights of one sentence. Then try a batch of one sentence, and look at its weights.",
                "Write down the shape of every intermediate value, with the name of each axis: what does a row of `scores` hold?",
                "softmax gets the scores of one position in all sentences. It must get the scores of all positions in one sentence: transpose first.",
            ], right: .b,
            others: [
                .a:
                    "Softmax takes any numbers, and exp makes them positive; in the failing test no score is negative, and the weights are wrong all the same.",
                .c:
                    "The scores have a row for each position, as the states have; without transposing, the weights would not even have the right shape.",
                .d:
                    "The contexts take weight i of sentence b for state i of sentence b, as they should; the weights are wrong before a state is summed.",
            ], test: testAttend)
    }

    @Sendable private static func testAttend() throws {
        let queries = [[1.0, 0], [0, 2]], states = [[[1.0, 0], [0, 1]], [[2, 0], [0, 0]], [[0, 1], [1, 1]]]
        let scores = [[1.0, 2, 0], [2, 0, 2]], expected = scores.map(Plain.softmax)
        let call = "attend(queries: \(list(queries)), states: [\(states.map { list($0) }.joined(separator: ", "))])"
        let (weights, contexts) = try attend(queries: queries, states: states)
        try require(
            weights.count == 2 && weights.allSatisfy { $0.count == 3 },
            "\(call): the weights have \(weights.count) rows of \(weights.map(\.count)) numbers, expected a row for each of 2 sentences, with 3 weights"
        )
        let sums = weights.map { $0.reduce(0, +) }
        try require(
            !Plain.differ(sums, [1, 1]),
            "\(call): the weights of the sentences are \(list(weights)); they sum to \(list(sums)), expected 1 for each sentence"
        )
        let overBatch = (0..<3).map { i in Plain.softmax(scores.map { $0[i] }) }
        try expect(
            weights, equals: expected, "\(call): α",
            mistakes: [
                Mistake(
                    "dividing by the sum afterwards mends the sum; what is divided still comes from a softmax over the sentences",
                    givesRows: (0..<2).map { b in
                        let row = overBatch.map { $0[b] }, sum = row.reduce(0, +)
                        return row.map { $0 / sum }
                    })
            ])
        try expect(
            contexts, equals: expected.enumerated().map { b, row in Plain.weightedSum(row, of: states.map { $0[b] }) },
            "\(call): c")
        try expect(
            attend(queries: [[1, 0]], states: [[[1, 0]], [[2, 0]]]).weights, equals: [Plain.softmax([1, 2])],
            "attend with a batch of one sentence: α")
    }
}
