// Bug hunt 10: an exclusive product that is not exclusive.

public protocol BugHunt10Answers: BugHuntAnswers {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double]
}

extension BugHunt10Answers {
    public static var exercise: Exercise {
        hunt(
            10, "a walk along the source", topic: "Walk", lesson: "14_Monotonic", function: "walk",
            hints: [
                "Let a walk begin at the first word and stop there for certain: p = 1. What does the code give?",
                "What has a walk that stops at word j done at the words before, and what at j? Count the factors of the formula at j = i.",
                "Give out p · coming before `coming` is multiplied by 1 - p.",
            ], right: .b,
            others: [
                .a:
                    "What goes past the end is lost in the formula too. In the failing test nothing can: p is 1, and the weight is 0 all the same.",
                .c:
                    "αᵗ⁻¹ is where walks stood, each with its probability; all of them go on. In the failing test there is only one, and it is wrong.",
                .d:
                    "What stood at a word in the step before begins this step there; nothing of it has gone on yet.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let certain = try walk(stops: [1, 0.5], previous: [1, 0])
        try require(
            !Plain.differ(certain, [1, 0]),
            "walk(stops: [1, 0.5], previous: [1, 0]) is \(list(certain)); it stands at the first word and stops there for certain, expected [1, 0]"
        )
        let p = [0.5, 0.25, 0.5], previous = [0.5, 0.25, 0.25]
        let right = [0.25, 0.125, 0.3125]
        try expect(
            walk(stops: p, previous: previous), equals: right, "walk(stops: \(list(p)), previous: \(list(previous)))",
            mistakes: [
                Mistake("divided by the sum; what goes past the last word is lost", gives: LocalByHand.scaled(right)),
                Mistake(
                    "the step begins at the first word; it begins where the step before stopped",
                    gives: [0.5, 0.125, 0.1875]),
            ], otherwise: "at a word: what comes and what stood there, times p; and that times 1 - p goes on")
        try expect(
            walk(stops: [0, 1], previous: [1, 0]), equals: [0, 1], "walk(stops: [0, 1], previous: [1, 0])",
            otherwise: "a word with p = 0 is passed by all")
    }
}
