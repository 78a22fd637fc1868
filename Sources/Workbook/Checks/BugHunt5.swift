// Bug hunt 5: the mask is multiplied into the scores.

public protocol BugHunt5Answers: BugHuntAnswers {
    static func weights(scores: [[Double]], lengths: [Int]) throws -> [[Double]]
}

extension BugHunt5Answers {
    public static var exercise: Exercise {
        hunt(
            5, "sentences of different length", topic: "Lengths", lesson: "06_Masking", function: "weights",
            hints: [
                "Compute by hand what a sentence of 2 words gives in a block of 3: the masked scores, then their exponentials.",
                "Which score must a word have so that its exponential is exactly 0?",
                "exp(-∞) = 0, and exp(0) = 1. Give the padding the score -∞ instead of multiplying its score by 0.",
            ], right: .c,
            others: [
                .a:
                    "The masked scores of the failing test are -2, -1 and 0: far from vanishing. The largest is only subtracted, and that changes no weight.",
                .b:
                    "The other way round the words would get the score 0 and the padding would keep its own; the weights would be worse.",
                .d:
                    "Multiplying again after the softmax makes the padding 0, but then the rest no longer sums to 1; the first multiplication is the mistake.",
            ], test: testWeights)
    }

    @Sendable private static func testWeights() throws {
        let scores = [[-2.0, -1, 5], [1, 2, 3]], lengths = [2, 3]
        let call = "weights(scores: \(list(scores)), lengths: \(lengths))"
        let got = try weights(scores: scores, lengths: lengths)
        try require(got.map(\.count) == [3, 3], "\(call) has rows of \(got.map(\.count)) weights, expected [3, 3]")
        try require(
            got[0][2] == 0,
            "\(call): sentence 0 has 2 words, and its weights are \(list(got[0])); expected exactly 0 for the padding, at index 2"
        )
        let all = Plain.softmax(scores[0]), multiplied = Plain.softmax([-2, -1, 0])
        try expect(
            got, equals: [Plain.softmax([-2, -1]) + [0], Plain.softmax(scores[1])], call,
            mistakes: [
                Mistake(
                    "the padding was set to 0 after the softmax; the rest does not sum to 1",
                    givesRows: [[all[0], all[1], 0], Plain.softmax(scores[1])]),
                Mistake(
                    "multiplying once more after the softmax makes the padding 0, but it has taken its share already",
                    givesRows: [[multiplied[0], multiplied[1], 0], Plain.softmax(scores[1])]),
            ])
        try expect(
            weights(scores: [[0, 1000]], lengths: [1]), equals: [[1, 0]], "weights(scores: [[0, 1000]], lengths: [1])",
            otherwise:
                "the padding still has a part in the softmax, and beside it nothing was left of the word; keep it out before the exponential"
        )
    }
}
