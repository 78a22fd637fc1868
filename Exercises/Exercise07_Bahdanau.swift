// Exercise 7 · the additive score
//
//     eᵢ = vₐᵀ tanh(Wₐ s + Uₐ hᵢ + b)                Bahdanau et al. 2015, §3.1 and A.1.2; the paper leaves biases out of its equations
//
// The first attention scorer: a small network with one hidden layer compares the query with each state. Wₐ and Uₐ bring
// both into the same A hidden units, tanh lets the units say something that no sum of the two can say, and vₐ turns
// them into one number.
//
// By hand, with D = A = 2, where h₁ = [1, 0.5], h₂ = [−2, 0] and
//
//     s  = [2, 0.5]    Wₐ = [[0.5, −0.5],    Uₐ = [[0.5,  0],    b  = [−0.5, 1]
//                            [0,    2  ]]          [1,   −1]]    vₐ = [2,   −1]
//
//     Wₐ s            = 2 · [0.5, −0.5] + 0.5 · [0, 2]  = [1, 0]           once for all positions
//     Uₐ h₁           = 1 · [0.5, 0] + 0.5 · [1, −1]    = [1, −0.5]
//     Wₐ s + Uₐ h₁ + b = [1.5, 0.5],  tanh of it         = [0.9051, 0.4621]
//     e₁              = 2 · 0.9051 − 1 · 0.4621          = 1.3482           and e₂ = −1.6858 in the same way
//
// Lesson  Notebooks-md/03_Bahdanau.md
// Check   swift test --filter Exercise07
// Hints   swift run attention exercises hint 7

public import AttentionLab
import Foundation
public import Workbook

public enum Exercise07: BahdanauAnswers {
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][D], one row for each source word.
    ///   - parameters: `parameters.Wa` and `parameters.Ua` [D][A], a row for each number of s or hᵢ and a column for
    ///     each hidden unit; `parameters.b` and `parameters.va` [A].
    /// - Returns: e [S].
    public static func additiveScores(
        query: [Double], states: [[Double]], _ parameters: AdditiveParameters
    ) throws -> [Double] {
        throw Unfinished("additive scores")
    }

    /// The same for a batch, as a scorer of the library: `attention train` and the comparison can use it.
    ///
    /// Tensor operations that scorers are made of; not all of them are needed here. All but those of the fifth line can
    /// throw: `try`.
    ///
    ///     x.matmul(W)                        [B,S,D] · [D,A] → [B,S,A], or [B,D] · [D,A] → [B,A]
    ///     x.matmul(W, adding: b)             the same, and b [A] added to every row
    ///     x.addingToEachPosition(v)          [B,S,A] + [B,A] → [B,S,A]
    ///     x.dot(v)                           [B,S,A] · [A] → [B,S], or [B,S,A] · [B,A] → [B,S]
    ///     x.tanh(), x.scaled(by: 0.5), -x    number by number, in any shape
    ///     W.rows(0..<D), x.columns(0..<S)    a range of the rows of a matrix; of the last axis: [B,M] → [B,S]
    public struct Scorer: AttentionScorer {
        public static let card = ScorerCard(
            name: "my-bahdanau", equation: "vᵀ tanh(W s + U hᵢ + b)", paper: "Bahdanau et al. 2015, §3.1, A.1.2",
            cost: "B·S·A tanh + B·D·A")

        /// Wₐ, Uₐ [D,A], b, vₐ [A].
        let Wa, Ua, b, va: Tensor

        /// The names are those of the library's own scorer, so that one can be given the other's numbers.
        public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
            Wa = parameters.matrix("Wa", sizes.state, sizes.attention)
            Ua = parameters.matrix("Ua", sizes.state, sizes.attention)
            b = parameters.bias("b", sizes.attention)
            va = parameters.vector("va", sizes.attention)
        }

        /// What depends on the states alone, Uₐ hᵢ; computed once for all decoder steps.
        ///
        /// - Parameter states: h [B,S,D].
        /// - Returns: [B,S,A].
        public func keys(from states: Tensor) throws -> Tensor {
            throw Unfinished("keys of the scorer")
        }

        /// - Parameters:
        ///   - query: s [B,D].
        ///   - memory: its `keys` [B,S,A] are what `keys` above made of the states.
        ///   - past: not needed here.
        /// - Returns: e [B,S], before the softmax and without the mask, which are the business of `Attention`.
        public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            throw Unfinished("scores of the scorer")
        }
    }

    /// x W = Σ_d x_d · (row d of W). Nothing to fill here.
    ///
    /// - Parameters:
    ///   - x: [D].
    ///   - W: [D][A].
    /// - Returns: [A].
    static func product(_ x: [Double], _ W: [[Double]]) -> [Double] {
        zip(x, W).reduce([Double](repeating: 0, count: W[0].count)) { sum, term in
            zip(sum, term.1).map { $0 + term.0 * $1 }
        }
    }
}
