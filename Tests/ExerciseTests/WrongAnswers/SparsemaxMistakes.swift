// What students hand in for exercise 22.

import Foundation
import Solutions
import Workbook

let sparsemaxMistakes = [
    Wrong(AllWords.self, "the threshold", says: "all words were kept"),
    Wrong(CountedFromZero.self, "the threshold", says: "subtract it first"),
    Wrong(NotSorted.self, "the threshold", says: "not sorted"),
    Wrong(NoOne.self, "the threshold", says: "the 1 is missing"),
    Wrong(Softmax.self, "sparsemax", says: "this is softmax"),
    Wrong(PaddingTakesPart.self, "sparsemax", says: "the padding takes part"),
    Wrong(PaddingAfterwards.self, "sparsemax", says: "set to 0 afterwards"),
    Wrong(PaddingIsZero.self, "sparsemax", says: "a score like any other"),
    Wrong(AllWords.self, "sparsemax", says: "made without those that are dropped"),
    Wrong(Divided.self, "sparsemax", says: "divided by the sum"),
    Wrong(Softmax.self, "the gradient", says: "softmax's backward pass"),
    Wrong(AllWords.self, "the gradient", says: "that of all words"),
    Wrong(DroppedLearn.self, "the gradient", says: "a word that was dropped gets a gradient"),
    Wrong(NoMean.self, "the gradient", says: "τ moves with the scores"),
    Wrong(Softmax.self, "the lead", says: "that is softmax"),
    Wrong(AllWords.self, "the lead", says: "the number of the others"),
    Wrong(Divided.self, "the lead", says: "the weight that each has without a lead"),
]

private typealias Solution = Solutions.Exercise22

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: SparsemaxAnswers {}

extension Otherwise {
    static func threshold(_ scores: [Double]) throws -> Double { try Solution.threshold(scores) }
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        try Solution.sparsemax(scores, length: length)
    }
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        try Solution.backward(weights: weights, upstream: upstream)
    }
    static func leadForAll(words: Int) throws -> Double { try Solution.leadForAll(words: words) }
}

private func real(_ scores: [Double], _ length: Int) -> [Bool] { scores.indices.map { $0 < length } }

private enum AllWords: Otherwise {
    static func threshold(_ scores: [Double]) throws -> Double {
        let largest = scores.max() ?? 0
        return (scores.reduce(0) { $0 + $1 - largest } - 1) / Double(scores.count)
    }
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        let words = Array(scores.prefix(length)), largest = words.max() ?? 0, tau = try threshold(words)
        return scores.indices.map { $0 < length ? max(scores[$0] - largest - tau, 0) : 0 }
    }
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        let mean = upstream.reduce(0, +) / Double(upstream.count)
        return zip(weights, upstream).map { $0 > 0 ? $1 - mean : 0 }
    }
    static func leadForAll(words: Int) throws -> Double { Double(words) }
}

private enum CountedFromZero: Otherwise {
    static func threshold(_ scores: [Double]) throws -> Double {
        try Solution.threshold(scores) + (scores.max() ?? 0)
    }
}

private enum NotSorted: Otherwise {
    static func threshold(_ scores: [Double]) throws -> Double {
        let largest = scores.max() ?? 0
        var sum = 0.0, threshold = Double.nan
        for (place, score) in scores.enumerated() {
            sum += score - largest
            let candidate = (sum - 1) / Double(place + 1)
            if score - largest > candidate { threshold = candidate }
        }
        return threshold
    }
}

private enum NoOne: Otherwise {
    static func threshold(_ scores: [Double]) throws -> Double {
        let largest = scores.max() ?? 0, tau = try Solution.threshold(scores)
        return tau + 1 / Double(scores.count { $0 - largest > tau })
    }
}

private enum Softmax: Otherwise {
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        Plain.softmax(scores, mask: real(scores, length))
    }
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        let mean = Plain.dot(weights, upstream)
        return zip(weights, upstream).map { $0 * ($1 - mean) }
    }
    static func leadForAll(words: Int) throws -> Double { 700 }
}

private enum PaddingTakesPart: Otherwise {
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        try Solution.sparsemax(scores, length: scores.count)
    }
}

private enum PaddingAfterwards: Otherwise {
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        try zip(Solution.sparsemax(scores, length: scores.count), real(scores, length)).map { $1 ? $0 : 0 }
    }
}

private enum PaddingIsZero: Otherwise {
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        try Solution.sparsemax(zip(scores, real(scores, length)).map { $1 ? $0 : 0 }, length: scores.count)
    }
}

private enum Divided: Otherwise {
    static func sparsemax(_ scores: [Double], length: Int) throws -> [Double] {
        let cut = try AllWords.sparsemax(scores, length: length)
        return cut.map { $0 / cut.reduce(0, +) }
    }
    static func leadForAll(words: Int) throws -> Double { 1 / Double(words) }
}

private enum DroppedLearn: Otherwise {
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        let support = weights.indices.filter { weights[$0] > 0 }
        let mean = support.reduce(0) { $0 + upstream[$1] } / Double(support.count)
        return upstream.map { $0 - mean }
    }
}

private enum NoMean: Otherwise {
    static func backward(weights: [Double], upstream: [Double]) throws -> [Double] {
        zip(weights, upstream).map { $0 > 0 ? $1 : 0 }
    }
}
