// Bug hunt 9: the softmax of a window over the wrong axis.

public protocol BugHunt9Answers: BugHuntAnswers {
    static func weights(scores: [[Double]], places: [Int], halfWidth: Int) throws -> [[Double]]
}

extension BugHunt9Answers {
    public static var exercise: Exercise {
        hunt(
            9, "softmax in a window", topic: "Window", lesson: "16_LocalAndHard", function: "weights",
            hints: [
                "Add up the weights of one row. Then change the scores, and look at the weights again.",
                "Over how many numbers does each softmax run? Print one of the rows that it is given.",
                "The rows of `block` have one number each. Give the softmax the scores of the whole window at once: Plain.softmax(Array(row[window])).",
            ], right: .c,
            others: [
                .a:
                    "At the ends a window has fewer words, and their weights are larger; so the formula says it. In the failing test the window in the middle is wrong too.",
                .b:
                    "exp(−∞) is 0: whether they are left out or take part with −∞, the others' weights are the same.",
                .d:
                    "The formula has the window in the sum below; a softmax over the sentence leaves less than 1 in the window. The weights of the failing test sum to more than 1.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let scores = [[0.0, 1, 2, 0], [3, 0, 0, 1]], places = [1, 3]
        let call = "weights(scores: \(list(scores)), places: \(places), halfWidth: 1)"
        let got = try weights(scores: scores, places: places, halfWidth: 1)
        let sums = got.map { $0.reduce(0, +) }
        try require(
            !Plain.differ(sums, [1, 1]),
            "\(call) is \(list(got)); the rows sum to \(list(sums)), expected 1 for each target word")
        let all = scores.map { Plain.softmax($0) }
        try expect(
            got, equals: [Plain.softmax([0, 1, 2]) + [0], [0, 0] + Plain.softmax([0, 1])], call,
            mistakes: [
                Mistake(
                    "every word of a window has the same weight: the scores do not matter",
                    givesRows: [[1, 1, 1, 0].map { $0 / 3.0 }, [0, 0, 0.5, 0.5]]),
                Mistake("there is no window any more: the softmax runs over the sentence", givesRows: all),
            ])
        try expect(
            weights(scores: [[5, 7]], places: [0], halfWidth: 0), equals: [[1, 0]],
            "weights(scores: [[5, 7]], places: [0], halfWidth: 0)", otherwise: "a window of one word has the weight 1")
    }
}
