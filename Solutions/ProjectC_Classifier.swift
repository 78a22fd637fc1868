// Project C · a classifier that shows its evidence
//
//     hᵢ = LSTM(xᵢ, hᵢ₋₁)    αᵢ = softmax(vᵀ tanh(W hᵢ + b))    c = Σᵢ αᵢ hᵢ    p = softmax(c Wₒ + bₒ)
//
// Attention without a decoder: one vector v asks every time the same question, "does it matter?" (Yang et al. 2016,
// §2.2, eq. 5–7). The reviews are toys whose evidence is known: "not good" decides, "not red" does not. A classifier
// that counts words gets about two thirds right, because it cannot tell what the "not" belongs to; the LSTM reads words
// in order, and its weights can be compared with the evidence.
//
// Given (Sources/Workbook/References/Sentiment.swift): `ReviewBatch(reviews)` has ids [B][S], lengths [B] and labels
// [B]; `SentimentModel(seed: 1)` has the parameters embedding [V,E]; Wi [E,4H], bi [4H], Wh [H,4H] and bh [4H] of the
// LSTM; W [H,A], b [A] and v [A] of the scores; Wo [H,2] and bo [2] of the classes; hidden, which is H, and all of them
// together as `parameters`.
//
// Lesson  Notebooks-md/11_NotExplanation.md
// Check   swift test --filter ProjectC
// Hints   swift run attention exercises hint C

public import AttentionLab
public import Workbook

public enum ProjectC: ClassifierAnswers {
    /// The LSTM's state after each word. h₀ and its cell are zeros.
    ///
    /// - Returns: [B,S,H]; what stands in the padding does not matter, because nothing after it is read.
    public static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        // gap: throw Unfinished("the states")
        let zeros = Tensor.zeros([batch.ids.count, model.hidden], near: model.Wh)
        var state = zeros, cell = zeros
        let steps = try (0..<(batch.ids.first?.count ?? 0)).map { t in
            let gates = try model.embedding.gatheredMatmul(batch.ids.map { $0[t] }, model.Wi, adding: model.bi)
            (state, cell) = try state.lstmStep(inputGates: gates, cell: cell, weight: model.Wh, bias: model.bh)
            return state
        }
        // Steps come one after the other, [S,B,H]; attention wants each review's states together.
        return try Tensor.stack(steps).swappingFirstAxes()
        // end of gap
    }

    /// Attention pooling: where the review is read, and what is read there.
    ///
    /// - Parameters:
    ///   - states: h [B,S,H].
    ///   - lengths: real words of each review; the padding gets no weight.
    /// - Returns: α [B,S] and c [B,H].
    public static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor) {
        // gap: throw Unfinished("attention pooling")
        let scores = try states.matmul(model.W, adding: model.b).tanh().dot(model.v)
        let weights = try scores.maskedSoftmax(lengths: lengths)
        return try (weights, weights.weightedSum(of: states))
        // end of gap
    }

    /// Mean cross-entropy of the labels, in nats: one number, from which gradients can flow back.
    public static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        // gap: throw Unfinished("the loss")
        let context = try attend(states(batch, model), lengths: batch.lengths, model).context
        // Every review has a label, so none is ignored.
        return try context.matmul(model.Wo, adding: model.bo).crossEntropy(targets: batch.labels, ignoring: -1)
        // end of gap
    }

    /// Trains a fresh model. About 300 steps of 32 reviews are enough, in a second or two.
    public static func train(_ reviews: [Review]) throws -> SentimentModel {
        // gap: throw Unfinished("the training")
        let model = SentimentModel(seed: 1)
        var optimizer = Adam(learningRate: 0.01), random = RandomSource(seed: 1, purpose: "project C")
        for _ in 0..<300 {
            let batch = ReviewBatch((0..<32).map { _ in random.pick(reviews) })
            model.parameters.clearGradients()
            try model.parameters.tape.backward(from: loss(batch, model))
            model.parameters.clipGradients(toNorm: 1)
            optimizer.step(model.parameters)
        }
        return model
        // end of gap
    }
}
