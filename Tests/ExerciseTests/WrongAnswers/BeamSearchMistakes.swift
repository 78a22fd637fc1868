// What students hand in for exercise 18.

import Foundation
import Solutions
import Workbook

let beamSearchMistakes = [
    Wrong(EndAmongWords.self, "greedy search", says: "the end token is among the words"),
    Wrong(EndNotInSum.self, "greedy search", says: "log p is missing in the sum"),
    Wrong(SumOfProbabilities.self, "greedy search", says: "probabilities were added up"),
    Wrong(GoesOnAfterEnd.self, "greedy search", says: "nothing follows an end token"),
    Wrong(PastTheLimit.self, "greedy search", says: "after the limit"),
    Wrong(GreedyIsRight.self, "a model that misleads greedy search", says: "greedy search must be wrong"),
    Wrong(TooSpreadOut.self, "a model that misleads greedy search", says: "must not lose the best beginning"),
    Wrong(Logarithms.self, "a model that misleads greedy search", says: "these are no logarithms"),
    Wrong(OnlyLengthOverSix.self, "the length penalty", says: "as a whole"),
    Wrong(OnlyFiveAndLength.self, "the length penalty", says: "the 6 is raised too"),
    Wrong(TimesAlpha.self, "the length penalty", says: "instead of raised"),
    Wrong(EndOnceMore.self, "the length penalty", says: "once more"),
    Wrong(NoPenalty.self, "beam search", says: "not divided by the length penalty"),
    Wrong(Multiplies.self, "beam search", says: "multiplied by the length penalty"),
    Wrong(EndNotCounted.self, "beam search", says: "counts the end token"),
    Wrong(RanksByProbability.self, "beam search", says: "the probability itself"),
    Wrong(StopsAtTheFirst.self, "beam search", says: "stops at the first finished"),
    Wrong(FinishedTakesAPlace.self, "beam search", says: "takes a place in the beam"),
    Wrong(FinishedStays.self, "beam search", says: "stays in the beam"),
    Wrong(FinishedGoesOn.self, "beam search", says: "was not taken out"),
    Wrong(OneBeginning.self, "beam search", says: "one beginning is carried along"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BeamSearchAnswers {}

extension Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        try Solutions.Exercise18.greedy(next, end: end, limit: limit)
    }
    static func misleadingModel() throws -> [[Int]: [Double]] { try Solutions.Exercise18.misleadingModel() }
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double {
        try Solutions.Exercise18.lengthPenalty(length, alpha: alpha)
    }
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try Solutions.Exercise18.beam(next, end: end, width: width, alpha: alpha, limit: limit)
    }
}

private func largest(_ logs: [Double]) -> Int { logs.indices.max { logs[$0] < logs[$1] } ?? 0 }

// MARK: greedy

private enum EndAmongWords: Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        let found = try Solutions.Exercise18.greedy(next, end: end, limit: limit)
        return FoundSentence(
            found.tokens + (found.isFinished ? [end] : []), isFinished: found.isFinished,
            logProbability: found.logProbability, score: found.score)
    }
}

private enum EndNotInSum: Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        var tokens: [Int] = [], sum = 0.0
        while tokens.count < limit {
            let logs = try next(tokens), word = largest(logs)
            if word == end { return FoundSentence(tokens, isFinished: true, logProbability: sum, score: sum) }
            tokens.append(word)
            sum += logs[word]
        }
        return FoundSentence(tokens, isFinished: false, logProbability: sum, score: sum)
    }
}

private enum SumOfProbabilities: Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        var tokens: [Int] = [], sum = 0.0
        while tokens.count < limit {
            let logs = try next(tokens), word = largest(logs)
            sum += exp(logs[word])
            if word == end { return FoundSentence(tokens, isFinished: true, logProbability: sum, score: sum) }
            tokens.append(word)
        }
        return FoundSentence(tokens, isFinished: false, logProbability: sum, score: sum)
    }
}

private enum GoesOnAfterEnd: Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        var tokens: [Int] = [], sum = 0.0
        for _ in 0..<limit {
            let logs = try next(tokens), word = largest(logs)
            sum += logs[word]
            tokens.append(word)
        }
        return FoundSentence(tokens, isFinished: tokens.contains(end), logProbability: sum, score: sum)
    }
}

private enum PastTheLimit: Otherwise {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        try Solutions.Exercise18.greedy(next, end: end, limit: limit + 1)
    }
}

// MARK: the misleading model

private enum GreedyIsRight: Otherwise {
    static func misleadingModel() throws -> [[Int]: [Double]] { [[]: [0, 0.6, 0.4], [1]: [0.8, 0.1, 0.1]] }
}

