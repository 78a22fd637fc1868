// What students hand in for exercise 35.

import Solutions
import Workbook

let deletionMistakes = [
    Wrong(Everything.self, "what goes", says: "nothing is left to ask about"),
    Wrong(RoundedDown.self, "what goes", says: "rounded down"),
    Wrong(LastOfEquals.self, "what goes", says: "the last goes first"),
    Wrong(Smallest.self, "what goes", says: "the smallest weights"),
    Wrong(InOrder.self, "what goes", says: "the largest weight comes first"),
    Wrong(NothingWent.self, "what is left", says: "nothing went"),
    Wrong(TheWordsThatGo.self, "what is left", says: "these are the words that go"),
    Wrong(OldLengths.self, "what is left", says: "their lengths are as before"),
    Wrong(EmptySentences.self, "what is left", says: "a sentence of which nothing is left"),
    Wrong(OtherSign.self, "the effect", says: "the sign"),
    Wrong(WithoutComparison.self, "the effect", says: "held against those at random"),
    Wrong(Counted.self, "the effect", says: "a share of the documents"),
    Wrong(OfTheRight.self, "the effect", says: "one of all documents"),
]

private typealias Solution = Solutions.Exercise35

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: DeletionAnswers {}

extension Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        try Solution.largest(weights, share: share)
    }
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) {
        try Solution.document(without: places, words: words, sentences: sentences)
    }
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        try Solution.effect(withoutLargest: withoutLargest, withoutRandom: withoutRandom)
    }
}

private func falling(_ weights: [Double]) -> [Int] {
    weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
}

private enum Everything: Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        Array(falling(weights).prefix(Int((share * Double(weights.count)).rounded(.up))))
    }
}

private enum RoundedDown: Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        Array(falling(weights).prefix(min(Int(share * Double(weights.count)), weights.count - 1)))
    }
}

private enum LastOfEquals: Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        let count = try Solution.largest(weights, share: share).count
        return Array(weights.indices.sorted { (weights[$1], $1) < (weights[$0], $0) }.prefix(count))
    }
}

private enum Smallest: Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        try Solution.largest(weights.map { -$0 }, share: share)
    }
}

private enum InOrder: Otherwise {
    static func largest(_ weights: [Double], share: Double) throws -> [Int] {
        try Solution.largest(weights, share: share).sorted()
    }
}

private enum NothingWent: Otherwise {
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) { (words, sentences) }
}

private enum TheWordsThatGo: Otherwise {
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) { (places.map { words[$0] }, sentences) }
}

private enum OldLengths: Otherwise {
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) {
        (try Solution.document(without: places, words: words, sentences: sentences).words, sentences)
    }
}

private enum EmptySentences: Otherwise {
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int]) {
        var start = 0
        let counts = sentences.map { count in
            defer { start += count }
            return (start..<start + count).count { !places.contains($0) }
        }
        return (try Solution.document(without: places, words: words, sentences: sentences).words, counts)
    }
}

private enum OtherSign: Otherwise {
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        -(try Solution.effect(withoutLargest: withoutLargest, withoutRandom: withoutRandom))
    }
}

private enum WithoutComparison: Otherwise {
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        Double(withoutLargest.count { !$0 }) / Double(withoutLargest.count)
    }
}

private enum Counted: Otherwise {
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        Double(withoutRandom.count { $0 } - withoutLargest.count { $0 })
    }
}

private enum OfTheRight: Otherwise {
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double {
        let any = withoutRandom.count { $0 }
        return Double(any - withoutLargest.count { $0 }) / Double(any)
    }
}
