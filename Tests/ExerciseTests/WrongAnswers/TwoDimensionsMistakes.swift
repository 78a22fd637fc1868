// What students hand in for exercise 33.

import Foundation
import Solutions
import Workbook

let twoDimensionsMistakes = [
    Wrong(Exchanged.self, "the cell", says: "row and column are exchanged"),
    Wrong(FromOne.self, "the cell", says: "count from 0"),
    Wrong(ColumnFirst.self, "the place", says: "the column stands first"),
    Wrong(RowAlone.self, "the place", says: "the row alone"),
    Wrong(TwiceAsWide.self, "the place", says: "half of them"),
    Wrong(Added.self, "the place", says: "were added"),
    Wrong(Nowhere.self, "the states", says: "the place was not added"),
    Wrong(NotSquashed.self, "the states", says: "tanh is missing"),
    Wrong(AsInASentence.self, "the states", says: "words away"),
    Wrong(PlacesAlone.self, "the states", says: "what lies in the cell is missing"),
    Wrong(ChoseA.self, "what a sum loses", says: "the farther they are apart"),
    Wrong(ChoseB.self, "what a sum loses", says: "which of the two parts"),
    Wrong(ChoseD.self, "what a sum loses", says: "no zero"),
]

private typealias Solution = Solutions.Exercise33

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: TwoDimensionsAnswers {}

extension Otherwise {
    static func cell(_ position: Int, columns: Int) throws -> (row: Int, column: Int) {
        try Solution.cell(position, columns: columns)
    }
    static func place(row: Int, column: Int, width: Int) throws -> [Double] {
        try Solution.place(row: row, column: column, width: width)
    }
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        try Solution.states(vectors, columns: columns, W: W)
    }
    static func whatASumLoses() throws -> Choice { try Solution.whatASumLoses() }
}

private func wave(_ p: Int, _ width: Int) -> [Double] {
    (0..<width).map { column in
        let angle = Double(p) / pow(10_000, Double(column / 2 * 2) / Double(width))
        return column % 2 == 0 ? sin(angle) : cos(angle)
    }
}

private enum Exchanged: Otherwise {
    static func cell(_ position: Int, columns: Int) throws -> (row: Int, column: Int) {
        (position % columns, position / columns)
    }
}

private enum FromOne: Otherwise {
    static func cell(_ position: Int, columns: Int) throws -> (row: Int, column: Int) {
        (position / columns + 1, position % columns + 1)
    }
}

private enum ColumnFirst: Otherwise {
    static func place(row: Int, column: Int, width: Int) throws -> [Double] {
        try Solution.place(row: column, column: row, width: width)
    }
}

private enum RowAlone: Otherwise {
    static func place(row: Int, column: Int, width: Int) throws -> [Double] { wave(row, width) }
}

private enum TwiceAsWide: Otherwise {
    static func place(row: Int, column: Int, width: Int) throws -> [Double] { wave(row, width) + wave(column, width) }
}

private enum Added: Otherwise {
    static func place(row: Int, column: Int, width: Int) throws -> [Double] {
        Plain.sum(wave(row, width), wave(column, width))
    }
}

private enum Nowhere: Otherwise {
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        vectors.map { Plain.multiply(W, $0).map { tanh($0) } }
    }
}

private enum NotSquashed: Otherwise {
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        try vectors.enumerated().map { position, vector in
            let place = try Solution.place(row: position / columns, column: position % columns, width: W.count)
            return Plain.sum(Plain.multiply(W, vector), place)
        }
    }
}

private enum AsInASentence: Otherwise {
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        vectors.enumerated().map { position, vector in
            Plain.sum(Plain.multiply(W, vector), wave(position, W.count)).map { tanh($0) }
        }
    }
}

private enum PlacesAlone: Otherwise {
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]] {
        try vectors.indices.map { position in
            try Solution.place(row: position / columns, column: position % columns, width: W.count).map { tanh($0) }
        }
    }
}

private enum ChoseA: Otherwise { static func whatASumLoses() throws -> Choice { .a } }
private enum ChoseB: Otherwise { static func whatASumLoses() throws -> Choice { .b } }
private enum ChoseD: Otherwise { static func whatASumLoses() throws -> Choice { .d } }
