// Bug hunt 4: max(0, x) where the formula has tanh.

import Foundation

public protocol BugHunt4Answers: BugHuntAnswers {
    static func scores(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double]
    static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double]
}

extension BugHunt4Answers {
    public static var exercise: Exercise {
        hunt(
            4, "the hidden layer and its gradient", topic: "HiddenLayer", lesson: "03_Bahdanau", function: "scores",
            hints: [
                "The failing test has states whose sums are all negative. Compute one score by hand.",
                "Score and gradient agree with one another, so the mistake is in both. What do `unit` and `slope` share?",
                "The formula's unit is tanh x, and its slope is 1 - tanh² x. Both functions must change.",
            ], right: .c,
            others: [
                .a:
                    "A sum is exactly 0 almost never, and code just takes 0 or 1 there; in the failing test no sum is 0.",
                .b:
                    "The softmax subtracts the largest score first, so that nothing overflows; and the failing test has small sums.",
                .d:
                    "It is linear only where every sum is positive; in the failing test every sum is negative, and nothing is left that could cancel.",
            ], test: testScores)
    }

    @Sendable private static func testScores() throws {
        let parameters = AdditiveParameters(Wa: [[1, 0], [0, 1]], Ua: [[1, 0], [0, 1]], va: [1, 0.5])
        let query = [-1.0, -1], states = [[0.0, 0], [-2, -2]], upstream = [1.0, -1]
        let call = "(query: \(list(query)), states: \(list(states)), \(parameters.shown)"
        let got = try scores(query: query, states: states, parameters: parameters)
        try expect(
            got, equals: parameters.scores(query: query, states: states), "scores\(call))",
            mistakes: [
                Mistake(
                    "a small slope for negative sums tells the states apart, but it is not the formula: that has tanh",
                    gives: [-0.015, -0.045])
            ])
        // ∂/∂s by hand: Wₐ is the identity, so only vₐ, g and the slopes are left.
        func expected(_ slope: (Double) -> Double) -> [Double] {
            parameters.va.map { v in v * (slope(-1) - slope(-3)) }
        }
        let gradient = try queryGradient(query: query, states: states, parameters: parameters, upstream: upstream)
        try expect(
            gradient, equals: expected { 1 - tanh($0) * tanh($0) },
            "queryGradient\(call), upstream: \(list(upstream)))",
            mistakes: [
                Mistake(
                    "the scores are right now, but the slope is still that of max(0, x); the slope of tanh is 1 - tanh² x",
                    gives: [0, 0]),
                Mistake("the slope of tanh x is 1 - tanh² x, not 1 - x²", gives: expected { 1 - $0 * $0 }),
                Mistake("the square is missing in 1 - tanh² x", gives: expected { 1 - tanh($0) }),
            ])
        let mixed = [[0.5, 2.0], [1.5, -0.25]]
        try expect(
            scores(query: query, states: mixed, parameters: parameters),
            equals: parameters.scores(query: query, states: mixed),
            "scores(query: \(list(query)), states: \(list(mixed)), \(parameters.shown))")
    }
}
