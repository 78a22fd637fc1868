// Exercise 8 · location: where, never what
//
//     eᵢ = (Wₐ s)ᵢ                                   Luong et al. 2015, §3.1, eq. 8 (arXiv): α = softmax(Wₐ s)
//
// The query alone says which position to read: Wₐ has a column for each position that a source may have, and no state
// stands in the formula. That suffices to copy, to reverse, or to read a date, where the place says it all; and it
// shows what the other scorers gain by looking at the states.
//
// By hand, with D = 2 and room for M = 3 positions: s = [1, 2] and Wₐ = [[1, 0, −1], [0.5, 2, 3]] give
// Wₐ s = 1 · [1, 0, −1] + 2 · [0.5, 2, 3] = [2, 4, 5]; a source of two words has the scores [2, 4].
//
// Lesson  Notebooks-md/04_LuongAndLocation.md
// Check   swift test --filter Exercise08
// Hints   swift run attention exercises hint 8

public import AttentionLab
public import Workbook

public enum Exercise08: LocationAnswers {
    /// - Parameters:
    ///   - query: s [D].
    ///   - Wa: Wₐ [D][M], a row for each number of the query and a column for each position, as the library keeps it.
    ///   - sourceCount: S, 1 or more.
    /// - Returns: e [S], one for each word that is there.
    /// - Throws: `ShapeError` where the source has more than M words.
    public static func locationScores(query: [Double], Wa: [[Double]], sourceCount: Int) throws -> [Double] {
        // Luong et al. ignore the words beyond. A word that nobody can look at is a mistake that nobody sees, so it is
        // refused here.
        let maximumSource = Wa[0].count
        guard sourceCount <= maximumSource else {
            throw ShapeError(
                "the source has \(sourceCount) words, but Wa has columns for \(maximumSource); give it more, or leave the sentence out"
            )
        }
        throw Unfinished("location scores")
    }

    /// The scores for the same query after the states were put in another order.
    ///
    /// - Parameters:
    ///   - scores: e [S], before.
    ///   - order: [S]; position i of the new source has the state that stood at position `order[i]`.
    ///   - readsStates: true for a scorer that compares the query with each state, such as sᵀ hᵢ; false for (Wₐ s)ᵢ.
    /// - Returns: e [S], after. Nothing needs to be computed anew.
    public static func scoresAfterReordering(_ scores: [Double], order: [Int], readsStates: Bool) throws -> [Double] {
        throw Unfinished("scores of a reordered source")
    }

    /// Why does another order of the states change none of the location scores?
    ///
    /// - a: The softmax does not depend on the order of the scores.
    /// - b: The states of a bidirectional encoder all know the whole sentence, so that they are alike.
    /// - c: No state stands in the formula: eᵢ is made of the query and of column i of Wₐ.
    /// - d: All positions have the same score.
    public static func reason() throws -> Choice {
        throw Unfinished("the reason")
    }

    /// The same for a batch, as a scorer of the library.
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
            name: "my-location", equation: "(W s)ᵢ", paper: "Luong et al. 2015 (arXiv), eq. 8", cost: "B·S·D",
            usesPosition: true)

        /// Wₐ [D,M], M = maximumSource.
        let Wa: Tensor

        public init(_ sizes: ScorerSizes, _ parameters: inout ParameterBuilder) {
            Wa = parameters.matrix("Wa", sizes.state, sizes.maximumSource)
        }

        /// - Parameters:
        ///   - query: s [B,D].
        ///   - memory: `memory.source` is S, the padding included.
        ///   - past: not needed here.
        /// - Returns: e [B,S].
        /// - Throws: `ShapeError` where S is more than M. Its message says S, M and `maximumSource`, the setting to
        ///   change.
        public func scores(query: Tensor, memory: Memory, past: Past) throws -> Tensor {
            throw Unfinished("scores of the scorer")
        }
    }
}
