// What students hand in for project C.

import AttentionLab
import Solutions
import Workbook

let classifierMistakes = [
    Wrong(StepsFirst.self, "the states", says: "swappingFirstAxes()"),
    Wrong(CellForgotten.self, "the states", says: "the cell is not carried on"),
    Wrong(StateForgotten.self, "the states", says: "the state is not carried on"),
    Wrong(FromTheEnd.self, "the states", says: "read from its end"),
    Wrong(Unmasked.self, "attention pooling", says: "the padding takes a share"),
    Wrong(NoTanh.self, "attention pooling", says: "the tanh is missing"),
    Wrong(LastState.self, "attention pooling", says: "the last state, not the weighted sum"),
    Wrong(Flipped.self, "the loss", says: "the wrong way round"),
    Wrong(WithoutWeights.self, "the loss", says: "attention was left out"),
    Wrong(Detached.self, "the loss", says: "no gradient"),
    Wrong(NoOptimiser.self, "the training", says: "learnt little or nothing"),
    Wrong(FlippedReviews.self, "the training", says: "the wrong way round in training"),
    Wrong(TooFewSteps.self, "the training", says: "20 points above counting words"),
    Wrong(NeverCleared.self, "the training", says: "the gradients of all steps add up"),
    Wrong(NeverClearedNorClipped.self, "the training", says: "the gradients of all steps add up"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: ClassifierAnswers {}

extension Otherwise {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        try Solutions.ProjectC.states(batch, model)
    }
    static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor) {
        try Solutions.ProjectC.attend(states, lengths: lengths, model)
    }
    static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        try Solutions.ProjectC.loss(batch, model)
    }
    static func train(_ reviews: [Review]) throws -> SentimentModel { try Solutions.ProjectC.train(reviews) }
}

private func read(
    _ batch: ReviewBatch, _ model: SentimentModel, carriesState: Bool = true, carriesCell: Bool = true,
    backwards: Bool = false
) throws -> [Tensor] {
    let zeros = Tensor.zeros([batch.ids.count, model.hidden], near: model.Wh)
    var state = zeros, cell = zeros
    let order = Array(0..<batch.ids[0].count)
    let steps = try (backwards ? order.reversed() : order).map { t in
        let gates = try model.embedding.gatheredMatmul(batch.ids.map { $0[t] }, model.Wi, adding: model.bi)
        let next = try state.lstmStep(inputGates: gates, cell: cell, weight: model.Wh, bias: model.bh)
        if carriesState { state = next.state }
        if carriesCell { cell = next.cell }
        return next.state
    }
    return backwards ? steps.reversed() : steps
}

private enum StepsFirst: Otherwise {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        try Tensor.stack(read(batch, model))
    }
}

private enum CellForgotten: Otherwise {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        try Tensor.stack(read(batch, model, carriesCell: false)).swappingFirstAxes()
    }
}

private enum StateForgotten: Otherwise {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        try Tensor.stack(read(batch, model, carriesState: false)).swappingFirstAxes()
    }
}

/// Each review alone, so that the padding is not read first.
private enum FromTheEnd: Otherwise {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        let states = try Tensor.stack(read(batch, model, backwards: true)).swappingFirstAxes()
        guard let longest = batch.lengths.max(), batch.lengths.contains(where: { $0 < longest }) else { return states }
        let rows = try zip(batch.ids, batch.lengths).map { ids, length in
            let review = Review(
                words: Sentiment.vocabulary.words(of: Array(ids[..<length])), isPositive: true, evidence: [])
            return try Tensor.stack(read(ReviewBatch([review]), model, backwards: true)).values
                + [Scalar](repeating: 0, count: (longest - length) * model.hidden)
        }
        return try Tensor(rows.flatMap { $0 }, shape: states.shape)
    }
}

private enum Unmasked: Otherwise {
    static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor) {
        try Solutions.ProjectC.attend(states, lengths: lengths.map { _ in states.shape[1] }, model)
    }
}

private enum NoTanh: Otherwise {
    static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor) {
        let weights = try states.matmul(model.W, adding: model.b).dot(model.v).maskedSoftmax(lengths: lengths)
        return try (weights, weights.weightedSum(of: states))
    }
}

private enum LastState: Otherwise {
    static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor) {
        let weights = try Solutions.ProjectC.attend(states, lengths: lengths, model).weights
        let width = states.shape[1]
        let last = try states.reshaped([states.shape[0] * width, states.shape[2]]).gathered(
            lengths.enumerated().map { $0 * width + $1 - 1 })
        return (weights, last)
    }
}

private enum Flipped: Otherwise {
    static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        let context = try attend(states(batch, model), lengths: batch.lengths, model).context
        return try context.matmul(model.Wo, adding: model.bo).crossEntropy(
            targets: batch.labels.map { 1 - $0 }, ignoring: -1)
    }
}

private enum WithoutWeights: Otherwise {
    static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        let states = try states(batch, model)
        let mean = try Tensor.zeros([states.shape[0], states.shape[1]], near: states).maskedSoftmax(
            lengths: batch.lengths
        ).weightedSum(of: states)
        return try mean.matmul(model.Wo, adding: model.bo).crossEntropy(targets: batch.labels, ignoring: -1)
    }
}

private enum Detached: Otherwise {
    static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor {
        let context = try attend(states(batch, model), lengths: batch.lengths, model).context.detached()
        return try context.matmul(model.Wo, adding: model.bo).crossEntropy(targets: batch.labels, ignoring: -1)
    }
}

private func train(
    _ reviews: [Review], steps: Int, learns: Bool = true, clears: Bool = true, clips: Bool = false
) throws -> SentimentModel {
    let model = SentimentModel(seed: 1)
    var optimizer = Adam(learningRate: 0.01), random = RandomSource(seed: 1)
    for _ in 0..<steps {
        let batch = ReviewBatch((0..<32).map { _ in random.pick(reviews) })
        if clears { model.parameters.clearGradients() }
        try model.parameters.tape.backward(from: Solutions.ProjectC.loss(batch, model))
        if clips { model.parameters.clipGradients(toNorm: 1) }
        if learns { optimizer.step(model.parameters) }
    }
    return model
}

private enum NoOptimiser: Otherwise {
    static func train(_ reviews: [Review]) throws -> SentimentModel {
        try ExerciseTests.train(reviews, steps: 20, learns: false)
    }
}

private enum FlippedReviews: Otherwise {
    static func train(_ reviews: [Review]) throws -> SentimentModel {
        try Solutions.ProjectC.train(
            reviews.map { Review(words: $0.words, isPositive: !$0.isPositive, evidence: $0.evidence) })
    }
}

private enum TooFewSteps: Otherwise {
    static func train(_ reviews: [Review]) throws -> SentimentModel { try ExerciseTests.train(reviews, steps: 30) }
}

private enum NeverCleared: Otherwise {
    static func train(_ reviews: [Review]) throws -> SentimentModel {
        try ExerciseTests.train(reviews, steps: 300, clears: false, clips: true)
    }
}

private enum NeverClearedNorClipped: Otherwise {
    static func train(_ reviews: [Review]) throws -> SentimentModel {
        try ExerciseTests.train(reviews, steps: 300, clears: false)
    }
}
