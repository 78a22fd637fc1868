// Exercise 31: weights within sentences, sentence vectors, and what a word weighs in the whole document.

import Randomness

public protocol TwoLevelsAnswers: Answers {
    static func weightsWithin(scores: [Double], sentences: [Int]) throws -> [Double]
    static func sentenceVectors(states: [[Double]], weights: [Double], sentences: [Int]) throws -> [[Double]]
    static func wordWeights(within: [Double], ofSentences: [Double], sentences: [Int]) throws -> [Double]
}

extension TwoLevelsAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 31), "attention at two levels", topic: "TwoLevels", lesson: "20_Documents",
            hints: [
                "Each sentence is a source of its own: what you know of weights and contexts holds for each, with its own words and nobody else's.",
                "Keep where a sentence begins: start with 0, and after each sentence add how many words it had. Its words are start ..< start + count. A word's weight in the document needs the sentence that it stands in.",
                "weightsWithin: for each sentence softmax of scores[start..<start + count], one after the other. sentenceVectors: for each, Σ weights[i] · states[i] over its words. wordWeights: within[i] · ofSentences[n], n the sentence of word i.",
            ],
            gaps: [
                Gap("weights within sentences", function: "weightsWithin", checkWithin),
                Gap("sentence vectors", function: "sentenceVectors", checkVectors),
                Gap("weights of words", function: "wordWeights", checkWords),
            ])
    }

    private static var problems: [TwoLevelsByHand] {
        var random = RandomSource(seed: 31)
        return [[2, 1], [3], [1, 2, 2], [1, 1, 1], [4, 1, 3, 2]].map { sentences in
            let count = sentences.reduce(0, +)
            return TwoLevelsByHand(
                sentences: sentences, scores: random.rounded(count),
                states: (0..<count).map { _ in random.rounded(3) }, sentenceScores: random.rounded(sentences.count))
        }
    }

    @Sendable private static func checkWithin() throws {
        for one in problems {
            try expect(
                weightsWithin(scores: one.scores, sentences: one.sentences), equals: one.within,
                "weightsWithin(scores: \(list(one.scores)), sentences: \(one.sentences))",
                mistakes: [
                    Mistake(
                        "one softmax over the whole document: the words of a sentence share a weight of 1 among themselves",
                        gives: Plain.softmax(one.scores)),
                    Mistake(
                        "divided by the number of sentences: within each sentence the weights sum to 1",
                        gives: one.within.map { $0 / Double(one.sentences.count) }),
                    Mistake(
                        "every sentence begins at word 0; the second begins where the first ends",
                        gives: one.beginningAtZero),
                    Mistake(
                        "the weights of the first sentence alone; the others follow in the same list",
                        gives: Array(one.within.prefix(one.sentences[0]))),
                ], otherwise: "softmax over each sentence by itself, one after the other")
        }
        let high = try weightsWithin(scores: [800, 800, 0], sentences: [2, 1])
        try expect(
            high, equals: [0.5, 0.5, 1], "weightsWithin(scores: [800, 800, 0], sentences: [2, 1])",
            otherwise: "exp 800 is too large for a number: subtract the largest score of the sentence first")
    }

    @Sendable private static func checkVectors() throws {
        for one in problems {
            try expect(
                sentenceVectors(states: one.states, weights: one.within, sentences: one.sentences),
                equals: one.vectors,
                "sentenceVectors(states: \(list(one.states)), weights: \(list(one.within)), sentences: \(one.sentences))",
                mistakes: [
                    Mistake("the mean of the words; their weights count", givesRows: one.means),
                    Mistake(
                        "one vector for the whole document; each sentence has its own",
                        givesRows: [Plain.weightedSum(one.within, of: one.states)]),
                    Mistake(
                        "divided by the number of words: the weights of a sentence sum to 1 already",
                        givesRows: zip(one.vectors, one.sentences).map { row, count in row.map { $0 / Double(count) } }),
                    Mistake(
                        "the words of one sentence after the other are added up and never begun anew",
                        givesRows: one.runningSums),
                ], otherwise: "for each sentence Σ weight · state over its words")
        }
    }

    @Sendable private static func checkWords() throws {
        for one in problems {
            let ofSentences = Plain.softmax(one.sentenceScores)
            try expect(
                wordWeights(within: one.within, ofSentences: ofSentences, sentences: one.sentences),
                equals: one.wordWeights(ofSentences),
                "wordWeights(within: \(list(one.within)), ofSentences: \(list(ofSentences)), sentences: \(one.sentences))",
                mistakes: [
                    Mistake(
                        "the weights within sentences alone: they sum to the number of sentences, and not to 1",
                        gives: one.within),
                    Mistake(
                        "a sentence's weight in equal parts; which of its words had it counts too",
                        gives: one.spread(ofSentences)),
                    Mistake(
                        "each word has the weight of its whole sentence; a word has a part of it",
                        gives: one.perWord(ofSentences)),
                    Mistake(
                        "added; a part of a part is a product",
                        gives: Plain.sum(one.within, one.perWord(ofSentences))),
                    Mistake(
                        "word i has the weight of sentence i; it has that of the sentence in which it stands",
                        gives: one.within.indices.map { i in
                            one.within[i] * (ofSentences.indices.contains(i) ? ofSentences[i] : 0)
                        }),
                ], otherwise: "within[i] times the weight of the sentence of word i")
        }
    }
}
