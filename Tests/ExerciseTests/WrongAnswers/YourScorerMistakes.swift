// What students hand in for exercise 20.

import AttentionLab
import Solutions
import Workbook

let yourScorerMistakes = [
    Wrong(NameOfAnother.self, "the list", says: "one of the catalogue"),
    Wrong(ListedTwice.self, "the list", says: "on the list twice"),
    Wrong(NoMask.self, "the contract", says: "padding has exactly 0"),
    Wrong(MixedSentences.self, "the contract", says: "mixes the sentences"),
    Wrong(ForgottenParameter.self, "the contract", says: "the parameter b gets no gradient"),
    Wrong(WeightsForScores.self, "the contract", says: "leave the softmax to Attention"),
    Wrong(Misfit.self, "the contract", says: "misfit, in scores(query:…)"),
    Wrong(MisfitKeys.self, "the contract", says: "misfit-keys, in keys(from:)"),
    Wrong(NotTold.self, "the contract", says: "usesPosition: true"),
    Wrong(NoQuery.self, "learning", says: "the scores ignore the query, so"),
    Wrong(SummaryForQuery.self, "learning", says: "the scores ignore the query: they are made of memory.summary"),
    Wrong(NoStates.self, "learning", says: "the scores ignore the states"),
]

private func called(_ name: String) -> ScorerCard { ScorerCard(name: name, equation: "–", paper: "my own", cost: "–") }

private enum NameOfAnother: YourScorerAnswers { static var scorers: ScorerList { [Copied.self] } }
private enum ListedTwice: YourScorerAnswers {
    static var scorers: ScorerList { [CosineScorer.self, CosineScorer.self] }
}
private enum NoMask: YourScorerAnswers { static var scorers: ScorerList { [Unmasked.self] } }
private enum MixedSentences: YourScorerAnswers { static var scorers: ScorerList { [OverTheBatch.self] } }
private enum ForgottenParameter: YourScorerAnswers {
    static var scorers: ScorerList { [CosineScorer.self, Forgotten.self] }
}
private enum NotTold: YourScorerAnswers { static var scorers: ScorerList { [ByPlace.self] } }
private enum WeightsForScores: YourScorerAnswers { static var scorers: ScorerList { [SoftmaxInside.self] } }
private enum Misfit: YourScorerAnswers { static var scorers: ScorerList { [Unfit.self] } }
private enum MisfitKeys: YourScorerAnswers { static var scorers: ScorerList { [UnfitKeys.self] } }
private enum SummaryForQuery: YourScorerAnswers { static var scorers: ScorerList { [OfTheSummary.self] } }
private enum NoQuery: YourScorerAnswers { static var scorers: ScorerList { [StatesOnly.self] } }
private enum NoStates: YourScorerAnswers { static var scorers: ScorerList { [QueryOnly.self] } }

/// The card of the scorer it was copied from.
private struct Copied: AttentionScorer {
    static let card = LuongDotScorer.card
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
}

/// Weights of its own, without the lengths.
private struct Unmasked: AttentionScorer {
    static let card = called("unmasked")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        try scores.maskedSoftmax(lengths: memory.lengths.map { _ in memory.source })
    }
}

/// Mixes the sentences of a batch.
private struct OverTheBatch: AttentionScorer {
    static let card = called("over-the-batch")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        let first = try memory.keys.dot(query.gathered(memory.lengths.map { _ in 0 }))
        return try memory.keys.dot(query) + first
    }
}

private struct Forgotten: AttentionScorer {
    static let card = called("forgotten")
    let W, b: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state)
        b = parameters.bias("b", sizes.state)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query.matmul(W)) }
}

/// Luong's location scorer, with a card that does not say so.
private struct ByPlace: AttentionScorer {
    static let card = called("by-place")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.maximumSource)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try query.matmul(W).columns(0..<memory.source)
    }
}

/// The same weights at every step.
private struct StatesOnly: AttentionScorer {
    static let card = called("states-only")
    let v: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { v = parameters.vector("v", sizes.state) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.tanh().dot(v) }
}

/// The same weights at every position.
private struct QueryOnly: AttentionScorer {
    static let card = called("query-only")
    let v: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { v = parameters.vector("v", sizes.state) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.scaled(by: 0).addingToEachPosition(query).dot(v)
    }
}

private struct SoftmaxInside: AttentionScorer {
    static let card = called("softmax-inside")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query).maskedSoftmax(lengths: memory.lengths)
    }
}

/// A row for each sentence, added to a row for each position.
private struct Unfit: AttentionScorer {
    static let card = called("misfit")
    let v: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { v = parameters.vector("v", sizes.state) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try (memory.keys + query).tanh().dot(v) }
}

private struct UnfitKeys: AttentionScorer {
    static let card = called("misfit-keys")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.attention, sizes.state)
    }
    func keys(from states: Tensor) throws -> Tensor { try states.matmul(W) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
}

private struct OfTheSummary: AttentionScorer {
    static let card = called("of-the-summary")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.state)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(memory.summary.matmul(W))
    }
}
