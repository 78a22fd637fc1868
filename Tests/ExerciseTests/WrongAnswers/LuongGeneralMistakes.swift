// What students hand in for exercise 5.

import AttentionLab
import Solutions
import Workbook

let luongGeneralMistakes = [
    Wrong(Transposed.self, "general scores", says: "W is transposed"),
    Wrong(NoMatrix.self, "general scores", says: "W is missing"),
    Wrong(OnBoth.self, "general scores", says: "as well as to the states"),
    Wrong(Diagonal.self, "general scores", says: "only the diagonal"),
    Wrong(NoQuery.self, "general scores", says: "the query is missing"),
    Wrong(OneWidth.self, "general scores", says: "one width used for both"),
    Wrong(StatesAsKeys.self, "keys of the scorer", says: "W is missing"),
    Wrong(TransposedKeys.self, "keys of the scorer", says: "W is transposed"),
    Wrong(TanhKeys.self, "keys of the scorer", says: "this one is linear"),
    Wrong(StatesScored.self, "scores of the scorer", says: "W is missing"),
    Wrong(QueryToo.self, "scores of the scorer", says: "the keys have it already"),
    Wrong(QueryInstead.self, "scores of the scorer", says: "with W transposed"),
    Wrong(WeightsAlready.self, "scores of the scorer", says: "softmax is taken by Attention"),
    Wrong(StatesAsKeys.self, "scores of the scorer", says: "look at keys"),
    Wrong(FirstQuery.self, "scores of the scorer", says: "of its own sentence"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: LuongGeneralAnswers {
    associatedtype Scorer = Solutions.Exercise05.Scorer
}

extension Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise05.generalScores(query: query, matrix: matrix, states: states)
    }
}

private enum Transposed: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        try Solutions.Exercise05.generalScores(query: query, matrix: Plain.transposed(matrix), states: states)
    }
}

private enum NoMatrix: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        Plain.multiply(states, query)
    }
}

private enum OnBoth: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        Plain.multiply(states.map { Plain.multiply(matrix, $0) }, Plain.multiply(matrix, query))
    }
}

private enum Diagonal: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        states.map { state in query.indices.map { query[$0] * matrix[$0][$0] * state[$0] }.reduce(0, +) }
    }
}

private enum NoQuery: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        states.map { Plain.multiply(matrix, $0).reduce(0, +) }
    }
}

private enum OneWidth: Otherwise {
    static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        states.map { state in
            var score = 0.0
            for j in query.indices { for k in query.indices { score += query[j] * matrix[j][k] * state[k] } }
            return score
        }
    }
}

// MARK: scorers

/// The solution's scorer, where a wrong one does not say otherwise.
private protocol General: AttentionScorer {
    var Wa: Tensor { get }
    init(Wa: Tensor)
}

extension General {
    static var card: ScorerCard { ScorerCard(name: "wrong-general", equation: "–", paper: "–", cost: "–") }
    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        self.init(Wa: parameters.matrix("Wa", sizes.state, sizes.state))
    }
    func keys(from states: Tensor) throws -> Tensor { try states.matmul(Wa) }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query) }
}

/// Compiles without keys(from:), since that has a default.
private enum StatesAsKeys: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func keys(from states: Tensor) throws -> Tensor { states }
    }
}

private enum TransposedKeys: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func keys(from states: Tensor) throws -> Tensor {
            let width = Wa.shape[0], values = Wa.values
            return try states.matmul(
                Tensor((0..<width * width).map { values[$0 % width * width + $0 / width] }, shape: Wa.shape))
        }
    }
}

private enum TanhKeys: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func keys(from states: Tensor) throws -> Tensor { try states.matmul(Wa).tanh() }
    }
}

private enum StatesScored: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.states.dot(query) }
    }
}

private enum QueryToo: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.dot(query.matmul(Wa))
        }
    }
}

private enum QueryInstead: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.states.dot(query.matmul(Wa))
        }
    }
}

private enum WeightsAlready: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            try memory.keys.dot(query).maskedSoftmax(lengths: memory.lengths)
        }
    }
}

private enum FirstQuery: Otherwise {
    struct Scorer: General {
        let Wa: Tensor
        func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try memory.keys.dot(query.slice(0)) }
    }
}
