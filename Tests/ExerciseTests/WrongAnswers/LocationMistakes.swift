// What students hand in for exercise 8.

import AttentionLab
import Foundation
import Solutions
import Workbook

let locationMistakes = [
    Wrong(AllPositions.self, "location scores", says: "only S of them"),
    Wrong(LastColumns.self, "location scores", says: "the last S columns"),
    Wrong(RowForColumn.self, "location scores", says: "rows and columns are exchanged"),
    Wrong(SoftmaxAtOnce.self, "location scores", says: "weights already"),
    Wrong(AsManyAsTheQuery.self, "location scores", says: "as long as Wₐ has columns"),
    Wrong(NothingMoves.self, "scores of a reordered source", says: "moves with it"),
    Wrong(EverythingMoves.self, "scores of a reordered source", says: "made of the position"),
    Wrong(OtherWayRound.self, "scores of a reordered source", says: "the other way round"),
    Wrong(BecauseOfSoftmax.self, "the reason", says: "softmax does depend on it"),
    Wrong(BecauseAlike.self, "the reason", says: "from its own place"),
    Wrong(BecauseEqual.self, "the reason", says: "2, 4 and 5"),
    Wrong(As<EveryColumn>.self, "scores of the scorer", says: "only the first S are there"),
    Wrong(As<ContentInstead>.self, "scores of the scorer", says: "luong-dot"),
    Wrong(As<WeightsInstead>.self, "scores of the scorer", says: "Attention takes the softmax"),
    Wrong(As<LeftToColumns>.self, "scores of the scorer", says: "the error of `columns`"),
    Wrong(As<SilentCut>.self, "scores of the scorer", says: "without a word to anybody"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Rest: LocationAnswers {}

private protocol Otherwise: Rest where Scorer == Solutions.Exercise08.Scorer {}

extension Rest {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        try Solutions.Exercise08.locationScores(query: query, Wa: Wa, sourceCount: sourceCount)
    }
    static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double] {
        try Solutions.Exercise08.scoresAfterReordering(scores, order: order, readsStates: readsStates)
    }
    static func reason() throws -> Choice { try Solutions.Exercise08.reason() }
}

private enum AllPositions: Otherwise {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        Plain.rowProduct(query, Wa)
    }
}

private enum LastColumns: Otherwise {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        Plain.rowProduct(query, Wa).suffix(sourceCount)
    }
}

private enum RowForColumn: Otherwise {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        (0..<sourceCount).map { Plain.dot(query, Wa[$0]) }
    }
}

private enum SoftmaxAtOnce: Otherwise {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        Plain.softmax(Array(Plain.rowProduct(query, Wa).prefix(sourceCount)))
    }
}

private enum AsManyAsTheQuery: Otherwise {
    static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        Array(Plain.rowProduct(query, Wa).prefix(query.count))
    }
}

private enum NothingMoves: Otherwise {
    static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double] { scores }
}

private enum EverythingMoves: Otherwise {
    static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double] {
        order.map { scores[$0] }
    }
}

private enum OtherWayRound: Otherwise {
    static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double] {
        guard readsStates else { return scores }
        var result = scores
        for (i, from) in order.enumerated() { result[from] = scores[i] }
        return result
    }
}

private enum BecauseOfSoftmax: Otherwise { static func reason() throws -> Choice { .a } }

private enum BecauseAlike: Otherwise { static func reason() throws -> Choice { .b } }

private enum BecauseEqual: Otherwise { static func reason() throws -> Choice { .d } }

// MARK: as a scorer

private protocol Fault: SendableMetatype {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor
}

private struct FaultyScorer<F: Fault>: AttentionScorer {
    static var card: ScorerCard {
        ScorerCard(name: "my-location", equation: "–", paper: "–", cost: "–", usesPosition: true)
    }
    let Wa: Tensor

    init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
        Wa = parameters.matrix("Wa", sizes.state, sizes.maximumSource)
    }
    func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor { try F.scores(Wa, query, memory) }
}

private enum As<F: Fault>: Rest {
    typealias Scorer = FaultyScorer<F>
}

private enum EveryColumn: Fault {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor { try query.matmul(Wa) }
}

private enum ContentInstead: Fault {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor { try memory.keys.dot(query) }
}

private enum WeightsInstead: Fault {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try query.matmul(Wa).columns(0..<memory.source).maskedSoftmax(lengths: memory.lengths)
    }
}

private enum LeftToColumns: Fault {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try query.matmul(Wa).columns(0..<memory.source)
    }
}

private enum SilentCut: Fault {
    static func scores(_ Wa: Tensor, _ query: Tensor, _ memory: Memory) throws -> Tensor {
        try query.matmul(Wa).columns(0..<min(memory.source, Wa.shape[1]))
    }
}
