// What students hand in for bug hunt 15: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt15Mistakes = [
    Wrong(AsFound.self, "the code", says: "expected 1"),
    Wrong(DividedAtTheEnd.self, "the code", says: "nothing was left to divide by"),
    Wrong(OneLevel.self, "the code", says: "one softmax over all words"),
    Wrong(SameForAll.self, "the code", says: "their scores count"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "one level up"),
    Wrong(ChoseC.self, "the reason", says: "nothing is left to divide by"),
    Wrong(ChoseD.self, "the reason", says: "because they are long"),
]

private typealias Solution = Solutions.BugHunt15

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt15Answers {}

extension Otherwise {
    static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        try Solution.wordWeights(wordScores: wordScores, lengths: lengths, sentenceScores: sentenceScores)
    }
    static var why: Choice? { Solution.why }
}

private enum AsFound: Otherwise {
    static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        let ofSentences = Plain.softmax(sentenceScores)
        return wordScores.indices.map { n in
            let row = wordScores[n], within = Plain.softmax(Array(row.prefix(lengths[n])))
            return row.indices.map { $0 < lengths[n] ? within[$0] * ofSentences[n] : 0 }
        }
    }
}

/// Right while the scores of the padding are small.
private enum DividedAtTheEnd: Otherwise {
    static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        let rows = try AsFound.wordWeights(
            wordScores: wordScores, lengths: lengths, sentenceScores: sentenceScores)
        let sum = rows.joined().reduce(0, +)
        return rows.map { $0.map { $0 / sum } }
    }
}

private enum OneLevel: Otherwise {
    static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        let mask = wordScores.indices.flatMap { n in wordScores[n].indices.map { $0 < lengths[n] } }
        let all = Plain.softmax(wordScores.flatMap { $0 }, mask: mask), width = wordScores[0].count
        return wordScores.indices.map { Array(all[$0 * width..<($0 + 1) * width]) }
    }
}

private enum SameForAll: Otherwise {
    static func wordWeights(
        wordScores: [[Double]], lengths: [Int], sentenceScores: [Double]
    ) throws -> [[Double]] {
        try Solution.wordWeights(
            wordScores: wordScores, lengths: lengths, sentenceScores: sentenceScores.map { _ in 0 })
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
