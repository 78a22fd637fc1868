// Exercise 14: the pointer-generator's mixture of writing and copying.

public import AttentionLab
import Foundation

/// What the switch between writing and copying has learnt.
public struct CopyParameters: Sendable, CustomStringConvertible {
    /// For the context, the decoder's state and its input.
    public var wh: [Double], ws: [Double], wx: [Double]
    public var b: Double

    public init(wh: [Double], ws: [Double], wx: [Double], b: Double) {
        (self.wh, self.ws, self.wx, self.b) = (wh, ws, wx, b)
    }

    public var description: String { "wh \(list(wh)), ws \(list(ws)), wx \(list(wx)), b \(short(b))" }
}

public protocol CopyingAnswers: Answers {
    static func extendedVocabulary(source: [String], vocabulary: Vocabulary) throws -> (ids: [Int], newWords: [String])
    static func generationProbability(
        context: [Double], state: [Double], input: [Double], parameters: CopyParameters
    ) throws -> Double
    static func mixture(
        vocabularyProbabilities: [Double], weights: [Double], ids: [Int], newWords: Int,
        generation: Double
    ) throws -> [Double]
    static func loss(
        targets: [String], distributions: [[Double]], newWords: [String], vocabulary: Vocabulary
    ) throws -> Double
    static func writtenWord(distribution: [Double], newWords: [String], vocabulary: Vocabulary) throws -> String
}

/// Four special words, then the (4), cat (5) and saw (6): V = 7.
private let vocabulary = Vocabulary(sentences: [["the", "cat", "saw"]])

