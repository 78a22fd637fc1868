// Bug hunt 4 · the hidden layer and its gradient
//
//     xᵢ = Wₐ s + Uₐ hᵢ      eᵢ = vₐ · tanh(xᵢ)                     Bahdanau et al. 2015, §3.1 and A.1.2
//     ∂(Σᵢ gᵢ eᵢ)/∂s = Wₐᵀ Σᵢ gᵢ (vₐ ∘ (1 − tanh² xᵢ))              the chain rule, ∘ element by element
//
// The code below computes the scores of an additive scorer and sends their gradient back to the query. Score and
// gradient agree with one another: a check by small differences finds nothing. It is wrong.
//
// Find the mistake, correct it, and choose the sentence that says why it was one.
//
// `Plain` is arithmetic on plain arrays, in Sources/Workbook/References/PlainArithmetic.swift; the mistake is not
// there. `rowProduct(s, Wa)` is Wₐ s.
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
    ///   - parameters: Wₐ and Uₐ [D][A], vₐ [A]; b is 0 and not in the formula.
    /// - Returns: e [S].
    public static func scores(query: [Double], states: [[Double]], parameters: AdditiveParameters) throws -> [Double] {
        states.map { state in
            Plain.dot(parameters.va, sums(query, state, parameters).map { unit($0) })
        }
    }

    /// - Parameter upstream: g [S], the gradient of the scores.
    /// - Returns: ∂(Σᵢ gᵢ eᵢ)/∂s [D].
    public static func queryGradient(
        query: [Double], states: [[Double]], parameters: AdditiveParameters, upstream: [Double]
    ) throws -> [Double] {
        var hidden = parameters.va.map { _ in 0.0 }
        for (state, g) in zip(states, upstream) {
            for (a, x) in sums(query, state, parameters).enumerated() { hidden[a] += g * parameters.va[a] * slope(x) }
        }
        // Wₐ is kept with a row for each number of s, so that this is Wₐᵀ times `hidden`.
        return Plain.multiply(parameters.Wa, hidden)
    }

    /// What a unit of the hidden layer gives for its sum x.
    private static func unit(_ x: Double) -> Double {
        // gap: max(0, x)
        tanh(x)
        // end of gap
    }

    /// The derivative of `unit`.
    private static func slope(_ x: Double) -> Double {
        // gap: x > 0 ? 1 : 0
        // Seen in implementations that call themselves additive or Bahdanau's: the activation of the day was put in for
        // tanh, and since everything still trains, nobody compared with the paper.
        1 - tanh(x) * tanh(x)
        // end of gap
    }

    /// Why the code was wrong; choose one, as in `.a`:
    ///
    /// a. max(0, x) has a corner at 0, where it has no derivative; training stops when a sum arrives there.
    /// b. max(0, x) has no upper bound; a large sum makes the exponential of the softmax overflow.
    /// c. A unit with a negative sum gives 0 and passes no gradient: states that differ only there get equal scores,
    ///    and stay equal.
    /// d. max(0, x) is linear, so the query's part is the same at every position and softmax cancels it.
    public static var why: Choice? {
        // gap: nil
        // tanh tells −1 from −3, and its slope is nowhere exactly 0. With max(0, x) half of every unit's range is
        // blind: there is neither a difference between states nor a gradient that could bring one about.
        .c
        // end of gap
    }

    /// Wₐ s + Uₐ h [A]; it is right.
    private static func sums(_ query: [Double], _ state: [Double], _ parameters: AdditiveParameters) -> [Double] {
        Plain.sum(Plain.rowProduct(query, parameters.Wa), Plain.rowProduct(state, parameters.Ua))
    }
}