private enum TooSpreadOut: Otherwise {
    // 2, 1, end has 0.4 · 0.5 · 1 = 0.2, but after two steps 1, 1 and 1, 2 are ahead of 2, 1; they end with 0.3 · 0.6 =
    // 0.18 at most.
    static func misleadingModel() throws -> [[Int]: [Double]] {
        let spread = [0.6, 0.2, 0.2]
        return [
            []: [0, 0.6, 0.4], [1]: [0, 0.5, 0.5], [2]: [0, 0.5, 0.5], [1, 1]: spread, [1, 2]: spread, [2, 2]: spread,
        ]
    }
}

private enum Logarithms: Otherwise {
    static func misleadingModel() throws -> [[Int]: [Double]] { [[]: [-9, -0.5, -0.9], [1]: [-0.9, -1.2, -1.2]] }
}

// MARK: the length penalty

private enum OnlyLengthOverSix: Otherwise {
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double { pow(5 + Double(length) / 6, alpha) }
}

private enum OnlyFiveAndLength: Otherwise {
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double { pow(5 + Double(length), alpha) / 6 }
}

private enum TimesAlpha: Otherwise {
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double { (5 + Double(length)) / 6 * alpha }
}

private enum EndOnceMore: Otherwise {
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double {
        pow((5 + Double(length + 1)) / 6, alpha)
    }
}

// MARK: beam search

private typealias Beginning = (tokens: [Int], sum: Double, isFinished: Bool)

/// What becomes of a continuation that ends.
private enum Finished { case leaves, takesAPlace, stays }

/// A beam search with the choices where students go wrong.
private func search(
    _ next: ([Int]) throws -> [Double], end: Int, width: Int, limit: Int, finished: Finished = .leaves,
    stopsAtTheFirst: Bool = false,
    score: (_ sum: Double, _ words: Int, _ isFinished: Bool) -> Double
) throws -> FoundSentence {
    var beam: [Beginning] = [([], 0, false)], done: [FoundSentence] = []
    for _ in 0..<limit {
        var all = beam.filter(\.isFinished)
        for beginning in beam where !beginning.isFinished {
            for (word, log) in try next(beginning.tokens).enumerated() {
                all.append((beginning.tokens + (word == end ? [] : [word]), beginning.sum + log, word == end))
            }
        }
        all.sort { $0.sum > $1.sum }
        beam = []
        var places = width
        for choice in all where places > 0 {
            if choice.isFinished {
                done.append(
                    FoundSentence(
                        choice.tokens, isFinished: true, logProbability: choice.sum,
                        score: score(choice.sum, choice.tokens.count, true)))
                if finished != .leaves { places -= 1 }
                if finished == .stays { beam.append(choice) }
            } else {
                places -= 1
                beam.append(choice)
            }
        }
        if beam.allSatisfy(\.isFinished) || (stopsAtTheFirst && !done.isEmpty) { break }
    }
    if let best = done.max(by: { $0.score < $1.score }) { return best }
    let first = beam.first ?? ([], 0, false)
    return FoundSentence(
        first.tokens, isFinished: false, logProbability: first.sum, score: score(first.sum, first.tokens.count, false))
}

private func penalty(_ length: Int, _ alpha: Double) -> Double { pow((5 + Double(length)) / 6, alpha) }

private enum NoPenalty: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit) { sum, _, _ in sum }
    }
}

private enum Multiplies: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit) { sum, words, isFinished in
            sum * penalty(words + (isFinished ? 1 : 0), alpha)
        }
    }
}

private enum EndNotCounted: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit) { sum, words, _ in sum / penalty(words, alpha) }
    }
}

private enum RanksByProbability: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit) { sum, words, isFinished in
            exp(sum) / penalty(words + (isFinished ? 1 : 0), alpha)
        }
    }
}

private enum StopsAtTheFirst: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit, stopsAtTheFirst: true) { sum, words, isFinished in
            sum / penalty(words + (isFinished ? 1 : 0), alpha)
        }
    }
}

private enum FinishedTakesAPlace: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit, finished: .takesAPlace) { sum, words, isFinished in
            sum / penalty(words + (isFinished ? 1 : 0), alpha)
        }
    }
}

private enum FinishedStays: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try search(next, end: end, width: width, limit: limit, finished: .stays) { sum, words, isFinished in
            sum / penalty(words + (isFinished ? 1 : 0), alpha)
        }
    }
}

private enum FinishedGoesOn: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        // No id is the end: nothing ever leaves the beam.
        try search(next, end: -1, width: width, limit: limit) { sum, words, _ in sum / penalty(words, alpha) }
    }
}

private enum OneBeginning: Otherwise {
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        try Solutions.Exercise18.beam(next, end: end, width: 1, alpha: alpha, limit: limit)
    }
}
