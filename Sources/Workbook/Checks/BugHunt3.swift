// Bug hunt 3: without tanh the query cancels.

import Foundation

public protocol BugHunt3Answers: BugHuntAnswers {
    static func weights(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double]
}

extension BugHunt3Answers {
    public static var exercise: Exercise {
        hunt(
            3, "comparing query and state", topic: "Comparison", lesson: "03_Bahdanau", function: "weights",
            hints: [
                "Call it with two very different queries and compare the weights.",
                "Compare the line of `hidden` with the formula. Then write the score of this code as a sum of two numbers.",
                "tanh around each sum is missing. Without it eᵢ = vₐ·Wₐ s + vₐ·Uₐ hᵢ: what does softmax do with a number that all scores have in common?",
            ], right: .a,
            others: [
                .b:
                    "Large scores would make the weights sharp, but not equal for two different queries, which is what the failing test shows.",
                .c:
                    "Wₐ s is the same for all states in the formula too, and computing it once is what makes the additive score cheap; the loop adds the states' own part.",
                .d:
                    "Putting both into one space, where they can be added, is what the two matrices are for; the formula has them as well.",
            ], test: testWeights)
    }

    @Sendable private static func testWeights() throws {
        let parameters = AdditiveParameters(Wa: [[1, 0], [0, 1]], Ua: [[1, 0], [0, 1]], va: [1, -0.5])
        let queries = [[2.0, 0], [0, 2]], states = [[1.0, 0], [0, 1], [-1, -1]]
        let got = try queries.map { try weights(query: $0, states: states, parameters: parameters) }
        try require(
            Plain.differ(got[0], got[1]),
            "weights(query: \(list(queries[0])), states: \(list(states)), \(parameters.shown))\n(\(AdditiveParameters.layout)) and the same with the query \(list(queries[1])) are equal, \(list(got[0])); "
                + "expected that another query looks elsewhere")
        for (query, weights) in zip(queries, got) {
            let around = states.map { state in tanh(Plain.dot(parameters.va, Plain.sum(query, state))) }
            try expect(
                weights, equals: Plain.softmax(parameters.scores(query: query, states: states)),
                "weights(query: \(list(query)), states: \(list(states)), \(parameters.shown))",
                mistakes: [
                    Mistake(
                        "tanh is around the score; it belongs around each unit of the hidden layer, before vₐ",
                        gives: Plain.softmax(around))
                ])
        }
    }
}
