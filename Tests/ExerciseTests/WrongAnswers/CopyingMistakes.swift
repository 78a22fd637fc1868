// What students hand in for exercise 14.

import AttentionLab
import Foundation
import Solutions
import Workbook

let copyingMistakes = [
    Wrong(StillUnknown.self, "extended vocabulary", says: "still <unknown>"),
    Wrong(NumberForEachOccurrence.self, "extended vocabulary", says: "a number of its own"),
    Wrong(PositionAsNumber.self, "extended vocabulary", says: "its position in the sentence"),
    Wrong(KeepsKnownWords.self, "extended vocabulary", says: "that it knows too"),
    Wrong(WrongWayRound.self, "p_gen", says: "the wrong way round"),
    Wrong(NoLogistic.self, "p_gen", says: "σ is missing"),
    Wrong(NoBias.self, "p_gen", says: "the bias b is missing"),
    Wrong(Overflows.self, "p_gen", says: "∞/∞ is NaN"),
    Wrong(LastOverwrites.self, "mixture", says: "the last occurrence overwrites"),
    Wrong(WrongWayRound.self, "mixture", says: "the wrong way round"),
    Wrong(NotWeighted.self, "mixture", says: "not multiplied by 1 - p_gen"),
    Wrong(StillUnknown.self, "mixture", says: "copied as <unknown>"),
    Wrong(PositionAsNumber.self, "mixture", says: "weight i was put at entry i"),
    Wrong(StillUnknown.self, "loss", says: "was taken for <unknown>"),
    Wrong(WrongSign.self, "loss", says: "the sign"),
    Wrong(SumOfLosses.self, "loss", says: "the sum over the words"),
    Wrong(SkipsUnknown.self, "loss", says: "it was left out"),
    Wrong(StillUnknown.self, "the written word", says: "was written as <unknown>"),
    Wrong(VocabularyOnly.self, "the written word", says: "only the vocabulary's entries"),
    Wrong(OffByOne.self, "the written word", says: "its number - V"),
]

private typealias Solution = Solutions.Exercise14

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: CopyingAnswers {}

extension Otherwise {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    {
        try Solution.extendedVocabulary(source: source, vocabulary: vocabulary)
    }
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        try Solution.generationProbability(context: context, state: state, input: input, parameters: parameters)
    }
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        try Solution.mixture(
            vocabularyProbabilities: vocabularyProbabilities, weights: weights, ids: ids, newWords: newWords,
            generation: generation)
    }
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        try Solution.loss(targets: targets, distributions: distributions, newWords: newWords, vocabulary: vocabulary)
    }
    static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String {
        try Solution.writtenWord(distribution: distribution, newWords: newWords, vocabulary: vocabulary)
    }
}

private func sum(_ context: [Double], _ state: [Double], _ input: [Double], _ p: CopyParameters) -> Double {
    zip(context + state + input, p.wh + p.ws + p.wx).reduce(p.b) { $0 + $1.0 * $1.1 }
}

/// Only the library's own numbers and words.
private enum StillUnknown: Otherwise {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    {
        (vocabulary.ids(of: source), source.filter { vocabulary.id(of: $0) == Vocabulary.unknown })
    }
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        try Solution.mixture(
            vocabularyProbabilities: vocabularyProbabilities, weights: weights,
            ids: ids.map { $0 < vocabularyProbabilities.count ? $0 : Vocabulary.unknown }, newWords: newWords,
            generation: generation)
    }
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        try Solution.loss(targets: targets, distributions: distributions, newWords: [], vocabulary: vocabulary)
    }
    static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String {
        let best = distribution.indices.max { distribution[$0] < distribution[$1] } ?? 0
        return vocabulary.words(of: [best])[0]
    }
}

private enum NumberForEachOccurrence: Otherwise {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    {
        var newWords: [String] = []
        let ids = source.map { word in
            let id = vocabulary.id(of: word)
            if id != Vocabulary.unknown { return id }
            newWords.append(word)
            return vocabulary.count + newWords.count - 1
        }
        return (ids, newWords)
    }
}

private enum PositionAsNumber: Otherwise {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    {
        let ids = source.enumerated().map {
            vocabulary.id(of: $1) == Vocabulary.unknown ? vocabulary.count + $0 : vocabulary.id(of: $1)
        }
        return try (ids, Solution.extendedVocabulary(source: source, vocabulary: vocabulary).newWords)
    }
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        try Solution.mixture(
            vocabularyProbabilities: vocabularyProbabilities, weights: weights, ids: Array(weights.indices),
            newWords: newWords, generation: generation)
    }
}

private enum KeepsKnownWords: Otherwise {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    {
        var newWords: [String] = []
        for word in source where !newWords.contains(word) { newWords.append(word) }
        return (source.map { vocabulary.count + (newWords.firstIndex(of: $0) ?? 0) }, newWords)
    }
}

private enum WrongWayRound: Otherwise {
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        1 / (1 + exp(sum(context, state, input, parameters)))
    }
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        try Solution.mixture(
            vocabularyProbabilities: vocabularyProbabilities, weights: weights, ids: ids, newWords: newWords,
            generation: 1 - generation)
    }
}

private enum NoLogistic: Otherwise {
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        sum(context, state, input, parameters)
    }
}

private enum NoBias: Otherwise {
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        1 / (1 + exp(parameters.b - sum(context, state, input, parameters)))
    }
}

private enum Overflows: Otherwise {
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double {
        let x = exp(sum(context, state, input, parameters))
        return x / (1 + x)
    }
}

private enum LastOverwrites: Otherwise {
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        var copied = [Double](repeating: 0, count: vocabularyProbabilities.count + newWords)
        for (id, weight) in zip(ids, weights) { copied[id] = (1 - generation) * weight }
        return copied.indices.map {
            copied[$0] + ($0 < vocabularyProbabilities.count ? generation * vocabularyProbabilities[$0] : 0)
        }
    }
}

private enum NotWeighted: Otherwise {
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int, generation: Double
    ) throws -> [Double] {
        var mixture = vocabularyProbabilities.map { generation * $0 } + [Double](repeating: 0, count: newWords)
        for (id, weight) in zip(ids, weights) { mixture[id] += weight }
        return mixture
    }
}

private enum WrongSign: Otherwise {
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        try -Solution.loss(targets: targets, distributions: distributions, newWords: newWords, vocabulary: vocabulary)
    }
}

private enum SumOfLosses: Otherwise {
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        try Double(targets.count)
            * Solution.loss(targets: targets, distributions: distributions, newWords: newWords, vocabulary: vocabulary)
    }
}

private enum SkipsUnknown: Otherwise {
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double {
        let kept = targets.indices.filter {
            vocabulary.id(of: targets[$0]) != Vocabulary.unknown || newWords.contains(targets[$0])
        }
        return try Solution.loss(
            targets: kept.map { targets[$0] }, distributions: kept.map { distributions[$0] }, newWords: newWords,
            vocabulary: vocabulary)
    }
}

private enum VocabularyOnly: Otherwise {
    static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String {
        try Solution.writtenWord(
            distribution: Array(distribution.prefix(vocabulary.count)), newWords: [], vocabulary: vocabulary)
    }
}

private enum OffByOne: Otherwise {
    static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String {
        let best = distribution.indices.max { distribution[$0] < distribution[$1] } ?? 0
        return best < vocabulary.count ? vocabulary.words[best] : newWords[max(0, best - vocabulary.count - 1)]
    }
}
