// What students hand in for exercise 16.

import Foundation
import Solutions
import Workbook

let multiHeadMistakes = [
    Wrong(DealsColumns.self, "splitting into heads", says: "like cards"),
    Wrong(WordsFirst.self, "splitting into heads", says: "the head comes first"),
    Wrong(CutsWords.self, "splitting into heads", says: "each head has all the columns"),
    Wrong(DropsTheRest.self, "splitting into heads", says: "do not make 4 pieces"),
    Wrong(AlongTheWords.self, "merging the heads", says: "along the words"),
    Wrong(MeanOfHeads.self, "merging the heads", says: "mean of the heads"),
    Wrong(MixesColumns.self, "merging the heads", says: "mixed like cards"),
    Wrong(ScaleOfTheWhole.self, "multi-head attention", says: "divides by √(D/H)"),
    Wrong(NoOutputMatrix.self, "multi-head attention", says: "Wo is forgotten"),
    Wrong(OneHead.self, "multi-head attention", says: "only one head"),
    Wrong(InterleavedHeads.self, "multi-head attention", says: "every H-th column"),
    Wrong(OutputTransposed.self, "multi-head attention", says: "from the wrong side"),
    Wrong(CutsBeforeProjecting.self, "multi-head attention", says: "X is cut before the projection"),
    Wrong(FullMatrices.self, "the number of parameters", says: "they are [D][D/H]"),
    Wrong(OneHeadsMatrices.self, "the number of parameters", says: "there are H heads"),
    Wrong(WithoutOutput.self, "the number of parameters", says: "Wo is forgotten"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: MultiHeadAnswers {}

extension Otherwise {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        try Solutions.Exercise16.splitHeads(rows, heads: heads)
    }
    static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]] { try Solutions.Exercise16.mergeHeads(heads) }
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        try Solutions.Exercise16.multiHead(x, wq: wq, wk: wk, wv: wv, wo: wo, heads: heads)
    }
    static func parameterCount(width: Int, heads: Int) throws -> Int {
        try Solutions.Exercise16.parameterCount(width: width, heads: heads)
    }
}

private func scaled(_ w: [[Double]], by factor: Double) -> [[Double]] { w.map { $0.map { $0 * factor } } }

private func unit(_ width: Int) -> [[Double]] { (0..<width).map { row in (0..<width).map { $0 == row ? 1 : 0 } } }

private func dealt(_ rows: [[Double]], _ heads: Int) -> [[Double]] {
    rows.map { row in (0..<heads).flatMap { head in stride(from: head, to: row.count, by: heads).map { row[$0] } } }
}

private enum DealsColumns: Otherwise {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        (0..<heads).map { head in rows.map { row in row.indices.filter { $0 % heads == head }.map { row[$0] } } }
    }
}

private enum WordsFirst: Otherwise {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        let piece = rows[0].count / heads
        return rows.map { row in (0..<heads).map { Array(row[$0 * piece..<($0 + 1) * piece]) } }
    }
}

private enum CutsWords: Otherwise {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        (0..<heads).map { head in Array(rows[head * rows.count / heads..<(head + 1) * rows.count / heads]) }
    }
}

private enum DropsTheRest: Otherwise {
    static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        let piece = rows[0].count / heads
        return (0..<heads).map { head in rows.map { Array($0[head * piece..<(head + 1) * piece]) } }
    }
}

private enum AlongTheWords: Otherwise {
    static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]] { heads.flatMap { $0 } }
}

private enum MeanOfHeads: Otherwise {
    static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]] {
        heads[0].indices.map { t in
            heads[0][t].indices.map { column in heads.map { $0[t][column] }.reduce(0, +) / Double(heads.count) }
        }
    }
}

private enum MixesColumns: Otherwise {
    static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]] {
        heads[0].indices.map { t in heads[0][t].indices.flatMap { column in heads.map { $0[t][column] } } }
    }
}

private enum ScaleOfTheWhole: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        // √D in place of √(D/H) is the same as queries divided by √H.
        try Solutions.Exercise16.multiHead(
            x, wq: scaled(wq, by: 1 / Double(heads).squareRoot()), wk: wk, wv: wv, wo: wo, heads: heads)
    }
}

private enum NoOutputMatrix: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        try Solutions.Exercise16.multiHead(x, wq: wq, wk: wk, wv: wv, wo: unit(wo.count), heads: heads)
    }
}

private enum OneHead: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        try Solutions.Exercise16.multiHead(x, wq: wq, wk: wk, wv: wv, wo: wo, heads: 1)
    }
}

private enum InterleavedHeads: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        // Columns of the projections dealt out, and the rows of Wo with them, so that everything comes back to its
        // place.
        let outputs = Plain.transposed(dealt(Plain.transposed(wo), heads))
        return try Solutions.Exercise16.multiHead(
            x, wq: dealt(wq, heads), wk: dealt(wk, heads), wv: dealt(wv, heads), wo: outputs, heads: heads)
    }
}

private enum OutputTransposed: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        try Solutions.Exercise16.multiHead(x, wq: wq, wk: wk, wv: wv, wo: Plain.transposed(wo), heads: heads)
    }
}

private enum CutsBeforeProjecting: Otherwise {
    static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]], heads: Int
    ) throws -> [[Double]] {
        let piece = wo.count / heads
        func blocks(_ w: [[Double]]) -> [[Double]] {
            w.indices.map { row in w[row].indices.map { row / piece == $0 / piece ? w[row][$0] : 0 } }
        }
        return try Solutions.Exercise16.multiHead(
            x, wq: blocks(wq), wk: blocks(wk), wv: blocks(wv), wo: wo, heads: heads)
    }
}

private enum FullMatrices: Otherwise {
    static func parameterCount(width: Int, heads: Int) throws -> Int { 3 * heads * width * width + width * width }
}

private enum OneHeadsMatrices: Otherwise {
    static func parameterCount(width: Int, heads: Int) throws -> Int { 3 * width * (width / heads) + width * width }
}

private enum WithoutOutput: Otherwise {
    static func parameterCount(width: Int, heads: Int) throws -> Int { 3 * width * width }
}
