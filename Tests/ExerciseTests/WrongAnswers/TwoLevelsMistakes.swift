// What students hand in for exercise 31.

import Foundation
import Solutions
import Workbook

let twoLevelsMistakes = [
    Wrong(OneSoftmax.self, "weights within sentences", says: "one softmax over the whole document"),
    Wrong(Shared.self, "weights within sentences", says: "within each sentence the weights sum to 1"),
    Wrong(AlwaysFromZero.self, "weights within sentences", says: "begins at word 0"),
    Wrong(FirstOnly.self, "weights within sentences", says: "the first sentence alone"),
    Wrong(Overflowing.self, "weights within sentences", says: "subtract the largest score"),
    Wrong(Means.self, "sentence vectors", says: "the mean of the words"),
    Wrong(OneVector.self, "sentence vectors", says: "each sentence has its own"),
    Wrong(DividedByWords.self, "sentence vectors", says: "sum to 1 already"),
    Wrong(NeverBegun.self, "sentence vectors", says: "never begun anew"),
    Wrong(WithinOnly.self, "weights of words", says: "to the number of sentences"),
    Wrong(EqualParts.self, "weights of words", says: "which of its words had it"),
    Wrong(WholeSentence.self, "weights of words", says: "a word has a part of it"),
    Wrong(Added.self, "weights of words", says: "is a product"),
    Wrong(SameNumber.self, "weights of words", says: "the weight of sentence i"),
]

private typealias Solution = Solutions.Exercise31

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: TwoLevelsAnswers {}

extension Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        try Solution.weightsWithin(scores: scores, sentences: sentences)
    }
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]] {
        try Solution.sentenceVectors(states: states, weights: weights, sentences: sentences)
    }
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] {
        try Solution.wordWeights(within: within, ofSentences: ofSentences, sentences: sentences)
    }
}

private enum OneSoftmax: Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] { Plain.softmax(scores) }
}

private enum Shared: Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        try Solution.weightsWithin(scores: scores, sentences: sentences).map { $0 / Double(sentences.count) }
    }
}

private enum AlwaysFromZero: Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        sentences.flatMap { Plain.softmax(Array(scores[..<$0])) }
    }
}

private enum FirstOnly: Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        Plain.softmax(Array(scores[..<sentences[0]]))
    }
}

private enum Overflowing: Otherwise {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double] {
        var start = 0
        return sentences.flatMap { count in
            defer { start += count }
            let powers = scores[start..<start + count].map { exp($0) }
            return powers.map { $0 / powers.reduce(0, +) }
        }
    }
}

private enum Means: Otherwise {
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]] {
        let even = sentences.flatMap { count in [Double](repeating: 1 / Double(count), count: count) }
        return try Solution.sentenceVectors(states: states, weights: even, sentences: sentences)
    }
}

private enum OneVector: Otherwise {
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]] {
        [Plain.weightedSum(weights, of: states)]
    }
}

private enum DividedByWords: Otherwise {
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]] {
        let rows = try Solution.sentenceVectors(states: states, weights: weights, sentences: sentences)
        return zip(rows, sentences).map { row, count in row.map { $0 / Double(count) } }
    }
}

private enum NeverBegun: Otherwise {
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]] {
        var sum = [Double](repeating: 0, count: states[0].count)
        return try Solution.sentenceVectors(states: states, weights: weights, sentences: sentences).map { row in
            sum = Plain.sum(sum, row)
            return sum
        }
    }
}

private enum WithinOnly: Otherwise {
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] { within }
}

private func perWord(_ ofSentences: [Double], _ sentences: [Int]) -> [Double] {
    zip(ofSentences, sentences).flatMap { weight, count in [Double](repeating: weight, count: count) }
}

private enum EqualParts: Otherwise {
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] {
        perWord(zip(ofSentences, sentences).map { $0 / Double($1) }, sentences)
    }
}

private enum WholeSentence: Otherwise {
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] {
        perWord(ofSentences, sentences)
    }
}

private enum Added: Otherwise {
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] {
        Plain.sum(within, perWord(ofSentences, sentences))
    }
}

private enum SameNumber: Otherwise {
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double] {
        within.enumerated().map { i, weight in weight * (i < ofSentences.count ? ofSentences[i] : 0) }
    }
}
