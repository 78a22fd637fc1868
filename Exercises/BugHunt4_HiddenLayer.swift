// Bug hunt 4 · the hidden layer and its gradient
//
//     xᵢ = W s + U hᵢ      eᵢ = v · tanh(xᵢ)                        Bahdanau et al. 2015, §3.1 and A.1.2
//     ∂(Σᵢ gᵢ eᵢ)/∂s = Wᵀ Σᵢ gᵢ (v ∘ (1 − tanh² xᵢ))                the chain rule, ∘ element by element
//
// The code below computes the scores of an additive scorer and sends their gradient back to the query. Score and gradient agree with one
// another: a check by small differences finds nothing. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter BugHunt4
// Hints   swift run attention exercises hint bug4

import Foundation
public import Workbook

public enum BugHunt4: BugHunt4Answers {
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D].
    ///   - parameters: W and U [A][D], v [A]; P is not needed.
    /// - Returns: e [S].
    public static func scores(query: [Double], states: [[Double]], parameters: AdditiveNetwork) throws -> [Double] {
        states.map { state in
            dot(parameters.v, sums(query, state, parameters).map { unit($0) })
        }
    }

    /// - Parameter upstream: g [S], the gradient of the scores.
    /// - Returns: ∂(Σᵢ gᵢ eᵢ)/∂s [D].
    public static func queryGradient(query: [Double], states: [[Double]], parameters: AdditiveNetwork, upstream: [Double]) throws -> [Double] {
        var hidden = parameters.v.map { _ in 0.0 }
        for (state, g) in zip(states, upstream) {
            for (a, x) in sums(query, state, parameters).enumerated() { hidden[a] += g * parameters.v[a] * slope(x) }
        }
        return query.indices.map { d in dot(parameters.W.map { $0[d] }, hidden) }
    }

    /// What a unit of the hidden layer gives for its sum x.
    private static func unit(_ x: Double) -> Double {
        max(0, x)
    }

    /// The derivative of `unit`.
    private static func slope(_ x: Double) -> Double {
        x > 0 ? 1 : 0
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. max(0, x) has a corner at 0, where it has no derivative; training stops when a sum arrives there.
    /// b. max(0, x) has no upper bound; a large sum makes the exponential of the softmax overflow.
    /// c. A unit with a negative sum gives 0 and passes no gradient: states that differ only there get equal scores, and stay equal.
    /// d. max(0, x) is linear, so the query's part is the same at every position and softmax cancels it.
    public static var why: Choice? {
        nil
    }

    // The arithmetic; it is right.

    private static func sums(_ query: [Double], _ state: [Double], _ parameters: AdditiveNetwork) -> [Double] {
        zip(parameters.W, parameters.U).map { dot($0, query) + dot($1, state) }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).map { $0 * $1 }.reduce(0, +) }
}
