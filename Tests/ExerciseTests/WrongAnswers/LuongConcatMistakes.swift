// What students hand in for exercise 6.

import AttentionLab
import Foundation
import Solutions
import Workbook

let luongConcatMistakes = [
    Wrong(StateFirst.self, "concat scores", says: "wrong order"),
    Wrong(NoTanh.self, "concat scores", says: "the tanh is missing"),
    Wrong(VectorBeforeTanh.self, "concat scores", says: "v was multiplied before"),
    Wrong(NoVector.self, "concat scores", says: "v is missing"),
    Wrong(TanhFirst.self, "concat scores", says: "before W"),
    Wrong(Added.self, "concat scores", says: "concatenated they are one vector"),
    Wrong(QueryColumns.self, "the state's half", says: "the state's are the last"),
    Wrong(TanhInHalf.self, "the state's half", says: "after the two halves are added"),
    Wrong(CutInTheMiddle.self, "the state's half", says: "cut in the middle"),
    Wrong(SplitNoTanh.self, "scores from the keys", says: "the tanh is missing"),
    Wrong(SplitNoQuery.self, "scores from the keys", says: "the query's half is missing"),
    Wrong(SplitPlainQuery.self, "scores from the keys", says: "added as it is"),
    Wrong(SplitTwoTanhs.self, "scores from the keys", says: "add them first"),
    Wrong(SplitInTheMiddle.self, "scores from the keys", says: "cut in the middle"),
    Wrong(QueryRows.self, "keys of the scorer", says: "belong to the query"),
    Wrong(TanhKeys.self, "keys of the scorer", says: "in scores"),
    Wrong(StatesAsKeys.self, "keys of the scorer", says: "W_h is missing"),
    Wrong(ScorerNoTanh.self, "scores of the scorer", says: "the tanh is missing"),
    Wrong(ScorerVectorFirst.self, "scores of the scorer", says: "before the tanh"),
    Wrong(ScorerPlainQuery.self, "scores of the scorer", says: "added as it is"),
    Wrong(ScorerStateRows.self, "scores of the scorer", says: "belong to the state"),
    Wrong(ScorerTwice.self, "scores of the scorer", says: "they have it already"),
    Wrong(QueryRows.self, "scores of the scorer", says: "look at keys"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: LuongConcatAnswers {
    associatedtype Scorer = Solutions.Exercise06.Scorer
}

extension Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        try Solutions.Exercise06.concatScores(query: query, states: states, matrix: matrix, vector: vector)
    }
    static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]] {
        try Solutions.Exercise06.stateHalf(states: states, matrix: matrix)
    }
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        try Solutions.Exercise06.splitScores(query: query, keys: keys, matrix: matrix, vector: vector)
    }
}

private enum StateFirst: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { Plain.dot(vector, Plain.multiply(matrix, $0 + query).map { tanh($0) }) }
    }
}

private enum NoTanh: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { Plain.dot(vector, Plain.multiply(matrix, query + $0)) }
    }
}

private enum VectorBeforeTanh: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { tanh(Plain.dot(vector, Plain.multiply(matrix, query + $0))) }
    }
}

private enum NoVector: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { Plain.multiply(matrix, query + $0).map { tanh($0) }.reduce(0, +) }
    }
}

private enum TanhFirst: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { Plain.dot(vector, Plain.multiply(matrix, (query + $0).map { tanh($0) })) }
    }
}

private enum Added: Otherwise {
    static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        states.map { state in Plain.dot(vector, Plain.multiply(matrix, Plain.sum(query, state)).map { tanh($0) }) }
    }
}

private enum QueryColumns: Otherwise {
    static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]] {
        states.map { Plain.multiply(matrix, $0) }
    }
}

private enum TanhInHalf: Otherwise {
    static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]] {
        try Solutions.Exercise06.stateHalf(states: states, matrix: matrix).map { $0.map { tanh($0) } }
    }
}

private enum CutInTheMiddle: Otherwise {
    static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]] {
        states.map { state in Plain.multiply(matrix.map { Array($0.dropFirst(($0.count + 1) / 2)) }, state) }
    }
}

private enum SplitNoTanh: Otherwise {
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        let half = Plain.multiply(matrix, query)
        return keys.map { Plain.dot(vector, Plain.sum(half, $0)) }
    }
}

private enum SplitNoQuery: Otherwise {
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        keys.map { Plain.dot(vector, $0.map { tanh($0) }) }
    }
}

private enum SplitPlainQuery: Otherwise {
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        keys.map { Plain.dot(vector, zip(query, $0).map { tanh($0 + $1) }) }
    }
}

private enum SplitTwoTanhs: Otherwise {
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        let half = Plain.multiply(matrix, query)
        return keys.map { Plain.dot(vector, zip(half, $0).map { tanh($0) + tanh($1) }) }
    }
}

private enum SplitInTheMiddle: Otherwise {
    static func splitScores(query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]) throws -> [Double]
    {
        let half = Plain.multiply(matrix.map { Array($0.prefix($0.count / 2)) }, query)
        return keys.map { Plain.dot(vector, zip(half, $0).map { tanh($0 + $1) }) }
    }
}

// MARK: scorers

/// The solution's scorer, where a wrong one does not say otherwise.
private protocol Concat: AttentionScorer {
    var Wa: Tensor { get }
    var va: Tensor { get }
    init(Wa: Tensor, va: Tensor)
}

extension Concat {
    static var card: ScorerCard { ScorerCard(name: "wrong-concat", equation: "–", paper: "–", cost: "–") }
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        self.init(
            Wa: parameters.matrix("Wa", 2 * sizes.state, sizes.attention), va: parameters.vector("va", sizes.attention))
    }
    func keys(from states: Tensor) throws -> Tensor { try states.matmul(stateRows) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
        try memory.keys.addingToEachPosition(query.matmul(queryRows)).tanh().dot(va)
    }

    var queryRows: Tensor { get throws { try Wa.rows(0..<Wa.shape[0] / 2) } }
    var stateRows: Tensor { get throws { try Wa.rows(Wa.shape[0] / 2..<Wa.shape[0]) } }
}

private enum QueryRows: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func keys(from states: Tensor) throws -> Tensor { try states.matmul(queryRows) }
    }
}

private enum TanhKeys: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func keys(from states: Tensor) throws -> Tensor { try states.matmul(stateRows).tanh() }
    }
}

private enum StatesAsKeys: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func keys(from states: Tensor) throws -> Tensor { states }
    }
}

private enum ScorerNoTanh: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.addingToEachPosition(query.matmul(queryRows)).dot(va)
        }
    }
}

private enum ScorerVectorFirst: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.addingToEachPosition(query.matmul(queryRows)).dot(va).tanh()
        }
    }
}

private enum ScorerPlainQuery: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.addingToEachPosition(query).tanh().dot(va)
        }
    }
}

private enum ScorerStateRows: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.addingToEachPosition(query.matmul(stateRows)).tanh().dot(va)
        }
    }
}

private enum ScorerTwice: Otherwise {
    struct Scorer: Concat {
        let Wa: Tensor, va: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.matmul(stateRows).addingToEachPosition(query.matmul(queryRows)).tanh().dot(va)
        }
    }
}
