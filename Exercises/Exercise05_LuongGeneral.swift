// Exercise 5 · Luong's general scores, the first with parameters
//
//     eᵢ = sᵀ W hᵢ                                   Luong et al. 2015, §3.1, “general”
//
// A plain dot product compares unit 1 with unit 1. W says which unit of the query goes with which unit of the state,
// and it is learnt. It need not be square: query and states may have different widths. W hᵢ does not depend on the
// query, so it is computed once a sentence and used at every step of the decoder; such vectors are the keys.
//
// By hand:
//
//     s = (1, 2)    W = ( 0  1 )    h₁ = (1, 1)      h₂ = (2, 0)     h₃ = (0, 3)
//                       ( 3 −1 )    W h₁ = (1, 2)    W h₂ = (0, 6)   W h₃ = (3, −3)
//                                   e₁ = 1 + 4 = 5   e₂ = 12         e₃ = 3 − 6 = −3
//
// Lesson  Notebooks-md/04_LuongAndLocation.md
// Check   swift test --filter Exercise05
// Hints   swift run attention exercises hint 5

public import AttentionLab
public import Workbook

public enum Exercise05: LuongGeneralAnswers {
    /// - Parameters:
    ///   - query: s [D].
    ///   - matrix: W [D][K], a row for each unit of the query and a column for each unit of a state.
    ///   - states: h [S][K].
    /// - Returns: e [S].
    public static func generalScores(query: [Double], matrix: [[Double]], states: [[Double]]) throws -> [Double] {
        throw Unfinished("general scores")
    }

    /// The same as a scorer of the toolkit, for batches and with gradients. Once it is done, copy it into a file of
    /// `Exercises/Scorers` and put it on the list there, and it stands in `attention compare`.
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
            name: "my-general", equation: "sᵀ W hᵢ", paper: "Luong et al. 2015, §3.1, general", cost: "B·S·D")

        /// [D,D], for x.matmul(Wa) = x Wa: vectors are rows in this library and stand before the matrix. So Wa is the
        /// transpose of the W above, with a row for each unit of a state and a column for each unit of the query.
        let Wa: Tensor

        public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
            Wa = parameters.matrix("Wa", sizes.state, sizes.state)
        }

        /// W hᵢ, once a batch.
        ///
        /// - Parameter states: h [B,S,D].
        /// - Returns: [B,S,D], which comes back as `memory.keys` at every step.
        public func keys(from states: Tensor) throws -> Tensor {
            throw Unfinished("keys of the scorer")
        }

        /// - Parameters:
        ///   - query: s [B,D].
        ///   - memory: `keys` [B,S,D], what the function above returned, and `states` [B,S,D].
        ///   - past: the weights of earlier steps, which this scorer does not look at.
        /// - Returns: e [B,S].
        public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            throw Unfinished("scores of the scorer")
        }
    }
}
