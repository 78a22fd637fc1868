// What students hand in for exercise 32.

import Foundation
import Solutions
import Workbook

let attentionSumMistakes = [
    Wrong(LastPlace.self, "the sum", says: "+=, not ="),
    Wrong(LargestPlace.self, "the sum", says: "only the largest weight"),
    Wrong(MeanOfPlaces.self, "the sum", says: "they are added"),
    Wrong(WithoutMarks.self, "the sum", says: "every word of the passage"),
    Wrong(LargestPlace.self, "the answer", says: "at the largest weight"),
    Wrong(AnyWord.self, "the answer", says: "is no candidate"),
    Wrong(LastOfEquals.self, "the answer", says: "the last was taken"),
    Wrong(EveryPlace.self, "loss", says: "any will do"),
    Wrong(LastPlace.self, "loss", says: "last place"),
    Wrong(Turned.self, "loss", says: "the sign"),
    Wrong(SkipsMissing.self, "loss", says: "∞"),
    Wrong(EveryPlace.self, "the gradient", says: "asks for all of them"),
    Wrong(OfWeights.self, "the gradient", says: "∂loss/∂α"),
    Wrong(Turned.self, "the gradient", says: "the sign"),
    Wrong(EqualShares.self, "the gradient", says: "the same share"),
    Wrong(WithoutMarks.self, "the gradient", says: "only the answer's places"),
]

private typealias Solution = Solutions.Exercise32

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: AttentionSumAnswers {}

extension Otherwise {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        try Solution.probabilities(weights: weights, words: words)
    }
    static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String {
        try Solution.answer(weights: weights, words: words, candidates: candidates)
    }
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        try Solution.loss(weights: weights, words: words, answer: answer)
    }
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        try Solution.scoreGradient(scores: scores, words: words, answer: answer)
    }
}

private func softmax(_ scores: [Double]) -> [Double] {
    let exponentials = scores.map { exp($0) }, sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
}

private func places(_ weights: [Double], _ words: [String], _ word: String) -> [Double] {
    zip(weights, words).filter { $0.1 == word }.map(\.0)
}

private enum LastPlace: Otherwise {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        zip(words, weights).reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        -log(try probabilities(weights: weights, words: words)[answer] ?? 0)
    }
}

private enum LargestPlace: Otherwise {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        zip(words, weights).reduce(into: [:]) { $0[$1.0] = max($0[$1.0] ?? 0, $1.1) }
    }
    static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String {
        let P = try probabilities(weights: weights, words: words)
        return candidates.reduce(candidates[0]) { best, word in (P[word] ?? 0) > (P[best] ?? 0) ? word : best }
    }
}

private enum MeanOfPlaces: Otherwise {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        Dictionary(grouping: zip(words, weights)) { $0.0 }.mapValues { places in
            places.reduce(0) { $0 + $1.1 } / Double(places.count)
        }
    }
}

private enum WithoutMarks: Otherwise {
    static func probabilities(weights: [Double], words: [String]) throws -> [String: Double] {
        try Solution.probabilities(weights: weights, words: words).filter { $0.key != "." }
    }
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        let right = try Solution.scoreGradient(scores: scores, words: words, answer: answer)
        return zip(right, words).map { $1 == answer ? $0 : 0 }
    }
}

private enum AnyWord: Otherwise {
    static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String {
        try Solution.answer(weights: weights, words: words, candidates: words)
    }
}

private enum LastOfEquals: Otherwise {
    static func answer(weights: [Double], words: [String], candidates: [String]) throws -> String {
        try Solution.answer(weights: weights, words: words, candidates: candidates.reversed())
    }
}

private enum EveryPlace: Otherwise {
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        places(weights, words, answer).reduce(0) { $0 - log($1) }
    }
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        zip(softmax(scores), words).map { $0 - ($1 == answer ? 1 : 0) }
    }
}

private enum Turned: Otherwise {
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        -(try Solution.loss(weights: weights, words: words, answer: answer))
    }
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        try Solution.scoreGradient(scores: scores, words: words, answer: answer).map { -$0 }
    }
}

private enum SkipsMissing: Otherwise {
    static func loss(weights: [Double], words: [String], answer: String) throws -> Double {
        words.contains(answer) ? try Solution.loss(weights: weights, words: words, answer: answer) : 0
    }
}

private enum OfWeights: Otherwise {
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        let P = places(softmax(scores), words, answer).reduce(0, +)
        return words.map { $0 == answer ? -1 / P : 0 }
    }
}

private enum EqualShares: Otherwise {
    static func scoreGradient(scores: [Double], words: [String], answer: String) throws -> [Double] {
        let count = Double(words.count { $0 == answer })
        return zip(softmax(scores), words).map { $0 - ($1 == answer ? 1 / count : 0) }
    }
}
