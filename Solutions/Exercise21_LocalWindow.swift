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
        // gap: throw Unfinished("the centre")
        let hidden = vp.indices.map { a in tanh(query.indices.reduce(0) { $0 + query[$1] * wp[$1][a] }) }
        let sum = zip(vp, hidden).reduce(0) { $0 + $1.0 * $1.1 }
        return Double(length) / (1 + exp(-sum))
        // end of gap
    }

    /// The words that may be looked at.
    ///
    /// - Parameters:
    ///   - centre: p, from 0 to n.
    ///   - halfWidth: w, at least 1.
    ///   - length: n, at least 1.
    public static func window(centre: Double, halfWidth: Int, length: Int) throws -> ClosedRange<Int> {
        // gap: throw Unfinished("the window")
        // Up and down to whole words inside, not to the nearest: a word further than w from p is outside.
        let first = Int((centre - Double(halfWidth)).rounded(.up))
        let last = Int((centre + Double(halfWidth)).rounded(.down))
        return max(0, first)...min(length - 1, last)
        // end of gap
    }

    /// The paper's weights.
    ///
    /// - Parameters:
    ///   - scores: e [S]; from `length` on they mean nothing.
    ///   - centre: p, and so w and n, as above; n ≤ S.
    /// - Returns: α [S], exactly 0 outside the window and in the padding.
    public static func paperWeights(scores: [Double], centre: Double, halfWidth: Int, length: Int) throws -> [Double] {
        // gap: throw Unfinished("the paper's weights")
        let window = try window(centre: centre, halfWidth: halfWidth, length: length)
        let inside = softmax(Array(scores[window]))
        let sigma = Double(halfWidth) / 2
        var weights = scores.map { _ in 0.0 }
        // Window, softmax, Gaussian, in this order, and no division afterwards.
        for (i, weight) in zip(window, inside) {
            weights[i] = weight * exp(-pow(Double(i) - centre, 2) / (2 * sigma * sigma))
        }
        return weights
        // end of gap
    }

    /// The weights that sum to 1. Parameters as above.
    public static func normalisedWeights(
        scores: [Double], centre: Double, halfWidth: Int, length: Int
    ) throws -> [Double] {
        // gap: throw Unfinished("the normalised weights")
        let window = try window(centre: centre, halfWidth: halfWidth, length: length)
        let sigma = Double(halfWidth) / 2
        // The logarithm of the Gaussian is added to the score, as every prior is.
        let inside = softmax(window.map { scores[$0] - pow(Double($0) - centre, 2) / (2 * sigma * sigma) })
        var weights = scores.map { _ in 0.0 }
        for (i, weight) in zip(window, inside) { weights[i] = weight }
        return weights
        // end of gap
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
        // gap: throw Unfinished("the gradient of the centre")
        let variance = pow(Double(halfWidth) / 2, 2)
        // The slope of the Gaussian's exponent at each word; weights outside are 0, so no window is needed.
        var slopes = weights.indices.map { (Double($0) - centre) / variance }
        if isNormalised {
            // Softmax: what all get more of, none does.
            let mean = zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 }
            slopes = slopes.map { $0 - mean }
        }
        return weights.indices.reduce(0) { $0 + upstream[$1] * weights[$1] * slopes[$1] }
        // end of gap
    }

    /// Given: that of exercise 1.
    public static func softmax(_ scores: [Double]) -> [Double] {
        let largest = scores.max() ?? 0
        let exponentials = scores.map { exp($0 - largest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }
}
