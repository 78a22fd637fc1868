// What students hand in for exercise 7.

import AttentionLab
import Foundation
import Solutions
import Workbook

let bahdanauMistakes = [
    Wrong(NoTanh.self, "additive scores", says: "the tanh is missing"),
    Wrong(Rectified.self, "additive scores", says: "ReLU"),
    Wrong(NoState.self, "additive scores", says: "Uₐ hᵢ was forgotten"),
    Wrong(Swapped.self, "additive scores", says: "Wₐ and Uₐ are swapped"),
    Wrong(BiasPerPosition.self, "additive scores", says: "b was indexed by position"),
    Wrong(VectorInside.self, "additive scores", says: "v is inside the tanh: each unit"),
    Wrong(TanhOfTheSum.self, "additive scores", says: "v is inside the tanh: the tanh was taken of the whole sum"),
    Wrong(Transposed.self, "additive scores", says: "rows and columns are exchanged"),
    Wrong(TanhByHand.self, "additive scores", says: "use the tanh of Foundation"),
    Wrong(FixedWidth.self, "additive scores", says: "a loop may run over the wrong axis"),
    Wrong(TanhOfEach.self, "additive scores", says: "each by itself"),
    Wrong(TwoBiases.self, "additive scores", says: "b was added twice"),
    Wrong(BiasAfter.self, "additive scores", says: "b was added after the tanh"),
    Wrong(Weights.self, "additive scores", says: "weights already"),
    Wrong(Throws.self, "additive scores", says: "threw “not equally wide”, expected [1.348179, -1.685828]"),
    Wrong(Keys<BiasInKeys>.self, "keys of the scorer", says: "keys are Uₐ hᵢ alone"),
    Wrong(Keys<StatesThemselves>.self, "keys of the scorer", says: "the states themselves"),
    Wrong(Keys<QueryMatrix>.self, "keys of the scorer", says: "which belongs to the query"),
    Wrong(Keys<TanhTooEarly>.self, "keys of the scorer", says: "only when the query has been added"),
    Wrong(Scores<NoTanhInScorer>.self, "scores of the scorer", says: "the tanh is missing"),
    Wrong(Scores<NoBias>.self, "scores of the scorer", says: "the bias b is missing"),
    Wrong(Scores<KeysAgain>.self, "scores of the scorer", says: "computed again from memory.states"),
    Wrong(Scores<SoftmaxInside>.self, "scores of the scorer", says: "Attention takes the softmax"),
    Wrong(Scores<QueryForVector>.self, "scores of the scorer", says: "inner product was taken with the query"),
    Wrong(Scores<TanhOfEachInScorer>.self, "scores of the scorer", says: "each by itself"),
    Wrong(Scores<TwoBiasesInScorer>.self, "scores of the scorer", says: "b was added twice"),
    Wrong(Scores<BiasAfterInScorer>.self, "scores of the scorer", says: "b was added after the tanh"),
    Wrong(Scores<NoVector>.self, "scores of the scorer", says: "the inner product with vₐ is missing"),
    Wrong(Scores<LooksAtTheFirst>.self, "scores of the scorer", says: "mixes the sentences"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BahdanauAnswers where Scorer == Solutions.Exercise07.Scorer {}

extension Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        try Solutions.Exercise07.additiveScores(query: query, states: states, p)
    }
}

/// Wₐ s + Uₐ hᵢ + b for each position.
private func sums(_ query: [Double], _ states: [[Double]], _ p: AdditiveParameters) -> [[Double]] {
    states.map { Plain.sum(Plain.sum(Plain.rowProduct(query, p.Wa), Plain.rowProduct($0, p.Ua)), p.b) }
}

// MARK: on plain arrays

private enum NoTanh: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { Plain.dot(p.va, $0) }
    }
}

private enum TanhOfEach: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        let fromQuery = Plain.sum(Plain.rowProduct(query, p.Wa), p.b).map { tanh($0) }
        return states.map { Plain.dot(p.va, Plain.sum(fromQuery, Plain.rowProduct($0, p.Ua).map { tanh($0) })) }
    }
}

private enum TwoBiases: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { Plain.dot(p.va, Plain.sum($0, p.b).map { tanh($0) }) }
    }
}

private enum BiasAfter: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, AdditiveParameters(Wa: p.Wa, Ua: p.Ua, va: p.va)).map {
            Plain.dot(p.va, Plain.sum($0.map { tanh($0) }, p.b))
        }
    }
}

private enum Weights: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        Plain.softmax(try Solutions.Exercise07.additiveScores(query: query, states: states, p))
    }
}

private enum Throws: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        throw ShapeError("not equally wide")
    }
}

