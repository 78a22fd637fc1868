// What students hand in for bug hunt 6: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt6Mistakes = [
    Wrong(AsFound.self, "the code", says: "has the right context alone"),
    Wrong(SumEndsWithTheWords.self, "the code", says: "has the right context alone"),
    Wrong(LastStateRepeated.self, "the code", says: "counts several times"),
    Wrong(CutToTheShortest.self, "the code", says: "was cut to the length"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseB.self, "the reason", says: "Zeros add nothing"),
    Wrong(ChoseC.self, "the reason", says: "exactly as wrong"),
    Wrong(ChoseD.self, "the reason", says: "softmax of its own"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt6Answers {}

extension Otherwise {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        try Solutions.BugHunt6.contexts(queries: queries, sentences: sentences)
    }
    static var why: Choice? { Solutions.BugHunt6.why }
}

private func context(_ query: [Double], _ states: [[Double]]) -> [Double] {
    Plain.weightedSum(Plain.softmax(states.map { Plain.dot(query, $0) }), of: states)
}

private enum AsFound: Otherwise {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        let longest = sentences.map(\.count).max() ?? 0
        let block = sentences.map { $0 + Array(repeating: [0.0, 0.0], count: longest - $0.count) }
        return zip(queries, block).map(context)
    }
}

private enum SumEndsWithTheWords: Otherwise {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        let longest = sentences.map(\.count).max() ?? 0
        let block = sentences.map { $0 + Array(repeating: [0.0, 0.0], count: longest - $0.count) }
        return queries.indices.map { b in
            Plain.weightedSum(
                Array(Plain.softmax(block[b].map { Plain.dot(queries[b], $0) }).prefix(sentences[b].count)),
                of: sentences[b])
        }
    }
}

private enum LastStateRepeated: Otherwise {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        let longest = sentences.map(\.count).max() ?? 0
        let block = sentences.map { $0 + Array(repeating: $0[$0.count - 1], count: longest - $0.count) }
        return zip(queries, block).map(context)
    }
}

private enum CutToTheShortest: Otherwise {
    static func contexts(queries: [[Double]], sentences: [[[Double]]]) throws -> [[Double]] {
        let shortest = sentences.map(\.count).min() ?? 0
        return zip(queries, sentences).map { context($0, Array($1.prefix(shortest))) }
    }
}

private enum NotChosen: Otherwise { static var why: Choice? { nil } }
private enum ChoseB: Otherwise { static var why: Choice? { .b } }
private enum ChoseC: Otherwise { static var why: Choice? { .c } }
private enum ChoseD: Otherwise { static var why: Choice? { .d } }
