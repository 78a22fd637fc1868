// Exercise 16 · multi-head attention
//
//     headₕ = Attention(Qₕ, Kₕ, Vₕ) = softmax(Qₕ Kₕᵀ / √(D/H)) Vₕ
//     MultiHead(X) = [head₁ ; … ; head_H] Wo                           Vaswani et al. 2017, §3.2.2
//
// One softmax makes one choice for each word. A word may want two: its verb and its adjective. So queries, keys and
// values, each D numbers wide, are cut into H pieces of D/H columns; each piece attends by itself, and the results are
// put side by side again. The pieces are all there is: no parameter is added, and the multiplications are as many as
// before.
//
//     D = 4, H = 2, all four W the identity, X = (1 0 | 1 0), (0 1 | 3 0). Word 0 asks:
//       head 1 (columns 0 and 1)   scores 1/√2 and 0     weights 0.670, 0.330   output (0.670, 0.330): looks at itself
//       head 2 (columns 2 and 3)   scores 1/√2 and 3/√2  weights 0.196, 0.804   output (2.609, 0):     looks at word 1
//       together                   (0.670, 0.330, 2.609, 0)
//     One head of width 4 has the scores 2/√4 and 3/√4, weights 0.378 and 0.622: a compromise that is neither.
//
// Lesson  Notebooks-md/10_SelfAttention.md
// Check   swift test --filter Exercise16
// Hints   swift run attention exercises hint 16

import Foundation
public import Workbook

public enum Exercise16: MultiHeadAnswers {
    /// Cuts the columns into H neighbouring pieces.
    ///
    /// - Parameters:
    ///   - rows: [T][D], a row for each word; T at least 1.
    ///   - heads: H, at least 1.
    /// - Returns: [H][T][D/H]: head 0 has the first D/H columns of every word, head 1 the next, and so on.
    /// - Throws: where D is no multiple of H (`HeadsDoNotFit`).
    public static func splitHeads(_ rows: [[Double]], heads: Int) throws -> [[[Double]]] {
        // gap: throw Unfinished("splitting into heads")
        let width = rows.first?.count ?? 0
        guard heads > 0, width % heads == 0 else { throw HeadsDoNotFit(width: width, heads: heads) }
        let piece = width / heads
        return (0..<heads).map { head in rows.map { Array($0[head * piece..<(head + 1) * piece]) } }
        // end of gap
    }

    /// The way back: puts the heads of each word side by side.
    ///
    /// - Parameter heads: [H][T][D/H], H at least 1.
    /// - Returns: [T][D].
    public static func mergeHeads(_ heads: [[[Double]]]) throws -> [[Double]] {
        // gap: throw Unfinished("merging the heads")
        (heads.first ?? []).indices.map { t in heads.flatMap { $0[t] } }
        // end of gap
    }

    /// Multi-head self-attention without a mask.
    ///
    /// - Parameters:
    ///   - x: X [T][D].
    ///   - wq: [D][D], and so `wk` and `wv`: all the heads' matrices side by side.
    ///   - wo: [D][D], mixes what the heads found.
    ///   - heads: H.
    /// - Returns: [T][D].
    /// - Throws: where D is no multiple of H.
    public static func multiHead(
        _ x: [[Double]], wq: [[Double]], wk: [[Double]], wv: [[Double]], wo: [[Double]],
        heads: Int
    ) throws -> [[Double]] {
        // gap: throw Unfinished("multi-head attention")
        let queries = try splitHeads(product(x, wq), heads: heads)
        let keys = try splitHeads(product(x, wk), heads: heads)
        let values = try splitHeads(product(x, wv), heads: heads)
        let outputs = queries.indices.map { head in
            // Each head has dot products of D/H terms, and divides by the root of that.
            let width = queries[head].first?.count ?? 1
            return attention(queries[head], keys[head], values[head], dividingBy: Double(width).squareRoot())
        }
        return try product(mergeHeads(outputs), wo)
        // end of gap
    }

    /// How many numbers are trained: those of Wq, Wk, Wv and Wo, which have no biases.
    ///
    /// - Parameters:
    ///   - width: D.
    ///   - heads: H; D is a multiple of it.
    public static func parameterCount(width: Int, heads: Int) throws -> Int {
        // gap: throw Unfinished("the number of parameters")
        // Each of the H heads has three matrices [D][D/H], which together are as many numbers as three of [D][D].
        4 * width * width
        // end of gap
    }

    /// What to throw where the heads cannot be of one width.
    public struct HeadsDoNotFit: Error, CustomStringConvertible {
        public let width: Int, heads: Int
        public var description: String { "a width of \(width) cannot be cut into \(heads) heads of one width" }

        public init(width: Int, heads: Int) { (self.width, self.heads) = (width, heads) }
    }

    /// softmax(Q Kᵀ / divisor) V, for use above: [T][d], [T][d], [T][v] → [T][v].
    private static func attention(
        _ queries: [[Double]], _ keys: [[Double]], _ values: [[Double]], dividingBy divisor: Double
    ) -> [[Double]] {
        let weights = queries.map { query in
            let scores = keys.map { key in zip(query, key).map { $0 * $1 }.reduce(0, +) / divisor }
            let largest = scores.max() ?? 0
            let exponentials = scores.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
        return product(weights, values)
    }

    /// A B, for use above: [n][m] and [m][k] → [n][k].
    private static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
        a.map { row in (b.first ?? []).indices.map { column in zip(row, b).map { $0 * $1[column] }.reduce(0, +) } }
    }
}
