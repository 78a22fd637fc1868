// Bug hunt 11: a floor that lifts the padding.

public protocol BugHunt11Answers: BugHuntAnswers {
    static func weights(scores: [Double], previous: [Double], length: Int) throws -> [Double]
}

extension BugHunt11Answers {
    public static var exercise: Exercise {
        hunt(
            11, "a floor under the weights", topic: "Floor", lesson: "06_Masking", function: "weights",
            hints: [
                "Look at the last weight of a sentence that is shorter than the block. What should it be, and what is it?",
                "In which line does the padding stop being exactly 0?",
                "Let the floor be under the words only: where $0 < length max(…, 1e-6), and 0 elsewhere.",
            ], right: .d,
            others: [
                .a:
                    "A smaller floor makes the fault smaller and leaves it there: the padding must be exactly 0, since what is not 0 has a gradient.",
                .b:
                    "What they sum to does not matter; the division at the end makes it 1.",
                .c:
                    "The last word's weight does move into the padding, and is then multiplied by the softmax, which is 0 there. In the failing test the step before had none at the last word.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let scores = [0.0, 1, 0, 4], previous = [1.0, 0, 0, 0]
        let call = "weights(scores: \(list(scores)), previous: \(list(previous)), length: 3)"
        let got = try weights(scores: scores, previous: previous, length: 3)
        try require(got.count == 4, "\(call) has \(got.count) weights, expected 4")
        try require(
            got[3] == 0,
            "\(call): the sentence has 3 words, and the weight behind them is \(got[3]); expected exactly 0, as no word stands there"
        )
        let fits = Plain.softmax([0, 1, 0]), products = [fits[0], fits[1], 1e-6], all = Plain.softmax(scores)
        let lifted = LocalByHand.scaled(products + [1e-6])
        try expect(
            got, equals: LocalByHand.scaled(products) + [0], call,
            mistakes: [
                Mistake(
                    "the floor is gone; where no word can be reached the sum would be 0",
                    gives: LocalByHand.scaled([fits[0], fits[1], 0, 0])),
                Mistake(
                    "the padding was set to 0 after the division, so that the rest sums to less than 1",
                    gives: Array(lifted[..<3]) + [0]),
                Mistake("the softmax lost its mask", gives: LocalByHand.scaled([all[0], all[1], 1e-6]) + [0]),
            ])
        try expect(
            weights(scores: [-900, 0, 7], previous: [1, 0, 0], length: 1), equals: [1, 0, 0],
            "weights(scores: [-900, 0, 7], previous: [1, 0, 0], length: 1)",
            otherwise: "the only word has all the weight")
    }
}
