// Exercise 21 · the window of local attention
//
//     p = n σ(v_p · tanh(W_p s))                                Luong et al. 2015, §3.2, eq. 9; n words in the sentence
//     window  the words i with |i − p| ≤ w, so the integers ⌈p − w⌉ … ⌊p + w⌋, cut to 0 … n − 1        footnote 8
//     paper's       αᵢ = softmax over the window of e, times exp(−(i − p)² / 2σ²),  σ = w/2               eq. 10
//     normalised    αᵢ = softmax over the window of eᵢ − (i − p)² / 2σ²
//
// The decoder says where it looks, a real number p, and looks only there. A window with sharp edges has no slope:
// nobody could learn p from it. So a Gaussian around p makes near words heavier, and through it the gradient reaches p.
// The paper multiplies it in after the softmax, and its rows sum to less than 1; in the exponent, beside the score, it
// does the same and they sum to 1.
//
//     e = 0 for four words, p = 1.5, w = 1: the window has words 1 and 2, each with half the softmax. σ = 0.5, both
//     are 0.5 from p: exp(−0.5) = 0.607. The paper's weights are 0, 0.303, 0.303, 0; the normalised ones 0, 0.5, 0.5,
//     0.
//
// Lesson  Notebooks-md/16_LocalAndHard.md
// Check   swift test --filter Exercise21
// Hints   swift run attention exercises hint 21

import Foundation
public import Workbook

public enum Exercise21: LocalWindowAnswers {
    /// Where to look.
    ///
    /// - Parameters:
    ///   - query: s [D].
    ///   - length: n, the real words of the sentence.
    ///   - wp: W_p [D][A], a row for each component of s, so that (W_p s)_a = Σ_d s_d W_p[d][a].
    ///   - vp: v_p [A].
    /// - Returns: p, between 0 and n.
    public static func centre(query: [Double], length: Int, wp: [[Double]], vp: [Double]) throws -> Double {
        throw Unfinished("the centre")
    }

    /// The words that may be looked at.
    ///
    /// - Parameters:
    ///   - centre: p, from 0 to n.
    ///   - halfWidth: w, at least 1.
    ///   - length: n, at least 1.
    public static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        throw Unfinished("the window")
    }

    /// The paper's weights.
    ///
    /// - Parameters:
    ///   - scores: e [S]; from `length` on they mean nothing.
    ///   - centre: p, and so w and n, as above; n ≤ S.
    /// - Returns: α [S], exactly 0 outside the window and in the padding.
    public static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        throw Unfinished("the paper's weights")
    }

    /// The weights that sum to 1. Parameters as above.
    public static func normalisedWeights(
        scores: [Double], centre: Double, halfWidth: Int, length: Int
    ) throws -> [Double] {
        throw Unfinished("the normalised weights")
    }

    /// How the loss changes with p. The edges of the window have no slope: which words are inside does not change.
    ///
    /// - Parameters:
    ///   - weights: α [S] of one of the two functions above.
    ///   - centre: p.
    ///   - halfWidth: w.
    ///   - upstream: ∂L/∂α [S].
    ///   - isNormalised: whether the weights are the normalised ones or the paper's.
    /// - Returns: ∂L/∂p.
    public static func centreGradient(
        weights: [Double], centre: Double, halfWidth: Int, upstream: [Double], isNormalised: Bool
    ) throws -> Double {
        throw Unfinished("the gradient of the centre")
    }

    /// Given: that of exercise 1.
    public static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}
