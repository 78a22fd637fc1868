// Exercise 18: greedy search, the length penalty, and beam search, over models that are functions.

import AttentionLab
import Foundation

/// What a search found.
public struct FoundSentence: Sendable, Equatable, CustomStringConvertible {
    /// Without the end token.
    public let tokens: [Int]
    /// Whether it ended with the end token, and not because the limit cut it off.
    public let isFinished: Bool
    /// Σ log p of the words, and of the end token where there is one.
    public let logProbability: Double
    /// What sentences were ranked by.
    public let score: Double

    public init(_ tokens: [Int], isFinished: Bool, logProbability: Double, score: Double) {
        (self.tokens, self.isFinished, self.logProbability, self.score) = (tokens, isFinished, logProbability, score)
    }

    func isSame(as other: FoundSentence) -> Bool {
        func near(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-9 * max(1, abs(b)) }
        return tokens == other.tokens && isFinished == other.isFinished && near(logProbability, other.logProbability)
            && near(score, other.score)
    }

    public var description: String {
        "\(tokens)\(isFinished ? " + end" : " cut off") with log p \(short(logProbability)) and score \(short(score))"
    }
}

public protocol BeamSearchAnswers: Answers {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence
    static func misleadingModel() throws -> [[Int]: [Double]]
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double
    static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence
}