private enum Rectified: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { Plain.dot(p.va, $0.map { max(0, $0) }) }
    }
}

private enum NoState: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        let hidden = zip(Plain.rowProduct(query, p.Wa), p.b).map { tanh($0 + $1) }
        return states.map { _ in Plain.dot(p.va, hidden) }
    }
}

private enum Swapped: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, AdditiveParameters(Wa: p.Ua, Ua: p.Wa, b: p.b, va: p.va)).map {
            Plain.dot(p.va, $0.map { tanh($0) })
        }
    }
}

private enum BiasPerPosition: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        states.indices.map { i in
            Plain.dot(
                p.va,
                Plain.sum(Plain.rowProduct(query, p.Wa), Plain.rowProduct(states[i], p.Ua)).map { tanh($0 + p.b[i]) })
        }
    }
}

private enum VectorInside: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { zip(p.va, $0).map { tanh($0 * $1) }.reduce(0, +) }
    }
}

private enum TanhOfTheSum: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { tanh(Plain.dot(p.va, $0)) }
    }
}

private enum Transposed: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        let turned = AdditiveParameters(Wa: Plain.transposed(p.Wa), Ua: Plain.transposed(p.Ua), b: p.b, va: p.va)
        return sums(query, states, turned).map { Plain.dot(p.va, $0.map { tanh($0) }) }
    }
}

private enum TanhByHand: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { Plain.dot(p.va, $0.map { (exp($0) - exp(-$0)) / (exp($0) + exp(-$0)) }) }
    }
}

/// Takes the number of hidden units from the query, as the example lets one do.
private enum FixedWidth: Otherwise {
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] {
        sums(query, states, p).map { sum in query.indices.map { p.va[$0] * tanh(sum[$0]) }.reduce(0, +) }
    }
}

// MARK: as a scorer

private struct Numbers {
    let Wa, Ua, b, va: Tensor
}

/// One wrong method of a scorer; the other is right.
private protocol Fault: SendableMetatype {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor
}

extension Fault {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor { try states.matmul(p.Ua) }
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(p.va)
    }
}

private struct FaultyScorer<F: Fault>: AttentionScorer {
    static var card: ScorerCard { ScorerCard(name: "my-bahdanau", equation: "–", paper: "–", cost: "–") }
    let p: Numbers

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        p = Numbers(
            Wa: parameters.matrix("Wa", sizes.state, sizes.attention),
            Ua: parameters.matrix("Ua", sizes.state, sizes.attention),
            b: parameters.bias("b", sizes.attention), va: parameters.vector("va", sizes.attention))
    }

    func keys(from states: Tensor) throws -> Tensor { try F.keys(p, states) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try F.scores(p, query, memory) }
}

private enum Keys<F: Fault>: BahdanauAnswers {
    typealias Scorer = FaultyScorer<F>
    static func additiveScores(query: [Double], states: [[Double]], _ p: AdditiveParameters) throws -> [Double] { p.va }
}

private typealias Scores = Keys

private enum StatesThemselves: Fault {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor { states }
}

private enum QueryMatrix: Fault {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor { try states.matmul(p.Wa) }
}

private enum TanhTooEarly: Fault {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor { try states.matmul(p.Ua).tanh() }
}

private enum BiasInKeys: Fault {
    static func keys(_ p: Numbers, _ states: Tensor) throws -> Tensor { try states.matmul(p.Ua, adding: p.b) }
}

private enum QueryForVector: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(query)
    }
}

private enum TanhOfEachInScorer: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.tanh().addingToEachPosition(query.matmul(p.Wa, adding: p.b).tanh()).dot(p.va)
    }
}

private enum TwoBiasesInScorer: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try (memory.keys + p.b).addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(p.va)
    }
}

private enum BiasAfterInScorer: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try (memory.keys.addingToEachPosition(query.matmul(p.Wa)).tanh() + p.b).dot(p.va)
    }
}

private enum NoTanhInScorer: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).dot(p.va)
    }
}

private enum NoBias: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa)).tanh().dot(p.va)
    }
}

private enum KeysAgain: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.states.matmul(p.Ua).addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(p.va)
    }
}

private enum SoftmaxInside: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(p.va).maskedSoftmax(
            lengths: memory.lengths)
    }
}

private enum NoVector: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh()
    }
}

/// Every sentence gets the first one's query where there are three of them: only the contract can see it.
private enum LooksAtTheFirst: Fault {
    static func scores(_ p: Numbers, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        let query = try memory.batch == 3 ? query.gathered([0, 0, 0]) : query
        return try memory.keys.addingToEachPosition(query.matmul(p.Wa, adding: p.b)).tanh().dot(p.va)
    }
}
