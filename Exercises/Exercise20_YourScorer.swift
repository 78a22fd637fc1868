// Exercise 20 · a scorer of your own
//
//     eᵢ = ?                                             the one thing that a scorer must say: how well state hᵢ fits the query s
//
// Everything else is there: masks, softmax, context, gradients, training, the comparison with the scorers of the
// papers. This exercise is done when your scorer keeps the contract that all of them keep, and points at the right word
// after a short training.
//
//   1. Write a file Exercises/Scorers/<Name>Scorer.swift with a struct that is an `AttentionScorer`: a card, an `init`
//   that takes its
//      parameters, and `scores`, from query [B,D] and memory.keys [B,S,·] to e [B,S]. About ten lines; the README shows
//      one.
//   2. Put it on the list in Exercises/Scorers/MyScorers.swift. Nothing is to be filled in this file.
//   3. Check it with the command below, then see what it is worth:
//      swift run attention compare --scorers your-name,luong-dot,bahdanau
//
// Tensor operations that scorers are made of. All but those of the fifth line can throw: `try`; + and * of two tensors
// too.
//
//     x.matmul(W)                        [B,S,D] · [D,A] → [B,S,A], or [B,D] · [D,A] → [B,A]
//     x.matmul(W, adding: b)             the same, and b [A] added to every row
//     x.addingToEachPosition(v)          [B,S,A] + [B,A] → [B,S,A]
//     x.dot(v)                           [B,S,A] · [A] → [B,S], or [B,S,A] · [B,A] → [B,S]
//     x.tanh(), x.scaled(by: 0.5), -x    number by number, in any shape
//     W.rows(0..<D), x.columns(0..<S)    a range of the rows of a matrix; of the last axis: [B,M] → [B,S]
//
// Ideas: the cosine with a learnt sharpness (Graves et al. 2014); minus the squared distance of W s and hᵢ; a dot
// product minus a learnt multiple of `past.previous`, so that no word is looked at twice in a row; a matrix W = A B of
// low rank between s and hᵢ.
//
// Lesson  Notebooks-md/12_YourOwnScorer.md
// Check   swift test --filter Exercise20
// Hints   swift run attention exercises hint 20

public import AttentionLab
import MyScorers
public import Workbook

public enum Exercise20: YourScorerAnswers {
    public static var scorers: ScorerList {
        myScorers
    }
}
