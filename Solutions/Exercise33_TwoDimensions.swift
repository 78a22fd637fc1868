// Exercise 33 · position in two dimensions
//
//     cell i of a picture with C columns, row by row: row r = i / C, column c = i mod C            both from 0
//     wave       w(p)₂ₖ = sin(p / 10000^(2k/n)), w(p)₂ₖ₊₁ = cos of the same, k = 0 … n/2 − 1      Vaswani et al. 2017, §3.5
//     place      P(r, c) = [w(r) ; w(c)], n = D/2 numbers for each                                Parmar et al. 2018, §3
//     state      hᵢ = tanh(W vᵢ + P(r, c))                                                        vᵢ: what lies in the cell
//
// The cells of a picture come in a row, and a neighbour below is C places away: another distance in every picture. Who
// says "above" must know both coordinates. The encoder `cells` of this library learns a matrix for each wave, and so
// can mix them with what lies in the cell as it needs.
//
//     C = 3: cell 4 is in row 1, column 1. D = 4: P(1, 0) = (sin 1, cos 1, 0, 1).
//
// Lesson  Notebooks-md/22_Pictures.md
// Check   swift test --filter Exercise33
// Hints   swift run attention exercises hint 33

import Foundation
public import Workbook

public enum Exercise33: TwoDimensionsAnswers {
    /// - Parameter position: of a cell among all, from 0.
    /// - Returns: its row and its column, both from 0.
    public static func cell(_ position: Int, columns: Int) throws -> (row: Int, column: Int) {
        // gap: throw Unfinished("the cell")
        (position / columns, position % columns)
        // end of gap
    }

    /// - Parameter width: D, a multiple of 4.
    /// - Returns: P(row, column) [D].
    public static func place(row: Int, column: Int, width: Int) throws -> [Double] {
        // gap: throw Unfinished("the place")
        wave(row, width: width / 2) + wave(column, width: width / 2)
        // end of gap
    }

    /// - Parameters:
    ///   - vectors: v [S][F] of the cells, row by row.
    ///   - W: [D][F], a row for each number of a state.
    /// - Returns: h [S][D].
    public static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        // gap: throw Unfinished("the states")
        try vectors.enumerated().map { position, vector in
            let (row, column) = try cell(position, columns: columns)
            let place = try place(row: row, column: column, width: W.count)
            return zip(W, place).map { weights, p in tanh(zip(weights, vector).map { $0 * $1 }.reduce(p, +)) }
        }
        // end of gap
    }

    /// Somebody adds the two waves, P(r, c) = w(r) + w(c) with D numbers each, in the place of putting them side by
    /// side. What can a model without a matrix for each wave not tell any more?
    ///
    ///   a  how far two cells are apart: sums of sines have no distance
    ///   b  nothing: both waves are still in the sum
    ///   c  the cell in row 1, column 2 from that in row 2, column 1: the sum is the same
    ///   d  cells of the first row: w(0) is zero there
    public static func whatASumLoses() throws -> Choice {
        // gap: throw Unfinished("what a sum loses")
        // Addition does not care about the order. A matrix for each wave, as in the encoder `cells`, would.
        .c
        // end of gap
    }

    /// Given: w(p) with so many numbers, an even number of them.
    static func wave(_ p: Int, width: Int) -> [Double] {
        (0..<width).map { column in
            let angle = Double(p) / pow(10_000, Double(column / 2 * 2) / Double(width))
            return column % 2 == 0 ? sin(angle) : cos(angle)
        }
    }
}
