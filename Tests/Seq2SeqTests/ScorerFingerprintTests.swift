// The fingerprint of a scorer: the same for the same formula on any processor, another one for another formula.

import AttentionScorers
import Foundation
import TensorCore
import Testing

@testable import Seq2Seq

/// What scorers of one name compute before and after an edit.
protocol Edit {
    static var parameter: String { get }
    static var beginning: Scalar { get }
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor
    static func context(_ context: Tensor) -> Tensor
}

extension Edit {
    static var parameter: String { "gain" }
    static var beginning: Scalar { 1 }
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor { dot }
    static func context(_ context: Tensor) -> Tensor { context }
}

enum Unedited: Edit {}
enum Halved: Edit {
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor { dot.scaled(by: 0.5) }
}
private enum Tanh: Edit {
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor { dot.tanh() }
}
private enum Renamed: Edit { static var parameter: String { "g" } }
private enum BegunElsewhere: Edit { static var beginning: Scalar { 2 } }
private enum OfThePast: Edit {
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor { try dot + past.previous }
}
/// A bias begins as zero, and hides what it is multiplied into.
private enum BehindZero: Edit {
    static func scores(_ dot: Tensor, _ offset: Tensor, _ past: Past) throws -> Tensor { try dot + dot.tanh() * offset }
}
private enum OtherContext: Edit { static func context(_ context: Tensor) -> Tensor { context.scaled(by: 0.9) } }

struct EditedScorer<Form: Edit>: AttentionScorer {
    static var card: ScorerCard { ScorerCard(name: "edited", equation: "g s·h", paper: "none", cost: "B·S·D") }
    let gain: Tensor, offset: Tensor

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        gain = parameters.scalar(Form.parameter, initially: Form.beginning)
        offset = parameters.bias("offset", 1)
    }

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try Form.scores(memory.keys.dot(query) * gain, offset, past)
    }

    func context(weights: Tensor, memory: Memory) throws -> Tensor {
        Form.context(try weights.weightedSum(of: memory.states))
    }
}

@Suite("Fingerprint of a scorer") struct ScorerFingerprintTests {
    @Test(
        "the same scorer has the same, and another rounding makes no other",
        arguments: Catalog.scorers.map { $0.card.name })
    func same(name: String) throws {
        let settings = ModelSettings(scorer: name), one = try ScorerFingerprint(scorerType(name), settings)
        #expect(try one == ScorerFingerprint(scorerType(name), settings))
        let read = try JSONDecoder().decode(ScorerFingerprint.self, from: JSONEncoder().encode(one))
        #expect(read == one && one.numbers.count > 40)
        // A hundred times what float32 sums of another order differ by.
        let size = max(1, one.numbers.map(abs).max() ?? 1)
        let rounded = ScorerFingerprint(
            parameters: one.parameters,
            numbers: one.numbers.enumerated().map { $1 + ($0.isMultiple(of: 2) ? 1 : -1) * 1e-5 * size })
        #expect(one.difference(from: rounded) == nil && rounded.difference(from: one) == nil)
    }

    @Test("no two scorers of the catalogue have the same") func others() throws {
        let all = try Catalog.scorers.map { try ScorerFingerprint($0, ModelSettings(scorer: $0.card.name)) }
        for (i, one) in all.enumerated() {
            for two in all[..<i] { #expect(one.difference(from: two) != nil && two.difference(from: one) != nil) }
        }
    }

    @Test(
        "an edit of the scores, of what is remembered, of the context, of a parameter or its beginning is told",
        arguments: [
            EditedScorer<Halved>.self, EditedScorer<Tanh>.self, EditedScorer<Renamed>.self,
            EditedScorer<BegunElsewhere>.self, EditedScorer<OfThePast>.self,
            EditedScorer<BehindZero>.self, EditedScorer<OtherContext>.self,
        ] as [any AttentionScorer.Type])
    func edited(scorer: any AttentionScorer.Type) throws {
        let settings = tinySettings("edited"), old = try ScorerFingerprint(EditedScorer<Unedited>.self, settings)
        let said = try #require(
            try old.difference(from: ScorerFingerprint(scorer, settings)), "\(scorer) looks like the unedited one")
        #expect(
            said.hasPrefix("asked the same, it gave ")
                || said == "it had the parameters gain [1], offset [1], and now has the parameters g [1], offset [1]",
            Comment(rawValue: said))
    }
}
