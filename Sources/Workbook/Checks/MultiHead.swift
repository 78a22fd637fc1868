// Exercise 16: several heads on the columns of one self-attention.

import AttentionLab
import Foundation

public protocol MultiHeadAnswers: Answers {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]]
    static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]]
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]]
    static func parameterCount(width: Int, heads: Int) throws -> Int
}

extension MultiHeadAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 16), "multi-head attention", topic: "MultiHead", lesson: "10_SelfAttention",
            hints: [
                "Write down the shape after every step: [T][D] becomes H times [T][D/H], each of these goes through an attention, and [T][D] comes out. Which number stands under the square root inside a head?",
                "Head h has the columns h·D/H ..< (h + 1)·D/H of every row; merging puts them side by side again, so that merging what was split gives it back. The projections come before the cut, Wo after the merge. And what is H times D · D/H?",
                "split: heads.map { h in rows.map { Array($0[h·piece ..< (h+1)·piece]) } } with piece = D/H, after refusing D % H ≠ 0. merge: for each t, heads.flatMap { $0[t] }. Whole: split X Wq, X Wk and X Wv, attend in each head with √(D/H), merge, times Wo. Parameters: 4 D².",
            ],
            gaps: [
                Gap("splitting into heads", function: "splitHeads", checkSplit),
                Gap("merging the heads", function: "mergeHeads", checkMerge),
                Gap("multi-head attention", function: "multiHead", checkWhole),
                Gap("the number of parameters", function: "parameterCount", checkParameters),
            ])
    }

    // MARK: split and merge

    @Sendable private static func checkSplit() throws {
        let numbers: [[Double]] = [[0, 1, 2, 3, 4, 5], [10, 11, 12, 13, 14, 15]]
        for (rows, heads) in [(numbers, 2), (numbers, 3), (numbers, 1), (numbers, 6), ([[7, 8]], 2)] {
            let width = rows[0].count, piece = width / heads
            let got = try splitHeads(rows, heads: heads)
            let what = "splitHeads(\(list(rows)), heads: \(heads))"
            let expected = Heads.split(rows, heads)
            let cause: String? =
                if got == Heads.interleaved(rows, heads) {
                    "the columns are dealt out like cards; a head has neighbouring columns, head 0 the columns 0..<\(piece)"
                } else if got == rows.map({ row in (0..<heads).map { Array(row[$0 * piece..<($0 + 1) * piece]) } }) {
                    "the axes are [T][H][D/H]; the head comes first: [H][T][D/H]"
                } else if got.count == heads, got.allSatisfy({ $0.allSatisfy { $0.count == width } }) {
                    "each head has all the columns; it shall have D/H = \(piece) of them, and every word"
                } else if got.count != heads {
                    "there shall be as many pieces as heads, each D/H = \(piece) columns wide"
                } else {
                    nil
                }
            try require(got.count == expected.count, "\(what) has \(got.count) heads, expected \(heads)", cause: cause)
            for head in expected.indices {
                try expect(got[head], equals: expected[head], "head \(head) of \(what)", otherwise: cause)
            }
        }
        try expectError(
            "splitHeads of rows of 6 numbers, heads: 4",
            cause: "6 columns do not make 4 pieces of one width; throw an error that says so"
        ) {
            _ = try splitHeads(numbers, heads: 4)
        }
    }

    @Sendable private static func checkMerge() throws {
        let two: [[[Double]]] = [[[0, 1], [10, 11], [20, 21]], [[2, 3], [12, 13], [22, 23]]]
        var random = RandomSource(seed: 21)
        let other = Heads.split(random.normals(4, 6), 3)
        for (heads, what) in [
            (two, "mergeHeads([\(two.map(list).joined(separator: ", "))])"),
            (other, "mergeHeads of 3 random heads [4][2]"),
            ([[[1, 2, 3]]], "mergeHeads([[[1, 2, 3]]])"),
        ] {
            let words = heads[0].indices
            try expect(
                mergeHeads(heads), equals: words.map { t in heads.flatMap { $0[t] } }, what,
                mistakes: [
                    Mistake(
                        "the heads follow one another along the words; they belong side by side, as columns of each word",
                        givesRows: heads.flatMap { $0 }),
                    Mistake(
                        "the columns of the heads are mixed like cards; first all of head 0, then all of head 1",
                        givesRows: words.map { t in
                            heads[0][t].indices.flatMap { column in heads.map { $0[t][column] } }
                        }),
                    Mistake(
                        "the heads are added up; they are put side by side, and Wo mixes them",
                        givesRows: words.map { t in
                            heads[0][t].indices.map { column in heads.map { $0[t][column] }.reduce(0, +) }
                        }),
                    Mistake(
                        "the mean of the heads; they are put side by side, and Wo mixes them",
                        givesRows: words.map { t in
                            heads[0][t].indices.map { column in
                                heads.map { $0[t][column] }.reduce(0, +) / Double(heads.count)
                            }
                        }),
                ])
        }
    }

    // MARK: the whole

    @Sendable private static func checkWhole() throws {
        let unit = (0..<4).map { row in (0..<4).map { $0 == row ? 1.0 : 0.0 } }
        try compare(
            "multiHead of X = [[1, 0, 1, 0], [0, 1, 3, 0]] with 2 heads, all W the identity,",
            Heads(x: [[1, 0, 1, 0], [0, 1, 3, 0]], wq: unit, wk: unit, wv: unit, wo: unit, heads: 2))
        var random = RandomSource(seed: 22)
        for (words, width, heads) in [(3, 4, 2), (5, 6, 3), (4, 6, 6), (1, 4, 2)] {
            try compare(
                "multiHead of a random X [\(words)][\(width)] with \(heads) heads",
                Heads(words: words, width: width, heads: heads, &random))
        }
        // One head is the attention of exercise 15, every entry of its mask true, times Wo.
        let one = Heads(words: 4, width: 3, heads: 1, &random)
        let scores = SelfAttentionByHand.scores(Plain.product(one.x, one.wq), Plain.product(one.x, one.wk))
        let single = Plain.product(scores.map(Plain.softmax), Plain.product(one.x, one.wv))
        try expect(
            one.solved(by: Self.self), equals: Plain.product(single, one.wo), "multiHead with one head",
            otherwise: "with one head nothing is cut, and the result is softmax(Q Kᵀ / √D) V times Wo")
        // Words in another order give the same outputs in that order: without a mask and positions, attention is over a
        // set.
        let set = Heads(words: 4, width: 6, heads: 2, &random), order = [2, 0, 3, 1]
        try compare("multiHead of a random X [4][6] with 2 heads", set)
        let outputs = try set.solved(by: Self.self)
        let permuted = try Heads(x: order.map { set.x[$0] }, wq: set.wq, wk: set.wk, wv: set.wv, wo: set.wo, heads: 2)
            .solved(by: Self.self)
        try expect(
            permuted, equals: order.map { outputs[$0] }, "multiHead of the words in the order \(order)",
            otherwise: "the output of a word depends on where it stands; there is no mask here")
        try expectError(
            "multiHead of a width of 6 with 4 heads",
            cause: "6 columns do not make 4 pieces of one width; throw an error that says so"
        ) {
            _ = try Heads(x: set.x, wq: set.wq, wk: set.wk, wv: set.wv, wo: set.wo, heads: 4).solved(by: Self.self)
        }
    }

    private static func compare(_ what: String, _ problem: Heads) throws {
        let width = Double(problem.wo.count), heads = Double(problem.heads)
        try expect(
            problem.solved(by: Self.self), equals: problem.answer(), what,
            mistakes: [
                Mistake(
                    "each head divides by √D; its dot products have D/H terms, so it divides by √(D/H)",
                    givesRows: problem.answer(divisor: width.squareRoot())),
                Mistake("the scores of the heads are not divided by √(D/H)", givesRows: problem.answer(divisor: 1)),
                Mistake(
                    "the heads divide by √H; the width of a head is D/H",
                    givesRows: problem.answer(divisor: heads.squareRoot())),
                Mistake("Wo is forgotten: the heads are side by side, but not mixed", givesRows: problem.merged()),
                Mistake(
                    "Wo is multiplied from the wrong side, or transposed: every row of the merged heads times Wo",
                    givesRows: Plain.product(problem.merged(), Plain.transposed(problem.wo))),
                Mistake(
                    "there is only one head, of the full width: the columns are not cut",
                    givesRows: problem.answer(heads: 1)),
                Mistake(
                    "the heads have every H-th column; they shall have neighbouring ones (see the first gap)",
                    givesRows: problem.answer(cut: Heads.interleaved, join: Heads.mixed)),
                Mistake(
                    "X is cut before the projection; the columns of X Wq are cut, which need all of X",
                    givesRows: problem.answerOfCutWords()),
            ],
            otherwise:
                "are the first two gaps filled? Then compare step by step with the example in the head of the file")
    }

    @Sendable private static func checkParameters() throws {
        for (width, heads) in [(8, 2), (8, 1), (8, 8), (512, 8), (6, 3)] {
            let square = Double(width * width), h = Double(heads)
            try expect(
                Double(parameterCount(width: width, heads: heads)), equals: 4 * square,
                "parameterCount(width: \(width), heads: \(heads))",
                mistakes: [
                    Mistake(
                        "every head was given matrices of [D][D]; they are [D][D/H]", gives: [3 * h * square + square]),
                    Mistake(
                        "every head was given matrices of [D][D], and one Wo each; they are [D][D/H], and there is one Wo",
                        gives: [4 * h * square]),
                    Mistake("Wo is forgotten", gives: [3 * square]),
                    Mistake(
                        "the matrices of one head are counted, or heads of [D/H][D/H]; there are H heads, and each reads all of X: H times [D][D/H]",
                        gives: [3 * square / h + square]),
                ], otherwise: "H heads of three matrices [D][D/H], and Wo [D][D]")
        }
    }
}

