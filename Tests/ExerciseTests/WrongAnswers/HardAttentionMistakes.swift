// What students hand in for exercise 23, and what is published.

import Foundation
import Solutions
import Workbook

let hardAttentionMistakes = [
    Wrong(MeanOfLogarithms.self, "the mixture", says: "the mean of the logarithms"),
    Wrong(AsProbabilities.self, "the mixture", says: "mixed as probabilities"),
    Wrong(AddsALittle.self, "the mixture", says: "a small number was added to every weight"),
    Wrong(WithoutPrior.self, "the mixture", says: "the prior is missing"),
    Wrong(ThePrior.self, "the posterior", says: "this is the prior"),
    Wrong(WithoutPrior.self, "the posterior", says: "the prior is missing"),
    Wrong(AsProbabilities.self, "the posterior", says: "too small to be mixed"),
    Wrong(MostLikely.self, "the posterior", says: "the most likely word"),
    Wrong(OtherSign.self, "the gradient of the scores", says: "posterior - prior"),
    Wrong(Padded.self, "the gradient of the scores", says: "the padding takes part"),
    Wrong(OfTheBound.self, "the gradient of the scores", says: "that of sampled words"),
    Wrong(ThroughSoftmaxTwice.self, "the gradient of the scores", says: "multiplied by α"),
    Wrong(PriorShares.self, "the gradient of the logits", says: "it is the posterior"),
    Wrong(EveryOne.self, "the gradient of the logits", says: "the shares ρ are missing"),
    Wrong(OtherSign.self, "the gradient of the logits", says: "the sign"),
    Wrong(Exact.self, "the bound", says: "this is the exact L"),
    Wrong(ZeroTimesInfinity.self, "the bound", says: "0 · −∞"),
    Wrong(MixedLogits.self, "the next word", says: "the logits were mixed"),
    Wrong(LargestWeight.self, "the next word", says: "the word with the largest weight"),
]

private typealias Solution = Solutions.Exercise23

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: HardAttentionAnswers {}

extension Otherwise {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        try Solution.logMixture(logPrior: logPrior, logLikelihood: logLikelihood)
    }
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] {
        try Solution.posterior(logPrior: logPrior, logLikelihood: logLikelihood)
    }
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        try Solution.scoreGradient(scores: scores, logLikelihood: logLikelihood, length: length)
    }
    static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]] {
        try Solution.logitGradient(logits: logits, word: word, prior: prior)
    }
    static func sampledLoss(prior: [Double], logLikelihood: [Double]) throws -> Double {
        try Solution.sampledLoss(prior: prior, logLikelihood: logLikelihood)
    }
    static func nextWord(prior: [Double], logits: [[Double]]) throws -> Int {
        try Solution.nextWord(prior: prior, logits: logits)
    }
}

private enum MeanOfLogarithms: Otherwise {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        zip(logPrior, logLikelihood).reduce(0) { $0 + exp($1.0) * $1.1 }
    }
}

private enum AsProbabilities: Otherwise {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        log(zip(logPrior, logLikelihood).reduce(0) { $0 + exp($1.0) * exp($1.1) })
    }
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] {
        let joint = zip(logPrior, logLikelihood).map { exp($0) * exp($1) }
        return joint.map { $0 / joint.reduce(0, +) }
    }
}

private enum AddsALittle: Otherwise {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        log(zip(logPrior, logLikelihood).reduce(0) { $0 + (exp($1.0) + 1e-7) * exp($1.1) })
    }
}

private enum WithoutPrior: Otherwise {
    static func logMixture(logPrior: [Double], logLikelihood: [Double]) throws -> Double {
        try Solution.logMixture(logPrior: logPrior.map { _ in 0 }, logLikelihood: logLikelihood)
    }
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] {
        try Solution.posterior(logPrior: logPrior.map { _ in 0 }, logLikelihood: logLikelihood)
    }
}

private enum ThePrior: Otherwise {
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] { logPrior.map { exp($0) } }
}

private enum MostLikely: Otherwise {
    static func posterior(logPrior: [Double], logLikelihood: [Double]) throws -> [Double] {
        let rho = try Solution.posterior(logPrior: logPrior, logLikelihood: logLikelihood)
        let best = rho.firstIndex(of: rho.max() ?? 0)
        return rho.indices.map { $0 == best ? 1 : 0 }
    }
}

private enum OtherSign: Otherwise {
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        try Solution.scoreGradient(scores: scores, logLikelihood: logLikelihood, length: length).map { -$0 }
    }
    static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]] {
        try Solution.logitGradient(logits: logits, word: word, prior: prior).map { $0.map { -$0 } }
    }
}

private enum Padded: Otherwise {
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        try Solution.scoreGradient(scores: scores, logLikelihood: logLikelihood, length: scores.count)
    }
}

private enum OfTheBound: Otherwise {
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        let prior = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        let mean = Plain.dot(prior, logLikelihood)
        return zip(prior, logLikelihood).map { -$0 * ($1 - mean) }
    }
}

private enum ThroughSoftmaxTwice: Otherwise {
    static func scoreGradient(scores: [Double], logLikelihood: [Double], length: Int) throws -> [Double] {
        let prior = Plain.softmax(scores, mask: scores.indices.map { $0 < length })
        return try zip(prior, Solution.scoreGradient(scores: scores, logLikelihood: logLikelihood, length: length)).map
        {
            $0 * $1
        }
    }
}

/// The rows of logits, each with a share.
private func gradient(_ logits: [[Double]], _ word: Int, _ shares: [Double]) -> [[Double]] {
    zip(shares, logits).map { share, row in
        Plain.softmax(row).enumerated().map { share * ($1 - ($0 == word ? 1 : 0)) }
    }
}

private enum PriorShares: Otherwise {
    static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]] {
        gradient(logits, word, prior)
    }
}

private enum EveryOne: Otherwise {
    static func logitGradient(logits: [[Double]], word: Int, prior: [Double]) throws -> [[Double]] {
        gradient(logits, word, prior.map { _ in 1 })
    }
}

private enum Exact: Otherwise {
    static func sampledLoss(prior: [Double], logLikelihood: [Double]) throws -> Double {
        try -Solution.logMixture(logPrior: prior.map { log($0) }, logLikelihood: logLikelihood)
    }
}

private enum ZeroTimesInfinity: Otherwise {
    static func sampledLoss(prior: [Double], logLikelihood: [Double]) throws -> Double {
        -Plain.dot(prior, logLikelihood)
    }
}

private enum MixedLogits: Otherwise {
    static func nextWord(prior: [Double], logits: [[Double]]) throws -> Int {
        let mixed = Plain.weightedSum(prior, of: logits)
        return mixed.firstIndex(of: mixed.max() ?? 0) ?? 0
    }
}

private enum LargestWeight: Otherwise {
    static func nextWord(prior: [Double], logits: [[Double]]) throws -> Int {
        let row = logits[prior.firstIndex(of: prior.max() ?? 0) ?? 0]
        return row.firstIndex(of: row.max() ?? 0) ?? 0
    }
}
