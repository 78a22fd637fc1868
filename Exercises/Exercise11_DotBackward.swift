// Exercise 11 · the backward pass of dot-product attention
//
//     forward     eᵢ = s · hᵢ        α = softmax(e)        c = Σᵢ αᵢ hᵢ          Luong et al. 2015, §3.1, eq. 7, dot
//
//     backward    given is g = ∂L/∂c, what the rest of the model sends back
//       ∂L/∂αᵢ = g · hᵢ                         c = … + αᵢ hᵢ + …, so αᵢ moves c along hᵢ
//       ∂L/∂eᵢ = αᵢ (∂L/∂αᵢ − Σⱼ αⱼ ∂L/∂αⱼ)      because ∂αⱼ/∂eᵢ = αⱼ ([i = j] − αᵢ): what word i gains the others lose
//       ∂L/∂s  = Σᵢ ∂L/∂eᵢ hᵢ                    s is in every score
//       ∂L/∂hᵢ = αᵢ g + ∂L/∂eᵢ s                 hᵢ is used twice: as a value in c and as a key in eᵢ
//
// A library does this for you, until a kernel of your own needs a backward pass, or a training does not learn and you
// must say why. One rule does most of it: a number that is used in several places gets a gradient from each, and they
// are added.
//
// Lesson  Notebooks-md/02_SoftSearch.md
// Check   swift test --filter Exercise11
// Hints   swift run attention exercises hint 11

import Foundation
public import Workbook

public enum Exercise11: DotBackwardAnswers {
    /// Given: the forward pass of one query.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D], a row for each source word; at least one.
    /// - Returns: α [S] and c [D].
    public static func attend(query: [Double], states: [[Double]]) -> (weights: [Double], context: [Double]) {
        let scores = states.map { dot(query, $0) }
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        let weights = exponentials.map { $0 / sum }
        let context = query.indices.map { d in dot(weights, states.map { $0[d] }) }
        return (weights, context)
    }

    /// Given: Σ aₖ bₖ.
    public static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    /// - Parameters:
    ///   - contextGradient: g = ∂L/∂c [D].
    ///   - states: h [S][D].
    /// - Returns: ∂L/∂α [S], as if every weight could be changed alone; that they sum to 1 is softmax's affair, in the
    ///   next gap.
    public static func weightGradients(contextGradient: [Double], states: [[Double]]) throws -> [Double] {
        throw Unfinished("gradient of the weights")
    }

    /// Back through softmax.
    ///
    /// - Parameters:
    ///   - weights: α [S], what softmax gave.
    ///   - weightGradients: ∂L/∂α [S].
    /// - Returns: ∂L/∂e [S].
    public static func scoreGradients(weights: [Double], weightGradients: [Double]) throws -> [Double] {
        throw Unfinished("gradient of the scores")
    }

    /// - Parameters:
    ///   - scoreGradients: ∂L/∂e [S].
    ///   - states: h [S][D].
    /// - Returns: ∂L/∂s [D].
    public static func queryGradient(scoreGradients: [Double], states: [[Double]]) throws -> [Double] {
        throw Unfinished("gradient of the query")
    }

    /// Each state is a value and a key. Both roads lead back to it.
    ///
    /// - Parameters:
    ///   - weights: α [S].
    ///   - scoreGradients: ∂L/∂e [S].
    ///   - contextGradient: g = ∂L/∂c [D].
    ///   - query: s [D].
    /// - Returns: ∂L/∂h [S][D].
    public static func stateGradients(
        weights: [Double], scoreGradients: [Double], contextGradient: [Double], query: [Double]
    ) throws -> [[Double]] {
        throw Unfinished("gradient of the states")
    }

    /// Two decoder steps look at the same states; L depends on both contexts. From the forward pass to all gradients,
    /// with the functions above.
    ///
    /// - Parameters:
    ///   - queries: s of both steps [2][D].
    ///   - states: h [S][D], the same for both.
    ///   - contextGradients: ∂L/∂c of both steps [2][D].
    /// - Returns: ∂L/∂s of both steps [2][D], and ∂L/∂h [S][D].
    public static func twoSteps(
        queries: [[Double]], states: [[Double]], contextGradients: [[Double]]
    ) throws -> (queries: [[Double]], states: [[Double]]) {
        throw Unfinished("two steps")
    }
}
