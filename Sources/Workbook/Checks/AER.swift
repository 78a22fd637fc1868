// Exercise 17: the alignment error rate, of a sentence and of a corpus, and the links it is computed of.

import AttentionLab
public import Corpora

/// One sentence's links, to be judged.
public struct JudgedSentence: Sendable {
    /// A.
    public let predicted: Set<Link>
    /// S.
    public let sure: Set<Link>
    /// P, as a file has it: perhaps without the sure links.
    public let possible: Set<Link>

    public init(predicted: Set<Link>, sure: Set<Link>, possible: Set<Link> = []) {
        (self.predicted, self.sure, self.possible) = (predicted, sure, possible)
    }
}

public protocol AERAnswers: Answers {
    static func aer(predicted: Set<Link>, sure: Set<Link>, possible: Set<Link>) throws -> Double?
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double?
    static func links(_ weights: [[Double]]) throws -> Set<Link>
    static func whyTheEndRowGoes() throws -> Choice
}

extension AERAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 17), "from weights to links, and AER", topic: "AER", lesson: "08_ReadingAlignments",
            hints: [
                "Count the five sizes of the example in the head of the file with a pencil, then let `intersection` and `count` do it. A sure link is always possible too, whether the file repeats it or not.",
                "For a corpus, add numerators and denominators over all sentences and divide once. For links, one row at a time without the last; `Link` takes the source first. Then ask of the end token: which link of the reference could it ever hit?",
                "P′ = P ∪ S; n = |A∩S| + |A∩P′|; d = |A| + |S|; d = 0 → nil, else 1 - n/d. Corpus: the same with Σ n and Σ d. Links: for (t, row) in weights.dropLast().enumerated(): i = row.firstIndex(of: row.max()), Link(i, t).",
            ],
            gaps: [
                Gap("the alignment error rate", function: "aer", checkAER),
                Gap("the AER of a corpus", function: "corpusAER", checkCorpus),
                Gap("from weights to links", function: "links", checkLinks),
                Gap("why the end row goes", function: "whyTheEndRowGoes", checkReason),
            ])
    }

    // MARK: of a sentence

    @Sendable private static func checkAER() throws {
        let example = JudgedSentence(
            predicted: [Link(0, 0), Link(1, 1), Link(1, 2), Link(2, 2)],
            sure: [Link(0, 0), Link(1, 1), Link(3, 3)], possible: [Link(1, 2)])
        try compare(
            JudgedSentence(
                predicted: example.predicted, sure: example.sure, possible: example.possible.union(example.sure)))
        try compare(example)
        try compare(
            JudgedSentence(predicted: example.sure, sure: example.sure),
            otherwise: "all links found and none too many is an error rate of 0")
        try compare(
            JudgedSentence(predicted: [], sure: example.sure),
            otherwise: "nothing predicted where there are sure links is all wrong: 1")
        try compare(
            JudgedSentence(predicted: [Link(0, 0), Link(5, 5)], sure: [], possible: [Link(0, 0)]),
            otherwise: "without sure links the figure still has a denominator, |A|")
        let nothing = try aer(predicted: [], sure: [], possible: [Link(0, 0)])
        try require(
            nothing == nil, "aer with nothing predicted and nothing sure is \(shown(nothing)), expected nil",
            cause: nothing.map { $0.isNaN } == true
                ? "0/0 is NaN, which spreads through every sum; say nil before dividing"
                : "with nothing to find and nothing found there is no rate; 0 would count as perfect and 1 as wrong")
        var random = RandomSource(seed: 31)
        for _ in 0..<50 { try compare(JudgedSentence(words: 4, &random)) }
    }

    private static func compare(_ sentence: JudgedSentence, otherwise cause: String? = nil) throws {
        let (a, s, p) = (sentence.predicted, sentence.sure, sentence.possible)
        let counts = AlignmentCounts(sentence)
        let got = try aer(predicted: a, sure: s, possible: p)
        let what = "aer(predicted: \(shown(a)), sure: \(shown(s)), possible: \(shown(p)))"
        guard let expected = counts.aer else {
            return try require(
                got == nil, "\(what) is \(shown(got)), expected nil", cause: "|A| + |S| is 0, so there is no figure")
        }
        guard let got else {
            throw CheckFailure(
                "\(what) is nil, expected \(short(expected))", cause: cause ?? "nil is only for |A| + |S| = 0")
        }
        let n = (
            a: Double(a.count), s: Double(s.count),
            inS: Double(a.intersection(s).count), inP: Double(a.intersection(p.union(s)).count)
        )
        func mistake(_ cause: String, _ value: Double?) -> Mistake { Mistake(cause, gives: value.map { [$0] } ?? []) }
        try expect(
            got, equals: expected, what,
            mistakes: [
                mistake(
                    "P was used as it came, without S; every sure link is possible too",
                    1 - (n.inS + Double(a.intersection(p).count)) / (n.a + n.s)),
                mistake("this is what is right; the error rate is 1 minus it", (n.inS + n.inP) / (n.a + n.s)),
                mistake(
                    "1 - F1 of precision |A∩P|/|A| and recall |A∩S|/|S|; that is the same only where S = P",
                    counts.f1.map { 1 - $0 }),
                mistake("this is F1; AER counts errors, and adds numerators and denominators", counts.f1),
                mistake("the possible links are left out: 1 - 2 |A∩S| / (|A| + |S|)", 1 - 2 * n.inS / (n.a + n.s)),
                mistake("the sure links are left out: 1 - 2 |A∩P| / (|A| + |S|)", 1 - 2 * n.inP / (n.a + n.s)),
                mistake(
                    "the denominator is |A| + |P|; it is |A| + |S|",
                    1 - (n.inS + n.inP) / (n.a + Double(p.union(s).count))),
                mistake(
                    "A∩S and A∩P were united, so that a sure link counts once; it counts in both",
                    1 - n.inP / (n.a + n.s)),
                mistake(
                    "1 - the mean of precision and recall; numerators and denominators are added, not the quotients",
                    counts.precision.flatMap { precision in counts.recall.map { 1 - (precision + $0) / 2 } }),
            ], otherwise: cause)
    }

    // MARK: of a corpus

    @Sendable private static func checkCorpus() throws {
        let long = JudgedSentence(predicted: Set((0..<8).map { Link($0, $0) }), sure: Set((0..<8).map { Link($0, $0) }))
        let brief = JudgedSentence(predicted: [Link(0, 0)], sure: [Link(1, 0)])
        try compare([long, brief], "a sentence of 8 words, all right, and one of 1 word, wrong,")
        let empty = JudgedSentence(predicted: [], sure: [])
        try compare(
            [long, empty, brief], "the same with a sentence between them that has no links at all,",
            otherwise: "a sentence without links adds 0 above and 0 below; it is no error and no success")
        let missed = JudgedSentence(predicted: [], sure: [Link(0, 0), Link(1, 1)])
        try compare([long, missed], "a sentence all right, and one with two sure links and no prediction,")
        for (corpus, name) in [([], "no sentence"), ([empty, empty], "two sentences without links")]
            as [([JudgedSentence], String)]
        {
            let got = try corpusAER(corpus)
            try require(
                got == nil, "corpusAER of \(name) is \(shown(got)), expected nil",
                cause: "nothing predicted and nothing sure: the sums are 0, and 0/0 is no figure")
        }
        var random = RandomSource(seed: 32)
        for size in [1, 2, 5, 20] {
            try compare(
                (0..<size).map { _ in JudgedSentence(words: 1 + random.below(8), &random) },
                "\(size) random sentence\(size == 1 ? "" : "s")")
        }
    }

    private static func compare(_ corpus: [JudgedSentence], _ what: String, otherwise cause: String? = nil) throws {
        let all = corpus.map { AlignmentCounts($0) }
        let total = all.reduce(into: AlignmentCounts()) { $0 += $1 }
        let got = try corpusAER(corpus)
        guard let expected = total.aer else {
            return try require(got == nil, "corpusAER of \(what) is \(shown(got)), expected nil")
        }
        guard let got else {
            throw CheckFailure(
                "corpusAER of \(what) is nil, expected \(short(expected))",
                cause: cause ?? "nil is only for a corpus where |A| + |S| is 0")
        }
        let rates = all.compactMap(\.aer)
        let size = { (counts: AlignmentCounts) in Double(counts.predicted + counts.sure) }
        // Without S among P, as some files have it.
        let bare = corpus.reduce(0.0) { sum, sentence in
            sum
                + Double(
                    sentence.predicted.intersection(sentence.sure).count
                        + sentence.predicted.intersection(sentence.possible).count)
        }
        let united = corpus.reduce(into: (a: Set<Link>(), s: Set<Link>(), p: Set<Link>())) {
            $0.a.formUnion($1.predicted)
            $0.s.formUnion($1.sure)
            $0.p.formUnion($1.possible)
        }
        try expect(
            got, equals: expected, "corpusAER of \(what)",
            mistakes: [
                Mistake(
                    "a mean of the sentences' rates, in which a short sentence weighs as much as a long one; add the counts and divide once",
                    gives: [rates.reduce(0, +) / Double(max(1, rates.count))]),
                Mistake(
                    "a mean of the sentences' rates, with sentences without links as 0; add the counts and divide once",
                    gives: [rates.reduce(0, +) / Double(corpus.count)]),
                Mistake(
                    "P was used as it came, without S; every sure link is possible too", gives: [1 - bare / size(total)]
                ),
                Mistake("this is what is right; the error rate is 1 minus it", gives: [1 - expected]),
                Mistake(
                    "the links of all sentences were thrown into one set, where link 0-0 of one sentence is taken for that of another; count each sentence by itself",
                    gives: AlignmentCounts(JudgedSentence(predicted: united.a, sure: united.s, possible: united.p)).aer
                        .map { [$0] } ?? []),
                Mistake(
                    "1 - F1 of the corpus; that is the same only where S = P", gives: total.f1.map { [1 - $0] } ?? []),
            ], otherwise: cause ?? "add |A∩S| + |A∩P| of all sentences, and |A| + |S|; divide once")
    }

    // MARK: from weights to links

    @Sendable private static func checkLinks() throws {
        try compare([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.2, 0.3, 0.5], [0.6, 0.3, 0.1]])
        try compare(
            [[0.4, 0.4, 0.2], [0.1, 0.45, 0.45], [0.6, 0.3, 0.1]],
            otherwise: "of equal weights the first source word gets the link")
        try compare([[1], [1], [1]])
        let none = try links([[0.3, 0.7]])
        try require(
            none.isEmpty,
            "links([[0.3, 0.7]]) are \(shown(none)), expected none: there is only the row of the end token",
            cause: "the end token's row was kept")
        var random = RandomSource(seed: 33)
        for _ in 0..<30 {
            let sources = 1 + random.below(7)
            try compare(
                (0..<(1 + random.below(7))).map { _ in
                    let scores = (0..<sources).map { _ in 0.01 + random.uniform() }
                    return scores.map { $0 / scores.reduce(0, +) }
                })
        }
    }

    private static func compare(_ weights: [[Double]], otherwise cause: String? = nil) throws {
        let words = Array(weights.dropLast())
        let expected = LinkExtraction.argmax.links(
            AttentionMatrix(rows: words, endRow: weights.last, sourceCount: weights[0].count))
        let got = try links(weights)
        if got == expected { return }
        func map(_ change: (Link) -> Link) -> Set<Link> { Set(expected.map(change)) }
        func largest(_ rows: [[Double]]) -> Set<Link> {
            Set(rows.enumerated().compactMap { t, row in row.indices.max { row[$0] < row[$1] }.map { Link($0, t) } })
        }
        let lastOfEquals = Set(
            words.enumerated().compactMap { t, row in row.max().flatMap { row.lastIndex(of: $0) }.map { Link($0, t) } })
        let columns = weights[0].indices.compactMap { i in
            words.indices.max { (words[$0][i], $1) < (words[$1][i], $0) }.map { Link(i, $0) }
        }
        let smallest = largest(words.map { $0.map { -$0 } })
        let end = weights.last.flatMap { row in row.max().flatMap { row.firstIndex(of: $0) } }.map {
            Link($0, words.count)
        }
        let known: [(Set<Link>, String)] = [
            (
                map { Link($0.target, $0.source) },
                "source and target are swapped: rows are target words, and `Link` takes the source first"
            ),
            (
                expected.union(end.map { [$0] } ?? []),
                "the end token's row was kept; it is no target word, and no link of the reference can be its"
            ),
            (map { Link($0.source + 1, $0.target + 1) }, "the links count from 1; they count from 0"),
            (map { Link($0.source, $0.target + 1) }, "the target words count from 1; they count from 0"),
            (largest(Array(weights.dropFirst())), "the first row was left out in place of the last"),
            (lastOfEquals, "of equal weights the last source word got the link; the first shall"),
            (
                Set(columns),
                "one link for each source word, down the columns; it is one for each target word, along the rows"
            ),
            (smallest, "the smallest weight was taken for the largest"),
        ]
        throw CheckFailure(
            "links(\(list(weights))) are \(shown(got)), expected \(shown(expected)), each source-target",
            cause: known.first { $0.0 == got }?.1 ?? cause
                ?? "one link for each row but the last, where its weight is largest")
    }

    @Sendable private static func checkReason() throws {
        let cause =
            switch try whyTheEndRowGoes() {
            case .a: "every row is a softmax and sums to 1, the end token's too"
            case .b: ""
            case .c:
                "the source has no end token here; where a source has one, its column is another question than this row"
            case .d: "it is a softmax of scores of its own, made with the decoder's last state"
            }
        // What the right answer says, on numbers.
        let example = JudgedSentence(predicted: [Link(0, 0), Link(1, 1)], sure: [Link(0, 0), Link(1, 1)])
        let kept = AlignmentCounts(JudgedSentence(predicted: example.predicted.union([Link(1, 2)]), sure: example.sure))
            .aer
        try require(
            cause.isEmpty,
            "whyTheEndRowGoes() is wrong. Two words with both links right have the AER \(shown(AlignmentCounts(example).aer)); "
                + "with a link of the end token beside them it is \(shown(kept))", cause: cause)
    }
}

extension AlignmentCounts {
    fileprivate init(_ sentence: JudgedSentence) {
        self.init(predicted: sentence.predicted, gold: GoldAlignment(sure: sentence.sure, possible: sentence.possible))
    }
}

extension JudgedSentence {
    /// Random links among so many words on each side; now and then a set is empty.
    fileprivate init(words: Int, _ random: inout RandomSource) {
        func links(_ count: Int) -> Set<Link> {
            Set((0..<count).map { _ in Link(random.below(words), random.below(words)) })
        }
        let predicted = links(random.below(words + 2)), sure = links(random.below(words + 1)),
            possible = links(random.below(words + 1))
        self.init(predicted: predicted, sure: sure, possible: random.chance(0.5) ? possible : possible.union(sure))
    }
}

private func shown(_ links: Set<Link>) -> String {
    "{" + links.sorted().map { "\($0.source)-\($0.target)" }.joined(separator: ", ") + "}"
}

private func shown(_ number: Double?) -> String { number.map(short) ?? "nil" }
