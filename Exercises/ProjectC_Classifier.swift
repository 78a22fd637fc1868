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
        throw Unfinished("the states")
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
        throw Unfinished("attention pooling")
    }

    /// Mean cross-entropy of the labels, in nats: one number, from which gradients can flow back.
    public static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        throw Unfinished("the loss")
    }

    /// Trains a fresh model. About 300 steps of 32 reviews are enough, in a second or two.
    public static func train(_ reviews: [Review]) throws -> SentimentModel {
        throw Unfinished("the training")
    }
}
