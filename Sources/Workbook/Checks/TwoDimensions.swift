// Exercise 33: the row and column of a cell, a code for both, and states that know what lies in a cell and where.

import Foundation
import Randomness

public protocol TwoDimensionsAnswers: Answers {
    static func cell(_ position: Int, columns: Int) throws -> (row: Int, column: Int)
    static func place(row: Int, column: Int, width: Int) throws -> [Double]
    static func states(_ vectors: [[Double]], columns: Int, W: [[Double]]) throws -> [[Double]]
    static func whatASumLoses() throws -> Choice
}

/// The waves of a place, right and in the ways in which they are put together wrong.
private enum Waves {
    static func wave(_ p: Int, _ width: Int) -> [Double] {
        (0..<width).map { column in
            let angle = Double(p) / pow(10_000, Double(column / 2 * 2) / Double(width))
            return column % 2 == 0 ? sin(angle) : cos(angle)
        }
    }

    static func place(_ row: Int, _ column: Int, _ width: Int) -> [Double] {
        wave(row, width / 2) + wave(column, width / 2)
    }

    /// tanh of W v and a code for each position.
    static func states(
        _ vectors: [[Double]], _ W: [[Double]], isSquashed: Bool = true, at code: (Int) -> [Double]
    ) -> [[Double]] {
        vectors.indices.map { i in
            let sums = Plain.sum(Plain.multiply(W, vectors[i]), code(i))
            return isSquashed ? sums.map { tanh($0) } : sums
        }
    }
}

extension TwoDimensionsAnswers {
    public static var exercise: Exercise {
        Exercise(
            ExerciseName(.exercise, 33), "position in two dimensions", topic: "TwoDimensions", lesson: "22_Pictures",
            hints: [
                "Number the cells of a picture with two rows and three columns, row by row, and write row and column beside each. Which of the two counts up with every cell?",
                "Division and its remainder, both by the number of columns. A place has two waves of half the width each, one behind the other: the row's first. A state is squashed after what lies in the cell and where it is were added.",
                "cell: (position / columns, position % columns). place: wave(row, width: width / 2) + wave(column, width: width / 2), where + joins two lists. states: for each position tanh of the product of each row of W with the vector plus the place's number.",
            ],
            gaps: [
                Gap("the cell", function: "cell", checkCell),
                Gap("the place", function: "place", checkPlace),
                Gap("the states", function: "states", checkStates),
                Gap("what a sum loses", function: "whatASumLoses", checkReason),
            ])
    }

    @Sendable private static func checkCell() throws {
        for (position, columns) in [(0, 3), (4, 3), (5, 3), (3, 4), (11, 4), (6, 1), (2, 7)] {
            let got = try cell(position, columns: columns), right = (position / columns, position % columns)
            if got == right { continue }
            let known: [((Int, Int), String)] = [
                ((right.1, right.0), "row and column are exchanged: along a row it is the column that counts up"),
                ((right.0 + 1, right.1 + 1), "both count from 0"),
                (
                    (position, position),
                    "this is the position itself; a row is over after so many cells as there are columns"
                ),
            ]
            throw CheckFailure(
                "cell(\(position), columns: \(columns)) is row \(got.row), column \(got.column), expected row \(right.0), column \(right.1)",
                cause: known.first { $0.0 == got }?.1 ?? "cells come row by row, and each row has \(columns) of them")
        }
    }

    @Sendable private static func checkPlace() throws {
        for (row, column, width) in [(1, 0, 4), (0, 2, 4), (2, 5, 8), (3, 1, 12)] {
            let half = width / 2
            try expect(
                place(row: row, column: column, width: width), equals: Waves.place(row, column, width),
                "place(row: \(row), column: \(column), width: \(width))",
                mistakes: [
                    Mistake(
                        "the column stands first; the row's wave is the first half",
                        gives: Waves.place(column, row, width)),
                    Mistake(
                        "the row alone: its neighbours in a row have the same place", gives: Waves.wave(row, width)),
                    Mistake("the column alone", gives: Waves.wave(column, width)),
                    Mistake(
                        "both waves have D numbers; each gets half of them",
                        gives: Waves.wave(row, width) + Waves.wave(column, width)),
                    Mistake(
                        "the waves were added; they stand side by side, or row and column could change places",
                        gives: Plain.sum(Waves.wave(row, width), Waves.wave(column, width))),
                    Mistake(
                        "the waves were added, half as wide as a state; they stand side by side",
                        gives: Plain.sum(Waves.wave(row, half), Waves.wave(column, half))),
                    Mistake(
                        "the waves alternate number by number; the row's come first, and then the column's",
                        gives: zip(Waves.wave(row, half), Waves.wave(column, half)).flatMap { [$0, $1] }),
                ], otherwise: "the wave of the row with D/2 numbers, and behind it that of the column")
        }
    }

    @Sendable private static func checkStates() throws {
        var random = RandomSource(seed: 33)
        for (rows, columns, features, width) in [(2, 3, 2, 4), (3, 2, 3, 8), (1, 4, 2, 4)] {
            func drawn(_ count: Int, _ size: Int) -> [[Double]] {
                (0..<count).map { _ in (0..<size).map { _ in random.uniform() - 0.5 } }
            }
            let vectors = drawn(rows * columns, features), W = drawn(width, features)
            func place(_ i: Int) -> [Double] { Waves.place(i / columns, i % columns, width) }
            try expect(
                states(vectors, columns: columns, W: W), equals: Waves.states(vectors, W, at: place),
                "states(\(list(vectors)), columns: \(columns), W: \(list(W)))",
                mistakes: [
                    (
                        "no state knows where it is: the place was not added",
                        Waves.states(vectors, W, at: { _ in W.map { _ in 0 } })
                    ),
                    ("tanh is missing", Waves.states(vectors, W, isSquashed: false, at: place)),
                    (
                        "the place is that of a sentence, w(i): a cell below is then \(columns) words away",
                        Waves.states(vectors, W, at: { Waves.wave($0, width) })
                    ),
                    (
                        "row and column are exchanged: both belong to the number of columns",
                        Waves.states(vectors, W, at: { Waves.place($0 % columns, $0 / columns, width) })
                    ),
                    (
                        "the place was added behind tanh; it goes into it with W v",
                        zip(Waves.states(vectors, W, at: { _ in W.map { _ in 0 } }), vectors.indices).map {
                            Plain.sum($0, place($1))
                        }
                    ),
                    (
                        "these are the places alone; what lies in the cell is missing",
                        vectors.indices.map { place($0).map { tanh($0) } }
                    ),
                ].map { cause, rows in Mistake(cause, gives: rows.flatMap { $0 }) },
                otherwise: "tanh of W v plus the place, number by number")
        }
    }

    @Sendable private static func checkReason() throws {
        let cause =
            switch try whatASumLoses() {
            case .a: "of two cells the sums differ all the more the farther they are apart, as those of words do"
            case .b: "from a sum one cannot tell which of the two parts was which"
            case .c: ""
            case .d: "w(0) is (0, 1, 0, 1, …), which is no zero and is added to every column alike"
            }
        try require(
            cause.isEmpty,
            "whatASumLoses() is wrong. With one sine, w(1) + w(2) and w(2) + w(1) are both \(short(sin(1) + sin(2)))",
            cause: cause)
    }
}
