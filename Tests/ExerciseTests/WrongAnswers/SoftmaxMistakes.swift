// What students hand in for exercise 1.

import Foundation
import Solutions
import Workbook

let softmaxMistakes = [
    Wrong(NotDivided.self, "softmax", says: "not divided by their sum"),
    Wrong(NotStable.self, "softmax", says: "subtract the largest score"),
    Wrong(NoExponential.self, "softmax", says: "the exponential is missing"),
    Wrong(MinusFirst.self, "softmax", says: "largest exponent is still 1000"),
    Wrong(MinusSmallest.self, "softmax", says: "subtract the *largest* score"),
    Wrong(MinusMean.self, "softmax", says: "softmax([-1000, 1000])"),
    Wrong(MaskAfter.self, "masked softmax", says: "after the softmax"),
    Wrong(MaskByMultiplying.self, "masked softmax", says: "a score of 0 is a score like any other"),
    Wrong(LargestOfAll.self, "masked softmax", says: "largest score was taken over the padding"),
    Wrong(MinusABillion.self, "masked softmax", says: "NaN plus or times anything"),
    Wrong(RefusesNaN.self, "masked softmax", says: "threw “a score is NaN”, expected [0, 1]"),
    Wrong(EmptyIsZeros.self, "masked softmax", says: "throw an error"),
    Wrong(EmptyIsZeros.self, "masked softmax", says: "is [0, 0], expected an error"),
    Wrong(NotRenormalised.self, "renormalising softmax", says: "not divided by its sum"),
    Wrong(MaskedInstead.self, "renormalising softmax", says: "that is the masked softmax"),
    Wrong(NotFarEnough.self, "the input that divides by zero", says: "not far enough"),
    Wrong(Infinite.self, "the input that divides by zero", says: "asks for finite scores"),
    Wrong(NoScores.self, "the input that divides by zero", says: "at least one word"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: SoftmaxAnswers {}

extension Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] { try Solutions.Exercise01.softmax(scores) }
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try Solutions.Exercise01.maskedSoftmax(scores, isReal: isReal)
    }
    static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try Solutions.Exercise01.renormalisingSoftmax(scores, isReal: isReal)
    }
    static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) {
        try Solutions.Exercise01.scoresThatDivideByZero()
    }
}

private enum NotDivided: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] { scores.map { exp($0) } }
}

private enum NotStable: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] {
        let e = scores.map { exp($0) }
        return e.map { $0 / e.reduce(0, +) }
    }
}

/// Softmax after a number was subtracted from every score.
private func shiftedSoftmax(_ scores: [Double], minus number: Double) -> [Double] {
    let e = scores.map { exp($0 - number) }
    return e.map { $0 / e.reduce(0, +) }
}

private enum MinusFirst: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] { shiftedSoftmax(scores, minus: scores[0]) }
}

private enum MinusSmallest: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] { shiftedSoftmax(scores, minus: scores.min() ?? 0) }
}

private enum MinusMean: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] {
        shiftedSoftmax(scores, minus: scores.reduce(0, +) / Double(scores.count))
    }
}

private enum NoExponential: Otherwise {
    static func softmax(_ scores: [Double]) throws -> [Double] { scores.map { $0 / scores.reduce(0, +) } }
}

private enum MaskAfter: Otherwise {
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try zip(softmax(scores), isReal).map { $1 ? $0 : 0 }
    }
}

private enum MaskByMultiplying: Otherwise {
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try softmax(zip(scores, isReal).map { $1 ? $0 : 0 })
    }
}

private enum LargestOfAll: Otherwise {
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        guard isReal.contains(true) else { throw Solutions.Exercise01.NothingToAttendTo() }
        let largest = scores.max() ?? 0
        let e = scores.indices.map { isReal[$0] ? exp(scores[$0] - largest) : 0 }
        return e.map { $0 / e.reduce(0, +) }
    }
}

private enum MinusABillion: Otherwise {
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try softmax(zip(scores, isReal).map { $1 ? $0 : $0 - 1e9 })
    }
}

private enum RefusesNaN: Otherwise {
    private struct Refusal: Error, CustomStringConvertible {
        let description = "a score is NaN"
    }

    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        if scores.contains(where: \.isNaN) { throw Refusal() }
        return try Solutions.Exercise01.maskedSoftmax(scores, isReal: isReal)
    }
}

private enum EmptyIsZeros: Otherwise {
    static func maskedSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        guard isReal.contains(true) else { return scores.map { _ in 0 } }
        return try Solutions.Exercise01.maskedSoftmax(scores, isReal: isReal)
    }
}

private enum NotRenormalised: Otherwise {
    static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try zip(softmax(scores), isReal).map { $1 ? $0 : 0 }
    }
}

private enum MaskedInstead: Otherwise {
    static func renormalisingSoftmax(_ scores: [Double], isReal: [Bool]) throws -> [Double] {
        try maskedSoftmax(scores, isReal: isReal)
    }
}

private enum NotFarEnough: Otherwise {
    static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) { ([0, 100], [true, false]) }
}

private enum Infinite: Otherwise {
    static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) {
        ([0, .infinity], [true, false])
    }
}

private enum NoScores: Otherwise {
    static func scoresThatDivideByZero() throws -> (scores: [Double], isReal: [Bool]) { ([], []) }
}
