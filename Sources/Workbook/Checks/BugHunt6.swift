// Bug hunt 6: padding that is not masked.

public protocol BugHunt6Answers: BugHuntAnswers {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]]
}

extension BugHunt6Answers {
    public static var exercise: Exercise {
        hunt(
            6, "the contexts of a batch", topic: "Contexts", lesson: "06_Masking", function: "contexts",
            hints: [
                "Compute the weights of the shorter sentence, alone and in the batch. How many are there, and what do they sum to over its words?",
                "The score of a row of zeros is 0. Is that little?",
                "Rows of zeros add nothing to Σ αᵢ hᵢ, but exp(0) = 1 to the sum under the fraction. Give the padding the score -∞, or take the softmax over the sentence's own states.",
            ], right: .a,
            others: [
                .b:
                    "Zeros add nothing: leave them out of the sum, with the same weights, and the context is the same as before. It is the weights of the words that are too small.",
                .c:
                    "Neither the scores nor the sum depends on the order of the states: with the padding in front the contexts are exactly as wrong.",
                .d:
                    "Each sentence has a softmax of its own here; in a batch of sentences of one length the contexts are right.",
            ], test: testContexts)
    }

    @Sendable private static func testContexts() throws {
        let queries = [[1.0, 0], [0, 1]], sentences = [[[2.0, 0], [1, 1]], [[0, 1], [1, 0], [1, 2], [0, -1]]]
        let together = try contexts(queries: queries, sentences: sentences)
        try require(
            together.map(\.count) == [2, 2],
            "contexts of two sentences, with D = 2, has rows of \(together.map(\.count)) numbers, expected [2, 2]")
        func context(_ query: [Double], _ states: [[Double]]) -> [Double] {
            Plain.weightedSum(Plain.softmax(states.map { Plain.dot(query, $0) }), of: states)
        }
        let expected = zip(queries, sentences).map(context)
        for b in 0..<2 {
            let alone = try contexts(queries: [queries[b]], sentences: [sentences[b]])
            try expect(
                alone, equals: [expected[b]],
                "contexts(queries: [\(list(queries[b]))], sentences: [\(list(sentences[b]))])")
            try expect(
                together[b], equals: expected[b],
                "the sentence of \(sentences[b].count) words, query \(list(queries[b])), states \(list(sentences[b])), "
                    + "has the right context alone; beside one of \(sentences[1 - b].count) words its context",
                mistakes: b == 1
                    ? [
                        Mistake(
                            "the longer sentence was cut to the length of the shorter one; all its words count",
                            gives: context(queries[1], Array(sentences[1].prefix(2))))
                    ]
                    : [
                        Mistake(
                            "a last state that is repeated counts several times",
                            gives: context(queries[0], sentences[0] + [sentences[0][1], sentences[0][1]]))
                    ])
        }
    }
}
