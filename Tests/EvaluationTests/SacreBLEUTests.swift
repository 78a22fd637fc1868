// BLEU, chrF and the 13a tokeniser against what sacreBLEU says about the same lines.
// Generator: Goldens/make_bleu_goldens.py (its header has the version and the seed).

import Corpora
import Foundation
import Testing

@testable import Evaluation

private struct Goldens: Decodable {
    struct Case: Decodable {
        struct Figures: Decodable {
            let score: Double
            let precisions: [Double]
            let penalty: Double
            let lengths, correct, total: [Int]
            let signature: String
        }
        let hypotheses: [String]
        let references: [[String]]
        let smoothing: String
        let value: Double?
        let lowercase, effective: Bool
        let tokens: [String]
        let bleu: Figures
        let sentence, chrf, chrfpp: Double
        let chrf_signature, chrfpp_signature: String

        var options: BLEUOptions {
            let smoothing: BLEUSmoothing =
                switch smoothing {
                case "floor": value.map { .floor($0) } ?? .floor()
                case "add-k": value.map { .addK($0) } ?? .addK()
                case "none": .none
                default: .exponential
                }
            return BLEUOptions(smoothing: smoothing, lowercase: lowercase, effectiveOrder: effective)
        }
    }
    let cases: [Case]

    static func load() throws -> Goldens {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "Goldens/bleu.json")
        return try JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
    }
}

@Suite struct SacreBLEUTests {
    /// Tokens first: every other disagreement starts there. Compared by bytes, because == would forgive accents.
    @Test func tokens() throws {
        for (k, golden) in try Goldens.load().cases.enumerated() {
            let tokens = BLEUTokenizer.v13a.tokens(golden.hypotheses[0]).map { Array($0.utf8) }
            #expect(
                tokens == golden.tokens.map { Array($0.utf8) }, "case \(k): \(golden.hypotheses[0].debugDescription)")
        }
    }

    @Test func corpusBLEU() throws {
        let cases = try Goldens.load().cases
        #expect(cases.count > 250)
        for (k, golden) in cases.enumerated() {
            let score = try BLEU.corpus(
                hypotheses: golden.hypotheses, references: golden.references, options: golden.options)
            let agrees =
                near(score.score, golden.bleu.score) && near(score.brevityPenalty, golden.bleu.penalty)
                && zip(score.precisions, golden.bleu.precisions).allSatisfy { near($0, $1) }
                && [score.hypothesisLength, score.referenceLength] == golden.bleu.lengths
                && score.correct == golden.bleu.correct && score.total == golden.bleu.total
            #expect(
                agrees,
                "case \(k): \(score) instead of \(golden.bleu) for \(golden.hypotheses) and \(golden.references)")
            #expect(score.signature == golden.bleu.signature, "case \(k)")
        }
    }

    @Test func sentenceBLEU() throws {
        for (k, golden) in try Goldens.load().cases.enumerated() {
            let score = BLEU.sentence(golden.hypotheses[0], references: golden.references.map { $0[0] }).score
            #expect(near(score, golden.sentence), "case \(k): \(score) instead of \(golden.sentence)")
        }
    }

    @Test func chrF() throws {
        for (k, golden) in try Goldens.load().cases.enumerated() {
            for (metric, expected, signature) in [
                (ChrF.chrF2, golden.chrf, golden.chrf_signature),
                (ChrF.chrF2PlusPlus, golden.chrfpp, golden.chrfpp_signature),
            ] {
                var metric = metric
                metric.lowercase = golden.lowercase
                let score = try metric.corpus(hypotheses: golden.hypotheses, references: golden.references)
                #expect(near(score.score, expected), "case \(k), \(metric.name): \(score.score) instead of \(expected)")
                #expect(score.signature == signature, "case \(k)")
            }
        }
    }
}

/// Relative, for scores up to 100.
private func near(_ a: Double, _ b: Double) -> Bool { near(Optional(a), b, 1e-9 * max(1, abs(b))) }
