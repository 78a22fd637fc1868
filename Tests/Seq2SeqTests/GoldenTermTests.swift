// Every term of the loss against numbers from PyTorch: value and gradient of the scores, in one part and in several.

import AttentionScorers
import Corpora
import Foundation
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// PyTorch's case → ours.
private let cases: [String: TermKind] = [
    "coverage-loss": .coverage, "supervised-cross-entropy": .supervised, "supervised-mass": .supervisedMass,
    "entropy": .entropy, "doubly-stochastic": .doublyStochastic,
]

/// Sentences of a golden case, with their weights on the tape.
private struct GoldenBatch {
    let parameters = Parameters()
    let scores: Tensor
    let pairs: [EncodedPair]
    private let lengths: [Int]

    init(_ golden: Golden) throws {
        let shape = try golden["inputs"]["scores"].shape, steps = shape[0], source = shape[2]
        var builder = ParameterBuilder(parameters, seed: 1)
        scores = builder.uniform("scores", Shape(shape), bound: 1)
        try parameters.set("scores", to: golden["inputs"]["scores"].scalars)
        lengths = try golden["lengths"].integers
        let targets = try golden.keys.contains("target_lengths") ? golden["target_lengths"].integers : nil
        let links = try golden.keys.contains("links") ? golden["links"].numbers : []
        let count = lengths.count
        pairs = try lengths.enumerated().map { b, length in
            let sure =
                links.isEmpty
                ? []
                : (0..<steps).flatMap { t in
                    (0..<source).filter { links[(t * count + b) * source + $0] > 0 }.map { Link($0, t) }
                }
            // The end of a sentence is its last target word; where the case says nothing, all its steps are words.
            let target = [Int](repeating: 9, count: targets.map { $0[b] - 1 } ?? steps)
            return try EncodedPair(
                source: [Int](repeating: 9, count: length), target: target, gold: GoldAlignment(sure: Set(sure)))
        }
    }

    /// What a part sees: its rows alone, padded no wider than it needs.
    func seen(_ rows: [Int]) throws -> TaughtBatch {
        let batch = try Batch(rows.map { pairs[$0] })
        let weights = try (0..<scores.shape[0]).map { t in
            try scores.slice(t).gathered(rows).columns(0..<batch.sourceWidth).maskedSoftmax(
                lengths: rows.map { lengths[$0] })
        }
        return TaughtBatch(batch: batch, weights: weights, progress: TrainingProgress(step: 0, steps: 1))
    }

    func loss(_ kind: TermKind, parts: [[Int]]) throws -> Tensor {
        let totals = try BatchTotals(Batch(pairs)), list: TermList = [kind: 1]
        return try parts.reduce(Tensor.zeros([1], near: scores)) { sum, rows in
            let term = try #require(try list.computed(seen(rows)).first)
            return try sum + term.sum.scaled(by: 1 / Scalar(totals.count(term.unit)))
        }
    }
}

@Suite("Golden terms") struct GoldenTermTests {
    @Test(
        "value and gradient agree with PyTorch, in one part and in several", arguments: cases.keys.sorted(),
        [[[0, 1, 2]], [[0, 2], [1]], [[0], [1], [2]]])
    func agrees(name: String, parts: [[Int]]) throws {
        let golden = try Golden.family(name), kind = try #require(cases[name])
        let batch = try GoldenBatch(golden)
        let loss = try batch.loss(kind, parts: parts)
        if let message = try disagreement(name, loss.values, [golden["loss"]].map { Scalar($0.number) }) {
            Issue.record(Comment(rawValue: message))
        }
        try batch.parameters.tape.backward(from: loss)
        if let message = try disagreement(
            "gradient of \(name)", batch.scores.gradient, golden["gradients"]["scores"].scalars)
        {
            Issue.record(Comment(rawValue: message))
        }
    }

    @Test("weights of exactly 0 leave every term and every slope finite", arguments: TermKind.allCases)
    func zeros(kind: TermKind) throws {
        let golden = try Golden.family("supervised-cross-entropy"), batch = try GoldenBatch(golden)
        let whole = try Batch(batch.pairs)
        let weights = try (0..<batch.scores.shape[0]).map { t in
            // So far apart that each word looks at one: many links get no weight.
            try batch.scores.slice(t).scaled(by: 20).sparsemax(lengths: whole.sourceLengths)
        }
        #expect(weights.contains { $0.values.contains(1) })
        let seen = TaughtBatch(batch: whole, weights: weights, progress: TrainingProgress(step: 0, steps: 1))
        let term = try #require(try TermList([kind: 1]).computed(seen).first)
        #expect(try term.sum.item().isFinite)
        try batch.parameters.tape.backward(from: term.sum)
        #expect(batch.scores.gradient.allSatisfy { $0.isFinite })
    }

    @Test("in exact numbers: one sentence of two words that is read twice")
    func byHand() throws {
        // α₀ = (¾, ¼), α₁ = (½, ½) of the only sentence, whose words are linked with both, with the first, with none.
        let weights = [[0.75, 0.25], [0.5, 0.5], [1, 0]] as [[Scalar]]
        let pair = try EncodedPair(
            source: [9, 9], target: [9, 9], gold: GoldAlignment(sure: [Link(0, 0), Link(1, 0), Link(0, 1)]))
        let seen = try TaughtBatch(
            batch: Batch([pair]), weights: weights.map { try Tensor($0, shape: [1, 2]) },
            progress: TrainingProgress(step: 0, steps: 1))
        func expect(_ kind: TermKind, _ value: Double) throws {
            let sum = try #require(try TermList([kind: 1]).computed(seen).first).sum.item()
            #expect(agree(sum, Scalar(value), of: 10), "\(kind)")
        }
        // min(½, ¾) + min(½, ¼), then min(1, 1¼) + min(0, ¾).
        try expect(.coverage, 0.75 + 1)
        // −½ log ¾ − ½ log ¼ − log ½, and 0 − log ½; the end of the sentence has no link.
        try expect(.supervised, -log(0.75) / 2 - log(0.25) / 2 - log(0.5))
        try expect(.supervisedMass, -log(0.5))
        try expect(.entropy, -0.75 * log(0.75) - 0.25 * log(0.25) - log(0.5))
        // Looked at 2¼ times, and ¾ times.
        try expect(.doublyStochastic, 1.25 * 1.25 + 0.25 * 0.25)
        #expect(BatchTotals(seen.batch).count(.linkedWord) == 2)
    }
}
