// What students hand in for bug hunt 7: the code as it was found, half a correction, and the other sentences.

import Solutions
import Workbook

let bugHunt7Mistakes = [
    Wrong(AsFound.self, "the code", says: "sentence 2, of 3 words, step 1"),
    Wrong(ByTheirNumber.self, "the code", says: "sentence 2, of 3 words, step 1"),
    Wrong(Appended.self, "the code", says: "sentence 2, of 3 words, step 1"),
    Wrong(EveryStep.self, "the code", says: "keys made again at every step"),
    Wrong(NotChosen.self, "the reason", says: "the code is right now"),
    Wrong(ChoseA.self, "the reason", says: "`begin` is mutating"),
    Wrong(ChoseB.self, "the reason", says: "does not depend on the query"),
    Wrong(ChoseC.self, "the reason", says: "of one length"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: BugHunt7Answers {}

extension Otherwise {
    static var why: Choice? { Solutions.BugHunt7.why }
}

private enum AsFound: Otherwise {
    struct Attention: SentenceAttention {
        let key: ([Double]) -> [Double]
        var states: [[Double]] = [], keys: [[Double]] = []

        init(key: @escaping ([Double]) -> [Double]) { self.key = key }

        mutating func begin(_ states: [[Double]]) {
            self.states = states
        }

        mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double]) {
            if keys.isEmpty { keys = states.map(key) }
            let weights = Plain.softmax(keys.map { Plain.dot(query, $0) })
            return (weights, Plain.weightedSum(weights, of: states))
        }
    }
}

private enum ByTheirNumber: Otherwise {
    struct Attention: SentenceAttention {
        let key: ([Double]) -> [Double]
        var states: [[Double]] = [], keys: [[Double]] = []

        init(key: @escaping ([Double]) -> [Double]) { self.key = key }

        mutating func begin(_ states: [[Double]]) {
            self.states = states
        }

        mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double]) {
            if keys.count != states.count { keys = states.map(key) }
            let weights = Plain.softmax(keys.map { Plain.dot(query, $0) })
            return (weights, Plain.weightedSum(weights, of: states))
        }
    }
}

private enum Appended: Otherwise {
    struct Attention: SentenceAttention {
        let key: ([Double]) -> [Double]
        var states: [[Double]] = [], keys: [[Double]] = []

        init(key: @escaping ([Double]) -> [Double]) { self.key = key }

        mutating func begin(_ states: [[Double]]) {
            self.states = states
            keys += states.map(key)
        }

        mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double]) {
            // The keys are there.
            let weights = Plain.softmax(keys.map { Plain.dot(query, $0) })
            return (weights, Plain.weightedSum(weights, of: states))
        }
    }
}

private enum EveryStep: Otherwise {
    struct Attention: SentenceAttention {
        let key: ([Double]) -> [Double]
        var states: [[Double]] = [], keys: [[Double]] = []

        init(key: @escaping ([Double]) -> [Double]) { self.key = key }

        mutating func begin(_ states: [[Double]]) {
            self.states = states
        }

        mutating func step(_ query: [Double]) -> (weights: [Double], context: [Double]) {
            keys = states.map(key)
            let weights = Plain.softmax(keys.map { Plain.dot(query, $0) })
            return (weights, Plain.weightedSum(weights, of: states))
        }
    }
}

private enum NotChosen: Otherwise {
    typealias Attention = Solutions.BugHunt7.Attention
    static var why: Choice? { nil }
}
private enum ChoseA: Otherwise {
    typealias Attention = Solutions.BugHunt7.Attention
    static var why: Choice? { .a }
}
private enum ChoseB: Otherwise {
    typealias Attention = Solutions.BugHunt7.Attention
    static var why: Choice? { .b }
}
private enum ChoseC: Otherwise {
    typealias Attention = Solutions.BugHunt7.Attention
    static var why: Choice? { .c }
}
