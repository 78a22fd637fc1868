// Bug hunt 12: a variance with the divisor n − 1.

public protocol BugHunt12Answers: BugHuntAnswers {
    static func normalised(_ words: [[Double]], gain: [Double], bias: [Double]) throws -> [[Double]]
}

extension BugHunt12Answers {
    public static var exercise: Exercise {
        hunt(
            12, "layer normalisation", topic: "LayerNorm", lesson: "15_Transformer", function: "normalised",
            hints: [
                "Normalise a word of two numbers, with gain 1 and bias 0. What variance should the result have, and what has it?",
                "There are two formulas for a variance. Which question does each answer, and which is asked here?",
                "Divide the squares by x.count.",
            ], right: .a,
            others: [
                .b:
                    "Inside the root ε is larger than outside, √10⁻⁵ = 0.003 where the variance is 0. In the failing test it plays no part.",
                .c:
                    "Over the batch it would be batch normalisation, where a word's numbers depend on its neighbours. In the failing test there is one word.",
                .d:
                    "g times the normalised number, plus b: so the formula says it. In the failing test g is 1 and b is 0.",
            ], test: test)
    }

    @Sendable private static func test() throws {
        let got = try normalised([[1, 3]], gain: [1, 1], bias: [0, 0])
        let unit = 1 / (1 + 1e-5).squareRoot()
        try require(
            got.map(\.count) == [2], "normalised([[1, 3]], …) has rows of \(got.map(\.count)) numbers, expected [2]")
        let variance = got[0].reduce(0) { $0 + $1 * $1 } / 2
        try require(
            !Plain.differ(got[0], [-unit, unit]),
            "normalised([[1, 3]], gain: [1, 1], bias: [0, 0]) is \(list(got)), of variance \(short(variance)); expected \(list([-unit, unit])), of variance 1 but for ε"
        )
        let words = [[1.0, 2, 6], [4, 4, 4]], gain = [1.0, 2, 3], bias = [0.5, 0, -1]
        try expect(
            normalised(words, gain: gain, bias: bias), equals: words.map { LayerByHand.norm($0, gain, bias) },
            "normalised(\(list(words)), gain: \(list(gain)), bias: \(list(bias)))",
            mistakes: [
                Mistake(
                    "gain and bias are missing", givesRows: words.map { LayerByHand.norm($0, [1, 1, 1], [0, 0, 0]) }),
                Mistake(
                    "the number 2 was written for D, which is 3 here",
                    givesRows: words.map { x in
                        let m = LayerByHand.Moments(x), root = (m.variance * 3 / 2 + 1e-5).squareRoot()
                        return x.indices.map { gain[$0] * (x[$0] - m.mean) / root + bias[$0] }
                    }),
            ], otherwise: "where all numbers are equal only ε is under the root, and the result is the bias")
    }
}
