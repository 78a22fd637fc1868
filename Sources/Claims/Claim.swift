// A claim of teaching texts, and the rule by which measurements decide on it. The rule stands in the code, the same for
// any results.

import Experiments

public struct Claim: Sendable {
    /// What `attention claims` calls it.
    public let name: String
    /// As teaching texts put it.
    public let text: String
    /// Where it comes from, as far as a paper says it.
    public let source: String
    public let basis: Basis
    /// The rule in words, with its thresholds. Where it speaks of an interval, all seeds and each half of them must say
    /// so (see `PartRule`).
    public let rule: String
    /// The rule.
    let judge: @Sendable (ClaimEvidence) throws -> Judgement

    public enum Basis: Sendable, Equatable {
        /// Trainings of a built-in experiment, by its name, and of so many seeds that each half of them can answer.
        case experiment(String, seeds: Int)
        /// Figures that are taken at once, and what they are.
        case measurement(String)
    }

    init(
        _ name: String, _ text: String, source: String, basis: Basis, rule: String,
        judge: @escaping @Sendable (ClaimEvidence) throws -> Judgement
    ) {
        (self.name, self.text, self.source, self.basis, self.judge) = (name, text, source, basis, judge)
        self.rule = rule + " " + Verdict.rule
    }

    /// The built-in experiment that it is judged by.
    public var experiment: String? { if case .experiment(let name, _) = basis { name } else { nil } }

    /// How many seeds of it are trained where none are asked for; nil for measurements.
    public var seeds: Int? { if case .experiment(_, let seeds) = basis { seeds } else { nil } }

    /// In the order of the table.
    public static let all: [Claim] = [
        attentionGain, longSentences, scoreSpeed, similarScores, additiveExpressive, scaling, keysOnce, feedingHelps,
        coverageRepeats, renormalisingStable, whereWeightsPoint, weightsExplain, copying, sparseAligns, headsBeatOne,
        coverageLoss, supervisedAligns, hardAsGood, additiveByBody,
        localAttention, monotonicOrder, headsFollowSyntax, hierarchyHelps, pointsAtEvidence, hardIsSharper,
        locationForSpeech,
    ]
}
