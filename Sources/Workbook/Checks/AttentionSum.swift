// Exercise 32: the probability of an answer as the sum of the weights on its places.

import AttentionLab
import Foundation

public protocol AttentionSumAnswers: Answers {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double]
    static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double]
}

private let passage = ["mary", "took", "the", "key", ".", "mary", "ran", "to", "the", "garden", "."]
private let weights = [0.25, 0.03125, 0.0625, 0.125, 0.03125, 0.125, 0.0625, 0.0625, 0.125, 0.09375, 0.03125]

extension AttentionSumAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 32), "the sum of attention", topic: "AttentionSum", lesson: "09_CoverageAndCopying",
            hints: [
                "Write the passage with a weight above each word, and ask how probable “mary” is. It stands there twice, and either place would do.",
                "A dictionary from words to numbers, to which every place adds its weight. The loss is -ln of one of its values. For the gradient write P(answer) = A / Z, where Z is the sum of all exp(e) and A that of the answer's places: then loss = ln Z - ln A, and both derivatives are softmaxes, one over all places and one over the answer's.",
                "P[words[i], default: 0] += weights[i]. answer: the candidate with the largest P[word] ?? 0. loss: -log(P[answer] ?? 0). scoreGradient: with α = exp(e) / Σ exp(e) and p the sum of α over the answer's places, α[i] - α[i] / p where words[i] == answer, and α[i] elsewhere.",
            ],
            gaps: [
                Gap("the sum", function: "probabilities", checkSum),
                Gap("the answer", function: "answer", checkAnswer),
                Gap("loss", function: "loss", checkLoss),
                Gap("the gradient", function: "scoreGradient", checkGradient),
            ])
    }

    @Sendable private static func checkSum() throws {
        var distinct: [String] = []
        for word in passage where !distinct.contains(word) { distinct.append(word) }
        let call = "probabilities(weights: \(list(weights)), words: \(passage))"
        let got = try probabilities(weights: weights, words: passage)
        try require(
            Set(got.keys) == Set(distinct),
            "\(call) has the words \(got.keys.sorted()), expected \(distinct.sorted())",
            cause: "every word of the passage, each once")
        func each(_ value: ([Double]) -> Double) -> [Double] {
            distinct.map { word in value(passage.indices.filter { passage[$0] == word }.map { weights[$0] }) }
        }
        try expect(
            distinct.map { got[$0] ?? 0 }, equals: each { $0.reduce(0, +) },
            "\(call), for \(distinct.joined(separator: ", ")),",
            mistakes: [
                Mistake(
                    "the last place overwrites the others: a word that stands there twice gets both weights (+=, not =)",
                    gives: each { $0[$0.count - 1] }),
                Mistake(
                    "only the first place counts: a word that stands there twice gets both weights",
                    gives: each { $0[0] }),
                Mistake(
                    "only the largest weight counts: a word that stands there twice gets both",
                    gives: each { $0.max() ?? 0 }),
                Mistake(
                    "the mean of a word's weights was taken; they are added",
                    gives: each { $0.reduce(0, +) / Double($0.count) }),
            ], otherwise: "P(w) is the sum of the weights of all places where w stands")
    }

    @Sendable private static func checkAnswer() throws {
        // “key” has the largest weight, “anna” the largest sum.
        let words = ["anna", "has", "the", "key", ".", "anna"], weights = [0.25, 0.0625, 0.0625, 0.3125, 0, 0.3125]
        for (candidates, weights, right) in [
            (["key", "anna"], weights, "anna"), (["key", "has"], weights, "key"),
            (["the", "lamp", "has"], weights, "the"),
            (["lamp", "."], weights, "lamp"), (["has", "the"], weights, "has"),
            (["has", "key", "lamp"], [0, 0, 0.75, 0, 0.25, 0], "has"),
        ] {
            let got = try answer(weights: weights, words: words, candidates: candidates)
            if got == right { continue }
            let largest = words.indices.max { weights[$0] < weights[$1] } ?? 0
            func first(_ word: String) -> Double { words.firstIndex(of: word).map { weights[$0] } ?? 0 }
            func most(_ word: String) -> Double {
                words.indices.filter { words[$0] == word }.map { weights[$0] }.max() ?? 0
            }
            let ties = candidates.filter { most($0) == most(right) }
            let cause: String =
                !candidates.contains(got)
                ? "“\(got)” is no candidate; the answer is one of \(candidates)"
                : ties.count > 1 && ties.last == got
                    ? "of equally probable candidates the last was taken; the first is asked for"
                    : got == words[largest] || most(got) >= most(right)
                        ? "the word at the largest weight was taken; first the weights of each word's places are added"
                        : "the candidate with the largest sum of weights; one that the passage does not have has 0"
            throw CheckFailure(
                "answer(weights: \(list(weights)), words: \(words), candidates: \(candidates)) is “\(got)”, expected “\(right)”",
                cause: cause)
        }
    }

    @Sendable private static func checkLoss() throws {
        for word in ["mary", "key"] {
            let parts = passage.indices.filter { passage[$0] == word }.map { weights[$0] }, P = parts.reduce(0, +)
            let logs = parts.map { -log($0) }
            let both = parts.count > 1
            try expect(
                loss(weights: weights, words: passage, answer: word), equals: -log(P),
                "loss(weights: \(list(weights)), words: \(passage), answer: “\(word)”)",
                mistakes: [
                    Mistake("the sign: ln P is negative, the loss is -ln P", gives: [log(P)]),
                    Mistake("this is P itself; the loss is -ln P", gives: [P]),
                    Mistake("this is 1 - P; the loss is -ln P", gives: [1 - P]),
                    Mistake("the logarithm to base 2; ln is `log` in Swift", gives: [-log2(P)]),
                    Mistake("the logarithm to base 10; ln is `log` in Swift", gives: [-log10(P)]),
                ]
                    + (both
                        ? [
                            Mistake(
                                "the logarithms of the weights were added: that asks for all places to be looked at; any will do, so the weights are added first",
                                gives: [logs.reduce(0, +)]),
                            Mistake(
                                "the mean of the logarithms: that asks for all places to be looked at; any will do, so the weights are added first",
                                gives: [logs.reduce(0, +) / Double(logs.count)]),
                            Mistake("only the answer's first place counts", gives: [logs[0]]),
                            Mistake("only the answer's last place counts", gives: [logs[logs.count - 1]]),
                        ] : []),
                otherwise: "-ln of the sum of the weights on the answer's places")
        }
        let missing = try loss(weights: weights, words: passage, answer: "lamp")
        try require(
            missing == .infinity,
            "loss(…, answer: “lamp”), which the passage does not have, is \(missing), expected ∞",
            cause: "no place gives it, so that P is 0 and -ln 0 is ∞")
    }

    @Sendable private static func checkGradient() throws {
        let words = ["anna", "has", "it", ".", "anna"]
        for (scores, answer) in [
            ([0.0, 0, 0, 0, 0], "anna"), ([1, -1, 0.5, 0, -0.5], "anna"), ([1, -1, 0.5, 0, -0.5], "has"),
        ] {
            let exponentials = scores.map { exp($0) }, Z = exponentials.reduce(0, +)
            let weights = exponentials.map { $0 / Z }, isAnswer = words.map { $0 == answer ? 1.0 : 0 }
            let P = zip(weights, isAnswer).reduce(0) { $0 + $1.0 * $1.1 }, count = isAnswer.reduce(0, +)
            let right = zip(weights, isAnswer).map { $0 - $1 * $0 / P }
            let first = words.firstIndex(of: answer) ?? 0
            try expect(
                scoreGradient(scores: scores, words: words, answer: answer), equals: right,
                "scoreGradient(scores: \(list(scores)), words: \(words), answer: “\(answer)”)",
                mistakes: [
                    Mistake("the sign: this is the derivative of ln P", gives: right.map { -$0 }),
                    Mistake(
                        "this is ∂loss/∂α; the weights come of the scores by softmax, which has a derivative of its own",
                        gives: isAnswer.map { -$0 / P }),
                    Mistake(
                        "1 was subtracted at each place of the answer: that asks for all of them; each gets its share α / P(answer)",
                        gives: zip(weights, isAnswer).map { $0 - $1 }),
                    Mistake(
                        "all places of the answer got the same share; each gets its own, α / P(answer)",
                        gives: zip(weights, isAnswer).map { $0 - $1 / count }),
                    Mistake(
                        "the answer's first place alone was rewarded; each place gets its share α / P(answer)",
                        gives: weights.indices.map { weights[$0] - ($0 == first ? 1 : 0) }),
                    Mistake(
                        "only the answer's places were moved; the others are pushed down by their α",
                        gives: zip(weights, isAnswer).map { $1 * ($0 - $0 / P) }),
                    Mistake("what is subtracted at the answer's places is missing", gives: weights),
                    Mistake(
                        "the share was not divided by P(answer)", gives: zip(weights, isAnswer).map { $0 - $1 * $0 }),
                ],
                otherwise:
                    "αᵢ everywhere, and minus αᵢ / P(answer) at the answer's places; together 0, for softmax does not see a number added to all scores"
            )
        }
    }
}
