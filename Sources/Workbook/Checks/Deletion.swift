// Exercise 35: which words go, what is left of a document, and what their going costs.

import Randomness

public protocol DeletionAnswers: Answers {
    static func largest(_ weights: [Double], share: Double) throws -> [Int]
    static func document(
        without places: [Int], words: [String], sentences: [Int]
    ) throws -> (words: [String], sentences: [Int])
    static func effect(withoutLargest: [Bool], withoutRandom: [Bool]) throws -> Double
}

extension DeletionAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 35), "a deletion test", topic: "Deletion", lesson: "20_Documents",
            hints: [
                "Whoever takes words away must leave a document: the words in their order, and sentences that add up to them. And what is lost must be held against what any other words would have cost.",
                "Sort the places by weight, not the weights. Go through the sentences with a place where each begins, and count what stays of it; a count of 0 is no sentence.",
                "largest: k = min(⌈share · S⌉, S − 1), places sorted by (larger weight, lower place), the first k. document: for each sentence the places start ..< start + count that are not gone. effect: (right without random − right without largest) / documents.",
            ],
            gaps: [
                Gap("what goes", function: "largest", checkLargest),
                Gap("what is left", function: "document", checkDocument),
                Gap("the effect", function: "effect", checkEffect),
            ])
    }

    @Sendable private static func checkLargest() throws {
        var random = RandomSource(seed: 35)
        var problems: [([Double], Double)] = [
            ([0.1, 0.4, 0.1, 0.4], 0.5), ([0.2, 0.3, 0.5], 1), ([1], 0.5), ([0.25, 0.25, 0.25, 0.25], 0.1),
        ]
        for count in [5, 11, 20] { problems.append((random.rounded(count).map { abs($0) }, 0.25)) }
        for (weights, share) in problems {
            let part = share * Double(weights.count), up = Int(part.rounded(.up))
            let order = weights.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }
            func first(_ count: Int) -> [Double] { order.prefix(count).map { Double($0) } }
            try expect(
                largest(weights, share: share).map { Double($0) }, equals: first(min(up, weights.count - 1)),
                "largest(\(list(weights)), share: \(short(share)))",
                mistakes: [
                    Mistake("all words go, and nothing is left to ask about; one stays", gives: first(weights.count)),
                    Mistake("rounded down; a part of a word is a whole one here", gives: first(Int(part))),
                    Mistake(
                        "of equals the last goes first; it should be the first",
                        gives: Array(
                            weights.indices.sorted { (weights[$1], $1) < (weights[$0], $0) }
                                .prefix(min(up, weights.count - 1)).map { Double($0) })),
                    Mistake(
                        "these are the words with the smallest weights",
                        gives: Array(
                            weights.indices.sorted { (weights[$0], $0) < (weights[$1], $1) }
                                .prefix(min(up, weights.count - 1)).map { Double($0) })),
                    Mistake(
                        "in the order of the document; the largest weight comes first",
                        gives: first(min(up, weights.count - 1)).sorted()),
                ], otherwise: "places by falling weight, of equals the first; ⌈share · S⌉ of them, and S − 1 at most")
        }
    }

    @Sendable private static func checkDocument() throws {
        let words = ["the", "hotel", "is", "bad", ".", "so", ".", "we", "left", "."]
        for (places, sentences) in [([3], [5, 2, 3]), ([6, 5], [5, 2, 3]), ([9, 0, 4], [5, 2, 3]), ([], [10])] {
            let got = try document(without: places, words: words, sentences: sentences)
            let call = "document(without: \(places), words: \(words), sentences: \(sentences))"
            let kept = words.indices.filter { !places.contains($0) }.map { words[$0] }
            try require(
                got.words == kept, "\(call) has the words \(got.words), expected \(kept)",
                cause: got.words == words
                    ? "nothing went" : got.words == places.map { words[$0] } ? "these are the words that go" : nil)
            let all = TwoLevelsByHand(sentences: sentences, scores: [], states: [], sentenceScores: []).ranges
                .map { $0.count { !places.contains($0) } }
            try require(
                got.sentences == all.filter { $0 > 0 },
                "\(call) has sentences of \(got.sentences) words, expected \(all.filter { $0 > 0 })",
                cause: got.sentences == sentences
                    ? "their lengths are as before, and there are fewer words"
                    : got.sentences == all ? "a sentence of which nothing is left is none" : nil)
        }
    }

    @Sendable private static func checkEffect() throws {
        var random = RandomSource(seed: 36)
        var problems = [([false, false, true, false], [true, true, true, false]), ([true, true], [true, false])]
        for count in [5, 12] {
            problems.append(((0..<count).map { _ in random.chance(0.4) }, (0..<count).map { _ in random.chance(0.8) }))
        }
        for (heavy, any) in problems {
            let count = Double(any.count), right = (heavy: Double(heavy.count { $0 }), any: Double(any.count { $0 }))
            try expect(
                [effect(withoutLargest: heavy, withoutRandom: any)], equals: [(right.any - right.heavy) / count],
                "effect(withoutLargest: \(heavy), withoutRandom: \(any))",
                mistakes: [
                    Mistake(
                        "the sign: where the words of the largest weights cost more labels, it is above 0",
                        gives: [(right.heavy - right.any) / count]),
                    Mistake(
                        "what is lost of all; any words may be missed, so it is held against those at random",
                        gives: [(count - right.heavy) / count]),
                    Mistake("labels are counted; it is a share of the documents", gives: [right.any - right.heavy]),
                    Mistake(
                        "a share of those that are right without random words; it is one of all documents",
                        gives: [right.any > 0 ? (right.any - right.heavy) / right.any : .infinity]),
                ], otherwise: "right without random words less right without the largest, by the number of documents")
        }
    }
}
