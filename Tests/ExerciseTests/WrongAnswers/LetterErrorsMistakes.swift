// What students hand in for exercise 34.

import Solutions
import Workbook

let letterErrorsMistakes = [
    Wrong(PlaceByPlace.self, "the edits", says: "place by place"),
    Wrong(ReplacedTwice.self, "the edits", says: "counted as two edits"),
    Wrong(LettersWherever.self, "the edits", says: "their order matters"),
    Wrong(MeanOfRates.self, "the rate", says: "the mean of the sentences' rates"),
    Wrong(OverWritten.self, "the rate", says: "letters that were written"),
    Wrong(CutOff.self, "the rate", says: "cut off at 1"),
    Wrong(NotDivided.self, "the rate", says: "not divided"),
    Wrong(ChoseA.self, "what happened", says: "any number"),
    Wrong(ChoseC.self, "what happened", says: "a rate of 1 at most"),
    Wrong(ChoseD.self, "what happened", says: "exactly 1"),
]

private typealias Solution = Solutions.Exercise34

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: LetterErrorsAnswers {}

extension Otherwise {
    static func edits(_ output: [String], _ reference: [String]) throws -> Int {
        try Solution.edits(output, reference)
    }
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        try Solution.errorRate(outputs: outputs, references: references)
    }
    static func whatHappened() throws -> Choice { try Solution.whatHappened() }
}

private func total(_ outputs: [[String]], _ references: [[String]]) throws -> Double {
    try Double(zip(outputs, references).map { try Solution.edits($0, $1) }.reduce(0, +))
}

private enum PlaceByPlace: Otherwise {
    static func edits(_ output: [String], _ reference: [String]) throws -> Int {
        zip(output, reference).count { $0 != $1 } + abs(output.count - reference.count)
    }
}

private enum ReplacedTwice: Otherwise {
    static func edits(_ output: [String], _ reference: [String]) throws -> Int {
        var row = Array(0...reference.count)
        for (i, letter) in output.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, expected) in reference.enumerated() {
                let best = min(diagonal + (letter == expected ? 0 : 2), row[j + 1] + 1, row[j] + 1)
                (diagonal, row[j + 1]) = (row[j + 1], best)
            }
        }
        return row[reference.count]
    }
}

private enum LettersWherever: Otherwise {
    static func edits(_ output: [String], _ reference: [String]) throws -> Int {
        var rest = reference, extra = 0
        for letter in output {
            if let place = rest.firstIndex(of: letter) { rest.remove(at: place) } else { extra += 1 }
        }
        return max(extra, rest.count)
    }
}

private enum MeanOfRates: Otherwise {
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        let rates = try zip(outputs, references).map { output, reference in
            reference.isEmpty ? 0 : try Double(Solution.edits(output, reference)) / Double(reference.count)
        }
        return rates.reduce(0, +) / Double(rates.count)
    }
}

private enum OverWritten: Otherwise {
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        try total(outputs, references) / Double(outputs.map(\.count).reduce(0, +))
    }
}

private enum CutOff: Otherwise {
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        try min(1, total(outputs, references) / Double(references.map(\.count).reduce(0, +)))
    }
}

private enum NotDivided: Otherwise {
    static func errorRate(outputs: [[String]], references: [[String]]) throws -> Double {
        try total(outputs, references)
    }
}

private enum ChoseA: Otherwise { static func whatHappened() throws -> Choice { .a } }
private enum ChoseC: Otherwise { static func whatHappened() throws -> Choice { .c } }
private enum ChoseD: Otherwise { static func whatHappened() throws -> Choice { .d } }
