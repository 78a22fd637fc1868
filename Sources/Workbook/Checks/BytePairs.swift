// Exercise 30: the most frequent pair, a merge, learning merges, and cutting a word by them.

public protocol BytePairsAnswers: Answers {
    static func mostFrequentPair(_ words: [CountedPieces]) throws -> (pair: PiecePair, count: Int)?
    static func merged(_ pair: PiecePair, in pieces: [String]) throws -> [String]
    static func learn(counts: [String: Int], merges: Int) throws -> [PiecePair]
    static func split(_ word: String, by merges: [PiecePair]) throws -> [String]
}

private func shown(_ pieces: [String]) -> String { "[" + pieces.joined(separator: " ") + "]" }
private func shown(_ pairs: [PiecePair]) -> String {
    pairs.isEmpty ? "none" : pairs.map(\.description).joined(separator: ", ")
}
private func shown(_ words: [CountedPieces]) -> String {
    words.map { "\(shown($0.pieces)) ×\($0.count)" }.joined(separator: ", ")
}

extension BytePairsAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 30), "byte-pair merges", topic: "BytePairs", lesson: "19_TokensAndSubwords",
            hints: [
                "Do three merges of the example in the head of the file on paper, and write the words anew after each: what was counted before a merge is not true after it.",
                "A dictionary from pairs to counts; `zip(pieces, pieces.dropFirst())` has the pairs of a word. Of equal counts the smaller pair (`PiecePair` can be compared). A merge goes along the pieces with an index that moves by two after a hit.",
                "learn: while there are too few merges and the best count is above 1: keep the pair, and map every word by merged(pair). split: begin with characters(of: word) and apply merged for each of the merges, in their order.",
            ],
            gaps: [
                Gap("the most frequent pair", function: "mostFrequentPair", checkPair),
                Gap("a merge", function: "merged", checkMerged),
                Gap("learning", function: "learn", checkLearn),
                Gap("applying", function: "split", checkSplit),
            ])
    }

    @Sendable private static func checkPair() throws {
        for words in PairsByHand.problems {
            let right = PairsByHand.best(words), got = try mostFrequentPair(words)
            if got?.pair == right?.pair, got?.count == right?.count { continue }
            func text(_ found: (pair: PiecePair, count: Int)?) -> String {
                found.map { "\($0.pair) ×\($0.count)" } ?? "nil"
            }
            let once = words.map { CountedPieces($0.pieces, 1) }
            let known: [((pair: PiecePair, count: Int)?, String)] = [
                (PairsByHand.best(once), "each word was counted once; it counts as often as it occurs"),
                (
                    PairsByHand.best(words, last: true),
                    "of equally frequent pairs the last was taken; the first is asked for, by its left piece and then by its right"
                ),
                (
                    PairsByHand.best(words, overlapping: false),
                    "in a run like a a a the pair a a stands twice, at its first and at its second piece"
                ),
            ]
            throw CheckFailure(
                "mostFrequentPair(\(shown(words))) is \(text(got)), expected \(text(right))",
                cause: known.first { $0.0?.pair == got?.pair && $0.0?.count == got?.count }?.1
                    ?? (got != nil && got?.pair == right?.pair
                        ? "the pair is right and its count is not"
                        : "the largest count; of equal ones the smallest pair, whatever order a dictionary has today"))
        }
    }

    @Sendable private static func checkMerged() throws {
        for (pair, pieces) in [
            (PiecePair("l", "o"), ["l", "o", "w</w>"]), (PiecePair("a", "a"), ["a", "a", "a", "b</w>"]),
            (PiecePair("a", "b"), ["a", "b", "a", "b", "a</w>"]), (PiecePair("b", "a"), ["a", "b", "c</w>"]),
            (PiecePair("n", "g</w>"), ["n", "g", "n", "g</w>"]), (PiecePair("x", "y"), []),
            (PiecePair("e", "\u{301}"), ["e", "\u{301}", "\u{E9}"]),
        ] {
            let right = PairsByHand.merged(pair, pieces), got = try merged(pair, in: pieces)
            if PairsByHand.same(got, right) { continue }
            let known: [([String], String)] = [
                (pieces, "nothing was merged"),
                (PairsByHand.merged(pair, pieces, most: 1), "only the first place was merged; it is every place"),
                (
                    PairsByHand.mergedOverlapping(pair, pieces),
                    "a piece was merged twice: after a hit go on behind both pieces"
                ),
                (
                    PairsByHand.merged(PiecePair(pair.right, pair.left), pieces),
                    "the pair was taken in both orders, or turned round"
                ),
            ]
            throw CheckFailure(
                "merged(\(pair), in: \(shown(pieces))) is \(shown(got)), expected \(shown(right))",
                cause: known.first { PairsByHand.same($0.0, got) }?.1 ?? "from left to right, and each piece once")
        }
    }

    @Sendable private static func checkLearn() throws {
        for (counts, number) in PairsByHand.corpora {
            let right = PairsByHand.learn(counts, number), got = try learn(counts: counts, merges: number)
            if got == right { continue }
            let words = counts.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }.joined(separator: ", ")
            let known: [([PiecePair], String)] = [
                (
                    PairsByHand.learn(counts, number, counting: false),
                    "the pairs were counted once, before anything was merged; count anew after each merge"
                ),
                (
                    PairsByHand.learn(counts, number, least: 1),
                    "pairs that occur once were merged too; learning ends where no pair occurs twice"
                ),
                (PairsByHand.learn(counts, number + 1), "one merge too many"),
                (Array(right.dropLast()), "one merge too few"),
                (
                    PairsByHand.learn(counts.mapValues { _ in 1 }, number),
                    "each word was counted once; it counts as often as it occurs"
                ),
            ]
            throw CheckFailure(
                "learn(counts: \(words), merges: \(number)) is \(shown(got)), expected \(shown(right))",
                cause: known.first { $0.0 == got }?.1
                    ?? "best pair, merge it in all words, again; on counts of the words as they are now")
        }
    }

    @Sendable private static func checkSplit() throws {
        let merges = PairsByHand.learn(PairsByHand.corpora[0].counts, 10)
        let crossed = [PiecePair("b", "c"), PiecePair("a", "b"), PiecePair("bc", "d</w>")]
        for (word, merges) in [
            ("low", merges), ("lowest", merges), ("slower", merges), ("new", merges), ("abcd", crossed),
            ("xabc", crossed), ("", merges), ("é\u{301}", []),
        ] {
            let right = PairsByHand.split(word, merges), got = try split(word, by: merges)
            if PairsByHand.same(got, right) { continue }
            let known: [([String], String)] = [
                (
                    PairsByHand.longest(word, merges),
                    "the longest piece was taken first; merges are applied in the order in which they were learnt"
                ),
                (PairsByHand.split(word, merges.reversed()), "the merges were applied from the last to the first"),
                (PairsByHand.split(word, []), "the word was spelt; the merges are missing"),
                (
                    right.map { $0.replacing("</w>", with: "") },
                    "the mark of the end is missing: it belongs to the last piece"
                ),
            ]
            throw CheckFailure(
                "split(“\(word)”, by: \(shown(merges))) is \(shown(got)), expected \(shown(right))",
                cause: known.first { PairsByHand.same($0.0, got) }?.1
                    ?? "characters(of: word), and then each merge in its order, wherever it stands")
        }
    }
}
