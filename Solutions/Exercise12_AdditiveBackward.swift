// Exercise 12 · the backward pass of the additive score
//
//     forward     tᵢ = tanh(W s + U hᵢ + b)        eᵢ = v · tᵢ               Bahdanau et al. 2015, §3.1 and A.1.2
//
//     backward    given is ∂L/∂e, as exercise 11 gets it out of softmax
//       ∂L/∂v  = Σᵢ ∂L/∂eᵢ tᵢ
//       ∂L/∂pᵢ = ∂L/∂eᵢ v ⊙ (1 − tᵢ²)       pᵢ = W s + U hᵢ + b, what tanh is given; tanh′(p) = 1 − tanh²(p)
//       ∂L/∂b  = Σᵢ ∂L/∂pᵢ
//       ∂L/∂s  = Wᵀ Σᵢ ∂L/∂pᵢ               ∂L/∂W = s ⊗ Σᵢ ∂L/∂pᵢ
//       ∂L/∂hᵢ = Uᵀ ∂L/∂pᵢ                  ∂L/∂U = Σᵢ hᵢ ⊗ ∂L/∂pᵢ
//
// Everything goes through ∂L/∂p, so it is computed once, as the fused kernel of the library does. What the words share
// (v, b, s, W, U) sums over them; what each word has for itself (hᵢ) does not. The formulas are written as in the
// paper; the arrays keep a matrix as the library does, W [D][A] with a row for each component of s, so that (W s)_a =
// Σ_d s_d W[d][a].
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter Exercise12
// Hints   swift run attention exercises hint 12

import Foundation
public import Workbook

public enum Exercise12: AdditiveBackwardAnswers {
    /// Given: the hidden layer of the forward pass. The functions below get it as `hidden`.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D], a row for each source word; at least one.
    ///   - W: [D][A].
    ///   - U: [D][A].
    ///   - b: [A].
    /// - Returns: t [S][A], numbers between −1 and 1.
    public static func hidden(
        query: [Double], states: [[Double]], W: [[Double]], U: [[Double]], b: [Double]
    ) -> [[Double]] {
        states.map { state in
            b.indices.map { a in
                tanh(query.indices.reduce(b[a]) { $0 + query[$1] * W[$1][a] + state[$1] * U[$1][a] })
            }
        }
    }

    /// - Parameters:
    ///   - scoreGradients: ∂L/∂e [S].
    ///   - hidden: t [S][A].
    /// - Returns: ∂L/∂v [A].
    public static func vectorGradient(scoreGradients: [Double], hidden: [[Double]]) throws -> [Double] {
        // gap: throw Unfinished("gradient of v")
        hidden[0].indices.map { a in
            hidden.indices.reduce(0) { $0 + scoreGradients[$1] * hidden[$1][a] }
        }
        // end of gap
    }

    /// Back through v and through tanh.
    ///
    /// - Parameters:
    ///   - scoreGradients: ∂L/∂e [S].
    ///   - v: [A].
    ///   - hidden: t [S][A], what tanh gave.
    /// - Returns: ∂L/∂p [S][A].
    public static func preActivationGradients(
        scoreGradients: [Double], v: [Double], hidden: [[Double]]
    ) throws -> [[Double]] {
        // gap: throw Unfinished("gradient before tanh")
        // tanh′ needs only what tanh gave, so p need not be kept: where t is near ±1 the unit is full, and almost
        // nothing comes back.
        zip(scoreGradients, hidden).map { scoreGradient, t in
            zip(v, t).map { scoreGradient * $0 * (1 - $1 * $1) }
        }
        // end of gap
    }

    /// - Parameter preActivationGradients: ∂L/∂p [S][A].
    /// - Returns: ∂L/∂b [A].
    public static func biasGradient(preActivationGradients: [[Double]]) throws -> [Double] {
        // gap: throw Unfinished("gradient of b")
        preActivationGradients[0].indices.map { a in
            preActivationGradients.reduce(0) { $0 + $1[a] }
        }
        // end of gap
    }

    /// - Parameters:
    ///   - preActivationGradients: ∂L/∂p [S][A].
    ///   - W: [D][A].
    /// - Returns: ∂L/∂s [D].
    public static func queryGradient(preActivationGradients: [[Double]], W: [[Double]]) throws -> [Double] {
        // gap: throw Unfinished("gradient of the query")
        // W s is added at every word, so its gradient is the sum over the words, which is that of b.
        let sum = try biasGradient(preActivationGradients: preActivationGradients)
        return W.map { row in zip(row, sum).reduce(0) { $0 + $1.0 * $1.1 } }
        // end of gap
    }

    /// - Parameters:
    ///   - preActivationGradients: ∂L/∂p [S][A].
    ///   - query: s [D].
    /// - Returns: ∂L/∂W [D][A].
    public static func queryMatrixGradient(preActivationGradients: [[Double]], query: [Double]) throws -> [[Double]] {
        // gap: throw Unfinished("gradient of W")
        let sum = try biasGradient(preActivationGradients: preActivationGradients)
        return query.map { component in sum.map { component * $0 } }
        // end of gap
    }

    /// - Parameters:
    ///   - preActivationGradients: ∂L/∂p [S][A].
    ///   - states: h [S][D].
    /// - Returns: ∂L/∂U [D][A].
    public static func stateMatrixGradient(preActivationGradients: [[Double]], states: [[Double]]) throws -> [[Double]]
    {
        // gap: throw Unfinished("gradient of U")
        // Here every word has a state of its own beside its gradient: a sum of products, and not the product of two
        // sums.
        states[0].indices.map { d in
            preActivationGradients[0].indices.map { a in
                states.indices.reduce(0) { $0 + states[$1][d] * preActivationGradients[$1][a] }
            }
        }
        // end of gap
    }

    /// The path through the scores only; the one through the context is that of exercise 11.
    ///
    /// - Parameters:
    ///   - preActivationGradients: ∂L/∂p [S][A].
    ///   - U: [D][A].
    /// - Returns: ∂L/∂h [S][D].
    public static func stateGradients(preActivationGradients: [[Double]], U: [[Double]]) throws -> [[Double]] {
        // gap: throw Unfinished("gradient of the states")
        preActivationGradients.map { gradient in
            U.map { row in zip(row, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
        }
        // end of gap
    }
}
