// Project C: a classifier with attention over an LSTM, against a classifier that counts words, and against the known
// evidence.

public import AttentionLab
import Foundation

public protocol ClassifierAnswers: Answers {
    static func states(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor
    static func attend(
        _ states: Tensor, lengths: [Int], _ model: SentimentModel
    ) throws -> (weights: Tensor, context: Tensor)
    static func loss(_ batch: ReviewBatch, _ model: SentimentModel) throws -> Tensor
    static func train(_ reviews: [Review]) throws -> SentimentModel
}

/// What can go wrong on the way; the same computation in plain numbers makes each of them too, so that a message can
/// name it.
private enum LSTMMistake { case none, cellForgotten, stateForgotten, cellReturned, backwards }
private enum PoolingMistake { case none, unmasked, noTanh, noBias, uniform }

extension ClassifierAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.project, 3), "a classifier that shows its evidence", topic: "Classifier",
            lesson: "11_NotExplanation",
            hints: [
                "lstmStep takes the word's gates, x Wi + bi, and gives the next state and cell; both go into the next step. The scores are additive attention without a query, so one matmul, tanh and dot do it. Every operation says its shapes in Sources/TensorCore/Operations.",
                "Ids of step t: batch.ids.map { $0[t] }; their gates: model.embedding.gatheredMatmul(ids, model.Wi, adding: model.bi). Join the states with Tensor.stack and swap the first two axes. maskedSoftmax, weightedSum and crossEntropy do the rest. A training step is: clear gradients, loss, backward on parameters.tape, clip, Adam.",
                "weights = states.matmul(W, adding: b).tanh().dot(v).maskedSoftmax(lengths:); context = weights.weightedSum(of: states); loss = context.matmul(Wo, adding: bo).crossEntropy(targets: batch.labels, ignoring: -1). Train SentimentModel(seed: 1) for 300 steps of 32 random reviews with Adam(learningRate: 0.01).",
            ],
            gaps: [
                Gap("the states", function: "states", checkStates),
                Gap("attention pooling", function: "attend", checkAttend),
                Gap("the loss", function: "loss", checkLoss),
                Gap("the training", function: "train", checkTrain),
            ])
    }

    // MARK: a small model, and the same in plain numbers

    private static var reviews: [Review] {
        [
            ("this soup was not good .", false), ("the lamp was red and our tea was fine .", true),
            ("our film was bad .", false),
        ].map { text, isPositive in
            Review(words: text.split(separator: " ").map(String.init), isPositive: isPositive, evidence: [])
        }
    }

    /// Biases begin at zero, where a forgotten one would not be noticed; and larger weights show more.
    private static func smallModel() throws -> SentimentModel {
        let model = SentimentModel(embedding: 3, hidden: 2, attention: 2, seed: 4)
        var random = RandomSource(seed: 6)
        for name in model.parameters.names {
            try model.parameters.set(
                name, to: (model.parameters[name]?.values ?? []).map { _ in Scalar(4 * random.uniform() - 2) })
        }
        return model
    }

    private static func product(_ x: [Double], _ matrix: Tensor, _ bias: Tensor?) -> [Double] {
        let product = Plain.rowProduct(x, matrix.rows)
        return bias.map { Plain.sum(product, $0.values.map { Double($0) }) } ?? product
    }

    /// The states of one review [n][H].
    private static func reference(_ ids: [Int], _ model: SentimentModel, _ mistake: LSTMMistake = .none) -> [[Double]] {
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        let table = model.embedding.rows, units = model.hidden
        var h = [Double](repeating: 0, count: units), c = h
        let read = (mistake == .backwards ? ids.reversed() : ids).map { id -> [Double] in
            let fromWord = product(table[id], model.Wi, model.bi), fromState = product(h, model.Wh, model.bh)
            let gates = Plain.sum(fromWord, fromState)
            func gate(_ k: Int) -> [Double] { Array(gates[k * units..<(k + 1) * units]) }
            let i = gate(0).map(sigmoid), f = gate(1).map(sigmoid), g: [Double] = gate(2).map { tanh($0) },
                o = gate(3).map(sigmoid)
            let next: [Double] = (0..<units).map { f[$0] * c[$0] + i[$0] * g[$0] }
            let state: [Double] = (0..<units).map { o[$0] * tanh(next[$0]) }
            if mistake != .cellForgotten { c = next }
            if mistake != .stateForgotten { h = state }
            return mistake == .cellReturned ? next : state
        }
        return mistake == .backwards ? read.reversed() : read
    }

    private static var tolerance: Double { 1e-5 }

    @Sendable private static func checkStates() throws {
        let model = try smallModel(), batch = ReviewBatch(reviews)
        defer { model.parameters.tape.reset() }
        let got = try states(batch, model), size = (batch.lengths.count, batch.ids[0].count, model.hidden)
        let cause =
            got.shape == [size.1, size.0, size.2]
            ? "stack puts the steps first, [S,B,H]; swappingFirstAxes() puts the reviews first" : nil
        try require(
            got.shape == [size.0, size.1, size.2],
            "the states of 3 reviews have shape \(got.shape), expected [B,S,H] = [\(size.0),\(size.1),\(size.2)]",
            cause: cause)
        let rows = got.rows
        for (r, length) in batch.lengths.enumerated() {
            let ids = Array(batch.ids[r][..<length])
            func with(_ mistake: LSTMMistake) -> [[Double]] { reference(ids, model, mistake) }
            try expect(
                Array(rows[r * size.1..<r * size.1 + length]), equals: with(.none), within: tolerance,
                "the matrix of states of “\(reviews[r].words.joined(separator: " "))”",
                mistakes: [
                    Mistake(
                        "the cell is not carried on: lstmStep gives a state and a cell, and both go into the next step",
                        givesRows: with(.cellForgotten)),
                    Mistake(
                        "the state is not carried on: the next step is asked of the state that the last one gave",
                        givesRows: with(.stateForgotten)),
                    Mistake("these are the cells c, not the states h", givesRows: with(.cellReturned)),
                    Mistake("the review was read from its end", givesRows: with(.backwards)),
                ], otherwise: "the word's gates are x Wi + bi, the state's h Wh + bh; h and c begin at zero")
        }
    }

    private static func weights(
        _ states: [[Double]], length: Int, _ model: SentimentModel, _ mistake: PoolingMistake = .none
    ) -> [Double] {
        let read = mistake == .unmasked ? states.count : length
        let scores = states[..<read].map { h -> Double in
            let inner = product(h, model.W, mistake == .noBias ? nil : model.b)
            let shaped: [Double] = mistake == .noTanh ? inner : inner.map { tanh($0) }
            return Plain.dot(shaped, model.v.values.map { Double($0) })
        }
        return Plain.softmax(mistake == .uniform ? scores.map { _ in 0 } : scores)
            + [Double](repeating: 0, count: states.count - read)
    }

    @Sendable private static func checkAttend() throws {
        let model = try smallModel(), lengths = [4, 2, 1]
        defer { model.parameters.tape.reset() }
        // What stands in the padding is large, so that it shows wherever it is let in.
        let rows = [
            [[0.5, -0.2], [0.9, 0.4], [-0.7, 0.1], [0.2, 0.8]],
            [[0.3, 0.3], [-0.6, 0.9], [7, 7], [7, 7]],
            [[0.1, -0.4], [7, 7], [7, 7], [7, 7]],
        ]
        let states = try Tensor(rows.flatMap { $0 }.flatMap { $0 }.map { Scalar($0) }, shape: [3, 4, 2])
        let (got, context) = try attend(states, lengths: lengths, model)
        try require(got.shape == [3, 4], "the weights have shape \(got.shape), expected [B,S] = [3,4]")
        try require(
            context.shape == [3, 2], "the context has shape \(context.shape), expected [B,H] = [3,2]",
            cause: "weightedSum(of: states) sums over the words")
        func all(_ mistake: PoolingMistake) -> [[Double]] {
            zip(rows, lengths).map { weights($0, length: $1, model, mistake) }
        }
        try expect(
            got.rows, equals: all(.none), within: tolerance,
            "the matrix of weights of three reviews of \(lengths) words",
            mistakes: [
                Mistake("the padding takes a share: maskedSoftmax(lengths:) leaves it out", givesRows: all(.unmasked)),
                Mistake(
                    "every word got the same weight: the scores do not depend on the states", givesRows: all(.uniform)),
                Mistake("the tanh is missing; without it v and W are one vector together", givesRows: all(.noTanh)),
                Mistake("the bias b is missing", givesRows: all(.noBias)),
            ], otherwise: "eᵢ = vᵀ tanh(W hᵢ + b), then softmax over the real words")
        let sums = zip(all(.none), rows).map { Plain.weightedSum($0, of: $1) }
        try expect(
            context.rows, equals: sums, within: tolerance, "the matrix of contexts of three reviews",
            mistakes: [
                Mistake(
                    "the mean of the states, not their weighted sum",
                    givesRows: zip(all(.uniform), rows).map { Plain.weightedSum($0, of: $1) }),
                Mistake("the last state, not the weighted sum", givesRows: zip(rows, lengths).map { $0[$1 - 1] }),
            ], otherwise: "c = Σᵢ αᵢ hᵢ")
    }

    @Sendable private static func checkLoss() throws {
        let model = try smallModel(), batch = ReviewBatch(reviews)
        let got = try loss(batch, model)
        defer { model.parameters.tape.reset() }
        func expected(flipped: Bool = false, mean: Bool = true, pooling: PoolingMistake = .none) -> Double {
            let losses = batch.lengths.indices.map { r -> Double in
                let ids = Array(batch.ids[r][..<batch.lengths[r]]), states = reference(ids, model)
                let context = Plain.weightedSum(weights(states, length: ids.count, model, pooling), of: states)
                let p = Plain.softmax(product(context, model.Wo, model.bo))
                return -log(p[flipped ? 1 - batch.labels[r] : batch.labels[r]])
            }
            return losses.reduce(0, +) / (mean ? Double(losses.count) : 1)
        }
        try require(
            got.count == 1, "the loss has shape \(got.shape), expected one number",
            cause: "crossEntropy gives the mean over the reviews")
        try expect(
            Double(got.item()), equals: expected(), within: tolerance, "the loss of three reviews",
            mistakes: [
                Mistake("the labels are the wrong way round: class 1 is positive", gives: [expected(flipped: true)]),
                Mistake("the sum over the reviews, not their mean", gives: [expected(mean: false)]),
                Mistake(
                    "the context is the mean of the states: attention was left out",
                    gives: [expected(pooling: .uniform)]),
            ], otherwise: "logits c Wo + bo, then crossEntropy; it relies on the states and on attention pooling")
        try require(
            got.requiresGradient, "no gradient flows into the loss",
            cause:
                "numbers were read out of a tensor and put into a new one, or it was computed inside withoutRecording")
        model.parameters.clearGradients()
        try model.parameters.tape.backward(from: got)
        for (name, tensor) in zip(model.parameters.names, model.parameters.tensors)
        where tensor.gradient.allSatisfy({ $0 == 0 }) {
            throw CheckFailure(
                "no gradient of the loss arrives at the parameter \(name)",
                cause: "it was not used, or numbers were read out of a tensor on the way")
        }
    }

    // MARK: what was learnt

    /// The share of right labels that a classifier reaches which only counts words: logistic regression on the counts.
    private static func wordCounting(_ train: [Review], _ test: [Review]) throws -> Double {
        let parameters = Parameters(), size = Sentiment.vocabulary.count
        var builder = ParameterBuilder(parameters, seed: 1)
        let weight = builder.uniform("W", [size, 2], bound: 0.01), bias = builder.bias("b", 2)
        func counts(_ reviews: [Review]) throws -> Tensor {
            var numbers = [Scalar](repeating: 0, count: reviews.count * size)
            for (r, review) in reviews.enumerated() {
                for id in Sentiment.vocabulary.ids(of: review.words) { numbers[r * size + id] += 1 }
            }
            return try Tensor(numbers, shape: [reviews.count, size])
        }
        let inputs = try counts(train), labels = ReviewBatch(train).labels
        var optimizer = Adam(learningRate: 0.05)
        for _ in 0..<150 {
            parameters.clearGradients()
            try parameters.tape.backward(
                from: inputs.matmul(weight, adding: bias).crossEntropy(targets: labels, ignoring: -1))
            optimizer.step(parameters)
        }
        let guesses = try parameters.tape.withoutRecording { try counts(test).matmul(weight, adding: bias).argmax() }
        return share(zip(guesses, ReviewBatch(test).labels).count { $0 == $1 }, of: test.count)
    }

    private static func share(_ count: Int, of all: Int) -> Double { Double(count) / Double(max(all, 1)) }

    /// Trained on one review over and over, a model has one gradient: what the last step left is that, or the sum of
    /// all steps.
    private static func requireCleared() throws {
        let review = Sentiment.reviews(1, seed: 3)[0], model = try train([Review](repeating: review, count: 2000))
        func norm() -> Double {
            model.parameters.tensors.flatMap(\.gradient).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        let left = norm()
        model.parameters.clearGradients()
        try model.parameters.tape.backward(from: loss(ReviewBatch([review]), model))
        let own = norm()
        // A gradient that was cleared is as large as its own; one that was not is hundreds of times as large, of what
        // is learnt by heart.
        try require(
            left <= 10 * own + 1e-3,
            "trained on one review over and over, the model is left with a gradient of norm \(short(left)), and that "
                + "review's own is \(short(own))",
            cause: "the gradients of all steps add up; call parameters.clearGradients() before each backward pass")
    }

    @Sendable private static func checkTrain() throws {
        try requireCleared()
        let reviews = Sentiment.reviews(2000, seed: 1), unseen = Sentiment.reviews(400, seed: 2)
        let model = try train(reviews), batch = ReviewBatch(unseen)
        let (weights, guesses) = try model.parameters.tape.withoutRecording {
            let (weights, context) = try attend(states(batch, model), lengths: batch.lengths, model)
            return try (weights.rows, context.matmul(model.Wo, adding: model.bo).argmax())
        }
        func percent(_ share: Double) -> String { NumberText.text(share * 100, digits: 1) + " %" }
        let accuracy = share(zip(guesses, batch.labels).count { $0 == $1 }, of: unseen.count)
        let counting = try wordCounting(reviews, unseen)
        try require(
            accuracy >= counting + 0.2,
            "\(percent(accuracy)) of 400 unseen reviews are right, expected \(percent(counting + 0.2)) or more: 20 points above counting words, which reaches \(percent(counting))",
            cause: accuracy < 0.2
                ? "the labels were the wrong way round in training"
                : accuracy < counting + 0.05
                    ? "it has learnt little or nothing; a step is made of clearGradients, loss, backward and optimizer.step, with new reviews, a few hundred times"
                    : "the training stopped early; a few hundred steps with Adam at 0.01 are enough, with the gradient's norm clipped at 1"
        )
        let hits = share(
            zip(unseen, weights).count { review, row in
                let top = row.indices.max { row[$0] < row[$1] } ?? 0
                return review.evidence.contains { abs($0 - top) <= 1 }
            }, of: unseen.count)
        // Six seeds of the solution: 66 to 88 %. Chance: 22 %.
        try require(
            hits >= 0.55,
            "the largest weight stands on an evidence word or beside one in \(percent(hits)) of the reviews, expected 55 % or more; chance is 22 %",
            cause:
                "a state after the evidence knows it too, and nothing makes the model look where we would; another seed or fewer steps look elsewhere"
        )
    }
}