/// A multi-head attention to solve, and its answer, written once more for the checks.
private struct Heads {
    let x, wq, wk, wv, wo: [[Double]]
    let heads: Int

    init(x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int) {
        (self.x, self.wq, self.wk, self.wv, self.wo, self.heads) = (x, wq, wk, wv, wo, heads)
    }

    init(words: Int, width: Int, heads: Int, _ random: inout RandomSource) {
        self.init(
            x: random.normals(words, width), wq: random.normals(width, width), wk: random.normals(width, width),
            wv: random.normals(width, width), wo: random.normals(width, width), heads: heads)
    }

    func solved(by answers: (some MultiHeadAnswers).Type) throws -> [[Double]] {
        try answers.multiHead(x, wq: wq, wk: wk, wv: wv, wo: wo, heads: heads)
    }

    static func split(_ rows: [[Double]], _ heads: Int) -> [[[Double]]] {
        let piece = rows[0].count / heads
        return (0..<heads).map { head in rows.map { Array($0[head * piece..<(head + 1) * piece]) } }
    }

    static func interleaved(_ rows: [[Double]], _ heads: Int) -> [[[Double]]] {
        (0..<heads).map { head in rows.map { row in stride(from: head, to: row.count, by: heads).map { row[$0] } } }
    }

    static func sideBySide(_ heads: [[[Double]]]) -> [[Double]] {
        heads[0].indices.map { t in heads.flatMap { $0[t] } }
    }

