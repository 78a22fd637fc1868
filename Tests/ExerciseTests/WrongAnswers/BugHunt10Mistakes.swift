// What students hand in for bug hunt 10: the code as it was found, half a correction, and the other sentences.

import Foundation
import Solutions
import Workbook

let bugHunt10Mistakes = [
    Wrong(AsFound.self, "the code", says: "stops there for certain"),
    Wrong(Divided.self, "the code", says: "divided by the sum"),
    Wrong(FromTheFirst.self, "the code", says: "begins where the step before stopped"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "nothing can"),
    Wrong(ChoseC.self, "the reason", says: "there is only one"),
    Wrong(ChoseD.self, "the reason", says: "nothing of it has gone on"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt10Answers {}

extension Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        try Solutions.BugHunt10.walk(stops: stops, previous: previous)
    }
    static var why: Choice? { Solutions.BugHunt10.why }
}

private enum AsFound: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        var coming = 0.0
        return zip(stops, previous).map { stop, stood in
            coming = (coming + stood) * (1 - stop)
            return stop * coming
        }
    }
}

private enum Divided: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        let right = try Solutions.BugHunt10.walk(stops: stops, previous: previous)
        return right.map { $0 / right.reduce(0, +) }
    }
}

private enum FromTheFirst: Otherwise {
    static func walk(stops: [Double], previous: [Double]) throws -> [Double] {
        try Solutions.BugHunt10.walk(stops: stops, previous: stops.indices.map { $0 == 0 ? 1 : 0 })
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseA: Otherwise { static var why: Choice? { .a } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