extension BeamSearchAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 18), "from greedy to beam search", topic: "BeamSearch",
            lesson: "07_ContextFeedingTiming",
            hints: [
                "Greedy: one list of words, one sum of logarithms, a loop that stops at the end token or at the limit. For the misleading model: make the word that begins best be followed by three continuations of which none is probable.",
                "Beam: keep a list of (tokens, log p). A step makes width · V continuations out of it; sort them by log p and go down the list. An end token goes to the finished ones and is divided by lp; anything else goes into the next beam, until that has `width`. A sentence that finished first may be beaten by one that finishes later.",
                "lp = pow((5 + length)/6, alpha) with length = tokens.count + 1. For each sorted continuation while next.count < width: word == end ? finished.append(log p / lp) : next.append(tokens + [word]). Repeat up to `limit` times, return the finished one with the largest score; only without any, the first open one. A misleading model: [[]: [0, 0.6, 0.4], [1]: [0.4, 0.3, 0.3]].",
            ],
            gaps: [
                Gap("greedy search", function: "greedy", checkGreedy),
                Gap("a model that misleads greedy search", function: "misleadingModel", checkMisleading),
                Gap("the length penalty", function: "lengthPenalty", checkPenalty),
                Gap("beam search", function: "beam", checkBeam),
            ])
    }

    // MARK: greedy

    @Sendable private static func checkGreedy() throws {
        var cases = [
            SearchProblem(.example, limit: 10), SearchProblem(.neverEnds, limit: 4),
            SearchProblem(.endsAtOnce, limit: 3),
        ]
        for seed in 1...8 { cases.append(SearchProblem(.random(seed: UInt64(seed), words: 3 + seed % 3), limit: 7)) }
        for search in cases {
            let expected = search.greedy
            let got = try greedy(search.next, end: search.model.end, limit: search.limit)
            let what = "greedy search in \(search), is \(got), expected \(expected)"
            if got.isSame(as: expected) { continue }
            let end = search.model.end, last = (try? search.next(got.tokens)[end]) ?? .nan
            let cause: String? =
                if got.tokens.contains(end) {
                    "the end token is among the words; it ends the sentence and is none of them"
                } else if got.tokens == expected.tokens, abs(got.logProbability + last - expected.logProbability) < 1e-9
                {
                    "the end token's log p is missing in the sum"
                } else if got.tokens == expected.tokens, abs(got.logProbability - exp(expected.logProbability)) < 1e-9 {
                    "the probability, not its logarithm"
                } else if got.tokens == expected.tokens, got.logProbability > 0 {
                    "probabilities were added up; probabilities multiply, and their logarithms add up"
                } else if got.tokens == expected.tokens, got.isFinished != expected.isFinished {
                    "isFinished says whether the end token came, not whether the search is over"
                } else if got.tokens.count > expected.tokens.count {
                    "the search went on after the end token"
                } else if got.tokens == expected.tokens, got.logProbability == expected.logProbability {
                    "the score of greedy search is log p itself"
                } else {
                    "at every step the word with the largest log p, of the whole list"
                }
            throw CheckFailure(what, cause: cause)
        }
    }

    // MARK: the misleading model

    @Sendable private static func checkMisleading() throws {
        let table = try misleadingModel()
        let what = "misleadingModel()"
        for (beginning, row) in table.sorted(by: { ($0.key.count, "\($0.key)") < ($1.key.count, "\($1.key)") }) {
            try require(
                row.count == 3, "\(what) has \(row.count) probabilities after \(beginning), expected 3",
                cause: "one each for the ids 0 (end), 1 and 2")
            try require(
                row.allSatisfy { $0 >= 0 } && abs(row.reduce(0, +) - 1) < 1e-9,
                "\(what) has the probabilities \(list(row)) after \(beginning), with the sum "
                    + "\(short(row.reduce(0, +)))",
                cause: "probabilities are at least 0 and sum to 1; these are no logarithms")
        }
        let limit = 8
        let search = SearchProblem(SearchedModel(what, table, otherwise: [1, 0, 0]), limit: limit)
        let greedy = search.greedy, two = search.answer(width: 2), best = search.exhaustive()
        try require(
            best.logProbability > greedy.logProbability + 1e-9,
            "greedy search finds \(greedy) in \(what), and no sentence of up to \(limit) steps is more probable",
            cause: "greedy search must be wrong: after the better first word, let every continuation be improbable")
        try require(
            two.isSame(as: best),
            "greedy search finds \(greedy) in \(what), a beam of 2 finds \(two), but the best is \(best)",
            cause: "a beam of 2 must not lose the best beginning: at each step it has to be among the two most probable"
        )
    }

    // MARK: the length penalty

    @Sendable private static func checkPenalty() throws {
        for (length, alpha) in [(7, 1.0), (2, 1), (7, 0.5), (1, 0.6), (20, 0.6), (12, 0)] {
            let n = Double(length)
            try expect(
                lengthPenalty(length, alpha: alpha), equals: pow((5 + n) / 6, alpha),
                "lengthPenalty(\(length), alpha: \(short(alpha)))",
                mistakes: [
                    Mistake(
                        "only the length was divided by 6; (5 + |Y|) / 6 as a whole", gives: [pow(5 + n / 6, alpha)]),
                    Mistake(
                        "only 5 + |Y| was raised to α; the 6 is raised too, so that a length of 1 gives 1",
                        gives: [pow(5 + n, alpha) / 6]),
                    Mistake("multiplied by α instead of raised to it", gives: [(5 + n) / 6 * alpha]),
                    Mistake(
                        "this is |Y|^α, the penalty of other papers; Wu et al. add 5 and divide by 6",
                        gives: [pow(n, alpha)]),
                    Mistake(
                        "the end token is added to the length once more; |Y| has it already",
                        gives: [pow((6 + n) / 6, alpha)]),
                    Mistake("the end token is taken off the length; |Y| counts it", gives: [pow((4 + n) / 6, alpha)]),
                    Mistake("raised to -α: the score is log p divided by lp", gives: [pow((5 + n) / 6, -alpha)]),
                ])
        }
        try compareWithLibrary()
    }

    /// The library's scores, of a model that knows nothing yet.
    private static func compareWithLibrary() throws {
        let pairs = [SentencePair(source: ["x", "y", "z"], target: ["u", "v", "w"])]
        var settings = ModelSettings(scorer: "dot")
        (settings.embedding, settings.hidden, settings.attention) = (4, 3, 4)
        let translator = Translator(settings, scorer: LuongDotScorer.self, words: pairs, seed: 3)
        let alpha = 0.8
        for hypothesis in try translator.translate(
            ["y", "x", "z"], beam: BeamSettings(width: 4, best: 4, lengthPenalty: alpha))
        {
            let length = hypothesis.tokens.count + (hypothesis.isFinished ? 1 : 0)
            try expect(
                hypothesis.logProbability / lengthPenalty(length, alpha: alpha), equals: hypothesis.score, within: 1e-6,
                "log p / lp of a translation with |Y| = \(length)"
                    + "\(hypothesis.isFinished ? ", the end token among them" : ", cut off before its end"), beside the library's score,"
            )
        }
    }

    // MARK: beam search

    @Sendable private static func checkBeam() throws {
        let example = SearchProblem(.example, limit: 10)
        // Called before the penalty is looked at: where both are missing, the message is to point at this one.
        _ = try beam(example.next, end: example.model.end, width: 2, alpha: 0, limit: example.limit)
        try require(
            abs(lengthPenalty(7, alpha: 1) - 2) < 1e-9,
            "beam search divides by the length penalty, and lengthPenalty(7, alpha: 1) is not 2 yet",
            cause: "fill the gap of the length penalty first")
        var asked = [
            Asked(example, width: 2, alpha: 0), Asked(example, width: 1, alpha: 0), Asked(example, width: 2, alpha: 1),
        ]
        // The shorter sentence is the more probable one, and finished first.
        asked += [0, 1, 3].map { Asked(SearchProblem(.shortAndLong, limit: 8), width: 2, alpha: $0) }
        // The end is the most probable at once, and the best sentence begins with the second word after it.
        asked.append(Asked(SearchProblem(.tempting, limit: 6), width: 2, alpha: 3))
        for seed in 1...12 {
            let search = SearchProblem(.random(seed: UInt64(seed), words: 3 + seed % 3), limit: 6)
            for (width, alpha) in [(1, 0.0), (2, 0), (2, 0.6), (3, 1.5), (2, 3)] {
                asked.append(Asked(search, width: width, alpha: alpha))
            }
        }
        asked.append(Asked(SearchProblem(.neverEnds, limit: 4), width: 2, alpha: 1))
        let got = try asked.map { one in
            try beam(
                one.search.next, end: one.search.model.end, width: one.width, alpha: one.alpha, limit: one.search.limit)
        }
        let expected = asked.map { $0.search.answer(width: $0.width, alpha: $0.alpha) }
        if let index = got.indices.first(where: { !got[$0].isSame(as: expected[$0]) }) {
            // A cause is named only if it explains every answer.
            let flaw = SearchFlaw.allCases.first { flaw in
                got.indices.allSatisfy {
                    got[$0].isSame(as: asked[$0].search.answer(width: asked[$0].width, alpha: asked[$0].alpha, flaw))
                }
            }
            let ends = got.indices.contains { got[$0].tokens.contains(asked[$0].search.model.end) }
            throw CheckFailure(
                "a beam of \(asked[index].width) with α = \(short(asked[index].alpha)) in \(asked[index].search),"
                    + "\n  found     \(got[index])\n  expected  \(expected[index])",
                cause: ends ? "the end token is among the words; it ends the sentence and is none of them" : flaw?.cause
            )
        }
        try checkProperties()
    }

    private static func checkProperties() throws {
        for seed in UInt64(41)...46 {
            let search = SearchProblem(.random(seed: seed, words: 3), limit: 5)
            // 2 words that go on, and so at most 2⁴ open beginnings before the last step.
            for alpha in [0, 0.8] {
                let wide = try beam(search.next, end: search.model.end, width: 32, alpha: alpha, limit: search.limit)
                let best = search.exhaustive(alpha: alpha)
                try require(
                    wide.isSame(as: best),
                    "a beam of 32 with α = \(short(alpha)) in \(search), found \(wide); of all sentences the best is \(best)",
                    cause: "so wide a beam drops nothing, and must find what an exhaustive search finds")
            }
            let greedy = search.greedy,
                one = try beam(search.next, end: search.model.end, width: 1, alpha: 0, limit: search.limit)
            if greedy.isFinished {
                try require(
                    one.isSame(as: greedy),
                    "a beam of 1 without a penalty in \(search), found \(one), greedy search \(greedy)",
                    cause: "with one beginning and α = 0 they are the same search")
            }
        }
    }
}

/// One call of the student's beam search.
private struct Asked: Sendable {
    let search: SearchProblem
    let width: Int
    let alpha: Double

    init(_ search: SearchProblem, width: Int, alpha: Double) {
        (self.search, self.width, self.alpha) = (search, width, alpha)
    }
}
