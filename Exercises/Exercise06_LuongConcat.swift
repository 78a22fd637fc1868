// Exercise 6 · Luong's concatenation, and why it is two products
//
//     eᵢ = vᵀ tanh(W [s ; hᵢ])                       Luong et al. 2015, §3.1, “concat”
//
// [s ; hᵢ] is one long vector, the query followed by the state. W has columns for each of its halves, so
//
//     W [s ; hᵢ] = W_s s + W_h hᵢ                    W = ( W_s  W_h )
//
// and this is Bahdanau's additive score (A.1.2), but for a bias. W_h hᵢ does not depend on the query: the keys, once a
// sentence. Computed as the formula is written, every step of the decoder would multiply all states by W_h again.
//
// By hand, with s = (1, 2), v = (1, 2), W = ( 0.5  0     1   0   )
//                                           ( 0    0.25  0  −0.5 )     and W_s s = (0.5, 0.5):
//
//     h₁ = (0.5, −1)   W_h h₁ = (0.5, 0.5)   e₁ = tanh 1 + 2 tanh 1        ≈  2.2848
//     h₂ = (−1, −1)    W_h h₂ = (−1, 0.5)    e₂ = tanh(−0.5) + 2 tanh 1    ≈  1.0611
//     h₃ = (1, 3)      W_h h₃ = (1, −1.5)    e₃ = tanh 1.5 + 2 tanh(−1)    ≈ −0.6180
//
// Lesson  Notebooks-md/04_LuongAndLocation.md
// Check   swift test --filter Exercise06
// Hints   swift run attention exercises hint 6

public import AttentionLab
import Foundation
public import Workbook

public enum Exercise06: LuongConcatAnswers {
    /// As the formula is written: concatenate, multiply, tanh, and the dot product with v.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - states: h [S][K].
    ///   - matrix: W [A][D+K], whose first D columns belong to the query.
    ///   - vector: v [A].
    /// - Returns: e [S].
    public static func concatScores(
        query: [Double], states: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        throw Unfinished("concat scores")
    }

    /// W_h hᵢ, the half that needs no query.
    ///
    /// - Parameters:
    ///   - states: h [S][K].
    ///   - matrix: W [A][D+K], whose last K columns belong to the state.
    /// - Returns: [S][A], a key for each state.
    public static func stateHalf(states: [[Double]], matrix: [[Double]]) throws -> [[Double]] {
        throw Unfinished("the state's half")
    }

    /// The same scores as `concatScores`, from the keys: what is left to do at a step of the decoder.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - keys: W_h hᵢ [S][A].
    ///   - matrix: W [A][D+K], whose first D columns belong to the query.
    ///   - vector: v [A].
    /// - Returns: e [S].
    public static func splitScores(
        query: [Double], keys: [[Double]], matrix: [[Double]], vector: [Double]
    ) throws -> [Double] {
        throw Unfinished("scores from the keys")
    }

    /// The same as a scorer of the toolkit, for batches and with gradients.
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
            name: "my-concat", equation: "vᵀ tanh(W [s ; hᵢ])", paper: "Luong et al. 2015, §3.1, concat",
            cost: "B·S·A tanh + B·D·A")

        /// [2D,A], for x.matmul(Wa) = x Wa: the transpose of the W above, so that its halves are rows. `Wa.rows(0..<D)`
        /// belongs to the query and `Wa.rows(D..<2 * D)` to the state.
        let Wa: Tensor
        /// v [A].
        let va: Tensor
        /// D.
        private let D: Int

        public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
            D = sizes.state
            Wa = parameters.matrix("Wa", 2 * sizes.state, sizes.attention)
            va = parameters.vector("va", sizes.attention)
        }

        /// W_h hᵢ, once a batch.
        ///
        /// - Parameter states: h [B,S,D].
        /// - Returns: [B,S,A].
        public func keys(from states: Tensor) throws -> Tensor {
            throw Unfinished("keys of the scorer")
        }

        /// - Parameters:
        ///   - query: s [B,D].
        ///   - memory: `keys` [B,S,A], what the function above returned, and `states` [B,S,D].
        ///   - past: the weights of earlier steps, which this scorer does not look at.
        /// - Returns: e [B,S].
        public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            throw Unfinished("scores of the scorer")
        }
    }
}
