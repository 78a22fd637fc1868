// Beam search: the `width` best beginnings are kept at every step.
// Length and coverage penalties of Wu et al. 2016, "Google's neural machine translation system", §7, eq. 14.

import Corpora
import Foundation
import TensorCore

public struct BeamSettings: Sendable, Codable, Equatable {
    /// Beginnings kept at each step; 1 is greedy search.
    public var width = 4
    /// How many finished translations to return.
    public var best = 1
    /// α of the length penalty ((5 + |Y|) / 6)^α; 0 ranks by probability alone and so prefers short sentences.
    public var lengthPenalty = 0.6
    /// β of the coverage penalty β Σᵢ log min(Σ_t α_tᵢ, 1); 0 leaves it out.
    public var coveragePenalty = 0.0
    public var limit = LengthLimit()

    public init(width: Int = 4, best: Int = 1, lengthPenalty: Double = 0.6, coveragePenalty: Double = 0) {
        self.width = width
        self.best = best
        self.lengthPenalty = lengthPenalty
        self.coveragePenalty = coveragePenalty
    }
}

/// A beginning of a translation that is still open.
private struct PartialHypothesis {
    var tokens: [Int] = []
    var logProbability = 0.0
    var weights: [[Double]] = []
}

/// One way to go on: which beginning, with which word.
private struct Continuation {
    let parent: Int
    let word: Int
    let logProbability: Double
}

extension TranslationModel {
    /// The best translations of one sentence, best first.
    ///
    /// - Complexity: a decoder step with `width` rows for each produced word.
    public func beam(_ source: [Int], _ settings: BeamSettings) throws -> [Hypothesis] {
        try beam(SourceSentences(source, lengths: [source.count]), settings)
    }

    /// - Parameter sentence: one.
    public func beam(_ sentence: SourceSentences, _ settings: BeamSettings) throws -> [Hypothesis] {
        try parameters.tape.withoutRecording {
            try BeamSearch.translations(by: beginDecoding(encode(sentence)), source: sentence.ids.count, settings)
        }
    }
}

/// The beginnings of one sentence, and what has come to its end.
struct BeamSearch {
    private let settings: BeamSettings, width: Int
    /// Words of the source.
    private let source: Int
    private var run: any DecodingRun
    private var open = [PartialHypothesis()], finished: [Hypothesis] = []
    /// Of each open beginning, the one that it goes on with.
    private var parents: [Int] = []

    private init(_ run: any DecodingRun, source: Int, _ settings: BeamSettings) {
        (self.run, self.source, self.settings) = (run, source, settings)
        width = max(1, settings.width, settings.best)
    }

    /// Of the sentence that a run has begun with, best first.
    static func translations(
        by run: any DecodingRun, source length: Int, _ settings: BeamSettings
    ) throws -> [Hypothesis] {
        var search = BeamSearch(run, source: length, settings)
        for _ in 0..<settings.limit.steps(source: length) {
            try search.extend()
            if search.isOver { break }
            try search.fork()
        }
        return search.best()
    }

    /// One more word for the best beginnings.
    private mutating func extend() throws {
        try run.read(open.map { $0.tokens.last ?? Vocabulary.begin })
        var next: [PartialHypothesis] = []
        parents = []
        for choice in try continuations(run.scores(), atMost: 2 * width) where next.count < width {
            var beginning = open[choice.parent]
            beginning.logProbability = choice.logProbability
            let row = run.alignmentRow(choice.parent, word: choice.word, length: source)
            if choice.word == Vocabulary.end {
                finished.append(hypothesis(beginning, end: row))
                continue
            }
            beginning.tokens.append(choice.word)
            beginning.weights.append(row)
            next.append(beginning)
            parents.append(choice.parent)
        }
        open = next
    }

    private var isOver: Bool {
        // Greedy search ends with its first end token, however much the penalty would favour going on.
        if width == 1 && !finished.isEmpty { return true }
        return open.isEmpty || (finished.count >= settings.best && isSettled)
    }

    /// Gives every beginning the state of the one that it goes on with.
    private mutating func fork() throws { try run.gather(parents) }

    private func best() -> [Hypothesis] {
        // A sentence cut off by the limit is better than none.
        let all = finished + (finished.count < settings.best ? open.map { hypothesis($0, end: nil) } : [])
        let ranked = all.enumerated().sorted { ($0.element.score, -$0.offset) > ($1.element.score, -$1.offset) }
        return Array(ranked.map(\.element).prefix(settings.best))
    }

    /// The most probable continuations of all beginnings together, best first; ties go to the earlier beginning and the
    /// lower id.
    private func continuations(_ scores: Tensor, atMost count: Int) throws -> [Continuation] {
        let logits = scores.values, normalisers = try scores.logSumExp()
        let vocabulary = scores.shape.last
        var all: [Continuation] = []
        for (b, beginning) in open.enumerated() {
            let row = logits[b * vocabulary..<(b + 1) * vocabulary]
            let words = (0..<vocabulary).filter { $0 != Vocabulary.pad && $0 != Vocabulary.begin }
            let best = words.sorted { (row[row.startIndex + $0], $1) > (row[row.startIndex + $1], $0) }.prefix(count)
            all += best.map {
                let logProbability = beginning.logProbability + Double(row[row.startIndex + $0]) - normalisers[b]
                return Continuation(parent: b, word: $0, logProbability: logProbability)
            }
        }
        let ranked = all.sorted { ($0.logProbability, $1.parent, $1.word) > ($1.logProbability, $0.parent, $0.word) }
        return Array(ranked.prefix(count))
    }

    private func hypothesis(_ beginning: PartialHypothesis, end: [Double]?) -> Hypothesis {
        let length = beginning.tokens.count + (end == nil ? 0 : 1)
        let rows = beginning.weights + (end.map { [$0] } ?? [])
        let coverage =
            settings.coveragePenalty == 0
            ? 0
            : (0..<source).reduce(0.0) { total, i in
                total + log(min(max(rows.reduce(0) { $0 + $1[i] }, 1e-12), 1))
            }
        return Hypothesis(
            tokens: beginning.tokens, logProbability: beginning.logProbability,
            score: beginning.logProbability / penalty(length) + settings.coveragePenalty * coverage,
            weights: beginning.weights, endWeights: end)
    }

    private func penalty(_ length: Int) -> Double { pow((5 + Double(length)) / 6, settings.lengthPenalty) }

    /// Whether no open beginning can still beat the worst of the finished ones that will be returned. Probability only
    /// falls and the penalty is largest at the length limit, so their quotient bounds what is to come; coverage adds at
    /// most 0.
    private var isSettled: Bool {
        let kept = finished.map(\.score).sorted(by: >).prefix(settings.best)
        guard let worst = kept.last, let hopeful = open.map(\.logProbability).max() else { return true }
        let longest = open.first.map { settings.limit.steps(source: $0.weights.first?.count ?? 0) } ?? 0
        return hopeful / penalty(max(longest, 1)) <= worst
    }
}
