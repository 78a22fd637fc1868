// Bug hunt 2: no state of the encoder enters a score.

import Foundation

public protocol BugHunt2Answers: BugHuntAnswers {
    static func weights(
        query: [Double], word: [Double], states: [[Double]], parameters: AdditiveParameters,
        P: [[Double]]
    ) throws -> [Double]
}

extension BugHunt2Answers {
    public static var exercise: Exercise {
        hunt(
            2, "where to look next", topic: "Scores", lesson: "03_Bahdanau", function: "weights",
            hints: [
                "Two sentences of one length: can their weights differ? Follow where `states` is used.",
                "Compare with the formula, symbol by symbol. One symbol of the formula is missing in the code, and two names of the code are missing in the formula.",
                "There must be one hidden layer for each position i, tanh(Wₐ s + Uₐ hᵢ), and the score is vₐ · that. Neither `word` nor P is needed.",
            ], right: .d,
            others: [
                .a: "The order is that of the formula: vₐ comes after tanh there too, and scores need no bounds.",
                .b:
                    "With any Uₐ, of any size, the weights in the failing test stay where they are when the states change places.",
                .c:
                    "That is true of this code, and a nuisance; but the sentences of the failing test are shorter than P, and their weights are wrong as well.",
            ], test: testWeights)
    }

    @Sendable private static func testWeights() throws {
        let parameters = AdditiveParameters(Wa: [[1, 0], [0, 1]], Ua: [[1, 0], [0, 2]], va: [1, -1])
        let P = [[0.5, 0], [0, 0.5], [-0.5, 0.5], [1, -1]]
        let query = [0.5, 0.0], word = [0.0, 0.5], states = [[2.0, 0], [0, -1], [0, 1]],
            backwards = Array(states.reversed())
        let call =
            "weights(query: \(list(query)), word: \(list(word)), states: \(list(states)), \(parameters.shown), P: \(list(P)))"
        let first = try weights(query: query, word: word, states: states, parameters: parameters, P: P)
        let second = try weights(query: query, word: word, states: backwards, parameters: parameters, P: P)
        try require(
            !Plain.differ(first.reversed(), second),
            "\(call) is \(list(first)), and with the same states in another order, \(list(backwards)), it is \(list(second)); expected each state to take its weight along: \(list(first.reversed()))"
        )
        try expect(
            first, equals: Plain.softmax(parameters.scores(query: query, states: states)), call,
            mistakes: [
                Mistake(
                    "every position has the same score; each must be compared with its own state",
                    gives: [1.0 / 3, 1.0 / 3, 1.0 / 3]),
                Mistake(
                    "the word before is compared with the states; the formula has the decoder's state there",
                    gives: Plain.softmax(parameters.scores(query: word, states: states))),
            ])
        let withAnother = try weights(query: query, word: [9, 9], states: states, parameters: parameters, P: P)
        try expect(
            withAnother, equals: first, "\(call) with another word",
            otherwise: "the formula has no word before in it; it is in the decoder's state already")
    }
}
