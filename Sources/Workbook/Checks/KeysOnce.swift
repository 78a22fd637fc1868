// Exercise 9: the same scores with keys computed at every step and once, their multiplications counted, and keys that
// are kept too long.

import Foundation
import Randomness

public protocol KeysOnceAnswers: Answers {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ parameters: AdditiveParameters,
        _ multiplier: Multiplier
    ) throws -> [[Double]]
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ parameters: AdditiveParameters,
        _ multiplier: Multiplier
    ) throws -> [[Double]]
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]])
}

extension KeysOnceAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 9), "keys once", topic: "KeysOnce", lesson: "03_Bahdanau",
            hints: [
                "Write the loops over t and over i, and ask of each product which of the two it needs. A product that needs only one of them belongs outside the other's loop.",
                "Wₐ s_t needs t alone, Uₐ hᵢ needs i alone, the score needs both. The number of multiplications is a sum of three terms, of which only the keys' differs. "
                    + "For the last gap: an error would be noticed, so both sources need the same shape.",
                "Once: let keys = states.map { product($0, Ua, multiplier) }, before queries.map. The count: (keysOnce ? 1 : T)·S·D·A + T·D·A + T·S·A. "
                    + "Sources: [1, 0] scores tanh 1 and [0, 1] scores 2 tanh 1; let the two change places.",
            ],
            gaps: [
                Gap("keys anew", function: "scoresWithKeysAnew", checkAnew),
                Gap("keys once", function: "scoresWithKeysOnce", checkOnce),
                Gap("the number of multiplications", function: "multiplications", checkFormula),
                Gap("keys kept across batches", function: "sourcesThatFoolKeptKeys", checkKept),
            ])
    }

    /// The multiplications of each part: unlike one another, so that a count tells which part is wrong.
    private static func parts(_ T: Int, _ S: Int, _ D: Int, _ A: Int) -> (anew: Int, once: Int, query: Int, v: Int) {
        (T * S * D * A, S * D * A, T * D * A, T * S * A)
    }

    // MARK: scores and their counts

    @Sendable private static func checkAnew() throws {
        let name = "scoresWithKeysAnew"
        for (T, S, D, A) in [(3, 4, 2, 5), (1, 1, 1, 1), (6, 5, 4, 3)] {
            let n = parts(T, S, D, A)
            try check(
                name, scoresWithKeysAnew, T, S, D, A, expected: n.anew + n.query + n.v,
                "T·S·D·A = \(n.anew) for the keys",
                mistakes: [
                    (
                        "the keys were computed once; that is the next gap. Here they are computed at every step, to see what it costs",
                        n.once + n.query + n.v
                    ),
                    (
                        "Wₐ s was computed anew for each word; it is the same for all words of a step, and stands before the loop over them",
                        2 * n.anew + n.v
                    ),
                    ("the multiplications of vₐ did not go through the multiplier", n.anew + n.query),
                    ("the multiplications of Wₐ s did not go through the multiplier", n.anew + n.v),
                    ("the multiplications of the keys did not go through the multiplier", n.query + n.v),
                ])
        }
    }

    @Sendable private static func checkOnce() throws {
        let name = "scoresWithKeysOnce"
        for (T, S, D, A) in [(3, 4, 2, 5), (1, 1, 1, 1), (6, 5, 4, 3)] {
            let n = parts(T, S, D, A)
            try check(
                name, scoresWithKeysOnce, T, S, D, A, expected: n.once + n.query + n.v,
                "S·D·A = \(n.once) for the keys",
                mistakes: [
                    (
                        "the keys were computed at every step: T·S·D·A = \(n.anew) multiplications. They do not depend on t, so compute them before the loop over the queries",
                        n.anew + n.query + n.v
                    ),
                    (
                        "Wₐ s was computed anew for each word; it is the same for all words of a step",
                        n.once + n.anew + n.v
                    ),
                    ("Wₐ s was computed for a single step; it does depend on t", n.once + D * A + n.v),
                    ("the multiplications of vₐ did not go through the multiplier", n.once + n.query),
                    ("the multiplications of the keys did not go through the multiplier", n.query + n.v),
                ])
        }
    }

    private typealias Scores = ([[Double]], [[Double]], AdditiveParameters, Multiplier) throws -> [[Double]]

    private static func check(
        _ name: String, _ scores: Scores, _ T: Int, _ S: Int, _ D: Int, _ A: Int, expected count: Int, _ keys: String,
        mistakes: [(cause: String, count: Int)]
    ) throws {
        var random = RandomSource(seed: 9)
        let p = AdditiveParameters(D: D, A: A, &random), queries = random.uniforms(T, D), states = random.uniforms(S, D)
        let expected = queries.map { p.scores(query: $0, states: states) }, multiplier = Multiplier()
        let what = "\(name) with T = \(T), S = \(S), D = \(D), A = \(A)"
        try expect(
            scores(queries, states, p, multiplier), equals: expected, what,
            mistakes: [
                Mistake(
                    "every step has the scores of the first query; only the keys are the same at every step",
                    givesRows: queries.map { _ in expected[0] }),
                Mistake(
                    "every word has the key of the first state",
                    givesRows: expected.map { row in row.map { _ in row[0] } }),
                Mistake(
                    "the two axes are exchanged: the result has a row for each step, and in it a number for each word",
                    givesRows: states.indices.map { i in expected.map { $0[i] } }),
                Mistake(
                    "Wₐ was used for the states and Uₐ for the queries",
                    givesRows: queries.map {
                        AdditiveParameters(Wa: p.Ua, Ua: p.Wa, b: p.b, va: p.va).scores(query: $0, states: states)
                    }),
            ], otherwise: "e[t][i] is score(Wₐ s_t, key: Uₐ hᵢ)")
        try require(
            multiplier.count == count,
            "\(what) took \(multiplier.count) multiplications, expected \(count): \(keys), "
                + "T·D·A = \(T * D * A) for the queries, T·S·A = \(T * S * A) for vₐ",
            cause: mistakes.first { $0.count == multiplier.count }?.cause
                ?? (multiplier.count > count
                    ? "something is computed more often than it changes"
                    : "some multiplications do not go through the multiplier: use `product` and `score`"))
    }

    // MARK: the formula

    @Sendable private static func checkFormula() throws {
        for (T, S, D, A) in [(3, 4, 2, 5), (30, 25, 256, 128), (1, 7, 2, 3)] {
            let n = parts(T, S, D, A)
            for keysOnce in [false, true] {
                let keys = keysOnce ? n.once : n.anew
                let mistakes: [(String, Int)] = [
                    (
                        "these are the multiplications of the keys alone; the queries, T·D·A, and vₐ, T·S·A, are missing",
                        keys
                    ),
                    (
                        "vₐ is missing: T·S·A, one inner product for every step and word. "
                            + "It is the one that grows with the product of both lengths, and the largest where T and S are above D",
                        keys + n.query
                    ),
                    ("the queries are missing: Wₐ s_t takes D·A multiplications at every step", keys + n.v),
                    (
                        "the two cases are exchanged: keysOnce is the cheap one",
                        (keysOnce ? n.anew : n.once) + n.query + n.v
                    ),
                    ("Wₐ s_t is computed once a step, and not once for every word", keys + n.anew + n.v),
                    ("vₐ takes A multiplications for every step and word, not for every step", keys + n.query + T * A),
                    ("the queries take D·A multiplications at every step, and not once", keys + D * A + n.v),
                ]
                let got = try multiplications(T: T, S: S, D: D, A: A, keysOnce: keysOnce)
                try expect(
                    Double(got), equals: Double(keys + n.query + n.v), within: 0,
                    "multiplications(T: \(T), S: \(S), D: \(D), A: \(A), keysOnce: \(keysOnce))",
                    mistakes: mistakes.map { cause, count in Mistake(cause, gives: [Double(count)]) },
                    otherwise: "three terms: the keys, \(keysOnce ? "S·D·A" : "T·S·D·A"), the queries and vₐ")
            }
        }
    }

    // MARK: keys that are kept too long

    @Sendable private static func checkKept() throws {
        let p = AdditiveParameters(Wa: [[1, 0], [0, 1]], Ua: [[1, 0], [0, 1]], b: [0, 0], va: [1, 2]),
            query = [0.0, 0.0]
        let (first, second) = try sourcesThatFoolKeptKeys()
        let shown = "sourcesThatFoolKeptKeys() is \(list(first)) and \(list(second))"
        for (name, source) in [("first", first), ("second", second)] {
            if let i = source.firstIndex(where: { $0.count != 2 || !$0.allSatisfy(\.isFinite) }) {
                throw CheckFailure(
                    "\(shown): state \(i) of the \(name) is \(list(source[i])), expected two finite numbers",
                    cause: "Wₐ and Uₐ have D = 2 rows; NaN and ∞ would be noticed")
            }
        }
        try require(
            first.count == second.count,
            "\(shown): \(first.count) kept keys for a source of \(second.count), expected as many of one as of the other",
            cause:
                "scores of another number than there are words are noticed at once, by the first shape that is checked; what nobody notices has the same shape"
        )
        try require(
            second.count >= 2, "\(shown): \(second.count) in each, expected at least 2",
            cause: "a single word gets all the weight, whatever its key is")
        let kept = p.scores(query: query, states: first), own = p.scores(query: query, states: second)
        let scores =
            "\(shown): with the kept keys the second source has the scores \(list(kept)), with its own \(list(own))"
        let keptBest = kept.firstIndex(of: kept.max() ?? 0) ?? 0, ownBest = own.firstIndex(of: own.max() ?? 0) ?? 0
        try require(
            kept[keptBest] > kept[ownBest] && own[ownBest] > own[keptBest],
            "\(scores), expected the largest of each at another word",
            cause: first == second
                ? "both sources are the same, and so are their keys: kept keys are right for the source they were made of"
                : "the weights are wrong, but they still point at the right word; let the word with the largest score stand elsewhere"
        )
    }
}