extension CopyingAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 14), "copying words the vocabulary does not have", topic: "Copying",
            lesson: "09_CoverageAndCopying",
            hints: [
                "The attention's weights are already probabilities of positions. To make them probabilities of words, ask for each position which word stands there, and what happens when two positions hold the same word.",
                "Give each unknown source word a number from V on, the same for the same word. The mixture has V + n entries: p_gen times the vocabulary's, then every position adds (1 - p_gen) αᵢ at the number of its word. A target word is looked up in the vocabulary first, then among the new words.",
                "id = vocabulary.id(of: w); if it is Vocabulary.unknown: V + newWords.firstIndex(of: w), appending w if it is not there. P = vocabularyProbabilities.map { p * $0 } + zeros; for (id, a) in zip(ids, weights) { P[id] += (1 - p) * a }. The loss is the mean of -log(P[id]); a word is written as (vocabulary.words + newWords)[id].",
            ],
            gaps: [
                Gap("extended vocabulary", function: "extendedVocabulary", checkExtension),
                Gap("p_gen", function: "generationProbability", checkSwitch),
                Gap("mixture", function: "mixture", checkMixture),
                Gap("loss", function: "loss", checkLoss),
                Gap("the written word", function: "writtenWord", checkWord),
            ])
    }

    @Sendable private static func checkExtension() throws {
        let source = ["the", "zork", "saw", "the", "quux", "zork"]
        let got = try extendedVocabulary(source: source, vocabulary: vocabulary)
        let call = "extendedVocabulary(source: \(source), vocabulary: <pad> <begin> <end> <unknown> the cat saw)"
        try expect(
            got.ids.map { Double($0) }, equals: [4, 7, 6, 4, 8, 7],
            "the vocabulary has 7 words, so new ones begin at 7; .ids of \(call)",
            mistakes: [
                Mistake(
                    "words that the vocabulary lacks are still <unknown>; then they can only be copied as <unknown>",
                    gives: [4, 3, 6, 4, 3, 3]),
                Mistake(
                    "the second “zork” got a number of its own; then its two weights are never added up",
                    gives: [4, 7, 6, 4, 8, 9]),
                Mistake(
                    "all new words share one number, so that the copied word cannot be told", gives: [4, 7, 6, 4, 7, 7]),
                Mistake(
                    "a new word's number is V + its position in the sentence; it is V + its place among the new words",
                    gives: [4, 8, 6, 4, 11, 12]),
                Mistake(
                    "a new word's number is V + its position in the sentence; it is V + its place among the new words",
                    gives: [4, 8, 6, 4, 11, 8]),
                Mistake("the new words begin one too late, at V + 1", gives: [4, 8, 6, 4, 9, 8]),
                Mistake(
                    "the new words begin one too early: V - 1 is the vocabulary's last word", gives: [4, 6, 6, 4, 7, 6]),
                Mistake(
                    "the new words are in alphabetical order; expected that in which they first appear",
                    gives: [4, 8, 6, 4, 7, 8]),
                Mistake(
                    "all words of the source were numbered past the vocabulary, those that it knows too; then writing and copying them are never added up",
                    gives: [7, 8, 9, 7, 10, 8]),
                Mistake(
                    "the new words are numbered from 0; there are the vocabulary's own words",
                    gives: [4, 0, 6, 4, 1, 0]),
            ],
            otherwise:
                "a word of the vocabulary keeps its id; the others get 7, 8 … in the order in which they first appear, the same word the same number"
        )
        try require(
            got.newWords == ["zork", "quux"], ".newWords of \(call) is \(got.newWords), expected [\"zork\", \"quux\"]",
            cause: got.newWords.count > 2
                ? "a word stands there more than once"
                : "the words which the vocabulary lacks, in the order in which they first appear")
        let known = try extendedVocabulary(source: ["cat", "saw", "cat"], vocabulary: vocabulary)
        try expect(
            known.ids.map { Double($0) }, equals: [5, 6, 5],
            ".ids of extendedVocabulary(source: [\"cat\", \"saw\", \"cat\"], …), all in the vocabulary")
        try require(
            known.newWords.isEmpty,
            ".newWords of extendedVocabulary(source: [\"cat\", \"saw\", \"cat\"], …) is \(known.newWords), expected none",
            cause: "new words of an earlier sentence are kept; each sentence has its own")
    }

    @Sendable private static func checkSwitch() throws {
        // 0.5 + 0.5 from the context, −0.5 from the state, 1.25 from the input, and b = 0.5.
        let p = CopyParameters(wh: [0.5, 0.25], ws: [-1], wx: [1, 0.5, 0.25], b: 0.5)
        let call = "generationProbability(context: [1, 2], state: [0.5], input: [1, 1, -1], parameters: \(p))"
        func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        let got = try generationProbability(context: [1, 2], state: [0.5], input: [1, 1, -1], parameters: p)
        try expect(
            got, equals: logistic(2.25), call,
            mistakes: [
                Mistake("the wrong way round: this is 1 - p_gen, the probability of copying", gives: [logistic(-2.25)]),
                Mistake("the sum is there, the logistic function σ is missing", gives: [2.25]),
                Mistake("tanh instead of the logistic function: a probability is between 0 and 1", gives: [tanh(2.25)]),
                Mistake("the exponential is not divided by 1 + itself", gives: [exp(2.25)]),
                Mistake("the bias b is missing", gives: [logistic(1.75)]),
                Mistake("the input's part w_x · x is missing", gives: [logistic(1)]),
                Mistake("the state's part w_s · s is missing", gives: [logistic(2.75)]),
                Mistake("the context's part w_h · c is missing", gives: [logistic(1.25)]),
                Mistake(
                    "σ was taken of each part; it is taken once, of their sum",
                    gives: [logistic(1) + logistic(-0.5) + logistic(1.25) + 0.5]),
                Mistake("σ was taken before b was added; it is taken of the whole sum", gives: [logistic(1.75) + 0.5]),
            ], otherwise: "σ(w_h · c + w_s · s + w_x · x + b), σ(x) = 1/(1 + exp(-x))")
        for (b, expected) in [(1000.0, 1.0), (-1000, 0)] {
            let steep = CopyParameters(wh: [1], ws: [1], wx: [1], b: b)
            try expect(
                generationProbability(context: [0], state: [0], input: [0], parameters: steep), equals: expected,
                "generationProbability(context: [0], state: [0], input: [0], parameters: \(steep))",
                otherwise: "exp(1000) is ∞, and ∞/∞ is NaN; 1/(1 + exp(-x)) is right at both ends")
        }
    }

    @Sendable private static func checkMixture() throws {
        let P = [0.5, 0.25, 0.125, 0.125], a = [0.5, 0.125, 0.25, 0.125], ids = [2, 4, 2, 5], p = 0.75
        try expect(
            mixture(vocabularyProbabilities: P, weights: a, ids: ids, newWords: 2, generation: p),
            equals: [0.375, 0.1875, 0.28125, 0.09375, 0.03125, 0.03125],
            "mixture(vocabularyProbabilities: \(list(P)), weights: \(list(a)), ids: \(ids), newWords: 2, generation: \(p))",
            mistakes: known(P, a, ids, 2, p),
            otherwise:
                "V + newWords entries: p_gen times the vocabulary's, and at ids[i] also (1 - p_gen) αᵢ, for every i")
        try expect(
            mixture(
                vocabularyProbabilities: [0.25, 0.75], weights: [0.5, 0.5], ids: [2, 1], newWords: 1, generation: 1),
            equals: [0.25, 0.75, 0],
            "mixture(vocabularyProbabilities: [0.25, 0.75], weights: [0.5, 0.5], ids: [2, 1], newWords: 1, generation: 1)",
            otherwise: "with p_gen = 1 nothing is copied; the new word keeps its entry, which is 0")
        try expect(
            mixture(
                vocabularyProbabilities: [0.25, 0.75], weights: [0.5, 0.5], ids: [1, 1], newWords: 0, generation: 0),
            equals: [0, 1],
            "mixture(vocabularyProbabilities: [0.25, 0.75], weights: [0.5, 0.5], ids: [1, 1], newWords: 0, generation: 0)",
            otherwise: "with p_gen = 0 all is copied, and word 1 gets both weights")
        var random = RandomSource(seed: 14)
        for _ in 0..<5 {
            let P = random.weights(6), a = random.weights(5), ids = (0..<5).map { _ in random.below(9) }
            let p = (random.uniform() * 100).rounded() / 100
            let got = try mixture(vocabularyProbabilities: P, weights: a, ids: ids, newWords: 3, generation: p)
            try expect(
                got, equals: mix(P, a, ids, 3, of: p, and: 1 - p),
                "mixture(vocabularyProbabilities: \(list(P)), weights: \(list(a)), ids: \(ids), newWords: 3, generation: \(p))",
                mistakes: known(P, a, ids, 3, p), otherwise: "P must sum to 1; yours sums to \(short(got.reduce(0, +)))"
            )
        }
    }

    /// What the mixture is with a mistake in it.
    private static func known(_ P: [Double], _ a: [Double], _ ids: [Int], _ new: Int, _ p: Double) -> [Mistake] {
        let V = P.count, q = 1 - p, written = P.map { p * $0 } + [Double](repeating: 0, count: new)
        func places(_ id: Int) -> [Int] { ids.indices.filter { ids[$0] == id } }
        /// Each word of the source gets one number made of its weights.
        func each(_ share: ([Double]) -> Double) -> [Double] {
            written.indices.map { id in
                let weights = places(id).map { a[$0] }
                return written[id] + (weights.isEmpty ? 0 : q * share(weights))
            }
        }
        let unknown = ids.map { $0 < V ? $0 : Vocabulary.unknown }
        return [
            Mistake(
                "the last occurrence overwrites the others: a word that stands in the source twice gets both weights (+=, not =)",
                gives: each { $0[$0.count - 1] }),
            Mistake(
                "only the first occurrence counts: a word that stands in the source twice gets both weights",
                gives: each { $0[0] }),
            Mistake(
                "only the largest weight counts: a word that stands in the source twice gets both weights",
                gives: each { $0.max() ?? 0 }),
            Mistake(
                "the mean of a word's weights was taken; they are added",
                gives: each { $0.reduce(0, +) / Double($0.count) }),
            Mistake(
                "copying replaces what the vocabulary gave the word; both are added",
                gives: written.indices.map { id in
                    places(id).isEmpty ? written[id] : q * places(id).reduce(0) { $0 + a[$1] }
                }),
            Mistake(
                "copying replaces what the vocabulary gave the word, and the last occurrence the others; all are added (+=, not =)",
                gives: written.indices.map { id in
                    places(id).last.map { q * a[$0] } ?? written[id]
                }),
            Mistake(
                "p_gen is the wrong way round: it multiplies the vocabulary's probabilities, and 1 - p_gen the weights",
                gives: mix(P, a, ids, new, of: q, and: p)),
            Mistake(
                "the weights are not multiplied by 1 - p_gen, so that P does not sum to 1",
                gives: mix(P, a, ids, new, of: p, and: 1)),
            Mistake(
                "the vocabulary's probabilities are not multiplied by p_gen, so that P does not sum to 1",
                gives: mix(P, a, ids, new, of: 1, and: q)),
            Mistake(
                "neither part is multiplied by its share, so that P sums to 2",
                gives: mix(P, a, ids, new, of: 1, and: 1)),
            Mistake(
                "both parts are multiplied by p_gen; the weights get 1 - p_gen",
                gives: mix(P, a, ids, new, of: p, and: p)),
            Mistake("the weights are missing: nothing can be copied", gives: written),
            Mistake(
                "new words are copied as <unknown>, which is what copying should avoid; their numbers are past the vocabulary",
                gives: mix(P, a, unknown, 0, of: p, and: q)),
            Mistake(
                "new words are copied as <unknown>, which is what copying should avoid; their numbers are past the vocabulary",
                gives: mix(P, a, unknown, new, of: p, and: q)),
            Mistake(
                "the new words have no entries: P has V + newWords of them, so it does not sum to 1 here",
                gives: Array(mix(P, a, ids, new, of: p, and: q).prefix(V))),
            Mistake(
                "weight i was put at entry i; it belongs to entry ids[i], the word's number",
                gives: mix(P, a, Array(ids.indices), max(new, ids.count - V), of: p, and: q)),
        ]
    }

    @Sendable private static func checkLoss() throws {
        let newWords = ["zork", "quux"], rows = Array(examples), targets = ["the", "quux", "blorp"]
        let call =
            "loss(targets: \(targets), distributions: \(list(rows)), newWords: \(newWords), vocabulary: <pad> <begin> <end> <unknown> the cat saw)"
        func mean(_ p: [Double]) -> Double { p.reduce(0) { $0 - log($1) } / Double(p.count) }
        try expect(
            loss(targets: ["the"], distributions: [rows[0]], newWords: newWords, vocabulary: vocabulary),
            equals: -log(0.3),
            "loss(targets: [\"the\"], distributions: [\(list(rows[0]))], newWords: \(newWords), …), where “the” is word 4,",
            mistakes: [
                Mistake("the sign: ln P is negative, the loss is -ln P", gives: [log(0.3)]),
                Mistake("this is P itself; the loss is -ln P", gives: [0.3]),
                Mistake("this is 1 - P; the loss is -ln P", gives: [0.7]),
                Mistake("the logarithm to base 2; ln is `log` in Swift", gives: [-log2(0.3)]),
                Mistake("the logarithm to base 10; ln is `log` in Swift", gives: [-log10(0.3)]),
            ], otherwise: "-ln P of the entry at the word's number, here 4")
        let got = try loss(targets: targets, distributions: rows, newWords: newWords, vocabulary: vocabulary)
        try expect(
            got, equals: mean([0.3, 0.35, 0.4]), call,
            mistakes: [
                Mistake(
                    "“quux” was taken for <unknown>; the vocabulary lacks it, but it is the second new word, number V + 1",
                    gives: [mean([0.3, 0.1, 0.4])]),
                Mistake(
                    "“quux” was taken for number V, the first new word; it is the second, number V + 1",
                    gives: [mean([0.3, 0.2, 0.4])]),
                Mistake(
                    "“blorp” is neither in the vocabulary nor in the source; then <unknown> should be written, and it was left out",
                    gives: [mean([0.3, 0.35])]),
                Mistake(
                    "“blorp” is neither in the vocabulary nor in the source; then <unknown> should be written, and it was taken for 0",
                    gives: [-(log(0.3) + log(0.35)) / 3]),
                Mistake(
                    "“blorp” is neither in the vocabulary nor in the source; then <unknown> should be written, and a new word was taken",
                    gives: [mean([0.3, 0.35, 0.06])]),
                Mistake(
                    "“blorp” is neither in the vocabulary nor in the source; then <unknown> should be written, and a new word was taken",
                    gives: [mean([0.3, 0.35, 0.04])]),
                Mistake(
                    "the sum over the words; the loss is their mean, so that long sentences do not count more",
                    gives: [3 * mean([0.3, 0.35, 0.4])]),
                Mistake(
                    "the logarithm of the mean probability; it is the mean of the logarithms", gives: [-log(1.05 / 3)]),
            ], otherwise: "the mean of -ln P at number 4 for “the”, 8 = V + 1 for “quux”, 3 = <unknown> for “blorp”")
    }

    @Sendable private static func checkWord() throws {
        let newWords = ["zork", "quux"]
        for (row, expected) in zip(examples, ["the", "quux", "<unknown>"]) {
            let got = try writtenWord(distribution: row, newWords: newWords, vocabulary: vocabulary)
            let words = vocabulary.words + newWords
            let best = row.indices.max { row[$0] < row[$1] } ?? 0, worst = row.indices.min { row[$0] < row[$1] } ?? 0
            let inVocabulary = row.indices.prefix(vocabulary.count).max { row[$0] < row[$1] } ?? 0
            try require(
                got == expected,
                "writtenWord(distribution: \(list(row)), newWords: \(newWords), …) is “\(got)”, expected “\(expected)”, number \(best)",
                cause: {
                    switch got {
                    case words[worst]: "the least probable word was taken"
                    case "<unknown>":
                        "a number past the vocabulary was written as <unknown>, as Vocabulary.words(of:) does; number V + k is newWords[k]"
                    case words[inVocabulary] where best >= vocabulary.count:
                        "only the vocabulary's entries were searched; the new words follow them"
                    case let new where newWords.contains(new): "the new word's place is its number - V"
                    default:
                        "the most probable entry is number \(best): below V a word of the vocabulary, from V on newWords[number - V]"
                    }
                }())
        }
        try require(
            writtenWord(distribution: examples[1].swapped(7, 8), newWords: newWords, vocabulary: vocabulary) == "zork",
            "writtenWord of a distribution whose largest entry is number 7 = V is not “zork”, the first new word",
            cause: "the new word's place is its number - V")
    }
}

// MARK: written out for the checks

/// Over 7 + 2 words; the most probable are “the”, “quux” and <unknown>.
private let examples = [
    [0.04, 0.06, 0.1, 0.1, 0.3, 0.1, 0.1, 0.12, 0.08],
    [0.02, 0.03, 0.05, 0.1, 0.15, 0.04, 0.06, 0.2, 0.35],
    [0.05, 0.05, 0.1, 0.4, 0.15, 0.05, 0.1, 0.06, 0.04],
]

/// `generation` and `copy` are what the two parts are multiplied by.
private func mix(
    _ P: [Double], _ weights: [Double], _ ids: [Int], _ newWords: Int, of generation: Double, and copy: Double
) -> [Double] {
    var mixture = P.map { generation * $0 } + [Double](repeating: 0, count: newWords)
    for (id, weight) in zip(ids, weights) where mixture.indices.contains(id) { mixture[id] += copy * weight }
    return mixture
}

extension [Double] {
    fileprivate func swapped(_ i: Int, _ j: Int) -> [Double] {
        var copy = self
        copy.swapAt(i, j)
        return copy
    }
}
