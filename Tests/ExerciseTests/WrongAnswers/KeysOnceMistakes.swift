// What students hand in for exercise 9.

import Foundation
import Solutions
import Workbook

let keysOnceMistakes = [
    Wrong(OnceAlready.self, "keys anew", says: "the keys were computed once; that is the next gap"),
    Wrong(QueryPerWord.self, "keys anew", says: "computed anew for each word"),
    Wrong(VectorUncounted.self, "keys anew", says: "the multiplications of vₐ did not go through"),
    Wrong(WordsByRows.self, "keys anew", says: "the two axes are exchanged"),
    Wrong(KeysInTheLoop.self, "keys once", says: "before the loop over the queries"),
    Wrong(QueryOnceToo.self, "keys once", says: "the scores of the first query"),
    Wrong(OneKey.self, "keys once", says: "the key of the first state"),
    Wrong(MatricesExchanged.self, "keys once", says: "Wₐ was used for the states"),
    Wrong(KeysAlone.self, "the number of multiplications", says: "the keys alone"),
    Wrong(NoComparison.self, "the number of multiplications", says: "vₐ is missing"),
    Wrong(NoQueries.self, "the number of multiplications", says: "the queries are missing"),
    Wrong(CasesExchanged.self, "the number of multiplications", says: "the two cases are exchanged"),
    Wrong(MultiplyAdds.self, "the number of multiplications", says: "three terms"),
    Wrong(OtherLength.self, "keys kept across batches", says: "are noticed at once"),
    Wrong(SameSource.self, "keys kept across batches", says: "both sources are the same"),
    Wrong(SameWinner.self, "keys kept across batches", says: "still point at the right word"),
    Wrong(OneWordEach.self, "keys kept across batches", says: "a single word gets all the weight"),
]

/// The solution, where a wrong answer does not say otherwise.
private protocol Otherwise: KeysOnceAnswers {}

extension Otherwise {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        try Solutions.Exercise09.scoresWithKeysAnew(queries: queries, states: states, p, multiplier)
    }
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        try Solutions.Exercise09.scoresWithKeysOnce(queries: queries, states: states, p, multiplier)
    }
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        try Solutions.Exercise09.multiplications(T: T, S: S, D: D, A: A, keysOnce: keysOnce)
    }
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) {
        try Solutions.Exercise09.sourcesThatFoolKeptKeys()
    }
}

private func product(_ x: [Double], _ W: [[Double]], _ multiplier: Multiplier) -> [Double] {
    W[0].indices.map { a in x.indices.map { multiplier.times(x[$0], W[$0][a]) }.reduce(0, +) }
}

private func score(_ q: [Double], _ k: [Double], _ p: AdditiveParameters, _ multiplier: Multiplier) -> Double {
    k.indices.map { multiplier.times(p.va[$0], tanh(q[$0] + k[$0] + p.b[$0])) }.reduce(0, +)
}

// MARK: scores

private enum OnceAlready: Otherwise {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        try scoresWithKeysOnce(queries: queries, states: states, p, multiplier)
    }
}

private enum QueryPerWord: Otherwise {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        queries.map { s in
            states.map { score(product(s, p.Wa, multiplier), product($0, p.Ua, multiplier), p, multiplier) }
        }
    }
}

private enum VectorUncounted: Otherwise {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        queries.map { s in
            let q = product(s, p.Wa, multiplier)
            return states.map { h in
                zip(p.va, zip(q, zip(product(h, p.Ua, multiplier), p.b))).map { $0 * tanh($1.0 + $1.1.0 + $1.1.1) }
                    .reduce(0, +)
            }
        }
    }
}

private enum WordsByRows: Otherwise {
    static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        states.map { h in
            queries.map { score(product($0, p.Wa, multiplier), product(h, p.Ua, multiplier), p, multiplier) }
        }
    }
}

private enum KeysInTheLoop: Otherwise {
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        queries.map { s in
            let q = product(s, p.Wa, multiplier), keys = states.map { product($0, p.Ua, multiplier) }
            return keys.map { score(q, $0, p, multiplier) }
        }
    }
}

private enum QueryOnceToo: Otherwise {
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        let q = product(queries[0], p.Wa, multiplier), keys = states.map { product($0, p.Ua, multiplier) }
        return queries.map { _ in keys.map { score(q, $0, p, multiplier) } }
    }
}

private enum OneKey: Otherwise {
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        let key = product(states[0], p.Ua, multiplier)
        return queries.map { s in states.map { _ in score(product(s, p.Wa, multiplier), key, p, multiplier) } }
    }
}

private enum MatricesExchanged: Otherwise {
    static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ p: AdditiveParameters, _ multiplier: Multiplier
    ) throws -> [[Double]] {
        try Solutions.Exercise09.scoresWithKeysOnce(
            queries: queries, states: states, AdditiveParameters(Wa: p.Ua, Ua: p.Wa, b: p.b, va: p.va), multiplier)
    }
}

// MARK: the formula

private enum KeysAlone: Otherwise {
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        keysOnce ? S * D * A : T * S * D * A
    }
}

/// O(S·d² + T·d²), as it is often given.
private enum NoComparison: Otherwise {
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        (keysOnce ? S * D * A : T * S * D * A) + T * D * A
    }
}

private enum NoQueries: Otherwise {
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        (keysOnce ? S * D * A : T * S * D * A) + T * S * A
    }
}

private enum CasesExchanged: Otherwise {
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        try Solutions.Exercise09.multiplications(T: T, S: S, D: D, A: A, keysOnce: !keysOnce)
    }
}

/// Counts the additions as well.
private enum MultiplyAdds: Otherwise {
    static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        try 2 * Solutions.Exercise09.multiplications(T: T, S: S, D: D, A: A, keysOnce: keysOnce)
    }
}

// MARK: keys that are kept too long

private enum OtherLength: Otherwise {
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) {
        ([[1, 0], [0, 1]], [[1, 0], [0, 1], [1, 1]])
    }
}

private enum SameSource: Otherwise {
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) {
        ([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    }
}

private enum SameWinner: Otherwise {
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) {
        ([[1, 0], [0, 1]], [[0, 0], [0.5, 0.5]])
    }
}

private enum OneWordEach: Otherwise {
    static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) { ([[1, 0]], [[0, 1]]) }
}
