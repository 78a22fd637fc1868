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

    public var description: String { "\(tokens)\(isFinished ? " + end" : " cut off") with log p \(short(logProbability)) and score \(short(score))" }
}

public protocol BeamSearchAnswers: Answers {
    static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence
    static func misleadingModel() throws -> [[Int]: [Double]]
    static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double
    static func beam(_ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int) throws -> FoundSentence
}

extension BeamSearchAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 18), "from greedy to beam search", topic: "BeamSearch", lesson: "07_ContextFeedingTiming",
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
        var cases = [Search(.example, limit: 10), Search(.neverEnds, limit: 4), Search(.endsAtOnce, limit: 3)]
        for seed in 1...8 { cases.append(Search(.random(seed: UInt64(seed), words: 3 + seed % 3), limit: 7)) }
        for search in cases {
            let expected = search.greedy
            let got = try greedy(search.next, end: search.model.end, limit: search.limit)
            let what = "greedy search in \(search), is \(got), expected \(expected)"
            if got.isSame(as: expected) { continue }
            let end = search.model.end
            let cause: String? = if got.tokens.contains(end) {
                "the end token is among the words; it ends the sentence and is none of them"
            } else if got.tokens == expected.tokens, let last = try? search.next(got.tokens)[end], abs(got.logProbability + last - expected.logProbability) < 1e-9 {
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
            throw Complaint(what, cause: cause)
        }
    }

    // MARK: the misleading model

    @Sendable private static func checkMisleading() throws {
        let table = try misleadingModel()
        let what = "misleadingModel()"
        for (beginning, row) in table.sorted(by: { ($0.key.count, "\($0.key)") < ($1.key.count, "\($1.key)") }) {
            try require(row.count == 3, "\(what) has \(row.count) probabilities after \(beginning), expected 3", cause: "one each for the ids 0 (end), 1 and 2")
            try require(row.allSatisfy { $0 >= 0 } && abs(row.reduce(0, +) - 1) < 1e-9, "\(what) has the probabilities \(list(row)) after \(beginning), with the sum "
                + "\(short(row.reduce(0, +)))", cause: "probabilities are at least 0 and sum to 1; these are no logarithms")
        }
        let limit = 8
        let search = Search(Model(name: what, end: 0, words: 3) { prefix in (table[prefix] ?? [1, 0, 0]).map { log($0) } }, limit: limit)
        let greedy = search.greedy, two = search.answer(width: 2), best = search.exhaustive()
        try require(best.logProbability > greedy.logProbability + 1e-9, "greedy search finds \(greedy) in \(what), and no sentence of up to \(limit) steps is more probable",
                    cause: "greedy search must be wrong: after the better first word, let every continuation be improbable")
        try require(two.isSame(as: best), "greedy search finds \(greedy) in \(what), a beam of 2 finds \(two), but the best is \(best)",
                    cause: "a beam of 2 must not lose the best beginning: at each step it has to be among the two most probable")
    }

    // MARK: the length penalty

    @Sendable private static func checkPenalty() throws {
        for (length, alpha) in [(7, 1.0), (2, 1), (7, 0.5), (1, 0.6), (20, 0.6), (12, 0)] {
            let n = Double(length)
            try expect(lengthPenalty(length, alpha: alpha), equals: pow((5 + n) / 6, alpha), "lengthPenalty(\(length), alpha: \(short(alpha)))", mistakes: [
                Mistake("only the length was divided by 6; (5 + |Y|) / 6 as a whole", gives: [pow(5 + n / 6, alpha)]),
                Mistake("only 5 + |Y| was raised to α; the 6 is raised too, so that a length of 1 gives 1", gives: [pow(5 + n, alpha) / 6]),
                Mistake("multiplied by α instead of raised to it", gives: [(5 + n) / 6 * alpha]),
                Mistake("this is |Y|^α, the penalty of other papers; Wu et al. add 5 and divide by 6", gives: [pow(n, alpha)]),
                Mistake("the end token is added to the length once more; |Y| has it already", gives: [pow((6 + n) / 6, alpha)]),
                Mistake("the end token is taken off the length; |Y| counts it", gives: [pow((4 + n) / 6, alpha)]),
                Mistake("raised to −α: the score is log p divided by lp", gives: [pow((5 + n) / 6, -alpha)]),
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
        for hypothesis in try translator.translate(["y", "x", "z"], beam: BeamSettings(width: 4, best: 4, lengthPenalty: alpha)) {
            let length = hypothesis.tokens.count + (hypothesis.isFinished ? 1 : 0)
            try expect(hypothesis.logProbability / lengthPenalty(length, alpha: alpha), equals: hypothesis.score, within: 1e-6,
                       "log p / lp of a translation with |Y| = \(length)"
                           + "\(hypothesis.isFinished ? ", the end token among them" : ", cut off before its end"), beside the library's score,")
        }
    }

    // MARK: beam search

    @Sendable private static func checkBeam() throws {
        let example = Search(.example, limit: 10)
        // Called before the penalty is looked at: where both are missing, the message is to point at this one.
        _ = try beam(example.next, end: example.model.end, width: 2, alpha: 0, limit: example.limit)
        try require(abs(lengthPenalty(7, alpha: 1) - 2) < 1e-9, "beam search divides by the length penalty, and lengthPenalty(7, alpha: 1) is not 2 yet",
                    cause: "fill the gap of the length penalty first")
        var asked = [Asked(example, width: 2, alpha: 0), Asked(example, width: 1, alpha: 0), Asked(example, width: 2, alpha: 1)]
        // The shorter sentence is the more probable one, and finished first.
        asked += [0, 1, 3].map { Asked(Search(.shortAndLong, limit: 8), width: 2, alpha: $0) }
        // The end is the most probable at once, and the best sentence begins with the second word after it.
        asked.append(Asked(Search(.tempting, limit: 6), width: 2, alpha: 3))
        for seed in 1...12 {
            let search = Search(.random(seed: UInt64(seed), words: 3 + seed % 3), limit: 6)
            for (width, alpha) in [(1, 0.0), (2, 0), (2, 0.6), (3, 1.5), (2, 3)] { asked.append(Asked(search, width: width, alpha: alpha)) }
        }
        asked.append(Asked(Search(.neverEnds, limit: 4), width: 2, alpha: 1))
        let got = try asked.map { try beam($0.search.next, end: $0.search.model.end, width: $0.width, alpha: $0.alpha, limit: $0.search.limit) }
        let expected = asked.map { $0.search.answer(width: $0.width, alpha: $0.alpha) }
        if let index = got.indices.first(where: { !got[$0].isSame(as: expected[$0]) }) {
            // A cause is named only if it explains every answer.
            let flaw = Flaw.allCases.first { flaw in
                got.indices.allSatisfy { got[$0].isSame(as: asked[$0].search.answer(width: asked[$0].width, alpha: asked[$0].alpha, flaw)) }
            }
            let ends = got.indices.contains { got[$0].tokens.contains(asked[$0].search.model.end) }
            throw Complaint("a beam of \(asked[index].width) with α = \(short(asked[index].alpha)) in \(asked[index].search),"
                + "\n  found     \(got[index])\n  expected  \(expected[index])",
                            cause: ends ? "the end token is among the words; it ends the sentence and is none of them" : flaw?.cause)
        }
        try checkProperties()
    }

    private static func checkProperties() throws {
        for seed in UInt64(41)...46 {
            let search = Search(.random(seed: seed, words: 3), limit: 5)
            // 2 words that go on, and so at most 2⁴ open beginnings before the last step.
            for alpha in [0, 0.8] {
                let wide = try beam(search.next, end: search.model.end, width: 32, alpha: alpha, limit: search.limit), best = search.exhaustive(alpha: alpha)
                try require(wide.isSame(as: best), "a beam of 32 with α = \(short(alpha)) in \(search), found \(wide); of all sentences the best is \(best)",
                            cause: "so wide a beam drops nothing, and must find what an exhaustive search finds")
            }
            let greedy = search.greedy, one = try beam(search.next, end: search.model.end, width: 1, alpha: 0, limit: search.limit)
            if greedy.isFinished {
                try require(one.isSame(as: greedy), "a beam of 1 without a penalty in \(search), found \(one), greedy search \(greedy)",
                            cause: "with one beginning and α = 0 they are the same search")
            }
        }
    }
}

// MARK: models

/// A model that is a function, with what a message calls it.
private struct Model: Sendable, CustomStringConvertible {
    let name: String
    let end: Int
    /// Ids, the end token among them.
    let words: Int
    let logs: @Sendable ([Int]) -> [Double]

    init(name: String, end: Int, words: Int, logs: @escaping @Sendable ([Int]) -> [Double]) {
        (self.name, self.end, self.words, self.logs) = (name, end, words, logs)
    }

    init(_ name: String, _ table: [[Int]: [Double]], otherwise: [Double]) {
        self.init(name: name, end: 0, words: otherwise.count) { prefix in (table[prefix] ?? otherwise).map { log($0) } }
    }

    var description: String { name }

    /// That of the exercise's head.
    static let example = Model("the example (0 is the end, 1 is a, 2 is b)",
                               [[]: [0.1, 0.5, 0.4], [1]: [0.4, 0.3, 0.3], [2]: [0.9, 0.05, 0.05]], otherwise: [0.8, 0.1, 0.1])
    static let shortAndLong = Model("a model where short sentences are more probable (0 is the end)",
                                    [[]: [0.05, 0.5, 0.45], [1]: [0.5, 0.3, 0.2], [2]: [0.1, 0.15, 0.75], [2, 2]: [0.1, 0.82, 0.08], [2, 2, 1]: [0.85, 0.1, 0.05]],
                                    otherwise: [0.4, 0.35, 0.25])
    static let tempting = Model("a model that tempts to end at once (0 is the end)", [[]: [0.4, 0.35, 0.25], [1]: [0.3, 0.4, 0.3], [2]: [0.96, 0.02, 0.02]],
                                otherwise: [0.2, 0.41, 0.39])
    static let endsAtOnce = Model("a model whose first word is the end (0)", [[]: [0.7, 0.2, 0.1]], otherwise: [0.2, 0.5, 0.3])
    static let neverEnds = Model("a model that never ends (0 is the end)", [[]: [0, 0.6, 0.4], [1]: [0, 0.3, 0.7]], otherwise: [0, 0.55, 0.45])

    /// Every beginning has a distribution of its own. The end is the last id, so that nobody relies on 0.
    static func random(seed: UInt64, words: Int) -> Model {
        Model(name: "random model \(seed) (\(words - 1) is the end)", end: words - 1, words: words) { prefix in
            var random = RandomSource(seed: prefix.reduce(seed &* 1000) { $0 &* 31 &+ UInt64(bitPattern: Int64($1)) &+ 7 })
            let scores = (0..<words).map { _ in exp(1.3 * random.normal()) }
            return scores.map { log($0 / scores.reduce(0, +)) }
        }
    }
}

/// A model and how far one may search in it.
private struct Search: Sendable, CustomStringConvertible {
    let model: Model
    let limit: Int

    init(_ model: Model, limit: Int) { (self.model, self.limit) = (model, limit) }

    var description: String { "\(model), limit \(limit)" }

    /// The model as the student sees it: it says so when it is asked what it must not be asked.
    func next(_ prefix: [Int]) throws -> [Double] {
        if prefix.contains(model.end) {
            throw Complaint("In \(self), the model was asked what follows \(prefix), where \(model.end) is the end token",
                            cause: "a finished sentence was not taken out of the search; nothing follows an end token")
        }
        if prefix.count >= limit {
            throw Complaint("In \(self), the model was asked for word \(prefix.count + 1)", cause: "the search went on after the limit, which counts steps")
        }
        return model.logs(prefix)
    }

    var greedy: FoundSentence { answer(width: 1, .greedy) }

    /// Written once more, with a known flaw on demand.
    func answer(width: Int, alpha: Double = 0, _ flaw: Flaw? = nil) -> FoundSentence {
        func penalty(_ length: Int) -> Double { pow((5 + Double(length)) / 6, alpha) }
        func score(_ logProbability: Double, words: Int, isFinished: Bool) -> Double {
            let length = words + (isFinished && flaw != .endNotCounted ? 1 : 0)
            return switch flaw {
            case .noPenalty, .greedy: logProbability
            case .multiplies: logProbability * penalty(length)
            case .perWord: logProbability / Double(max(1, length))
            case .ranksByProbability: exp(logProbability) / penalty(length)
            default: logProbability / penalty(length)
            }
        }
        let width = flaw == .oneBeginning ? 1 : width
        var open: [(tokens: [Int], logProbability: Double, isFinished: Bool)] = [([], 0, false)]
        var best: FoundSentence?
        func finish(_ tokens: [Int], _ logProbability: Double) {
            let score = score(logProbability, words: tokens.count, isFinished: true)
            let better = flaw == .keepsMostProbable ? logProbability > best?.logProbability ?? -.infinity : score > best?.score ?? -.infinity
            if better { best = FoundSentence(tokens, isFinished: true, logProbability: logProbability, score: score) }
        }
        for _ in 0..<limit {
            var all: [(tokens: [Int], logProbability: Double, isFinished: Bool)] = open.filter(\.isFinished)
            for beginning in open where !beginning.isFinished {
                for (word, log) in model.logs(beginning.tokens).enumerated() {
                    let total = beginning.logProbability + (flaw == .addsProbabilities ? exp(log) : log)
                    all.append((word == model.end ? beginning.tokens : beginning.tokens + [word], total, word == model.end))
                }
            }
            all.sort { $0.logProbability > $1.logProbability }
            open = []
            var taken = 0
            for choice in all where taken < width {
                if choice.isFinished {
                    finish(choice.tokens, choice.logProbability)
                    if flaw == .finishedTakesAPlace || flaw == .staysInTheBeam || flaw == .greedy { taken += 1 }
                    if flaw == .staysInTheBeam { open.append(choice) }
                } else {
                    taken += 1
                    open.append(choice)
                }
            }
            if open.allSatisfy(\.isFinished) || (best != nil && (flaw == .stopsAtTheFirst || flaw == .greedy)) { break }
        }
        if let best { return best }
        let first = open.first ?? ([], 0, false)
        return FoundSentence(first.tokens, isFinished: false, logProbability: first.logProbability,
                             score: score(first.logProbability, words: first.tokens.count, isFinished: false))
    }

    /// The best of all sentences that end within the limit.
    func exhaustive(alpha: Double = 0) -> FoundSentence {
        var best = FoundSentence([], isFinished: true, logProbability: -.infinity, score: -.infinity)
        func visit(_ tokens: [Int], _ logProbability: Double) {
            for (word, log) in model.logs(tokens).enumerated() where log > -.infinity {
                let total = logProbability + log
                if word == model.end {
                    let score = total / pow((6 + Double(tokens.count)) / 6, alpha)
                    if score > best.score { best = FoundSentence(tokens, isFinished: true, logProbability: total, score: score) }
                } else if tokens.count + 1 < limit {
                    visit(tokens + [word], total)
                }
            }
        }
        visit([], 0)
        return best
    }
}

private struct Asked: Sendable {
    let search: Search
    let width: Int
    let alpha: Double

    init(_ search: Search, width: Int, alpha: Double) { (self.search, self.width, self.alpha) = (search, width, alpha) }
}

/// What goes wrong in a beam search.
private enum Flaw: CaseIterable {
    case noPenalty, multiplies, perWord, endNotCounted, ranksByProbability, keepsMostProbable
    case addsProbabilities, stopsAtTheFirst, finishedTakesAPlace, staysInTheBeam, oneBeginning, greedy

    var cause: String {
        switch self {
        case .noPenalty: "log p is not divided by the length penalty, so that short sentences win"
        case .multiplies: "log p is multiplied by the length penalty; it is negative, so that long sentences fall even further"
        case .perWord: "log p is divided by |Y|; it is divided by lp(Y) = ((5 + |Y|) / 6)^α"
        case .endNotCounted: "|Y| counts the end token, as log p does"
        case .ranksByProbability: "the probability itself is divided by lp, and not its logarithm: a positive number that falls with the length"
        case .keepsMostProbable: "the most probable of the finished sentences is returned; the score decides"
        case .addsProbabilities: "probabilities were added up; probabilities multiply, and their logarithms add up"
        case .stopsAtTheFirst: "the search stops at the first finished sentence; an open one may still become better"
        case .finishedTakesAPlace: "a finished sentence takes a place in the beam, which gets narrower; `width` open ones are kept"
        case .staysInTheBeam: "a finished sentence stays in the beam, and competes for its places with the open ones; it shall leave"
        case .oneBeginning: "one beginning is carried along, whatever the width"
        case .greedy: "this is greedy search: one beginning, which ends with its first end token, and no length penalty"
        }
    }
}

extension FoundSentence {
    fileprivate func isSame(as other: FoundSentence) -> Bool {
        func near(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= 1e-9 * max(1, abs(b)) }
        return tokens == other.tokens && isFinished == other.isFinished && near(logProbability, other.logProbability) && near(score, other.score)
    }
}
