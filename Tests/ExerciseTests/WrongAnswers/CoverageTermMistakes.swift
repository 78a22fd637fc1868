// What students hand in for exercise 25, and what is published.

import Foundation
import Solutions
import Workbook

let coverageTermMistakes = [
    Wrong(IncludesTheStep.self, "the terms", says: "has the step's own weights in it"),
    Wrong(SourcePadding.self, "the terms", says: "the padding of the source pays"),
    Wrong(TargetPadding.self, "the terms", says: "the padding of the target pays"),
    Wrong(MeanOfMeans.self, "the terms", says: "the mean over the words"),
    Wrong(MeanOfMeans.self, "the loss", says: "a mean of the sentences' means"),
    Wrong(TargetPadding.self, "the loss", says: "divided by T · B"),
    Wrong(CountsItself.self, "the loss", says: "not 0"),
    Wrong(Detached.self, "the gradient of the scores", says: "the coverage was taken as given"),
    Wrong(IncludesTheStep.self, "the gradient of the scores", says: "all 0"),
    Wrong(CountsItself.self, "the gradient of the scores", says: "not divided"),
]

private typealias Solution = Solutions.Exercise25

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: CoverageTermAnswers {}

extension Otherwise {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        try Solution.terms(weights: weights, lengths: lengths, targetLengths: targetLengths)
    }
    static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double {
        try Solution.loss(terms: terms, dividingBy: words)
    }
    static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]] {
        try Solution.scoreGradient(scores: scores, dividingBy: words)
    }
}

private enum IncludesTheStep: Otherwise {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        weights.enumerated().map { t, rows in
            rows.enumerated().map { b, row in t < targetLengths[b] ? row.prefix(lengths[b]).reduce(0, +) : 0 }
        }
    }
    static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]] {
        scores.map { $0.map { _ in 0 } }
    }
}

private enum SourcePadding: Otherwise {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        try Solution.terms(
            weights: weights, lengths: lengths.map { _ in weights[0][0].count }, targetLengths: targetLengths)
    }
}

private enum TargetPadding: Otherwise {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        try Solution.terms(weights: weights, lengths: lengths, targetLengths: targetLengths.map { _ in weights.count })
    }
    static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double {
        try Solution.loss(terms: terms, dividingBy: terms.count * terms[0].count)
    }
}

private enum MeanOfMeans: Otherwise {
    static func terms(weights: [[[Double]]], lengths: [Int], targetLengths: [Int]) throws -> [[Double]] {
        try Solution.terms(weights: weights, lengths: lengths, targetLengths: targetLengths).map { row in
            zip(row, lengths).map { $0 / Double($1) }
        }
    }
    /// The checks' batches have sentences of 4, 2 and 3 target words.
    static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double {
        zip(Plain.transposed(terms), [4.0, 2, 3]).reduce(0) { $0 + $1.0.reduce(0, +) / $1.1 } / 3
    }
}

private enum CountsItself: Otherwise {
    static func loss(terms: [[Double]], dividingBy words: Int) throws -> Double {
        try Solution.loss(terms: terms, dividingBy: terms.flatMap { $0 }.count { $0 != 0 })
    }
    static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]] {
        try Solution.scoreGradient(scores: scores, dividingBy: 1)
    }
}

private enum Detached: Otherwise {
    static func scoreGradient(scores: [[Double]], dividingBy words: Int) throws -> [[Double]] {
        var c = scores[0].map { _ in 0.0 }
        return scores.map { row in
            let alpha = Plain.softmax(row), g = zip(alpha, c).map { $0 < $1 ? 1.0 : 0 }, mean = Plain.dot(alpha, g)
            c = Plain.sum(c, alpha)
            return zip(alpha, g).map { $0 * ($1 - mean) / Double(words) }
        }
    }
}
