// What students hand in for exercise 24, and what is published.

import Foundation
import Solutions
import Workbook

let monotonicMistakes = [
    Wrong(Inclusive.self, "the exclusive product", says: "Exclusive is without itself"),
    Wrong(OfStops.self, "the exclusive product", says: "the product of p"),
    Wrong(OneTooMany.self, "the exclusive product", says: "one number too many"),
    Wrong(Inclusive.self, "the walk", says: "the product includes the word's own"),
    Wrong(FromTheFirst.self, "the walk", says: "begins at the first word again"),
    Wrong(NothingBefore.self, "the walk", says: "nothing ever comes"),
    Wrong(Renormalised.self, "the walk", says: "divided by their sum"),
    Wrong(ClosedForm.self, "the walk", says: "kept above 1e-6"),
    Wrong(Quotient.self, "the walk", says: "a division by a product that is 0"),
    Wrong(OwnWordOnly.self, "the way back", says: "takes weight from the words behind"),
    Wrong(GoesNotOn.self, "the way back", says: "what goes on to the next words"),
    Wrong(FromTheFirst.self, "the hard walk", says: "begins at the first word again"),
    Wrong(Leaves.self, "the hard walk", says: "it may stop there again"),
    Wrong(ZeroStops.self, "the hard walk", says: "must be above 0"),
    Wrong(Largest.self, "the hard walk", says: "the largest energy"),
]

private typealias Solution = Solutions.Exercise24

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: MonotonicAnswers {}

extension Otherwise {
    static func reach(stops: [Double]) throws -> [Double] { try Solution.reach(stops: stops) }
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        try Solution.walk(stops: stops, previous: previous)
    }
    static func walkBackward(
        stops: [Double], previous: [Double], upstream: [Double]
    ) throws -> (stops: [Double], previous: [Double]) {
        try Solution.walkBackward(stops: stops, previous: previous, upstream: upstream)
    }
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        try Solution.hardWalk(energies: energies, takesLast: takesLast)
    }
}

/// The formula with a quotient, and what its divisor becomes.
private func closedForm(_ p: [Double], _ previous: [Double], _ divisor: (Double) -> Double) throws -> [Double] {
    let products = try Solution.reach(stops: p)
    var sum = 0.0
    return p.indices.map { j in
        sum += previous[j] / divisor(products[j])
        return p[j] * products[j] * sum
    }
}

private enum Inclusive: Otherwise {
    static func reach(stops: [Double]) throws -> [Double] {
        var product = 1.0
        return stops.map { stop in
            product *= 1 - stop
            return product
        }
    }
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        var coming = 0.0
        return zip(stops, previous).map { stop, stood in
            coming = (coming + stood) * (1 - stop)
            return stop * coming
        }
    }
}

private enum OfStops: Otherwise {
    static func reach(stops: [Double]) throws -> [Double] { try Solution.reach(stops: stops.map { 1 - $0 }) }
}

private enum OneTooMany: Otherwise {
    static func reach(stops: [Double]) throws -> [Double] { try Solution.reach(stops: stops + [0]) }
}

private enum FromTheFirst: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        try Solution.walk(stops: stops, previous: stops.indices.map { $0 == 0 ? 1 : 0 })
    }
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        try energies.map { try Solution.hardWalk(energies: [$0], takesLast: takesLast)[0] }
    }
}

private enum NothingBefore: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] { stops.map { _ in 0 } }
}

private enum Renormalised: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        let alpha = try Solution.walk(stops: stops, previous: previous)
        return alpha.map { $0 / alpha.reduce(0, +) }
    }
}

private enum ClosedForm: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        try closedForm(stops, previous) { max($0, 1e-6) }
    }
}

private enum Quotient: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] { try closedForm(stops, previous) { $0 } }
}

private enum OwnWordOnly: Otherwise {
    static func walkBackward(
        stops: [Double], previous: [Double], upstream: [Double]
    ) throws -> (stops: [Double], previous: [Double]) {
        let alpha = try Solution.walk(stops: stops, previous: previous)
        let right = try Solution.walkBackward(stops: stops, previous: previous, upstream: upstream)
        return (zip(zip(alpha, stops), upstream).map { $0.0 / $0.1 * $1 }, right.previous)
    }
}

private enum GoesNotOn: Otherwise {
    static func walkBackward(
        stops: [Double], previous: [Double], upstream: [Double]
    ) throws -> (stops: [Double], previous: [Double]) {
        let right = try Solution.walkBackward(stops: stops, previous: previous, upstream: upstream)
        return (right.stops, zip(stops, upstream).map { $0 * $1 })
    }
}

/// A hard walk with a condition to stop and a place where the next step begins.
private func hard(_ energies: [[Double]], _ takesLast: Bool, onward: Int, _ stop: (Double) -> Bool) -> [Int?] {
    var place = 0
    return energies.map { row in
        let found = row.indices.first { $0 >= place && stop(row[$0]) } ?? (takesLast ? row.count - 1 : nil)
        place = found.map { $0 + onward } ?? place
        return found
    }
}

private enum Leaves: Otherwise {
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        hard(energies, takesLast, onward: 1) { $0 > 0 }
    }
}

private enum ZeroStops: Otherwise {
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        hard(energies, takesLast, onward: 0) { $0 >= 0 }
    }
}

private enum Largest: Otherwise {
    static func hardWalk(energies: [[Double]], takesLast: Bool) throws -> [Int?] {
        energies.map { $0.firstIndex(of: $0.max() ?? 0) }
    }
}
