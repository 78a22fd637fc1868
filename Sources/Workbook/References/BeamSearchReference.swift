// What exercise 18 is checked against: models that are functions, and searches in them, right or with a known flaw.

import Foundation
import Randomness

/// A model that is a function, with what a message calls it.
struct SearchedModel: Sendable, CustomStringConvertible {
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
    static let example = SearchedModel(
        "the example (0 is the end, 1 is a, 2 is b)",
        [[]: [0.1, 0.5, 0.4], [1]: [0.4, 0.3, 0.3], [2]: [0.9, 0.05, 0.05]], otherwise: [0.8, 0.1, 0.1])
    static let shortAndLong = SearchedModel(
        "a model where short sentences are more probable (0 is the end)",
        [
            []: [0.05, 0.5, 0.45], [1]: [0.5, 0.3, 0.2], [2]: [0.1, 0.15, 0.75], [2, 2]: [0.1, 0.82, 0.08],
            [2, 2, 1]: [0.85, 0.1, 0.05],
        ],
        otherwise: [0.4, 0.35, 0.25])
    static let tempting = SearchedModel(
        "a model that tempts to end at once (0 is the end)",
        [[]: [0.4, 0.35, 0.25], [1]: [0.3, 0.4, 0.3], [2]: [0.96, 0.02, 0.02]], otherwise: [0.2, 0.41, 0.39])
    static let endsAtOnce = SearchedModel(
        "a model whose first word is the end (0)", [[]: [0.7, 0.2, 0.1]], otherwise: [0.2, 0.5, 0.3])
    static let neverEnds = SearchedModel(
        "a model that never ends (0 is the end)", [[]: [0, 0.6, 0.4], [1]: [0, 0.3, 0.7]], otherwise: [0, 0.55, 0.45])

    /// Every beginning has a distribution of its own. The end is the last id, so that nobody relies on 0.
    static func random(seed: UInt64, words: Int) -> SearchedModel {
        SearchedModel(name: "random model \(seed) (\(words - 1) is the end)", end: words - 1, words: words) { prefix in
            var random = RandomSource(
                seed: prefix.reduce(seed &* 1000) { $0 &* 31 &+ UInt64(bitPattern: Int64($1)) &+ 7 })
            let scores = (0..<words).map { _ in exp(1.3 * random.normal()) }
            return scores.map { log($0 / scores.reduce(0, +)) }
        }
    }
}

/// A model and how far one may search in it.
struct SearchProblem: Sendable, CustomStringConvertible {
    let model: SearchedModel
    let limit: Int

    init(_ model: SearchedModel, limit: Int) { (self.model, self.limit) = (model, limit) }

    var description: String { "\(model), limit \(limit)" }

    /// The model as the student sees it: it says so when it is asked what it must not be asked.
    func next(_ prefix: [Int]) throws -> [Double] {
        if prefix.contains(model.end) {
            throw CheckFailure(
                "In \(self), the model was asked what follows \(prefix), where \(model.end) is the end token",
                cause: "a finished sentence was not taken out of the search; nothing follows an end token")
        }
        if prefix.count >= limit {
            throw CheckFailure(
                "In \(self), the model was asked for word \(prefix.count + 1)",
                cause: "the search went on after the limit, which counts steps")
        }
        return model.logs(prefix)
    }

    var greedy: FoundSentence { answer(width: 1, .greedy) }

    /// Beam search written once more, with a known flaw on demand.
    func answer(width: Int, alpha: Double = 0, _ flaw: SearchFlaw? = nil) -> FoundSentence {
        let places = flaw == .oneBeginning ? 1 : width
        var open = [PartialHypothesis()], best: FoundSentence?
        for _ in 0..<limit {
            let choices = continuations(of: open, flaw)
            open = []
            var taken = 0
            for choice in choices where taken < places {
                if choice.isFinished {
                    let found = ranked(choice, alpha, flaw)
                    let isBetter =
                        flaw == .keepsMostProbable
                        ? found.logProbability > best?.logProbability ?? -.infinity
                        : found.score > best?.score ?? -.infinity
                    if isBetter { best = found }
                    if flaw == .finishedTakesAPlace || flaw == .staysInTheBeam || flaw == .greedy { taken += 1 }
                    if flaw == .staysInTheBeam { open.append(choice) }
                } else {
                    taken += 1
                    open.append(choice)
                }
            }
            if open.allSatisfy(\.isFinished) || (best != nil && (flaw == .stopsAtTheFirst || flaw == .greedy)) { break }
        }
        return best ?? ranked(open.first ?? PartialHypothesis(), alpha, flaw)
    }

