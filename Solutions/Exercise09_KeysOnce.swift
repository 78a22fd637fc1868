// Exercise 9 · keys once
//
//     e_{t,i} = vₐᵀ tanh(Wₐ s_t + Uₐ hᵢ + b)          Bahdanau et al. 2015, A.1.2
//
// Uₐ hᵢ has no t in it: the paper computes it once for all decoder steps. That changes no number, and most of the cost.
// With T steps, S source words, states of width D and A hidden units, the keys take
//
//     T·S·D·A multiplications if they are computed at every step, and S·D·A if they are kept.
//
// With 25 words, 30 steps, D = 256 and A = 128 that is 24.6 million or 0.8 million. Two other terms stay as they are;
// the third gap asks for them too, because one of them grows with T·S whatever is kept.
//
// What is kept can also be kept too long: the keys of one batch are nonsense for the next.
//
// `Multiplier` (Sources/Workbook/References/Multiplier.swift) counts: multiplier.times(a, b) is a · b.
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter Exercise09
// Hints   swift run attention exercises hint 9

import Foundation
public import Workbook

public enum Exercise09: KeysOnceAnswers {
    /// The slow way: at each step the key of each word is computed anew. Use `product` and `score` below.
    ///
    /// - Parameters:
    ///   - queries: s [T][D], of all decoder steps.
    ///   - states: h [S][D].
    ///   - parameters: `parameters.Wa` and `.Ua` [D][A], `.b` and `.va` [A].
    ///   - multiplier: what every multiplication goes through; T·S·D·A of them for keys, and no other more often than
    ///     is needed.
    /// - Returns: e [T][S].
    public static func scoresWithKeysAnew(
        queries: [[Double]], states: [[Double]], _ parameters: AdditiveParameters,
        _ multiplier: Multiplier
    ) throws -> [[Double]] {
        // gap: throw Unfinished("keys anew")
        queries.map { query in
            // The same at every position, so that it stands outside the inner loop.
            let fromQuery = product(query, parameters.Wa, multiplier)
            return states.map { score(fromQuery, key: product($0, parameters.Ua, multiplier), parameters, multiplier) }
        }
        // end of gap
    }

    /// The same scores, with S·D·A multiplications for keys.
    public static func scoresWithKeysOnce(
        queries: [[Double]], states: [[Double]], _ parameters: AdditiveParameters,
        _ multiplier: Multiplier
    ) throws -> [[Double]] {
        // gap: throw Unfinished("keys once")
        let keys = states.map { product($0, parameters.Ua, multiplier) }
        return queries.map { query in
            let fromQuery = product(query, parameters.Wa, multiplier)
            return keys.map { score(fromQuery, key: $0, parameters, multiplier) }
        }
        // end of gap
    }

    /// How many multiplications the functions above need, from the sizes alone: the keys, the queries and vₐ together.
    ///
    /// - Parameter keysOnce: false for `scoresWithKeysAnew`, true for `scoresWithKeysOnce`.
    public static func multiplications(T: Int, S: Int, D: Int, A: Int, keysOnce: Bool) throws -> Int {
        // gap: throw Unfinished("the number of multiplications")
        let keys = keysOnce ? S * D * A : T * S * D * A
        return keys + T * D * A + T * S * A
        // end of gap
    }

    /// Two sources for a scorer that keeps its keys in itself and so uses those of the first for the second: such that
    /// nothing fails, and the attention points at the wrong word.
    ///
    /// The library has no such scorer: its keys live in `Memory`, a value made for each batch
    /// (Sources/AttentionScorers/Contract/Memory.swift).
    ///
    /// The scorer here has Wₐ = Uₐ = [[1, 0], [0, 1]], b = [0, 0] and vₐ = [1, 2], and the query is s = [0, 0].
    ///
    /// - Returns: the states of both, each [S][2], with at least two words: with the kept keys another word of the
    ///   second source has the largest score than with its own keys.
    public static func sourcesThatFoolKeptKeys() throws -> (first: [[Double]], second: [[Double]]) {
        // gap: throw Unfinished("keys kept across batches")
        // The same two words the other way round: of equal number, so that every shape fits. With sentences of another
        // length the scores would have another count, and somebody would notice.
        (first: [[1, 0], [0, 1]], second: [[0, 1], [1, 0]])
        // end of gap
    }

    // MARK: nothing to fill below

    /// x W = Σ_d x_d · (row d of W): D·A multiplications.
    ///
    /// - Parameters:
    ///   - x: [D].
    ///   - W: [D][A].
    /// - Returns: [A].
    static func product(_ x: [Double], _ W: [[Double]], _ multiplier: Multiplier) -> [Double] {
        W[0].indices.map { a in x.indices.map { multiplier.times(x[$0], W[$0][a]) }.reduce(0, +) }
    }

    /// vₐᵀ tanh(Wₐ s + Uₐ h + b): A multiplications.
    ///
    /// - Parameters:
    ///   - fromQuery: Wₐ s [A].
    ///   - key: Uₐ h [A].
    static func score(
        _ fromQuery: [Double], key: [Double], _ parameters: AdditiveParameters, _ multiplier: Multiplier
    ) -> Double {
        key.indices.map { multiplier.times(parameters.va[$0], tanh(fromQuery[$0] + key[$0] + parameters.b[$0])) }
            .reduce(0, +)
    }
}
