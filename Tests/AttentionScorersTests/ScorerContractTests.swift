// The contract, for every scorer of the catalogue, the learner's own, and the solution of the README.

import AttentionLab
import Foundation
import MyScorers
import Solutions
import Testing
import Workbook

/// By its full name: a student may have copied it into Exercises, as the README says.
private let solved = Solutions.CosineScorer.self
private let scorers: ScorerList =
    Catalog.scorers + [MultiHead<Solutions.CosineScorer>.self] + myScorers
    + (myScorers.contains { $0.card.name == solved.card.name } ? [] : [solved])

/// All of them; where tensors, scorers and models are tested once more with other vectors, not that which takes a
/// training: the whole tests have it.
private let promises = ScorerContract.promises.map { $0.name }.filter {
    !($0.hasPrefix("after training") && ProcessInfo.processInfo.environment["ATTENTIONLAB_TESTS"] == "core")
}

@Suite("Scorer contract") struct ScorerContractTests {
    @Test(
        "every scorer keeps every promise", arguments: scorers.map { $0.card.name },
        promises)
    func keeps(name: String, promise: String) throws {
        let scorer = try #require(scorers.first { $0.card.name == name })
        try #require(ScorerContract.promises.first { $0.name == promise }).check(scorer)
    }

    @Test("no two scorers have one name") func names() {
        #expect(Set(scorers.map { $0.card.name }).count == scorers.count)
    }

    // A contract that nothing can break would prove nothing: scorers with one fault each, and the promise that finds
    // it.

    @Test(
        "the contract finds faults",
        arguments: [
            ("weights are at least 0 and sum to what the card says; padding has exactly 0", 0),
            ("states in another order get the same scores in that order, if and only if the card says so", 1),
            ("what is in the padding does not matter, and neither does more of it", 2),
            ("a sentence does not depend on its neighbours in the batch", 3),
            ("every parameter gets a gradient", 4), ("the fused kernel computes what the composed scores compute", 5),
            ("after training on a task that needs it, the weights are not uniform", 6),
            ("what it keeps is a parameter or a constant of its builder", 7), ("the same twice gives the same", 8),
        ])
    func finds(promise: String, fault: Int) throws {
        let scorer =
            [
                Unmasked.self, Positional.self, Peeking.self, Mixing.self, Idle.self, WrongFused.self, Flat.self,
                Untrained.self, Dice.self,
            ][fault] as any AttentionScorer.Type
        let check = try #require(ScorerContract.promises.first { $0.name == promise }).check
        #expect(throws: ContractBreach.self) { try check(scorer) }
    }
}

// MARK: faulty scorers

private func faulty(_ name: String) -> ScorerCard { ScorerCard(name: name, equation: "–", paper: "–", cost: "–") }

/// Softmax over the padding too.
private struct Unmasked: AttentionScorer {
    static let card = faulty("unmasked")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func weights(from scores: Tensor, query: Tensor, memory: Memory, past: Past, _ how: Weighting) throws -> Tensor {
        try scores.maskedSoftmax(lengths: memory.lengths.map { _ in memory.source })
    }
}

/// Looks at where, and does not say so.
private struct Positional: AttentionScorer {
    static let card = faulty("positional")
    let W: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        W = parameters.matrix("W", sizes.state, sizes.maximumSource)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try query.matmul(W).columns(0..<memory.source)
    }
}

/// Reads past the end of the sentence.
private struct Peeking: AttentionScorer {
    static let card = faulty("peeking")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func context(weights: Tensor, memory: Memory) throws -> Tensor {
        try weights.maskedSoftmax(lengths: memory.lengths.map { _ in memory.source }).weightedSum(of: memory.states)
    }
}

/// Gives each sentence the query of the first.
private struct Mixing: AttentionScorer {
    static let card = faulty("mixing")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.dot(query.gathered(memory.lengths.map { _ in 0 }))
    }
}

/// Has a parameter that it never uses.
private struct Idle: AttentionScorer {
    static let card = faulty("idle")
    let b: Tensor
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) { b = parameters.bias("b", sizes.state) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
}

/// Two formulas under one name.
private struct WrongFused: AttentionScorer {
    static let card = faulty("wrong-fused")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
    func fusedScores(query: Tensor, memory: Memory, past: Past) throws -> Tensor? {
        try memory.keys.dot(query).scaled(by: 0.5)
    }
}

/// Uniform by construction, and nobody noticed.
private struct Flat: AttentionScorer {
    static let card = faulty("flat")
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {}
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query).scaled(by: 0) }
}
