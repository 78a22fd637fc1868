// What students hand in for exercise 17.

import Corpora
import Solutions
import Workbook

let aerMistakes = [
    Wrong(PossibleWithoutSure.self, "the alignment error rate", says: "without S"),
    Wrong(OneMinusF1.self, "the alignment error rate", says: "1 - F1"),
    Wrong(Right.self, "the alignment error rate", says: "1 minus it"),
    Wrong(MeanOfQuotients.self, "the alignment error rate", says: "not the quotients"),
    Wrong(DividesByPossible.self, "the alignment error rate", says: "denominator is |A| + |P|"),
    Wrong(NaNForNothing.self, "the alignment error rate", says: "0/0 is NaN"),
    Wrong(PerfectForNothing.self, "the alignment error rate", says: "0 would count as perfect"),
    Wrong(NilWithoutPrediction.self, "the alignment error rate", says: "is all wrong"),
    Wrong(MeanOfSentences.self, "the AER of a corpus", says: "weighs as much as a long one"),
    Wrong(EmptyCountsAsPerfect.self, "the AER of a corpus", says: "weighs as much as a long one"),
    Wrong(OneSet.self, "the AER of a corpus", says: "thrown into one set"),
    Wrong(CorpusWithoutSure.self, "the AER of a corpus", says: "without S"),
    Wrong(NilForOneEmpty.self, "the AER of a corpus", says: "adds 0 above and 0 below"),
    Wrong(Swapped.self, "from weights to links", says: "source and target are swapped"),
    Wrong(KeepsTheEnd.self, "from weights to links", says: "end token's row was kept"),
    Wrong(FromOne.self, "from weights to links", says: "count from 1"),
    Wrong(LastOfEquals.self, "from weights to links", says: "of equal weights the last"),
    Wrong(DownTheColumns.self, "from weights to links", says: "down the columns"),
    Wrong(DropsTheFirst.self, "from weights to links", says: "first row was left out"),
    Wrong(SaysA.self, "why the end row goes", says: "sums to 1"),
    Wrong(SaysC.self, "why the end row goes", says: "no end token"),
    Wrong(SaysD.self, "why the end row goes", says: "scores of its own"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: AERAnswers {}

extension Otherwise {
    static func aer(predicted: Set<Link>, sure: Set<Link>, possible: Set<Link>) throws -> Double? {
        try Solutions.Exercise17.aer(predicted: predicted, sure: sure, possible: possible)
    }
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        try Solutions.Exercise17.corpusAER(sentences)
    }
    static func links(_ weights: [[Double]]) throws -> Set<Link> { try Solutions.Exercise17.links(weights) }
    static func whyTheEndRowGoes() throws -> Choice { try Solutions.Exercise17.whyTheEndRowGoes() }
}

/// Two quotients, of which a mistake makes something.
private func quotients(_ a: Set<Link>, _ s: Set<Link>, _ p: Set<Link>) -> (precision: Double, recall: Double) {
    (Double(a.intersection(p.union(s)).count) / Double(a.count), Double(a.intersection(s).count) / Double(s.count))
}

private enum PossibleWithoutSure: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        a.isEmpty && s.isEmpty
            ? nil : 1 - Double(a.intersection(s).count + a.intersection(p).count) / Double(a.count + s.count)
    }
}

private enum OneMinusF1: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        let (precision, recall) = quotients(a, s, p)
        return a.isEmpty && s.isEmpty ? nil : 1 - 2 * precision * recall / (precision + recall)
    }
}

private enum Right: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        try Solutions.Exercise17.aer(predicted: a, sure: s, possible: p).map { 1 - $0 }
    }
}

private enum MeanOfQuotients: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        let (precision, recall) = quotients(a, s, p)
        return 1 - (precision + recall) / 2
    }
}

private enum DividesByPossible: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        let p = p.union(s)
        return 1 - Double(a.intersection(s).count + a.intersection(p).count) / Double(a.count + p.count)
    }
}

private enum NaNForNothing: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        1 - Double(a.intersection(s).count + a.intersection(p.union(s)).count) / Double(a.count + s.count)
    }
}

private enum PerfectForNothing: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        try Solutions.Exercise17.aer(predicted: a, sure: s, possible: p) ?? 0
    }
}

private enum NilWithoutPrediction: Otherwise {
    static func aer(predicted a: Set<Link>, sure s: Set<Link>, possible p: Set<Link>) throws -> Double? {
        a.isEmpty ? nil : try Solutions.Exercise17.aer(predicted: a, sure: s, possible: p)
    }
}

private enum MeanOfSentences: Otherwise {
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        let rates = try sentences.compactMap { try aer(predicted: $0.predicted, sure: $0.sure, possible: $0.possible) }
        return rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
    }
}

private enum EmptyCountsAsPerfect: Otherwise {
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        let rates = try sentences.map { try aer(predicted: $0.predicted, sure: $0.sure, possible: $0.possible) ?? 0 }
        return rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
    }
}

private enum OneSet: Otherwise {
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        func all(_ part: (JudgedSentence) -> Set<Link>) -> Set<Link> { sentences.reduce([]) { $0.union(part($1)) } }
        return try aer(predicted: all(\.predicted), sure: all(\.sure), possible: all(\.possible))
    }
}

private enum CorpusWithoutSure: Otherwise {
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        let right = sentences.map {
            $0.predicted.intersection($0.sure).count + $0.predicted.intersection($0.possible).count
        }.reduce(0, +)
        let size = sentences.map { $0.predicted.count + $0.sure.count }.reduce(0, +)
        return size == 0 ? nil : 1 - Double(right) / Double(size)
    }
}

private enum NilForOneEmpty: Otherwise {
    static func corpusAER(_ sentences: [JudgedSentence]) throws -> Double? {
        sentences.contains { $0.predicted.isEmpty && $0.sure.isEmpty }
            ? nil : try Solutions.Exercise17.corpusAER(sentences)
    }
}

private enum Swapped: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> {
        Set(try Solutions.Exercise17.links(weights).map { Link($0.target, $0.source) })
    }
}

private enum KeepsTheEnd: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> { try Solutions.Exercise17.links(weights + [[1]]) }
}

private enum FromOne: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> {
        Set(try Solutions.Exercise17.links(weights).map { Link($0.source + 1, $0.target + 1) })
    }
}

private enum LastOfEquals: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> {
        Set(
            weights.dropLast().enumerated().compactMap { t, row in
                row.indices.max { row[$0] <= row[$1] }.map { Link($0, t) }
            })
    }
}

private enum DownTheColumns: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> {
        let words = weights.dropLast()
        return Set(
            weights[0].indices.compactMap { i in words.indices.max { words[$0][i] < words[$1][i] }.map { Link(i, $0) } }
        )
    }
}

private enum DropsTheFirst: Otherwise {
    static func links(_ weights: [[Double]]) throws -> Set<Link> {
        try Solutions.Exercise17.links(Array(weights.dropFirst()) + [[1]])
    }
}

private enum SaysA: Otherwise {
    static func whyTheEndRowGoes() throws -> Choice { .a }
}

private enum SaysC: Otherwise {
    static func whyTheEndRowGoes() throws -> Choice { .c }
}

private enum SaysD: Otherwise {
    static func whyTheEndRowGoes() throws -> Choice { .d }
}
