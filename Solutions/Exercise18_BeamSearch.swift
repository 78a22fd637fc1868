// Exercise 18 · from greedy to beam search
//
//     score(Y) = log p(Y) / lp(Y),   lp(Y) = ((5 + |Y|) / 6)^α         Wu et al. 2016, §7
//
// A decoder only says how probable each next word is after some beginning. Which sentence is the most probable as a
// whole? Greedy search takes the best word at every step and never looks back; a good first word may lead nowhere good.
// Beam search carries the `width` best beginnings along, and so may find that the second-best first word was the better
// one.
//
// Every word more makes a sentence less probable, so that plain probability prefers sentences that stop early. The
// length penalty corrects that: both the numerator (negative) and the denominator grow with the length. α = 0 is no
// correction.
//
//     A model of two words a and b:        end    a     b          greedy  a, end: p = 0.5 · 0.4 = 0.20
//       at the beginning                   0.1   0.5   0.4         beam    b, end: p = 0.4 · 0.9 = 0.36
//       after a                            0.4   0.3   0.3
//       after b                            0.9   0.05  0.05        α = 1: score(b, end) = log 0.36 / (7/6) = −0.876, since
//       after anything else                0.8   0.1   0.1         |Y| = 2: the end token counts, as it does in log p
//
// Here a model is a function from a beginning (the ids so far) to the logarithms of the next word's probabilities, one
// for each id. One id means "end"; −∞ says that a word is impossible. The library's own is
// `Sources/Seq2Seq/Search/BeamSearch.swift`. What is found is given back as FoundSentence(tokens, isFinished: true,
// logProbability: log p, score: score), with isFinished: false where the limit cut it off.
//
// Lesson  Notebooks-md/07_ContextFeedingTiming.md
// Check   swift test --filter Exercise18
// Hints   swift run attention exercises hint 18

import Foundation
public import Workbook

public enum Exercise18: BeamSearchAnswers {
    /// The most probable word at every step, until that is the end token.
    ///
    /// - Parameters:
    ///   - next: the model; give it the words so far, without the end token, and it gives log p of each id.
    ///   - end: the id of the end token.
    ///   - limit: at most so many steps, at least one. Do not ask the model for more: it may never say "end".
    /// - Returns: the words without the end token, Σ log p with it, and as the score the same number.
    public static func greedy(_ next: ([Int]) throws -> [Double], end: Int, limit: Int) throws -> FoundSentence {
        // gap: throw Unfinished("greedy search")
        var tokens: [Int] = [], logProbability = 0.0
        for _ in 0..<limit {
            let logs = try next(tokens)
            guard let word = logs.indices.max(by: { logs[$0] < logs[$1] }) else { break }
            logProbability += logs[word]
            if word == end {
                return FoundSentence(tokens, isFinished: true, logProbability: logProbability, score: logProbability)
            }
            tokens.append(word)
        }
        return FoundSentence(tokens, isFinished: false, logProbability: logProbability, score: logProbability)
        // end of gap
    }

    /// A model, other than the one above, where greedy search is wrong and a beam of 2 finds the most probable
    /// sentence.
    ///
    /// - Returns: probabilities of the ids 0 (end), 1 and 2 after some beginnings, each row summing to 1. After a
    ///   beginning that is not in the table, the sentence ends: 1, 0, 0.
    public static func misleadingModel() throws -> [[Int]: [Double]] {
        // gap: throw Unfinished("a model that misleads greedy search")
        // Word 1 is the better beginning, but what follows it is spread out: 0.6 · 0.4 < 0.4 · 1.
        [[]: [0, 0.6, 0.4], [1]: [0.4, 0.3, 0.3]]
        // end of gap
    }

    /// - Parameters:
    ///   - length: |Y|, the words and the end token.
    ///   - alpha: α, at least 0.
    /// - Returns: lp, 1 for a length of 1.
    public static func lengthPenalty(_ length: Int, alpha: Double) throws -> Double {
        // gap: throw Unfinished("the length penalty")
        pow((5 + Double(length)) / 6, alpha)
        // end of gap
    }

    /// The finished sentence with the best score that a beam comes across.
    ///
    /// At every step, each of the open beginnings is continued with each word, and the continuations are gone through
    /// from the most probable to the least, until `width` beginnings are open again. One that ends is finished: it
    /// leaves the beam, takes no place in it, and is scored. The rest are the open beginnings of the next step.
    /// (Beginnings of one step are equally long, so their log-probabilities can be compared as they are; the checks
    /// have no ties.)
    ///
    /// - Parameters:
    ///   - next, end, limit: as for `greedy`.
    ///   - width: at least one.
    ///   - alpha: of the length penalty.
    /// - Returns: the finished one with the best score. Where none has finished after `limit` steps, the most probable
    ///   open one; its
    ///   |Y| is the number of its words, for it has no end token.
    public static func beam(
        _ next: ([Int]) throws -> [Double], end: Int, width: Int, alpha: Double, limit: Int
    ) throws -> FoundSentence {
        // gap: throw Unfinished("beam search")
        var open: [(tokens: [Int], logProbability: Double)] = [([], 0)]
        var best: FoundSentence?
        for _ in 0..<limit {
            var continuations: [(parent: Int, word: Int, logProbability: Double)] = []
            for (parent, beginning) in open.enumerated() {
                for (word, log) in try next(beginning.tokens).enumerated() {
                    continuations.append((parent, word, beginning.logProbability + log))
                }
            }
            continuations.sort { $0.logProbability > $1.logProbability }

            var stillOpen: [(tokens: [Int], logProbability: Double)] = []
            for choice in continuations where stillOpen.count < width {
                let tokens = open[choice.parent].tokens
                if choice.word == end {
                    let score = try choice.logProbability / lengthPenalty(tokens.count + 1, alpha: alpha)
                    if score > best?.score ?? -.infinity {
                        best = FoundSentence(
                            tokens, isFinished: true, logProbability: choice.logProbability, score: score)
                    }
                } else {
                    stillOpen.append((tokens + [choice.word], choice.logProbability))
                }
            }
            open = stillOpen
            // Probability only falls, and the penalty is largest at the limit: their quotient bounds what an open
            // beginning can still become. Only when that is too little may the search stop; the first finished sentence
            // is no reason to.
            if let best, let hope = open.first,
                try hope.logProbability / lengthPenalty(limit, alpha: alpha) <= best.score
            {
                break
            }
        }
        if let best { return best }
        let (tokens, logProbability) = open.first ?? ([], 0)
        return try FoundSentence(
            tokens, isFinished: false, logProbability: logProbability,
            score: logProbability / lengthPenalty(tokens.count, alpha: alpha))
        // end of gap
    }
}