    /// Every beginning with every word behind it, the most probable first. What is finished stays as it is; only a flaw
    /// keeps it.
    private func continuations(of open: [PartialHypothesis], _ flaw: SearchFlaw?) -> [PartialHypothesis] {
        let longer = open.filter { !$0.isFinished }.flatMap { beginning in
            model.logs(beginning.tokens).enumerated().map { word, log in
                let isEnd = word == model.end,
                    total = beginning.logProbability + (flaw == .addsProbabilities ? exp(log) : log)
                return PartialHypothesis(
                    tokens: beginning.tokens + (isEnd ? [] : [word]), logProbability: total, isFinished: isEnd)
            }
        }
        return (open.filter(\.isFinished) + longer).sorted { $0.logProbability > $1.logProbability }
    }

    private func ranked(_ sentence: PartialHypothesis, _ alpha: Double, _ flaw: SearchFlaw?) -> FoundSentence {
        let length = sentence.tokens.count + (sentence.isFinished && flaw != .endNotCounted ? 1 : 0)
        let logProbability = sentence.logProbability, penalty = pow((5 + Double(length)) / 6, alpha)
        let score =
            switch flaw {
            case .noPenalty, .greedy: logProbability
            case .multiplies: logProbability * penalty
            case .perWord: logProbability / Double(max(1, length))
            case .ranksByProbability: exp(logProbability) / penalty
            default: logProbability / penalty
            }
        return FoundSentence(
            sentence.tokens, isFinished: sentence.isFinished, logProbability: logProbability, score: score)
    }

    /// The best of all sentences that end within the limit.
    func exhaustive(alpha: Double = 0) -> FoundSentence {
        var best = FoundSentence([], isFinished: true, logProbability: -.infinity, score: -.infinity)
        func visit(_ tokens: [Int], _ logProbability: Double) {
            for (word, log) in model.logs(tokens).enumerated() where log > -.infinity {
                let total = logProbability + log
                if word == model.end {
                    let score = total / pow((6 + Double(tokens.count)) / 6, alpha)
                    if score > best.score {
                        best = FoundSentence(tokens, isFinished: true, logProbability: total, score: score)
                    }
                } else if tokens.count + 1 < limit {
                    visit(tokens + [word], total)
                }
            }
        }
        visit([], 0)
        return best
    }
}

/// What a beam holds.
private struct PartialHypothesis {
    /// Without the end token.
    var tokens: [Int] = []
    var logProbability = 0.0
    var isFinished = false
}

/// What goes wrong in a beam search.
enum SearchFlaw: CaseIterable {
    case noPenalty, multiplies, perWord, endNotCounted, ranksByProbability, keepsMostProbable
    case addsProbabilities, stopsAtTheFirst, finishedTakesAPlace, staysInTheBeam, oneBeginning, greedy

    var cause: String {
        switch self {
        case .noPenalty: "log p is not divided by the length penalty, so that short sentences win"
        case .multiplies:
            "log p is multiplied by the length penalty; it is negative, so that long sentences fall even further"
        case .perWord: "log p is divided by |Y|; it is divided by lp(Y) = ((5 + |Y|) / 6)^α"
        case .endNotCounted: "|Y| counts the end token, as log p does"
        case .ranksByProbability:
            "the probability itself is divided by lp, and not its logarithm: a positive number that falls with the length"
        case .keepsMostProbable: "the most probable of the finished sentences is returned; the score decides"
        case .addsProbabilities: "probabilities were added up; probabilities multiply, and their logarithms add up"
        case .stopsAtTheFirst: "the search stops at the first finished sentence; an open one may still become better"
        case .finishedTakesAPlace:
            "a finished sentence takes a place in the beam, which gets narrower; `width` open ones are kept"
        case .staysInTheBeam:
            "a finished sentence stays in the beam, and competes for its places with the open ones; it shall leave"
        case .oneBeginning: "one beginning is carried along, whatever the width"
        case .greedy: "this is greedy search: one beginning, which ends with its first end token, and no length penalty"
        }
    }
}