    static func mixed(_ heads: [[[Double]]]) -> [[Double]] {
        heads[0].indices.map { t in heads[0][t].indices.flatMap { column in heads.map { $0[t][column] } } }
    }

    /// The heads side by side, before Wo.
    func merged(
        heads count: Int? = nil, divisor: Double? = nil, cut: ([[Double]], Int) -> [[[Double]]] = split,
        join: ([[[Double]]]) -> [[Double]] = sideBySide
    ) -> [[Double]] {
        let count = count ?? heads
        let queries = cut(Plain.product(x, wq), count), keys = cut(Plain.product(x, wk), count)
        let values = cut(Plain.product(x, wv), count)
        return join(queries.indices.map { Self.attend(queries[$0], keys[$0], values[$0], divisor) })
    }

    func answer(
        heads: Int? = nil, divisor: Double? = nil, cut: ([[Double]], Int) -> [[[Double]]] = split,
        join: ([[[Double]]]) -> [[Double]] = sideBySide
    ) -> [[Double]] {
        Plain.product(merged(heads: heads, divisor: divisor, cut: cut, join: join), wo)
    }

    private static func attend(
        _ queries: [[Double]], _ keys: [[Double]], _ values: [[Double]], _ divisor: Double?
    ) -> [[Double]] {
        Plain.product(SelfAttentionByHand.scores(queries, keys, dividingBy: divisor).map(Plain.softmax), values)
    }

    /// X cut first, and each piece multiplied with the piece of the matrices that fits it.
    func answerOfCutWords() -> [[Double]] {
        let piece = wo.count / heads, cut = Self.split(x, heads)
        func part(_ w: [[Double]], _ head: Int) -> [[Double]] {
            let numbers = head * piece..<(head + 1) * piece
            return w[numbers].map { Array($0[numbers]) }
        }
        let outputs = cut.indices.map { head in
            Self.attend(
                Plain.product(cut[head], part(wq, head)), Plain.product(cut[head], part(wk, head)),
                Plain.product(cut[head], part(wv, head)), nil)
        }
        return Plain.product(Self.sideBySide(outputs), wo)
    }
}
