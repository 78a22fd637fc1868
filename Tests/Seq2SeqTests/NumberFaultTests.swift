// A loss that is no number is traced to where it began, and the advice is about that.

import AttentionScorers
import Corpora
import TensorCore
import TestSupport
import Testing

@testable import Seq2Seq

/// Dot products, but for what is wrong with them.
private func dots(_ query: Tensor, _ memory: Memory) throws -> Tensor { try memory.keys.dot(query) }

/// 0 / 0, as whoever divides by a norm that may be zero gets.
private struct ZeroByZero: AttentionScorer {
    static let card = ScorerCard(name: "zero-by-zero", equation: "0/0", paper: "–", cost: "B·S·D")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let scores = try dots(query, memory)
        return try scores + Tensor.constant(scores.values.map { _ in .nan }, shape: scores.shape, near: scores)
    }
}

private struct BadKeys: AttentionScorer {
    static let card = ScorerCard(name: "bad-keys", equation: "∞", paper: "–", cost: "B·S·D")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func keys(from states: Tensor) throws -> Tensor { states.scaled(by: .infinity) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try dots(query, memory) }
}

/// Finite there, infinite on the way back: the derivative of a product with a number near the limit, squared.
private struct SteepScores: AttentionScorer {
    static let card = ScorerCard(name: "steep", equation: "s h 0", paper: "–", cost: "B·S·D")
    private let zero: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { zero = parameters.scalar("zero", initially: 0) }

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let scores = try dots(query, memory), large = Scalar.greatestFiniteMagnitude / 10_000
        return try (scores.scaled(by: large) * zero).scaled(by: large)
    }
}

/// A window that moves on with the steps, past the end of every sentence.
private struct PassedWindow: AttentionScorer {
    static let card = ScorerCard(name: "passed", equation: "sᵀ hₜ", paper: "–", cost: "B·S·D", usesPosition: true)
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}

    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let scores = try dots(query, memory)
        let window = scores.values.indices.map { $0 % memory.source == past.steps ? Scalar(0) : -.infinity }
        return try scores + Tensor.constant(window, shape: scores.shape, near: scores)
    }
}

@Suite("Where a number stopped being one") struct NumberFaultTests {
    private func error(
        _ scorer: any AttentionScorer.Type, _ change: (inout TrainingSettings) -> Void = { _ in }
    ) throws
        -> String
    {
        let data = try tinyData()
        var training = tinyTraining(steps: 40)
        change(&training)
        let translator = Translator(tinySettings(scorer.card.name), scorer: scorer, words: data.train, seed: 1)
        let trainer = try Trainer(translator, training, train: data.train, dev: data.dev)
        return try #require(throws: RunError.self) { try trainer.run() }.description
    }

    @Test("a scorer that divides by zero is named, and the learning rate is not blamed") func scores() throws {
        let text = try error(ZeroByZero.self)
        #expect(
            text.contains("the loss became NaN at step 1")
                && text.contains("it began in the scores of zero-by-zero at target word 1"), "\(text)")
        #expect(
            text.contains("the learning rate is hardly to blame") && !text.contains("Try a lower learning rate"),
            "\(text)")
    }

    @Test("a sentence without a word that is left in is told as such") func nothingLeft() throws {
        let text = try error(PassedWindow.self)
        #expect(
            text.contains("it began in the weights that became of the scores of passed at target word")
                && text.contains("a sentence all of whose words have the score −∞"), "\(text)")
    }

    @Test("keys before scores") func keys() throws {
        #expect(try error(BadKeys.self).contains("it began in the keys of bad-keys."))
    }

    @Test("a gradient that is infinite while the loss is finite") func gradient() throws {
        let text = try error(SteepScores.self)
        #expect(
            text.contains("norm of the gradient became") && text.contains("of steep, while its loss was finite"),
            "\(text)")
    }

    @Test("a learning rate that is too high is to blame where the parameters ran away") func learningRate() throws {
        // Parameters that large have products beyond the largest number.
        let text = try error(LuongDotScorer.self) { $0.learningRate = isDouble ? 1e200 : 1e30 }
        #expect(
            text.contains("with parameters that had grown to")
                && text.contains("Try a lower learning rate than 1e+"), "\(text)")
    }
}
